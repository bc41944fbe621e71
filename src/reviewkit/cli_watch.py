"""Commands between reviews: what the house's rules tell, and what became of each account."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from reviewkit.params import Workspace

_WORKSPACE = click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the workspace; by default the one you are in.",
)


@click.command()
@click.argument("clients", nargs=-1, metavar="[CLIENT]...")
@click.option("--period", default="", help="Such as 2026Q3, or month; else the last quarter.")
@click.option("--json", "as_json", is_flag=True, help="Print the alerts as JSON.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day to look on; else today's date."
)
@_WORKSPACE
def alerts(
    clients: tuple[str, ...], period: str, as_json: bool, as_of: Any, workspace: Path | None
) -> None:
    """Tell what the rules in house.yaml find at CLIENT, or at all clients.

    Exits with 4 where something critical is found, 3 for a warning, else 0; 1 and 2 are errors.
    """
    from reviewkit.build.alerts import exit_code, portfolio_alerts, render_alerts
    from reviewkit.build.selection import Selection

    house = _open(workspace)
    day = as_of.date() if as_of else None
    today = day or dt.datetime.now(ZoneInfo(house.house.timezone)).date()
    found = portfolio_alerts(house, Selection(clients, period=period, as_of=day), today)
    told = [item.to_json() for item in found]
    click.echo(json.dumps(told, indent=1, ensure_ascii=False) if as_json else render_alerts(found))
    raise SystemExit(exit_code(found))


@click.command()
@click.argument("client")
@click.option(
    "--csv",
    "file",
    is_flag=False,
    flag_value="-",
    default=None,
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="[FILE]",
    help="Write CSV for a CRM to FILE; without one, print it.",
)
@_WORKSPACE
def history(client: str, file: str | None, workspace: Path | None) -> None:
    """Tell what was reviewed, promised and sent at CLIENT."""
    from reviewkit.build import history as told

    rows = told.history(_open(workspace), client)
    if file is None:
        click.echo(told.render_history(rows))
    elif file == "-":
        click.echo(told.as_csv(rows), nl=False)
    else:
        told.write_csv(rows, Path(file))
        click.echo(f"written: {file}")


def _open(workspace: Path | None) -> Workspace:
    from reviewkit.params.find import find_workspace
    from reviewkit.workspace import open_workspace

    return open_workspace(find_workspace(workspace or Path.cwd()))
