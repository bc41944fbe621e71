"""The columns of a source as those of its table, and every rule that a cell of theirs may break.

They are computed where they are used, or, where cells are text that is slow to read, laid
down one upon the other, so that each is read once however many rules look at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from reviewkit.accounts.casts import TYPES, Reading, as_text, parse, trimmed, within
from reviewkit.accounts.casts import written as written_of
from reviewkit.accounts.checks.clocks import local_time, skipped
from reviewkit.accounts.checks.rowwise import (
    Broken,
    Reader,
    first_of,
    of_column,
    of_times,
    parted,
    told_by,
)
from reviewkit.accounts.sources import OWN, decimal_of, holds_workbooks
from reviewkit.accounts.tables import ColumnSpec, TableSpec
from reviewkit.accounts.units import converted
from reviewkit.params.models import ColumnMap
from reviewkit.params.models import Source as SourceParams

_GIVEN, _READ, _LOCAL = f"{OWN}given_", f"{OWN}read_", f"{OWN}local_"
_BROKEN, _TOLD = f"{OWN}first_broken", f"{OWN}first_told"

Columns = tuple[dict[str, ir.Value], list[Broken]]
"""The columns of the contract by name, and every rule of theirs."""


@dataclass(frozen=True)
class _Cell:
    """A column that a source maps: what stands in it, and how it is read."""

    column: ColumnSpec
    unit: str | None
    reading: Reading
    given: ir.Value

    def read(self) -> ir.Value:
        """Return its values, of which some may lie beyond what can be held."""
        if self.unit:
            return converted(self.given, self.column, self.unit, self.reading)
        return parse(self.given, self.column.type, self.reading)

    def held(self, read: ir.Value) -> ir.Value:
        return read if self.unit else within(read, self.column.type, self.reading)

    def local(self) -> ir.Value | None:
        """Return what its clock showed, where a clock may have skipped it."""
        if self.column.type != "timestamp":
            return None
        return local_time(self.given, self.reading)

    def rules(self, reader: Reader, value: ir.Value, local: ir.Value | None) -> list[Broken]:
        written = written_of(self.given, self.reading)
        # Text of a typed cell is made only where it is shown: it costs more than the check.
        filled = written if self.given.type().is_string() else self.given
        # A database's own type that fits was never text: it cannot fail to be read.
        parsed = ibis.literal(False) if self.reading.portable else filled.notnull()
        found = of_column(reader, self.column, value, parsed, written)
        if local is not None:
            gone = skipped(local, written, self.reading, reader.cutoff)
            found += [] if gone is None else [Broken(gone, "clock", self.column.name, written)]
        return found


def columns_of(
    reader: Reader,
    source: SourceParams,
    rows: ir.Table,
    clean: frozenset[str] = frozenset(),
    *,
    portable: bool = False,
) -> Columns:
    """Return the columns of the contract and every rule; text in `clean` needs no cast."""
    values = _absent(reader.spec)
    rules: list[Broken] = []
    for name, cell in _cells(reader.spec, source, rows, portable=portable).items():
        if name in clean:
            values[name] = cell.given
            rules += of_column(reader, cell.column, cell.given, ibis.literal(False), cell.given)
            continue
        values[name] = cell.held(cell.read())
        rules += cell.rules(reader, values[name], cell.local())
    return values, rules + of_times(reader, source.columns, values)


@dataclass(frozen=True)
class Once:
    """Rows whose cells are read: the columns of the contract, and what `told_of` tells of each.

    `broken` are the rules that set a row aside, `told` those that do not, if there are any.
    """

    rows: ir.Table
    values: dict[str, ir.Value]
    broken: dict[str, ir.Value]
    told: dict[str, ir.Value]


def columns_once(reader: Reader, source: SourceParams, rows: ir.Table) -> Once:
    """Return `rows` as `columns_of` does, every cell read once.

    Within one SELECT the database would read a cell anew for every rule that looks at it,
    and twice for every one that compares two. Each step here is one of `in_steps`.
    """
    cells = _cells(reader.spec, source, rows)
    texts = rows.mutate(**{_GIVEN + n: _text(c) for n, c in cells.items()})
    cells = {n: replace(c, reading=replace(c.reading, trimmed=True)) for n, c in cells.items()}
    cells = _over(texts, cells)
    clocks = {_LOCAL + n: local for n, c in cells.items() if (local := c.local()) is not None}
    read = {_READ + n: c.read() for n, c in cells.items()}
    parsed = texts.mutate(**read, **clocks)
    kept = {_READ + n: c.held(parsed[_READ + n]) for n, c in cells.items()}
    held = parsed.mutate(**kept)
    parts = parted(reader, _rules_over(reader, held, cells))
    firsts = {
        key: first_of(part) for key, part in zip((_BROKEN, _TOLD), parts, strict=True) if part
    }
    found = held.mutate(**firsts)
    broken, told = parted(reader, _rules_over(reader, found, cells))
    return Once(
        rows=found,
        values=_absent(reader.spec) | {n: found[_READ + n] for n in cells},
        broken=told_by(broken, found[_BROKEN]),
        told=told_by(told, found[_TOLD]) if told else {},
    )


def _over(rows: ir.Table, cells: Mapping[str, _Cell]) -> dict[str, _Cell]:
    return {name: replace(cell, given=rows[_GIVEN + name]) for name, cell in cells.items()}


def _rules_over(reader: Reader, rows: ir.Table, cells: Mapping[str, _Cell]) -> list[Broken]:
    """Return every rule, of columns that are laid down in `rows`."""
    values = {name: rows[_READ + name] for name in cells}
    rules: list[Broken] = []
    for name, cell in _over(rows, cells).items():
        local = rows[_LOCAL + name] if _LOCAL + name in rows.columns else None
        rules += cell.rules(reader, values[name], local)
    return rules + of_times(reader, cells, values)


def _absent(spec: TableSpec) -> dict[str, ir.Value]:
    return {column.name: ibis.null(TYPES[column.type]) for column in spec.columns}


def _text(cell: _Cell) -> ir.Value:
    return trimmed(cell.given) if cell.given.type().is_string() else cell.given


def _cells(
    spec: TableSpec, source: SourceParams, rows: ir.Table, *, portable: bool = False
) -> dict[str, _Cell]:
    return {
        column.name: _Cell(
            column,
            entry.unit,
            _reading(column, entry, source, portable),
            _given(entry, rows),
        )
        for column in spec.columns
        if (entry := source.columns.get(column.name)) is not None
    }


def _given(entry: ColumnMap, rows: ir.Table) -> ir.Value:
    given = rows[entry.column] if entry.column is not None else ibis.literal(entry.constant)
    return worded(given, entry.values) if entry.values else given


def worded(given: ir.Value, words: Mapping[str, str]) -> ir.Value:
    """Return cells as text, codes in the contract's own words."""
    text = as_text(given)
    known = ((text == code, ibis.literal(word)) for code, word in words.items())
    return ibis.cases(*known, else_=text)


def _reading(
    column: ColumnSpec,
    entry: ColumnMap,
    source: SourceParams,
    portable: bool,
) -> Reading:
    return Reading(
        format=entry.format,
        decimal=decimal_of(source),
        timezone=source.timezone,
        until_end_of_day=column.until_end_of_day,
        errors=holds_workbooks(source),
        portable=portable,
    )
