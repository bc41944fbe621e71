"""Writes the workbook; with `sheet`, the only module that knows XlsxWriter."""

from __future__ import annotations

import io
from dataclasses import dataclass

import xlsxwriter

from reviewkit.blocks import Chart, Front, Table, Tiles
from reviewkit.render.document import Document
from reviewkit.render.notes import Notes
from reviewkit.render.packed import dated, settled
from reviewkit.render.sections import Section, sections
from reviewkit.render.xlsx.grids import Grid, chart_grid, table_grid, tiles_grid
from reviewkit.render.xlsx.names import Names, plain
from reviewkit.render.xlsx.sheet import Looks, Sheet, write_contents, write_sheet
from reviewkit.speech import say, speaking

DEFINITIONS = "definitions"
"""Anchor of the page whose table explains the measures."""

_OPTIONS = {
    "in_memory": True,
    # Text is text, whatever it looks like.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(document: Document) -> bytes:
    """Return the figures behind the tables, charts and tiles of `document` as a workbook.

    A sheet for each, led by a contents sheet. Every number is rounded as the page prints it;
    nothing is hidden, nothing is a formula, no link leads out. The same document gives the
    same bytes.
    """
    with speaking(document.front.language):
        sheets = _sheets(document)
        return settled(_written(document.front, sheets), dated(document.front))


def _written(front: Front, sheets: tuple[Sheet, ...]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties(
        {
            "title": plain(front.title),
            "author": plain(front.author),
            "keywords": plain(", ".join(front.keywords)),
            "created": dated(front),
        }
    )
    looks = Looks(book, front)
    anchors = {
        anchor: (sheet.name, sheet.top + row)
        for sheet in sheets
        for anchor, row in sheet.grid.anchors.items()
    }
    write_contents(looks, sheets)
    for sheet in sheets:
        write_sheet(looks, sheet, anchors)
    book.close()
    return out.getvalue()


@dataclass(frozen=True)
class _Found:
    section: Section
    grid: Grid


def _sheets(document: Document) -> tuple[Sheet, ...]:
    found = _grids(document)
    names = Names()
    names.of(say("Contents"))
    out = []
    for item in found:
        section = item.section
        chapter = section.chapter.text if section.chapter and section.heading else ""
        out.append(
            Sheet(
                name=names.of(section.name or say("Table")),
                title=section.title,
                chapter=chapter,
                note=section.note,
                grid=item.grid,
            )
        )
    return tuple(out)


def _grids(document: Document) -> list[_Found]:
    decimal = document.front.decimal
    notes, found = Notes(), []
    for section in sections(document):
        for part in section.parts:
            match part:
                case Table():
                    found.append(_Found(section, table_grid(part, decimal)))
                case Tiles():
                    found.append(_Found(section, tiles_grid(part, decimal)))
                case Chart():
                    grid = chart_grid(part, decimal)
                    if grid is not None:
                        found.append(_Found(section, grid))
                    else:
                        notes.add(0, f"a chart's figures are not in the workbook: {part.alt[:80]}")
                case _:
                    pass
    return found
