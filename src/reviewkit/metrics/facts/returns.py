"""Measures of the returns: how often goods came back, and how many units."""

from __future__ import annotations

from ibis import ir

from reviewkit.metrics.facts.model import Fact, Measure, Stream


def judged(t: ir.Table) -> ir.Table:
    """Return returns with whether they have happened yet."""
    return t.mutate(happened=t["at"] <= t.known_until)


RETURNS = Fact(
    table="returns",
    dims=("site", "service", "reason"),
    judged=judged,
    streams=(Stream("returned", "at", where="happened"),),
    measures=(
        Measure("returns", "returned", lambda t: t.units.notnull()),
        Measure("returns_unknown", "returned", lambda t: t.units.isnull()),
        Measure("units_returned", "returned", lambda t: t.units),
    ),
)
