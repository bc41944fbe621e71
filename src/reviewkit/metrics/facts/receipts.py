"""Measures of the receipts: how many came, how long until they were available, and if right."""

from __future__ import annotations

import ibis
from ibis import ir

from reviewkit.metrics.facts.model import Fact, Measure, Stream
from reviewkit.metrics.facts.rows import bin_of, so_far

DIMS = ("site", "service")


def judged(t: ir.Table) -> ir.Table:
    """Return receipts with the bin of their time until available, or until now where open."""
    t = t.mutate(available=so_far(t, "available_at"))
    return t.mutate(
        bin=bin_of(t.arrived_at, ibis.coalesce(t.available, t.known_until)),
        arrived=t.arrived_at <= t.known_until,
    )


RECEIPTS = Fact(
    table="receipts",
    dims=(*DIMS, "bin"),
    judged=judged,
    streams=(Stream("arrived", "arrived_at", where="arrived"),),
    measures=(
        Measure("receipts", "arrived", lambda t: t.arrived_at.notnull()),
        Measure("receipts_available", "arrived", lambda t: t.available.notnull()),
        Measure("receipts_open", "arrived", lambda t: t.available.isnull()),
        Measure("receipts_checked", "arrived", lambda t: t.discrepancy_units.notnull()),
        Measure("receipts_right", "arrived", lambda t: t.discrepancy_units == 0),
        Measure("receipts_unchecked", "arrived", lambda t: t.discrepancy_units.isnull()),
        Measure("units_received", "arrived", lambda t: t.units),
        Measure("receipts_uncounted", "arrived", lambda t: t.units.isnull()),
        Measure("units_off_advice", "arrived", lambda t: t.discrepancy_units),
    ),
)
