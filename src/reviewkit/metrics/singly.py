"""Rows of a fact table one by one, as the cube would add them up: what lineage shows.

The cube's own machinery places and judges the rows; only the adding up is left out. So the
measures of the rows of a group sum to the cube's, whatever is corrected by amendments.
"""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
from ibis import ir

from reviewkit.metrics import aggregate, members
from reviewkit.metrics.aggregate import Clients
from reviewkit.metrics.facts import Fact, Stream
from reviewkit.metrics.facts.model import MONEY
from reviewkit.metrics.spread import to_frame, with_first_days

ROW = "source_row"
"""Which row of the table, counted from 0, a row of measures comes from."""


def owned(table: ir.Table, client: str, clients: Clients) -> pa.Table:
    """Return the rows that count for `client`, as they lie: its own, or its members'.

    Each has its number as `source_row`.
    """
    known = clients.rows.to_pandas()
    owner = members.OWNER if members.OWNER in known else "client"
    owners = known.loc[known["client"] == client, owner].unique().tolist()
    rows = table.filter(table.client.isin(sorted(owners))).to_pyarrow()
    return rows.append_column(ROW, pa.array(range(len(rows)), pa.int64()))


def singly(rows: pa.Table, fact: Fact, supplied: frozenset[str], clients: Clients) -> pd.DataFrame:
    """Return the measures of every row and stream, with `source_row`, `month` and dimensions.

    `rows` come from `owned`, and `clients` are that client alone. A row counts once in each
    stream that has it, and once more where an amendment corrects what the row alone told.
    """
    table, whole = ibis.memtable(rows), fact
    fact = whole.of(supplied)
    # Judged once and kept: every stream would otherwise have it put to the database anew.
    judged = ibis.memtable(aggregate.judged_rows(table, fact, supplied, clients).to_pyarrow())
    parts = [_stream(judged, stream, fact, clients) for stream in fact.streams]
    for stream in fact.streams:
        if stream.amend and stream.amend.needs <= supplied:
            keys = stream.amend.keys(table)
            again = aggregate.judged_rows(stream.amend.rows(table, keys), fact, supplied, clients)
            parts.append(_amended(stream.amend.added(again), stream, fact, clients))
    found = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    zeros: dict[str, Any] = {"int64": 0, MONEY: Decimal(0)}
    lacking: dict[str, Any] = {
        item.name: zeros[item.type] for item in whole.measures if item.name not in found
    }
    return found.assign(**lacking)


def _stream(judged: ir.Table, stream: Stream, fact: Fact, clients: Clients) -> pd.DataFrame:
    placed = aggregate.in_bucket(judged, stream.at, clients)
    counts = placed[stream.where] if stream.where else ibis.literal(True)
    sums = {
        item.name: ibis.ifelse(counts, item.value(placed).cast(item.type), 0).fill_null(0)
        for item in fact.measures
        if item.stream == stream.name
    }
    return _fetched(placed.filter(counts), sums, stream, fact, clients)


def _amended(added: ir.Table, stream: Stream, fact: Fact, clients: Clients) -> pd.DataFrame:
    placed = aggregate.in_bucket(added, stream.at, clients)
    own = [item for item in fact.measures if item.stream == stream.name]
    sums = {item.name: placed[item.name].cast(item.type).fill_null(0) for item in own}
    return _fetched(placed, sums, stream, fact, clients)


def _fetched(
    placed: ir.Table, sums: dict[str, ir.Value], stream: Stream, fact: Fact, clients: Clients
) -> pd.DataFrame:
    """Return rows with the first day of their bucket, and zero for what is not the stream's."""
    dims = fact.dims if stream.dims is None else stream.dims
    bucket = aggregate.bucket_column(stream.at)
    kept = placed.select("client", ROW, bucket, *dims, **sums)
    fetched = ibis.memtable(kept.to_pyarrow())
    local = with_first_days(fetched, clients.calendars, (bucket,))
    local = local.rename(month=f"first_{bucket}").drop(bucket)
    lacking = {name: ibis.null("string") for name in fact.dims if name not in dims}
    zeros = {item.name: ibis.literal(0).cast(item.type) for item in fact.measures}
    rest = {name: zero for name, zero in zeros.items() if name not in sums}
    found = reduce(lambda t, add: t.mutate(**add), (lacking, rest), local)
    return to_frame(found.filter(found.month.notnull()))
