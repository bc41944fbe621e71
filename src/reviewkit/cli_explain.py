"""`reviewkit explain`: from a printed number to its rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("client")
@click.argument("metric")
@click.option("--period", required=True, help="Such as 2026Q3 or 2026-09; or month, quarter.")
@click.option("--by", "slices", multiple=True, help="A part, as site=Venlo. Repeatable.")
@click.option("--audience", default="internal", help="client or internal (the default).")
@click.option("--csv", "file", type=click.Path(dir_okay=False, path_type=Path), help="Rows to.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day up to which is known.")
@click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the workspace; by default the one you are in.",
)
def explain(
    client: str,
    metric: str,
    period: str,
    slices: tuple[str, ...],
    audience: str,
    file: Path | None,
    as_of: Any,
    workspace: Path | None,
) -> None:
    """Say where a figure of CLIENT comes from: definition, sources, filters, rows.

    The figure is computed again from its rows; where that does not give the same, the exit
    code is 1.
    """
    from reviewkit.build import Selection
    from reviewkit.build.explain import render, write_rows
    from reviewkit.build.explain import slices as parts
    from reviewkit.build.lineage import lineage
    from reviewkit.params.find import find_workspace
    from reviewkit.workspace import open_workspace

    opened = open_workspace(find_workspace(workspace or Path.cwd()))
    day = as_of.date() if as_of else None
    selection = Selection(clients=(client,), period=period, as_of=day)
    found = lineage(opened, client, metric, selection, audience, parts(slices))
    click.echo(render(found, opened))
    if file is not None:
        write_rows(found, file)
        click.echo(f"\nwritten: {file} ({len(found.rows):,} rows)")
    if not found.agrees:
        raise SystemExit(1)
