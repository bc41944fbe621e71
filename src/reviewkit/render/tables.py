"""A table as the template's data: widths, spans of groups, and where decimal points stand."""

from __future__ import annotations

from typing import Any

from reviewkit.blocks import Column, Row, Table, to_json
from reviewkit.render.fonts import broken
from reviewkit.render.widths import (
    TEXT,
    Widths,
    cell_weight,
    column_widths,
    drawn_before,
    group_spans,
    lines,
    pads,
    reach,
)


def table_data(table: Table, measure: float, *, fill: bool = True) -> dict[str, Any]:
    """Return `table` with its column widths in points, for a column `measure` points wide."""
    widths = column_widths(table, measure, fill=fill)
    data = to_json(table)
    data |= {
        "rows": data.get("rows", []),
        "pad": widths.pad,
        "grouped": widths.group > 0,
        "group_width": widths.group,
    }
    for index, column in enumerate(table.columns):
        data["columns"][index]["width"] = widths.columns[index]
        if column.align == "decimal":
            for row, pad in zip(data["rows"], pads(table, index), strict=True):
                row["cells"][index]["pad"] = pad
    position = 0
    for name, span in group_spans(table):
        shown = broken(name, widths.group - 8.0, TEXT, 600)
        data["rows"][position] |= {"span": span, "group": shown}
        position += span
    for position, row in enumerate(table.rows):
        cells = data["rows"][position]["cells"]
        data["rows"][position]["height"] = _height(row, table, widths)
        for index, cell in enumerate(cells):
            across = reach(table, position, index)
            if across > 1:
                cell["across"] = across
                for covered in cells[index + 1 : index + across]:
                    covered["across"] = 0
            room = sum(widths.inner(index + more) for more in range(across))
            _break_words(cell, room, table.columns[index], row.total)
    for index, column in enumerate(data["columns"]):
        column["label"] = broken(column["label"], widths.inner(index), 7.5, 600)
    return data


def _break_words(cell: dict[str, Any], room: float, column: Column, total: bool) -> None:
    weight = 600 if total or column.role == "actual" or cell.get("tone") else 400
    drawn = 11.0 if cell.get("status") else 0.0
    for key, size in (("text", TEXT), ("note", 7.5)):
        if cell.get(key):
            cell[key] = broken(cell[key], room - drawn, size, weight)


def _height(row: Row, table: Table, widths: Widths) -> float:
    """Return the height of a row in points: 12 a line, 3 above and below."""
    most = 1
    for index, cell in enumerate(row.cells):
        column = table.columns[index]
        if column.role == "graphic":
            continue
        room = widths.inner(index) - drawn_before(cell)
        count = lines(cell.text, room, cell_weight(cell, column, row.total))
        most = max(most, count + (1 if cell.note else 0))
    return 6.0 + 12.0 * most
