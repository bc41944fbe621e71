"""Measures of the stock at the end of each day, and on how many days it was recorded."""

from __future__ import annotations

import ibis
from ibis import ir

from reviewkit.metrics.facts.model import MONEY, Fact, Measure, Stream


def judged(t: ir.Table) -> ir.Table:
    """Return stock with one row of each client's days marked: days are not added over sites."""
    day = ibis.window(
        group_by=["client", "date"], order_by=[t.site, t.service], preceding=None, following=None
    )
    return t.mutate(one_of_day=ibis.row_number().over(day) == 0)


STOCK = Fact(
    table="stock",
    dims=("site", "service"),
    judged=judged,
    streams=(
        Stream("stored", "date"),
        Stream("days", "date", dims=(), where="one_of_day"),
        Stream("closing", "date", where="closes_date"),
    ),
    measures=(
        Measure("stock_rows", "stored", lambda t: t.date.notnull()),
        Measure("pallets_unknown", "stored", lambda t: t.pallets.isnull()),
        Measure("pallet_days", "stored", lambda t: t.pallets.cast("decimal(18, 4)"), type=MONEY),
        Measure("stock_units_unknown", "stored", lambda t: t.units.isnull()),
        Measure("unit_days", "stored", lambda t: t.units),
        Measure("stock_days", "days", lambda t: t.date.notnull()),
        Measure("closing_units", "closing", lambda t: t.units),
        Measure("closing_known", "closing", lambda t: t.units.notnull()),
        Measure("closing_unknown", "closing", lambda t: t.units.isnull()),
    ),
)
