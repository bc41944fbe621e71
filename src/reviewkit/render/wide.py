"""Tables wider than the page: split between columns, the row names repeated with each piece."""

from __future__ import annotations

from typing import Any

from reviewkit.blocks import Table
from reviewkit.render.fonts import broken, text_width
from reviewkit.render.foreign_tables import ForeignTable, Placed, text_of
from reviewkit.render.tables import table_data
from reviewkit.render.widths import PADS, SMALL, TEXT

_WORD, _COLUMN = 110.0, 56.0
"""Points that a column asks for: its longest word up to the first, or its text up to the second."""


def split_wide(found: ForeignTable, measure: float) -> list[tuple[ForeignTable, tuple[int, int]]]:
    """Return `found` in pieces that fit `measure` points, each with its first and last column.

    Columns are never cut: a piece holds as many as stand side by side without tearing words.
    """
    table = found.table
    count = len(table.columns)
    asks = [_asks(table, index) for index in range(count)]
    if sum(asks) <= measure or count < 3:
        return [(found, (1, count))]
    heads = max(found.heads, 1)
    if heads >= count or sum(asks[:heads]) > measure / 2:
        heads = 0
    room = measure - sum(asks[:heads])
    pieces: list[list[int]] = [[]]
    used = 0.0
    for index in range(heads, count):
        if pieces[-1] and used + asks[index] > room:
            pieces.append([])
            used = 0.0
        pieces[-1].append(index)
        used += asks[index]
    return [
        (_piece(found, [*range(heads), *piece]), (piece[0] + 1 - heads, piece[-1] + 1 - heads))
        for piece in pieces
    ]


def _asks(table: Table, index: int) -> float:
    texts = [row.cells[index].text for row in table.rows]
    label = table.columns[index].label
    words = [text_width(word, TEXT) for text in texts for word in text.split()]
    words += [text_width(word, SMALL, 600) for word in label.split()]
    whole = max([text_width(text, TEXT) for text in texts] + [text_width(label, SMALL, 600)])
    return max(min(max(words, default=0.0), _WORD), min(whole, _COLUMN)) + 2 * PADS[-1]


def _piece(found: ForeignTable, columns: list[int]) -> ForeignTable:
    place = {column: position for position, column in enumerate(columns)}
    table = found.table.model_copy(
        update={
            "columns": tuple(found.table.columns[index] for index in columns),
            "rows": tuple(
                row.model_copy(update={"cells": tuple(row.cells[index] for index in columns)})
                for row in found.table.rows
            ),
        }
    )
    cells = {}
    for (row, index), placed in found.cells.items():
        covered = [column for column in columns if index <= column < index + placed.across]
        if covered:
            cells[row, place[covered[0]]] = Placed(placed.runs, len(covered), placed.style)
    return ForeignTable(table, found.above, found.below, found.heads, cells)


def foreign_table_data(found: ForeignTable, measure: float) -> list[dict[str, Any]]:
    """Return the template's data for a table, in as many pieces as it needs."""
    pieces = split_wide(found, measure)
    out: list[dict[str, Any]] = []
    for piece, (first, last) in pieces:
        if len(pieces) > 1:
            words = f"Columns {first} to {last} of {pieces[-1][1][1]}"
            out.append({"kind": "caption", "runs": [{"text": words}]})
        out.append(_data(piece, measure))
    return out


def _data(found: ForeignTable, measure: float) -> dict[str, Any]:
    data = table_data(found.table, measure, fill=False)
    widths = _widened([column["width"] for column in data["columns"]], found, measure)
    for column, width in zip(data["columns"], widths, strict=True):
        column["width"] = round(width, 3)
    data["headless"] = not any(column.label or column.over for column in found.table.columns)
    for (row, index), placed in found.cells.items():
        cells = data["rows"][row]["cells"]
        across = placed.across
        room = sum(widths[index : index + across]) - 2 * data["pad"]
        cell = cells[index]
        cell |= dict(placed.style)
        if across > 1:
            cell |= {"across": across, "text": broken(text_of(placed.runs), room, TEXT)}
            for covered in cells[index + 1 : index + across]:
                covered["across"] = 0
        if any(run.keys() - {"text"} for run in placed.runs):
            cell["runs"] = [_fitted(run, room) for run in placed.runs]
    return {"kind": "table", **data}


def _widened(widths: list[float], found: ForeignTable, measure: float) -> list[float]:
    """Widen columns under cells that cover several and say more than these are wide."""
    for (_, index), placed in sorted(found.cells.items()):
        if placed.across == 1:
            continue
        covered = range(index, index + placed.across)
        need = text_width(text_of(placed.runs), TEXT) + 2 * PADS[-1]
        lacks = min(need - sum(widths[at] for at in covered), measure - sum(widths))
        for at in covered if lacks > 0 else ():
            widths[at] += lacks / placed.across
    return widths


def _fitted(run: dict[str, Any], room: float) -> dict[str, Any]:
    """Fit a run to its cell, in place: a formula in it is filled in later."""
    if "points" in run:
        run["points"] = min(run["points"], max(room, 12.0))
    elif "typst" not in run and run.get("text"):
        run["text"] = broken(run["text"].replace("\u200b", ""), room, TEXT, 600)
    return run
