"""What waits for an answer: disputed invoice lines without an outcome, and open cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures
from reviewkit.metrics.registry import metric


@dataclass(frozen=True)
class Query:
    """Something that waits for an answer: a disputed invoice line or an open case."""

    kind: str
    reference: str
    what: str
    where: str
    since: dt.date
    days: int
    amount: Decimal | None


def queries(figures: Figures) -> tuple[Query, ...]:
    """Return disputed lines without an outcome and open cases, the oldest first."""
    found = [*_disputes(figures), *_cases(figures)]
    return tuple(sorted(found, key=lambda item: (-item.days, item.reference, item.what)))


def _disputes(figures: Figures) -> Iterator[Query]:
    if not figures.supplied("disputes"):
        return
    lines = figures.register("invoice_lines")
    still = lines["dispute_outcome"].isna() | (lines["dispute_outcome"] == "open")
    for row in lines[lines["disputed_on"].notna() & still].to_dict("records"):
        since = pd.Timestamp(row["disputed_on"]).date()
        yield Query(
            kind="dispute",
            reference=cells.text(row["invoice_id"]),
            what=cells.text(row["charge_code"]),
            where=cells.text(row["site"]),
            since=since,
            days=(figures.as_of - since).days,
            amount=cells.money(row["amount"]),
        )


def _cases(figures: Figures) -> Iterator[Query]:
    if not figures.supplied("cases_open"):
        return
    own = metric("cases_opened")
    opened = figures.data.rows_of(own.id, own.rows)["date"]
    register = figures.data.registers["cases"].loc[opened.index]
    # What was open at the period's end may have been closed since; it is no query any more.
    still = register["closed_at"].isna()
    for day, row in zip(opened[still], register[still].to_dict("records"), strict=True):
        since = pd.Timestamp(day).date()
        yield Query(
            kind="case",
            reference=cells.text(row["case_id"]),
            what=cells.text(row["category"]),
            where=cells.text(row["site"]),
            since=since,
            days=(figures.as_of - since).days,
            amount=None,
        )
