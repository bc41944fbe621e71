"""Charts: trends, stacked months, bars and heat maps.

Lines and bars are labelled directly. A chart carries no more data than it draws.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Any

import altair as alt

from reviewkit.blocks import Chart, Series
from reviewkit.colours import readable
from reviewkit.display import marks, plots, theme
from reviewkit.display.fitting import fitted
from reviewkit.display.marks import Frame, Month, Scale
from reviewkit.periods import Period
from reviewkit.speech import say

ROOM = 4
"""Points between a name and what it names."""


@dataclass(frozen=True)
class Trend:
    """A figure by month: `values`, the same months a year before, and the target.

    `texts` name each value; `under_review` are the positions of the period's first and
    last month. `events` stand at a position on the axis. `figures` has the series as they
    are printed, for whoever draws or lists them anew.
    """

    months: tuple[Month, ...]
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    year_before: tuple[float | None, ...]
    target: float | None
    target_text: str
    scale: Scale
    under_review: tuple[int, int]
    period: str
    events: tuple[tuple[float, str], ...] = ()
    figures: tuple[Series, ...] = ()


@dataclass(frozen=True)
class Stack:
    """Values by month and series, the first series lowest; `texts` are the totals printed.

    `reference` is drawn as a thin dotted line, such as the year before. `printed` rounds
    values that are added up, so that they add up as printed.
    """

    months: tuple[Month, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    texts: tuple[str, ...]
    scale: Scale
    reference_name: str = ""
    reference: tuple[float | None, ...] = ()
    printed: Callable[[Sequence[float]], tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Grid:
    """Cells of a heat map: (row, column, weight from 0 to 1, text)."""

    rows: tuple[str, ...]
    months: tuple[Month, ...]
    cells: tuple[tuple[int, int, float, str], ...]


@marks.for_phones
@theme.trusted()
def trend(data: Trend, accent: str, text: str, frame: Frame) -> Chart:
    """Return a figure's months as a line, with its target, the year before and events."""
    colour = readable(accent)
    frame = _with_room(data, frame)
    layers = [
        *_tinted(data, frame),
        *_target(data),
        *_events(data, frame),
        marks.line(marks.known(data.year_before), theme.N4, 1.0),
        marks.line(marks.known(data.values), colour, 1.75),
        *_points(data, colour),
        *_ends(data, colour, frame),
    ]
    return marks.drawn(layers, accent, text, frame, plots.of_trend(data))


@marks.for_phones
@theme.trusted()
def stacked(data: Stack, accent: str, text: str, frame: Frame) -> Chart:
    """Return months as stacked bars; each series is named beside its last bar."""
    colours = [readable(accent), theme.N4, theme.N2, theme.N7, theme.N6]
    count = len(data.months)
    # What is below zero stands below the axis, apart from what is above.
    base = {1: [0.0] * count, -1: [0.0] * count}
    plot = plots.of_stack(data)
    shown = fitted([name for name, _ in data.series], frame.right - ROOM)
    rows: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    for at, (name, values) in enumerate(data.series):
        for x, value in enumerate(values):
            side = base[1 if value >= 0 else -1]
            rows.append(
                {
                    "x": x,
                    "y": side[x],
                    "y2": side[x] + value,
                    "c": colours[at % len(colours)],
                    "d": _told(name, data.months[x], plot.series[at].texts[x] if plot else ""),
                }
            )
            side[x] += value
        end = base[1 if values[-1] >= 0 else -1][-1]
        names.append({"x": count - 0.42, "y": end - values[-1] / 2, "t": shown[at]})
    last = marks.known(data.reference)
    if last:
        names.append({"x": count - 0.42, "y": last[-1]["y"], "t": data.reference_name})
    totals = [
        {"x": x, "y": total, "t": data.texts[x]}
        for x, total in enumerate(base[1])
        # Where months are too narrow for all of them, the last one is among those that stay.
        if (count - 1 - x) % frame.step == 0
    ]
    layers = [
        marks.chart(rows)
        .mark_bar(size=min(24, 0.62 * frame.inner / count))
        .encode(
            x=marks.months_axis(data.months, step=frame.step),
            y=marks.values_axis(data.scale),
            y2=alt.Y2("y2:Q"),
            color=alt.Color("c:N", scale=None),
            description=alt.Description("d:N"),
        ),
        marks.words(marks.lifted(totals, last, data.scale, frame), theme.INK, "center", dy=-6),
        marks.line(last, theme.N7, 1.0, dash=(2, 2)),
        marks.words(
            marks.apart(names, data.scale, frame), theme.N7, "left", limit=frame.right - ROOM
        ),
    ]
    return marks.drawn(layers, accent, text, frame, plot)


@marks.for_phones
@theme.trusted()
def bars(rows: Sequence[tuple[str, float, str]], accent: str, text: str, frame: Frame) -> Chart:
    """Return named values (name, value, text) as horizontal bars, each with its value.

    The frame's height is that of all rows together, 18 points each.
    """
    most = max((value for _, value, _ in rows), default=1.0) or 1.0
    data = [
        {"i": at, "n": name, "v": value, "t": told, "d": f"{name}: {told}"}
        for at, (name, value, told) in enumerate(rows)
    ]
    base = marks.chart(data).encode(
        y=alt.Y("i:O", axis=None),
        x=alt.X("v:Q", scale=alt.Scale(domain=[0, most]), axis=None),
    )
    named = base.mark_text(align="right", dx=-6, color=theme.INK).encode(
        x=alt.value(0), text=alt.Text("n:N")
    )
    drawn = base.mark_bar(size=9, color=readable(accent)).encode(description=alt.Description("d:N"))
    ends = base.mark_text(align="left", dx=4, color=theme.INK).encode(text=alt.Text("t:N"))
    return marks.drawn([named, drawn, ends], accent, text, frame, plots.of_bars(rows))


@marks.for_phones
@theme.trusted()
def heat(data: Grid, accent: str, text: str, frame: Frame) -> Chart:
    """Return a grid of values: the heavier a cell, the deeper its colour."""
    rows = [
        {
            "r": row,
            "x": column,
            "w": round(weight, 2),
            "t": told,
            "d": weight > 0.5,
            "s": _told(data.rows[row], data.months[column], told),
        }
        for row, column, weight, told in data.cells
    ]
    y = alt.Y("r:O", axis=None, scale=alt.Scale(paddingInner=0.1, paddingOuter=0.05))
    base = marks.chart(rows).encode(x=marks.months_axis(frame.heads(data.months), top=True), y=y)
    grid = base.mark_rect(color=readable(accent), width=frame.inner / len(data.months) - 2).encode(
        opacity=alt.Opacity("w:Q", scale=alt.Scale(domain=[0, 1], range=[0.05, 1]), legend=None),
        description=alt.Description("s:N"),
    )
    told = base.mark_text(baseline="middle").encode(
        text=alt.Text("t:N"),
        color=alt.condition("datum.d", alt.value("white"), alt.value(theme.INK)),
    )
    shown = fitted(data.rows, frame.left - 2 * ROOM)
    names = [{"r": at, "t": name} for at, name in enumerate(shown)]
    named = (
        marks.chart(names)
        .mark_text(align="right", dx=-2 * ROOM, color=theme.INK, limit=frame.left - 2 * ROOM)
        .encode(x=alt.value(0), y=y, text=alt.Text("t:N"))
    )
    return marks.drawn([grid, told, named], accent, text, frame, plots.of_heat(data))


def _told(name: str, month: Month, text: str) -> str:
    """Return what a bar or cell says of itself where it is pointed at."""
    head = f"{name}, {' '.join(map(str, month))}"
    return f"{head}: {text}" if text else head


def position(day: dt.date, months: Sequence[Period]) -> float:
    """Return where a day stands on an axis of months, or fiscal periods, that hold it."""
    at, own = next((at, month) for at, month in enumerate(months) if month.contains(day))
    return at - 0.5 + (day - own.start).days / (own.days if own.in_weeks else 31)


def _tinted(data: Trend, frame: Frame) -> list[Any]:
    first, last = data.under_review
    box = [{"x": first - 0.5, "x2": last + 0.5, "y": data.scale.low, "y2": data.scale.high}]
    back = (
        marks.chart(box)
        .mark_rect(color=theme.N1, aria=False)
        .encode(
            x=marks.months_axis(data.months, step=frame.step),
            x2=alt.X2("x2:Q"),
            y=marks.values_axis(data.scale),
            y2=alt.Y2("y2:Q"),
        )
    )
    # The period's name stands where no line runs.
    height = data.scale.high - data.scale.low
    lines = [y for y in (*data.values[first:], *data.year_before[first:], data.target) if y]
    below = all(y > data.scale.low + 0.15 * height for y in lines)
    name = [{"x": last + 0.42, "y": data.scale.low if below else data.scale.high, "t": data.period}]
    return [back, marks.words(name, theme.N6, "right", dy=-6 if below else 7)]


def _target(data: Trend) -> list[Any]:
    if data.target is None:
        return []
    ends = [{"x": x, "y": data.target} for x in (-0.5, len(data.months) - 0.5)]
    return [marks.line(ends, theme.INK, 0.75, dash=(3, 2))]


def _lines(name: str, frame: Frame) -> list[str]:
    """Return an event's words as they stand above the plot."""
    return wrap(name, 34) if frame.width == "phone" else [name]


def _with_room(data: Trend, frame: Frame) -> Frame:
    more = 9 * (max((len(_lines(name, frame)) for _, name in data.events), default=1) - 1)
    return replace(frame, top=frame.top + more, height=frame.height + more)


def _events(data: Trend, frame: Frame) -> list[Any]:
    out = []
    for x, name in data.events:
        out.append(
            marks.line(
                [{"x": x, "y": y} for y in (data.scale.low, data.scale.high)], theme.INK, 0.5
            )
        )
        late = x > len(data.months) / 2
        lines = _lines(name, frame)
        where = [{"x": x, "y": data.scale.high, "t": "\n".join(lines)}]
        side, step = ("right", 3) if late else ("left", -3)
        over = {"dx": step, "dy": -5 - 9 * (len(lines) - 1), "lineBreak": "\n", "lineHeight": 9}
        out.append(marks.words(where, theme.INK, side, **over))
    return out


def _points(data: Trend, colour: str) -> list[Any]:
    # Every month is a point that says its value on a screen; only the last one is seen.
    rows = [
        {"x": x, "y": y, "t": data.texts[x], "o": 0}
        for x, y in enumerate(data.values)
        if y is not None
    ]
    if rows:
        rows[-1]["o"] = 1
    return [
        marks.chart(rows)
        .mark_point(size=22, color=colour, filled=True)
        .encode(
            x=alt.X("x:Q"),
            y=alt.Y("y:Q"),
            opacity=alt.Opacity("o:Q", scale=None),
            description=alt.Description("t:N"),
        )
    ]


def _ends(data: Trend, colour: str, frame: Frame) -> list[Any]:
    """Name the lines beside their right ends."""
    own, before = marks.known(data.values), marks.known(data.year_before)
    found: list[dict[str, Any]] = []
    if data.target is not None:
        found.append({"y": data.target, "t": data.target_text, "c": theme.INK, "w": 400})
    if before:
        found.append({"y": before[-1]["y"], "t": say("Year before"), "c": theme.N6, "w": 400})
    if own:
        last = own[-1]
        found.append({"y": last["y"], "t": data.texts[int(last["x"])], "c": colour, "w": 600})
    rows = [{"x": len(data.months) - 0.42, **row} for row in found]
    return [
        marks.words([row], row["c"], "left", fontWeight=row["w"])
        for row in marks.apart(rows, data.scale, frame)
    ]
