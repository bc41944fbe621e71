"""The files of the service desk, the survey tool, the action lists and the CRM."""

from __future__ import annotations

from pathlib import Path

from reviewkit.demo import dirt, records
from reviewkit.demo.books import Books
from reviewkit.demo.care import Case
from reviewkit.demo.clients import ACCOUNTS
from reviewkit.demo.files import write_csv, write_jsonl, write_sqlite
from reviewkit.demo.profile import COUNTRIES, ZONES

_TICKETS = {
    "ticket": "TEXT",
    "customer": "TEXT",
    "opened": "TEXT",
    "first_reply": "TEXT",
    "closed": "TEXT",
    "reopened": "INTEGER",
    "priority": "TEXT",
    "category": "TEXT",
    "cause": "TEXT",
    "measure": "TEXT",
    "fixed": "TEXT",
    "depot": "TEXT",
    "product": "TEXT",
}


def write_cases(path: Path, book: Books) -> int:
    rows = [_ticket(number, case) for number, case in book.cases]
    rows = dirt.in_cases(rows)
    write_sqlite(path, "tickets", _TICKETS, rows)
    return len(rows)


def _ticket(number: str, case: Case) -> tuple[object, ...]:
    return (
        *(number, case.account, case.opened.isoformat(" ")),
        case.replied.isoformat(" ") if case.replied else None,
        case.closed.isoformat(" ") if case.closed else None,
        *(int(case.reopened), case.priority, case.category, case.cause, case.measure),
        case.fixed.isoformat() if case.fixed else None,
        *(case.site, case.product),
    )


def write_surveys(path: Path, book: Books) -> int:
    head = ("customer_id", "answered", "survey", "score", "function")
    rows = [
        [a.account, a.day.isoformat(), a.instrument.upper(), str(a.score), a.role]
        for a in book.answers
    ]
    rows = dirt.in_surveys(rows)
    write_csv(path, head, rows)
    return len(rows)


def write_actions(path: Path, book: Books) -> int:
    del book  # the action lists are written by people, not drawn
    head = (
        *("No", "Customer", "Raised", "Review", "Action", "Owner", "Side", "First due", "Due"),
        *("Postponed", "Closed", "Evidence", "Metric", "Internal"),
    )
    rows = [
        (
            *(a.number, a.customer, a.raised, a.review, a.title, a.owner, a.side),
            *(a.first_due, a.due, a.postponed, a.closed, a.evidence, a.metric),
            "yes" if a.internal else "no",
        )
        for a in records.ACTIONS
    ]
    write_csv(path, head, rows)
    return len(rows)


def write_deals(path: Path, book: Books) -> int:
    """Write the CRM's deals, one JSON object a line."""
    del book  # deals are written by people, not drawn
    rows = [
        {
            "id": d.number,
            "account": d.account,
            "name": d.name,
            "product": d.product,
            "site": d.site,
            "stage": d.stage,
            "yearly_amount": d.amount,
            "probability": d.probability,
            "created": d.created,
            "expected_close": d.expected,
            "closed": d.closed or None,
            "won": d.won if d.closed else None,
        }
        for d in records.DEALS
    ]
    return write_jsonl(path, rows)


def write_contacts(path: Path, book: Books) -> int:
    """Write the CRM's contacts, one JSON object a line."""
    rows = [
        {
            "id": c.number,
            "account": c.account,
            "at": f"{c.at.isoformat()}Z",
            "type": c.kind,
            "subject": c.subject,
            "with": c.role,
            "deal": c.deal or None,
        }
        for c in book.contacts
    ]
    return write_jsonl(path, rows)


def write_projects(path: Path, book: Books) -> int:
    """Write the project list: a milestone a row."""
    del book  # milestones are written by people, not drawn
    head = ("customer_id", "project", "milestone", "planned", "forecast", "done", "owner")
    rows = [
        (m.account, m.project, m.name, m.planned, m.forecast, m.done, m.owner)
        for m in records.MILESTONES
    ]
    write_csv(path, head, rows)
    return len(rows)


def write_sites(path: Path, book: Books) -> int:
    """Write the sites at which each account is served, with time zone and country."""
    del book  # sites do not change
    rows = [
        (account.number, site, ZONES[site], COUNTRIES[site])
        for account in ACCOUNTS
        for site in dict.fromkeys(lane.site for lane in account.lanes)
    ]
    write_csv(path, ("customer_id", "site", "timezone", "country"), rows)
    return len(rows)
