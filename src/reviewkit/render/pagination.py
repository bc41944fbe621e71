"""Lets short chapters share a page.

A chapter begins on a new page. Where data is scarce that would leave page after page all
but empty, so a chapter that surely fits below the one before follows on its page. Heights
are estimated, on the high side: a wrong guess costs white space, never a torn table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

FOLLOWS_ON = "follows_on"
"""Marks a chapter's heading that needs no page of its own."""

BETWEEN = 40.0
"""Space before a chapter that follows on, in points."""

_LETTERS = 100
"""Letters of running text to a line of the full measure, on the low side."""


def share_pages(parts: list[dict[str, Any]], room: float) -> None:
    """Mark the chapters among `parts` that follow on; a page has `room` points."""
    used = 0.0
    for number, chapter in enumerate(_chapters(parts)):
        height = sum(_height(part) for part in chapter)
        fits = used + BETWEEN + height <= room
        if number and fits and chapter[0].get("role") == "page":
            chapter[0][FOLLOWS_ON] = True
            used += BETWEEN + height
        else:
            used = height % room


def _chapters(parts: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    chapters: list[list[dict[str, Any]]] = [[]]
    for part in parts:
        if part.get("role") == "page" and chapters[-1]:
            chapters.append([])
        chapters[-1].append(part)
    return chapters


def _height(part: dict[str, Any]) -> float:
    return _HEIGHTS.get(part["kind"], _unknown)(part)


def _unknown(_: dict[str, Any]) -> float:
    return 400.0


def _lines(text: str, letters: float = _LETTERS) -> int:
    return 1 + int(len(text) / letters)


def _heading(part: dict[str, Any]) -> float:
    size, line, letters = {
        "headline": (60.0, 27, 42),
        "page": (36.0, 21, 55),
        "section": (42.0, 15, 85),
    }.get(part["role"], (24.0, 12, 30))
    return size + line * _lines(part["text"], letters)


def _prose(part: dict[str, Any]) -> float:
    words = ["".join(span["text"] for span in spans) for spans in part["paragraphs"]]
    return sum(14.0 * _lines(text) + 8 for text in words) + 12


def _table(part: dict[str, Any]) -> float:
    rows = 0.0
    for row in part.get("rows", ()):
        longest = max((len(cell.get("text", "")) for cell in row["cells"]), default=0)
        note = max((len(cell.get("note", "")) for cell in row["cells"]), default=0)
        rows += 18 + 12 * int(longest / 36) + (10 * _lines("x" * note, 60) if note else 0)
    return 60 + rows + (44 if part.get("footnotes") else 0)


def _tiles(part: dict[str, Any]) -> float:
    return 104.0 * -(-len(part["tiles"]) // 3) + 40


def _columns(part: dict[str, Any]) -> float:
    beside = len(part["columns"])
    return 12 + max(
        sum(_height(item) * _narrow(item, beside) for item in c) for c in part["columns"]
    )


def _narrow(part: dict[str, Any], beside: int) -> float:
    """Text beside other text takes as many times its lines; drawings do not grow."""
    return float(beside) if part["kind"] in ("prose", "not_supplied") else 1.0


_HEIGHTS: dict[str, Callable[[dict[str, Any]], float]] = {
    "heading": _heading,
    "prose": _prose,
    "table": _table,
    "tiles": _tiles,
    "chart": lambda part: float(part.get("height", 200.0)) + 14,
    "callout": lambda part: 30 + 12.0 * _lines(part["lead"] + part.get("text", "")),
    "not_supplied": lambda part: 30 + 12.0 * _lines(part["what"] + part.get("detail", "")),
    "columns": _columns,
    "group": lambda part: sum(_height(item) for item in part["blocks"]) + 12,
}
