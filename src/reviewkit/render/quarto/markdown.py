"""Blocks as Markdown: a table of functions, one per kind. All words are escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from reviewkit.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Heading,
    NotSupplied,
    Prose,
    Row,
    Span,
    Status,
    Table,
    Tile,
    Tiles,
)
from reviewkit.render.quarto.words import escaped

SHAPES = {"met": "●", "at_risk": "◆", "missed": "▼", "low_volume": "○"}
"""A state's sign; the word beside it says the same."""

_STRONG = frozenset({"accent", "strong", "missed"})
_NARROWEST, _WIDEST = 6, 32
"""Signs that a column counts for at least and at most when the width is shared out."""


def block_markdown(block: Block) -> str:
    """Return a block that is neither heading, chart, Markdown nor made of other blocks."""
    make: Callable[[Any], str] = _KINDS[block.kind]
    return make(block)


def heading_markdown(heading: Heading, level: int) -> str:
    """Return a heading of `level`, with its note below: a quotation, which stays with it."""
    anchor = f" {{#{heading.anchor}}}" if re.fullmatch(r"[A-Za-z][\w-]*", heading.anchor) else ""
    head = f"{'#' * level} {escaped(heading.text)}{anchor}"
    return f"{head}\n\n> {_spans(heading.note)}" if heading.note else head


def _bold(text: str) -> str:
    return f"**{text}**" if text else ""


def _spans(spans: tuple[Span, ...]) -> str:
    return "".join(map(_span, spans)).strip(" ")


def _span(span: Span) -> str:
    words = escaped(span.text)
    if span.tone in _STRONG:
        words = _bold(words)
    # Emphasis may not begin or end with a space: it stands outside.
    before = " " if span.text[:1].isspace() else ""
    after = " " if span.text[-1:].isspace() and span.text.strip() else ""
    return f"{before}{words}{after}"


def _prose(block: Prose) -> str:
    return "\n\n".join(_spans(paragraph) for paragraph in block.paragraphs)


def _callout(block: Callout) -> str:
    sign = SHAPES.get(block.state, "")
    words = (escaped(sign), _bold(escaped(block.lead)), escaped(block.text))
    return " ".join(filter(None, words))


def _not_supplied(block: NotSupplied) -> str:
    return " ".join(filter(None, (_bold(escaped(block.what)), escaped(block.detail))))


def _status(status: Status) -> str:
    return " ".join(filter(None, (SHAPES.get(status.state, ""), status.word, status.detail)))


def _tiles(block: Tiles) -> str:
    labels = list(dict.fromkeys(item.label for tile in block.tiles for item in tile.references))
    heads = ["Measure", "Value", "Status", *labels]
    rows = [[escaped(text) for text in _tile(tile, labels)] for tile in block.tiles]
    for row in rows:
        row[1] = _bold(row[1])
    legend = ", ".join(
        f"{_status(item.model_copy(update={'detail': ''}))}"
        f"{f': {item.detail}' if item.detail else ''}"
        for item in block.legend
    )
    aligned = [False, True, False, *(True for _ in labels)]
    table = pipe_table([escaped(head) for head in heads], aligned, rows)
    return "\n\n".join(filter(None, (table, escaped(legend), escaped(block.note))))


def _tile(tile: Tile, labels: list[str]) -> list[str]:
    # A unit brings the space before it with it, where it has one.
    value = f"{tile.unit}{tile.text}" if tile.unit_first else f"{tile.text}{tile.unit}"
    references = {item.label: item.text for item in tile.references}
    status = _status(tile.status) if tile.status else ""
    return [tile.label, value.strip(), status, *(references.get(label, "") for label in labels)]


def _table(block: Table) -> str:
    notes = [
        " ".join(filter(None, (escaped(note.mark), _bold(escaped(note.lead)), escaped(note.text))))
        for note in block.footnotes
    ]
    if not block.rows:
        return "\n\n".join(filter(None, (escaped(block.empty), *notes)))
    grid = [[_cell(cell, row) for cell in row.cells] for row in block.rows]
    # A column of drawings alone has no words to print.
    kept = [index for index, _ in enumerate(block.columns) if any(line[index] for line in grid)]
    heads = [_head(block.columns[index]) for index in kept]
    right = [block.columns[index].align in ("right", "decimal") for index in kept]
    rows = [[line[index] for index in kept] for line in grid]
    if any(row.group for row in block.rows):
        heads, right = ["", *heads], [False, *right]
        rows = [
            [_bold(escaped(row.group)), *line] for row, line in zip(block.rows, rows, strict=True)
        ]
    return "\n\n".join((pipe_table(heads, right, rows), *notes))


def _head(column: Column) -> str:
    return escaped(f"{column.over}: {column.label}" if column.over else column.label)


def _cell(cell: Cell, row: Row) -> str:
    drawn = _status(cell.status) if cell.status else "■" * (cell.squares or 0)
    words = escaped(" ".join(filter(None, (drawn, cell.text))))
    if row.total or cell.tone in _STRONG:
        words = _bold(words)
    note = escaped(f"({cell.note})") if cell.note else ""
    mark = escaped(f"[{cell.mark}]") if cell.mark else ""
    return " ".join(filter(None, (words, note, mark)))


def pipe_table(heads: list[str], right: list[bool], rows: list[list[str]]) -> str:
    """Return a pipe table of escaped words; `right` tells which columns are right-aligned.

    The dashes under the heads share out the width by what the columns hold.
    """
    widths = [
        min(
            _WIDEST,
            max(_NARROWEST, *(len(line[index].replace("\\", "")) for line in (heads, *rows))),
        )
        for index, _ in enumerate(heads)
    ]
    rule = [
        f"{'-' * (width - 1)}:" if to_the_right else f":{'-' * (width - 1)}"
        for width, to_the_right in zip(widths, right, strict=True)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in (heads, rule, *rows))


_KINDS: dict[str, Callable[[Any], str]] = {
    "prose": _prose,
    "tiles": _tiles,
    "table": _table,
    "callout": _callout,
    "not_supplied": _not_supplied,
}
