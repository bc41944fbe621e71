"""What a table of the contract is made of: its columns, its key, and what they refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "timestamp", "date", "integer", "number", "money", "boolean"]
"""How a value is held: money as decimal(18, 4), number as float64, timestamps in UTC."""

Unit = Literal[
    "",
    "units",
    "shipments",
    "lines",
    "pallets",
    "kg",
    "times",
    "points",
    "as in uom",
    "as driver says",
    "as in currency",
    "client's currency",
    "invoice's currency",
    "share, 0 to 1",
    "to for one currency",
]
"""What a number counts or measures; text, dates and flags have none."""

METRICS = "metrics"
"""What a column `refers` to whose words are ids of the metric registry."""


@dataclass(frozen=True)
class ColumnSpec:
    """One column: its type and unit, whether rows may lack it, and who may see it.

    `example` is one value as an export writes it. `required` means that the source must map
    the column and no row may be null in it. `values` lists the only words allowed; `minimum`
    and `maximum` are the least and the largest value allowed. `refers` names the column
    "table.column" in which the value must be found where that table is supplied, or
    `METRICS`. Where `until_end_of_day` is set, a date without a time lasts until midnight.
    """

    name: str
    type: ColumnType
    about: str
    example: str
    unit: Unit = ""
    required: bool = False
    internal: bool = False
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    refers: str = ""
    until_end_of_day: bool = False


@dataclass(frozen=True)
class TableSpec:
    """One account table. `key` identifies a row together with the client; where a source
    maps none of its columns, or a row fills none, no row is taken for a copy.

    `fact` tables are large and aggregated at the source; registers are carried whole.
    `order` are pairs of columns (earlier, later) that may not run backwards. An `internal`
    table never reaches a client's version, unless it is `shareable` and `shares:` in
    `client.yaml` names it.
    """

    name: str
    about: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    fact: bool = False
    internal: bool = False
    shareable: bool = True
    order: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> ColumnSpec:
        """Return the column called `name`; raises `KeyError` for one that is not there."""
        return {column.name: column for column in self.columns}[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in their order, without `client`, which every table has."""
        return tuple(column.name for column in self.columns)


CLIENT = ColumnSpec(
    "client",
    "text",
    "the client's number or name in your system; the same one in every file",
    "0012347",
    required=True,
)
"""The column that every table has besides its own; `client:` of a source reads it."""

SITE = ColumnSpec(
    "site", "text", "site of the provider that did the work", "Rotterdam", refers="sites.site"
)
SERVICE = ColumnSpec(
    "service", "text", "business line: freight, package, forwarding, distribution, ...", "freight"
)
