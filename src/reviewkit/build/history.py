"""What was reviewed, promised and sent, as rows that a CRM imports."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import pandas as pd

from reviewkit.analysis.actions import every_action
from reviewkit.build.plan import clients_of
from reviewkit.build.reports import extract
from reviewkit.build.selection import Selection
from reviewkit.errors import PeriodError, ReleaseError, printable
from reviewkit.extract.read import read_extract
from reviewkit.params import Workspace
from reviewkit.params.models import ClientParams
from reviewkit.periods import parse
from reviewkit.release.ledger import Act, read_ledger
from reviewkit.release.manifest import MANIFEST, read_manifest, write_whole
from reviewkit.review import Review

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
"""Beginnings that a spreadsheet takes for a formula, or a shell behind one for a command."""


@dataclass(frozen=True)
class Row:
    """One thing that happened in an account, or was promised; days are ISO, unknown ones empty.

    `external_id` is the same at every export, so that a CRM updates what it has.
    """

    external_id: str
    account: str
    client: str
    period: str
    date: str
    type: str
    subject: str
    status: str
    owner: str
    due_on: str
    audience: str
    details: str


def history(workspace: Workspace, client: str) -> tuple[Row, ...]:
    """Return the account's reviews, reports, approvals, mails, decisions and actions, by date.

    It is for the own house's CRM: what is internal is in it, and its `audience` says so.
    Raises `UsageError` for a client that does not exist, `ReleaseError` for a damaged ledger.
    """
    clients_of(workspace, Selection(clients=(client,)))
    own = workspace.clients[client]
    rows = [
        *_reviews(own),
        *_decisions(own),
        *_reports(workspace, own),
        *_acts(workspace, own),
        *_actions(workspace, own),
    ]
    return tuple(sorted(rows, key=lambda row: (row.date, row.type, row.external_id)))


def as_csv(rows: tuple[Row, ...]) -> str:
    """Return rows as CSV with one header; no cell is taken for a formula.

    >>> as_csv(()).splitlines()[0].split(",")[:3]
    ['external_id', 'account', 'client']
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(field.name for field in fields(Row))
    writer.writerows([inert(cell) for cell in astuple(row)] for row in rows)
    return text.getvalue()


def inert(cell: str) -> str:
    """Return a cell on one line that no spreadsheet calculates; an apostrophe marks it as text.

    >>> inert("=1+1"), inert("Venlo → Lyon")
    ("'=1+1", 'Venlo → Lyon')
    """
    line = printable(" ".join(cell.split()))
    return f"'{line}" if cell.startswith(FORMULAS) or line.startswith(FORMULAS) else line


def write_csv(rows: tuple[Row, ...], path: Path) -> None:
    """Write rows to `path`, whole or not at all, as UTF-8 that a spreadsheet recognises."""
    write_whole(path, as_csv(rows).encode("utf-8-sig"))


def render_history(rows: tuple[Row, ...]) -> str:
    """Return rows as text for a terminal."""
    if not rows:
        return "nothing was reviewed, promised or sent yet"
    return printable(
        "\n".join(
            f"{row.date or '-':<10}  {row.type:<9}  {row.status:<10}  {row.subject}" for row in rows
        )
    )


def _row(own: ClientParams, period: str, kind: str, key: str, **more: str) -> Row:
    given = dict.fromkeys(("date", "subject", "status", "owner", "due_on", "details"), "")
    given |= {"audience": "client"} | more
    return Row(
        external_id=":".join(filter(None, (own.slug, period, kind, key))),
        account=own.client.name,
        client=own.slug,
        period=period,
        type=kind,
        **given,
    )


def _reviews(own: ClientParams) -> Iterator[Row]:
    for period, facts in own.reviews.items():
        if facts.meeting:
            title = parse(period, own.client.fiscal_calendar).title
            yield _row(
                *(own, period, "review", ""),
                date=facts.meeting.isoformat(),
                subject=f"Review of {title}",
                owner=own.client.account_manager,
                details=facts.headline,
            )


def _decisions(own: ClientParams) -> Iterator[Row]:
    for period, facts in own.reviews.items():
        for item in facts.decisions:
            yield _row(
                *(own, period, "decision", _short(item.title)),
                date=_iso(facts.meeting),
                subject=item.title,
                status="decided" if item.outcome.strip() else "sought",
                owner=item.decider,
                due_on=_iso(item.by),
                audience=item.audience,
                details=item.outcome or item.effect,
            )


def _reports(workspace: Workspace, own: ClientParams) -> Iterator[Row]:
    """Yield the reports built for the client, dated by the data they were made from."""
    folder = Path(workspace.root) / "reports" / own.slug
    for path in sorted(folder.glob(f"*/{MANIFEST}")):
        try:
            period = parse(path.parent.name, own.client.fiscal_calendar).id
            manifest = read_manifest(path.parent)
        except (PeriodError, ReleaseError):
            continue  # What is no pack, or is damaged, is told where it is built or sent.
        for entry in manifest.entries:
            if entry.audience == "client":
                yield _row(
                    *(own, period, "report", entry.report),
                    date=entry.cutoff[:10],
                    subject=entry.title,
                    status="built",
                    owner=own.client.account_manager,
                    details=entry.headline,
                )


def _acts(workspace: Workspace, own: ClientParams) -> Iterator[Row]:
    for act in read_ledger(Path(workspace.root)):
        if act.client == own.slug:
            yield _row(
                *(own, act.period, act.act, f"{act.at:%Y%m%dT%H%M%S}-{act.hash[:8]}"),
                date=act.at.date().isoformat(),
                subject=_act_subject(act),
                status=act.act,
                owner=act.by,
                details=", ".join(sorted(act.files)),
            )


def _act_subject(act: Act) -> str:
    if act.act == "mailed":
        return f"Mailed to {', '.join(act.to)}"
    return f"Approved by {act.by}"


def _actions(workspace: Workspace, own: ClientParams) -> Iterator[Row]:
    if "actions" not in workspace.house.sources:
        return
    read = read_extract(extract(workspace, own.slug, Selection(clients=(own.slug,)), "internal"))
    figures = Review.of(read).figures
    if "actions" not in figures.data.registers:
        return
    hidden = _internal_actions(figures.register("actions"))
    for action in every_action(figures):
        times = "once" if action.postponed == 1 else f"{action.postponed} times"
        put_off = f"put off {times}" if action.postponed else ""
        closed = f"closed {_iso(action.closed)}" if action.closed else ""
        yield _row(
            *(own, "", "action", action.id),
            date=_iso(action.raised),
            subject=action.title,
            status="closed" if action.closed else "late" if action.late else "open",
            owner=action.owner,
            due_on=_iso(action.due),
            audience="internal" if action.id in hidden else "client",
            details="; ".join(filter(None, (put_off, closed, action.evidence))),
        )


def _internal_actions(rows: pd.DataFrame) -> set[str]:
    marked = rows["internal"].eq(True).fillna(False)
    return {str(name) for name in rows.loc[marked, "action_id"]}


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
