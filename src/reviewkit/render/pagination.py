"""Lets chapters share a page, and sets one tighter where that saves a page.

A chapter begins on a new page. Where data is scarce that would leave page after page all
but empty, so a chapter that fits below the one before follows on its page. One that spills
a few rows over to a page of its own is set tighter: rows lower, sections closer; so is one
that leaves much of a page empty because its next part misses fitting by little. Nothing is
guessed: the document is laid out with every chapter on pages of its own, wide and, where
there is something to gain, tight, and where each of them ends is read off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any

FOLLOWS_ON = "follows_on"
"""Marks a chapter's heading that needs no page of its own."""

TIGHT = "tight"
"""Marks the parts of a chapter that is set tighter."""

BETWEEN = 40.0
"""Space before a chapter that follows on, in points."""

TIGHTEST = 0.75
"""Share of its height that a document keeps, at the least, where it is set tight."""

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
class _Length:
    """What a chapter takes: pages, points of the last one, and whether it leaves a gap.

    A gap is room on a page into which the next part fits where the chapter is set tight.
    """

    pages: int
    used: float
    gap: bool = False

    @property
    def spills(self) -> bool:
        """Whether little of it stands on its last page."""
        return self.pages > 1 and self.used < SPILL


@dataclass(frozen=True)
class _Laid:
    """Chapters laid out so far: pages, faults, and what became of each chapter.

    A chapter is told by (begins a page, tight). Of two ways with as many pages the one with
    fewer thin pages is better, which a spill has for itself; then the one with fewer gaps,
    spills and tight chapters, then the one whose chapters follow on earlier. `open` tells
    that the last page is thin as yet.
    """

    pages: int
    thin: int
    gaps: int
    spills: int
    tight: int
    chapters: tuple[tuple[bool, bool], ...]
    used: float
    open: bool = False

    @property
    def cost(self) -> tuple[int, int, int, int, int, tuple[tuple[bool, bool], ...]]:
        """What the best way has least of."""
        thin = self.thin + self.open
        return self.pages, thin, self.gaps, self.spills, self.tight, self.chapters


def worth_tightening(ends: Sequence[End], room: float) -> bool:
    """Tell whether chapters that end there, on pages of `room` points, can gain by being tight.

    Those that have a page each, and that no other setting brings to fewer, cannot.
    """
    lengths = _lengths(ends)
    if any(own.pages > 1 for own in lengths):
        return True
    fewest = ceil(TIGHTEST * sum(own.used for own in lengths) / room)
    return min(way.pages for way in _ways([lengths], room - _SPARE)) > fewest


def share_pages(
    parts: list[dict[str, Any]], ends: Sequence[End], room: float, tight: Sequence[End] = ()
) -> None:
    """Mark the chapters among `parts` that follow on, or are tight; a page has `room` points.

    `ends` are those of all chapters, each begun on a page of its own; `tight` are the same,
    set tighter, where that was tried.
    """
    wide, close = _lengths(ends), _lengths(tight)
    if len(close) == len(wide):
        wide = [_with_gap(own, other) for own, other in zip(wide, close, strict=True)]
    lengths = [wide, close] if len(close) == len(wide) else [wide]
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


def _lengths(ends: Sequence[End]) -> list[_Length]:
    """Return of each chapter how many pages it takes, and what it uses of the last."""
    first = [_Length(end.page, end.used) for end in ends[:1]]
    later = [_Length(own.page - before.page, own.used) for before, own in pairwise(ends)]
    return first + later


def _with_gap(wide: _Length, tight: _Length) -> _Length:
    """Return a chapter's length with its gap: tight it uses less by more than closer rows save."""
    moved = wide.pages == tight.pages and wide.used - tight.used > SPILL * (wide.pages - 1)
    return _Length(wide.pages, wide.used, gap=moved and wide.pages > 1)


def _ways(lengths: Sequence[Sequence[_Length]], room: float) -> list[_Laid]:
    """Return the ways to lay out all chapters that can be best; `lengths` are wide, then tight."""
    ways = [_Laid(0, 0, 0, 0, 0, (), room)]
    for at in range(len(lengths[0])):
        found = [
            way
            for before in ways
            for tight, each in enumerate(lengths)
            for way in _next(before, each[at], tight=bool(tight), room=room)
        ]
        ways = _worth_keeping(found)
    return ways


def _next(before: _Laid, own: _Length, *, tight: bool, room: float) -> Iterator[_Laid]:
    def laid(pages: int, used: float, *, begins: bool) -> _Laid:
        return _Laid(
            before.pages + pages,
            before.thin + (before.open and begins),
            before.gaps + own.gap,
            before.spills + own.spills,
            before.tight + tight,
            (*before.chapters, (begins, tight)),
            used,
            open=own.spills,
        )

    yield laid(own.pages, own.used, begins=True)
    needed = before.used + BETWEEN + own.used
    if before.chapters and own.pages == 1 and needed <= room:
        yield laid(0, needed, begins=False)


def _worth_keeping(ways: list[_Laid]) -> list[_Laid]:
    """Return the ways that no other one beats both in cost and in what is left of the page."""
    kept: list[_Laid] = []
    for way in sorted(ways, key=lambda way: (way.cost, way.used)):
        if all(way.used < other.used for other in kept):
            kept.append(way)
    return kept
