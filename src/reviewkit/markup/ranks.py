"""The order of a table's cells, for pages that sort: places only, never the values behind."""

from __future__ import annotations

from decimal import Decimal

from reviewkit.blocks import Cell, State, Table

_LEAST = 4
"""Rows from which sorting says more than looking."""

_STATES: tuple[State, ...] = (
    "no_data",
    "no_target",
    "low_volume",
    "partial",
    "met",
    "at_risk",
    "missed",
)
"""States by how much they ask for, the most last."""

_NOTHING = ("", "–", "-")


def is_sortable(table: Table) -> bool:
    """Tell whether readers may sort `table`: it has enough rows beside its totals."""
    return sum(not row.total for row in table.rows) >= _LEAST


def way(table: Table, position: int) -> str:
    """Return how a column is sorted: by `rank`, as `text`, or, an empty word, not at all."""
    column = table.columns[position]
    cells = [row.cells[position] for row in table.rows if not row.total]
    told = [cell for cell in cells if not is_empty(cell)]
    if not told or column.role == "graphic":
        return ""
    if all(_key(cell) is not None for cell in told):
        return "rank"
    return "" if column.align in ("right", "decimal") else "text"


def ranks(table: Table, position: int) -> dict[int, int]:
    """Return the place of each row by a column's values, the least first; empty cells have none.

    Cells that print the same share a place: an order of what is not printed tells it.
    """
    keyed = [
        (key, row.cells[position], at)
        for at, row in enumerate(table.rows)
        if not row.total and (key := _key(row.cells[position])) is not None
    ]
    keyed.sort(key=lambda item: item[0])
    places: dict[int, int] = {}
    rank, last = 0, ""
    for _, cell, at in keyed:
        said = _said(cell)
        rank += said != last
        places[at], last = rank, said
    return places


def is_empty(cell: Cell) -> bool:
    """Tell whether a cell says nothing that could be compared."""
    return cell.status is None and cell.squares is None and cell.text.strip() in _NOTHING


def _said(cell: Cell) -> str:
    return f"{cell.status.state} {cell.status.detail}" if cell.status else cell.text


def _key(cell: Cell) -> tuple[float | Decimal, str] | None:
    """Return what a cell is sorted by; `None` where it holds but words."""
    if is_empty(cell):
        return None
    if cell.status:
        return _STATES.index(cell.status.state), cell.status.detail
    if cell.type == "date" and isinstance(cell.value, str):
        return 0, cell.value
    if isinstance(cell.value, bool) or cell.value is None:
        return None
    if isinstance(cell.value, int | float):
        return cell.value, ""
    return (Decimal(cell.value), "") if cell.type == "decimal" else None
