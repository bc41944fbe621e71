"""What a review cannot show, told once and at one place.

Where a table was not supplied, every part that needs it says so. Read one by one these lines
leave headings over nothing and pages of white; so they are taken out of their places and
stand as one list before the notes on the data. A heading that is left with nothing under it
goes with them, and what it says opens its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from reviewkit.blocks import (
    Block,
    Cell,
    Column,
    Columns,
    Front,
    Group,
    Heading,
    NotSupplied,
    Row,
    Table,
)
from reviewkit.render.parts import Part
from reviewkit.speech import say, say_number, speaking, spoken
from reviewkit.speech.numerals import numeral

BEFORE = ("data", "definitions")
"""Anchors of the headings that the list stands before; it ends a document without them."""

Placed = tuple[Part, int]
"""A part, and the number of its cell."""


@dataclass(frozen=True)
class _Line:
    """One line of the list: what is missing, under which heading if that went too."""

    what: str
    details: tuple[str, ...] = ()
    under: str = ""


def gather(front: Front, parts: Sequence[Placed]) -> list[Placed]:
    """Return `parts` with what is missing as one list; they stay as they are where nothing is."""
    kept: list[Placed] = []
    lines: list[_Line] = []
    for chapter in _chapters(parts):
        left: list[Placed] = []
        taken: list[NotSupplied] = []
        for part, cell in chapter:
            rest, found = _without(part)
            left += [(item, cell) for item in rest]
            taken += found
        bare = bool(taken) and all(_is_heading(part) for part, _ in left)
        if bare and left and _role(left[0][0]) == "page":
            lines.append(_under(left[0][0], taken))
            continue
        kept += left
        lines += [_Line(item.what, (item.detail,)) for item in taken]
    told = _once(lines)
    if not told:
        return list(parts)
    with speaking(front.language):
        return _placed(kept, _list(told, house=front.audience == "internal"))


def _chapters(parts: Iterable[Placed]) -> list[list[Placed]]:
    """Return parts by chapter, groups that need not stay together opened.

    The notes on the data are none of the chapter before them, whatever their heading is.
    """
    out: list[list[Placed]] = [[]]
    for part, cell in parts:
        for item in _opened(part):
            if _role(item) in ("page", "headline") or _opens(item):
                out.append([])
            out[-1].append((item, cell))
    return out


def _opened(part: Part) -> Iterable[Part]:
    if isinstance(part, Group) and (not part.keep or _role(part.blocks[0]) == "page"):
        for child in part.blocks:
            yield from _opened(child)
    else:
        yield part


def _role(part: object) -> str:
    return part.role if isinstance(part, Heading) else ""


def _is_heading(part: object) -> bool:
    return isinstance(part, Heading)


def _without(part: Part) -> tuple[list[Part], list[NotSupplied]]:
    """Return what is left of a part, and what it lacks."""
    if isinstance(part, NotSupplied):
        return ([part], []) if part.known else ([], [part])
    if isinstance(part, Group):
        left, taken = _each(part.blocks)
        return ([part.model_copy(update={"blocks": left})] if left else []), taken
    if isinstance(part, Columns):
        return _columns(part)
    return [part], []


def _each(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], list[NotSupplied]]:
    left: list[Block] = []
    taken: list[NotSupplied] = []
    for block in blocks:
        rest, found = _without(block)
        left += [item for item in rest if isinstance(item, BaseModel)]
        taken += found
    return tuple(left), taken


def _columns(part: Columns) -> tuple[list[Part], list[NotSupplied]]:
    """Close up columns; one that stays alone takes the whole width."""
    each = [_each(column) for column in part.columns]
    taken = [item for _, found in each for item in found]
    if not taken:
        return [part], []
    left = [blocks for blocks, _ in each if blocks]
    if len(left) == len(each):
        return [part.model_copy(update={"columns": tuple(left)})], taken
    if len(left) < 2:
        return [block for blocks in left for block in blocks], taken
    update = {"columns": tuple(left), "weights": (12 // len(left),) * len(left)}
    return [part.model_copy(update=update)], taken


def _under(heading: Part, taken: Sequence[NotSupplied]) -> _Line:
    assert isinstance(heading, Heading)  # noqa: S101  asked by the caller
    whats = dict.fromkeys(item.what for item in taken)
    return _Line(" ".join(whats), tuple(item.detail for item in taken), heading.text)


def _once(lines: Iterable[_Line]) -> list[_Line]:
    """Return lines without those whose every word has been told before."""
    told: dict[str, _Line] = {}
    for line in lines:
        told.setdefault(line.under or line.what, line)
    return list(told.values())


def _list(lines: Sequence[_Line], *, house: bool) -> tuple[Block, ...]:
    """Return the list; the house reads in a column of its own what would fill each gap."""
    details = house and any(detail for line in lines for detail in line.details)
    filled = (Column(key="fill", label=say("What would fill it"), grow=2),) if details else ()
    heading = Heading(
        role="page",
        text=say_number(
            "One part of this review has nothing to show yet",
            "{count} parts of this review have nothing to show yet",
            len(lines),
            count=numeral(len(lines), spoken()).capitalize(),
        ),
        nav=say("Not supplied"),
        anchor="not-supplied",
    )
    table = Table(
        columns=(Column(key="what", label=say("Not supplied"), grow=3, card="title"), *filled),
        rows=tuple(_row(line, details=details) for line in lines),
        summary=say("What was not supplied or recorded"),
    )
    return (heading, table)


def _row(line: _Line, *, details: bool) -> Row:
    fill = " ".join(dict.fromkeys(filter(None, line.details))).replace("`", "")
    told = (line.what if line.under else "", "" if details else fill)
    what = Cell(text=line.under or line.what, note=" ".join(filter(None, told)))
    return Row(cells=(what, Cell(text=fill)) if details else (what,))


def _placed(parts: list[Placed], blocks: tuple[Block, ...]) -> list[Placed]:
    at = next((at for at, (part, _) in enumerate(parts) if _opens(part)), len(parts))
    cell = parts[min(at, len(parts) - 1)][1] if parts else 1
    return [*parts[:at], *((block, cell) for block in blocks), *parts[at:]]


def _opens(part: Part) -> bool:
    first = part.blocks[0] if isinstance(part, Group) and part.blocks else part
    return isinstance(first, Heading) and first.anchor in BEFORE
