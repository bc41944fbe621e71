"""Tables that people wrote in Markdown or HTML, read as tables like ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from reviewkit.blocks import Cell, Column, Row, Table
from reviewkit.render.cell_styles import inline_style

Runs = list[dict[str, Any]]
"""Text in its dress, as the template sets it."""

Words = Callable[[Any], Runs]
"""Gives the runs of a cell's parsed blocks."""

_NUMBER = re.compile(r"[+−-]?\s?[€$£¥]?\s?\d[\d,.’'   ]*%?|nan|NaN|None|<NA>|NaT|–|-?inf|")

_ALIGN = {"AlignRight": "right", "AlignCenter": "center"}


@dataclass(frozen=True)
class Placed:
    """What a body cell holds beyond its words: how many columns it covers, dress and colours."""

    runs: Runs
    across: int = 1
    style: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ForeignTable:
    """A table, what stands above and below it, and its cells that are more than words.

    `heads` columns at the left name the rows. A row that is one cell all across is such a
    cell too: its words stand there and nowhere in `table`.
    """

    table: Table
    above: tuple[str, ...]
    below: tuple[str, ...]
    heads: int
    cells: Mapping[tuple[int, int], Placed]


def read_table(content: Any, words: Words, styles: Mapping[str, Mapping[str, str]]) -> ForeignTable:
    """Return a parsed table as one of ours; columns that hold only figures stand right.

    `styles` gives the colours of cells by their identity.
    """
    _, caption, specs, (_, head), bodies, (_, foot) = content
    rows = [row for body in bodies for part in body[2:] for row in part]
    below = [] if _notes(foot, words) else foot
    both, specs = _without_phantoms(_grid([*head, *rows, *below], len(specs), words, styles), specs)
    count = len(specs)
    above, heads = _titles(both[: len(head)], count)
    grid = both[len(head) :]
    levels = _levels([_spread(row, count) for row in heads])
    labels = levels[-1] if levels else [""] * count
    over = [
        " / ".join(name for name, _ in groupby(level[index] for level in levels[:-1]) if name)
        for index in range(count)
    ]
    columns = tuple(
        Column(
            key=str(index), label=labels[index], over=over[index], align=_align(grid, specs, index)
        )
        for index in range(count)
    )
    texts = [[_text(row.get(index)) for index in range(count)] for row in grid]
    title = " ".join(text for text in (_said(caption[1], words), *above) if text)
    return ForeignTable(
        table=Table(
            columns=columns,
            rows=tuple(
                Row(cells=tuple(Cell(text=text, value=text) for text in row)) for row in texts
            ),
            summary=title or "Table",
        ),
        above=tuple(text for text in (_said(caption[1], words), *above) if text),
        below=tuple(_notes(foot, words)),
        heads=max((int(body[1]) for body in bodies), default=0),
        cells={
            (row, index): placed
            for row, cells in enumerate(grid)
            for index, placed in cells.items()
            if placed.across > 1 or placed.style or _is_rich(placed.runs)
        },
    )


def text_of(runs: Runs) -> str:
    """Return the words of runs, without their dress."""
    text = "".join(" " if run.get("break") else str(run.get("text", "")) for run in runs)
    return " ".join(text.replace("\u200b", "").split())


def _is_rich(runs: Runs) -> bool:
    return any(run.keys() - {"text"} for run in runs)


def _text(placed: Placed | None) -> str:
    """Return the words of a cell; one that covers several columns says nothing on their width."""
    return "" if placed is None or placed.across > 1 else text_of(placed.runs)


def _said(blocks: Any, words: Words) -> str:
    return text_of(words(blocks))


def _align(grid: list[dict[int, Placed]], specs: Any, index: int) -> Any:
    texts = [_text(row.get(index)) for row in grid]
    if any(texts) and all(_NUMBER.fullmatch(text) for text in texts):
        return "decimal"
    return _ALIGN.get(specs[index][0]["t"], "left")


def _titles(
    heads: list[dict[int, Placed]], count: int
) -> tuple[list[str], list[dict[int, Placed]]]:
    """Split head rows: those of one cell all across are titles, the others name columns."""
    above = [row[0] for row in heads if count > 1 and row and row.get(0, _NONE).across == count]
    kept = [row for row in heads if not (count > 1 and row.get(0, _NONE).across == count)]
    return [text_of(placed.runs) for placed in above], kept


def _notes(foot: Any, words: Words) -> list[str]:
    """Return a foot's rows as notes, where each is one cell; [] where it holds totals."""
    if any(len(row[1]) != 1 for row in foot):
        return []
    return [text for row in foot if (text := _said(row[1][0][4], words))]


def _spread(row: dict[int, Placed], count: int) -> list[str]:
    """Return a head row's texts; a text that covers columns stands over each of them."""
    out = [""] * count
    for index, placed in row.items():
        for covered in range(index, min(index + placed.across, count)):
            out[covered] = text_of(placed.runs)
    return out


def _levels(rows: list[list[str]]) -> list[list[str]]:
    """Join rows that complete each other, as pandas names an index below its columns."""
    out: list[list[str]] = []
    for row in rows:
        before = out[-1] if out else []
        if before and not any(up and down for up, down in zip(before, row, strict=True)):
            out[-1] = [up or down for up, down in zip(before, row, strict=True)]
        else:
            out.append(row)
    return out


def _grid(
    rows: list[Any], width: int, words: Words, styles: Mapping[str, Mapping[str, str]]
) -> list[dict[int, Placed]]:
    """Return cells by their column; one that spans rows or columns is stated once."""
    out: list[dict[int, Placed]] = []
    held = [0] * width
    for row in rows:
        cells = iter(row[1])
        found: dict[int, Placed] = {}
        index = 0
        while index < width:
            if held[index]:
                held[index] -= 1
                index += 1
                continue
            cell = next(cells, None)
            if cell is None:
                index += 1
                continue
            attributes, _, down, across, blocks = cell
            across = min(across, width - index)
            style = {
                **styles.get(attributes[0], {}),
                **inline_style(dict(attributes[2]).get("style", "")),
            }
            found[index] = Placed(words(blocks), across, style)
            for covered in range(index, index + across):
                held[covered] = down - 1
            index += across
        out.append(found)
    return out


def _without_phantoms(
    grid: list[dict[int, Placed]], specs: list[Any]
) -> tuple[list[dict[int, Placed]], list[Any]]:
    """Drop columns of empty cells: a span that claims more than there is makes them."""
    said = {index for row in grid for index, placed in row.items() if placed.runs or placed.style}
    kept = sorted(said | {0})
    place = {column: position for position, column in enumerate(kept)}
    rows = [
        {
            place[index]: replace(
                placed, across=sum(index <= column < index + placed.across for column in kept)
            )
            for index, placed in row.items()
            if index in place
        }
        for row in grid
    ]
    return rows, [specs[index] for index in kept if index < len(specs)]


_NONE = Placed([])
