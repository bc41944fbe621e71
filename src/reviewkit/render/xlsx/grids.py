"""Tables, charts and tiles as grids of cells: heads, rows, notes, and where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from reviewkit.blocks import Cell, Chart, Column, Status, Table, Tile, Tiles
from reviewkit.render.displayed import displayed
from reviewkit.render.shown import Value, figure_of, value_of
from reviewkit.speech import say


@dataclass(frozen=True)
class Entry:
    """One cell: its value, what stands for its row in another sheet, and whether it is bold."""

    value: Value
    link: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Grid:
    """What a sheet lists. `over` are the spanning heads, one a column, "" where there is none.

    `anchors` gives the row of each target of links, `totals` the rows that are set as such.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    over: tuple[str, ...] = ()
    totals: frozenset[int] = frozenset()
    anchors: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Field:
    """A column of the sheet, and what it takes of a row."""

    head: str
    over: str
    of: Callable[[Cell], Value]
    at: int


def table_grid(table: Table, decimal: str) -> Grid:
    """Return a table as a grid: drawn columns are left out, a status stands as its word.

    The second line of a cell has a column of its own; a group stands in each of its rows.
    """
    fields = [item for at in range(len(table.columns)) for item in _fields(table, at, decimal)]
    grouped = any(row.group for row in table.rows)
    rows, group = [], ""
    for row in table.rows:
        group = row.group or group
        first = (Entry("" if row.total else group),) if grouped else ()
        cells = (
            Entry(item.of(row.cells[item.at]), row.cells[item.at].link, row.total)
            for item in fields
        )
        rows.append((*first, *cells))
    return Grid(
        heads=(*(("",) if grouped else ()), *(item.head for item in fields)),
        over=(*(("",) if grouped else ()), *(item.over for item in fields)),
        rows=tuple(rows) or ((Entry(table.empty or say("No rows.")),),),
        totals=frozenset(at for at, row in enumerate(table.rows) if row.total),
        anchors={row.anchor: at for at, row in enumerate(table.rows) if row.anchor},
        notes=tuple(f"{note.mark} {note.lead} {note.text}".strip() for note in table.footnotes),
    )


def _fields(table: Table, at: int, decimal: str) -> list[_Field]:
    column, cells = table.columns[at], [row.cells[at] for row in table.rows]
    if column.role == "graphic":
        return []
    found = []
    if any(cell.text or cell.status for cell in cells) or (column.label and not cells):
        found.append(_Field(column.label, column.over, lambda c: _value(c, column, decimal), at))
    if any(cell.note for cell in cells):
        label = say("{column}, note", column=column.label) if column.label else say("Note")
        found.append(_Field(label, column.over, lambda cell: cell.note, at))
    return found


def _value(cell: Cell, column: Column, decimal: str) -> Value:
    if cell.status:
        return " ".join(word for word in (status_words(cell.status), cell.text) if word)
    value = value_of(cell, column, decimal)
    return f"{value} ({cell.mark})" if cell.mark and isinstance(value, str) else value


def status_words(status: Status) -> str:
    """Return a state as it is printed: Missed by 1.9."""
    return f"{status.word} {status.detail}".strip()


def tiles_grid(tiles: Tiles, decimal: str) -> Grid:
    """Return lead measures as rows: value, status, and what each is compared with."""
    labels = list(dict.fromkeys(r.label for tile in tiles.tiles for r in tile.references))
    heads = (say("Measure"), say("Value"), say("Unit"), say("Status"), *labels, "n")
    rows = tuple(tuple(map(Entry, _tile(tile, labels, decimal))) for tile in tiles.tiles)
    notes = (tiles.note,) if tiles.note else ()
    return Grid(heads=heads, over=("",) * len(heads), rows=rows, notes=notes)


def _tile(tile: Tile, labels: list[str], decimal: str) -> tuple[Value, ...]:
    unit = tile.unit.strip()
    percent = "%" if unit == "%" else ""
    texts = {reference.label: reference.text for reference in tile.references}
    value = f"{unit}{tile.text}" if tile.unit_first else f"{tile.text}{percent}"
    return (
        tile.label,
        figure_of(value, decimal),
        unit,
        status_words(tile.status) if tile.status else "",
        *(figure_of(_in_percent(texts.get(label, ""), percent), decimal) for label in labels),
        figure_of(tile.n, decimal),
    )


def _in_percent(text: str, percent: str) -> str:
    return text + percent if text[-1:].isdigit() else text


def chart_grid(chart: Chart, decimal: str) -> Grid | None:
    """Return the figures a chart shows; `None` where they are no table.

    A heat map keeps its shape; else every category is a row, every series a column.
    """
    found = displayed(chart, decimal)
    if found is None:
        return None
    plot = found.plot
    texts = [[figure_of(text, decimal) for text in series.texts] for series in plot.series]
    names = [series.name for series in plot.series]
    if plot.form == "heat":
        heads = ("", *plot.categories)
        lines = [(name, *values) for name, values in zip(names, texts, strict=True)]
    else:
        heads = ("", *names)
        lines = list(zip(plot.categories, *texts, strict=True))
    rows = tuple(tuple(map(Entry, line)) for line in lines)
    return Grid(heads=heads, over=("",) * len(heads), rows=rows, notes=plot.notes)


def longest(value: Value) -> int:
    """Return about how many signs wide a value is as printed."""
    if isinstance(value, str):
        return max((len(line) for line in value.split("\n")), default=0)
    if isinstance(value, dt.date):
        return 11
    return len(f"{value.value:,}") + len(value.before) + len(value.after) + 1
