"""One scan of a fact table: its rows placed in the clients' buckets, grouped and added up.

The scan runs where the rows are and groups by the buckets of all dates at once; its small
result is then spread over the streams in memory. A bucket is looked up by equality in a
table of days, because a database is never asked about timezones or fiscal years.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
from ibis import ir

from reviewkit.metrics import calendar
from reviewkit.metrics.facts import Fact, Measure, Stream
from reviewkit.params.models import Workspace

COUNTED = "counted"
"""Rows that a stream counts in a group: a group of none is no group of the stream."""


@dataclass(frozen=True)
class Clients:
    """The clients' small tables that every fact table is joined to."""

    rows: pd.DataFrame
    calendars: dict[str, calendar.Calendar]

    @classmethod
    def of(cls, workspace: Workspace, horizons: tuple[calendar.Horizon, ...]) -> Clients:
        """Return the tables of all clients of `horizons`."""
        found = calendar.calendars(horizons)
        return cls(calendar.clients(workspace, horizons, found), found)


def aggregate(
    table: ir.Table, fact: Fact, supplied: frozenset[str], clients: Clients
) -> pd.DataFrame:
    """Return a fact's measures by `client`, `month` and its dimensions, sorted by them.

    A group is there if a stream counts one of its rows; what no row of it adds to is zero.
    Rows of other clients, and of buckets after the one of `as_of`, are left out.
    """
    known = ibis.memtable(clients.rows)

    def judged(rows: ir.Table) -> ir.Table:
        return fact.judged(rows.join(known, "client"))

    parts = _scan(judged(table), fact, clients)
    for stream in fact.streams:
        if stream.amend and stream.amend.needs <= supplied:
            added = stream.amend.added(judged(stream.amend.rows(table)))
            parts.append(_amended(added, stream, fact, clients))
    return _spread(parts, fact)


def to_frame(table: ir.Table) -> pd.DataFrame:
    """Return a table's rows as pandas: days and timestamps as `datetime64`, money as `Decimal`."""
    frame: pd.DataFrame = table.to_pyarrow().to_pandas(date_as_object=False)
    return frame


# --- where the rows are -----------------------------------------------------------------


def _scan(rows: ir.Table, fact: Fact, clients: Clients) -> list[ir.Table]:
    """Return the parts of all streams from one grouping of the rows."""
    dates = tuple(dict.fromkeys(stream.at for stream in fact.streams))
    placed = reduce(lambda t, at: _placed(t, at, clients), dates, rows)
    where = {stream.name: stream.where for stream in fact.streams}
    sums = {item.name: _sum(placed, item, where[item.stream]) for item in fact.measures}
    sums |= {
        _counted(stream): placed[stream.where].cast("int32").sum()
        for stream in fact.streams
        if stream.where
    }
    keys = ["client", *map(_bucket, dates), *fact.dims]
    small = _local(placed.group_by(keys).agg(**sums), clients, dates)
    return [_part(small, stream, fact) for stream in fact.streams]


def _sum(t: ir.Table, measure: Measure, where: str | None) -> ir.Value:
    value = measure.value(t)
    if isinstance(value, ir.BooleanValue):
        value = value.cast("int32")
    return value.sum(where=t[where] if where else None)


def _placed(t: ir.Table, at: str, clients: Clients) -> ir.Table:
    """Add the bucket of the date `at`: any moment that is in it, null for none."""
    place = _placed_instant if t[at].type().is_timestamp() else _placed_day
    return place(t, at, clients)


def _placed_instant(t: ir.Table, at: str, clients: Clients) -> ir.Table:
    days = ibis.memtable(calendar.instants(clients.calendars))
    names = {name: f"{name}_{at}" for name in days.columns}
    days = days.rename({new: old for old, new in names.items()})
    t = t.mutate(**{f"day_of_{at}": t[at].truncate("D")})
    t = t.left_join(
        days,
        [t.calendar == days[names["calendar"]], t[f"day_of_{at}"] == days[names["day"]]],
    )
    inside = ibis.ifelse(t[at] >= t[names["switches"]], t[names["after"]], t[names["before"]])
    return t.mutate(**{_bucket(at): _or_older(inside, t[at], t.calendar_opens)})


def _placed_day(t: ir.Table, at: str, clients: Clients) -> ir.Table:
    days = ibis.memtable(calendar.local_days(clients.calendars))
    names = {name: f"{name}_{at}" for name in days.columns}
    days = days.rename({new: old for old, new in names.items()})
    t = t.left_join(days, [t.calendar == days[names["calendar"]], t[at] == days[names["day"]]])
    inside = t[names["bucket"]]
    return t.mutate(**{_bucket(at): _or_older(inside, t[at], t.calendar_starts)})


def _or_older(inside: ir.Value, at: ir.Value, opens: ir.Value) -> ir.Value:
    # What is older than the days laid out goes by its own date, and finds its bucket later.
    return ibis.coalesce(inside, ibis.ifelse(at < opens, at, ibis.null(at.type())))


def _bucket(at: str) -> str:
    return f"bucket_of_{at}"


def _counted(stream: Stream) -> str:
    return f"{COUNTED}_{stream.name}"


def _amended(added: ir.Table, stream: Stream, fact: Fact, clients: Clients) -> ir.Table:
    placed = _placed(added, stream.at, clients)
    dims = fact.dims if stream.dims is None else stream.dims
    sums = {
        item.name: placed[item.name].sum() for item in fact.measures if item.stream == stream.name
    }
    grouped = placed.group_by(["client", _bucket(stream.at), *dims]).agg(
        **sums, **{_counted(stream): placed[COUNTED].sum()}
    )
    return _part(_local(grouped, clients, (stream.at,)), stream, fact)


# --- in memory --------------------------------------------------------------------------


def _local(grouped: ir.Table, clients: Clients, dates: tuple[str, ...]) -> ir.Table:
    """Fetch a grouping, and give each of its dates the bucket's own first day."""
    small = ibis.memtable(grouped.to_pyarrow())
    for at in dates:
        small = _named(small, at, clients)
    return small


def _named(small: ir.Table, at: str, clients: Clients) -> ir.Table:
    column = _bucket(at)
    found = small.select("client", moment=small[column]).distinct()
    pairs = found.filter(found.moment.notnull()).to_pyarrow().to_pylist()
    moments: dict[int, set[Any]] = {}
    for pair in pairs:
        moments.setdefault(clients.calendars[pair["client"]].number, set()).add(pair["moment"])
    buckets = {
        item.number: item.bucket_of(moments[item.number])
        for item in {item.number: item for item in clients.calendars.values()}.values()
        if item.number in moments
    }
    named = pa.table(
        {
            "client": pa.array([pair["client"] for pair in pairs], pa.string()),
            "moment": pa.array([pair["moment"] for pair in pairs], _arrow(small[column])),
            "first_day": pa.array(
                [buckets[clients.calendars[p["client"]].number][p["moment"]] for p in pairs],
                pa.date32(),
            ),
        }
    )
    lookup = ibis.memtable(named)
    joined = small.left_join(
        lookup, [small.client == lookup.client, small[column] == lookup.moment]
    )
    return joined.drop("client_right", "moment", column).rename({column: "first_day"})


def _arrow(column: ir.Value) -> pa.DataType:
    return column.type().to_pyarrow()


def _part(small: ir.Table, stream: Stream, fact: Fact) -> ir.Table:
    """Return one stream's measures with the columns of all, zero where they are not its own."""
    kept = fact.dims if stream.dims is None else stream.dims
    dims = {
        name: small[name] if name in kept else ibis.null("string").name(name) for name in fact.dims
    }
    zero = ibis.literal(0)
    sums = {
        item.name: (small[item.name].fill_null(0) if item.stream == stream.name else zero).cast(
            item.type
        )
        for item in fact.measures
    }
    counted = small[_counted(stream)] if _counted(stream) in small.columns else ibis.literal(1)
    month = small[_bucket(stream.at)]
    part = small.select("client", month=month, **dims, **sums, counted=counted.cast("int64"))
    return part.filter(part.month.notnull())


def _spread(parts: list[ir.Table], fact: Fact) -> pd.DataFrame:
    """Return the streams' parts as one frame by month and dimensions."""
    rows = ibis.union(*parts) if len(parts) > 1 else parts[0]
    keys = ["client", "month", *fact.dims]
    names = [item.name for item in fact.measures]
    sums = {name: rows[name].sum() for name in (*names, COUNTED)}
    whole = rows.group_by(keys).agg(**sums)
    whole = whole.filter(whole[COUNTED] > 0).drop(COUNTED)
    return to_frame(whole.order_by([whole[key].asc(nulls_first=True) for key in keys]))
