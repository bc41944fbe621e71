"""What a deck is written into: our own master, or the house's, emptied of its slides."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.oxml.ns import qn
from pptx.util import Pt

from reviewkit.blocks import Front
from reviewkit.colours import readable
from reviewkit.errors import RenderError
from reviewkit.render.pptx.look import (
    BOTTOM,
    FACE,
    HEIGHT,
    INK,
    LEFT,
    MEASURE,
    N6,
    PANOSE,
    TITLE,
    TOP,
    WIDTH,
    Box,
)

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FURNITURE = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_DROPPED = ("printerSettings", "commentAuthors", "thumbnail", "custom-properties", "vbaProject")
"""What a deck is handed on without: all of it tells of its past."""

_FACE = {"typeface": FACE, "panose": PANOSE, "pitchFamily": "34", "charset": "0"}
"""The face of our own theme: one of variable width without serifs, where it is not installed."""

_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/extended-properties"><Application>reviewkit'
    b"</Application></Properties>"
)


@dataclass(frozen=True)
class Base:
    """A presentation without slides, its layouts, and the room that a slide has.

    `own` tells that it is our own: its titles may grow downwards.
    """

    deck: Any
    opening: Any
    content: Any
    title: Box
    room: Box
    own: bool

    def add(self, layout: Any) -> Any:
        """Return a new slide with the layout's footer and slide number."""
        slide = self.deck.slides.add_slide(layout)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.type not in (*_TITLES, PP_PLACEHOLDER.SUBTITLE):
                shape._element.getparent().remove(shape._element)
        for shape in layout.placeholders:
            if shape.placeholder_format.type in _FURNITURE:
                copy = deepcopy(shape._element)
                copy.nvSpPr.cNvPr.set("id", str(slide.shapes._next_shape_id))
                slide.shapes._spTree.append(copy)
        return slide


def base(front: Front, house: Path | None) -> Base:
    """Return what the deck is written into; raises `RenderError` for a house's that is none."""
    found = _house(house) if house else _own(front)
    _forget(found.deck)
    return found


def _own(front: Front) -> Base:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _theme(deck.slide_master, readable(front.accent).lstrip("#"))
    for layout in list(deck.slide_layouts):
        if layout._element.get("type") not in ("title", "titleOnly"):
            deck.slide_layouts.remove(layout)
    opening, content = _layouts(deck)
    title = Box(LEFT, TOP, MEASURE, 64.0)
    for holder in (deck.slide_master, opening, content):
        _set_up(holder, title)
    for shape in opening.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE:
            _move(shape, Box(LEFT, 194.0, MEASURE, 92.0))
            _plain(shape, "l", 40.0, INK, "t", bold=True)
        if shape.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE:
            _move(shape, Box(LEFT, 290.0, MEASURE, 60.0))
            _plain(shape, "l", 20.0, N6, "t")
    room = Box(LEFT, title.bottom, MEASURE, BOTTOM - title.bottom)
    return Base(deck, opening, content, title, room, own=True)


def _house(path: Path) -> Base:
    try:
        deck = Presentation(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise RenderError(
            f"{path.name} cannot be read as the house's deck ({type(error).__name__}). "
            "Name a .pptx that PowerPoint opens, or leave it out."
        ) from error
    for item in list(deck.slides._sldIdLst):
        deck.part.drop_rel(item.rId)
        deck.slides._sldIdLst.remove(item)
    opening, content = _layouts(deck)
    wide, tall = (deck.slide_width or 0) / 12700, (deck.slide_height or 0) / 12700
    title = _box(content) or Box(wide * 0.045, tall * 0.06, wide * 0.91, tall * 0.12)
    ends = [
        shape.top / 12700
        for shape in content.placeholders
        if shape.placeholder_format.type in _FURNITURE and shape.top / 12700 > tall / 2
    ]
    top = title.bottom + 6.0
    bottom = min([*ends, tall * 0.93]) - 4.0
    return Base(
        deck, opening, content, title, Box(title.left, top, title.width, bottom - top), own=False
    )


def _layouts(deck: Any) -> tuple[Any, Any]:
    """Return the layouts of the first slide and of the others, by what they are, then by name."""
    layouts = list(deck.slide_layouts)
    if not layouts:
        raise RenderError("The house's deck has no layout. Save it with its slide master.")

    def found(kinds: tuple[str, ...], names: tuple[str, ...]) -> Any:
        by_kind = (x for kind in kinds for x in layouts if x._element.get("type") == kind)
        by_name = (x for name in names for x in layouts if name in x.name.casefold())
        titled = sorted((x for x in layouts if _box(x)), key=lambda x: len(list(x.placeholders)))
        return next(by_kind, None) or next(by_name, None) or (titled or layouts)[0]

    return (
        found(("title",), ("title slide", "titelfolie")),
        found(("titleOnly", "obj"), ("title only", "nur titel")),
    )


def _box(layout: Any) -> Box | None:
    for shape in layout.placeholders:
        if shape.placeholder_format.type in _TITLES and shape.width:
            return Box(
                *(side / 12700 for side in (shape.left, shape.top, shape.width, shape.height))
            )
    return None


def _set_up(holder: Any, title: Box) -> None:
    """Give a master or layout our places: title on top, footer and number at the bottom."""
    for shape in list(holder.placeholders):
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.DATE:
            shape._element.getparent().remove(shape._element)
        elif kind in _TITLES:
            _move(shape, title)
            _plain(shape, "l", TITLE, INK, "t", bold=True)
        elif kind == PP_PLACEHOLDER.FOOTER:
            _move(shape, Box(LEFT, 507.0, 800.0, 22.0))
            _plain(shape, "l", 9.0, N6, "t")
        elif kind == PP_PLACEHOLDER.SLIDE_NUMBER:
            _move(shape, Box(LEFT + MEASURE - 60.0, 507.0, 60.0, 22.0))
            _plain(shape, "r", 9.0, N6, "t")


def _move(shape: Any, box: Box) -> None:
    shape.left, shape.top = Pt(box.left), Pt(box.top)
    shape.width, shape.height = Pt(box.width), Pt(box.height)


def _plain(
    shape: Any, side: str, size: float, colour: str, anchor: str, *, bold: bool = False
) -> None:
    """Set a placeholder's words: no inset, one size and colour, in its list style."""
    body = shape._element.txBody
    own = body.find(qn("a:bodyPr"))
    for name in ("lIns", "rIns", "tIns", "bIns"):
        own.set(name, "0")
    own.set("anchor", anchor)
    for child in list(own):
        own.remove(child)
    style = body.find(qn("a:lstStyle"))
    for child in list(style):
        style.remove(child)
    style.append(
        etree.fromstring(
            f'<a:lvl1pPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            f'marL="0" indent="0" algn="{side}"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc>'
            f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
            f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}"><a:solidFill>'
            f'<a:srgbClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        )
    )


def _theme(master: Any, accent: str) -> None:
    part = next(
        rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme")
    )
    tree = etree.fromstring(part.blob)
    for font in tree.iter(qn("a:latin")):
        if font.getparent().tag in (qn("a:majorFont"), qn("a:minorFont")):
            for name, value in _FACE.items():
                font.set(name, value)
    colours = {
        "dk2": "3D4651",
        "lt2": "F4F5F7",
        "accent1": accent,
        "accent2": "868F9A",
        "accent3": "3D4651",
        "accent4": "5A6470",
        "accent5": "B9C0C8",
        "accent6": "DCE0E5",
        "hlink": accent,
        "folHlink": accent,
    }
    for name, colour in colours.items():
        slot = tree.find(f".//{qn('a:clrScheme')}/{qn('a:' + name)}")
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr")).set("val", colour)
    part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _forget(deck: Any) -> None:
    """Drop what a file tells of its past: its picture, printers, people, properties, sections."""
    package = deck.part.package
    for holder in (package, deck.part):
        for key, rel in list(holder._rels.items()):
            if any(rel.reltype.endswith(name) for name in _DROPPED):
                holder._rels.pop(key)
            elif rel.reltype.endswith("/extended-properties"):
                rel.target_part._blob = _APP
    tree = deck.part._element
    for name in ("p:custShowLst", "p:custDataLst"):
        for element in tree.findall(qn(name)):
            tree.remove(element)
    # Sections of slides that are gone would make PowerPoint offer a repair.
    for element in list(tree.iter("{*}sectionLst")):
        extension = element.getparent()
        extension.getparent().remove(extension)
