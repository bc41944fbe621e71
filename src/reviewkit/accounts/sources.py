"""Opens the places that rows come from: each becomes a table in one in-process DuckDB.

Whatever a library says about a file is translated here, or in the module of its format,
into a `SourceError` that names the file and what would mend it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path

import duckdb
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts import remote
from reviewkit.accounts.databases import duckdb_rows, sqlite_rows
from reviewkit.accounts.delimited import csv_rows
from reviewkit.accounts.duck import in_known_types, quoted, reason
from reviewkit.accounts.excel import excel_rows
from reviewkit.accounts.held import hold
from reviewkit.accounts.jsonlines import json_rows
from reviewkit.accounts.parquet import in_place, parquet_rows
from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import Source as SourceParams

OWN = "__rk_"
"""What the names of our own columns begin with, beside those of the source."""

ROW = f"{OWN}row"
"""Running number of a row in its source, from 1."""

KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xls": "excel",
    ".xlsb": "excel",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".parquet": "parquet",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".duckdb": "duckdb",
}
"""Kind of a source by the ending of its file's name."""

_ASIDE = ("~$", ".")
"""How files begin that programs put beside those of a person: a pattern does not mean them."""

DATABASES = ("sqlite", "duckdb")
"""Kinds that hold tables and take a query."""


def open_source(con: Backend, source: SourceParams, root: Path, name: str) -> ir.Table:
    """Return the rows of `source`, untouched, as a table called `name` with a row number.

    Text files arrive as text, and are copied; Parquet stays where it is and is read as
    often as it is asked. Raises `SourceError` where the source cannot be read.
    """
    if stays(source, root):
        select = in_known_types(con, in_place(con, _matches(root, source.file or ""), ROW))
        con.raw_sql(f"CREATE OR REPLACE TEMP VIEW {quoted(name)} AS {select}")
        return con.table(name)
    if source.url:
        return _fetched(con, source, name)
    with ExitStack() as stack:
        try:
            if source.files:
                for alias, file in source.files.items():
                    rows = stack.enter_context(_open(con, source, root, file, f"{name}_{alias}"))
                    con.raw_sql(f"CREATE OR REPLACE TEMP VIEW {quoted(alias)} AS {rows}")
                select = _one_query(source)
            else:
                select = stack.enter_context(_open(con, source, root, source.file or "", name))
            number = f"SELECT *, row_number() OVER () AS {ROW} FROM ({select})"
            return hold(con, name, in_known_types(con, number))
        except duckdb.Error as error:
            if "CSV Error" in str(error) or "CSV Parser" in str(error):
                raise  # The reader of the text knows the line and says it better.
            hint = "Check the query." if source.query else "Check the file."
            raise SourceError(f"{shown(source)}: {reason(error)}. {hint}") from error


def _fetched(con: Backend, source: SourceParams, name: str) -> ir.Table:
    """Copy the rows of a database reached by URL, some at a time."""
    with remote.connected(source) as backend:
        rows = remote.batches(backend, remote.rows_of(backend, source))
        con.con.register(f"{name}_batches", rows)
        number = f"SELECT *, row_number() OVER () AS {ROW} FROM {quoted(f'{name}_batches')}"
        held = hold(con, name, number)
        con.con.unregister(f"{name}_batches")
    return held


def stays(source: SourceParams, root: Path) -> bool:
    """Tell whether a source is read where it lies, in its own types: whole Parquet files."""
    if source.files or source.query or not source.file:
        return False
    return kind_of(source, _matches(root, source.file)[0].name) == "parquet"


def shown(source: SourceParams) -> str:
    """Return a source as it is named in messages: its files, with table where there is one."""
    if source.url:
        return remote.named(source)
    files = source.file or ", ".join(source.files.values())
    return f"{files}:{source.table}" if source.table else files


def paths(source: SourceParams, root: Path) -> list[Path]:
    """Return the files of `source`, patterns resolved, in their order."""
    return [
        path
        for file in ([source.file] if source.file else source.files.values())
        for path in _matches(root, str(file))
    ]


def kind_of(source: SourceParams, file: str) -> str | None:
    """Return the kind of a source's file: what it says itself, or what the name tells."""
    return source.kind or KINDS.get(Path(file).suffix.lower())


def holds_workbooks(source: SourceParams) -> bool:
    """Tell whether a source reads a workbook, in which a cell may hold an error."""
    files = [source.file] if source.file else source.files.values()
    return any(kind_of(source, file) == "excel" for file in files)


def decimal_of(source: SourceParams) -> str:
    """Return the sign before decimals in the numbers that a source gives as text."""
    return source.excel.decimal if holds_workbooks(source) else source.csv.decimal


def _one_query(source: SourceParams) -> str:
    return (source.query or "").strip().rstrip(";")


def _open(
    con: Backend, source: SourceParams, root: Path, file: str, name: str
) -> AbstractContextManager[str]:
    found = _matches(root, file)
    kind = kind_of(source, found[0].name)
    if kind is None:
        raise SourceError(
            f"{file}: cannot tell its kind from its name. "
            f"Add kind: one of {', '.join(sorted(set(KINDS.values())))}."
        )
    if len(found) > 1 and kind in DATABASES:
        raise SourceError(f"{file}: matches several databases. Name one.")
    return _OPENERS[kind](con, source, found, name)


def _matches(root: Path, file: str) -> list[Path]:
    path = Path(file)
    if any(sign in file for sign in "*?["):
        base = Path(path.anchor) if path.is_absolute() else root
        found = sorted(
            item
            for item in base.glob(str(path.relative_to(path.anchor)))
            if item.is_file() and not item.name.startswith(_ASIDE)
        )
        if not found:
            raise SourceError(f"{file}: no file matches. {_siblings(base / path, path)}")
        return found
    full = root / path
    if full.is_dir():
        raise SourceError(f"{file}: is a folder. Name a file in it, or a pattern such as *.csv.")
    if full.is_symlink() and not full.exists():
        raise SourceError(f"{file}: is a link that leads to no file. Check where it leads.")
    if full.exists() and not full.is_file():
        raise SourceError(f"{file}: is no file but a device or pipe. Name a file.")
    if not full.is_file():
        raise SourceError(f"{file}: there is no such file. {_siblings(full, path)}")
    return [full]


def _siblings(full: Path, path: Path) -> str:
    if not full.parent.is_dir():
        return f"There is no folder {path.parent}."
    names = [item.name for item in full.parent.iterdir() if item.is_file()]
    return nearest(path.name, names) or f"The folder {path.parent} holds no file."


def _csv(
    _con: Backend, source: SourceParams, files: list[Path], _name: str
) -> AbstractContextManager[str]:
    return csv_rows(files, source.csv)


def _excel(
    con: Backend, source: SourceParams, files: list[Path], name: str
) -> AbstractContextManager[str]:
    formats = {
        entry.column: entry.format
        for entry in source.columns.values()
        if entry.column and entry.format
    }
    return excel_rows(con, files, source.excel, formats, name)


def _jsonl(
    con: Backend, _source: SourceParams, files: list[Path], name: str
) -> AbstractContextManager[str]:
    return json_rows(con, files, name)


def _parquet(
    con: Backend, _source: SourceParams, files: list[Path], _name: str
) -> AbstractContextManager[str]:
    return nullcontext(parquet_rows(con, files))


def _sqlite(
    con: Backend, source: SourceParams, files: list[Path], name: str
) -> AbstractContextManager[str]:
    return sqlite_rows(con, files[0], source.table, _own_query(source), name)


def _duckdb(
    con: Backend, source: SourceParams, files: list[Path], name: str
) -> AbstractContextManager[str]:
    return duckdb_rows(con, files[0], source.table, _own_query(source), name)


def _own_query(source: SourceParams) -> str | None:
    """Return the query that a single database runs itself; one over several files is ours."""
    return None if source.files or not source.query else _one_query(source)


_OPENERS: dict[
    str, Callable[[Backend, SourceParams, list[Path], str], AbstractContextManager[str]]
] = {
    "csv": _csv,
    "excel": _excel,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "sqlite": _sqlite,
    "duckdb": _duckdb,
}
