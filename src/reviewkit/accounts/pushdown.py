"""Facts that stay in their database: mapped, checked and later aggregated there.

Only counts, sums and the rows set aside travel. It takes a database that is known to
aggregate as we do, and columns that need no text parsed; other tables are fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends import BaseBackend
from ibis.backends.duckdb import Backend

from reviewkit.accounts.amounts import amounts
from reviewkit.accounts.aside import aside_name
from reviewkit.accounts.casts import as_text
from reviewkit.accounts.checks.rowwise import (
    COLUMN,
    RULE,
    SOURCE,
    VALUE,
    Reader,
    any_of,
    parted,
    told_of,
)
from reviewkit.accounts.checks.seen import Seen, kept, strangers, tally
from reviewkit.accounts.columns import columns_of
from reviewkit.accounts.remote import aggregates, batches
from reviewkit.accounts.sources import OWN, ROW
from reviewkit.accounts.tables import ColumnType, TableSpec
from reviewkit.params.models import Source as SourceParams

_FITTING: dict[ColumnType, tuple[str, ...]] = {
    "text": ("string", "integer"),
    "timestamp": ("timestamp", "date"),
    "date": ("date", "timestamp"),
    "integer": ("integer", "decimal"),
    "number": ("numeric",),
    "money": ("decimal", "integer"),
    "boolean": ("boolean",),
}
"""Types of a database that can be cast to each type of the contract without parsing text."""

_CLIENT, _KEY, _RANK, _RAW = f"{OWN}client", f"{OWN}key", f"{OWN}rank", "raw"


@dataclass(frozen=True)
class Pushed:
    """A fact in its database: the clean rows, the totals, and what is left for the check."""

    clean: ir.Table
    rows_in: int
    other_clients: int
    amounts: dict[str, str]
    seen: Seen


def obstacles(
    backend: BaseBackend, spec: TableSpec, source: SourceParams, raw: ir.Table
) -> list[str]:
    """Return why the fact `raw` cannot be checked and aggregated where it is; nothing if it can."""
    if not aggregates(backend):
        return [f"{backend.name} is not known to give the figures that files do."]
    found = ["where: is computed here. Leave the rows out with query."] if source.where else []
    if source.keep:
        found.append("keep: is computed here. Leave the rows out with query.")
    for name, entry in source.columns.items():
        if entry.unit:
            found.append(f"{name}: its unit is converted here. Convert it in query.")
        if entry.expression is not None:
            found.append(f"{name}: an expression is computed here. Write it in query.")
        elif entry.column and not entry.values:
            kind, target = raw[entry.column].type(), spec.column(name).type
            if entry.format or not _fits(kind, target):
                found.append(f"{name}: {kind} is read as {target} here. Cast it in query.")
    return found


def _fits(kind: dtypes.DataType, target: ColumnType) -> bool:
    return any(getattr(kind, f"is_{name}")() for name in _FITTING[target])


def push_down(
    con: Backend, backend: BaseBackend, reader: Reader, source: SourceParams, raw: ir.Table
) -> Pushed:
    """Check `raw` in its database; what is set aside is fetched into `aside_name`."""
    spec = reader.spec
    ours = _ours(source, raw)
    chosen = ours.filter(ours[_CLIENT].notnull())
    values, rules = columns_of(reader, source, chosen, portable=True)
    broken, told_only = parted(reader, rules)
    bad = any_of(broken)
    rows = {"client": chosen[_CLIENT], **values, _RAW: _cells(chosen, raw.columns)}
    good = chosen.filter(~bad).select(**rows)
    counts = ours.aggregate(rows_in=ours.count(), ours=ours[_CLIENT].count())
    totals = backend.to_pyarrow(counts).to_pylist()[0]
    told = {"client": chosen[_CLIENT], **told_of(broken), _RAW: rows[_RAW]}
    parts = [chosen.filter(bad).select(**told)]
    keys = [column for column in spec.key if column in source.columns]
    clean = good
    if keys and _any(backend, _again(good, keys)):
        clean, copies = _without_copies(good, keys)
        parts.append(copies)
    _fetch(con, backend, spec, parts)
    clean = clean.select("client", *spec.names)
    return Pushed(
        clean=clean,
        rows_in=int(totals["rows_in"]),
        other_clients=int(totals["rows_in"] - totals["ours"]),
        amounts=amounts(backend, spec, frozenset(source.columns), clean),
        seen=Seen(
            tally=tally(ours, ours[_CLIENT]),
            strangers=strangers(ours, ours[source.client.column], ours[_CLIENT])
            if source.client.column
            else None,
            # A server numbers no rows: what is set aside is left out by the rules themselves.
            kept=kept(chosen.filter(~bad), told_only, client=chosen[_CLIENT]),
        ),
    )


def _ours(source: SourceParams, raw: ir.Table) -> ir.Table:
    """Add the slug of each row; an id is compared to the letter, blanks included."""
    if source.client.constant is not None:
        return raw.mutate(**{_CLIENT: ibis.literal(source.client.constant)})
    column = raw[source.client.column]
    text = column if column.type().is_string() else as_text(column)
    keys = source.client.keys
    known = ibis.memtable(pa.table({_KEY: list(keys), _CLIENT: list(keys.values())}))
    return raw.left_join(known, text == known[_KEY]).drop(_KEY)


def _cells(rows: ir.Table, columns: Sequence[str]) -> ir.StringValue:
    cells = [ibis.literal(f"{name}=") + rows[name].cast("string").fill_null("") for name in columns]
    return ibis.literal("; ").join(cells)


def _again(good: ir.Table, keys: list[str]) -> ir.Table:
    """Return the keys that more than one row has; a row that fills none of a key has none."""
    usable = good.filter(ibis.or_(*(good[key].notnull() for key in keys)))
    return usable.group_by("client", *keys).having(usable.count() > 1).agg()


def _any(backend: BaseBackend, rows: ir.Table) -> bool:
    return bool(backend.to_pyarrow(rows.limit(1)).num_rows)


def _without_copies(good: ir.Table, keys: list[str]) -> tuple[ir.Table, ir.Table]:
    """Return the rows without those whose key was there before, and these as they are told."""
    # A database keeps no order of its rows: of copies, the smallest by all columns is used.
    window = ibis.window(
        group_by=[good.client, *(good[key] for key in keys)],
        order_by=[good[name] for name in good.columns],
    )
    ranked = good.mutate(**{_RANK: ibis.row_number().over(window)})
    keyed = ibis.or_(*(ranked[key].notnull() for key in keys))
    copies = ranked.filter(keyed & (ranked[_RANK] > 0)).select(
        "client",
        **{
            RULE: ibis.literal("duplicate"),
            COLUMN: ibis.literal(keys[-1]),
            VALUE: ranked[keys[0]].cast("string"),
            _RAW: ranked[_RAW],
        },
    )
    return ranked.filter(~keyed | (ranked[_RANK] == 0)).drop(_RANK), copies


def _fetch(con: Backend, backend: BaseBackend, spec: TableSpec, parts: list[ir.Table]) -> None:
    """Copy rows that are told of, some at a time; they are numbered in an order of their own."""
    name = aside_name(spec)
    told = f"client VARCHAR, {RULE} VARCHAR, {COLUMN} VARCHAR, {VALUE} VARCHAR, {_RAW} VARCHAR"
    con.raw_sql(f"CREATE OR REPLACE TEMP TABLE {name}_fetched ({told})").fetchall()
    for part in parts:
        con.con.register(f"{name}_batches", batches(backend, part))
        con.raw_sql(f"INSERT INTO {name}_fetched SELECT * FROM {name}_batches").fetchall()
        con.con.unregister(f"{name}_batches")
    con.raw_sql(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT 0 AS {SOURCE},"
        f" row_number() OVER () AS {ROW}, * FROM (SELECT * FROM {name}_fetched ORDER BY ALL)"
    ).fetchall()
