"""Code and printed text as the template's data: scaled where that lets lines stand whole."""

from __future__ import annotations

import re
from typing import Any

from reviewkit.render.terminal import COLUMNS, columns_of

_SIZE, _LEAST = 7.0, 4.6
"""Points: the usual size, and the smallest that is still read."""


def mono(text: str) -> dict[str, Any]:
    """Return `text` with its size in points.

    Lines somewhat longer than the page make the whole text smaller; beyond the least size
    the lines wrap, words longer than a line anywhere.
    """
    columns = columns_of(text)
    size = _SIZE * COLUMNS / columns if columns > COLUMNS else _SIZE
    if size >= _LEAST:
        return {"text": text, "size": round(min(size, _SIZE), 2)}
    return {"text": re.sub(rf"\S{{{COLUMNS},}}", _breakable, text), "size": _SIZE}


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    return "\u200b".join(word[at : at + COLUMNS // 2] for at in range(0, len(word), COLUMNS // 2))
