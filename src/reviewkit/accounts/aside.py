"""Sets rows aside: those that break a rule, and those whose key was there before.

Large tables are read a few columns at a time and never sorted as a whole; what is set aside
is kept as row numbers, and the rest is whatever is not among them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.checks.rowwise import COLUMN, RULE, SOURCE, VALUE
from reviewkit.accounts.duck import counted, in_steps, viewed
from reviewkit.accounts.sources import OWN, ROW
from reviewkit.accounts.tables import TableSpec

_HASH = f"{OWN}hash"


@dataclass(frozen=True)
class Part:
    """One source: its rows that break a rule, each with that rule, and all rows as used.

    `broken` is `None` where it is known that there are none.
    """

    broken: ir.Table | None
    plain: ir.Table


def aside_name(spec: TableSpec) -> str:
    """Return the name of the table that holds what was set aside of `spec`."""
    return f"aside_{spec.name}"


def set_aside(
    con: Backend,
    spec: TableSpec,
    parts: Sequence[Part],
    supplied: frozenset[str],
    more: Callable[[ir.Table], Sequence[ir.Table]],
) -> ir.Table:
    """Write the rows that cannot be used to `aside_name`, and return all others.

    Of rows with the same key the first is used, in the order of sources and rows. `more`
    tells of the rows left which else are to be set aside, as they are told.
    """
    name = aside_name(spec)
    con.raw_sql(
        f"CREATE OR REPLACE TEMP TABLE {name} ({SOURCE} BIGINT, {ROW} BIGINT, client VARCHAR,"
        f" {RULE} VARCHAR, {COLUMN} VARCHAR, {VALUE} VARCHAR)"
    ).fetchall()
    for part in parts:
        if part.broken is not None:
            rows = in_steps(con, part.broken.select(*_TOLD))
            con.raw_sql(f"INSERT INTO {name} {rows}").fetchall()
    tables = [part.plain.select("client", *spec.names, SOURCE, ROW) for part in parts]
    plain = viewed(con, f"plain_{spec.name}", ibis.union(*tables)) if tables[1:] else tables[0]
    keys = [column for column in spec.key if column in supplied]
    copies = _copies(con, spec, _without(con, plain, name), keys) if keys else None
    if copies is not None:
        con.raw_sql(f"INSERT INTO {name} {in_steps(con, copies.select(*_TOLD))}").fetchall()
    left = _without(con, plain, name)
    # Each is computed from all that is left before the next adds to the table it leaves out.
    for told in more(left):
        again = told.anti_join(con.table(name), [SOURCE, ROW])
        rows = in_steps(con, again.select(*_TOLD))
        con.raw_sql(f"INSERT INTO {name} {rows}").fetchall()
    return _without(con, plain, name)


_TOLD = (SOURCE, ROW, "client", RULE, COLUMN, VALUE)


def _without(con: Backend, rows: ir.Table, aside: str) -> ir.Table:
    """Return `rows` but for those in the table `aside`; where that is empty, all as they are."""
    return rows.anti_join(con.table(aside), [SOURCE, ROW]) if counted(con, aside) else rows


def _copies(con: Backend, spec: TableSpec, rows: ir.Table, keys: Sequence[str]) -> ir.Table | None:
    """Return every usable row after the first of its key; `None` where there is none.

    Keys are counted by a hash, eight bytes a row; only rows whose hash occurs again are
    compared by the key itself. A row that fills none of the key is no copy.
    """
    usable = rows.filter(ibis.or_(*(rows[key].notnull() for key in keys)))
    narrow = usable.select("client", *keys, SOURCE, ROW)
    marked = narrow.mutate(**{_HASH: _hash(narrow, ["client", *keys])})
    again = marked.group_by(_HASH).having(marked.count() > 1).agg()
    name = f"again_{spec.name}"
    con.raw_sql(f"CREATE OR REPLACE TEMP TABLE {name} AS {in_steps(con, again)}").fetchall()
    if not counted(con, name):
        return None
    some = marked.semi_join(con.table(name), _HASH)
    window = ibis.window(
        group_by=[some.client, *(some[key] for key in keys)], order_by=[some[SOURCE], some[ROW]]
    )
    ranked = some.mutate(**{f"{OWN}rank": ibis.row_number().over(window)})
    copies = ranked.filter(ranked[f"{OWN}rank"] > 0)
    return copies.select(
        SOURCE,
        ROW,
        "client",
        **{
            RULE: ibis.literal("duplicate"),
            COLUMN: ibis.literal(keys[-1]),
            VALUE: copies[keys[0]].cast("string"),
        },
    )


def _hash(rows: ir.Table, names: Sequence[str]) -> ir.Value:
    parts = [rows[name].cast("string").fill_null("\x1f") for name in names]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + "\x1e" + part
    return joined.hash()
