"""What was invoiced, as counts beside measures: for reviews whose measures lack their tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from reviewkit.analysis.billing import billed_lines, within
from reviewkit.analysis.cells import money
from reviewkit.analysis.covered import has_begun, stops_early
from reviewkit.analysis.figures import Figures
from reviewkit.periods import Period

TABLE = "invoice_lines"
RUN = 8
"""Periods in a small trend."""


@dataclass(frozen=True)
class Counted:
    """One amount or count of invoice lines: in the period, the prior one, a year ago, in a row.

    Amounts are exact, in the client's currency. `None` where the table does not cover a span;
    where it stops before the period's end it is `partial`, and nothing is compared.
    """

    key: str
    now: Decimal
    prior: Decimal | None
    year_ago: Decimal | None
    run: tuple[Decimal | None, ...]
    partial: bool


def invoiced(figures: Figures) -> tuple[Counted, ...]:
    """Return what was invoiced net, in how many lines, and what was credited; never only zeros."""
    if not figures.has(TABLE):
        return ()
    found = (_counted(figures, key) for key in _MEASURES)
    return tuple(item for item in found if item.now)


def _counted(figures: Figures, key: str) -> Counted:
    partial, period, rows = stops_early(figures, TABLE), figures.period, billed_lines(figures)

    def at(span: Period) -> Decimal:
        return _MEASURES[key](within(rows, span))

    def known(span: Period) -> Decimal | None:
        return at(span) if has_begun(figures, TABLE, span) else None

    run = [known(span) for span in period.run(RUN)]
    return Counted(
        key=key,
        now=at(period),
        prior=None if partial else known(period.prior()),
        year_ago=None if partial else known(period.year_ago()),
        run=(*run[:-1], None if partial else run[-1]),
        partial=partial,
    )


def _net(rows: pd.DataFrame) -> Decimal:
    return sum((money(value) for value in rows["amount"]), Decimal(0))


def _lines(rows: pd.DataFrame) -> Decimal:
    return Decimal(int((rows["credit"] == 0).sum()))


def _credited(rows: pd.DataFrame) -> Decimal:
    return -_net(rows[rows["credit"] == 1])


_MEASURES: dict[str, Callable[[pd.DataFrame], Decimal]] = {
    "invoiced": _net,
    "invoice_lines": _lines,
    "credited": _credited,
}
