"""Lets chapters share a page, and sets one tighter where that saves a page.

A chapter begins on a new page. Where data is scarce that would leave page after page all
but empty, so a chapter that fits below the one before follows on its page. One that spills
a few rows over to a page of its own is set tighter: rows lower, sections closer. Nothing is
guessed: the document is laid out with every chapter on pages of its own, wide and tight, and
where each of them ends is read off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

FOLLOWS_ON = "follows_on"
"""Marks a chapter's heading that needs no page of its own."""

TIGHT = "tight"
"""Marks the parts of a chapter that is set tighter."""

BETWEEN = 40.0
"""Space before a chapter that follows on, in points."""

SHORT = 3
"""Pages of a document that is not set tighter: there is little to save."""

SPILL = 150.0
"""Points on its last page below which a chapter has but spilled over to it."""

_SPARE = 2.0
"""Points by which a page may not be filled: lengths of many parts add up with rounding."""


@dataclass(frozen=True)
class End:
    """Where a chapter ends: the number of its last page, and points used on it."""

    page: int
    used: float


@dataclass(frozen=True)
class _Laid:
    """Chapters laid out so far: pages, spills, tight chapters, and what became of each.

    A chapter is told by (begins a page, tight). Of two ways with as many pages the one with
    fewer spills is better, then the one with fewer tight chapters, then the one whose
    chapters follow on earlier.
    """

    pages: int
    spills: int
    tight: int
    chapters: tuple[tuple[bool, bool], ...]
    used: float

    @property
    def cost(self) -> tuple[int, int, int, tuple[tuple[bool, bool], ...]]:
        """What the best way has least of."""
        return self.pages, self.spills, self.tight, self.chapters


def share_pages(
    parts: list[dict[str, Any]], ends: Sequence[End], room: float, tight: Sequence[End] = ()
) -> None:
    """Mark the chapters among `parts` that follow on, or are tight; a page has `room` points.

    `ends` are those of all chapters, each begun on a page of its own; `tight` are the same,
    set tighter, where that was tried.
    """
    wide = _lengths(ends)
    lengths = [wide, _lengths(tight)] if len(tight) == len(ends) else [wide]
    best = min(_ways(lengths, room - _SPARE), key=lambda way: way.cost)
    chapters = iter(best.chapters)
    begins, is_tight = next(chapters)
    for at, part in enumerate(parts):
        if at and part.get("role") == "page":
            begins, is_tight = next(chapters, (True, False))
            if not begins:
                part[FOLLOWS_ON] = True
        if is_tight:
            part[TIGHT] = True


def _lengths(ends: Sequence[End]) -> list[End]:
    """Return of each chapter how many pages it takes, and what it uses of the last."""
    first = [End(ends[0].page, ends[0].used)]
    return first + [End(own.page - before.page, own.used) for before, own in pairwise(ends)]


def _ways(lengths: Sequence[Sequence[End]], room: float) -> list[_Laid]:
    """Return the ways to lay out all chapters that can be best; `lengths` are wide, then tight."""
    ways = [_Laid(0, 0, 0, (), room)]
    for at in range(len(lengths[0])):
        found = [
            way
            for before in ways
            for tight, each in enumerate(lengths)
            for way in _next(before, each[at], tight=bool(tight), room=room)
        ]
        ways = _worth_keeping(found)
    return ways


def _next(before: _Laid, own: End, *, tight: bool, room: float) -> Iterator[_Laid]:
    def laid(pages: int, used: float, *, begins: bool) -> _Laid:
        chapters = (*before.chapters, (begins, tight))
        spills = before.spills + (own.page > 1 and own.used < SPILL)
        return _Laid(before.pages + pages, spills, before.tight + tight, chapters, used)

    yield laid(own.page, own.used, begins=True)
    needed = before.used + BETWEEN + own.used
    if before.chapters and own.page == 1 and needed <= room:
        yield laid(0, needed, begins=False)


def _worth_keeping(ways: list[_Laid]) -> list[_Laid]:
    """Return the ways that no other one beats both in cost and in what is left of the page."""
    kept: list[_Laid] = []
    for way in sorted(ways, key=lambda way: (way.cost, way.used)):
        if all(way.used < other.used for other in kept):
            kept.append(way)
    return kept
