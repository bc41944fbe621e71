"""A document as the data that the Typst template reads, with its pictures beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from reviewkit.blocks import (
    Block,
    Chart,
    Columns,
    Group,
    Heading,
    Markdown,
    Prose,
    Table,
    to_json,
)
from reviewkit.render import pandoc
from reviewkit.render.charts import FONT, chart_svg
from reviewkit.render.document import (
    CodePart,
    Document,
    HtmlPart,
    ImagePart,
    Levels,
    Part,
    TextPart,
    flat,
)
from reviewkit.render.fonts import broken
from reviewkit.render.foreign import Reader
from reviewkit.render.furniture import page_furniture
from reviewkit.render.outline import give_gaps, give_levels
from reviewkit.render.pagination import share_pages
from reviewkit.render.pictures import picture_width, without_links
from reviewkit.render.tables import table_data

_LOG = logging.getLogger("reviewkit.render")

PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Width and height in points."""

MARGIN = 45.6
GUTTER = 12.0
TOP_AND_BOTTOM = 160.0
"""Margins above and below the text, in points, of the page with the least room."""

SHARES = {"full": 12, "half": 6, "third": 4}
"""Twelfths of the measure that a chart was drawn for."""

_SIZES = {"headline": 22.0, "page": 16.0, "section": 11.0, "tiles": 11.0}
_SHOWN = frozenset({"text", "label", "lead", "what", "detail", "word", "note"})
"""What is printed of a part, and its size where it is not 9 points."""

_SUFFIXES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}


def typeset(document: Document, folder: Path, *, bare: bool = False) -> dict[str, Any]:
    """Return the template's data for `document`; writes pictures to `folder`.

    `bare` leaves foreign pictures and formulas out: a damaged one stops the whole page.
    """
    front = document.front
    width, height = PAPERS[front.paper]
    parts = flat(document.parts)
    setter = _Setter(folder, _anchors(parts), ours=document.ours, bare=bare)
    setter.measure = measure = width - 2 * MARGIN
    data = setter.parts(parts, measure)
    setter.fill_texts()
    # A heading that a person wrote in a review stands below our own headline.
    give_levels(data, Levels(), 1 if document.ours else 0)
    give_gaps(data)
    if document.ours:
        share_pages(data, height - TOP_AND_BOTTOM)
    return {
        "front": page_furniture(front, measure),
        "parts": data,
        "width": width,
        "height": height,
        "margin": MARGIN,
        "fonts": [FONT],
    }


def _anchors(parts: Iterable[Part]) -> frozenset[str]:
    found: set[str] = set()
    for part in parts:
        match part:
            case Heading(anchor=anchor):
                found.add(anchor)
            case Table(rows=rows):
                found |= {row.anchor for row in rows}
            case Group(blocks=blocks):
                found |= _anchors(blocks)
            case Columns(columns=columns):
                for column in columns:
                    found |= _anchors(column)
            case _:
                pass
    return frozenset(found - {""})


class _Setter:
    """Sets parts one after the other; pictures, texts and levels count on through them."""

    def __init__(self, folder: Path, anchors: frozenset[str], *, ours: bool, bare: bool) -> None:
        self.measure = 0.0
        self._bare = bare
        self._folder = folder
        self._anchors = anchors
        self._ours = ours
        self._placed: set[str] = set()
        self._texts: list[tuple[str, str, float, dict[str, Any]]] = []
        self._pictures = 0

    def parts(self, parts: Iterable[Part], measure: float) -> list[dict[str, Any]]:
        """Return the template's data for `parts` within `measure` points."""
        return [_PARTS.get(type(part), _Setter._plain)(self, part, measure) for part in parts]

    def fill_texts(self) -> None:
        """Read all Markdown and HTML met so far, in one go, into the places kept for them."""
        parsed = pandoc.parse([(form, source) for form, source, _, _ in self._texts])
        readers = []
        for (_, _, measure, place), nodes in zip(self._texts, parsed, strict=True):
            reader = Reader(
                picture=partial(self._picture, measure=measure),
                table=partial(self._foreign_table, measure=measure),
            )
            place["content"] = reader.blocks(nodes)
            readers.append(reader)
        wanted = [item for reader in readers for item in reader.formulas]
        found = pandoc.formulas([tex for tex, _ in wanted])
        for (tex, run), typst in zip(wanted, found, strict=True):
            if typst and not self._bare:
                run["typst"] = typst
                continue
            if not self._bare:
                _LOG.warning("a formula cannot be set and is shown as it was typed: %s", tex[:80])
            del run["typst"]
            run |= {"kind": "code"} if run.get("kind") else {"marks": ["code"]}

    def _plain(self, part: Any, measure: float) -> dict[str, Any]:
        data = dict(self._live(to_json(part)))
        return dict(_unbroken(data, measure * 0.28 if data["kind"] == "tiles" else measure, data))

    def _live(self, data: Any) -> Any:
        """Drop links that lead nowhere, and anchors that stand already: a PDF refuses both."""
        if isinstance(data, list):
            return [self._live(value) for value in data]
        if not isinstance(data, dict):
            return data
        kept = {key: self._live(value) for key, value in data.items()}
        if kept.get("link") and str(kept["link"]).lstrip("#") not in self._anchors:
            del kept["link"]
        if isinstance(kept.get("anchor"), str):
            if kept["anchor"] in self._placed:
                del kept["anchor"]
            else:
                self._placed.add(kept["anchor"])
        return kept

    def _heading(self, part: Heading, measure: float) -> dict[str, Any]:
        return self._plain(part, measure) | {"nav": part.nav or part.text}

    def _chart(self, part: Chart, measure: float) -> dict[str, Any]:
        svg = chart_svg(part.spec)
        share = SHARES[part.width]
        points = min(measure, (self.measure + GUTTER) / 12 * share - GUTTER)
        if not self._ours:
            points = min(points, picture_width("image/svg+xml", svg.encode()) or points)
        name = self._write(svg.encode(), "svg")
        return {
            "kind": "chart",
            "file": name,
            "alt": part.alt or "Chart",
            "points": round(points, 2),
        }

    def _table(self, part: Table, measure: float) -> dict[str, Any]:
        return dict(self._live(table_data(part, measure)))

    def _foreign_table(self, table: Table, measure: float) -> dict[str, Any]:
        return {"kind": "table", **table_data(table, measure, fill=False)}

    def _text(self, form: str, source: str, measure: float) -> dict[str, Any]:
        place: dict[str, Any] = {"kind": "markup", "content": []}
        self._texts.append((form, source, measure, place))
        return place

    def _markdown(self, part: Markdown, measure: float) -> dict[str, Any]:
        data = self._text("markdown", part.source, measure)
        if part.author:
            data["author"] = part.author
        return data

    def _html(self, part: HtmlPart, measure: float) -> dict[str, Any]:
        return self._text("html", part.html, measure)

    def _image(self, part: ImagePart, measure: float) -> dict[str, Any]:
        data = self._picture(part.mime, part.data, part.alt, measure)
        return data | {"kind": "image"} if "file" in data else data | {"kind": "text"}

    def _picture(self, mime: str, data: bytes, alt: str, measure: float) -> dict[str, Any]:
        width = picture_width(mime, data)
        if width is None or self._bare:
            if not self._bare:
                _LOG.warning("a picture (%s) cannot be read and is left out: %s", mime, alt[:80])
            return {"text": alt}
        data = without_links(data) if mime == "image/svg+xml" else data
        name = self._write(data, _SUFFIXES[mime])
        return {"file": name, "alt": alt or "Image", "points": round(min(width, measure), 2)}

    def _write(self, data: bytes, suffix: str) -> str:
        name = f"picture-{self._pictures}.{suffix}"
        self._pictures += 1
        (self._folder / name).write_bytes(data)
        return name

    def _code(self, part: CodePart, _: float) -> dict[str, Any]:
        return {"kind": "code", "text": part.source}

    def _printed(self, part: TextPart, _: float) -> dict[str, Any]:
        return {"kind": "text", "text": part.text}

    def _group(self, part: Group, measure: float) -> dict[str, Any]:
        blocks = self.parts(part.blocks, measure)
        return {"kind": "group", "keep": part.keep, "blocks": blocks}

    def _columns(self, part: Columns, measure: float) -> dict[str, Any]:
        count = len(part.columns)
        fits = len(part.weights) == count and sum(part.weights) > 0
        weights = part.weights if fits else (1,) * count
        unit = (measure + GUTTER) / sum(weights)
        widths = [round(unit * weight - GUTTER, 3) for weight in weights]
        stories = _are_stories(part)
        columns = [
            self.parts(_paragraphs(blocks) if stories else blocks, width)
            for blocks, width in zip(part.columns, widths, strict=True)
        ]
        kind = "stories" if stories else "columns"
        return {"kind": kind, "columns": columns, "widths": widths}


def _unbroken(data: Any, measure: float, part: dict[str, Any]) -> Any:
    """Let words longer than a line break anywhere."""
    if isinstance(data, list):
        return [_unbroken(item, measure, part) for item in data]
    if not isinstance(data, dict):
        return data
    size = _SIZES.get(part.get("role", part["kind"]), 9.0)
    room = measure / 3 if data.keys() == {"label", "text"} else measure
    return {
        key: broken(value, room, size, 600)
        if isinstance(value, str) and key in _SHOWN
        else _unbroken(value, measure, part)
        for key, value in data.items()
    }


def _are_stories(part: Columns) -> bool:
    """Tell whether every column is a finding with as many paragraphs as its neighbours."""
    shapes = set()
    for blocks in part.columns:
        if not blocks or not isinstance(blocks[0], Heading) or blocks[0].role != "finding":
            return False
        if not all(isinstance(block, Prose) for block in blocks[1:]):
            return False
        shapes.add(len(_paragraphs(blocks)))
    return len(shapes) == 1


def _paragraphs(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return `blocks` with a block for each paragraph."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Prose):
            out += [block.model_copy(update={"paragraphs": (text,)}) for text in block.paragraphs]
        else:
            out.append(block)
    return tuple(out)


_PARTS: dict[type, Callable[[_Setter, Any, float], dict[str, Any]]] = {
    Heading: _Setter._heading,
    Chart: _Setter._chart,
    Table: _Setter._table,
    Markdown: _Setter._markdown,
    Group: _Setter._group,
    Columns: _Setter._columns,
    HtmlPart: _Setter._html,
    ImagePart: _Setter._image,
    CodePart: _Setter._code,
    TextPart: _Setter._printed,
}
