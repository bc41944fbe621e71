"""Reads SQLite and DuckDB files: read-only, whole, and with the tables they hold named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import NoneType
from typing import Any

import duckdb
import pyarrow as pa
from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import literal, quoted, reason
from reviewkit.errors import SourceError, nearest

_CHUNK = 50_000


@contextmanager
def sqlite_rows(
    con: Backend, file: Path, table: str | None, query: str | None, name: str
) -> Iterator[str]:
    """Yield a SELECT of the rows of a table or query, every cell as text."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
            select = query or _select(file, table, _sqlite_tables(db))
            rows = pa.Table.from_batches(*_batches(db.execute(select)))
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise SourceError(f"{file.name}: {_sqlite_reason(error)}") from error
    view = f"{name}_sqlite"
    con.con.register(view, rows)
    try:
        yield f"SELECT * FROM {quoted(view)}"
    finally:
        con.con.unregister(view)


@contextmanager
def duckdb_rows(
    con: Backend, file: Path, table: str | None, query: str | None, name: str
) -> Iterator[str]:
    """Yield a SELECT of the rows of a table or query, in their own types."""
    attached, copy = quoted(f"{name}_file"), quoted(f"{name}_rows")
    try:
        con.raw_sql(f"ATTACH {literal(str(file))} AS {attached} (READ_ONLY)")
    except duckdb.Error as error:
        raise SourceError(f"{file.name}: {_duckdb_reason(error)}") from error
    try:
        con.raw_sql(f"USE {attached}")
        select = query or _select(file, table, _duckdb_tables(con))
        con.raw_sql(f"CREATE OR REPLACE TEMP TABLE {copy} AS {select}")
    except duckdb.Error as error:
        raise SourceError(f"{file.name}: {reason(error)}. Check the query.") from error
    finally:
        con.raw_sql("USE memory")
        con.raw_sql(f"DETACH {attached}")
    yield f"SELECT * FROM temp.{copy}"
    con.raw_sql(f"DROP TABLE temp.{copy}")


def held_tables(con: Backend, file: Path, kind: str) -> list[str]:
    """Return the names of the tables in a file of `kind`; raises `SourceError` for no database."""
    if kind == "sqlite":
        try:
            with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
                return [name for name in _sqlite_tables(db) if not name.startswith("sqlite_")]
        except sqlite3.Error as error:
            raise SourceError(f"{file.name}: {_sqlite_reason(error)}") from error
    try:
        con.raw_sql(f"ATTACH {literal(str(file))} AS __held (READ_ONLY)")
    except duckdb.Error as error:
        raise SourceError(f"{file.name}: {reason(error)}. Is it whole?") from error
    try:
        con.raw_sql("USE __held")
        return _duckdb_tables(con)
    finally:
        con.raw_sql("USE memory")
        con.raw_sql("DETACH __held")


def _select(file: Path, table: str | None, tables: list[str]) -> str:
    if table is None and len(tables) == 1:
        return f"SELECT * FROM {quoted(tables[0])}"
    if table is None:
        held = ", ".join(tables) or "no table"
        raise SourceError(f"{file.name}: say which table, or give a query. It holds {held}.")
    if table.lower() not in (known.lower() for known in tables):
        hint = nearest(table, tables) or "It holds no table."
        raise SourceError(f'{file.name}: holds no table "{table}". {hint}')
    return f"SELECT * FROM {quoted(table)}"


def _sqlite_tables(db: sqlite3.Connection) -> list[str]:
    rows = db.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
    )
    return [str(row[0]) for row in rows]


def _duckdb_tables(con: Backend) -> list[str]:
    found = con.raw_sql(
        "SELECT table_name FROM information_schema.tables"
        " WHERE table_catalog = current_database() AND table_schema = 'main' ORDER BY 1"
    )
    return [str(row[0]) for row in found.fetchall()]


_DUCKDB = (
    ("not a valid DuckDB", "is not a DuckDB file. Check its name, or set kind."),
    ("version number", "was written by another version of DuckDB. Export it as Parquet."),
    ("lock", "is open in another program. Close it there, or read a copy."),
)
"""What DuckDB says of a file that it cannot open, and what we say; else it is damaged."""


def _duckdb_reason(error: duckdb.Error) -> str:
    damaged = "is damaged, or not whole. Copy or export it again."
    return next((said for sign, said in _DUCKDB if sign in str(error)), damaged)


def _sqlite_reason(error: Exception) -> str:
    text = str(error)
    if "not a database" in text or "malformed" in text:
        return "is not an SQLite file, or is damaged. Copy or export it again."
    if "locked" in text:
        return "is being written by another program. Close it there, or read a copy."
    return f"{text}. Check the query."


def _batches(cursor: sqlite3.Cursor) -> tuple[Iterator[pa.RecordBatch], pa.Schema]:
    if cursor.description is None:
        raise sqlite3.Warning("the query gives no rows: it must be one SELECT")
    names = [column[0] for column in cursor.description]
    schema = pa.schema([(name, pa.string()) for name in names])

    def batches() -> Iterator[pa.RecordBatch]:
        while chunk := cursor.fetchmany(_CHUNK):
            columns = zip(*chunk, strict=True)
            yield pa.record_batch([_texts(column) for column in columns], schema)

    return batches(), schema


def _texts(cells: Sequence[Any]) -> Sequence[str | None]:
    """Return cells as text; most columns hold nothing else."""
    return cells if set(map(type, cells)) <= {str, NoneType} else list(map(_text, cells))


def _text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    # An identifier kept as a real number: 12347.0 is 12347, as in every other source.
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return repr(cell)
