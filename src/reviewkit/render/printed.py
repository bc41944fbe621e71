"""Code and printed text as the template's data: scaled where that lets lines stand whole."""

from __future__ import annotations

import re
from typing import Any

from reviewkit.render.terminal import COLUMNS, columns_of

_SIZE, _LEAST = 7.0, 4.6
"""Points: the usual size, and the smallest that is still read."""


def code(text: str) -> dict[str, Any]:
    """Return code with its size: lines wrap, words longer than a line anywhere."""
    return _wrapped(text)


def printed(text: str) -> dict[str, Any]:
    """Return printed text with its size in points.

    Lines somewhat longer than the page make the whole text smaller, so that its columns
    stay in line; beyond the least size it wraps as code does.
    """
    columns = columns_of(text)
    size = _SIZE * COLUMNS / columns if columns > COLUMNS else _SIZE
    return {"text": text, "size": round(size, 2)} if size >= _LEAST else _wrapped(text)


def _wrapped(text: str) -> dict[str, Any]:
    return {"text": re.sub(rf"\S{{{COLUMNS},}}", _breakable, text), "size": _SIZE}


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    return "\u200b".join(word[at : at + COLUMNS // 2] for at in range(0, len(word), COLUMNS // 2))
