"""Writes the deck; with its siblings, the only module that knows python-pptx."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Pt

from reviewkit.blocks import Front
from reviewkit.render import signs
from reviewkit.render.document import Document
from reviewkit.render.notes import Notes
from reviewkit.render.packed import dated, settled
from reviewkit.render.parts import Part
from reviewkit.render.pptx import marks
from reviewkit.render.pptx.base import Base, base
from reviewkit.render.pptx.items import Canvas, kind_of, stack
from reviewkit.render.pptx.look import (
    ACCENT,
    BLACK,
    LEFT,
    N6,
    N7,
    SMALL,
    TITLE,
    WHITE,
    WIDTH,
    Box,
    high,
)
from reviewkit.render.pptx.pages import NOTE_SIZE, Frame, Page, pages
from reviewkit.render.pptx.speaker import definitions, spoken_notes
from reviewkit.render.pptx.words import Run, clean, paint, place
from reviewkit.render.sections import sections
from reviewkit.speech import say, speaking


def write_pptx(document: Document, house: Path | None = None) -> bytes:
    """Return `document` as slides of 16:9, or as slides of the `house`'s own deck.

    Tables and charts are native and can be edited; the workbooks inside charts hold the
    figures as printed and no others. Notes are empty for the client. The same document
    gives the same bytes. Raises `RenderError` for a house's deck that cannot be read.
    """
    with speaking(document.front.language):
        return settled(_written(document, house), dated(document.front))


def _written(document: Document, house: Path | None) -> bytes:
    front, notes = document.front, Notes()
    ground = base(front, house)
    _opening(ground, front)
    size = TITLE
    frame = Frame(ground.title, ground.room, size, ground.own, front.decimal)
    found = pages(sections(document, side_by_side=True), frame)
    # What is said beside a slide stays in the house.
    known = definitions(document) if front.audience == "internal" else {}
    for page in found:
        slide = _slide(ground, frame, page, front, notes)
        beside = spoken_notes(page.parts, known)
        if beside:
            slide.notes_slide.notes_text_frame.text = clean(beside)
    _told(document, notes)
    _properties(ground.deck, front)
    _speak(ground.deck, front.language)
    out = io.BytesIO()
    ground.deck.save(out)
    return out.getvalue()


def _opening(ground: Base, front: Front) -> None:
    slide = ground.add(ground.opening)
    for shape in slide.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE:
            shape.text_frame.text = clean(front.period)
    title = slide.shapes.title
    if title is not None:
        title.text_frame.text = clean(front.report or front.title)
    if ground.own:
        marks.stroke(slide.shapes, [(LEFT, 178.0), (LEFT + 96.0, 178.0)], ACCENT, 3.0)
        place(slide, Box(LEFT, 140.0, 876.0, 28.0), [[Run(front.client, 20.0, ACCENT, bold=True)]])
        place(slide, Box(LEFT, 40.0, 876.0, 20.0), [[Run(front.provider, 14.0, N7, bold=True)]])
        lines = [[Run(front.source, SMALL, N6)]] if front.source else []
        place(slide, Box(LEFT, 452.0, 700.0, 40.0), lines)
    _furniture(slide, front, ground)


def _slide(ground: Base, frame: Frame, page: Page, front: Front, notes: Notes) -> Any:
    slide = ground.add(ground.content)
    title = slide.shapes.title
    text = clean(page.title)
    if title is None:
        place(slide, ground.title, [[Run(text, TITLE, bold=True)]])
    else:
        title.text_frame.text = text
        if not ground.own:
            _fit(title, text, ground.title)
        else:
            box = ground.title
            title.left, title.top, title.width = Pt(box.left), Pt(box.top), Pt(box.width)
            title.height = Pt(high(text, box.width, TITLE, 600) + 4.0)
    kicker = f"{page.chapter}, {say('continued')}" if page.again else page.chapter
    if ground.own and page.chapter != page.title:
        place(slide, Box(LEFT, 15.0, 700.0, 13.0), [[Run(kicker, 10.0, ACCENT, bold=True)]])
    top = frame.top(page)
    if page.note:
        above = Box(frame.room.left, top - frame.note(page), frame.room.width, frame.note(page))
        place(slide, above, [[Run(page.note, NOTE_SIZE, N6)]])
    box = Box(frame.room.left, top, frame.room.width, frame.room.bottom - top)
    stack(Canvas(slide, front.decimal, notes), box, page.parts)
    _furniture(slide, front, ground)
    return slide


def _fit(title: Any, text: str, box: Box) -> None:
    """Set a title smaller where it would not fit the house's own place for it."""
    for size in (28.0, 24.0, 20.0, 18.0, 16.0, 14.0):
        if high(text, box.width - 14.4, size, 600) <= box.height - 7.2 or size == 14.0:
            break
    for run in title.text_frame.paragraphs[0].runs:
        run.font.size = Pt(size)


def _furniture(slide: Any, front: Front, ground: Base) -> None:
    """Write the footer, and on an internal version the band across the top."""
    own = (front.client, signs.report_line(front), signs.closing(front))
    line = " · ".join(part for part in own if part)
    written = False
    for shape in slide.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
            shape.text_frame.text = clean(line)
            written = True
    if not written:
        wide, tall = ground.deck.slide_width / 12700, ground.deck.slide_height / 12700
        place(slide, Box(ground.room.left, tall - 26.0, wide * 0.8, 14.0), [[Run(line, SMALL, N6)]])
    if front.audience == "internal":
        wide = ground.deck.slide_width
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, wide, Pt(13.0))
        shape.fill.solid()
        paint(shape.fill.fore_color, BLACK)
        shape.line.fill.background()
        marks.unstyled(shape)
        band = [[Run(". ".join(signs.band(front)), 8.5, WHITE, bold=True)]]
        place(slide, Box(LEFT, 1.0, WIDTH - 2 * LEFT, 11.0), band)


def _told(document: Document, notes: Notes) -> None:
    """Name in the log what the deck does not carry."""
    for part, cell in document.placed():
        for inner in _leaves(part):
            if kind_of(inner) is None:
                name = type(inner).__name__.removesuffix("Part")
                notes.add(cell, f"the deck does not carry it: {name}")


def _leaves(part: Part) -> list[Part]:
    from reviewkit.render.sections import opened

    return list(opened((part,)))


def _properties(deck: Any, front: Front) -> None:
    own = deck.core_properties
    own.title, own.author = clean(front.title), clean(front.author)
    own.last_modified_by = clean(front.author)
    own.keywords = clean(", ".join(front.keywords))
    own.subject, own.comments, own.category = "", "", ""
    own.language, own.revision = front.language, 1


def _speak(deck: Any, language: str) -> None:
    """Say of every word which language it is in, for spelling and for reading aloud."""
    for slide in deck.slides:
        for name in ("a:rPr", "a:endParaRPr"):
            for item in slide._element.iter(qn(name)):
                item.set("lang", language)
        for run in slide._element.iter(qn("a:r"), qn("a:fld")):
            if run.find(qn("a:rPr")) is None:
                run.get_or_add_rPr().set("lang", language)
