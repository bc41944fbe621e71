"""What a fact table gives the cube: its measures, on which date they fall, and by what.

A `Fact` is data. The cube reads the table once, whatever its streams and measures are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ibis import ir

MONEY: Literal["decimal(38, 4)"] = "decimal(38, 4)"


def _as_it_is(rows: ir.Table) -> ir.Table:
    return rows


@dataclass(frozen=True)
class Measure:
    """A column of the cube: the sum of `value` over a stream's rows. Money is decimal.

    `value` is a yes or no, counted as 1 or 0, or a number; null adds nothing.
    """

    name: str
    stream: str
    value: Callable[[ir.Table], ir.Value]
    type: Literal["int64", "decimal(38, 4)"] = "int64"
    internal: bool = False


@dataclass(frozen=True)
class Stream:
    """Measures placed in time by the column `at`: a timestamp in UTC, or the client's own day.

    A row without a date is in no period. `dims` are the dimensions its measures keep, by
    default all of the fact's; the others are null. `where` names a yes or no: only those
    rows count. `amend` gives further rows to add to what the scan counted, for a stream
    that cannot be judged row by row; it is told what the sources supply.
    """

    name: str
    at: str
    dims: tuple[str, ...] | None = None
    where: str | None = None
    amend: Callable[[ir.Table, frozenset[str]], ir.Table | None] | None = None


@dataclass(frozen=True)
class Fact:
    """The measures of one account table.

    `judged` turns its rows into what the streams and measures read. Besides the table's
    columns they have those of `reviewkit.metrics.calendar.clients`.
    """

    table: str
    dims: tuple[str, ...]
    streams: tuple[Stream, ...]
    measures: tuple[Measure, ...]
    judged: Callable[[ir.Table], ir.Table] = _as_it_is
