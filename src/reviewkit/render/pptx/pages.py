"""Sections as slides: one message each, long tables split between rows, nothing too high."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reviewkit.blocks import (
    Callout,
    Columns,
    Heading,
    Markdown,
    NotSupplied,
    Prose,
    Table,
    Tiles,
)
from reviewkit.render.pptx import grids
from reviewkit.render.pptx.items import GAP, as_shown, height
from reviewkit.render.pptx.laid import Laid, Shown
from reviewkit.render.pptx.look import Box, high
from reviewkit.render.sections import Section

NOTE_SIZE = 11.0

_WORDS = (Heading, NotSupplied, Prose, Markdown, Callout)
"""Parts that do not ask for a slide of their own."""


@dataclass
class Page:
    """One slide: its title, whose chapter it is of, and what stands on it.

    `part` counts the slides of a section that needs more than one, from 1.
    """

    title: str
    note: str
    chapter: str
    parts: list[Shown] = field(default_factory=list)
    used: float = 0.0
    again: bool = False
    internal: bool = False


@dataclass(frozen=True)
class Frame:
    """The room of a slide, and how its title takes of it."""

    title: Box
    room: Box
    size: float
    grows: bool
    decimal: str

    def top(self, page: Page) -> float:
        """Return where the content of `page` begins, below its title and note."""
        if not self.grows:
            return self.room.top + self.note(page)
        return (
            self.title.top
            + high(page.title, self.title.width, self.size, 600)
            + 8.0
            + self.note(page)
        )

    def note(self, page: Page) -> float:
        """Return the height of a page's note."""
        return high(page.note, self.room.width, NOTE_SIZE) + 10.0 if page.note else 6.0

    def left(self, page: Page) -> float:
        """Return the height that is left on `page`."""
        return self.room.bottom - self.top(page) - page.used


def pages(sections: Iterable[Section], frame: Frame) -> list[Page]:
    """Return the slides of `sections` in reading order."""
    flow = _Flow(frame)
    for section in _summarised(list(sections)):
        flow.section(section)
    return [page for page in flow.pages if page.parts]


def _summarised(found: list[Section]) -> list[Section]:
    """Put the lead measures beside the headline they belong to: the first slide answers."""
    if not found or found[0].heading:
        return found
    prose = tuple(part for part in found[0].parts if isinstance(part, Prose))
    rest = tuple(part for part in found[0].parts if not isinstance(part, Prose))
    if not all(isinstance(part, NotSupplied) for part in rest):
        return found
    for at, section in enumerate(found[1:], start=1):
        if section.chapter is not found[0].chapter:
            break
        if all(isinstance(part, Tiles) for part in section.parts):
            heading = (section.heading,) if section.heading else ()
            first = Section(found[0].chapter, None, (*prose, *heading, *section.parts, *rest), True)
            return [first, *found[1:at], *found[at + 1 :]]
    return found


class _Flow:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._chapter = ""
        self.pages: list[Page] = []

    def section(self, section: Section) -> None:
        """Set a section: on a slide of its own, or below another short table of its chapter."""
        self._chapter = section.chapter.text if section.chapter else ""
        if not self._joins(section):
            self._open(section)
        elif section.heading:
            self._add(section.heading)
        for part in section.parts:
            self._place(as_shown(part))

    def _open(self, section: Section) -> None:
        opens = section.opens and section.chapter is not None and section.heading is not None
        heading = section.chapter if opens else section.heading or section.chapter
        note = "".join(span.text for span in heading.note) if heading else ""
        internal = bool(heading and heading.internal) or bool(
            section.chapter and section.chapter.internal
        )
        self.pages.append(
            Page(heading.text if heading else "", note, section.name, internal=internal)
        )
        if opens and section.heading:
            self._add(section.heading)

    def _joins(self, section: Section) -> bool:
        """Tell whether a section of short tables fits below those of its chapter."""
        if not self.pages or section.opens or self.pages[-1].chapter != section.name:
            return False
        page = self.pages[-1]
        words = all(isinstance(part, _WORDS) for part in section.parts)
        short = [*page.parts, *section.parts]
        if not page.parts or not (words or all(isinstance(p, (Table, *_WORDS)) for p in short)):
            return False
        own = sum(self._high(part) + GAP for part in section.parts)
        head = self._high(section.heading) + GAP if section.heading else 0.0
        return own + head <= self._frame.left(page)

    def _high(self, part: Shown) -> float:
        return height(part, self._frame.room.width, self._frame.decimal)

    def _add(self, part: Shown) -> None:
        page = self.pages[-1]
        page.parts.append(part)
        page.used += self._high(part) + GAP

    def _place(self, part: Shown) -> None:
        page = self.pages[-1]
        own = self._high(part)
        if own <= self._frame.left(page):
            self._add(part)
        elif isinstance(part, Columns) and own > self._frame.room.height:
            for column in part.columns:
                for child in column:
                    self._place(as_shown(child))
        elif isinstance(part, Table):
            self._split(Laid(part))
        elif isinstance(part, Laid):
            self._split(part)
        else:
            self._turn()
            if isinstance(part, _WORDS) and self._chapter:
                # Words on their own belong to the chapter more than to its last chart.
                page = self.pages[-1]
                page.title, page.note = self._chapter, ""
            self._add(part)

    def _split(self, part: Laid) -> None:
        """Set as many rows as there is room for, and go on overleaf in the same size."""
        room = self._frame.left(self.pages[-1])
        grid = grids.measured(part.table, self._frame.room.width, part.size)
        cut = None if part.weights else grids.split(grid, room)
        if cut is None and not self._holds():
            self._add(part)
        elif cut is None:
            self._turn()
            self._place(part)
        else:
            self._add(Laid(cut[0], grid.size))
            self._turn()
            self._place(Laid(cut[1], grid.size))

    def _holds(self) -> bool:
        return any(not isinstance(part, Heading) for part in self.pages[-1].parts)

    def _turn(self) -> None:
        """Go on overleaf, under the same title; a heading that would stand alone goes along."""
        page = self.pages[-1]
        heads: list[Heading] = []
        while page.parts and isinstance(last := page.parts[-1], Heading):
            page.parts.pop()
            heads.insert(0, last)
            page.used -= self._high(last) + GAP
        self.pages.append(
            Page(
                page.title, page.note, page.chapter, again=bool(page.parts), internal=page.internal
            )
        )
        for head in heads:
            self._add(head)
