"""The command line: parses, delegates, prints. What it needs is imported by the command."""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviewkit.cli_explain import explain
from reviewkit.cli_new import demo, init, new, new_report
from reviewkit.cli_preview import preview
from reviewkit.cli_watch import alerts, history
from reviewkit.errors import ReviewkitError, printable, refused

if TYPE_CHECKING:
    from reviewkit.build.built import Built
    from reviewkit.build.selection import Selection
    from reviewkit.params import Workspace

_WORKSPACE = click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the workspace; by default the one you are in.",
)
_FORMS = "Such as 2026Q3, 2026-09, FY2026Q3; or month, quarter, half, year: the last complete."
_PERIOD = click.option("--period", default="", help=_FORMS)
_AS_OF = click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day up to which is known."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="reviewkit", message="%(version)s")
def cli() -> None:
    """Account reviews as code: from account data to approved executive and business reviews."""


@cli.command()
@click.argument("clients", nargs=-1, metavar="[CLIENT]...")
@_PERIOD
@click.option("--report", "reports", multiple=True, help="Report kind, such as qbr. Repeatable.")
@click.option("--audience", "audiences", multiple=True, help="client or internal. Repeatable.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    help="html, pdf, pptx (a deck) or xlsx (the figures); else html and pdf. Repeatable.",
)
@click.option("--engine", default="reviewkit", help="Who sets the pages: reviewkit or quarto.")
@click.option("--jobs", type=click.IntRange(min=1), help="Reports built at once; all cores.")
@click.option("--force", is_flag=True, help="Build also what is current.")
@click.option("--why", is_flag=True, help="Say of each report why it is built.")
@_AS_OF
@_WORKSPACE
def build(
    clients: tuple[str, ...], workspace: Path | None, why: bool, as_of: Any, **given: Any
) -> None:
    """Build the reviews of CLIENT, or of all clients, that are stale."""
    from reviewkit.build.selection import Selection

    day = as_of.date() if as_of else None
    selection = Selection(clients, jobs=given.pop("jobs") or 0, as_of=day, **given)
    root = _root(workspace)
    built = _as_it_is(root, selection, why) or _build(root, selection, why)
    if built.quarantined:
        _say(f"{built.quarantined} rows of the data are set aside: reviewkit check tells which")
    for folder in sorted(built.folders):
        click.echo(folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder)
    for client, error in built.lost.items():
        click.echo(f"\nfailed: {client}: {error}", err=True)
    for outcome in built.failed:
        click.echo(f"\nfailed: {outcome.error}\n  again: {outcome.job.command}", err=True)
    if built.report:
        click.echo(f"\nall of it for the analyst: {os.path.relpath(built.report)}", err=True)
    if not built.ok:
        raise SystemExit(1)


def _as_it_is(root: Path, selection: Selection, why: bool) -> Built | None:
    """Return what is there, if sizes and times of files show that nothing has changed."""
    from reviewkit.build.record import all_clients, read_record

    if selection.force:
        return None
    clients = selection.clients or all_clients(root)
    record = read_record(root, selection)
    unchanged = record.look(clients)
    if len(unchanged) < len(clients) or not clients:
        return None
    from reviewkit.build.built import Built

    current = sum(known.reports for known in unchanged.values())
    _say(f"nothing to build: {current} reports are current")
    folders = {root / folder for known in unchanged.values() for folder in known.folders}
    for folder in sorted(folders) if why else ():
        _say(f"current: {os.path.relpath(folder)}")
    return Built(current=current, folders=folders, quarantined=record.quarantined)


def _build(root: Path, selection: Selection, why: bool) -> Built:
    # Whatever is loaded and read here, the warm process loads its own meanwhile.
    from reviewkit.execution import warm

    if not warm.unsafe():
        warm.context()
    from reviewkit.build import build as run
    from reviewkit.console import Console
    from reviewkit.workspace import open_workspace

    console = Console(why=why)
    built = run(open_workspace(root), selection, console)
    console.close(built)
    return built


@cli.command()
@_WORKSPACE
def doctor(workspace: Path | None) -> None:
    """Say what this machine offers: warm kernels, the fence, memory, Quarto, databases."""
    from reviewkit.doctor import examine

    for finding in examine(workspace or Path.cwd()):
        click.echo(str(finding))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@_WORKSPACE
def check(as_json: bool, workspace: Path | None) -> None:
    """Check the account data: what came in, what was set aside, and why."""
    from reviewkit.build.checks_page import run_checks

    checked = run_checks(_open(workspace))
    click.echo(_json(checked.report.to_json()) if as_json else checked.text())
    raise SystemExit(0 if checked.report.ok else 1)


@cli.command()
@click.argument("table")
@click.option("--format", "form", default="", help="csv or xlsx; without it the table is printed.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
def template(table: str, form: str, output: Path | None) -> None:
    """Describe account table TABLE for whoever exports it: columns, types, words allowed."""
    from reviewkit.accounts.template import printed
    from reviewkit.accounts.template import template as make
    from reviewkit.release.manifest import write_whole

    if not form:
        click.echo(printed(table))
        return
    data = make(table, form)
    path = output or (Path(f"{table}.{form}") if form == "xlsx" else None)
    if path is None:
        click.echo(data.decode(), nl=False)
        return
    write_whole(path, data)
    click.echo(f"written: {path}")


@cli.command()
@click.argument("client")
@click.option("--period", required=True, help=_FORMS)
@click.option("--audience", default="internal", help="client or internal (the default).")
@click.option("--by", "dims", multiple=True, help="month, site, lane, account, ... Repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@_AS_OF
@_WORKSPACE
def metrics(
    client: str,
    period: str,
    audience: str,
    dims: tuple[str, ...],
    as_json: bool,
    as_of: Any,
    workspace: Path | None,
) -> None:
    """Print every metric of CLIENT for a period, with what each figure is made of."""
    from reviewkit.build import Selection
    from reviewkit.build.figures import figures, render_figures

    selection = Selection(clients=(client,), period=period, as_of=as_of.date() if as_of else None)
    values = figures(_open(workspace), client, selection, audience, dims)
    click.echo(_json([value.to_json() for value in values]) if as_json else render_figures(values))


@cli.command()
@click.argument("client")
@_PERIOD
@click.option("--audience", default="client", help="client (the default) or internal.")
@_AS_OF
@_WORKSPACE
def extract(client: str, period: str, audience: str, as_of: Any, workspace: Path | None) -> None:
    """Write what one run may know of CLIENT, and print the folder."""
    from reviewkit.build import Selection
    from reviewkit.build import extract as write
    from reviewkit.build.plan import chosen_audience

    named = chosen_audience(audience)
    selection = Selection(clients=(client,), period=period, as_of=as_of.date() if as_of else None)
    click.echo(
        write(_open(workspace), client, selection, "client" if named == "client" else "internal")
    )


for _command in (alerts, demo, explain, history, init, new, new_report, preview):
    cli.add_command(_command)


@cli.command()
@click.argument("client")
@click.option("--period", required=True, help="Such as 2026Q3.")
@click.option("--by", required=True, help="Name of the person who approves.")
@_WORKSPACE
def approve(client: str, period: str, by: str, workspace: Path | None) -> None:
    """Approve the client-facing files of CLIENT as they are now."""
    from reviewkit.build import approve_pack

    approval = approve_pack(_open(workspace), client, period, by)
    for name in sorted(approval.files):
        click.echo(f"approved by {approval.by}: {name}")


@cli.command()
@click.argument("client")
@click.option("--period", required=True, help="Such as 2026Q3.")
@_WORKSPACE
def send(client: str, period: str, workspace: Path | None) -> None:
    """Write the mail with the approved PDFs of CLIENT to the outbox."""
    from reviewkit.build import send_pack

    click.echo(os.path.relpath(send_pack(_open(workspace), client, period)))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; what a user can mend is told in words, without a traceback."""
    # Expressions of tables are many small objects that live long: collecting after every
    # seven hundred of them takes an eighth of a cold start.
    gc.set_threshold(100_000, 50, 50)
    try:
        code = cli.main(arguments, standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except ReviewkitError as error:
        click.echo(f"reviewkit: {printable(str(error))}", err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("reviewkit: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if (said := refused(error)) is None:
            raise
        click.echo(f"reviewkit: {said}", err=True)
        sys.exit(1)


def _root(workspace: Path | None) -> Path:
    from reviewkit.params.find import find_workspace

    return find_workspace(workspace or Path.cwd())


def _open(workspace: Path | None) -> Workspace:
    from reviewkit.workspace import open_workspace

    return open_workspace(_root(workspace))


def _json(data: Any) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False)


def _say(text: str) -> None:
    click.echo(text, err=True)
