"""Deliveries judged row by row: what was due, on time and in full, per delivery and order.

Everything is an Ibis expression over all clients at once. Outcomes are 0 or 1, so that
they add up; what is not known is counted apart and is never a pass.
"""

from __future__ import annotations

import ibis
from ibis import ir


def judged(t: ir.Table) -> ir.Table:
    """Return one row per delivery with its dates as known, and its outcomes as 0 or 1.

    Rows come with the columns of `calendar.clients`: what is known of the client, and its
    dated delivery rules. What happened after `known_until` has not happened yet. A promise
    whose tolerance ends after `due_until` is not due. A delivery cancelled by the client,
    or before it was shipped and before its promise ran out, is `void` and due no more.
    An order is judged as if the delivery were all of it; `as_orders` sets that right.
    """
    return _with_order(_with_pickup(_with_more(_with_outcomes(_with_due(_as_known(t))))))


def _as_known(t: ir.Table) -> ir.Table:
    def so_far(name: str) -> ir.Value:
        return ibis.ifelse(t[name] <= t.known_until, t[name], ibis.null(t[name].type()))

    arrived = t.delivered_at.isnull() | (t.delivered_at <= t.known_until)
    return t.mutate(
        shipped=so_far("shipped_at"),
        arrived=so_far("delivered_at"),
        cancelled=so_far("cancelled_at"),
        units=ibis.ifelse(arrived, t.delivered_units, ibis.null("int64")),
        tolerance=_in_force(t, "tolerance"),
        early=_in_force(t, "early"),
    )


def _in_force(t: ir.Table, name: str) -> ir.Value:
    """Return a minute count of the rule that holds on the day of the promise."""
    value = t[f"{name}_0"]
    for number in range(1, 1 + sum(column.startswith("since_") for column in t.columns)):
        later = t.promised_at >= t[f"since_{number}"]
        value = ibis.ifelse(later, t[f"{name}_{number}"], value)
    return value


def _with_due(t: ir.Table) -> ir.Table:
    by_client = t.cancel_cause.fill_null("").lower() == "client"
    not_shipped = t.shipped.isnull() | (t.cancelled < t.shipped)
    in_time = t.promised_at.isnull() | (t.cancelled < t.promised_at)
    void = t.cancelled.notnull() & t.arrived.isnull() & (by_client | (not_shipped & in_time))
    t = t.mutate(void=void, latest=t.promised_at + t.tolerance.as_interval("m"))
    return t.mutate(
        due=~t.void & (t.latest <= t.due_until).fill_null(False),
        unpromised=~t.void & t.promised_at.isnull(),
        delivered=t.arrived.notnull() | (t.units > 0).fill_null(False),
        at=ibis.coalesce(t.promised_at, t.arrived, t.shipped, t.ordered_at),
        left_at=ibis.coalesce(t.shipped, t.arrived),
    )


def _with_outcomes(t: ir.Table) -> ir.Table:
    earliest = t.promised_from - t.early.as_interval("m")
    too_early = ((t.early >= 0) & (t.arrived < earliest)).fill_null(False)
    t = t.mutate(
        time_known=t.due & ~(t.arrived.isnull() & t.delivered),
        timely=(t.arrived <= t.latest).fill_null(False) & ~too_early,
        units_known=t.due & t.ordered_units.notnull() & (t.units.notnull() | t.arrived.isnull()),
        enough=t.delivered & (t.units.fill_null(0) >= t.ordered_units).fill_null(False),
    )
    t = t.mutate(late=t.time_known & ~t.timely)
    return t.mutate(
        late_cause=ibis.ifelse(t.late, t.late_cause, ibis.null("string")),
        at_fault=ibis.ifelse(t.late, t.at_fault, ibis.null("string")),
    )


def _with_more(t: ir.Table) -> ir.Table:
    """Add the outcome against the first promise, by unit and by line, and what makes it perfect."""
    first = t.first_promised_at + t.tolerance.as_interval("m")
    whole = t.time_known & t.units_known
    t = t.mutate(
        first_due=t.time_known & (first <= t.due_until).fill_null(False),
        first_met=(t.arrived <= first).fill_null(False),
        whole=whole,
        good_units=ibis.ifelse(
            whole & t.timely, ibis.least(t.units.fill_null(0), t.ordered_units), 0
        ),
        lines_known=whole & t.lines.notnull(),
        handled=t.delivered & (t.units > 0).fill_null(False),
    )
    return t.mutate(
        damage_known=t.handled & t.damaged_units.notnull(),
        flawed=(t.damaged_units > 0).fill_null(False) | ~t.documents_ok.fill_null(True),
        blank=t.delivered & (t.damaged_units.isnull() | t.documents_ok.isnull()),
    )


def _with_pickup(t: ir.Table) -> ir.Table:
    """Add whether a delivery was collected, and left the site, by the pickup appointment."""
    collected = ibis.ifelse(
        t.picked_up_at <= t.known_until, t.picked_up_at, ibis.null("timestamp(6)")
    )
    until = t.pickup_appointment + t.tolerance.fill_null(0).as_interval("m")
    gone = t.shipped.notnull() | t.arrived.notnull()
    due = ~t.void & (until <= t.due_until).fill_null(False)
    return t.mutate(
        pickup_known=due & (collected.notnull() | ~gone),
        pickup_open=due & collected.isnull() & gone,
        pickup_timely=(collected <= until).fill_null(False),
        ship_known=due & (t.shipped.notnull() | (t.arrived.isnull() & collected.isnull())),
        ship_open=due & t.shipped.isnull() & (t.arrived.notnull() | collected.notnull()),
        ship_timely=(t.shipped <= until).fill_null(False),
    )


def _with_order(t: ir.Table) -> ir.Table:
    t = t.mutate(
        ordered_still=~t.void,
        answerable=~t.void & (t.due | t.unpromised),
        failed=t.late | (t.units_known & (t.units.fill_null(0) < t.ordered_units)),
        unknown=t.unpromised | ~t.time_known | ~t.units_known,
    )
    return t.mutate(
        known=t.answerable & (t.failed | ~t.unknown),
        passed=t.answerable & ~t.failed & ~t.unknown,
        open=t.answerable & ~t.failed & t.unknown,
        perfect_known=t.answerable & (t.failed | t.flawed | ~(t.unknown | t.blank)),
        perfect=t.answerable & ~(t.failed | t.flawed | t.unknown | t.blank),
        perfect_open=t.answerable & ~(t.failed | t.flawed) & (t.unknown | t.blank),
    )


def split_orders(t: ir.Table) -> ir.Table:
    """Return the orders that have more than one delivery, as `order`, of rows as they lie.

    Orders are told apart by a hash, so that hardly more than a number is kept of each;
    a single delivery that comes along by its hash does no harm.
    """
    orders = t.select(order=_hash(t))
    counted = orders.group_by("order").agg(deliveries=orders.count())
    return counted.filter(counted.deliveries > 1).select("order")


def of_orders(t: ir.Table, orders: ir.Table) -> ir.Table:
    """Return the deliveries, as they lie, of the orders that `split_orders` found."""
    return t.mutate(order=_hash(t)).semi_join(orders, "order").drop("order")


def as_orders(t: ir.Table) -> ir.Table:
    """Return what judged deliveries add to the orders' measures when taken by order.

    One row per delivery: the order's outcome on the delivery promised last, whose date,
    site, service and lane are the order's, less the delivery's own outcome. In full
    compares the sums of all deliveries that were not cancelled; on time asks it of each.
    An order that failed in what is known has failed, whatever else is unknown.
    """
    t = t.filter(t.ordered_still).mutate(order=_order(t))
    window = ibis.window(
        group_by=[*whose(t), "order"],
        order_by=[t["at"].desc(nulls_first=False), t.shipment_id],
        preceding=None,
        following=None,
    )

    def every(value: ir.BooleanValue) -> ir.BooleanValue:
        return value.cast("int32").min().over(window) == 1

    units_known, units = every(t.units_known), t.units.fill_null(0).sum().over(window)
    short = units_known & (units < t.ordered_units.sum().over(window))
    t = t.mutate(
        last=ibis.row_number().over(window) == 0,
        order_answerable=every(t.answerable),
        order_failed=~every(~t.late) | short.fill_null(False),
        order_unknown=~every(~t.unknown),
        order_flawed=~every(~t.flawed),
        order_blank=~every(~t.blank),
    )
    whole = t.last & t.order_answerable
    imperfect, unclear = t.order_failed | t.order_flawed, t.order_unknown | t.order_blank
    order = {
        "otif_due": whole & (t.order_failed | ~t.order_unknown),
        "otif": whole & ~t.order_failed & ~t.order_unknown,
        "otif_unknown": whole & ~t.order_failed & t.order_unknown,
        "perfect_due": whole & (imperfect | ~unclear),
        "perfect": whole & ~imperfect & ~unclear,
        "perfect_unknown": whole & ~imperfect & unclear,
    }
    own = {
        "otif_due": t.known,
        "otif": t.passed,
        "otif_unknown": t.open,
        "perfect_due": t.perfect_known,
        "perfect": t.perfect,
        "perfect_unknown": t.perfect_open,
    }
    added = {name: order[name].cast("int32") - own[name].cast("int32") for name in order}
    return t.mutate(counted=t.last.cast("int32") - 1, **added)


def whose(t: ir.Table) -> list[str]:
    """Return the columns that tell whose order a number is; two clients may use the same one."""
    return [name for name in ("client", "owned_by") if name in t.columns]


def _hash(t: ir.Table) -> ir.IntegerValue:
    return (t.client + _order(t)).hash()


def _order(t: ir.Table) -> ir.StringValue:
    return ibis.coalesce(t.order_id, t.shipment_id)
