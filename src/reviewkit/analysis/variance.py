"""Why revenue missed or beat its budget: price, volume and credits, service by service.

Volume is the difference of units at the budgeted price, price what was charged above or
below it for the units there were. Credits stand apart, and so does a service without
budgeted or without actual units: it has no price to compare. All effects together are
the variance, exactly. Where amounts were exchanged, a rate of exchange other than that of
the budget's month is part of the price.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures
from reviewkit.metrics.calendar import fiscal_periods
from reviewkit.metrics.dims import MEMBER
from reviewkit.metrics.finance import billed, budgeted
from reviewkit.metrics.metric import dated
from reviewkit.periods import FiscalCalendar, Period

NEEDS = (("invoice_lines", ("amount",)), ("budget", ("month", "revenue", "units")))
"""Tables and columns without which there is no split."""


@dataclass(frozen=True)
class Line:
    """One service: money as exact decimals, units as shipments.

    `charged` is before credits, `credited` zero or below. `price`, `volume` and `other` are
    effects on the variance; `other` is the whole of a service that cannot be split.
    """

    service: str
    units: int
    budget_units: Decimal
    charged: Decimal
    credited: Decimal
    budget: Decimal
    price: Fraction
    volume: Fraction
    other: Fraction

    @property
    def actual(self) -> Decimal:
        """Revenue after credits."""
        return self.charged + self.credited

    @property
    def variance(self) -> Decimal:
        """Actual less budget: price + volume + other + credits."""
        return self.actual - self.budget


def split(
    service: str,
    *,
    units: int,
    charged: Decimal,
    credited: Decimal,
    budget_units: Decimal,
    budget: Decimal,
) -> Line:
    """Split one service's variance; without units on both sides it stays whole.

    >>> line = split("Freight", units=110, charged=Decimal(990), credited=Decimal(-5),
    ...              budget_units=Decimal(100), budget=Decimal(1000))
    >>> int(line.price), int(line.volume), line.variance
    (-110, 100, Decimal('-15'))
    """
    gap = Fraction(charged) - Fraction(budget)
    price = volume = other = Fraction(0)
    if units and budget_units:
        planned = Fraction(budget) / Fraction(budget_units)
        volume = (units - Fraction(budget_units)) * planned
        price = gap - volume
    else:
        other = gap
    return Line(service, units, budget_units, charged, credited, budget, price, volume, other)


def price_and_volume(figures: Figures, period: Period | None = None) -> tuple[Line, ...]:
    """Return the split of each service, largest variance first; nothing where data lacks.

    Only months with a budget and lines with a rate of exchange count, as in the metric
    `revenue_against_budget`; shipments are those that left in the same months. A period that
    cuts a fiscal period of weeks has no budget, and nothing to split.
    """
    at = period or figures.period
    own = figures.data.calendar
    supplied = all(figures.has(table, *columns) for table, columns in NEEDS)
    if not supplied or not own.composes(at.start, at.end):
        return ()
    plan = _within(figures.data.rows_of("budgeted", budgeted), at)
    rows = _within(figures.data.rows_of("billed", billed), at)
    issued, planned = (_months(item, own) for item in (rows, plan))
    counted = (rows["currency"] == figures.data.currency) & issued.isin(planned)
    rows = rows[counted]
    charged = _sums(rows[rows["credit"] == 0], "amount")
    credited = _sums(rows[rows["credit"] == 1], "amount")
    budget, budget_units = _sums(plan, "revenue"), _sums(plan, "units")
    units = {
        value.by["service"]: value.n
        for value in figures.parts("shipments", ("service",), at)
        if value.n
    }
    lines = [
        split(
            name,
            units=units.get(name, 0),
            charged=charged.get(name, Decimal(0)),
            credited=credited.get(name, Decimal(0)),
            budget_units=budget_units.get(name, Decimal(0)),
            budget=budget.get(name, Decimal(0)),
        )
        for name in sorted(charged.keys() | credited.keys() | budget.keys())
    ]
    return tuple(sorted(lines, key=lambda line: (-abs(line.variance), line.service)))


def _months(rows: pd.DataFrame, calendar: FiscalCalendar) -> pd.Series[Any]:
    """Return each row's fiscal period, and whose it is among a global account's members."""
    opens = fiscal_periods(rows["date"], calendar)["opens"]
    pairs = rows.assign(opens=opens, whose=rows.get(MEMBER[0], ""))[["whose", "opens"]]
    return pd.Series(list(pairs.itertuples(index=False, name=None)), rows.index, dtype=object)


def _within(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    return dated(rows, period.start, period.end)


def _sums(rows: pd.DataFrame, column: str) -> Mapping[str, Decimal]:
    out: dict[str, Decimal] = {}
    for service, value in zip(rows["service"].fillna(""), rows[column], strict=True):
        out[str(service)] = out.get(str(service), Decimal(0)) + cells.money(value)
    return out
