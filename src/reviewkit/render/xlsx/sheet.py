"""One sheet: what it is, the link back, heads, rows, notes, source; set up for paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import xlsxwriter

from reviewkit.blocks import Front
from reviewkit.colours import readable
from reviewkit.render import signs
from reviewkit.render.shown import Value
from reviewkit.render.xlsx.forms import TEXT, held
from reviewkit.render.xlsx.grids import Entry, Grid, longest
from reviewkit.render.xlsx.names import plain
from reviewkit.speech import say

INK, N6, N2, WHITE, BLACK = "#1A2028", "#5A6470", "#DCE0E5", "#FFFFFF", "#000000"
NARROW, WIDE, LEAST = 8.0, 48.0, 100.0
"""Widths in signs: of a column at least and at most, and of what stands across a sheet."""

LINE, ROW = 13.5, 17.0
"""Heights in points: of a line of words, and of a row that has one."""

HEAD_ROWS = 6
"""Rows above a grid's own: band, title, note, chapter, identity, and the link back."""

PAPERS = {"a4": 9, "letter": 1}


@dataclass(frozen=True)
class Sheet:
    """What a sheet shows: the finding as its title, and the grid below."""

    name: str
    title: str
    chapter: str
    note: str
    grid: Grid

    @property
    def top(self) -> int:
        """The grid's first row, counted from 0; its heads stand above."""
        return HEAD_ROWS + 1 + any(self.grid.over)


class Looks:
    """The workbook, and its formats by what they are for; each is made once."""

    def __init__(self, book: xlsxwriter.Workbook, front: Front) -> None:
        self.book, self.front = book, front
        self.internal = front.audience == "internal"
        self._accent = readable(front.accent)
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        """Return the format of `properties`, in the face and ink of the workbook."""
        whole = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "vcenter"}
        key = tuple(sorted((whole | properties).items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(dict(key))
        return self._made[key]

    @property
    def title(self) -> Any:
        """The finding at the head of a sheet."""
        return self.of(font_size=14, bold=True, text_wrap=True)

    @property
    def small(self) -> Any:
        """Notes, source and confidentiality."""
        return self.of(font_size=9, font_color=N6, text_wrap=True)

    @property
    def link(self) -> Any:
        """What leads to another sheet."""
        return self.of(font_color=self._accent, underline=1)

    @property
    def band(self) -> Any:
        """The bar across an internal version."""
        return self.of(bold=True, font_color=WHITE, bg_color=BLACK)

    def head(self, right: bool) -> Any:
        """Return the format of a column's head."""
        side = {"align": "right"} if right else {"align": "left", "indent": 1}
        return self.of(
            bold=True, text_wrap=True, valign="bottom", bottom=1, bottom_color=INK, **side
        )

    def cell(self, form: str, entry: Entry, *, right: bool, total: bool) -> Any:
        """Return the format of a cell that holds a number, a day or words."""
        style: dict[str, Any] = {"num_format": form, "bold": total, "text_wrap": form == TEXT}
        style |= {"valign": "top"}
        style |= {"align": "right"} if right else {"align": "left", "indent": 1}
        style |= {"top": 1, "top_color": INK} if total else {"bottom": 4, "bottom_color": N2}
        style |= {"font_color": self._accent, "underline": 1} if entry.link else {}
        return self.of(**style)


def write_contents(looks: Looks, sheets: tuple[Sheet, ...]) -> None:
    """Write the sheet that lists all others, each with what it states."""
    rows = tuple((Entry(sheet.name, f"#{sheet.name}"), Entry(sheet.title)) for sheet in sheets)
    grid = Grid(heads=(say("Sheet"), say("What it shows")), over=("", ""), rows=rows)
    front = looks.front
    sheet = Sheet(say("Contents"), front.title or front.report, "", "", grid)
    write_sheet(looks, sheet, {item.name: (item.name, 0) for item in sheets}, back=False)


def write_sheet(
    looks: Looks, sheet: Sheet, anchors: Mapping[str, tuple[str, int]], *, back: bool = True
) -> None:
    """Write one sheet; `anchors` gives the sheet and row of every target of links."""
    page = looks.book.add_worksheet(sheet.name)
    _Writer(looks, page, sheet, anchors).write(back=back)


class _Writer:
    def __init__(
        self, looks: Looks, page: Any, sheet: Sheet, anchors: Mapping[str, tuple[str, int]]
    ) -> None:
        self._looks, self._page, self._sheet, self._anchors = looks, page, sheet, anchors
        self._widths = _widths(sheet.grid)
        self._right = [_is_right(sheet.grid, at) for at in range(len(self._widths))]

    def write(self, *, back: bool) -> None:
        """Write all of the sheet, from the top down."""
        page, grid = self._page, self._sheet.grid
        for at, width in enumerate(self._widths):
            page.set_column(at, at, width, self._looks.of())
        self._opening(back=back)
        self._heads()
        for at, row in enumerate(grid.rows):
            self._height(self._sheet.top + at, [entry.value for entry in row])
            for column, entry in enumerate(row):
                self._cell(self._sheet.top + at, column, entry, at)
        self._closing(self._sheet.top + len(grid.rows) + 1)
        self._paper()

    def _opening(self, *, back: bool) -> None:
        looks, front = self._looks, self._looks.front
        if looks.internal:
            self._across(0, ". ".join(signs.band(front)), looks.band)
        self._across(1, self._sheet.title, looks.title, size=14)
        self._across(2, self._sheet.note, looks.small)
        self._across(3, self._sheet.chapter, looks.small)
        self._across(4, f"{front.client} · {signs.report_line(front)}".strip(" ·"), looks.small)
        if back:
            target = say("Contents")
            self._page.write_url(5, 0, f"internal:'{target}'!A1", looks.link, f"← {target}")

    def _across(self, row: int, text: str, form: Any, size: int = 10) -> None:
        """Write a line across all columns, as high as its text needs."""
        if not text:
            return
        text = plain(text)
        self._page.set_row(row, 1.35 * size * _lines(text, self._across_width() * 11 / size))
        last = self._across_last()
        if last:
            self._page.merge_range(row, 0, row, last, "", form)
        self._page.write_string(row, 0, text, form)

    def _across_last(self) -> int:
        """Return the last column of what stands across: beyond the grid where that is narrow."""
        more = max(0.0, LEAST - sum(self._widths)) / NARROW
        return len(self._widths) - 1 + ceil(more)

    def _across_width(self) -> float:
        return max(sum(self._widths), LEAST)

    def _height(self, row: int, values: Sequence[Value], size: float = 1.0) -> None:
        """Make a row as high as its words need; numbers and days stand in one line."""
        lines = [
            _lines(value, (width - 2) / size)
            for value, width in zip(values, self._widths, strict=False)
            if isinstance(value, str)
        ]
        if max(lines, default=1) > 1:
            self._page.set_row(row, LINE * max(lines) + ROW - LINE)

    def _heads(self) -> None:
        grid, row = self._sheet.grid, self._sheet.top - 1
        self._height(row, grid.heads, 1.1)
        for at, head in enumerate(grid.heads):
            self._page.write_string(row, at, plain(head), self._looks.head(self._right[at]))
        for first, last, text in _spans(grid.over):
            form = self._looks.of(bold=True, align="center", bottom=4, bottom_color=N6)
            if last > first:
                self._page.merge_range(row - 1, first, row - 1, last, "", form)
            self._page.write_string(row - 1, first, plain(text), form)

    def _cell(self, row: int, column: int, entry: Entry, at: int) -> None:
        grid = self._sheet.grid
        value, number_form = held(entry.value)
        target = self._anchors.get(entry.link.removeprefix("#")) if entry.link else None
        entry = entry if target else Entry(entry.value)
        right, total = self._right[column], at in grid.totals
        form = self._looks.cell(number_form, entry, right=right, total=total)
        if isinstance(value, str):
            self._text(row, column, plain(value), form, target)
        elif isinstance(value, dt.date):
            moment = dt.datetime.combine(value, dt.time())
            self._page.write_datetime(row, column, moment, form)
        else:
            self._page.write_number(row, column, value, form)

    def _text(
        self, row: int, column: int, text: str, form: Any, target: tuple[str, int] | None
    ) -> None:
        if target and text:
            name, line = target
            place = f"internal:'{_quoted(name)}'!A{line + 1}"
            self._page.write_url(row, column, place, form, text)
        elif text:
            self._page.write_string(row, column, text, form)
        else:
            self._page.write_blank(row, column, None, form)

    def _closing(self, row: int) -> None:
        front = self._looks.front
        lines = (*self._sheet.grid.notes, front.source, signs.closing(front))
        for at, line in enumerate(line for line in lines if line):
            self._across(row + at, line, self._looks.small, size=9)

    def _paper(self) -> None:
        page, front = self._page, self._looks.front
        page.hide_gridlines(2)
        page.set_default_row(ROW)
        page.freeze_panes(self._sheet.top, 0)
        page.repeat_rows(self._sheet.top - 1)
        page.set_paper(PAPERS[front.paper])
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
        page.set_header(f"&L&9{_escaped(front.client)}&R&9{_escaped(front.provider)}")
        page.set_footer(f"&L&9{_escaped(signs.closing(front))}&R&9&P / &N")
        if self._looks.internal:
            page.set_tab_color(BLACK)


def _widths(grid: Grid) -> list[float]:
    """Return the widths of columns in signs: as wide as what they hold, within bounds."""
    columns = []
    wide = WIDE if len(grid.heads) > 2 else 2 * WIDE
    for at, head in enumerate(grid.heads):
        lengths = [longest(row[at].value) for row in grid.rows if at < len(row)]
        words = [len(word) + 1 for word in head.split()]
        columns.append(float(min(max([*lengths, *words, NARROW - 2]) + 2, wide)))
    return columns


def _lines(text: str, room: float) -> int:
    """Return how many lines `text` takes in a column `room` signs wide."""
    return sum(ceil(max(len(line), 1) / max(room, 1.0)) for line in text.split("\n"))


def _is_right(grid: Grid, at: int) -> bool:
    values = [row[at].value for row in grid.rows if at < len(row) and row[at].value != ""]
    return bool(values) and sum(not isinstance(value, str) for value in values) * 2 >= len(values)


def _spans(over: tuple[str, ...]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for at, text in enumerate(over):
        if text and found and found[-1][1] == at - 1 and found[-1][2] == text:
            found[-1] = (found[-1][0], at, text)
        elif text:
            found.append((at, at, text))
    return found


def _quoted(name: str) -> str:
    return name.replace("'", "''")


def _escaped(text: str) -> str:
    """Return text for a header or footer, where an ampersand begins a code."""
    return plain(text).replace("\n", " ")[:110].replace("&", "&&")
