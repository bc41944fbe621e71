"""Measures of the deliveries: what left, what was promised, and orders on time in full."""

from __future__ import annotations

import ibis
from ibis import ir

from reviewkit.metrics import deliveries
from reviewkit.metrics.dims import DELIVERY
from reviewkit.metrics.facts.model import MONEY, Amendment, Fact, Measure, Stream


def _both(t: ir.Table) -> ir.BooleanValue:
    return t.freight_revenue.notnull() & t.freight_cost.notnull()


LINES, FIRST = frozenset({"lines"}), frozenset({"first_promised_at"})
DAMAGE, PICKUP = frozenset({"damaged_units"}), frozenset({"pickup_appointment"})
PERFECT = DAMAGE | {"documents_ok"}

SHIPMENTS = Fact(
    table="shipments",
    dims=DELIVERY,
    judged=deliveries.judged,
    priced_at="left_at",
    streams=(
        Stream("left", "left_at", dims=("site", "service", "lane")),
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
        Stream("pickups", "pickup_appointment", dims=("site", "service", "lane"), needs=PICKUP),
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
        Measure("units_left", "left", lambda t: t.units),
        Measure("units_left_known", "left", lambda t: t.units.notnull()),
        Measure("units_left_unknown", "left", lambda t: t.units.isnull()),
        Measure("units_good", "promised", lambda t: t.good_units),
        Measure("units_due", "promised", lambda t: t.whole.ifelse(t.ordered_units, 0)),
        Measure("units_judged", "promised", lambda t: t.whole),
        Measure("units_unjudged", "promised", lambda t: t.unpromised | (t.due & ~t.whole)),
        Measure(
            "lines_good",
            "promised",
            lambda t: (t.lines_known & t.timely & t.enough).ifelse(t["lines"], 0),
            needs=LINES,
        ),
        Measure(
            "lines_due", "promised", lambda t: t.lines_known.ifelse(t["lines"], 0), needs=LINES
        ),
        Measure("lines_judged", "promised", lambda t: t.lines_known, needs=LINES),
        Measure(
            "lines_unjudged",
            "promised",
            lambda t: t.unpromised | (t.due & ~t.lines_known),
            needs=LINES,
        ),
        Measure("first_met", "promised", lambda t: t.first_due & t.first_met, needs=FIRST),
        Measure("first_due", "promised", lambda t: t.first_due, needs=FIRST),
        Measure(
            "first_unknown",
            "promised",
            lambda t: (t.due | t.unpromised) & (~t.time_known | t.first_promised_at.isnull()),
            needs=FIRST,
        ),
        Measure(
            "units_damaged",
            "promised",
            lambda t: t.damage_known.ifelse(t.damaged_units, 0),
            needs=DAMAGE,
        ),
        Measure(
            "units_handled", "promised", lambda t: t.damage_known.ifelse(t.units, 0), needs=DAMAGE
        ),
        Measure("damage_known", "promised", lambda t: t.damage_known, needs=DAMAGE),
        Measure(
            "damage_unknown",
            "promised",
            lambda t: t.delivered & ~t.damage_known,
            needs=DAMAGE,
        ),
        Measure("perfect", "orders", lambda t: t.perfect, needs=PERFECT),
        Measure("perfect_due", "orders", lambda t: t.perfect_known, needs=PERFECT),
        Measure("perfect_unknown", "orders", lambda t: t.perfect_open, needs=PERFECT),
        Measure("pickup_timely", "pickups", lambda t: t.pickup_known & t.pickup_timely),
        Measure("pickup_due", "pickups", lambda t: t.pickup_known),
        Measure("pickup_unknown", "pickups", lambda t: t.pickup_open),
        Measure("ship_timely", "pickups", lambda t: t.ship_known & t.ship_timely),
        Measure("ship_due", "pickups", lambda t: t.ship_known),
        Measure("ship_unknown", "pickups", lambda t: t.ship_open),
    ),
)
