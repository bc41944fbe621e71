"""What the typeface can print, and the part of it that a page needs; knows fontTools."""

from __future__ import annotations

import base64
import io
import unicodedata
from functools import cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from reviewkit.render.charts import FONT_FOLDER

SUBSTITUTE = "?"
"""Stands for a character that no font at hand prints."""

WEIGHTS = {400: "SourceSansPro-Regular.ttf", 600: "SourceSansPro-Semibold.ttf"}


@cache
def covered() -> frozenset[int]:
    """Return the code points that every weight of the typeface prints."""
    sets = [set(_font(weight).getBestCmap()) for weight in WEIGHTS]
    return frozenset(set.intersection(*sets)) | {9, 10, 13}


def uncovered(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that the typeface lacks, each once, in order."""
    known = covered()
    return tuple(sorted({sign for sign in text if ord(sign) not in known}))


def printable(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` with what the typeface lacks replaced, and what that was.

    A letter with an accent that the typeface lacks loses the accent before it is given up;
    marks that print nothing are dropped.
    """
    missing = uncovered(text)
    table = {ord(sign): _nearest(sign) for sign in missing}
    given_up = tuple(sign for sign in missing if table[ord(sign)] == SUBSTITUTE)
    return text.translate(table), given_up


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Return the width of one line of `text` in points; kerning is left out of account."""
    advances = _advances(600 if weight >= 600 else 400)
    return sum(advances.get(sign, 1.0) for sign in text) * size


def subset(text: str, weight: int) -> str:
    """Return the glyphs that `text` needs, of one weight, as base64 of a WOFF2 font."""
    font = TTFont(FONT_FOLDER / WEIGHTS[weight], lazy=False, recalcTimestamp=False)
    options = Options(flavor="woff2", layout_features=["kern", "mark", "tnum", "lnum", "ccmp"])
    options.hinting = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={ord(sign) for sign in text} | {32})
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return base64.b64encode(out.getvalue()).decode()


def _nearest(sign: str) -> str:
    if unicodedata.category(sign) in ("Cf", "Cc", "Mn", "Me", "Zs", "Zl", "Zp"):
        return " " if unicodedata.category(sign).startswith("Z") else ""
    plain = unicodedata.normalize("NFKD", sign)
    kept = "".join(part for part in plain if ord(part) in covered())
    return kept or SUBSTITUTE


@cache
def _advances(weight: int) -> dict[str, float]:
    font = _font(weight)
    widths = font["hmtx"].metrics
    unit = font["head"].unitsPerEm
    known = {chr(code): widths[name][0] / unit for code, name in font.getBestCmap().items()}
    return known | {"\u200b": 0.0}


@cache
def _font(weight: int) -> TTFont:
    return TTFont(FONT_FOLDER / WEIGHTS[weight], lazy=True)
