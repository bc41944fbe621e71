"""Measures of the stock counts: locations and units that the books had right."""

from __future__ import annotations

from ibis import ir

from reviewkit.metrics.facts.model import Fact, Measure, Stream


def judged(t: ir.Table) -> ir.Table:
    """Return counts with whether both figures are known, and how far they are apart."""
    t = t.mutate(known=t.book_units.notnull() & t.counted_units.notnull())
    return t.mutate(apart=(t.counted_units - t.book_units).abs())


COUNTS = Fact(
    table="counts",
    dims=("site", "service"),
    judged=judged,
    streams=(Stream("counted", "counted_at"),),
    measures=(
        Measure("locations_counted", "counted", lambda t: t.known),
        Measure("locations_matched", "counted", lambda t: t.known & (t.apart == 0)),
        Measure("locations_unknown", "counted", lambda t: ~t.known),
        Measure("book_units", "counted", lambda t: t.known.ifelse(t.book_units, 0)),
        Measure("units_apart", "counted", lambda t: t.known.ifelse(t.apart, 0)),
    ),
)
