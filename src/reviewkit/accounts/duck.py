"""DuckDB's own words: names and literals quoted for it, its errors said in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.errors import nearest

_KIND = re.compile(r"^[A-Z][A-Za-z ]* Error:\s*")
_PATH = re.compile(r"""\s*(?:the )?file ["'][^"']+["']""", re.IGNORECASE)


def quoted(name: str) -> str:
    """Return `name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return `text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def in_steps(con: Backend, rows: ir.Table) -> str:
    """Return the query of `rows`, each step a SELECT of its own.

    Ibis would look for steps to merge into one; that takes it as long as all the rest, and
    the database merges what it likes itself.
    """
    before = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False
    try:
        return str(con.compile(rows))
    finally:
        ibis.options.sql.fuse_selects = before


def viewed(con: Backend, name: str, rows: ir.Table) -> ir.Table:
    """Return `rows` as the view `name`: what is asked of it need not say again what it is.

    What a view computes is computed once for whoever asks it, however often he names it.
    """
    select = in_steps(con, rows)
    con.raw_sql(f"CREATE OR REPLACE TEMP VIEW {quoted(name)} AS {select}").fetchall()
    return con.table(name)


def counted(con: Backend, name: str) -> int:
    """Return how many rows the table or view `name` has."""
    ((rows,),) = con.raw_sql(f"SELECT count(*) FROM {quoted(name)}").fetchall()
    return int(rows)


_KIN = {"TIMESTAMPTZ_NS": "TIMESTAMPTZ", "TIMESTAMP_NS": "TIMESTAMP"}
"""Nanoseconds reach back to 1677 only, and Ibis does not know them all: nobody ships by them."""


def in_known_types(con: Backend, select: str) -> str:
    """Return `select` with its columns in types that can be worked with; none is computed yet."""
    found = con.raw_sql(f"DESCRIBE {select}").fetchall()
    casts = ", ".join(
        f"{quoted(name)}::{_KIN[kind]} AS {quoted(name)}"
        for name, kind, *_ in found
        if kind in _KIN
    )
    return f"SELECT * REPLACE ({casts}) FROM ({select})" if casts else select


def reason(error: duckdb.Error) -> str:
    """Return the first line of `error`, without its kind and the path that we name ourselves."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = _PATH.sub("", _KIND.sub("", lines[0])) if lines else "cannot be read"
    return text.strip().rstrip(".!")


_SLIPS = (
    (r'(?s)with name \w+ does not exist.*Did you mean "(\w+)"', 'Did you mean "{0}"?'),
    (r"Could not (?:convert|parse)", "Use TRY_CAST or try_strptime: what does not fit is empty."),
    (r"GROUP BY|aggregate", "Give one value for each row, no sum or count."),
    (r"No function matches", "Give each argument its type, as in CAST(units AS INTEGER)."),
    (r"syntax error", "Check brackets, commas and quotes."),
)
_UNKNOWN = re.compile(r'Referenced column "(.+?)" not found')


def slip(error: duckdb.Error, sql: str, columns: Iterable[str]) -> str:
    """Return what is wrong in SQL that the user wrote over `columns`, and its remedy."""
    said = reason(error)
    near = re.search(r'syntax error at or near "(.+?)"', said)
    if near and near[1].lower() not in sql.lower():
        said = "it ends too soon"
    unknown = _UNKNOWN.search(said)
    if unknown:
        return f'there is no column "{unknown[1]}". {nearest(unknown[1], columns)}'
    return f"{said}. {_remedy(str(error), _SLIPS) or 'Check the SQL.'}"


_UNREADABLE = (
    (
        r'failed to cast column "(.+?)" from type (\w+)',
        'Column "{0}" is {1} in one file only: export all files alike.',
    ),
    (r"[Oo]ut of [Mm]emory", "Give it more memory, or split the file."),
)


def unreadable(error: duckdb.Error) -> str:
    """Return why rows that a source promised cannot be read, and the remedy."""
    said = reason(error).rstrip(": ")
    remedy = _remedy(str(error), _UNREADABLE)
    return f"{said}. {remedy or 'Is the file damaged? Copy or export it again.'}"


def _remedy(text: str, known: tuple[tuple[str, str], ...]) -> str | None:
    found = ((re.search(sign, text), said) for sign, said in known)
    return next((said.format(*match.groups()) for match, said in found if match), None)
