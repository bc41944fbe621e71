"""Deliveries judged row by row: what was due, on time and in full, per delivery and order.

Everything is an Ibis expression over all clients at once. Outcomes are 0 or 1, so that
they add up; what is not known is counted apart and is never a pass.
"""

from __future__ import annotations

import ibis
from ibis import ir

DIMS = ("site", "service", "lane", "late_cause", "at_fault")
"""Dimensions of the deliveries' measures. Cause and fault are those of late ones only."""


def judged(shipments: ir.Table, clients: ir.Table, rules: ir.Table) -> ir.Table:
    """Return one row per delivery with its dates as known, and its outcomes as 0 or 1.

    `clients` has `client`, `known_until`, `due_until`; `rules` the dated delivery rules.
    What happened after `known_until` has not happened yet. A promise whose tolerance ends
    after `due_until` is not due. A delivery cancelled by the client, or before it was
    shipped and before its promise ran out, is `void` and due no more.
    """
    known = _as_known(shipments.join(clients, "client"))
    dated = known.left_join(
        rules,
        [
            known.client == rules.client,
            known.promised_at >= rules.since,
            known.promised_at < rules.until,
        ],
    ).drop("client_right", "since", "until")
    return _with_outcomes(_with_due(dated))


def _as_known(t: ir.Table) -> ir.Table:
    def so_far(name: str) -> ir.Value:
        return ibis.ifelse(t[name] <= t.known_until, t[name], ibis.null(t[name].type()))

    arrived = t.delivered_at.isnull() | (t.delivered_at <= t.known_until)
    return t.mutate(
        shipped=so_far("shipped_at"),
        arrived=so_far("delivered_at"),
        cancelled=so_far("cancelled_at"),
        units=ibis.ifelse(arrived, t.delivered_units, ibis.null("int64")),
    )


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


def orders(t: ir.Table) -> ir.Table:
    """Return one row per order of judged deliveries, dated by its last promise.

    In full compares the sums of all deliveries that were not cancelled; on time asks it
    of each. An order that failed in what is known has failed, whatever else is unknown.
    Site, service and lane are those of the delivery promised last.
    """
    t = t.filter(~t.void).mutate(order=ibis.coalesce(t.order_id, t.shipment_id))
    window = ibis.window(
        group_by=["client", "order"],
        order_by=[t["at"].desc(nulls_first=False), t.shipment_id],
    )
    t = t.mutate(rank=ibis.row_number().over(window))
    last = t.rank == 0
    one = t.group_by("client", "order").agg(
        **{name: t[name].max(where=last) for name in ("site", "service", "lane")},
        at=t["at"].max(where=last),
        due=(t.due | t.unpromised).all(),
        late=t.late.any(),
        ordered=t.ordered_units.sum(),
        units=t.units.fill_null(0).sum(),
        units_known=t.units_known.all(),
        unknown=(t.unpromised | ~t.time_known | ~t.units_known).any(),
    )
    failed = one.late | (one.units_known & (one.units < one.ordered))
    one = one.mutate(
        failed=failed,
        late_cause=ibis.null("string"),
        at_fault=ibis.null("string"),
    )
    return one.mutate(
        known=one.due & (one.failed | ~one.unknown),
        passed=one.due & ~one.failed & ~one.unknown,
        open=one.due & ~one.failed & one.unknown,
    )
