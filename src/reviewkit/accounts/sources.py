"""Opens the places that rows come from: files become views in one in-process DuckDB.

The only module that knows file formats. Whatever a library says about a file is
translated here into a `SourceError` that names the file and what would mend it.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import Csv
from reviewkit.params.models import Source as SourceParams

ROW = "__row"
"""Running number of a row in its source, from 1."""

KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".duckdb": "duckdb",
}


def open_source(con: Backend, source: SourceParams, root: Path, name: str) -> ir.Table:
    """Return the rows of `source`, untouched, as a view called `name` with a `__row` number.

    Text files arrive as text. Raises `SourceError` where the source cannot be read.
    """
    try:
        if source.files:
            for alias, file in source.files.items():
                opened = _open(con, source, root, file, f"{name}_{alias}")
                con.raw_sql(f"CREATE OR REPLACE TEMP VIEW {_quoted(alias)} AS {opened}")
            select = source.query or ""
        else:
            select = _open(con, source, root, source.file or "", name)
        number = f"SELECT *, row_number() OVER () AS {ROW} FROM ({select})"
        con.raw_sql(f"CREATE OR REPLACE TEMP TABLE {_quoted(name)} AS {number}")
    except duckdb.Error as error:
        raise SourceError(f"{shown(source)}: {_reason(error)}") from error
    return con.table(name)


def shown(source: SourceParams) -> str:
    """Return a source as it is named in messages: its files, with table where there is one."""
    files = source.file or ", ".join(source.files.values())
    return f"{files}:{source.table}" if source.table else files


def paths(source: SourceParams, root: Path) -> list[Path]:
    """Return the files of `source`, patterns resolved, in their order."""
    return [
        path
        for file in ([source.file] if source.file else source.files.values())
        for path in _matches(root, str(file))
    ]


def _open(con: Backend, source: SourceParams, root: Path, file: str, name: str) -> str:
    found = _matches(root, file)
    kind = source.kind or KINDS.get(found[0].suffix.lower())
    if kind is None:
        raise SourceError(
            f"{file}: cannot tell its kind from its name. "
            f"Add kind: one of {', '.join(sorted(set(KINDS.values())))}."
        )
    if len(found) > 1 and kind not in ("csv", "parquet"):
        raise SourceError(f"{file}: matches several databases. Name one.")
    return _OPENERS[kind](con, source, found, name)


def _matches(root: Path, file: str) -> list[Path]:
    path = Path(file)
    if any(sign in file for sign in "*?["):
        base = Path(path.anchor) if path.is_absolute() else root
        found = sorted(base.glob(str(path.relative_to(path.anchor))))
        if not found:
            raise SourceError(f"{file}: no file matches. Looked in {base}.")
        return found
    full = root / path
    if not full.is_file():
        siblings = [item.name for item in full.parent.iterdir()] if full.parent.is_dir() else []
        hint = nearest(path.name, siblings) if siblings else f"There is no folder {path.parent}."
        raise SourceError(f"{file}: there is no such file. {hint}")
    return [full]


def _csv(con: Backend, source: SourceParams, files: list[Path], name: str) -> str:
    form = source.csv
    headers = [_header(file, form) for file in files]
    for file, header in zip(files, headers, strict=True):
        if header != headers[0]:
            raise SourceError(f"{file.name}: its columns differ from those of {files[0].name}.")
    if form.encoding.lower().replace("_", "-") not in ("utf-8", "utf8", "ascii"):
        con.con.register(f"{name}_text", _transcoded(files, form, headers[0]))
        return f"SELECT * FROM {_quoted(f'{name}_text')}"
    columns = ", ".join(f"{_literal(column)}: 'VARCHAR'" for column in headers[0])
    return (
        f"SELECT * FROM read_csv([{', '.join(_literal(str(file)) for file in files)}],"
        f" columns = {{{columns}}}, header = true, auto_detect = false, strict_mode = true,"
        f" nullstr = '', delim = {_literal(form.delimiter)}, quote = {_literal(form.quote)},"
        f" escape = {_literal(form.quote)}, max_line_size = 20000000)"
    )


def _transcoded(files: list[Path], form: Csv, header: list[str]) -> pa.Table:
    """Read text of another encoding than UTF-8, which DuckDB cannot, into one table."""
    columns: list[list[str | None]] = [[] for _ in header]
    for file in files:
        with file.open(encoding=form.encoding, newline="") as lines:
            rows = csv.reader(lines, delimiter=form.delimiter, quotechar=form.quote)
            next(rows)
            for row in rows:
                if len(row) != len(header):
                    raise SourceError(
                        f"{file.name}, line {rows.line_num}: {len(row)} columns, "
                        f"the header has {len(header)}. Check quotes and delimiters there."
                    )
                for column, cell in zip(columns, row, strict=True):
                    column.append(cell or None)
    return pa.table([pa.array(column, pa.string()) for column in columns], names=header)


def _header(file: Path, form: Csv) -> list[str]:
    encoding = "utf-8-sig" if form.encoding.lower().replace("_", "-") == "utf-8" else form.encoding
    try:
        with file.open(encoding=encoding, newline="") as lines:
            rows = csv.reader(lines, delimiter=form.delimiter, quotechar=form.quote)
            header = next(rows, [])
    except LookupError as error:
        raise SourceError(
            f"{file.name}: no encoding is called {form.encoding}. Try utf-8 or cp1252."
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{file.name}: not {form.encoding} text. Set csv: {{encoding: cp1252}} or another."
        ) from error
    except (csv.Error, OSError) as error:
        raise SourceError(f"{file.name}: cannot be read: {error}.") from error
    if not header:
        raise SourceError(f"{file.name}: is empty; not even a header. Export it again.")
    names = [column.strip() for column in header]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or "" in names:
        what = f"names {', '.join(twice)} more than once" if any(twice) else "has a nameless column"
        raise SourceError(f"{file.name}: the header {what}. Mend the export.")
    return names


def _parquet(_con: Backend, _source: SourceParams, files: list[Path], _name: str) -> str:
    listed = ", ".join(_literal(str(file)) for file in files)
    return f"SELECT * FROM read_parquet([{listed}], union_by_name = true)"


def _sqlite(con: Backend, source: SourceParams, files: list[Path], name: str) -> str:
    query = source.query if not source.files else None
    if not query:
        query = f"SELECT * FROM {_quoted(source.table or _only_table(files[0]))}"
    try:
        with closing(sqlite3.connect(f"{files[0].resolve().as_uri()}?mode=ro", uri=True)) as db:
            table = pa.Table.from_batches(*_batches(db.execute(query)))
    except sqlite3.Error as error:
        raise SourceError(f"{shown(source)}: {error}. {_sqlite_hint(files[0])}") from error
    con.con.register(f"{name}_sqlite", table)
    return f"SELECT * FROM {_quoted(f'{name}_sqlite')}"


def _batches(cursor: sqlite3.Cursor) -> tuple[Iterator[pa.RecordBatch], pa.Schema]:
    names = [column[0] for column in cursor.description]
    schema = pa.schema([(name, pa.string()) for name in names])

    def rows() -> Iterator[pa.RecordBatch]:
        while chunk := cursor.fetchmany(50_000):
            columns = zip(*chunk, strict=True)
            yield pa.record_batch([[_text(cell) for cell in column] for column in columns], schema)

    return rows(), schema


def _text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else repr(cell)


def _only_table(file: Path) -> str:
    tables = _sqlite_tables(file)
    if len(tables) != 1:
        raise SourceError(f"{file.name}: say which table. It holds {', '.join(tables) or 'none'}.")
    return tables[0]


def _sqlite_tables(file: Path) -> list[str]:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
        )
        return [str(row[0]) for row in rows]


def _sqlite_hint(file: Path) -> str:
    try:
        return f"It holds the tables {', '.join(_sqlite_tables(file))}."
    except sqlite3.Error:
        return "Is it an SQLite file, and whole?"


def _duckdb(con: Backend, source: SourceParams, files: list[Path], name: str) -> str:
    con.raw_sql(f"ATTACH {_literal(str(files[0]))} AS {_quoted(f'{name}_file')} (READ_ONLY)")
    if source.query and not source.files:
        con.raw_sql(f"USE {_quoted(f'{name}_file')}")
        con.raw_sql(f"CREATE TEMP TABLE {_quoted(f'{name}_rows')} AS {source.query}")
        con.raw_sql("USE memory")
        return f"SELECT * FROM temp.{_quoted(f'{name}_rows')}"
    if not source.table:
        raise SourceError(f"{shown(source)}: say which table, or give a query.")
    return f"SELECT * FROM {_quoted(f'{name}_file')}.{_quoted(source.table)}"


_OPENERS: dict[str, Callable[[Backend, SourceParams, list[Path], str], str]] = {
    "csv": _csv,
    "parquet": _parquet,
    "sqlite": _sqlite,
    "duckdb": _duckdb,
}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _reason(error: duckdb.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{lines[0] if lines else 'cannot be read'} Check the file and its entry in house.yaml."
