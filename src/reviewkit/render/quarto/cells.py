"""Parts of a document as cells for Quarto: a table of functions, one per kind of part."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from reviewkit.blocks import Block, Chart, Columns, Group, Heading, Markdown, Prose
from reviewkit.markup import to_html
from reviewkit.render import pandoc
from reviewkit.render.charts import chart_svg
from reviewkit.render.document import Document, Levels
from reviewkit.render.foreign_html import part_html
from reviewkit.render.notes import Notes
from reviewkit.render.parts import CodePart, HtmlPart, ImagePart, LatexPart, Part, TextPart
from reviewkit.render.pictures import picture_width, without_links
from reviewkit.render.quarto.markdown import block_markdown, heading_markdown
from reviewkit.render.quarto.trees import harmless
from reviewkit.render.quarto.words import attribute, escaped, inert

_WIDTHS = {"full": 504.0, "half": 246.0, "third": 160.0}
"""The widths in points that charts are drawn for."""

_FORMS: dict[type, tuple[str, str]] = {
    Markdown: ("markdown", "source"),
    HtmlPart: ("html", "html"),
    LatexPart: ("latex", "source"),
}
"""What a person wrote: pandoc's name of its form, and where it stands in the part."""

_PICTURES = frozenset({"image/png", "image/jpeg", "image/svg+xml"})


@dataclass(frozen=True)
class _Place:
    """What is known of a part: its cell, the level of a heading, the text of a person."""

    cell: int
    ours: bool
    notes: Notes
    level: int = 1
    text: str = ""


def shown_cells(document: Document) -> list[NotebookNode]:
    """Return the cells that show the parts of `document`, in reading order."""
    parts = [(leaf, cell) for part, cell in document.placed() for leaf in _leaves(part)]
    levels, texts = _readings([part for part, _ in parts], ours=document.ours)
    notes = Notes()
    cells: list[NotebookNode] = []
    for number, (part, cell) in enumerate(parts):
        place = _Place(
            cell=cell,
            ours=document.ours,
            notes=notes,
            level=levels.get(number, 1),
            text=texts.get(number, ""),
        )
        cells += _PARTS.get(type(part), _block)(part, place)
    return cells


def _leaves(part: Part) -> Iterator[Part]:
    """Yield the parts that are not made of others; Quarto sets them one below the other."""
    if isinstance(part, Group):
        for block in part.blocks:
            yield from _leaves(block)
    elif isinstance(part, Columns):
        for column in part.columns:
            for block in column:
                yield from _leaves(block)
    else:
        yield part


def _readings(parts: list[Part], *, ours: bool) -> tuple[dict[int, int], dict[int, str]]:
    """Return the levels of headings and the Markdown of what people wrote, by place."""
    written = [
        (place, _FORMS[type(part)]) for place, part in enumerate(parts) if type(part) in _FORMS
    ]
    sources = [(form, str(getattr(parts[place], field))) for place, (form, field) in written]
    trees = dict(zip((place for place, _ in written), pandoc.parse(sources), strict=True))
    counted = Levels()
    # A heading that a person wrote in a review stands below our own headline.
    base = 1 if ours else 0
    levels: dict[int, int] = {}
    for place, part in enumerate(parts):
        if isinstance(part, Heading):
            levels[place] = counted.of(part)
        elif place in trees:
            trees[place] = harmless(trees[place], lambda rank: counted.at(base + rank))
    return levels, dict(zip(trees, pandoc.markdown(list(trees.values())), strict=True))


def show(data: dict[str, Any], *, alt: str = "") -> NotebookNode:
    """Return a cell with one output of these forms; `alt` says what a picture shows."""
    words = json.dumps(attribute(alt), ensure_ascii=False)
    option = f"\n#| fig-alt: {words}" if alt else ""
    output = new_output("display_data", data)
    return new_code_cell(f"#| echo: false{option}", outputs=[output])


def _block(part: Block, _: _Place) -> list[NotebookNode]:
    html = f'<div class="rk">{inert(to_html(part))}</div>'
    return [show({"text/html": html, "text/markdown": block_markdown(part)})]


def _prose(part: Prose, _: _Place) -> list[NotebookNode]:
    return [new_markdown_cell(block_markdown(part))]


def _heading(part: Heading, place: _Place) -> list[NotebookNode]:
    return [new_markdown_cell(heading_markdown(part, place.level))]


def _chart(part: Chart, place: _Place) -> list[NotebookNode]:
    svg = chart_svg(part.spec)
    width = _WIDTHS[part.width]
    if not place.ours:
        width = min(width, picture_width("image/svg+xml", svg.encode()) or width)
    return [show({"image/svg+xml": inert(_sized(svg, width))}, alt=part.alt or "Chart")]


def _sized(svg: str, points: float) -> str:
    """Return an SVG that is `points` wide wherever it is shown at its natural size."""
    head = re.match(r"(?s).*?<svg\b[^>]*>", svg)
    if not head:
        return svg
    found = {
        name: re.search(rf'\s{name}="([\d.]+)(?:px)?"', head[0]) for name in ("width", "height")
    }
    width, height = found["width"], found["height"]
    if not width or not height or not float(width[1]):
        return svg
    tall = points * float(height[1]) / float(width[1])
    sized = head[0].replace(width[0], f' width="{points:.2f}pt"', 1)
    return sized.replace(height[0], f' height="{tall:.2f}pt"', 1) + svg[head.end() :]


def _markdown(part: Markdown, place: _Place) -> list[NotebookNode]:
    if not place.text:
        return []
    voice = f"**{escaped(part.author)}**\n\n" if part.author else ""
    return [new_markdown_cell(f"{voice}{place.text}")]


def _latex(_: LatexPart, place: _Place) -> list[NotebookNode]:
    return [new_markdown_cell(place.text)] if place.text else []


def _html(part: HtmlPart, place: _Place) -> list[NotebookNode]:
    html = part_html(part, place.cell, place.notes) or ""
    return [
        show({"text/html": f'<div class="rk">{inert(html)}</div>', "text/markdown": place.text})
    ]


def _image(part: ImagePart, place: _Place) -> list[NotebookNode]:
    if part.mime not in _PICTURES or picture_width(part.mime, part.data) is None:
        place.notes.add(
            place.cell,
            f"a picture ({part.mime}) cannot be handed to Quarto: its words stand in place; "
            "save it as PNG or SVG",
        )
        return [new_markdown_cell(escaped(part.alt))]
    if part.mime == "image/svg+xml":
        svg = without_links(part.data).decode("utf-8", "replace")
        return [show({part.mime: inert(svg)}, alt=part.alt)]
    return [show({part.mime: base64.b64encode(part.data).decode()}, alt=part.alt)]


def _code(part: CodePart, _: _Place) -> list[NotebookNode]:
    return [new_code_cell(f"#| echo: true\n{inert(part.source)}")]


def _printed(part: TextPart, _: _Place) -> list[NotebookNode]:
    output = new_output("stream", name="stdout", text=inert(part.text))
    return [new_code_cell("#| echo: false", outputs=[output])]


_PARTS: dict[type, Callable[[Any, _Place], list[NotebookNode]]] = {
    Heading: _heading,
    Prose: _prose,
    Chart: _chart,
    Markdown: _markdown,
    LatexPart: _latex,
    HtmlPart: _html,
    ImagePart: _image,
    CodePart: _code,
    TextPart: _printed,
}
