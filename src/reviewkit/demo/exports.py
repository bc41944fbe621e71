"""The demo provider's exports: each table in the form that its system gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from reviewkit.demo import dirt
from reviewkit.demo.actions import ACTIONS
from reviewkit.demo.billing import Line, Payment, invoice_lines, numbered, payments
from reviewkit.demo.budget import Plan, budget
from reviewkit.demo.care import Answer, Case, answers, cases
from reviewkit.demo.clients import ACCOUNTS, ACME, BOREALIS
from reviewkit.demo.files import comma, money, write_csv, write_shipments, write_sqlite
from reviewkit.demo.shipments import deliveries

DEBTORS = {account.number: account.billing.debtor for account in ACCOUNTS}
CURRENCIES = {account.number: account.billing.currency for account in ACCOUNTS}
DELAYS = {ACME.number: (-2, 6), BOREALIS.number: (3, 18)}
"""Days after the due date on which a client pays: the least and the greatest.

The accounts named here are kept in full; of the others there are deliveries and invoices.
"""


@dataclass(frozen=True)
class Books:
    """Everything that the data files are written from."""

    shipments: pd.DataFrame
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    plans: tuple[Plan, ...]
    cases: tuple[Case, ...]
    answers: tuple[Answer, ...]


def books() -> Books:
    """Return the demo provider's books, before any dirt; the same at every call."""
    frames = [deliveries(account) for account in ACCOUNTS]
    pairs = list(zip(ACCOUNTS, frames, strict=True))
    lines = numbered([line for account, frame in pairs for line in invoice_lines(account, frame)])
    kept = [(account, frame) for account, frame in pairs if account.number in DELAYS]
    opened = [case for account, frame in kept for case in cases(account, frame)]
    return Books(
        shipments=_numbered(pd.concat(frames, ignore_index=True)),
        lines=tuple(lines),
        payments=tuple(
            item for account, _ in kept for item in payments(account, lines, DELAYS[account.number])
        ),
        plans=tuple(item for account, frame in kept for item in budget(account, frame)),
        cases=tuple(sorted(opened, key=lambda case: (case.opened, case.number))),
        answers=tuple(item for account, _ in kept for item in answers(account)),
    )


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    order = np.argsort(frame["bill_day"].to_numpy(), kind="stable")
    frame = frame.iloc[order].reset_index(drop=True)
    year = frame["bill_day"].dt.strftime("%y").tolist()
    frame["shipment_no"] = [f"S{y}{index:07d}" for index, y in enumerate(year, start=1)]
    frame["sell_cents"] = frame["base_cents"] + frame["fuel_cents"] + frame["fee_cents"]
    return frame


def _shipments(path: Path, book: Books) -> int:
    frame = dirt.in_shipments(book.shipments)
    write_shipments(path, frame)
    return len(frame)


_INVOICE_HEAD = (
    *("Beleg", "Position", "Debitor", "Belegdatum", "Faellig", "Standort", "Sparte"),
    *("Kostenart", "Menge", "Einheit", "Preis", "Betrag", "Waehrung", "Kundenreferenz"),
    *("Gutschrift_zu", "Gutschriftgrund", "Reklamiert_am", "Ergebnis"),
)
_OUTCOMES = {"upheld": "anerkannt", "rejected": "abgelehnt", "open": "offen", "": ""}


def _invoices(path: Path, book: Books) -> int:
    rows = [_invoice_row(line) for line in book.lines]
    rows = dirt.in_invoices(rows)
    write_csv(path, _INVOICE_HEAD, rows, delimiter=";")
    return len(rows)


def _invoice_row(line: Line) -> list[str]:
    day = "%d.%m.%Y"
    return [
        *(line.invoice, f"{line.position:03d}", DEBTORS[line.account]),
        *(line.issued_on.strftime(day), line.due_on.strftime(day), line.site, line.product),
        *(line.charge, comma(line.quantity, 2), line.uom, comma(line.rate, 4)),
        *(money(line.cents).replace(".", ","), CURRENCIES[line.account], line.reference),
        *(line.credit_of, line.credit_reason),
        line.disputed_on.strftime(day) if line.disputed_on else "",
        _OUTCOMES[line.outcome],
    ]


_RECEIPTS = {"document": "TEXT", "debtor": "TEXT", "value_date": "TEXT", "amount": "REAL"}


def _payments(path: Path, book: Books) -> int:
    rows = sorted(
        (item.paid_on.isoformat(), item.invoice, DEBTORS[item.account], item.cents / 100)
        for item in book.payments
    )
    write_sqlite(path, "receipts", _RECEIPTS, [(b, c, a, d) for a, b, c, d in rows])
    return len(rows)


def _budget(path: Path, book: Books) -> int:
    head = ("Version", "Month", "Customer", "Product", "Deliveries", "Revenue", "Direct cost")
    rows = [
        (f"v{p.version}", p.month, p.customer, p.product, p.units, p.revenue, p.cost)
        for p in book.plans
    ]
    write_csv(path, head, rows)
    return len(rows)


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


def _cases(path: Path, book: Books) -> int:
    rows = [_ticket(f"T-{index:06d}", case) for index, case in enumerate(book.cases, start=1)]
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


def _surveys(path: Path, book: Books) -> int:
    head = ("customer_id", "answered", "survey", "score", "function")
    rows = [
        [a.account, a.day.isoformat(), a.instrument.upper(), str(a.score), a.role]
        for a in book.answers
    ]
    rows = dirt.in_surveys(rows)
    write_csv(path, head, rows)
    return len(rows)


def _actions(path: Path, book: Books) -> int:
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
        for a in ACTIONS
    ]
    write_csv(path, head, rows)
    return len(rows)


DATA: dict[str, Callable[[Path, Books], int]] = {
    "tms_shipments.parquet": _shipments,
    "finance_invoice_lines.csv": _invoices,
    "finance_receipts.sqlite": _payments,
    "budget.csv": _budget,
    "service_desk.sqlite": _cases,
    "surveys.csv": _surveys,
    "review_actions.csv": _actions,
}
"""The data files and what writes each; a writer returns the number of rows."""
