"""Commands that start something: a workspace, the demo, a client, a kind of report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reviewkit.scaffold.drafted import Drafted


@click.command()
@click.argument("client")
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="")
@click.option("--name", default="", help="The client's name as it is printed.")
@click.option(
    "--from",
    "files",
    multiple=True,
    metavar="FILE...",
    type=click.Path(path_type=Path),
    help="Exports to look at; more may follow. Their sources are drafted.",
)
@click.option("--id", "ids", multiple=True, help="The client's id in the files. Repeatable.")
@click.option("--all-rows", is_flag=True, help="A file that names no client is all this one's.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the workspace; by default the one you are in.",
)
def new(
    client: str,
    more: tuple[Path, ...],
    name: str,
    files: tuple[Path, ...],
    ids: tuple[str, ...],
    all_rows: bool,
    as_json: bool,
    workspace: Path | None,
) -> None:
    """Start the parameters of CLIENT: a folder of commented files, and sources from its exports."""
    from reviewkit.params.find import find_workspace

    root = find_workspace(workspace or Path.cwd())
    if not files:
        if more or ids or all_rows or as_json:
            raise click.UsageError("Files to look at go after --from.")
        from reviewkit.scaffold import new_client

        for path in new_client(root, client, name=name):
            click.echo(f"written: {path}")
        return
    from reviewkit.scaffold.drafted import draft_client

    drafted = draft_client(root, client, (*files, *more), name=name, ids=ids, all_rows=all_rows)
    _print(drafted, as_json)


@click.command("new-report")
@click.argument("kind")
@click.option("--title", default="", help="What its pages are headed with.")
@click.option("--period", default="", help="What it is built for: month, quarter, half or year.")
@click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the workspace; by default the one you are in.",
)
def new_report(kind: str, title: str, period: str, workspace: Path | None) -> None:
    """Start a report KIND of your own: one notebook, that builds at once."""
    from reviewkit.params.find import find_workspace
    from reviewkit.scaffold.report import new_report as write

    root = find_workspace(workspace or Path.cwd())
    click.echo(f"written: {write(root, kind, title=title, period=period)}")
    click.echo(f"next: edit it, name {kind} under reports: in client.yaml, then: reviewkit build")


def _print(drafted: Drafted, as_json: bool) -> None:
    from reviewkit.accounts.suggest import proposal_json, render_proposal

    written = [str(path) for path in drafted.written]
    if as_json:
        found = proposal_json(drafted.proposal) | {"written": written}
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    click.echo(render_proposal(drafted.proposal))
    click.echo()
    for path in written:
        click.echo(f"written: {path}")
    click.echo(_next(drafted))


def _next(drafted: Drafted) -> str:
    """Return what the user does now."""
    undecided = "decide what stands under # decide, " if drafted.proposal.open else ""
    if drafted.again:
        return "next: add the client's id to the keys of the source in params/house.yaml"
    if drafted.in_house:
        return f"next: read {drafted.sources.name}, {undecided}then: reviewkit check"
    into = "copy its sources under those of params/house.yaml"
    return f"next: read {drafted.sources.name}, {undecided}{into}, then: reviewkit check"


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", type=click.IntRange(min=0), help="Other rows, the same stories.")
def demo(folder: Path, seed: int | None) -> None:
    """Write a fictional provider with eight clients into FOLDER."""
    from reviewkit.demo import SEED, write_demo

    summary = write_demo(folder, SEED if seed is None else seed)
    for name, rows in summary.rows.items():
        click.echo(f"{rows:>9,} rows  {name}")
    click.echo(f"{sum(summary.dirty.values()):>9,} of them are planted for reviewkit check to find")
    for name in summary.kept:
        click.echo(f"left as it is: {name}")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Make FOLDER a workspace of your own: commented parameters, notebooks, a Makefile."""
    from reviewkit.scaffold import init_workspace

    made = init_workspace(folder)
    for name in made.written:
        click.echo(f"written: {name}")
    for name in made.kept:
        click.echo(f"left as it is: {name}")
