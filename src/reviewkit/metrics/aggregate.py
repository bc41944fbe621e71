"""One scan of a fact table: its rows placed in the clients' buckets, grouped and added up.

The scan runs where the rows are and groups by the buckets of all dates at once; its small
result is then spread over the streams in memory. A bucket is looked up by equality in a
table of days, because a database is never asked about timezones or fiscal years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, reduce
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
from ibis import ir

from reviewkit.accounts.fx import Rates
from reviewkit.metrics import calendar, members
from reviewkit.metrics.exchange import Exchange
from reviewkit.metrics.facts import Fact, Measure, Stream
from reviewkit.metrics.facts.model import MONEY
from reviewkit.params.models import Workspace

COUNTED = "counted"
"""Rows that a stream counts in a group: a group of none is no group of the stream."""


@dataclass(frozen=True)
class Clients:
    """The clients' small tables that every fact table is joined to."""

    workspace: Workspace
    horizons: tuple[calendar.Horizon, ...]
    rates: Rates = field(default_factory=lambda: Rates({}))

    @cached_property
    def calendars(self) -> dict[str, calendar.Calendar]:
        """Each client's calendar."""
        return calendar.calendars(self.horizons)

    @cached_property
    def rows(self) -> ir.Table:
        """One row per client and whose rows count for it, as `members.spread` gives them."""
        known = calendar.clients(self.workspace, self.horizons, self.calendars)
        return ibis.memtable(members.spread(known, self.workspace))

    @cached_property
    def exchange(self) -> Exchange:
        """What converts amounts into the currency of the client that they count for."""
        return Exchange(self.rates, self.workspace, self.calendars)

    @cached_property
    def instants(self) -> ir.Table:
        """Where each UTC day falls, as `calendar.instants` gives it."""
        return ibis.memtable(calendar.instants(self.calendars))

    @cached_property
    def local_days(self) -> ir.Table:
        """The bucket of each of the clients' own days."""
        return ibis.memtable(calendar.local_days(self.calendars))


def aggregate(
    table: ir.Table, fact: Fact, supplied: frozenset[str], clients: Clients
) -> pd.DataFrame:
    """Return a fact's measures by `client`, `month` and its dimensions, sorted by them.

    A group is there if a stream counts one of its rows; what no row of it adds to is zero.
    Rows of other clients, and of buckets after the one of `as_of`, are left out.
    """
    whole = fact
    fact = whole.of(supplied)

    def judged(rows: ir.Table) -> ir.Table:
        return judged_rows(rows, fact, supplied, clients)

    # What is amended needs the most room, so it goes first, while little is held.
    parts = []
    for stream in fact.streams:
        if stream.amend and stream.amend.needs <= supplied:
            keys = _settled(stream.amend.keys(table))
            added = stream.amend.added(judged(stream.amend.rows(table, keys)))
            grouped = amended(added, stream, fact, clients)
            parts.append(_part(with_first_days(grouped, clients, (stream.at,)), stream, fact))
    small = with_first_days(scan(judged(table), fact, clients), clients, _dates(fact))
    parts += [_part(small, stream, fact) for stream in fact.streams]
    return _filled(_spread(parts, fact, table), whole)


def judged_rows(rows: ir.Table, fact: Fact, supplied: frozenset[str], clients: Clients) -> ir.Table:
    """Return rows as they lie, once for each client that they count for, judged and converted."""
    foreign = clients.exchange.columns(fact, supplied)
    known = fact.judged(members.joined(rows, clients.rows))
    return clients.exchange.converted(known, foreign, fact.priced_at) if foreign else known


def _settled(keys: ir.Table) -> ir.Table:
    # DuckDB would start the join while the grouping that feeds it still holds all memory,
    # and put every row of the table on disk; a server is not sent millions of keys.
    return ibis.memtable(keys.to_pyarrow()) if _is_local(keys) else keys


def _is_local(table: ir.Table) -> bool:
    return bool(table.get_backend().name == "duckdb")


# --- where the rows are -----------------------------------------------------------------


def scan(rows: ir.Table, fact: Fact, clients: Clients) -> ir.Table:
    """Return judged rows grouped by client, the buckets of all dates, and the dimensions.

    Measures are summed over the rows that their stream counts, null where there are none.
    """
    placed = reduce(lambda t, at: in_bucket(t, at, clients), _dates(fact), rows)
    where = {stream.name: stream.where for stream in fact.streams}
    sums = {item.name: _sum(placed, item, where[item.stream]) for item in fact.measures}
    sums |= {
        _counted(stream): placed[stream.where].cast("int32").sum()
        for stream in fact.streams
        if stream.where
    }
    keys = ["client", *map(bucket_column, _dates(fact)), *fact.dims]
    return placed.group_by(keys).agg(**sums)


def _dates(fact: Fact) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stream.at for stream in fact.streams))


def _sum(t: ir.Table, measure: Measure, where: str | None) -> ir.Value:
    value = measure.value(t)
    if isinstance(value, ir.BooleanValue):
        value = value.cast("int32")
    return value.sum(where=t[where] if where else None)


def in_bucket(t: ir.Table, at: str, clients: Clients) -> ir.Table:
    """Add the bucket of the date `at`: any moment that is in it, null for none."""
    place = _placed_instant if t[at].type().is_timestamp() else _placed_day
    return place(t, at, clients)


def _placed_instant(t: ir.Table, at: str, clients: Clients) -> ir.Table:
    days = _renamed(clients.instants, at)
    t = t.mutate(**{f"utc_{at}": t[at].truncate("D")})
    t = t.left_join(
        days, [t.calendar == days[f"calendar_{at}"], t[f"utc_{at}"] == days[f"day_{at}"]]
    )
    later = t[at] >= t[f"switches_{at}"]
    inside = ibis.ifelse(later, t[f"after_{at}"], t[f"before_{at}"])
    return t.mutate(**{bucket_column(at): _or_older(inside, t[at], t.calendar_opens)})


def _placed_day(t: ir.Table, at: str, clients: Clients) -> ir.Table:
    days = _renamed(clients.local_days, at)
    t = t.left_join(days, [t.calendar == days[f"calendar_{at}"], t[at] == days[f"day_{at}"]])
    return t.mutate(**{bucket_column(at): _or_older(t[f"bucket_{at}"], t[at], t.calendar_starts)})


def _renamed(days: ir.Table, at: str) -> ir.Table:
    return days.rename({f"{name}_{at}": name for name in days.columns})


def _or_older(inside: ir.Value, at: ir.Value, opens: ir.Value) -> ir.Value:
    # What is older than the days laid out goes by its own date, and finds its bucket later.
    return ibis.coalesce(inside, ibis.ifelse(at < opens, at, ibis.null(at.type())))


def bucket_column(at: str) -> str:
    """Return the name of the column that holds the bucket of the date `at`."""
    return f"bucket_of_{at}"


def _counted(stream: Stream) -> str:
    return f"{COUNTED}_{stream.name}"


def amended(added: ir.Table, stream: Stream, fact: Fact, clients: Clients) -> ir.Table:
    """Return what an amendment adds, grouped by client, bucket and the stream's dimensions."""
    placed = in_bucket(added, stream.at, clients)
    dims = fact.dims if stream.dims is None else stream.dims
    sums = {
        item.name: placed[item.name].sum() for item in fact.measures if item.stream == stream.name
    }
    sums[_counted(stream)] = placed[COUNTED].sum()
    return placed.group_by(["client", bucket_column(stream.at), *dims]).agg(**sums)


# --- in memory --------------------------------------------------------------------------


def with_first_days(grouped: ir.Table, clients: Clients, dates: tuple[str, ...]) -> ir.Table:
    """Fetch a grouping, and give each of its dates the bucket's own first day."""
    fetched = grouped.to_pyarrow()
    small = ibis.memtable(fetched)
    for at in dates:
        lookup = ibis.memtable(_first_days(fetched, bucket_column(at), clients.calendars))
        small = small.left_join(lookup, ["client", bucket_column(at)], rname="{name}_right")
        small = small.drop("client_right", f"{bucket_column(at)}_right")
    return small


def _first_days(
    small: pa.Table, column: str, calendars: Mapping[str, calendar.Calendar]
) -> pa.Table:
    """Return the bucket's first day of each client and moment that are in `small`."""
    pairs = small.group_by(["client", column]).aggregate([]).drop_null()
    clients, moments = pairs["client"].to_pylist(), pairs[column].to_pylist()
    found: dict[int, set[Any]] = {}
    for client, moment in zip(clients, moments, strict=True):
        found.setdefault(calendars[client].number, set()).add(moment)
    buckets = {
        item.number: item.bucket_of(found[item.number])
        for item in {item.number: item for item in calendars.values()}.values()
        if item.number in found
    }
    days = [
        buckets[calendars[client].number][moment]
        for client, moment in zip(clients, moments, strict=True)
    ]
    return pairs.append_column(f"first_{column}", pa.array(days, pa.date32()))


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
    month = small[f"first_{bucket_column(stream.at)}"]
    part = small.select("client", month=month, **dims, **sums, counted=counted.cast("int64"))
    return part.filter(part.month.notnull())


def _spread(parts: list[ir.Table], fact: Fact, source: ir.Table) -> pd.DataFrame:
    """Return the streams' parts as one frame by month and dimensions."""
    rows = ibis.union(*parts) if len(parts) > 1 else parts[0]
    keys = ["client", "month", *fact.dims]
    names = [item.name for item in fact.measures]
    sums = {name: rows[name].sum() for name in (*names, COUNTED)}
    whole = rows.group_by(keys).agg(**sums)
    whole = whole.filter(whole[COUNTED] > 0).drop(COUNTED)
    whole = whole.order_by([whole[key].asc(nulls_first=True) for key in keys])
    # Within the limits set for the rows themselves, where they are at hand.
    con = source.get_backend() if _is_local(source) else ibis.get_backend()
    return _frame(con.to_pyarrow(whole))


def _filled(frame: pd.DataFrame, whole: Fact) -> pd.DataFrame:
    """Return a frame with all measures of a fact; those that nothing could give are zero."""
    zeros = {"int64": 0, MONEY: Decimal(0)}
    lacking: dict[str, Any] = {m.name: zeros[m.type] for m in whole.measures if m.name not in frame}
    names = [item.name for item in whole.measures]
    return frame.assign(**lacking)[["client", "month", *whole.dims, *names]]


def to_frame(table: ir.Table) -> pd.DataFrame:
    """Return a table's rows as pandas: days and timestamps as `datetime64`, money as `Decimal`."""
    return _frame(table.to_pyarrow())


def _frame(rows: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = rows.to_pandas(date_as_object=False)
    return frame
