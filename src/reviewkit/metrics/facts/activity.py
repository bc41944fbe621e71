"""Measures of the billable events: how many of each charge, and how much."""

from __future__ import annotations

from ibis import ir

from reviewkit.metrics.facts.model import MONEY, Fact, Measure, Stream


def judged(t: ir.Table) -> ir.Table:
    """Return events with whether they have happened yet."""
    return t.mutate(happened=t["at"] <= t.known_until)


ACTIVITY = Fact(
    table="activity",
    dims=("site", "service", "charge_code", "uom"),
    judged=judged,
    streams=(Stream("done", "at", where="happened"),),
    measures=(
        Measure("events", "done", lambda t: t["at"].notnull()),
        Measure("quantity", "done", lambda t: t.quantity.cast("decimal(18, 4)"), type=MONEY),
        Measure("events_unmeasured", "done", lambda t: t.quantity.isnull()),
    ),
)
