"""A table measured for a slide: widths of columns, heights of rows, and where it may be cut."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.blocks import Cell, Row, Table
from reviewkit.render.pptx.look import LEADING, SMALL, STATES, high, lines
from reviewkit.render.widths import TEXT, cell_weight, column_widths
from reviewkit.speech import say

PAD_V = 4.0
HEAD = 10.0
SIZES = (14.0, 12.5, 11.0, 10.0, 9.0)
"""Sizes of a table's words: the largest that lets it stand whole."""

WHOLE = 340.0
"""Height of a table that stands whole on a slide."""

LEAST_ROWS = 3
"""Fewer rows are not set alone at the foot of a slide."""

_SLACK = 1.04
"""Faces differ in width: words are taken a little wider than they are."""


@dataclass(frozen=True)
class Grid:
    """A table measured: widths of its columns (the first names groups, if any), heights of rows."""

    table: Table
    size: float
    small: float
    pad: float
    widths: tuple[float, ...]
    grouped: bool
    head: float
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        """Its whole height with notes."""
        return self.head + sum(self.heights) + self.notes

    @property
    def notes(self) -> float:
        """Height of the notes below."""
        width = sum(self.widths)
        texts = [f"{note.mark} {note.lead} {note.text}" for note in self.table.footnotes]
        return sum(high(text, width, SMALL) + 3.0 for text in texts) + (6.0 if texts else 0.0)


def measured(table: Table, width: float, size: float = 0.0) -> Grid:
    """Return `table` laid out `width` points wide, as large as lets it stand whole.

    Where no size does, rows are set in a usual one and the table is split; `size` is that
    of a part of a table, which is set as the rest of it.
    """
    if not table.rows:
        table = _said(table)
    if size:
        return _laid(table, width, size)[0]
    grids = (_laid(table, width, size) for size in SIZES)
    fitting = (grid for grid, whole in grids if whole)
    return next(fitting, None) or _laid(table, width, SIZES[3])[0]


def _laid(table: Table, width: float, size: float) -> tuple[Grid, bool]:
    """Return `table` in one size, and whether it stands whole with its figures unbroken."""
    scale = size / TEXT * _SLACK
    found = column_widths(table, width / scale)
    widths = tuple(w * scale for w in ((found.group,) if found.group else ()) + found.columns)
    rooms = [max(found.inner(at) * scale, 8.0) for at in range(len(found.columns))]
    over = any(column.over for column in table.columns)
    small = min(HEAD, 7.5 * size / TEXT)
    heads = [lines(c.label, rooms[at], small, 600) for at, c in enumerate(table.columns)]
    head = (max(heads, default=1) + over) * small * LEADING + (1 + over) * 2 * PAD_V
    heights = tuple(_height(row, table, rooms, size) for row in table.rows)
    grid = Grid(
        table=table,
        size=size,
        small=small,
        pad=found.pad * scale,
        widths=widths,
        grouped=found.group > 0,
        head=head if _headed(table) else 0.0,
        heights=heights,
    )
    unbroken = all(
        lines(_text(cell), rooms[at], size, cell_weight(cell, table.columns[at], row.total)) <= 1
        for row in table.rows
        for at, cell in enumerate(row.cells)
        if table.columns[at].align != "left"
    )
    return grid, unbroken and grid.height <= WHOLE


def noted(size: float) -> float:
    """Return the size of a cell's second line."""
    return max(8.0, 0.86 * size)


def split(grid: Grid, room: float) -> tuple[Table, Table] | None:
    """Return `grid`'s table cut where `room` ends; `None` where too few rows would stand alone.

    What follows a cut opens with the name of its group again.
    """
    used, count = grid.head, 0
    for height in grid.heights:
        if used + height > room:
            break
        used, count = used + height, count + 1
    table = grid.table
    rest = len(table.rows) - count
    if rest < LEAST_ROWS:
        # What stands overleaf, be it the notes alone, has rows to stand below.
        count -= LEAST_ROWS - rest
    if count < min(LEAST_ROWS, len(table.rows)) or count >= len(table.rows):
        return None
    group = next((row.group for row in reversed(table.rows[:count]) if row.group), "")
    first, *more = table.rows[count:]
    again = first if first.group or first.total else first.model_copy(update={"group": group})
    return (
        table.model_copy(update={"rows": table.rows[:count], "footnotes": ()}),
        table.model_copy(update={"rows": (again, *more)}),
    )


def _said(table: Table) -> Table:
    text = table.empty or say("No rows.")
    cells = tuple(Cell(text=text if at == 0 else "") for at in range(len(table.columns)))
    return table.model_copy(update={"rows": (Row(cells=cells),)})


def _headed(table: Table) -> bool:
    return any(column.label or column.over for column in table.columns)


def _height(row: Row, table: Table, rooms: list[float], size: float) -> float:
    most = size * LEADING
    for at, cell in enumerate(row.cells):
        column = table.columns[at]
        if column.role == "graphic":
            continue
        weight = cell_weight(cell, column, row.total)
        words = high(_text(cell), rooms[at], size, weight)
        words += high(cell.note, rooms[at], noted(size)) if cell.note else 0.0
        most = max(most, words)
    return most + 2 * PAD_V


def _text(cell: Cell) -> str:
    sign = ""
    if cell.status:
        shape = STATES[cell.status.state][0]
        sign = " ".join(word for word in (shape, cell.status.word, cell.status.detail) if word)
    squares = "■" * min(cell.squares or 0, 6)
    return " ".join(word for word in (squares, sign, cell.text) if word)
