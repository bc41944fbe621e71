"""Measures of the corrections of the stock: how many, and what they added and took off."""

from __future__ import annotations

import ibis
from ibis import ir

from reviewkit.metrics.facts.model import Fact, Measure, Stream


def judged(t: ir.Table) -> ir.Table:
    """Return corrections with whether they have been booked yet."""
    return t.mutate(happened=t["at"] <= t.known_until)


STOCK_ADJUSTMENTS = Fact(
    table="stock_adjustments",
    dims=("site", "service", "reason"),
    judged=judged,
    streams=(Stream("booked", "at", where="happened"),),
    measures=(
        Measure("adjustments", "booked", lambda t: t.units.notnull()),
        Measure("adjustments_unknown", "booked", lambda t: t.units.isnull()),
        Measure("units_added", "booked", lambda t: ibis.greatest(t.units, 0)),
        Measure("units_taken_off", "booked", lambda t: ibis.greatest(-t.units, 0)),
    ),
)
