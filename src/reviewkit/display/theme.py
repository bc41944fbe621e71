"""How charts look: one typeface, the tokens of the page, few lines; knows Altair's registries.

Charts are drawn at the width they are printed at, so that their text has the size of notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from reviewkit.colours import readable

FONT = "Source Sans Pro"
INK, N7, N6, N4, N2, N1 = "#1A2028", "#3D4651", "#5A6470", "#868F9A", "#DCE0E5", "#F4F5F7"
MISSED = "#B3261E"

FULL, HALF, PHONE = 504, 246, 276
"""Widths in points: the whole measure, half of it, and what a phone shows in readable type."""

NOTE = 7.5
"""Size of axis labels and notes, in points."""

VEGALITE = "application/vnd.vegalite.v6+json"
"""The MIME type that notebooks accept; Altair's own renderer emits another one."""


def config(accent: str) -> dict[str, Any]:
    """Return the Vega-Lite configuration of all charts; `accent` is the client's colour."""
    text = {"font": FONT, "fontSize": NOTE, "fontWeight": 400}
    axis = {"labelFont": FONT, "labelFontSize": NOTE, "labelColor": N6, "titleFont": FONT}
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis
        | {
            "titleFontSize": NOTE,
            "titleFontWeight": 400,
            "titleColor": N6,
            "gridColor": N2,
            "gridWidth": 0.5,
            "domain": False,
            "ticks": False,
            "labelPadding": 5,
        },
        "axisY": {"tickCount": 4},
        "axisX": {"grid": False, "domain": True, "domainColor": N4, "domainWidth": 0.5},
        "legend": {
            "labelFont": FONT,
            "labelFontSize": NOTE,
            "titleFont": FONT,
            "titleFontSize": NOTE,
        },
        "header": {"labelFont": FONT, "labelFontSize": NOTE, "titleFont": FONT},
        "title": {"font": FONT, "fontSize": 9, "fontWeight": 600, "anchor": "start", "color": INK},
        # What a mark tells a reader by default is its row, figures unrounded. Words on the
        # chart and lines tell nothing; points and bars what their description says.
        "text": text | {"fill": INK, "aria": False},
        "line": {"color": accent, "strokeWidth": 1.75, "aria": False},
        "bar": {"color": accent},
        "rect": {"color": accent},
        "point": {"color": accent, "filled": True},
        "area": {"color": accent},
        "range": {"category": [accent, N4, N7, "#B9C0C8", N6, N2]},
    }


@contextmanager
def trusted() -> Iterator[None]:
    """Build our own charts without holding each part to the schema; a test holds the whole.

    Altair checks every part as it is made, which takes longer than all the rest.
    """
    with debug_mode(False):
        yield


def spec(layers: Sequence[Any], accent: str) -> dict[str, Any]:
    """Return the specification of charts drawn over each other, in the theme, with their data.

    It is what Altair gives for `alt.layer(...)`, which would copy every part several times.
    """
    datasets: dict[str, Any] = {}
    inside = {"top_level": False, "datasets": datasets}
    drawn = [layer.to_dict(validate=False, context=inside) for layer in layers]
    return {
        "$schema": alt.SCHEMA_URL,
        "config": config(readable(accent)),
        "layer": drawn,
    } | ({"datasets": datasets} if datasets else {})


def for_notebooks(accent: str) -> None:
    """Let an analyst's own charts take the theme, and a MIME type that notebooks accept."""
    colours = config(readable(accent))
    alt.theme.register("reviewkit", enable=True)(lambda: alt.theme.ThemeConfig(config=colours))  # type: ignore[typeddict-item]
    alt.renderers.register("reviewkit", _renderer)
    alt.renderers.enable("reviewkit")


def _renderer(chart: dict[str, Any], **_: Any) -> dict[str, Any]:
    title = chart.get("title", "")
    named = title.get("text", "") if isinstance(title, dict) else title
    return {VEGALITE: chart, "text/plain": str(chart.get("description") or named or "Chart")}
