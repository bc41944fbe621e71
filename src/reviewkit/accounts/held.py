"""Rows copied from where they lay: kept compressed, for text takes five times the room."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import quoted
from reviewkit.accounts.room import narrowed

_HELD = "__rk_held"

_FEW = 100_000
"""Rows that are not worth the time it takes to compress them."""


def hold(con: Backend, name: str, select: str) -> ir.Table:
    """Copy the rows of `select`, and return them as the table `name`."""
    con.raw_sql(f"ATTACH IF NOT EXISTS ':memory:' AS {_HELD} (COMPRESS)")
    copy = f"{_HELD}.main.{quoted(name)}"
    # Rows are compressed at the checkpoint, not before: until then they may lie on disk.
    with narrowed(con):
        made = con.raw_sql(f"CREATE OR REPLACE TABLE {copy} AS {select}").fetchall()
        if made[0][0] > _FEW:
            con.raw_sql(f"CHECKPOINT {_HELD}").fetchall()
    con.raw_sql(f"CREATE OR REPLACE TEMP VIEW {quoted(name)} AS SELECT * FROM {copy}")
    return con.table(name)
