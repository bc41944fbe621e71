"""A document as the data that the Typst template reads, with its pictures beside it."""

from __future__ import annotations

import logging
import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel import Locale

from reviewkit.blocks import (
    Chart,
    Columns,
    Group,
    Heading,
    Markdown,
    Table,
    to_json,
)
from reviewkit.colours import readable
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
from reviewkit.render.pandoc import to_typst

_LOG = logging.getLogger("reviewkit.render")

PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Width and height in points."""

MARGIN = 45.6
POINTS = {"full": 1.0, "half": 0.488, "third": 0.3175}
"""Share of the measure that a chart was drawn for."""


@dataclass
class _Folder:
    """Pictures and marked-up texts, written once for the whole document."""

    path: Path
    measure: float
    anchors: frozenset[str]
    texts: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    levels: Levels = field(default_factory=Levels)

    def picture(self, data: bytes, suffix: str) -> str:
        name = f"picture-{self.pictures}.{suffix}"
        self.pictures += 1
        (self.path / name).write_bytes(data)
        return name

    def text(self, source: str, form: str) -> str:
        self.texts.append((form, source))
        return f"text-{len(self.texts) - 1}.typ"


def typeset(document: Document, folder: Path) -> dict[str, Any]:
    """Return the template's data for `document`; writes pictures and texts to `folder`."""
    width, height = PAPERS[document.front.paper]
    parts = flat(document.parts)
    place = _Folder(folder, width - 2 * MARGIN, _anchors(parts))
    set_parts = _all(parts, place)
    for number, typst in enumerate(to_typst(place.texts)):
        (folder / f"text-{number}.typ").write_text(typst, encoding="utf-8")
    return {
        "front": _front(document),
        "parts": set_parts,
        "width": width,
        "height": height,
        "fonts": [FONT],
    }


def _front(document: Document) -> dict[str, Any]:
    front = document.front
    language, _, region = front.language.partition("-")
    internal = front.audience == "internal"
    report = f"{front.report}, internal version" if internal else front.report
    return {
        "title": front.title,
        "author": front.author,
        "keywords": list(front.keywords),
        "lang": language or "en",
        "region": region or Locale.parse(language or "en").territory or "GB",
        "accent": readable(front.accent),
        "audience": front.audience,
        "client": front.client,
        "line": f"{report}, {front.period}" if front.period else report,
        "provider": front.provider,
        "source": front.source,
        "confidentiality": front.confidentiality,
        "band": f"{front.provider} only: shows cost and margin. Never send to the client.",
    }


def _anchors(parts: tuple[Part, ...]) -> frozenset[str]:
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


def _all(parts: Iterable[Part], place: _Folder) -> list[dict[str, Any]]:
    return [_PARTS.get(type(part), _plain)(part, place) for part in parts]


def _plain(part: Any, place: _Folder) -> dict[str, Any]:
    return dict(_without_dead_links(to_json(part), place))


def _heading(part: Heading, place: _Folder) -> dict[str, Any]:
    return to_json(part) | {"level": place.levels.of(part)}


def _without_dead_links(data: Any, place: _Folder) -> Any:
    if isinstance(data, dict):
        return {
            key: _without_dead_links(value, place)
            for key, value in data.items()
            if not (key == "link" and str(value).lstrip("#") not in place.anchors)
        }
    if isinstance(data, list):
        return [_without_dead_links(value, place) for value in data]
    return data


def _chart(part: Chart, place: _Folder) -> dict[str, Any]:
    name = place.picture(chart_svg(part.spec).encode(), "svg")
    points = place.measure * POINTS[part.width]
    return {"kind": "chart", "file": name, "alt": part.alt, "points": round(points, 2)}


def _table(part: Table, place: _Folder) -> dict[str, Any]:
    data = to_json(part)
    for index, column in enumerate(part.columns):
        if column.align == "decimal":
            texts = [row.cells[index].text for row in part.rows]
            for row, pad in zip(data["rows"], _pads(texts), strict=True):
                if pad:
                    row["cells"][index]["pad"] = pad
    return dict(_without_dead_links(data, place))


def _pads(texts: list[str]) -> list[str]:
    """Return what each text lacks to the right, so that decimal points stand in line."""
    figure = re.compile(r"[+−-]?[\d.,’  ]*?(?P<tail>[.,]\d{1,2})?")
    found = [figure.fullmatch(text) if text else None for text in texts]
    tails = [(match["tail"] or "") if match else None for match in found]
    longest = max((tail for tail in tails if tail), key=len, default="")
    return ["" if tail is None else longest[len(tail) :] for tail in tails]


def _markdown(part: Markdown, place: _Folder) -> dict[str, Any]:
    data = {"kind": "markup", "file": place.text(part.source, "markdown")}
    return data | ({"author": part.author} if part.author else {})


def _html(part: HtmlPart, place: _Folder) -> dict[str, Any]:
    return {"kind": "markup", "file": place.text(part.html, "html")}


def _image(part: ImagePart, place: _Folder) -> dict[str, Any]:
    suffix = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}.get(part.mime)
    if suffix is None:
        _LOG.warning("a picture of type %s cannot be set and is left out", part.mime)
        return {"kind": "text", "text": part.alt}
    width = _width(part)
    wide = width is None or width > place.measure
    return {
        "kind": "image",
        "file": place.picture(part.data, suffix),
        "alt": part.alt,
        "wide": wide,
    }


def _width(part: ImagePart) -> float | None:
    """Return the width of a PNG in points at 96 dots an inch; `None` where it is not known."""
    if part.mime == "image/png" and part.data[:4] == b"\x89PNG" and len(part.data) > 24:
        return float(struct.unpack(">I", part.data[16:20])[0]) * 0.75
    return None


def _code(part: CodePart, _: _Folder) -> dict[str, Any]:
    return {"kind": "code", "text": part.source}


def _text(part: TextPart, _: _Folder) -> dict[str, Any]:
    return {"kind": "text", "text": part.text}


def _group(part: Group, place: _Folder) -> dict[str, Any]:
    return {"kind": "group", "keep": part.keep, "blocks": _all(part.blocks, place)}


def _columns(part: Columns, place: _Folder) -> dict[str, Any]:
    columns = [_all(column, place) for column in part.columns]
    return {"kind": "columns", "columns": columns, "weights": list(part.weights)}


_PARTS: dict[type, Callable[[Any, _Folder], dict[str, Any]]] = {
    Heading: _heading,
    Chart: _chart,
    Table: _table,
    Markdown: _markdown,
    Group: _group,
    Columns: _columns,
    HtmlPart: _html,
    ImagePart: _image,
    CodePart: _code,
    TextPart: _text,
}
