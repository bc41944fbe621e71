"""Native tables: horizontal rules only, figures to the right, split between rows where long."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from reviewkit.blocks import Cell, Column, Row, Table
from reviewkit.render.pptx import marks
from reviewkit.render.pptx.grids import PAD_V, Grid, measured, noted
from reviewkit.render.pptx.look import (
    ACCENT,
    INK,
    LEADING,
    N2,
    N6,
    N7,
    SMALL,
    STATES,
    TONES,
    WHITE,
    Box,
)
from reviewkit.render.pptx.words import Run, describe, fill, paint, place
from reviewkit.render.widths import cell_weight

HEAVY = 0.5
"""Beyond it words on a tint are white."""

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def add_table(slide: Any, box: Box, table: Table, size: float = 0.0) -> Any:
    """Write `table` into `box` as a table that can be edited, with what is drawn in its cells.

    `size` is that of a part of a table. Returns the table, whose last rows are those of `table`.
    """
    grid = measured(table, box.width, size)
    over = any(column.over for column in table.columns) and grid.head > 0
    rows = len(grid.heights) + (grid.head > 0) + over
    shape = slide.shapes.add_table(
        rows,
        len(grid.widths),
        Pt(box.left),
        Pt(box.top),
        Pt(sum(grid.widths)),
        Pt(grid.height - grid.notes),
    )
    describe(shape, table.summary, table.summary[:60])
    own = shape.table
    _plain(own, heads=grid.head > 0)
    for at, width in enumerate(grid.widths):
        own.columns[at].width = Pt(width)
    top = _heads(own, grid, over=over)
    for at, row in enumerate(grid.table.rows):
        own.rows[top + at].height = Pt(grid.heights[at])
        _row(own, top + at, row, grid)
    _pad(own, grid)
    _drawn(slide, box, grid)
    _notes(slide, box, grid)
    return own


def _pad(own: Any, grid: Grid) -> None:
    """Keep words of neighbouring columns apart; a table's own edges are those of its words."""
    last = len(grid.widths) - 1
    for row in own.rows:
        for at, cell in enumerate(row.cells):
            cell.margin_left = Pt(grid.pad if at else 0.0)
            cell.margin_right = Pt(grid.pad if at < last else 0.0)


def tint(cell: Any, weight: float) -> None:
    """Set a cell on the theme's accent, the deeper the heavier `weight` (0 to 1) is."""
    cell.fill.solid()
    paint(cell.fill.fore_color, ACCENT)
    cell.fill.fore_color.brightness = round(0.95 * (1.0 - weight), 2)
    if weight > HEAVY:
        for paragraph in cell.text_frame.paragraphs:
            for run in paragraph.runs:
                paint(run.font.color, WHITE)


def _heads(own: Any, grid: Grid, *, over: bool) -> int:
    if not grid.head:
        return 0
    first = int(grid.grouped)
    row = int(over)
    line = grid.small * LEADING
    if over:
        own.rows[0].height = Pt(line + 2 * PAD_V)
        for start, end, text in _spans(grid.table.columns):
            cell = own.cell(0, start + first)
            if end > start:
                cell.merge(own.cell(0, end + first))
            _write(cell, [[Run(text, grid.small, N6)]], "right")
        for at in range(len(grid.widths)):
            if not own.cell(0, at).text_frame.text:
                _write(own.cell(0, at), [[Run("", grid.small)]], "left")
            spanned = at >= first and bool(grid.table.columns[at - first].over)
            _rule(own.cell(0, at), (N2, 0.5) if spanned else None)
    own.rows[row].height = Pt(grid.head - (line + 2 * PAD_V if over else 0.0))
    for at in range(len(grid.widths)):
        cell = own.cell(row, at)
        column = grid.table.columns[at - first] if at >= first else None
        side = _side(column) if column else "left"
        _write(
            cell,
            [[Run(column.label if column else "", grid.small, N6, bold=True)]],
            side,
            foot=True,
        )
        _rule(cell, (INK, 0.75))
    return row + 1


def _row(own: Any, at: int, row: Row, grid: Grid) -> None:
    first = int(grid.grouped)
    if grid.grouped:
        cell = own.cell(at, 0)
        _write(cell, [[Run(row.group, grid.size, INK, bold=True)]], "left")
        _rule(cell, (N2, 0.5))
    for index, (given, column) in enumerate(zip(row.cells, grid.table.columns, strict=True)):
        cell = own.cell(at, index + first)
        _write(cell, _words(given, column, row, grid.size), _side(column))
        _rule(cell, (N2, 0.5))
        if column.tint:
            cell.fill.solid()
            paint(cell.fill.fore_color, "F4F5F7")
    if row.total:
        for index in range(len(grid.widths)):
            _rule(own.cell(at, index), (INK, 0.75), "a:lnT")


def _words(cell: Cell, column: Column, row: Row, size: float) -> list[list[Run]]:
    bold = cell_weight(cell, column, row.total) == 600
    colour = _colour(cell, column)
    runs: list[Run] = []
    if cell.squares:
        runs.append(Run("■" * min(cell.squares, 6) + " ", size - 2, N7))
    if cell.status:
        shape, own = STATES[cell.status.state]
        strong = cell.status.state in ("missed", "at_risk")
        if shape:
            runs.append(Run(f"{shape} ", size, own))
        said = " ".join(word for word in (cell.status.word, cell.status.detail) if word)
        runs.append(
            Run(
                said + (" " if cell.text else ""),
                size,
                own if cell.status.state == "missed" else INK if strong else N6,
                strong,
            )
        )
    if cell.text:
        runs.append(Run(cell.text, size, colour, bold))
    if cell.mark:
        runs.append(Run(cell.mark, size, N6, raised=True))
    out = [runs or [Run("", size)]]
    if cell.note:
        out.append([Run(cell.note, noted(size), N6)])
    return out


def _colour(cell: Cell, column: Column) -> str:
    if cell.tone in ("accent", "missed"):
        return TONES[cell.tone]
    return {"reference": N7, "id": N6}.get(column.role, INK)


def _side(column: Column) -> str:
    return "right" if column.align in ("right", "decimal") else column.align


def _write(cell: Any, text: list[list[Run]], side: str, *, foot: bool = False) -> None:
    cell.margin_top = cell.margin_bottom = Pt(PAD_V)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if foot else MSO_ANCHOR.TOP
    fill(cell.text_frame, text, side=side)


def _rule(cell: Any, line: tuple[str, float] | None, edge: str = "a:lnB") -> None:
    """Draw one edge of a cell; the others have none."""
    own = cell._tc.get_or_add_tcPr()
    order = ("a:lnL", "a:lnR", "a:lnT", "a:lnB")
    for name in order:
        if own.find(qn(name)) is None:
            element = etree.fromstring(f'<{name} xmlns:a="{_A}" w="0"><a:noFill/></{name}>')
            own.insert(order.index(name), element)
    if line:
        colour, width = line
        element = etree.fromstring(
            f'<{edge} xmlns:a="{_A}" w="{round(width * 12700)}">'
            f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></{edge}>'
        )
        own.replace(own.find(qn(edge)), element)


def _plain(own: Any, *, heads: bool) -> None:
    """Take the style of the deck's theme from a table: rules are drawn cell by cell."""
    own.first_row, own.horz_banding = heads, False
    style = own._tbl.tblPr.find(qn("a:tableStyleId"))
    if style is not None:
        # "No Style, No Grid", which every PowerPoint knows.
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def _spans(columns: tuple[Column, ...]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for at, column in enumerate(columns):
        if column.over and found and found[-1][1] == at - 1 and found[-1][2] == column.over:
            found[-1] = (found[-1][0], at, column.over)
        elif column.over:
            found.append((at, at, column.over))
    return found


def _drawn(slide: Any, box: Box, grid: Grid) -> None:
    """Draw bars, dots and trends over their cells, a column's together."""
    first = int(grid.grouped)
    for index, column in enumerate(grid.table.columns):
        cells = [row.cells[index] for row in grid.table.rows]
        if not any(cell.bar or cell.dots or cell.trend for cell in cells):
            continue
        left = box.left + sum(grid.widths[: index + first]) + grid.pad
        width = grid.widths[index + first] - 2 * grid.pad
        top = box.top + grid.head
        shapes = marks.group(slide, column.label or grid.table.summary)
        line = grid.size * LEADING + 2 * PAD_V
        for cell, height in zip(cells, grid.heights, strict=True):
            inner = Box(left, top + 0.25 * line, width, 0.5 * line)
            if cell.bar:
                marks.draw_bar(shapes, inner, cell.bar)
            if cell.dots:
                marks.draw_dots(shapes, inner, cell.dots)
            if cell.trend:
                marks.draw_trend(shapes, inner, cell.trend)
            top += height


def _notes(slide: Any, box: Box, grid: Grid) -> None:
    if not grid.table.footnotes:
        return
    top = box.top + grid.height - grid.notes + 6.0
    text = [
        [
            Run(note.mark, SMALL, N6, raised=True),
            Run(" " if note.mark else "", SMALL, N6),
            Run(f"{note.lead} ", SMALL, N7, bold=True),
            Run(note.text, SMALL, N6),
        ]
        for note in grid.table.footnotes
    ]
    place(slide, Box(box.left, top, box.width, grid.notes - 6.0), text, gap=3.0)
