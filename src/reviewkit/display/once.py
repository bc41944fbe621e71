"""A year is compared with one year: the one before it is also a year ago, and is shown once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reviewkit.blocks import Block, Column, Columns, Group, Table, Tile, Tiles
from reviewkit.display.view import View


def once(view: View, block: Block) -> Block:
    """Return `block` without what is compared twice, where both references are one period."""
    if view.period.prior() != view.period.year_ago():
        return block
    return _kept(block)


def _kept(block: Block) -> Block:
    make: Callable[[Any], Block] | None = _KINDS.get(block.kind)
    return make(block) if make else block


def _group(block: Group) -> Group:
    return block.model_copy(update={"blocks": tuple(map(_kept, block.blocks))})


def _columns(block: Columns) -> Columns:
    columns = tuple(tuple(map(_kept, column)) for column in block.columns)
    return block.model_copy(update={"columns": columns})


def _table(block: Table) -> Table:
    kept = [at for at, column in enumerate(block.columns) if not _twin(block.columns, at)]
    if len(kept) == len(block.columns):
        return block
    rows = (
        row.model_copy(update={"cells": tuple(row.cells[at] for at in kept)}) for row in block.rows
    )
    columns = tuple(block.columns[at] for at in kept)
    return block.model_copy(update={"columns": columns, "rows": tuple(rows)})


def _twin(columns: tuple[Column, ...], at: int) -> bool:
    """Tell whether a reference stands under the same head as one before it."""
    own = columns[at]
    return own.role == "reference" and any(
        (other.label, other.over, other.role) == (own.label, own.over, own.role)
        for other in columns[:at]
    )


def _tiles(block: Tiles) -> Tiles:
    return block.model_copy(update={"tiles": tuple(map(_tile, block.tiles))})


def _tile(tile: Tile) -> Tile:
    kept = {item.label: item for item in reversed(tile.references)}
    return tile.model_copy(update={"references": tuple(reversed(kept.values()))})


_KINDS: Mapping[str, Callable[[Any], Block]] = {
    "group": _group,
    "columns": _columns,
    "table": _table,
    "tiles": _tiles,
}
