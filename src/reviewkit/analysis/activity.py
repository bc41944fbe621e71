"""What was done in a period: movements, exceptions, billable work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.covered import has_begun, stops_early
from reviewkit.analysis.figures import Figures
from reviewkit.metrics.finance import billed
from reviewkit.periods import Period

RUN = 8
"""Periods in a small trend."""


@dataclass(frozen=True)
class Movement:
    """How often something was done: in the period, the prior one, a year ago, and eight in a row.

    A count is `None` where the table does not cover the period. `partial` tells that the
    data stop before the period's end; nothing is then compared.
    """

    key: str
    now: int
    prior: int | None
    year_ago: int | None
    run: tuple[int | None, ...]
    partial: bool


MOVEMENTS = (
    ("receipts", "receipts", "receipts"),
    ("units_received", "receipts", "units_received"),
    ("orders_shipped", "order_lines", "orders_shipped"),
    ("shipments", "shipments", "shipments"),
    ("returns", "returns", "returns"),
    ("events", "activity", "events"),
)
"""What an activity report counts: its name, table and measure."""


@dataclass(frozen=True)
class Trouble:
    """Cases that did not go as they should: how many of how many, now and in the prior period."""

    key: str
    count: int
    whole: int
    prior: int | None
    prior_whole: int | None

    @property
    def share(self) -> Fraction | None:
        """Cases of the whole; `None` where there is nothing to be a share of."""
        return Fraction(self.count, self.whole) if self.whole else None


TROUBLES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("receipts_open", "receipts", ("receipts_open",), ("receipts",)),
    ("receipts_off", "receipts", ("receipts_checked", "-receipts_right"), ("receipts_checked",)),
    ("lines_short", "order_lines", ("lines_short",), ("lines_shipped",)),
    ("lines_wrong", "order_lines", ("lines_shipped", "-lines_right"), ("lines_shipped",)),
    ("late", "shipments", ("on_time_due", "-on_time"), ("on_time_due",)),
    ("short", "shipments", ("in_full_due", "-in_full"), ("in_full_due",)),
    ("damaged", "shipments", ("units_damaged",), ("units_handled",)),
    ("cancelled", "shipments", ("cancelled",), ("on_time_due", "cancelled")),
)
"""Exceptions: name, table, and the measures that make up their number and their whole."""


@dataclass(frozen=True)
class Work:
    """Billable work of one service and charge: what was done, and what was invoiced for it.

    `done` and `invoiced` are quantities in `uom`, `None` where there is no record; `amount`
    is what was charged, before credits, in the client's currency.
    """

    service: str
    charge: str
    uom: str
    events: int
    done: Decimal | None
    invoiced: Decimal | None
    amount: Decimal

    @property
    def difference(self) -> Decimal | None:
        """Invoiced beyond what was done; below zero: done and not invoiced."""
        if self.done is None:
            return None
        return (self.invoiced or Decimal(0)) - self.done

    @property
    def agrees(self) -> bool:
        """Tell whether as much was invoiced as was done."""
        return self.difference == 0


def movements(figures: Figures) -> tuple[Movement, ...]:
    """Return what was done, as far as its table was supplied."""
    return tuple(
        _movement(figures, key, table, measure)
        for key, table, measure in MOVEMENTS
        if figures.has(table) and measure in figures.data.cube.get(table, ())
    )


def _movement(figures: Figures, key: str, table: str, measure: str) -> Movement:
    period = figures.period
    partial = stops_early(figures, table)

    def count(span: Period) -> int | None:
        return _sum(figures, table, measure, span) if has_begun(figures, table, span) else None

    run = [count(span) for span in period.run(RUN)]
    return Movement(
        key=key,
        now=_sum(figures, table, measure, period),
        prior=None if partial else count(period.prior()),
        year_ago=None if partial else count(period.year_ago()),
        run=(*run[:-1], None if partial else run[-1]),
        partial=partial,
    )


def _sum(figures: Figures, table: str, measure: str, span: Period) -> int:
    rows = figures.data.cube[table]
    inside = rows["month"].between(pd.Timestamp(span.start), pd.Timestamp(span.end))
    return int(rows.loc[inside, measure].sum())


def counted(figures: Figures, table: str, measure: str) -> int:
    """Return a measure's sum over the period."""
    return _sum(figures, table, measure, figures.period)


def troubles(figures: Figures) -> tuple[Trouble, ...]:
    """Return the exceptions of the period that have a whole to be measured against."""
    found = []
    for key, table, parts, whole in TROUBLES:
        if not figures.has(table):
            continue
        now = _both(figures, table, parts, whole, figures.period)
        before = figures.period.prior()
        compared = has_begun(figures, table, before) and not stops_early(figures, table)
        then = _both(figures, table, parts, whole, before) if compared else (None, None)
        if now[1]:
            found.append(Trouble(key, *now, *then))
    return tuple(found)


def _both(
    figures: Figures, table: str, parts: tuple[str, ...], whole: tuple[str, ...], span: Period
) -> tuple[int, int]:
    return _signed(figures, table, parts, span), _signed(figures, table, whole, span)


def _signed(figures: Figures, table: str, names: tuple[str, ...], span: Period) -> int:
    return sum(
        (-1 if name.startswith("-") else 1) * _sum(figures, table, name.lstrip("-"), span)
        for name in names
    )


# --- billable work ----------------------------------------------------------------------


def work(figures: Figures) -> tuple[Work, ...]:
    """Return billable work by service and charge: done in the period, and invoiced in it.

    Quantities of one charge in two units stay apart. Credits and lines in a currency without
    a rate of exchange are left out of what was invoiced.
    """
    done, invoiced = _done(figures), _invoiced(figures)
    found = [
        Work(*key, *done.get(key, (0, None)), *invoiced.get(key, (None, Decimal(0))))
        for key in {*done, *invoiced}
    ]
    return tuple(sorted(found, key=lambda item: (item.service, -item.amount, item.charge)))


_Key = tuple[str, str, str]


def _done(figures: Figures) -> dict[_Key, tuple[int, Decimal | None]]:
    if not figures.has("activity", "charge_code"):
        return {}
    rows = figures.data.cube["activity"]
    inside = rows["month"].between(
        pd.Timestamp(figures.period.start), pd.Timestamp(figures.period.end)
    )
    out = {}
    for key, part in _keyed(rows[inside]):
        known = not part["events_unmeasured"].sum()
        quantity = sum((cells.money(item) for item in part["quantity"]), Decimal(0))
        out[key] = (int(part["events"].sum()), quantity if known else None)
    return out


def _invoiced(figures: Figures) -> dict[_Key, tuple[Decimal | None, Decimal]]:
    if not figures.has("invoice_lines", "charge_code", "quantity"):
        return {}
    lines = figures.register("invoice_lines")
    issued = billed(figures.data)
    date = _service_dates(lines)
    first, last = pd.Timestamp(figures.period.start), pd.Timestamp(figures.period.end)
    kept = (issued["credit"] == 0) & (issued["currency"] == figures.data.currency)
    return {
        key: (_quantity(part), sum((cells.money(item) for item in part["amount"]), Decimal(0)))
        for key, part in _keyed(lines[kept & date.between(first, last)])
    }


def _service_dates(lines: pd.DataFrame) -> pd.Series[Any]:
    """Return when the work of each line was done, as far as it says; else its day of issue."""
    if "service_period" not in lines:
        return lines["issued_on"]
    return lines["service_period"].fillna(lines["issued_on"])


def _quantity(lines: pd.DataFrame) -> Decimal | None:
    if lines["quantity"].isna().any():
        return None
    return sum((Decimal(str(item)) for item in lines["quantity"]), Decimal(0))


def _keyed(rows: pd.DataFrame) -> Iterator[tuple[_Key, pd.DataFrame]]:
    names = ["service", "charge_code", "uom"]
    filled = rows.assign(
        **{name: rows[name].fillna("").astype(str) if name in rows else "" for name in names}
    )
    for key, part in filled.groupby(names):
        yield (str(key[0]), str(key[1]), str(key[2])), part
