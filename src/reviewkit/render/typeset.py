"""A document as the data that the Typst template reads, with its pictures beside it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from reviewkit.blocks import Chart, Columns, Front, Group, Heading, Markdown, Table, to_json
from reviewkit.render import pandoc, printed
from reviewkit.render.anchors import Anchors
from reviewkit.render.cell_styles import cell_styles
from reviewkit.render.charts import chart_svg
from reviewkit.render.document import Document, Levels
from reviewkit.render.fonts import broken
from reviewkit.render.foreign import Reader, Setting
from reviewkit.render.foreign_tables import ForeignTable
from reviewkit.render.furniture import page_furniture
from reviewkit.render.mending import UNSET, as_typed
from reviewkit.render.notes import Notes
from reviewkit.render.outline import give_gaps, give_levels
from reviewkit.render.parts import CodePart, HtmlPart, ImagePart, LatexPart, Part, TextPart
from reviewkit.render.pictures import POINTS_PER_PIXEL, SUFFIXES, picture_width, without_links
from reviewkit.render.stories import are_stories, one_by_one
from reviewkit.render.tables import table_data
from reviewkit.render.typeface import FONT
from reviewkit.render.wide import foreign_table_data

PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Width and height in points."""

MARGIN = 45.6
TOP, BOTTOM = 66.0, 60.0
BAND = 18.0
"""By how much the band of an internal version moves the page down."""

TALLEST = 480.0
"""Points that the rows of a table may take if it is to stay on a page with its heading."""

GUTTER = 12.0
SHARES = {"full": 12, "half": 6, "third": 4}
"""Twelfths of the measure that a chart was drawn for."""

_SIZES = {"headline": 22.0, "page": 16.0, "section": 11.0, "tiles": 11.0}
_SHOWN = frozenset({"text", "label", "lead", "what", "detail", "word", "note", "unit"})
"""What is printed of a part, and its size where it is not 9 points."""


def typeset(
    document: Document, folder: Path, notes: Notes, *, bare: bool = False
) -> dict[str, Any]:
    """Return the template's data for `document`; writes pictures to `folder`.

    What cannot be carried goes to `notes`. `bare` leaves foreign pictures and formulas out.
    """
    front = document.front
    width, height = PAPERS[front.paper]
    placed = list(document.placed())
    setter = _Setter(folder, notes, [part for part, _ in placed], ours=document.ours, bare=bare)
    setter.measure = measure = width - 2 * MARGIN
    data = setter.placed(placed, measure)
    setter.fill_texts()
    # A heading that a person wrote in a review stands below our own headline.
    give_levels(data, Levels(), 1 if document.ours else 0)
    give_gaps(data)
    return {
        "front": page_furniture(front, measure) | setter.logos(front),
        "parts": data,
        "width": width,
        "height": height,
        "margin": MARGIN,
        "top": TOP,
        "bottom": BOTTOM,
        "band": BAND if front.audience == "internal" else 0.0,
        "fonts": [FONT],
    }


@dataclass(frozen=True)
class _Text:
    """A text to be parsed, and the place kept for it."""

    form: str
    source: str
    measure: float
    cell: int
    place: dict[str, Any]


class _Setter:
    """Sets parts one after the other; pictures, texts and levels count on through them."""

    def __init__(
        self, folder: Path, notes: Notes, parts: list[Part], *, ours: bool, bare: bool
    ) -> None:
        self.measure = 0.0
        self._bare = bare
        self._folder = folder
        self._notes = notes
        self._anchors = Anchors(parts)
        self._ours = ours
        self._cell = 0
        self._texts: list[_Text] = []
        self._pictures = 0

    def placed(self, parts: Iterable[tuple[Part, int]], measure: float) -> list[dict[str, Any]]:
        """Return the template's data for `parts`, each with the number of its cell."""
        out: list[dict[str, Any]] = []
        for part, self._cell in parts:
            out += self.parts((part,), measure)
        return out

    def parts(self, parts: Iterable[Part], measure: float) -> list[dict[str, Any]]:
        """Return the template's data for `parts` within `measure` points."""
        return [_PARTS.get(type(part), _Setter._plain)(self, part, measure) for part in parts]

    def logos(self, front: Front) -> dict[str, str]:
        """Write the logos of the first page; return their files, "" where there is none."""
        return {
            name: self._write(base64.b64decode(picture.partition(",")[2]), _suffix(picture))
            if picture
            else ""
            for name, picture in (("logo", front.logo), ("provider_logo", front.provider_logo))
        }

    def fill_texts(self) -> None:
        """Read all Markdown and HTML met so far, in one go, into the places kept for them."""
        parsed = pandoc.parse([(text.form, text.source) for text in self._texts])
        wanted: list[tuple[str, dict[str, Any], int]] = []
        for text, nodes in zip(self._texts, parsed, strict=True):
            self._cell = text.cell
            reader = Reader(
                Setting(
                    measure=text.measure,
                    picture=partial(self._picture, measure=text.measure),
                    table=partial(self._foreign_table, measure=text.measure),
                    note=partial(self._notes.add, text.cell),
                    styles=cell_styles(text.source) if text.form == "html" else {},
                )
            )
            text.place["content"] = reader.blocks(nodes)
            wanted += [(tex, run, text.cell) for tex, run in reader.formulas]
        found = pandoc.formulas([tex for tex, _, _ in wanted])
        for (tex, run, cell), typst in zip(wanted, found, strict=True):
            if typst and not self._bare:
                run |= {"typst": typst, "cell": cell}
                continue
            if not self._bare:
                self._notes.add(cell, UNSET.format(tex[:80]))
            as_typed(run)

    def _plain(self, part: Any, measure: float) -> dict[str, Any]:
        data = dict(self._anchors.live(to_json(part)))
        return dict(_unbroken(data, measure * 0.28 if data["kind"] == "tiles" else measure, data))

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
        return dict(self._anchors.live(table_data(part, measure)))

    def _foreign_table(self, table: ForeignTable, measure: float) -> list[dict[str, Any]]:
        return foreign_table_data(table, measure)

    def _text(self, form: str, source: str, measure: float) -> dict[str, Any]:
        place: dict[str, Any] = {"kind": "markup", "content": []}
        self._texts.append(_Text(form, source, measure, self._cell, place))
        return place

    def _markdown(self, part: Markdown, measure: float) -> dict[str, Any]:
        data = self._text("markdown", part.source, measure)
        if part.author:
            data["author"] = part.author
        return data

    def _html(self, part: HtmlPart, measure: float) -> dict[str, Any]:
        return self._text("html", part.html, measure)

    def _latex(self, part: LatexPart, measure: float) -> dict[str, Any]:
        return self._text("latex", part.source, measure)

    def _image(self, part: ImagePart, measure: float) -> dict[str, Any]:
        data = self._picture(part.mime, part.data, part.alt, measure, part.width)
        return data | {"kind": "image"} if "file" in data else data | {"kind": "text"}

    def _picture(
        self, mime: str, data: bytes, alt: str, measure: float, pixels: float | None = None
    ) -> dict[str, Any]:
        width = picture_width(mime, data)
        if width is None or self._bare:
            if not self._bare:
                self._notes.add(
                    self._cell, f"a picture ({mime}) cannot be read and is left out: {alt[:80]}"
                )
            return {"text": alt}
        if pixels:
            width = pixels * POINTS_PER_PIXEL
        data = without_links(data) if mime == "image/svg+xml" else data
        name = self._write(data, SUFFIXES[mime])
        return {
            "file": name,
            "alt": alt or "Image",
            "points": round(min(width, measure), 2),
            "cell": self._cell,
        }

    def _write(self, data: bytes, suffix: str) -> str:
        name = f"picture-{self._pictures}.{suffix}"
        self._pictures += 1
        (self._folder / name).write_bytes(data)
        return name

    def _code(self, part: CodePart, _: float) -> dict[str, Any]:
        return {"kind": "code", **printed.code(part.source)}

    def _printed(self, part: TextPart, _: float) -> dict[str, Any]:
        return {"kind": "text", **printed.printed(part.text)}

    def _group(self, part: Group, measure: float) -> dict[str, Any]:
        blocks = self.parts(part.blocks, measure)
        # What is taller than a page cannot be kept on one.
        rows = sum(row["height"] for block in blocks for row in block.get("rows", ()))
        return {"kind": "group", "keep": part.keep and rows <= TALLEST, "blocks": blocks}

    def _columns(self, part: Columns, measure: float) -> dict[str, Any]:
        count = len(part.columns)
        fits = len(part.weights) == count and sum(part.weights) > 0
        weights = part.weights if fits else (1,) * count
        unit = (measure + GUTTER) / sum(weights)
        widths = [round(unit * weight - GUTTER, 3) for weight in weights]
        stories = are_stories(part)
        columns = [
            self.parts(one_by_one(blocks) if stories else blocks, width)
            for blocks, width in zip(part.columns, widths, strict=True)
        ]
        kind = "stories" if stories else "columns"
        return {"kind": kind, "columns": columns, "widths": widths}


def _suffix(picture: str) -> str:
    return "svg" if picture.startswith("data:image/svg") else "png"


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


_PARTS: dict[type, Callable[[_Setter, Any, float], dict[str, Any]]] = {
    Heading: _Setter._heading,
    Chart: _Setter._chart,
    Table: _Setter._table,
    Markdown: _Setter._markdown,
    Group: _Setter._group,
    Columns: _Setter._columns,
    HtmlPart: _Setter._html,
    LatexPart: _Setter._latex,
    ImagePart: _Setter._image,
    CodePart: _Setter._code,
    TextPart: _Setter._printed,
}
