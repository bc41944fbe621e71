"""Measures of the order lines: errors of lines and of orders, and what the first shipment brought.

An error counts in the month in which its line left, whenever it was found.
"""

from __future__ import annotations

import ibis
from ibis import ir

from reviewkit.metrics.facts.model import Fact, Measure, Stream
from reviewkit.metrics.facts.rows import right, so_far


def judged(t: ir.Table) -> ir.Table:
    """Return lines with their errors as known, and on one line of each order the order's.

    A line that was not shipped is dated by the first departure of its order; an order is
    dated by its last. The code of an error that begins with "client" is not the house's.
    """
    found = t.error_found_at.isnull() | (t.error_found_at <= t.known_until)
    code = t.error_code.fill_null("").lower().strip()
    t = t.mutate(
        left=so_far(t, "shipped_at"),
        clients=code.startswith("client"),
        wrong=found & ~right(t, "error_code") & ~code.startswith("client"),
    )
    order = ibis.window(group_by=["client", "order_id"], preceding=None, following=None)
    last = ibis.window(
        group_by=["client", "order_id"],
        order_by=[t.left.desc(nulls_first=False), t.line],
        preceding=None,
        following=None,
    )
    t = t.mutate(
        filled_at=ibis.coalesce(t.left, t.left.min().over(order)),
        order_wrong=t.wrong.cast("int32").max().over(order) == 1,
        last_of_order=ibis.row_number().over(last) == 0,
    )
    return t.mutate(
        fill_known=t.ordered_units.notnull()
        & (t.shipped_units.notnull() | t.left.isnull())
        & ~t.clients,
        filled=ibis.least(t.shipped_units.fill_null(0), t.ordered_units),
    )


def _short(t: ir.Table) -> ir.BooleanValue:
    return (t.shipped_units < t.ordered_units).fill_null(False)


ORDER_LINES = Fact(
    table="order_lines",
    dims=("site", "service"),
    judged=judged,
    streams=(
        Stream("lines", "left"),
        Stream("picked", "left", where="last_of_order"),
        Stream("filled", "filled_at"),
    ),
    measures=(
        Measure("lines_shipped", "lines", lambda t: t.left.notnull()),
        Measure("lines_right", "lines", lambda t: ~t.wrong),
        Measure("units_picked", "lines", lambda t: t.left.notnull().ifelse(t.shipped_units, 0)),
        Measure("lines_uncounted", "lines", lambda t: t.left.notnull() & t.shipped_units.isnull()),
        Measure("lines_short", "lines", lambda t: t.left.notnull() & _short(t)),
        Measure("orders_shipped", "picked", lambda t: t.left.notnull()),
        Measure("orders_right", "picked", lambda t: ~t.order_wrong),
        Measure("units_first", "filled", lambda t: t.fill_known.ifelse(t.filled, 0)),
        Measure("units_asked", "filled", lambda t: t.fill_known.ifelse(t.ordered_units, 0)),
        Measure("fill_lines", "filled", lambda t: t.fill_known),
        Measure("fill_unknown", "filled", lambda t: ~t.fill_known & ~t.clients),
    ),
)
