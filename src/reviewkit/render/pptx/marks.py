"""What is drawn over the cells of a table: bars, dots and small trends, as shapes in a group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from reviewkit.blocks import Bar, Dots, Sparkline
from reviewkit.render.pptx.look import ACCENT, INK, N4, N7, STATES, Box
from reviewkit.render.pptx.words import describe, paint


def group(slide: Any, text: str) -> Any:
    """Return the shapes of a new group that says what it shows."""
    own = slide.shapes.add_group_shape()
    describe(own, text)
    return own.shapes


def draw_bar(shapes: Any, box: Box, bar: Bar) -> None:
    """Draw a bar's segments, and the axis through it where bars go both ways."""
    for segment in bar.segments:
        width = max((segment.end - segment.start) * box.width, 0.75)
        place = Box(box.left + segment.start * box.width, box.top, width, box.height)
        _filled(shapes, MSO_SHAPE.RECTANGLE, place, ACCENT if segment.tone == "accent" else N4)
    if bar.zero:
        at = box.left + bar.zero * box.width
        stroke(shapes, [(at, box.top - 3.0), (at, box.bottom + 3.0)], INK, 0.5)


def draw_dots(shapes: Any, box: Box, dots: Dots) -> None:
    """Draw a value, its reference and its target on one line."""
    middle = box.top + box.height / 2
    stroke(shapes, [(box.left, middle), (box.left + box.width, middle)], N4, 0.5)
    for at, colour in ((dots.reference, N4), (dots.value, ACCENT)):
        if at is not None:
            place = Box(box.left + at * box.width - 3.0, middle - 3.0, 6.0, 6.0)
            _filled(shapes, MSO_SHAPE.OVAL, place, colour)
    if dots.target is not None:
        at = box.left + dots.target * box.width
        stroke(shapes, [(at, middle - 5.0), (at, middle + 5.0)], INK, 1.0)


def draw_trend(shapes: Any, box: Box, trend: Sparkline) -> None:
    """Draw a small trend with its target and its last point."""
    step = box.width / max(len(trend.points) - 1, 1)
    spots = [
        None if y is None else (box.left + at * step, box.bottom - y * box.height)
        for at, y in enumerate(trend.points)
    ]
    if trend.target is not None:
        level = box.bottom - trend.target * box.height
        stroke(shapes, [(box.left, level), (box.left + box.width, level)], INK, 0.5, dashed=True)
    for run in _runs(spots):
        stroke(shapes, run, N7, 1.0)
    last = spots[-1] if spots else None
    if last and trend.state:
        _filled(
            shapes,
            MSO_SHAPE.OVAL,
            Box(last[0] - 2.5, last[1] - 2.5, 5.0, 5.0),
            STATES[trend.state][1],
        )


def stroke(
    shapes: Any,
    spots: list[tuple[float, float]],
    colour: str,
    width: float,
    *,
    dashed: bool = False,
) -> None:
    """Draw a line through `spots`."""
    if len(spots) < 2:
        return
    if len(spots) == 2:
        (x, y), (x2, y2) = spots
        shape = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(x), Pt(y), Pt(x2), Pt(y2))
    else:
        builder = shapes.build_freeform(Pt(spots[0][0]), Pt(spots[0][1]))
        builder.add_line_segments([(Pt(x), Pt(y)) for x, y in spots[1:]], close=False)
        shape = builder.convert_to_shape()
        shape.fill.background()
    unstyled(shape)
    shape.line.width = Pt(width)
    paint(shape.line.color, colour)
    if dashed:
        shape.line.dash_style = MSO_LINE.DASH


def _filled(shapes: Any, form: Any, box: Box, colour: str) -> None:
    shape = shapes.add_shape(form, Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    shape.fill.solid()
    paint(shape.fill.fore_color, colour)
    shape.line.fill.background()
    unstyled(shape)


def unstyled(shape: Any) -> None:
    """Take the theme's own style from a shape: no shadow, no outline that is not asked for."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def _runs(spots: Iterable[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Return stretches without gaps."""
    out: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if spot is None:
            out.append([])
        else:
            out[-1].append(spot)
    return [run for run in out if run]
