"""Measures what is asked for and prints one table: `python -m bench --help`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from bench import table
from bench.measures import MEASURES
from bench.measuring import ROOT, Bench, Line

PAGE = ROOT / "docs" / "benchmarks.md"


@click.command()
@click.option("--only", multiple=True, type=click.Choice(list(MEASURES)), help="Repeatable.")
@click.option("--quick", is_flag=True, help="Small sizes, one run each: to try a measure out.")
@click.option("--update", is_flag=True, help="Put the figures into docs/benchmarks.md.")
@click.option(
    "--scratch",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for what is measured; by default a temporary one. About 6 GB.",
)
def main(only: tuple[str, ...], quick: bool, update: bool, scratch: Path | None) -> None:
    """Measure speed and memory against peers on the same inputs."""
    if quick and update:
        raise click.UsageError("--quick tries measures out; its figures do not go into the page.")
    with tempfile.TemporaryDirectory(prefix="reviewkit-bench-") as temporary:
        bench = Bench(scratch or Path(temporary), quick)
        bench.scratch.mkdir(parents=True, exist_ok=True)
        measured, failed = _measure(bench, [n for n in MEASURES if n in (only or MEASURES)])
    rows = [table.cells(name, line) for name, lines in measured.items() for line in lines]
    click.echo(table.in_terminal(rows))
    if update:
        table.update(PAGE, measured, list(MEASURES))
        click.echo(f"written: {PAGE.relative_to(ROOT)}")
    raise SystemExit(1 if failed else 0)


def _measure(bench: Bench, names: list[str]) -> tuple[dict[str, list[Line]], list[str]]:
    """Return the lines of each measure, and the names of those that could not be taken."""
    measured: dict[str, list[Line]] = {}
    failed = []
    for name in names:
        click.echo(f"measuring: {name}", err=True)
        try:
            measured[name] = list(MEASURES[name](bench))
        except RuntimeError as error:
            click.echo(f"not measured: {name}: {error}", err=True)
            failed.append(name)
    return measured, failed


if __name__ == "__main__":
    main()
