"""What stands on a slide: how high each kind of part is, and how it is drawn."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.util import Pt

from reviewkit.blocks import (
    Callout,
    Chart,
    Columns,
    Heading,
    Markdown,
    NotSupplied,
    Prose,
    Table,
    Tiles,
)
from reviewkit.errors import RenderError
from reviewkit.render.charts import chart_svg
from reviewkit.render.displayed import displayed
from reviewkit.render.notes import Notes
from reviewkit.render.parts import ImagePart, TextPart
from reviewkit.render.pdf import svg_png
from reviewkit.render.pptx import charts, grids, marks, prose, tables
from reviewkit.render.pptx.laid import Laid, Shown, add_laid, heat
from reviewkit.render.pptx.look import BODY, INK, N6, N7, SMALL, STATES, SUB, Box
from reviewkit.render.pptx.scales import scaled
from reviewkit.render.pptx.tiles import add_tiles, tiles_height
from reviewkit.render.pptx.words import Run, describe, place
from reviewkit.render.sections import opened

CHART, PANEL_CHART, GAP, GUTTER = 250.0, 210.0, 12.0, 24.0
"""Least heights of charts, space below a part, and between columns."""


@dataclass(frozen=True)
class Canvas:
    """A slide to draw on, what numbers look like, and where to tell what it cannot carry."""

    slide: Any
    decimal: str
    notes: Notes


@dataclass(frozen=True)
class Kind:
    """How a kind of part is measured in a width, and drawn into a box."""

    height: Callable[[Any, float, str], float]
    draw: Callable[[Canvas, Box, Any], None]
    stretches: bool = False


def kind_of(part: Shown) -> Kind | None:
    """Return how a part is shown; `None` for what a deck does not carry."""
    return KINDS.get(type(part))


def height(part: Shown, width: float, decimal: str) -> float:
    """Return how high `part` stands in `width` points."""
    kind = kind_of(part)
    return kind.height(part, width, decimal) if kind else 0.0


def stretches(part: Shown) -> bool:
    """Tell whether a part takes what room is left."""
    if isinstance(part, ImagePart):
        return True
    if isinstance(part, Chart):
        return part.plot is None or part.plot.form != "heat"
    if isinstance(part, Columns):
        return any(stretches(child) for column in part.columns for child in list(opened(column)))
    return False


def as_shown(part: Shown) -> Shown:
    """Return a heat map as the table it becomes, all else as it is."""
    if isinstance(part, Chart) and part.plot and part.plot.form == "heat":
        return heat(part, part.plot)
    return part


def draw(canvas: Canvas, box: Box, part: Shown) -> None:
    """Draw `part` into `box`."""
    kind = kind_of(part)
    if kind:
        kind.draw(canvas, box, part)


def _draw_text(lines: Callable[[Any], prose.Paragraphs]) -> Callable[[Canvas, Box, Any], None]:
    def drawn(canvas: Canvas, box: Box, part: Any) -> None:
        place(canvas.slide, box, lines(part), gap=prose.GAP)

    return drawn


def _text_height(lines: Callable[[Any], prose.Paragraphs]) -> Callable[[Any, float, str], float]:
    return lambda part, width, _: prose.height(lines(part), width)


def _text(lines: Callable[[Any], prose.Paragraphs]) -> Kind:
    return Kind(_text_height(lines), _draw_text(lines))


def heading_lines(part: Heading) -> prose.Paragraphs:
    """Return a heading inside a slide, with its note."""
    size = SUB if part.role != "finding" else BODY + 1
    note = "".join(span.text for span in part.note)
    found = [[Run(part.text, size, INK, bold=True)]]
    return [*found, [Run(note, SMALL + 0.5, N6)]] if note else found


def _printed(part: TextPart) -> prose.Paragraphs:
    return [[Run(line, SMALL, N7)] for line in part.text.splitlines()[:30]]


def _rule(canvas: Canvas, box: Box, part: Markdown) -> None:
    """Draw a person's words beside a thin rule, that nobody takes them for computed ones."""
    marks.stroke(canvas.slide.shapes, [(box.left, box.top), (box.left, box.bottom)], N6, 1.0)
    inner = Box(box.left + 10.0, box.top, box.width - 10.0, box.height)
    place(canvas.slide, inner, prose.markdown(part), gap=prose.GAP)


def _callout(canvas: Canvas, box: Box, part: Callout) -> None:
    colour = STATES[part.state][1]
    marks.stroke(canvas.slide.shapes, [(box.left, box.top), (box.left, box.bottom)], colour, 2.0)
    inner = Box(box.left + 12.0, box.top, box.width - 12.0, box.height)
    place(canvas.slide, inner, prose.callout(part))


def _chart(canvas: Canvas, box: Box, part: Chart) -> None:
    found = displayed(part, canvas.decimal)
    own = scaled(found, canvas.decimal) if found and found.native else None
    if own and charts.is_native(own, canvas.decimal):
        notes = own.notes
        low = 14.0 if notes else 0.0
        plot = Box(box.left, box.top, box.width, box.height - low)
        describe(charts.add_chart(canvas.slide, plot, own, canvas.decimal), part.alt)
        if notes:
            line = Box(box.left, plot.bottom, box.width, low)
            place(canvas.slide, line, [[Run(" · ".join(notes), SMALL, N6)]])
        return
    canvas.notes.add(0, f"a chart stands in the deck as a picture: {part.alt[:80]}")
    _picture(canvas, box, part)


def _picture(canvas: Canvas, box: Box, part: Chart) -> None:
    try:
        data = svg_png(chart_svg(part.spec).encode())
    except RenderError as error:
        place(canvas.slide, box, [[Run(f"{part.alt} ({error})", BODY, N6)]])
        return
    _fitted(canvas, box, data, part.alt)


def _fitted(canvas: Canvas, box: Box, data: bytes, alt: str) -> None:
    """Place a picture as large as `box` allows."""
    shape = canvas.slide.shapes.add_picture(io.BytesIO(data), Pt(box.left), Pt(box.top))
    scale = min(box.width / (shape.width / 12700), box.height / (shape.height / 12700))
    shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
    describe(shape, alt)


def _image(canvas: Canvas, box: Box, part: ImagePart) -> None:
    """Place an analyst's own picture; one that cannot be read is told by its words."""
    try:
        svg = part.mime == "image/svg+xml"
        _fitted(canvas, box, svg_png(part.data) if svg else part.data, part.alt)
    except (OSError, ValueError, RenderError):
        canvas.notes.add(0, f"a picture is left out of the deck: {part.alt[:80]}")
        place(canvas.slide, box, [[Run(part.alt, BODY, N6)]])


def _chart_height(_part: Chart | ImagePart, width: float, _: str) -> float:
    return CHART if width > 500 else PANEL_CHART


def _table_height(part: Table, width: float, _: str) -> float:
    return grids.measured(part, width).height


def _table(canvas: Canvas, box: Box, part: Table) -> None:
    tables.add_table(canvas.slide, box, part)


def _laid_height(part: Laid, width: float, _: str) -> float:
    return grids.measured(part.table, width, part.size).height


def _tiles(canvas: Canvas, box: Box, part: Tiles) -> None:
    add_tiles(canvas.slide, box, part)


def _laid(canvas: Canvas, box: Box, part: Laid) -> None:
    add_laid(canvas.slide, box, part)


def _columns_height(part: Columns, width: float, decimal: str) -> float:
    return max(
        sum(height(as_shown(child), inner, decimal) + GAP for child in list(opened(column)))
        for column, inner in zip(part.columns, _inner(part, width), strict=True)
    )


def _inner(part: Columns, width: float) -> list[float]:
    count = len(part.columns)
    weights = part.weights or (12 // count,) * count
    room = width - GUTTER * (count - 1)
    return [room * weight / sum(weights) for weight in weights]


def _columns(canvas: Canvas, box: Box, part: Columns) -> None:
    left = box.left
    for column, width in zip(part.columns, _inner(part, box.width), strict=True):
        stack(canvas, Box(left, box.top, width, box.height), list(opened(column)))
        left += width + GUTTER


def stack(canvas: Canvas, box: Box, parts: Sequence[Shown]) -> None:
    """Draw parts below each other; those that stretch share what room is left."""
    shown = [as_shown(part) for part in parts]
    heights = [height(part, box.width, canvas.decimal) for part in shown]
    loose = [at for at, part in enumerate(shown) if stretches(part)]
    rest = box.height - sum(heights) - GAP * (len(shown) - 1)
    for at in loose:
        heights[at] += max(0.0, rest / len(loose))
    top = box.top
    for part, own in zip(shown, heights, strict=True):
        draw(canvas, Box(box.left, top, box.width, own), part)
        top += own + GAP


KINDS: Mapping[type, Kind] = {
    Heading: _text(heading_lines),
    Prose: _text(prose.prose),
    Markdown: Kind(lambda part, width, _: prose.height(prose.markdown(part), width - 10.0), _rule),
    Callout: Kind(lambda part, width, _: prose.height(prose.callout(part), width - 12.0), _callout),
    NotSupplied: _text(prose.not_supplied),
    TextPart: _text(_printed),
    ImagePart: Kind(_chart_height, _image),
    Table: Kind(_table_height, _table),
    Laid: Kind(_laid_height, _laid),
    Tiles: Kind(tiles_height, _tiles),
    Chart: Kind(_chart_height, _chart),
    Columns: Kind(_columns_height, _columns),
}
"""Every kind of part a deck shows."""
