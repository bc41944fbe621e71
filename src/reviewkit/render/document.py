"""An executed notebook as a document: what it is, and its parts in reading order.

A part is a block, or something foreign that a notebook may hold: HTML, an image, code,
plain text. The notebook itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, ClassVar

from nbformat import NotebookNode
from pydantic import BaseModel, ValidationError

from reviewkit.blocks import MIME, Block, Front, Group, Heading, Markdown, figures
from reviewkit.errors import RenderError
from reviewkit.evidence import Evidence, in_outputs, merged
from reviewkit.render.gathered import gather
from reviewkit.render.notes import Notes
from reviewkit.render.outputs import Source, block_of, read_outputs
from reviewkit.render.parts import CodePart, HtmlPart, Part, TextPart
from reviewkit.render.showing import Showing, front_matter, is_front_matter, seen, without_options
from reviewkit.render.terminal import joined
from reviewkit.render.tex import latex_part
from reviewkit.render.widgets import saved_states

INTERNAL_TAG = "internal"
"""Cells so tagged are dropped from a client's document, however they came to be there."""

NUMBER = "reviewkit_cell"
"""Cell metadata: a cell's number in the notebook as it was, where others were taken out."""


@dataclass(frozen=True)
class Document:
    """A document: its identity, and everything it shows. `ours` tells that it is a review.

    `cells` gives the number of the cell that each part stands in, counted from 1. `evidence`
    tells what stands behind the figures that it prints.
    """

    front: Front
    parts: tuple[Part, ...]
    ours: bool
    cells: tuple[int, ...] = ()
    evidence: Evidence = field(default=Evidence())

    def placed(self) -> Iterator[tuple[Part, int]]:
        """Yield each part with its cell's number, groups that need not stay together opened."""
        for part, cell in zip(self.parts, self.cells or repeat(0), strict=False):
            yield from zip(flat((part,)), repeat(cell), strict=False)


@dataclass(frozen=True)
class _Reading:
    """What is known of a notebook before its cells are read."""

    notebook: NotebookNode
    asked: Showing
    with_code: bool
    ours: bool
    notes: Notes


def read_document(
    notebook: NotebookNode, name: str = "", showing: Showing | None = None
) -> Document:
    """Return what `notebook` shows.

    A notebook without a `Front` gets one from its title, first heading or `name`. Code is
    shown where `showing` says so; by default in foreign notebooks only. Raises
    `RenderError` for a block of ours that cannot be read.
    """
    asked = showing or Showing()
    front = next((block for block in _blocks(notebook) if isinstance(block, Front)), None)
    facts = front_matter(notebook)
    reading = _Reading(
        notebook=notebook,
        asked=asked,
        with_code=_with_code(asked, facts, ours=front is not None),
        ours=front is not None,
        notes=Notes(),
    )
    title = str(facts.get("title") or "")
    parts: list[tuple[Part, int]] = [(Heading(role="headline", text=title), 1)] if title else []
    known: list[Evidence] = []
    for index, cell in enumerate(notebook.cells):
        hidden = INTERNAL_TAG in cell.metadata.get("tags", ())
        if (hidden and front is not None and front.audience == "client") or is_front_matter(
            cell, index
        ):
            continue
        number = int(cell.metadata.get(NUMBER, index + 1))
        parts += [(part, number) for part in _read(cell, number, reading)]
        known += _evidence(cell) if reading.ours else ()
    kept: list[tuple[Part, int]] = [
        (part, number) for part, number in parts if not isinstance(part, Front)
    ]
    if front is not None:
        kept = gather(front, kept)
    return Document(
        front=front or _front_of(notebook, name, title),
        parts=tuple(part for part, _ in kept),
        ours=front is not None,
        cells=tuple(number for _, number in kept),
        evidence=merged(known).of(
            figure
            for part, _ in kept
            if isinstance(part, BaseModel)
            for figure, _, _ in figures(part)
        ),
    )


class Levels:
    """Gives headings their level by what stands before them, so that none is skipped."""

    DEPTH: ClassVar[dict[str, int]] = {"headline": 1, "page": 2, "section": 3, "finding": 4}

    def __init__(self) -> None:
        self._open: list[int] = []

    def of(self, heading: Heading) -> int:
        """Return the level of the next heading in reading order, 1 for the first."""
        return self.at(self.DEPTH[heading.role])

    def at(self, depth: int) -> int:
        """Return the level of a heading that stands `depth` deep by its own account."""
        self._open = [*(item for item in self._open if item < depth), depth]
        return len(self._open)


def flat(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return `parts` with groups that need not be kept together opened."""
    out: list[Part] = []
    for part in parts:
        if isinstance(part, Group) and not part.keep:
            out += flat(part.blocks)
        else:
            out.append(part)
    return tuple(out)


def _blocks(notebook: NotebookNode) -> Iterator[Block]:
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if MIME in data:
                yield block_of(data[MIME])


def _evidence(cell: NotebookNode) -> Iterator[Evidence]:
    try:
        yield from in_outputs((cell,))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]["msg"]
        raise RenderError(f"the evidence of a figure cannot be read: {first}.") from error


def _with_code(asked: Showing, facts: dict[str, Any], *, ours: bool) -> bool:
    if asked.code is not None:
        return asked.code
    execute = facts.get("execute")
    return not ours and not (isinstance(execute, dict) and execute.get("echo") is False)


def _read(cell: NotebookNode, number: int, reading: _Reading) -> list[Part]:
    """Return what a cell shows. A stranger's cell of no known shape costs itself alone."""
    if reading.ours:
        return _cell_parts(cell, number, reading)
    try:
        return _cell_parts(cell, number, reading)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        reading.notes.add(number, f"its outputs have no known shape ({error}): left out")
        return [TextPart(joined(cell.get("source", "")))]


def _cell_parts(cell: NotebookNode, number: int, reading: _Reading) -> list[Part]:
    shown = seen(cell, reading.asked, with_code=reading.with_code)
    source = str(cell.source)
    parts: list[Part] = []
    if cell.cell_type == "markdown":
        if shown.source and reading.asked.markdown and source.strip():
            parts.append(Markdown(source=_attached(cell)))
    elif cell.cell_type == "raw":
        if shown.source and source.strip():
            parts += _raw(cell, reading)
    elif cell.cell_type == "code":
        code = without_options(source)
        if shown.source and code.strip():
            parts.append(CodePart(code, _language(reading.notebook)))
        if shown.outputs:
            outputs = [
                output
                for output in cell.get("outputs", ())
                if shown.warnings or output.get("name") != "stderr"
            ]
            parts += read_outputs(outputs, _source(number, shown.alt, reading))
    return parts


def _source(number: int, alt: str, reading: _Reading) -> Source:
    return Source(
        cell=number,
        notes=reading.notes,
        states=saved_states(reading.notebook.metadata),
        longest=0 if reading.ours else reading.asked.longest,
        alt=alt,
        ours=reading.ours,
    )


def _language(notebook: NotebookNode) -> str:
    return str(notebook.metadata.get("kernelspec", {}).get("language", "python"))


def _raw(cell: NotebookNode, reading: _Reading) -> list[Part]:
    """Return a raw cell by its media type; a review shows none, unless code is asked for."""
    form = str(cell.metadata.get("raw_mimetype") or cell.metadata.get("format") or "").lower()
    if form not in reading.asked.raw or (reading.ours and not reading.with_code):
        return []
    return [_RAW.get(form, TextPart)(str(cell.source))]


_RAW: dict[str, Any] = {
    "text/html": HtmlPart,
    "text/latex": latex_part,
    "text/markdown": lambda source: Markdown(source=source),
}


def _attached(cell: NotebookNode) -> str:
    """Return Markdown with attachments written out as data addresses."""
    source = str(cell.source)
    for name, bundle in cell.get("attachments", {}).items():
        for mime, data in bundle.items():
            address = f"data:{mime};base64,{joined(data)}"
            # Names with spaces are written with %20 by some, as they are by others.
            for written in (name, name.replace(" ", "%20")):
                source = source.replace(f"attachment:{written}", address)
    return source


def _front_of(notebook: NotebookNode, name: str, given: str) -> Front:
    title = notebook.metadata.get("title") or given or _first_heading(notebook) or name
    return Front(
        client="",
        report=str(title or "Notebook"),
        period="",
        provider="",
        title=str(title or "Notebook"),
    )


def _first_heading(notebook: NotebookNode) -> str:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            match = re.search(r"^#{1,3}\s+(.+?)\s*#*$", cell.source, re.MULTILINE)
            if match:
                return match[1]
    return ""
