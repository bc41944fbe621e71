"""Blocks as plain text, for terminals and for readers without anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reviewkit.blocks import (
    Block,
    Cell,
    Front,
    Heading,
    Prose,
    Table,
    Tiles,
)
from reviewkit.speech import marks

_GAP = "  "


def text(block: Block) -> str:
    """Return what `block` says, without its drawings."""
    make: Callable[[Any], str] = _KINDS[block.kind]
    return make(block)


def _all(blocks: tuple[Block, ...]) -> str:
    return "\n\n".join(part for part in (text(block) for block in blocks) if part)


def _front(block: Front) -> str:
    internal = f"{marks.internal()}  " if block.audience == "internal" else ""
    return f"{internal}{block.title} ({block.provider})"


def _heading(block: Heading) -> str:
    note = "".join(span.text for span in block.note)
    return f"{block.text}\n{note}" if note else block.text


def _prose(block: Prose) -> str:
    return "\n\n".join("".join(span.text for span in part) for part in block.paragraphs)


def _tiles(block: Tiles) -> str:
    lines = []
    for tile in block.tiles:
        value = f"{tile.unit}{tile.text}" if tile.unit_first else f"{tile.text}{tile.unit}"
        state = f"{tile.status.word} {tile.status.detail}".strip() if tile.status else ""
        compared = ", ".join(f"{item.label} {item.text}" for item in tile.references)
        lines.append(_GAP.join(part for part in (tile.label, value, state, compared) if part))
    return "\n".join(lines)


def _table(block: Table) -> str:
    rows = [[column.label for column in block.columns]]
    rows += [[_cell(cell) for cell in row.cells] for row in block.rows]
    widths = [max(len(row[at]) for row in rows) for at in range(len(block.columns))]
    left = [column.align == "left" for column in block.columns]
    lines = [
        _GAP.join(
            item.ljust(width) if to_left else item.rjust(width)
            for item, width, to_left in zip(row, widths, left, strict=True)
        ).rstrip()
        for row in rows
    ]
    notes = [f"{note.mark}  {note.lead} {note.text}" for note in block.footnotes]
    return "\n".join([*lines, *notes] if block.rows else [block.empty or lines[0]])


def _cell(cell: Cell) -> str:
    if cell.status and not cell.text:
        return f"{cell.status.word} {cell.status.detail}".strip()
    mark = f" {cell.mark}" if cell.mark else ""
    note = f" ({cell.note})" if cell.note else ""
    return f"{cell.text}{mark}{note}"


_KINDS: Mapping[str, Callable[[Any], str]] = {
    "front": _front,
    "heading": _heading,
    "prose": _prose,
    "markdown": lambda block: f"{block.source}\n{block.author}".strip(),
    "tiles": _tiles,
    "table": _table,
    "chart": lambda block: block.alt,
    "callout": lambda block: f"{block.lead} {block.text}".strip(),
    "not_supplied": lambda block: f"{block.what} {block.detail}".strip(),
    "columns": lambda block: "\n\n".join(_all(column) for column in block.columns),
    "group": lambda block: _all(block.blocks),
}
