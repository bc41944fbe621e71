"""Widths of table columns, worked out from the words in the cells.

Figures stand as wide as they are and never wrap; words share what is left, and give way
where they can break. All widths are in points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from reviewkit.blocks import Cell, Column, Table
from reviewkit.render.fonts import text_width

TEXT, SMALL = 9.0, 7.5
SHAPE = 11.0
"""A drawn status with the space after it."""

PADS = (6.0, 5.0, 4.0, 3.0)
"""On either side of a cell, except at the edges of the table; less before words must wrap."""

_FIGURE = re.compile(r"[<>≤≥~±+−-]?\s?[€$£¥]?\s?\d[\d,.’'\u00a0\u202f ]*?(?P<tail>[.,]\d{1,4})?")

_WORDED = re.compile(r"\d\s+[^\W\d_]{5,}")
"""A figure with what it counts, which may stand below it: 23 responses."""

_TREND, _DOTS, _BAR = 40.0, 64.0, 40.0
_SLACK = 0.5
_FLOOR = 24.0

_LONGEST = (math.inf, 90.0, 72.0, 54.0, 40.0)
"""Room that the longest word of a column may claim, in points: less where room is scarce."""


@dataclass(frozen=True)
class Widths:
    """The width of each column, and of the column that names groups (0: there is none)."""

    columns: tuple[float, ...]
    group: float
    pad: float

    def inner(self, index: int) -> float:
        """Return the room for words in column `index`."""
        left = self.pad if index or self.group else 0.0
        right = self.pad if index < len(self.columns) - 1 else 0.0
        return self.columns[index] - left - right


@dataclass(frozen=True)
class _Need:
    """What a column would take unwrapped, the least it can live with, and its share of the rest.

    A `firm` one holds figures, which are never broken.
    """

    natural: float
    least: float
    grow: float
    firm: bool = False


def column_widths(table: Table, measure: float, *, fill: bool = True) -> Widths:
    """Return widths that fill `measure`; without `fill`, no wider than the words need."""
    group = _group_width(table)
    count = len(table.columns)
    needs = _under_heads(table, [_need(table, index, measure) for index in range(count)])
    natural = sum(need.natural for need in needs)
    edges = 2 * count - (1 if group else 2)
    pad = next((pad for pad in PADS if natural + group + pad * edges <= measure), PADS[-1])
    room = measure - group - pad * edges
    inner = _shared(needs, room) if fill or natural > room else [need.natural for need in needs]
    columns = tuple(
        round(width + _sides(index, count, group) * pad, 3) for index, width in enumerate(inner)
    )
    return Widths(columns=columns, group=round(group, 3), pad=pad)


def _sides(index: int, count: int, group: float) -> int:
    return (1 if index or group else 0) + (1 if index < count - 1 else 0)


def reach(table: Table, position: int, index: int) -> int:
    """Return how many columns a cell covers.

    In totals and below them a label runs on over empty cells; everywhere else it is 1.
    """
    cells = table.rows[position].cells
    if not cells[index].text or table.columns[index].align != "left":
        return 1
    if index + 1 == len(cells) or not _is_empty(cells[index + 1]):
        return 1
    if not any(row.total for row in table.rows[: position + 1]):
        return 1
    count = 1
    while index + count < len(cells) and _is_empty(cells[index + count]):
        if table.columns[index + count].align != "left":
            break
        count += 1
    return count


def _is_empty(cell: Cell) -> bool:
    drawn = (cell.status, cell.trend, cell.bar, cell.dots, cell.squares)
    return not cell.text and all(item is None for item in drawn)


def pads(table: Table, index: int) -> list[float]:
    """Return the room each figure leaves to its right, so that decimal points stand in line."""
    column = table.columns[index]
    if column.align != "decimal":
        return [0.0] * len(table.rows)
    tails: list[float | None] = []
    for row in table.rows:
        cell = row.cells[index]
        match = _FIGURE.fullmatch(cell.text.strip()) if cell.text else None
        weight = cell_weight(cell, column, row.total)
        tails.append(text_width(match["tail"] or "", TEXT, weight) if match else None)
    widest = max((tail for tail in tails if tail is not None), default=0.0)
    return [0.0 if tail is None else round(widest - tail, 3) for tail in tails]


def lines(text: str, width: float, weight: int = 400) -> int:
    """Return how many lines `text` takes in `width`."""
    count, used = 1, 0.0
    for word in text.split(" "):
        wide = text_width(word, TEXT, weight)
        if used and used + text_width(" ", TEXT) + wide > width:
            count, used = count + 1, wide
        else:
            used += wide + (text_width(" ", TEXT) if used else 0.0)
    return count


def cell_weight(cell: Cell, column: Column, total: bool) -> int:
    """Return the weight of a cell's words: a tone, a total or the figure under review is 600."""
    if cell.tone is not None:
        return 600 if cell.tone in ("accent", "strong", "missed") else 400
    return 600 if total or column.role == "actual" else 400


def drawn_before(cell: Cell) -> float:
    """Return the width of what is drawn before a cell's words."""
    squares = min(cell.squares, 6) * 6.3 + 5.0 if cell.squares else 0.0
    return squares + (SHAPE if cell.status else 0.0)


def _need(table: Table, index: int, measure: float) -> _Need:
    column = table.columns[index]
    cells = [
        (row.cells[index], row.total)
        for position, row in enumerate(table.rows)
        if reach(table, position, index) == 1
    ]
    head = text_width(column.label, SMALL, 600) + _SLACK
    if any(cell.bar for cell, _ in cells):
        return _Need(max(head, _BAR), max(head, _BAR), column.grow)
    if any(cell.dots for cell, _ in cells):
        return _Need(max(head, _DOTS), max(head, _DOTS), column.grow)
    trend = _TREND if any(cell.trend for cell, _ in cells) else 0.0
    shift = max(pads(table, index), default=0.0)
    natural = max([head, trend, *(_cell_natural(cell, column, total) for cell, total in cells)])
    if shift:
        natural = max(
            natural,
            *(
                _cell_natural(row.cells[index], column, row.total) + pad
                for row, pad in zip(table.rows, pads(table, index), strict=True)
            ),
        )
    figures = column.align != "left" or column.role not in ("text", "id")
    worded = any(_WORDED.search(cell.text) for cell, _ in cells)
    if figures and natural <= measure / 4 and not worded:
        return _Need(natural, natural, column.grow, firm=True)
    words = [
        drawn_before(cell) + text_width(word, TEXT, cell_weight(cell, column, total))
        for cell, total in cells
        for word in _breaks(cell.text)
    ]
    least = max([*(text_width(word, SMALL, 600) for word in _breaks(column.label)), *words, 0.0])
    return _Need(natural, min(least + _SLACK, natural), column.grow)


def _under_heads(table: Table, needs: list[_Need]) -> list[_Need]:
    """Widen columns whose spanning head is wider than they are together."""
    start = 0
    for over, same in groupby(table.columns, key=lambda column: column.over):
        end = start + len(list(same))
        lacks = text_width(over, SMALL) + _SLACK - sum(need.natural for need in needs[start:end])
        lacks -= 2 * PADS[-1] * (end - start - 1)
        if over and lacks > 0:
            share = lacks / (end - start)
            for index in range(start, end):
                need = needs[index]
                needs[index] = replace(need, natural=need.natural + share, least=need.least + share)
        start = end
    return needs


def _cell_natural(cell: Cell, column: Column, total: bool) -> float:
    width = drawn_before(cell) + text_width(cell.text, TEXT, cell_weight(cell, column, total))
    if cell.status:
        strong = cell.status.state in ("missed", "at_risk")
        width += text_width(cell.status.word, TEXT, 600 if strong else 400)
        width += text_width(" " + cell.status.detail, TEXT) if cell.status.detail else 0.0
        width += 4.0 if cell.text and cell.status.word else 0.0
    if cell.mark:
        width += 1.6 + text_width(cell.mark, 7.0)
    return max(width, min(text_width(cell.note, SMALL), 150.0)) + _SLACK


def _breaks(text: str) -> list[str]:
    return re.split(r"[\s\u200b]+", text)


def _shared(needs: Sequence[_Need], room: float) -> list[float]:
    """Return inner widths that sum to `room`."""
    growing = [need.grow for need in needs]
    if not any(growing):
        # No column asked for the rest: words take it, else the first column.
        texts = [need.natural if need.least < need.natural else 0.0 for need in needs]
        growing = texts if any(texts) else [1.0, *([0.0] * (len(needs) - 1))]
    natural = sum(need.natural for need in needs)
    if natural <= room:
        return _grown([need.natural for need in needs], growing, room - natural)
    # Where the longest words leave no room to the others, they are broken, and only they.
    for longest in _LONGEST:
        broken = [need if need.firm else _at_most(need, longest) for need in needs]
        if sum(need.least for need in broken) <= room:
            return _fair(broken, room)
    least = sum(need.least for need in needs)
    floors = [min(need.least, _FLOOR) for need in needs]
    if sum(floors) >= room:
        return [room * floor / sum(floors) for floor in floors]
    share = (room - sum(floors)) / (least - sum(floors))
    return [floor + (need.least - floor) * share for need, floor in zip(needs, floors, strict=True)]


def _at_most(need: _Need, longest: float) -> _Need:
    return replace(need, least=min(need.least, longest))


def _fair(needs: Sequence[_Need], room: float) -> list[float]:
    """Return widths between least and natural: narrow columns keep theirs, wide ones give way."""

    def at(level: float) -> list[float]:
        return [min(need.natural, max(need.least, level * (need.grow or 1.0))) for need in needs]

    low, high = (
        0.0,
        max(need.natural for need in needs)
        / min((need.grow for need in needs if need.grow), default=1.0),
    )
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(at(middle)) <= room else (low, middle)
    widths = at(low)
    return _grown(widths, [1.0] * len(widths), room - sum(widths))


def _grown(widths: Iterable[float], growing: Sequence[float], rest: float) -> list[float]:
    total = sum(growing)
    return [width + rest * grow / total for width, grow in zip(widths, growing, strict=True)]


def _group_width(table: Table) -> float:
    """Return the width that names groups: a name may wrap where its group has rows enough."""
    names = group_spans(table)
    if not names:
        return 0.0
    widest = max(
        text_width(name, TEXT, 600)
        if span < len(name.split(" "))
        else max(text_width(word, TEXT, 600) for word in name.split(" "))
        for name, span in names
    )
    return min(widest, 120.0) + _SLACK + 8.0


def group_spans(table: Table) -> tuple[tuple[str, int], ...]:
    """Return each group's name with the number of rows it spans; none if nothing is grouped.

    A total opens a span of its own, and so do rows before the first name.
    """
    if not any(row.group for row in table.rows):
        return ()
    spans: list[tuple[str, int]] = []
    after_total = False
    for row in table.rows:
        if row.group or row.total != after_total or not spans:
            spans.append((row.group, 1))
        else:
            name, count = spans[-1]
            spans[-1] = (name, count + 1)
        after_total = row.total
    return tuple(spans)
