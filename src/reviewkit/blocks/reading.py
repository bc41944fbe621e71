"""Blocks as JSON and back, and what stands inside one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from reviewkit.blocks.base import Figure, Scalar
from reviewkit.blocks.kinds import Block, Columns, Group, Table, Tiles

_ADAPTER: TypeAdapter[Block] = TypeAdapter(Block)


def to_json(block: Block) -> dict[str, Any]:
    """Return `block` as JSON for a notebook's output bundle; defaults are left out."""
    data: dict[str, Any] = _ADAPTER.dump_python(block, mode="json", exclude_defaults=True)
    return data


def from_json(data: Any) -> Block:
    """Read what `to_json` wrote; raises `pydantic.ValidationError` on anything else."""
    return _ADAPTER.validate_python(data)


def walk(block: Block) -> Iterator[Block]:
    """Yield `block` and every block inside it, in reading order."""
    yield block
    match block:
        case Group(blocks=children):
            for child in children:
                yield from walk(child)
        case Columns(columns=columns):
            for column in columns:
                for child in column:
                    yield from walk(child)
        case _:
            pass


def figures(block: Block) -> Iterator[tuple[Figure, Scalar, str]]:
    """Yield every published figure in `block` as (identity, typed value, text shown)."""
    for part in walk(block):
        match part:
            case Table(rows=rows):
                for row in rows:
                    for cell in row.cells:
                        if cell.figure:
                            yield cell.figure, cell.value, cell.text
            case Tiles(tiles=tiles):
                for tile in tiles:
                    if tile.figure:
                        yield tile.figure, tile.value, tile.text
                    for reference in tile.references:
                        if reference.figure:
                            yield reference.figure, None, reference.text
            case _:
                pass
