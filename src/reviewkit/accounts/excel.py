"""Reads sheets of Excel workbooks as text: finds the sheet, its header and its rows."""

from __future__ import annotations

import fnmatch
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from ibis.backends.duckdb import Backend

from reviewkit.accounts.cells import SERIAL, Look, text_of
from reviewkit.accounts.headers import require_names, require_same
from reviewkit.accounts.staging import Cells, staged
from reviewkit.accounts.workbooks import LAST_ROW, whole, workbook
from reviewkit.errors import SourceError, nearest
from reviewkit.params.models import Excel

_LOOKED_AT = 100
"""Rows among which the header is looked for."""

_NEVER_COMPUTED = re.compile(
    rb"<(?:\w+:)?c(?P<attributes>\s[^>]*)>\s*"
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ADDRESS = re.compile(rb'\sr="([A-Z]+\d+)"')
_DATUM = re.compile(r"[+-]?[\d.,]*\d[\d.,]*|\d{4}-\d{2}-\d{2}.*")
_BLOCK, _OVERLAP = 1 << 20, 1 << 16


@dataclass(frozen=True)
class _Sheet:
    """A sheet to read: in which workbook, under which header, and where its columns stand."""

    file: Path
    name: str
    header: int
    places: tuple[int, ...]
    names: tuple[str, ...]

    @property
    def shown(self) -> str:
        return f"{self.file.name}, sheet {self.name}"


@contextmanager
def excel_rows(
    con: Backend, files: Sequence[Path], form: Excel, formats: Mapping[str, str], name: str
) -> Iterator[str]:
    """Yield a SELECT of all rows of the sheets chosen; raises `SourceError` where one cannot be.

    `formats` are those of dates, by column: a date cell is written in it. Blank rows are none.
    """
    heads: list[tuple[str, Sequence[str]]] = []
    with staged(con, f"{name}_cells") as stage:
        for file in files:
            with workbook(file) as book:
                for title in _chosen(file, book, form):
                    sheet = _sheet(file, book[title], form)
                    heads.append((sheet.shown, sheet.names))
                    require_same([heads[0], heads[-1]])
                    _require_computed(sheet, book[title])
                    stage.widen(sheet.names)
                    stage.add(_rows(sheet, book, form, formats))
        yield stage.select


# --- which sheet --------------------------------------------------------------------------


def _chosen(file: Path, book: Any, form: Excel) -> list[str]:
    """Return the names of the sheets to read."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    seen = [title for title, sheet in sheets.items() if sheet.sheet_state == "visible"]
    if form.sheet is None:
        return [_only(file, sheets, seen)]
    if form.sheet in sheets:
        return [form.sheet]
    found = fnmatch.filter(seen, form.sheet)
    if not found:
        what = f'{file.name}: has no sheet "{form.sheet}".'
        raise SourceError(f"{what} {nearest(form.sheet, sheets)}")
    return found


def _only(file: Path, sheets: Mapping[str, Any], seen: Sequence[str]) -> str:
    filled = [title for title in seen if any(_filled(row) for row in _first(file, sheets[title]))]
    if len(filled) == 1:
        return filled[0]
    if filled:
        what = f"holds the sheets {', '.join(filled)}."
        raise SourceError(f"{file.name}: {what} Say which: excel: {{sheet: {filled[0]}}}.")
    hidden = [title for title in sheets if title not in seen]
    hint = f"Hidden: {', '.join(hidden)}. Name one as excel: {{sheet: …}}." if hidden else ""
    raise SourceError(f"{file.name}: no visible sheet holds a row. {hint or 'Export it again.'}")


# --- which header -------------------------------------------------------------------------


def _first(file: Path, sheet: Any, rows: int = _LOOKED_AT) -> list[Cells]:
    """Return the first rows of a sheet as text, without the blanks at their ends."""
    look = Look(sheet.title, SERIAL["excel"])
    sheet.reset_dimensions()
    with whole(file):
        cells = list(sheet.iter_rows(max_row=rows))
    return [[_trimmed(text_of(cell, look)) for cell in row] for row in cells]


def _trimmed(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _filled(row: Cells) -> list[int]:
    return [place for place, text in enumerate(row) if text]


def _sheet(file: Path, sheet: Any, form: Excel) -> _Sheet:
    rows = _first(file, sheet, max(_LOOKED_AT, (form.header or 0) + 1))
    shown = f"{file.name}, sheet {sheet.title}"
    number = form.header or _found(shown, rows)
    head = rows[number - 1] if number <= len(rows) else []
    if form.header_rows == 2:
        head = _joined(head, rows[number] if number < len(rows) else [])
    places = _filled(head)
    if not places:
        raise SourceError(f"{shown}: row {number} holds no column names. Correct excel: header.")
    names = tuple(str(head[place]) for place in places)
    require_names(shown, names)
    return _Sheet(file, sheet.title, number + form.header_rows - 1, tuple(places), names)


def _found(shown: str, rows: Sequence[Cells]) -> int:
    """Return the number of the first row with most of its cells filled, if it can be a header."""
    widest = max((len(_filled(row)) for row in rows), default=0)
    hint = "Say which row names the columns: excel: {header: 3}."
    for number, row in enumerate(rows, start=1):
        places = set(_filled(row))
        if 2 * len(places) <= widest:
            continue
        if any(_DATUM.fullmatch(text) for text in row if text):
            raise SourceError(f"{shown}: row {number} looks like data, not like a header. {hint}")
        below = next((set(_filled(later)) for later in rows[number:] if _filled(later)), places)
        if 2 * len(below & places) >= len(below):
            return number
    raise SourceError(f"{shown}: no row looks like a header. {hint}")


def _joined(above: Cells, below: Cells) -> list[str | None]:
    """Return a head of two rows as one: what stands above covers the blanks to its right."""
    joined: list[str | None] = []
    covering: str | None = None
    for place in range(max(len(above), len(below))):
        over = above[place] if place < len(above) else None
        under = below[place] if place < len(below) else None
        covering = over or covering
        joined.append(f"{covering} {under}" if covering and under else under or over)
    return joined


# --- the rows -----------------------------------------------------------------------------


def _rows(
    sheet: _Sheet, book: Any, form: Excel, formats: Mapping[str, str]
) -> Iterator[list[str | None]]:
    plain = Look(sheet.name, book.epoch, form.decimal)
    columns = [
        (place, replace(plain, format=formats.get(name)))
        for place, name in zip(sheet.places, sheet.names, strict=True)
    ]
    with whole(sheet.file):
        for cells in book[sheet.name].iter_rows(sheet.header + 1, LAST_ROW):
            row = [
                text_of(cells[place], look) if place < len(cells) else None
                for place, look in columns
            ]
            if any(text and not text.isspace() for text in row):
                yield row


def _require_computed(sheet: _Sheet, worksheet: Any) -> None:
    """Raise `SourceError` for a formula without a value: a program wrote it, none computed it."""
    with (
        whole(sheet.file),
        zipfile.ZipFile(sheet.file) as packed,
        # The library gives no other way to the text of a sheet.
        packed.open(worksheet._worksheet_path) as text,
    ):
        address = _never_computed(text)
    if address:
        what = f"{sheet.name}!{address} holds a formula that was never computed."
        raise SourceError(f"{sheet.file.name}: {what} Open it in Excel and save it.")


def _never_computed(text: IO[bytes]) -> str | None:
    kept = b""
    while block := text.read(_BLOCK):
        seen = kept + block
        for found in _NEVER_COMPUTED.finditer(seen):
            attributes = found["attributes"]
            # A formula that gives an empty text has a value: that one.
            if b't="str"' not in attributes:
                address = _ADDRESS.search(attributes)
                return address[1].decode() if address else "?"
        kept = seen[-_OVERLAP:]
    return None
