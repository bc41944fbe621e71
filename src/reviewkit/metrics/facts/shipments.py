"""Measures of the deliveries: what left, what was promised, and orders on time in full."""

from __future__ import annotations

import ibis
from ibis import ir

from reviewkit.metrics import deliveries
from reviewkit.metrics.dims import DELIVERY
from reviewkit.metrics.facts.model import MONEY, Amendment, Fact, Measure, Stream


def _both(t: ir.Table) -> ir.BooleanValue:
    return t.freight_revenue.notnull() & t.freight_cost.notnull()


SHIPMENTS = Fact(
    table="shipments",
    dims=DELIVERY,
    judged=deliveries.judged,
    streams=(
        Stream("left", "left_at"),
        Stream("promised", "at"),
        Stream(
            "orders",
            "at",
            dims=("site", "service", "lane"),
            where="ordered_still",
            amend=Amendment(
                needs=frozenset({"order_id"}),
                keys=deliveries.split_orders,
                rows=deliveries.of_orders,
                added=deliveries.as_orders,
            ),
        ),
    ),
    measures=(
        Measure("shipments", "left", lambda t: t.shipped.notnull()),
        Measure("shipments_undated", "left", lambda t: t.shipped.isnull()),
        Measure("margin_known", "left", _both, internal=True),
        Measure("margin_unknown", "left", lambda t: ~_both(t), internal=True),
        Measure(
            "margin_revenue",
            "left",
            lambda t: ibis.ifelse(_both(t), t.freight_revenue, 0),
            type=MONEY,
            internal=True,
        ),
        Measure(
            "margin_cost",
            "left",
            lambda t: ibis.ifelse(_both(t), t.freight_cost, 0),
            type=MONEY,
            internal=True,
        ),
        Measure("on_time", "promised", lambda t: t.time_known & t.timely),
        Measure("on_time_due", "promised", lambda t: t.time_known),
        Measure("on_time_unknown", "promised", lambda t: t.unpromised | (t.due & ~t.time_known)),
        Measure("in_full", "promised", lambda t: t.units_known & t.enough),
        Measure("in_full_due", "promised", lambda t: t.units_known),
        Measure("in_full_unknown", "promised", lambda t: t.unpromised | (t.due & ~t.units_known)),
        Measure("cancelled", "promised", lambda t: t.void),
        Measure("otif", "orders", lambda t: t.passed),
        Measure("otif_due", "orders", lambda t: t.known),
        Measure("otif_unknown", "orders", lambda t: t.open),
    ),
)
