"""What stands on every page: header, footer, and the band that marks the internal version."""

from __future__ import annotations

from typing import Any

from reviewkit.blocks import Front
from reviewkit.colours import readable
from reviewkit.render import signs
from reviewkit.render.fonts import broken, text_width
from reviewkit.speech import say, speaking


def page_furniture(front: Front, measure: float) -> dict[str, Any]:
    """Return the header's, footer's and band's texts for a page `measure` points wide inside."""
    language, _, region = front.language.partition("-")
    sign, fence = signs.band(front)
    return {
        "title": front.title or front.report or _untitled(front),
        "author": front.author,
        "keywords": list(front.keywords),
        "lang": language.lower() or "en",
        "region": region.upper() if len(region) == 2 else None,
        "accent": readable(front.accent),
        "audience": front.audience,
        "client": _cut(front.client, measure * 0.3, 600),
        "line": _cut(signs.report_line(front), measure * 0.45),
        "provider": _cut(front.provider, measure * 0.2),
        "source": broken(front.source, measure * 0.9, 7.5),
        "confidentiality": broken(signs.closing(front), measure * 0.9, 7.5),
        "sign": sign,
        "band": fence,
    }


def _untitled(front: Front) -> str:
    with speaking(front.language):
        return say("Report")


def _cut(text: str, width: float, weight: int = 400) -> str:
    """Return `text` as far as it fits one line of the header."""
    if text_width(text, 7.5, weight) <= width:
        return text
    while text and text_width(text + "…", 7.5, weight) > width:
        text = text[:-1]
    return text.rstrip() + "…"
