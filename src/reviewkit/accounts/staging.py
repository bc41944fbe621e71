"""Rows of text on their way into the database: a chunk at a time, columns as they turn up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

import pyarrow as pa
from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import quoted

Cells = Sequence[str | None]
"""One row; an empty cell is `None`."""

CHUNK = 20_000
"""Rows that are held at once."""


class Stage:
    """A table of text that rows are added to; columns may be added between them."""

    def __init__(self, con: Backend, name: str) -> None:
        self._con = con
        self._name = quoted(name)
        self._view = quoted(f"{name}_chunk")
        self._columns: list[str] = []

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order in which they turned up."""
        return tuple(self._columns)

    @property
    def select(self) -> str:
        """A SELECT of all rows, in the order in which they were added."""
        return f"SELECT * FROM temp.{self._name}"

    def widen(self, columns: Iterable[str]) -> None:
        """Add the columns that are not there yet, empty in the rows that are."""
        for column in columns:
            if column in self._columns:
                continue
            how = "ALTER TABLE temp.{} ADD COLUMN {} VARCHAR"
            if not self._columns:
                how = "CREATE OR REPLACE TEMP TABLE {} ({} VARCHAR)"
            self._con.raw_sql(how.format(self._name, quoted(column))).fetchall()
            self._columns.append(column)

    def add(self, rows: Iterator[Cells]) -> None:
        """Add rows, each as long as there are columns."""
        while chunk := list(islice(rows, CHUNK)):
            columns = zip(*chunk, strict=True)
            arrays = [pa.array(column, pa.string()) for column in columns]
            self._con.con.register(
                self._view.strip('"'), pa.table(arrays, names=list(map(str, range(len(arrays)))))
            )
            self._con.raw_sql(f"INSERT INTO temp.{self._name} SELECT * FROM {self._view}")
            self._con.con.unregister(self._view.strip('"'))

    def drop(self) -> None:
        """Remove the table."""
        self._con.raw_sql(f"DROP TABLE IF EXISTS temp.{self._name}")


@contextmanager
def staged(con: Backend, name: str) -> Iterator[Stage]:
    """Give a table of text that is gone at the end."""
    stage = Stage(con, name)
    try:
        yield stage
    finally:
        stage.drop()
