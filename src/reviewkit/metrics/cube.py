"""The cube: each fact table aggregated once, for all clients, into measures that add up.

A measure says which rows it counts, on which date they fall, and what it adds. All of a
table's measures are one Ibis expression: one union of dated rows, one join to the clients'
buckets of days, one group by.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import ibis
import pandas as pd
from ibis import ir

from reviewkit.accounts.tables import TABLES
from reviewkit.metrics import calendar, deliveries
from reviewkit.params.models import Workspace


class AccountTables(Protocol):
    """What the cube needs of the accounts: clean rows, and what their sources covered."""

    @property
    def tables(self) -> Mapping[str, ir.Table]: ...

    @property
    def supplied(self) -> Mapping[str, frozenset[str]]: ...

    @property
    def cutoffs(self) -> Mapping[str, dt.datetime]: ...


@dataclass(frozen=True)
class Measure:
    """A column of the cube: the sum of `value` over a stream's rows. Money is decimal."""

    name: str
    stream: str
    value: Callable[[ir.Table], ir.Value]
    type: str = "int64"
    internal: bool = False


@dataclass(frozen=True)
class Stream:
    """Rows of one grain, placed in time by the column `at`."""

    name: str
    rows: Callable[[ir.Table], ir.Table]
    at: str


STREAMS = (
    Stream("left", lambda t: t.filter(t.left_at.notnull()), "left_at"),
    Stream("promised", lambda t: t.filter(t["at"].notnull()), "at"),
    Stream("orders", deliveries.orders, "at"),
)


def _both(t: ir.Table) -> ir.BooleanValue:
    return t.freight_revenue.notnull() & t.freight_cost.notnull()


MONEY = "decimal(38, 4)"

MEASURES = (
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
)
"""Measures of the cube's only fact table so far, `shipments`."""


@dataclass(frozen=True)
class Cube:
    """All clients' measures and registers, read once.

    `facts` and `registers` are pandas frames by table with a `client` column. `begins` is
    the first day of each table's data over all clients, since a source begins for all.
    """

    facts: Mapping[str, pd.DataFrame]
    registers: Mapping[str, pd.DataFrame]
    supplied: Mapping[str, frozenset[str]]
    cutoffs: Mapping[str, dt.datetime]
    begins: Mapping[str, dt.date]
    horizons: Mapping[str, calendar.Horizon]


def build_cube(accounts: AccountTables, workspace: Workspace, as_of: dt.date | None = None) -> Cube:
    """Aggregate every fact table once and read every register once, for all clients.

    `as_of` is the last day whose events are known; by default each client's day of the
    earliest cut-off.
    """
    horizons = tuple(
        calendar.horizon(workspace, client, accounts.cutoffs, as_of)
        for client in sorted(workspace.clients)
    )
    facts = {
        name: measures(table, workspace, horizons)
        for name, table in accounts.tables.items()
        if TABLES[name].fact and horizons
    }
    registers = {
        name: to_frame(table) for name, table in accounts.tables.items() if not TABLES[name].fact
    }
    return Cube(
        facts=facts,
        registers=registers,
        supplied=dict(accounts.supplied),
        cutoffs=dict(accounts.cutoffs),
        begins=_begins(facts, registers),
        horizons={item.client: item for item in horizons},
    )


def measures(
    shipments: ir.Table, workspace: Workspace, horizons: tuple[calendar.Horizon, ...]
) -> pd.DataFrame:
    """Return the measures of all clients by `client`, `month` and the deliveries' dimensions."""
    known = [(item.client, item.known_until, item.due_until) for item in horizons]
    clients = ibis.memtable(pd.DataFrame(known, columns=["client", "known_until", "due_until"]))
    rules = ibis.memtable(calendar.rules(workspace, horizons))
    rows = deliveries.judged(shipments, clients, rules)
    parts = [_stream(rows, stream) for stream in STREAMS]
    dated = ibis.union(*parts)
    days = ibis.memtable(calendar.buckets(horizons, _first_day(shipments, horizons[0].as_of)))
    placed = dated.join(
        days,
        [dated.client == days.client, dated["at"] >= days.opens, dated["at"] < days.closes],
    )
    keys = ["client", "bucket", *deliveries.DIMS]
    sums = {item.name: placed[item.name].sum() for item in MEASURES}
    frame = to_frame(placed.group_by(keys).agg(**sums).rename(month="bucket"))
    names = ["client", "month", *deliveries.DIMS]
    return frame.sort_values(names, na_position="first", ignore_index=True)


def _first_day(shipments: ir.Table, default: dt.date) -> dt.date:
    dates = ("promised_at", "shipped_at", "delivered_at", "ordered_at")
    firsts = shipments.agg(**{name: shipments[name].min() for name in dates})
    known = [value for value in firsts.to_pyarrow().to_pylist()[0].values() if value]
    # A day's margin: the earliest instant may be another month in a client's own zone.
    return min((value.date() for value in known), default=default) - dt.timedelta(days=1)


def to_frame(table: ir.Table) -> pd.DataFrame:
    """Return a table's rows as pandas: days and timestamps as `datetime64`, money as `Decimal`."""
    frame: pd.DataFrame = table.to_pyarrow().to_pandas(date_as_object=False)
    return frame


def _stream(rows: ir.Table, stream: Stream) -> ir.Table:
    part = stream.rows(rows)
    sums = {
        item.name: (item.value(part) if item.stream == stream.name else ibis.literal(0)).cast(
            item.type
        )
        for item in MEASURES
    }
    return part.select("client", *deliveries.DIMS, at=part[stream.at], **sums)


BORN: Mapping[str, str] = {
    "invoice_lines": "issued_on",
    "payments": "paid_on",
    "cases": "opened_at",
    "surveys": "responded_on",
    "actions": "raised_on",
}
"""The date on which a register's row comes into being; a budget has none."""


def _begins(
    facts: Mapping[str, pd.DataFrame], registers: Mapping[str, pd.DataFrame]
) -> dict[str, dt.date]:
    dates = {name: frame["month"] for name, frame in facts.items()}
    dates |= {name: registers[name][column] for name, column in BORN.items() if name in registers}
    firsts = {name: pd.to_datetime(column).min() for name, column in dates.items()}
    return {name: first.date() for name, first in firsts.items() if not pd.isna(first)}
