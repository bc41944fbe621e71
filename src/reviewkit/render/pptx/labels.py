"""Names of lines at their ends, none upon another."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.enum.chart import XL_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from reviewkit.blocks import Plot, Series
from reviewkit.render.pptx.look import LABEL, N6, TONES
from reviewkit.render.pptx.words import paint

PLOT_HEIGHT = 0.82
"""Share of a chart's height that its plot takes; the rest is for the axis below."""

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def last_text(series: Series) -> str:
    """Return the last figure of a series as it is printed."""
    return next((text for text in reversed(series.texts) if text), "")


def name_last(own: Any, series: Series) -> tuple[Any, float] | None:
    """Write a line's name and last value beside its end; return the label and where it stands.

    Both follow the chart's data when that is edited.
    """
    values = [value for value in own.values if value is not None]
    if not values:
        return None
    at = max(place for place, value in enumerate(own.values) if value is not None)
    label = own.points[at].data_label
    label.position = XL_LABEL_POSITION.RIGHT
    label.font.size, label.font.bold = Pt(LABEL), series.tone == "accent"
    paint(label.font.color, TONES[series.tone] if series.tone != "quiet" else N6)
    _shown(label._dLbl, name=True)
    return label._dLbl, float(values[-1])


def apart(labels: list[tuple[Any, float]], plot: Plot, tall: float) -> None:
    """Move labels up or down until none covers another."""
    if plot.low is None or plot.high is None or plot.high <= plot.low:
        return
    scale = PLOT_HEIGHT * tall / (plot.high - plot.low)
    least = LABEL * 1.25
    ranked = sorted(labels, key=lambda item: item[1])
    places = [value * scale for _, value in ranked]
    wanted = list(places)
    for at in range(1, len(places)):
        places[at] = max(places[at], places[at - 1] + least)
    top = plot.high * scale
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], top)
        top = places[at] - least
    for (label, _), place, want in zip(ranked, places, wanted, strict=True):
        if abs(place - want) > 0.5:
            shift = f"{(want - place) / tall:.4f}"
            label.insert(
                1,
                etree.fromstring(
                    f'<c:layout xmlns:c="{_C}"><c:manualLayout><c:x val="0"/>'
                    f'<c:y val="{shift}"/></c:manualLayout></c:layout>'
                ),
            )


def _shown(label: Any, *, name: bool) -> None:
    for tag, on in (
        ("showLegendKey", 0),
        ("showVal", 1),
        ("showCatName", 0),
        ("showSerName", int(name)),
        ("showPercent", 0),
        ("showBubbleSize", 0),
    ):
        found = label.find(qn(f"c:{tag}"))
        if found is not None:
            found.set("val", str(on))
    if name:
        separator = label.find(qn("c:separator"))
        if separator is None:
            separator = etree.SubElement(label, qn("c:separator"))
        separator.text = " "
