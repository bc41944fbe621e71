"""Reads workbooks and decks back with other programs' libraries, as a reader would see them."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
from openpyxl.cell import Cell as BookCell
from pptx import Presentation

from reviewkit.blocks import Block, Front, Table, walk
from reviewkit.render.document import Document


def document(*parts: Block, **front: Any) -> Document:
    """A document of ours that holds `parts`."""
    known = {
        "client": "Acme Motors",
        "report": "Quarterly business review",
        "period": "July to September 2026",
        "provider": "Meridian Logistics",
        "title": "Acme Motors: Quarterly business review",
        "language": "en-GB",
        "source": "Source: Transport system. Data to 30 Sept 2026.",
        "confidentiality": "Confidential. Prepared for Acme Motors.",
    }
    return Document(front=Front(**(known | front)), parts=parts, ours=True)


def book(data: bytes) -> Any:
    """A workbook read back."""
    return openpyxl.load_workbook(io.BytesIO(data))


def deck(data: bytes) -> Any:
    """A deck read back."""
    return Presentation(io.BytesIO(data))


def shown(cell: BookCell, decimal: str = ".") -> str:
    """What a spreadsheet prints in a cell, by its value and number format."""
    value, form = cell.value, cell.number_format
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value.day} {value:%b} {value.year}"
    if isinstance(value, str):
        return value
    above, below, level = form.split(";")
    section = above if value > 0 else below if value < 0 else level
    exact = abs(Decimal(str(value))) * (100 if "%" in re.sub('"[^"]*"', "", section) else 1)
    places = len(match[1]) if (match := re.search(r"0\.(0+)", section)) else 0
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert rounded == exact.normalize(), f"{value!r} holds more than {form} prints"
    group = "," if decimal == "." else "."
    digits = f"{rounded:,.{places}f}" if "#,##" in section else f"{rounded:.{places}f}"
    digits = digits.translate(str.maketrans({",": group, ".": decimal}))
    return re.sub(r"(#,##)?0(\.0+)?", "@", section, count=1).replace('"', "").replace("@", digits)


def rows(page: Any, heads: int) -> list[tuple[BookCell, ...]]:
    """The rows of a sheet's grid; `heads` is the row of its heads, counted from 1."""
    found = []
    wide = max((cell.column for cell in page[heads] if cell.value), default=1)
    for row in page.iter_rows(min_row=heads + 1, max_col=wide):
        if row[0].coordinate in page.merged_cells or all(cell.value is None for cell in row):
            break
        found.append(row)
    return found


def head_row(page: Any) -> int:
    """The row of a sheet's heads: the last that is repeated on every printed page."""
    return int(page.print_title_rows.split(":")[-1].strip("$"))


def tables(document: Document) -> Iterator[Table]:
    """The tables of a document."""
    for part in document.parts:
        for block in walk(part):
            if isinstance(block, Table):
                yield block


def loose(text: str) -> str:
    """Text as it is compared across programs: all blanks alike, none at the ends."""
    return " ".join(re.sub("[\u00a0\u202f\u2009\u200b]", " ", text).split())


def words(slide: Any) -> list[str]:
    """Every text on a slide, those in groups and tables too."""
    found: list[str] = []
    todo = list(slide.shapes)
    while todo:
        shape = todo.pop()
        if shape.shape_type == 6:
            todo += list(shape.shapes)
        elif shape.has_text_frame:
            found.append(shape.text_frame.text)
        elif getattr(shape, "has_table", False) and shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return found
