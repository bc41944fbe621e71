"""The command that shows a report while it is being written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("client")
@click.option("--report", default="", help="Report kind, such as qbr; else the client's first.")
@click.option("--audience", default="", help="client (the default) or internal.")
@click.option("--period", default="", help="Such as 2026Q3 or month; else the notebook's own.")
@click.option("--port", type=click.IntRange(1, 65535), help="Of this machine; else a free one.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day up to which is known.")
@click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the workspace; by default the one you are in.",
)
def preview(
    client: str, port: int | None, as_of: Any, workspace: Path | None, **wished: str
) -> None:
    """Show a report of CLIENT in the browser and make it anew on every save; end with Ctrl-C."""
    from reviewkit.execution import warm

    # What the first report waits for is loaded while the parameters are read.
    if not warm.unsafe():
        warm.context()
    from reviewkit.build.preview import Wish
    from reviewkit.build.preview import preview as run
    from reviewkit.params.find import find_workspace

    root = find_workspace(workspace or Path.cwd())
    wish = Wish(client=client, as_of=as_of.date() if as_of else None, **wished)
    try:
        run(root, wish, lambda text: click.echo(text, err=not text.startswith("http")), port or 0)
    except KeyboardInterrupt:
        click.echo("preview ended", err=True)
