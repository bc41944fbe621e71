"""Parts that charts are made of; with `theme`, the only module that knows Altair.

Positions on a time axis count months from 0, so that events stand at their day. The outer
size of a chart is its printed size: nothing is left to automatic layout.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from math import ceil, floor, log10
from typing import Any, Literal, TypeVar

import altair as alt

from reviewkit.blocks import Chart, Plot
from reviewkit.display import theme

Width = Literal["full", "half", "phone"]
Month = tuple[str, int | str]
"""A month, or fiscal period, as an axis prints it: its short name and its year."""

Rows = Sequence[Mapping[str, Any]]

_POINTS: dict[str, int] = {"full": theme.FULL, "half": theme.HALF, "phone": theme.PHONE}
_Data = TypeVar("_Data")
_data: Any = alt.Data


@dataclass(frozen=True)
class Scale:
    """The vertical axis: round positions from its lower to its upper end, and their text."""

    ticks: tuple[float, ...]
    labels: tuple[str, ...]

    @property
    def low(self) -> float:
        """Where the axis begins."""
        return self.ticks[0]

    @property
    def high(self) -> float:
        """Where the axis ends."""
        return self.ticks[-1]

    @property
    def step(self) -> float:
        """From one line of the axis to the next."""
        return round(self.ticks[1] - self.ticks[0], 10)


@dataclass(frozen=True)
class Frame:
    """A chart's printed size in points, and the room around its plot."""

    width: Width = "full"
    height: int = 150
    left: int = 26
    right: int = 66
    top: int = 8
    bottom: int = 26

    @property
    def step(self) -> int:
        """Every how many months one is named: all where there is room, else one in three."""
        return 1 if self.width == "full" else 3

    @property
    def inner(self) -> int:
        """Width of the plot."""
        return _POINTS[self.width] - self.left - self.right

    def heads(self, months: Sequence[Month]) -> Sequence[Month]:
        """Return months as heads of columns; on a phone there is no room for their years."""
        return [(name, "") for name, _ in months] if self.width == "phone" else months


def for_phones(
    draw: Callable[[_Data, str, str, Frame], Chart],
) -> Callable[[_Data, str, str, Frame], Chart]:
    """Let `draw` make a chart of the full measure a second time, for a phone."""

    @wraps(draw)
    def both(data: _Data, accent: str, text: str, frame: Frame) -> Chart:
        chart = draw(data, accent, text, frame)
        if frame.width != "full":
            return chart
        small = draw(data, accent, text, replace(frame, width="phone"))
        return chart.model_copy(update={"narrow": small.spec})

    return both


def nice_ticks(
    values: Sequence[float], *, zero: bool, lines: int = 4, least: float = 0.0
) -> tuple[float, ...]:
    """Return at most `lines` + 1 round positions that enclose `values`.

    They span at least `least`, so that a level line does not look like mountains.

    >>> nice_ticks([93.6, 96.7], zero=False)
    (93.0, 94.0, 95.0, 96.0, 97.0)
    >>> nice_ticks([0, 3400], zero=True)
    (0.0, 1000.0, 2000.0, 3000.0, 4000.0)
    """
    low = min(0.0, *values) if zero else min(values)
    high = max(0.0, *values) if zero else max(values)
    room = max(0.0, least - (high - low))
    low, high = low - room / 2, high + room / 2
    # Ticks that lie closer are one and the same: such values are level, and such a height none.
    fine = 1e-9 * max(1.0, abs(low), abs(high))
    spread = next(span for span in (high - low, abs(high), 1.0) if span > fine)
    unit = 10.0 ** floor(log10(spread / lines))
    for factor in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 50.0):
        step = unit * factor
        first, last = floor(round(low / step, 9)), ceil(round(high / step, 9))
        if last - first <= lines:
            break
    last = max(last, first + 1)
    return tuple(round(at * step, 10) for at in range(first, last + 1))


def chart(rows: Rows) -> Any:
    """Return an empty chart of `rows`, which travel inside it."""
    return alt.Chart(_data(values=[dict(row) for row in rows]))


def drawn(
    layers: Sequence[Any], accent: str, text: str, frame: Frame, plot: Plot | None = None
) -> Chart:
    """Return layers as a chart of the frame's printed size; `text` stands in its place.

    `plot` holds the figures that the layers draw, as they are printed.
    """
    size = {
        "width": frame.inner,
        "height": frame.height - frame.top - frame.bottom,
        "padding": {
            "left": frame.left,
            "right": frame.right,
            "top": frame.top,
            "bottom": frame.bottom,
        },
        "autosize": {"type": "none"},
    }
    shown: Literal["full", "half"] = "half" if frame.width == "half" else "full"
    return Chart(spec=theme.spec(layers, accent) | size, alt=text, width=shown, plot=plot)


def named(months: Sequence[Month]) -> tuple[str, ...]:
    """Return months as a list names them: Oct 2025."""
    return tuple(f"{name} {year}" for name, year in months)


def months_axis(months: Sequence[Month], *, top: bool = False, step: int = 1) -> Any:
    """Return the axis of months, each `step`th named; a year stands below its first month."""
    labels = [_month_label(months, at, top=top, step=step) for at in range(len(months))]
    return alt.X(
        "x:Q",
        scale=alt.Scale(domain=[-0.5, len(months) - 0.5], nice=False),
        axis=alt.Axis(
            values=list(range(len(months))),
            tickCount=len(months),
            labelExpr=f"{_list(labels)}[datum.value]",
            title=None,
            labelFlush=False,
            labelOverlap=False,
            orient="top" if top else "bottom",
            domain=not top,
        ),
    )


def _month_label(months: Sequence[Month], at: int, *, top: bool, step: int) -> list[str]:
    name, year = months[at]
    if at % step:
        return [""]
    if at and months[max(0, at - step)][1] == year:
        return [name]
    return [f"{name} {year}".strip()] if top else [name, str(year)]


def values_axis(scale: Scale) -> Any:
    """Return the vertical axis, its lines labelled as told."""
    ticks = list(scale.ticks)
    step = ticks[1] - ticks[0]
    return alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[scale.low, scale.high], nice=False, zero=False),
        axis=alt.Axis(
            values=ticks,
            tickCount=len(ticks),
            # Positions are floats: the label is that of the nearest one.
            labelExpr=f"{_list(scale.labels)}[round((datum.value - {ticks[0]}) / {step})]",
            title=None,
        ),
    )


def line(rows: Rows, colour: str, width: float, dash: tuple[int, ...] = ()) -> Any:
    """Return a line through `rows` (x, y)."""
    style: dict[str, Any] = {"color": colour, "strokeWidth": width}
    if dash:
        style["strokeDash"] = list(dash)
    return chart(rows).mark_line(**style).encode(x=alt.X("x:Q"), y=alt.Y("y:Q"))


def words(rows: Rows, colour: str, align: str, **style: Any) -> Any:
    """Return words at `rows` (x, y, t)."""
    mark = chart(rows).mark_text(align=align, color=colour, **style)
    return mark.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("t:N"))


def known(values: Sequence[float | None]) -> list[dict[str, float]]:
    """Return the points of a line that has gaps, as rows."""
    return [{"x": at, "y": value} for at, value in enumerate(values) if value is not None]


def apart(rows: Rows, scale: Scale, frame: Frame) -> list[dict[str, Any]]:
    """Move labels at the same side up or down until none covers another."""
    least = (scale.high - scale.low) * 9.5 / (frame.height - frame.top - frame.bottom)
    out = [dict(row) for row in sorted(rows, key=lambda row: float(row["y"]))]
    for at in range(1, len(out)):
        out[at]["y"] = max(out[at]["y"], out[at - 1]["y"] + least)
    for at in range(len(out) - 1, -1, -1):
        top = scale.high if at == len(out) - 1 else out[at + 1]["y"] - least
        out[at]["y"] = min(out[at]["y"], top)
    return out


def lifted(rows: Rows, line: Rows, scale: Scale, frame: Frame) -> list[dict[str, Any]]:
    """Move what is written above bars over a line that would strike it through."""
    room = (scale.high - scale.low) * 14 / (frame.height - frame.top - frame.bottom)
    at = {point["x"]: float(point["y"]) for point in line}
    return [
        {**row, "y": at[row["x"]]} if 0 < at.get(row["x"], 0.0) - row["y"] < room else dict(row)
        for row in rows
    ]


def _list(labels: Sequence[Any]) -> str:
    """Return labels as a list in Vega's expression language, whose strings are JSON's."""
    return json.dumps(labels, ensure_ascii=False)
