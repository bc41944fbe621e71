"""What the typeface can print, and the part of it that a page needs; knows fontTools."""

from __future__ import annotations

import base64
import io
import re
from functools import cache, lru_cache
from html import unescape
from importlib.metadata import version
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from reviewkit.render.cache import kept
from reviewkit.render.typeface import FONT_FOLDER, WEIGHTS


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Return the width of one line of `text` in points; kerning is left out of account."""
    known = advances(600 if weight >= 600 else 400)
    return sum(known.get(sign, 1.0) for sign in text) * size


def broken(text: str, width: float, size: float, weight: int = 400) -> str:
    """Return `text` with invisible places to break in words that no line could hold."""
    if not text or width <= 0 or text_width(text, size, weight) <= width:
        return text
    return "".join(
        word if text_width(word, size, weight) <= width else "\u200b".join(word)
        for word in re.split(r"(\s+)", text)
    )


def subset(text: str, weight: int) -> str:
    """Return the glyphs that `text` needs, of one weight, as base64 of a WOFF2 font.

    Western European letters and the signs of a review are always among them, so that most
    pages share one font, which is made once.
    """
    return _subset(frozenset(text) - _COMMON, weight)


@lru_cache(maxsize=64)
def _subset(more: frozenset[str], weight: int) -> str:
    signs = "".join(sorted(_COMMON | more))
    return kept(_subset_by(), f"{weight} {signs}", lambda: _made(signs, weight))


@cache
def _subset_by() -> str:
    return f"{version('fonttools')} {Path(__file__).read_text(encoding='utf-8')}"


def _made(signs: str, weight: int) -> str:
    font = TTFont(FONT_FOLDER / WEIGHTS[weight], lazy=False, recalcTimestamp=False)
    options = Options(flavor="woff2", layout_features=["kern", "mark", "tnum", "lnum", "ccmp"])
    options.hinting = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, signs))
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return base64.b64encode(out.getvalue()).decode()


_COMMON = frozenset(
    [chr(code) for first, last in ((0x20, 0x7F), (0xA0, 0x100)) for code in range(first, last)]
) | frozenset("–—‘’‚“”„†•…‰‹›⁄€™−≈≠≤≥×÷→←↑↓▲▼■●○◆\u202f\u2009\u200b")


@cache
def advances(weight: int) -> dict[str, float]:
    """Return the width of each sign that the typeface has, in parts of the size."""
    font = _font(weight)
    widths = font["hmtx"].metrics
    unit = font["head"].unitsPerEm
    known = {chr(code): widths[name][0] / unit for code, name in font.getBestCmap().items()}
    return known | {"\u200b": 0.0}


@cache
def _font(weight: int) -> TTFont:
    return TTFont(FONT_FOLDER / WEIGHTS[weight], lazy=True)


def faces(html: str) -> str:
    """Return the faces as CSS, with the glyphs that the page `html` shows and no more."""
    shown = unescape(re.sub(r"<[^>]+>", " ", html))
    signs = "".join(sorted(set(shown) | set("0123456789")))
    return "".join(
        f'@font-face{{font-family:"Source Sans Pro";font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{subset(signs, weight)})}}"
        for weight in WEIGHTS
    )
