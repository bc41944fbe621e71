"""Words on a slide: frames of text without a box, in the deck's sizes and colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from reviewkit.blocks import Span
from reviewkit.render.pptx.look import ACCENT, INK, SMALL, TONES, Box

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SIDES = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
_ANCHORS = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}


@dataclass(frozen=True)
class Run:
    """Words of one dress; those `raised` stand above the line, and smaller."""

    text: str
    size: float
    colour: str = INK
    bold: bool = False
    raised: bool = False


Line = Sequence[Run]
"""A paragraph."""


def place(
    slide: Any,
    box: Box,
    lines: Iterable[Line],
    *,
    side: str = "left",
    stand: str = "top",
    gap: float = 0.0,
) -> Any:
    """Write paragraphs into `box`, whose edges are those of the words; return the frame's shape."""
    shape = slide.shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    frame.vertical_anchor = _ANCHORS[stand]
    fill(frame, lines, side=side, gap=gap)
    return shape


def fill(frame: Any, lines: Iterable[Line], *, side: str = "left", gap: float = 0.0) -> None:
    """Write paragraphs into a frame of text in place of what it holds."""
    paragraph = frame.paragraphs[0]
    for at, line in enumerate(lines):
        paragraph = paragraph if at == 0 else frame.add_paragraph()
        paragraph.alignment = _SIDES[side]
        if gap and at:
            paragraph.space_before = Pt(gap)
        # Without a size of its own an empty line would stand as high as the deck's text.
        size = max((item.size for item in line), default=SMALL)
        etree.SubElement(paragraph._p, qn("a:endParaRPr")).set("sz", str(round(size * 100)))
        for item in line:
            if not item.text:
                continue
            run = paragraph.add_run()
            run.text = clean(item.text)
            run.font.size, run.font.bold = Pt(item.size), item.bold
            paint(run.font.color, item.colour)
            if item.raised:
                run._r.get_or_add_rPr().set("baseline", "30000")


def paint(colour: Any, wanted: str) -> None:
    """Give a colour: the theme's accent, or one of the page's own."""
    if wanted == ACCENT:
        colour.theme_color = MSO_THEME_COLOR.ACCENT_1
    else:
        colour.rgb = RGBColor.from_string(wanted)


def toned(spans: Iterable[Span], size: float, colour: str = INK) -> list[Run]:
    """Return spans as runs: a tone gives its colour, and weight to all but the quiet."""
    return [
        Run(
            span.text,
            size,
            colour if span.tone in ("plain", "strong") else TONES[span.tone],
            span.tone in ("accent", "strong", "missed"),
        )
        for span in spans
    ]


def clean(text: str) -> str:
    """Return text without what XML cannot hold; a line's end is a blank."""
    return _CONTROLS.sub("", text.replace("\r\n", " ").replace("\n", " ").replace("\u200b", ""))


def describe(shape: Any, text: str, name: str = "") -> None:
    """Say what a shape shows, for whoever cannot see it."""
    own = shape._element.xpath(".//p:cNvPr")[0]
    own.set("descr", clean(text))
    if name:
        own.set("name", clean(name))
