"""Groups of a fact table, spread from the buckets of their dates over the streams.

The groups are held by the embedded database, within its bounds; what becomes a frame is
those of some clients at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
from ibis import ir
from ibis.backends.duckdb import Backend

from reviewkit.metrics import calendar
from reviewkit.metrics.facts import Fact, Stream
from reviewkit.metrics.facts.model import MONEY

COUNTED = "counted"
"""Rows that a stream counts in a group: a group of none is no group of the stream."""


@dataclass(frozen=True)
class Spread:
    """The measures of a fact table for all clients; `groups` tells how many were held.

    It can be asked as long as the database holds them.
    """

    whole: Fact
    fact: Fact
    parts: tuple[ir.Table, ...]
    groups: int
    con: Backend

    def frame(self, of: Collection[str] | None = None) -> pd.DataFrame:
        """Return measures by `client`, `month` and dimensions, sorted by them.

        A group is there if a stream counts one of its rows; what no row of it adds to is
        zero. `of` narrows them to some clients.
        """
        parts = self.parts
        if of is not None:
            parts = tuple(part.filter(part.client.isin(sorted(of))) for part in parts)
        rows = ibis.union(*parts) if len(parts) > 1 else parts[0]
        keys = ["client", "month", *self.fact.dims]
        sums = {item.name: rows[item.name].sum().cast(item.type) for item in self.fact.measures}
        whole = rows.group_by(keys).agg(**sums, **{COUNTED: rows[COUNTED].sum()})
        whole = whole.filter(whole[COUNTED] > 0).drop(COUNTED)
        whole = whole.order_by([whole[key].asc(nulls_first=True) for key in keys])
        return _filled(_frame(self.con.to_pyarrow(whole)), self.whole)


@contextmanager
def kept(grouped: ir.Table, con: Backend) -> Iterator[ir.Table]:
    """Hold a grouping in the embedded database `con` until the end."""
    name = ibis.util.gen_name("reviewkit_groups")
    here = grouped.get_backend() is con
    rows = grouped if here else ibis.memtable(grouped.to_pyarrow())
    small = con.create_table(name, rows, temp=True)
    try:
        yield small
    finally:
        con.raw_sql(f'DROP TABLE temp.main."{name}"')


def with_first_days(
    small: ir.Table, calendars: Mapping[str, calendar.Calendar], columns: tuple[str, ...]
) -> ir.Table:
    """Give each bucket in `columns` of a held table its first day, as `first_<column>`."""
    for column in columns:
        pairs = small.select("client", column).distinct().to_pyarrow()
        lookup = ibis.memtable(_first_days(pairs, column, calendars))
        small = small.left_join(lookup, ["client", column], rname="{name}_right")
        small = small.drop("client_right", f"{column}_right")
    return small


def _first_days(
    pairs: pa.Table, column: str, calendars: Mapping[str, calendar.Calendar]
) -> pa.Table:
    """Return the bucket's first day of each client and moment in `pairs`."""
    pairs = pairs.drop_null()
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


def part_of(small: ir.Table, stream: Stream, fact: Fact, month: str, counted: str) -> ir.Table:
    """Return one stream's measures with the columns of all, zero where they are not its own.

    `month` names the column of its first days, `counted` the one of its rows, if there is one.
    """
    own = fact.dims if stream.dims is None else stream.dims
    dims = {
        name: small[name] if name in own else ibis.null("string").name(name) for name in fact.dims
    }
    zero = ibis.literal(0)
    sums = {
        item.name: (small[item.name].fill_null(0) if item.stream == stream.name else zero).cast(
            item.type
        )
        for item in fact.measures
    }
    rows = small[counted] if counted in small.columns else ibis.literal(1)
    part = small.select(
        "client", month=small[month], **dims, **sums, **{COUNTED: rows.cast("int64")}
    )
    return part.filter(part.month.notnull())


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
