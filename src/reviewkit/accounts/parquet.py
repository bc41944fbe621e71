"""Reads Parquet where it lies: whole files, many as one, folders such as `year=2026` as columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import literal
from reviewkit.errors import SourceError


def in_place(con: Backend, files: Sequence[Path], number: str) -> str:
    """Return a SELECT of the rows of `files` that copies nothing.

    Rows are numbered from 1 across the files, in the column called `number`. Raises
    `SourceError` for a file that is no Parquet, or not a whole one.
    """
    read = _read(con, files)
    counts = con.raw_sql(
        f"SELECT file_name, num_rows FROM parquet_file_metadata([{_listed(files)}])"
    ).fetchall()
    known = {str(name): int(rows) for name, rows in counts}
    before = [0]
    for file in files[:-1]:
        before.append(before[-1] + known[str(file)])
    return (
        f"SELECT *, ({before}::BIGINT[])[file_index::BIGINT + 1] + file_row_number + 1 AS {number}"
        f" FROM {read}"
    )


def parquet_rows(con: Backend, files: Sequence[Path]) -> str:
    """Return a SELECT of all rows of `files`; a folder `month=09` gives a column of text."""
    return f"SELECT * FROM {_read(con, files)}"


def _read(con: Backend, files: Sequence[Path]) -> str:
    for file in files:
        _require_whole(con, file)
    # As text: a folder called client=0042 is not client 42.
    named = "hive_partitioning = true, hive_types_autocast = false"
    folders = named if _require_same_folders(files) else "hive_partitioning = false"
    return f"read_parquet([{_listed(files)}], union_by_name = true, {folders})"


def _listed(files: Sequence[Path]) -> str:
    return ", ".join(literal(str(file)) for file in files)


def _require_whole(con: Backend, file: Path) -> None:
    try:
        con.raw_sql(f"SELECT * FROM read_parquet({literal(str(file))}) LIMIT 0")
    except duckdb.Error as error:
        raise SourceError(
            f"{file.name}: is not a Parquet file, or is damaged. Copy or export it again."
        ) from error


def _require_same_folders(files: Sequence[Path]) -> list[str]:
    """Return the columns that all folders name; raises `SourceError` where they differ."""
    first = _keys(files[0])
    for file in files:
        if (keys := _keys(file)) != first:
            raise SourceError(
                f"{_shown(file, keys)}: {_named(keys)}, but {_shown(files[0], first)}: "
                f"{_named(first)}. Put all into folders of the same names."
            )
    return first


def _keys(file: Path) -> list[str]:
    parts = [part.partition("=") for part in file.parent.parts]
    return [key for key, sign, value in parts if key and sign and value]


def _named(keys: Sequence[str]) -> str:
    return f"its folders name {', '.join(keys)}" if keys else "its folders name no column"


def _shown(file: Path, keys: Sequence[str]) -> str:
    return "/".join(file.parts[-len(keys) - 1 :])
