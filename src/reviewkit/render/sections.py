"""A document as sections: what stands under which heading, for formats that are not one flow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewkit.blocks import Columns, Group, Heading, Markdown
from reviewkit.render.document import Document
from reviewkit.render.parts import Part
from reviewkit.render.stories import are_stories


@dataclass(frozen=True)
class Section:
    """Parts in reading order under one heading.

    `chapter` is the heading of the page they belong to, `heading` that of the section; a
    section that follows its chapter at once has none of its own. `opens` tells that it is
    the chapter's first.
    """

    chapter: Heading | None
    heading: Heading | None
    parts: tuple[Part, ...]
    opens: bool

    @property
    def title(self) -> str:
        """What the section states: its own heading, else the chapter's."""
        heading = self.heading or self.chapter
        return heading.text if heading else ""

    @property
    def note(self) -> str:
        """The line below the heading: what, unit, period."""
        heading = self.heading or self.chapter
        return "".join(span.text for span in heading.note) if heading else ""

    @property
    def name(self) -> str:
        """The short name of its chapter."""
        heading = self.chapter or self.heading
        return (heading.nav or heading.text) if heading else ""


def sections(document: Document, *, side_by_side: bool = False) -> tuple[Section, ...]:
    """Return the sections of `document` that hold anything.

    Columns are read one after the other, but for stories; with `side_by_side` they stay as
    they are, and columns with headings of their own are a section.
    """
    gathered = _Gathered()
    for part in opened(document.parts, side_by_side=side_by_side):
        own = isinstance(part, Markdown) and not document.ours
        for piece in _headed(part) if own else (part,):  # type: ignore[arg-type]
            gathered.add(piece)
    return gathered.end()


class _Gathered:
    def __init__(self) -> None:
        self._done: list[Section] = []
        self._chapter: Heading | None = None
        self._heading: Heading | None = None
        self._parts: list[Part] = []
        self._opens = True

    def add(self, part: Part) -> None:
        if isinstance(part, Columns) and _is_headed(part):
            self._close()
            self._heading, self._parts = None, [part]
            self._close()
            return
        if not isinstance(part, Heading) or part.role == "finding":
            self._parts.append(part)
            return
        self._close()
        if part.role == "section":
            self._heading = part
        else:
            self._chapter, self._heading, self._opens = part, None, True

    def end(self) -> tuple[Section, ...]:
        self._close()
        return tuple(self._done)

    def _close(self) -> None:
        if self._parts:
            parts = tuple(self._parts)
            self._done.append(Section(self._chapter, self._heading, parts, self._opens))
            self._opens = False
        self._parts = []


def opened(parts: Iterable[Part], *, side_by_side: bool = False) -> Iterator[Part]:
    """Yield parts with groups opened, and columns too unless they stay `side_by_side`."""
    for part in parts:
        if isinstance(part, Group):
            yield from opened(part.blocks, side_by_side=side_by_side)
        elif isinstance(part, Columns) and not side_by_side and not are_stories(part):
            for column in part.columns:
                yield from opened(column)
        else:
            yield part


def _headed(part: Markdown) -> Iterator[Part]:
    """Yield a stranger's Markdown with its headings as headings, which open sections."""
    words: list[str] = []
    fenced = False
    for line in part.source.split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        found = None if fenced else _HEADING.fullmatch(line)
        if found is None:
            words.append(line)
            continue
        if "".join(words).strip():
            yield Markdown(source="\n".join(words))
        words = []
        yield Heading(role="page" if len(found[1]) < 3 else "section", text=found[2])
    if "".join(words).strip():
        yield Markdown(source="\n".join(words))


_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.+?)\s*#*\s*")


def _is_headed(part: Columns) -> bool:
    """Tell whether a column opens a section of its own."""
    return any(
        isinstance(child, Heading) and child.role == "section"
        for column in part.columns
        for child in opened(column)
    )
