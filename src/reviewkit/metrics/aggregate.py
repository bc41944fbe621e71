"""One scan of a fact table: its rows placed in the clients' buckets, grouped and added up.

The scan runs where the rows are and groups by the buckets of all dates at once; its result
is held by the embedded database, and spread over the streams from there. A bucket is looked
up by equality in a table of days, because a database is never asked about timezones or
fiscal years.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property, reduce

import ibis
import pandas as pd
from ibis import ir

from reviewkit.accounts.fx import Rates
from reviewkit.metrics import calendar, members
from reviewkit.metrics.exchange import Exchange
from reviewkit.metrics.facts import Fact, Measure, Stream
from reviewkit.metrics.spread import COUNTED, Spread, kept, part_of, with_first_days
from reviewkit.params.models import Workspace


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
    """Return a fact's measures by `client`, `month` and its dimensions, as `Spread.frame` does."""
    with added_up(table, fact, supplied, clients) as spread:
        return spread.frame()


@contextmanager
def added_up(
    table: ir.Table, fact: Fact, supplied: frozenset[str], clients: Clients
) -> Iterator[Spread]:
    """Scan a fact table once for all clients, and hold its groups until the end.

    Rows of other clients, and of buckets after the one of `as_of`, are left out.
    """
    whole = fact
    fact = whole.of(supplied)
    # Within the limits set for the rows themselves, where they are at hand.
    con = table.get_backend() if _is_local(table) else ibis.get_backend()

    def judged(rows: ir.Table) -> ir.Table:
        return judged_rows(rows, fact, supplied, clients)

    with ExitStack() as stack:
        parts: list[ir.Table] = []

        def hold(grouped: ir.Table, streams: tuple[Stream, ...]) -> int:
            small = stack.enter_context(kept(grouped, con))
            buckets = tuple(map(bucket_column, _dates(streams)))
            dated = with_first_days(small, clients.calendars, buckets)
            for stream in streams:
                month = f"first_{bucket_column(stream.at)}"
                parts.append(part_of(dated, stream, fact, month, _counted(stream)))
            return int(small.count().execute())

        # What is amended needs the most room, so it goes first, while little is held.
        for stream in fact.streams:
            if stream.amend and stream.amend.needs <= supplied:
                keys = _settled(stream.amend.keys(table))
                added = stream.amend.added(judged(stream.amend.rows(table, keys)))
                hold(amended(added, stream, fact, clients), (stream,))
        groups = hold(scan(judged(table), fact, clients), fact.streams)
        yield Spread(whole, fact, tuple(parts), groups, con)


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
    placed = reduce(lambda t, at: in_bucket(t, at, clients), _dates(fact.streams), rows)
    where = {stream.name: stream.where for stream in fact.streams}
    sums = {item.name: _sum(placed, item, where[item.stream]) for item in fact.measures}
    sums |= {
        _counted(stream): placed[stream.where].cast("int32").sum()
        for stream in fact.streams
        if stream.where
    }
    keys = ["client", *map(bucket_column, _dates(fact.streams)), *fact.dims]
    return placed.group_by(keys).agg(**sums)


def _dates(streams: tuple[Stream, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stream.at for stream in streams))


def _sum(t: ir.Table, measure: Measure, where: str | None) -> ir.Value:
    value = measure.value(t)
    if isinstance(value, ir.BooleanValue):
        value = value.cast("int32")
    # A sum of integers is twice as wide as it need be, and there are some forty in a group.
    return value.sum(where=t[where] if where else None).cast(measure.type)


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
