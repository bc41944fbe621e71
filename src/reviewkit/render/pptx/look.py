"""The look of a deck in points: sizes, colours, and how high words stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil

from reviewkit.blocks import State, Tone
from reviewkit.render.fonts import text_width
from reviewkit.render.typeface import FONT

WIDTH, HEIGHT = 960.0, 540.0
LEFT, MEASURE = 42.0, 876.0
TOP, BOTTOM = 30.0, 494.0
"""Where a title begins, and where what a slide shows must end."""

FACE, PANOSE = FONT, "020B0503030403020204"
"""The face of all pages, and its kind: by it a program that has not got it takes one alike."""

THEME_FACE = "+mn-lt"
"""The face of the deck's theme, be it ours or the house's, by the name a chart calls it."""

INK, N7, N6, N4, N2, N1 = "1A2028", "3D4651", "5A6470", "868F9A", "DCE0E5", "F4F5F7"
WHITE, BLACK = "FFFFFF", "000000"
ACCENT = "accent1"
"""The theme's colour: the client's in our own deck, the house's in its own."""

TITLE, SUB, BODY, LABEL, SMALL = 24.0, 15.0, 14.0, 11.0, 9.5
LEADING = 1.22

_SLACK = {400: 1.02, 600: 1.06}
"""By how much words are taken wider: bold is heavier here than on pages, and faces differ."""

TONES: dict[Tone, str] = {
    "accent": ACCENT,
    "quiet": N4,
    "plain": N2,
    "strong": N7,
    "missed": "B3261E",
}
"""Colours of series and words."""

STATES: dict[State, tuple[str, str]] = {
    "met": ("●", "12806A"),
    "at_risk": ("◆", "C27800"),
    "missed": ("▼", "B3261E"),
    "low_volume": ("○", N6),
    "partial": ("□", N6),
    "no_target": ("", N6),
    "no_data": ("", N6),
}
"""The sign that stands for a state's shape, and its colour."""


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height


def lines(text: str, width: float, size: float, weight: int = 400) -> int:
    """Return how many lines `text` takes in `width` points; words too long for one break."""
    return sum(_lines(line, width, size, weight) for line in text.split("\n")) if text else 0


def high(text: str, width: float, size: float, weight: int = 400) -> float:
    """Return how high `text` stands."""
    return lines(text, width, size, weight) * size * LEADING


def _lines(text: str, width: float, size: float, weight: int) -> int:
    count, used = 1, 0.0
    blank = text_width(" ", size)
    for word in re.split(r"[ \u200b]", text):
        wide = text_width(word, size, weight) * _SLACK[600 if weight >= 600 else 400]
        if used and used + blank + wide > width:
            count, used = count + 1, 0.0
        if wide > width:
            count += ceil(wide / width) - 1
        used += wide + (blank if used else 0.0)
    return count
