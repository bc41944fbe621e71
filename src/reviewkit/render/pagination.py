"""Lets short chapters share a page.

A chapter begins on a new page. Where data is scarce that would leave page after page all
but empty, so a chapter that fits below the one before follows on its page. Nothing is
guessed: the document is laid out once with every chapter on pages of its own, and where
each of them ends is read off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FOLLOWS_ON = "follows_on"
"""Marks a chapter's heading that needs no page of its own."""

BETWEEN = 40.0
"""Space before a chapter that follows on, in points."""

_SPARE = 2.0
"""Points by which a page may not be filled: lengths of many parts add up with rounding."""


@dataclass(frozen=True)
class End:
    """Where a chapter ends: the number of its last page, and points used on it."""

    page: int
    used: float


def share_pages(parts: list[dict[str, Any]], ends: Sequence[End], room: float) -> None:
    """Mark the chapters among `parts` that follow on; a page has `room` points.

    `ends` are those of all chapters, each begun on a page of its own.
    """
    openings = [part for at, part in enumerate(parts) if at and part.get("role") == "page"]
    used = ends[0].used
    for opening, before, own in zip(openings, ends, ends[1:], strict=False):
        needed = used + BETWEEN + own.used
        if own.page == before.page + 1 and needed <= room - _SPARE:
            opening[FOLLOWS_ON] = True
            used = needed
        else:
            used = own.used
