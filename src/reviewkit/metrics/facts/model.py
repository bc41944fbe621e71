"""What a fact table gives the cube: its measures, on which date they fall, and by what.

A `Fact` is data. The cube reads the table once, whatever its streams and measures are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from ibis import ir

MONEY: Literal["decimal(38, 18)"] = "decimal(38, 18)"
"""Wide enough for an amount times a rate of exchange, so that nothing is rounded."""


def _as_it_is(rows: ir.Table) -> ir.Table:
    return rows


@dataclass(frozen=True)
class Measure:
    """A column of the cube: the sum of `value` over a stream's rows. Money is decimal.

    `value` is a yes or no, counted as 1 or 0, or a number; null adds nothing. Without a
    column of `needs` it is zero, and costs nothing.
    """

    name: str
    stream: str
    value: Callable[[ir.Table], ir.Value]
    type: Literal["int64", "decimal(38, 18)"] = "int64"
    internal: bool = False
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Amendment:
    """What is added to a stream where a row alone does not tell: the scan judged each alone.

    `needs` are the columns without which no row needs it. `keys` finds, in the rows as
    they lie in the source, what to look at again, and `rows` picks the rows of these keys.
    `added` turns them, judged, into rows with what each adds to the stream's measures, by
    their names, and in `counted` to its number of rows.
    """

    needs: frozenset[str]
    keys: Callable[[ir.Table], ir.Table]
    rows: Callable[[ir.Table, ir.Table], ir.Table]
    added: Callable[[ir.Table], ir.Table]


@dataclass(frozen=True)
class Stream:
    """Measures placed in time by the column `at`: a timestamp in UTC, or the client's own day.

    A row without a date is in no period. `dims` are the dimensions its measures keep, by
    default all of the fact's; the others are null. `where` names a yes or no: only those
    rows count; `closes_<at>` is one for a day that is the last of its bucket. `amend` is for
    measures that not every row can tell by itself. Without a column of `needs` there is no
    stream.
    """

    name: str
    at: str
    dims: tuple[str, ...] | None = None
    where: str | None = None
    amend: Amendment | None = None
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fact:
    """The measures of one account table.

    `judged` turns its rows into what the streams and measures read. Besides the table's
    columns they have those of `reviewkit.metrics.calendar.clients`. `priced_at` is the date,
    among what is judged, whose rate of exchange holds for the table's amounts.
    """

    table: str
    dims: tuple[str, ...]
    streams: tuple[Stream, ...]
    measures: tuple[Measure, ...]
    judged: Callable[[ir.Table], ir.Table] = _as_it_is
    priced_at: str = ""

    def of(self, supplied: frozenset[str]) -> Fact:
        """Return it with the streams and measures that the columns `supplied` can give."""
        streams = tuple(item for item in self.streams if item.needs <= supplied)
        there = {item.name for item in streams}
        return replace(
            self,
            streams=streams,
            measures=tuple(
                item for item in self.measures if item.stream in there and item.needs <= supplied
            ),
        )
