"""Native charts from the printed figures of a chart; their workbooks hold just these."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from reviewkit.blocks import Plot, Series
from reviewkit.render.fonts import text_width
from reviewkit.render.pptx.labels import PLOT_HEIGHT, apart, last_text, name_last
from reviewkit.render.pptx.look import INK, LABEL, N2, N4, N6, N7, THEME_FACE, TONES, Box
from reviewkit.render.pptx.words import clean, paint
from reviewkit.render.shown import Number, number_of

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_KINDS = {
    "lines": XL_CHART_TYPE.LINE,
    "stack": XL_CHART_TYPE.COLUMN_STACKED,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
}
"""Forms that are charts of their own; a heat map is a table."""


def is_native(plot: Plot | None, decimal: str) -> bool:
    """Tell whether a plot can be drawn as a chart: every text in it is a number, or empty."""
    return (
        plot is not None
        and plot.form in _KINDS
        and bool(plot.series)
        and all(
            not text or number_of(text, decimal) for series in plot.series for text in series.texts
        )
    )


def add_chart(slide: Any, box: Box, plot: Plot, decimal: str) -> Any:
    """Draw `plot` into `box` as a chart that can be edited; return its shape."""
    data = CategoryChartData(number_format=_format(plot, decimal))
    data.categories = [clean(name) for name in plot.categories]
    for series in plot.series:
        data.add_series(clean(series.name), [_value(text, decimal) for text in series.texts])
    place = (Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    shape = slide.shapes.add_chart(_KINDS[plot.form], *place, data)
    chart = shape.chart
    chart.font.size, chart.font.name = Pt(LABEL), THEME_FACE
    paint(chart.font.color, N6)
    chart.has_title = False
    chart.has_legend = False
    _FORMS[plot.form](chart, plot, _format(plot, decimal), (box.width, box.height))
    return shape


def _value(text: str, decimal: str) -> float | None:
    found = number_of(text, decimal)
    if found is None:
        return None
    return int(found.value) if not found.decimals else float(found.value)


def _format(plot: Plot, decimal: str) -> str:
    """Return the number format in which most values of a plot are printed."""
    found = [number_of(text, decimal) for series in plot.series for text in series.texts if text]
    numbers = [number for number in found if isinstance(number, Number)]
    # One figure in more decimals, not to look better than it is, does not set the axis.
    usual = Counter(number.decimals for number in numbers).most_common(1)
    decimals = usual[0][0] if usual else 0
    digits = "#,##0" if any(number.grouped for number in numbers) else "0"
    unit = '"%"' if numbers and all(number.percent for number in numbers) else ""
    return (f"{digits}.{'0' * decimals}" if decimals else digits) + unit


def _lines(chart: Any, plot: Plot, form: str, size: tuple[float, float]) -> None:
    _axes(chart, plot, form)
    wide, tall = size
    for own, series in zip(chart.plots[0].series, plot.series, strict=True):
        _line(own, series)
        _dots(own, series)
    labels = [
        name_last(own, one) for own, one in zip(chart.plots[0].series, plot.series, strict=True)
    ]
    apart([label for label in labels if label], plot, tall)
    names = [f"{one.name} {last_text(one)}" for one in plot.series]
    _inside(
        chart, right=min(0.4, (max(text_width(name, LABEL, 600) for name in names) + 10.0) / wide)
    )


def _stack(chart: Any, plot: Plot, form: str, _size: tuple[float, float]) -> None:
    _axes(chart, plot, form)
    drawn = chart.plots[0]
    drawn.gap_width, drawn.overlap = 45, 100
    lines = [
        (own, series) for own, series in zip(drawn.series, plot.series, strict=True) if series.line
    ]
    for own, series in zip(drawn.series, plot.series, strict=True):
        if not series.line:
            own.format.fill.solid()
            paint(own.format.fill.fore_color, TONES[series.tone])
    bars = [series for series in plot.series if not series.line]
    if len(bars) == 1:
        _label_all(drawn.series[0], XL_LABEL_POSITION.INSIDE_END, "FFFFFF")
    if lines:
        _across(chart, lines)
    if len(plot.series) > 1:
        chart.has_legend = True
        chart.legend.position = XL_LEGEND_POSITION.RIGHT
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(LABEL)
        paint(chart.legend.font.color, N7)
        _without_totals(chart, plot)


def _without_totals(chart: Any, plot: Plot) -> None:
    """Leave what is written and not drawn out of the legend."""
    place = chart.legend._element.find(qn("c:legendPos"))
    for at, series in reversed(list(enumerate(plot.series))):
        if series.total:
            entry = etree.fromstring(
                f'<c:legendEntry xmlns:c="{_C}"><c:idx val="{at}"/><c:delete val="1"/>'
                "</c:legendEntry>"
            )
            place.addnext(entry)


def _bars(chart: Any, plot: Plot, form: str, _size: tuple[float, float]) -> None:
    own = chart.plots[0]
    own.gap_width, own.vary_by_categories = 50, False
    own.series[0].format.fill.solid()
    paint(own.series[0].format.fill.fore_color, TONES[plot.series[0].tone])
    _label_all(own.series[0], XL_LABEL_POSITION.OUTSIDE_END, INK)
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.fill.background()
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    paint(chart.category_axis.tick_labels.font.color, INK)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.tick_labels.number_format = form


_FORMS = {"lines": _lines, "stack": _stack, "bars": _bars}


def _axes(chart: Any, plot: Plot, form: str) -> None:
    value, category = chart.value_axis, chart.category_axis
    value.minimum_scale, value.maximum_scale = plot.low, plot.high
    if plot.step:
        value.major_unit = plot.step
        form = re.sub(r"\.0+", "", form) if plot.step == int(plot.step) else form
    value.major_tick_mark = category.major_tick_mark = XL_TICK_MARK.NONE
    value.format.line.fill.background()
    paint(value.major_gridlines.format.line.color, N2)
    value.major_gridlines.format.line.width = Pt(0.5)
    paint(category.format.line.color, N4)
    category.format.line.width = Pt(0.5)
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    value.tick_labels.number_format = form
    value.tick_labels.number_format_is_linked = False
    for axis in (value, category):
        axis.tick_labels.font.size = Pt(LABEL)


def _line(own: Any, series: Series) -> None:
    line = own.format.line
    line.width = Pt(2.25 if series.tone == "accent" else 1.25)
    paint(line.color, TONES[series.tone])
    if series.dashed:
        line.dash_style = MSO_LINE.DASH
    own.smooth = False
    own.marker.style = None
    marker = own._element.get_or_add_marker()
    for child in list(marker):
        marker.remove(child)
    etree.SubElement(marker, qn("c:symbol")).set("val", "none")


def _dots(own: Any, series: Series) -> None:
    """Draw the last point of the main line, and every point that no line leads to."""
    known = [bool(text) for text in series.texts]
    last = max((at for at, on in enumerate(known) if on), default=-1)
    for at, on in enumerate(known):
        alone = on and not any(known[max(at - 1, 0) : at]) and not any(known[at + 1 : at + 2])
        if alone or (at == last and series.tone == "accent"):
            marker = own.points[at].marker
            marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 6
            marker.format.fill.solid()
            paint(marker.format.fill.fore_color, TONES[series.tone])
            marker.format.line.fill.background()


def _label_all(own: Any, position: Any, colour: str) -> None:
    labels = own.data_labels
    labels.show_value, labels.position = True, position
    labels.font.size = Pt(LABEL)
    paint(labels.font.color, colour)


def _across(chart: Any, lines: list[tuple[Any, Series]]) -> None:
    """Draw series as lines across the bars, on the same axes."""
    bars = chart.plots[0]._element
    element = etree.fromstring(
        f'<c:lineChart xmlns:c="{_C}"><c:grouping val="standard"/>'
        '<c:varyColors val="0"/></c:lineChart>'
    )
    for own, series in lines:
        _line_of(own, series)
        element.append(own._element)
    etree.SubElement(element, qn("c:marker")).set("val", "1")
    for axis in bars.findall(qn("c:axId")):
        etree.SubElement(element, qn("c:axId")).set("val", axis.get("val"))
    bars.addnext(element)


def _line_of(own: Any, series: Series) -> None:
    """Make a line of what was a series of bars: its parts in the order the format asks for."""
    tree = own._element
    for name in ("c:invertIfNegative", "c:spPr"):
        for child in tree.findall(qn(name)):
            tree.remove(child)
    total = series.total
    colour = f'<a:srgbClr val="{TONES[series.tone] if series.tone != "accent" else INK}"/>'
    dash = f'<a:prstDash val="{"sysDash" if series.dashed else "solid"}"/>'
    stroke = "<a:noFill/>" if total else f"<a:solidFill>{colour}</a:solidFill>{dash}"
    shape = etree.fromstring(
        f'<c:spPr xmlns:c="{_C}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<a:ln w="15875">{stroke}</a:ln></c:spPr>'
    )
    marker = etree.fromstring(f'<c:marker xmlns:c="{_C}"><c:symbol val="none"/></c:marker>')
    after = tree.find(qn("c:tx"))
    after.addnext(shape)
    shape.addnext(marker)
    if total:
        marker.addnext(_labels_above())
    etree.SubElement(tree, qn("c:smooth")).set("val", "0")


def _labels_above() -> Any:
    return etree.fromstring(
        f'<c:dLbls xmlns:c="{_C}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(LABEL * 100)}" b="0">'
        f'<a:solidFill><a:srgbClr val="{INK}"/></a:solidFill></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
        '<c:dLblPos val="t"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _inside(chart: Any, right: float) -> None:
    """Leave room beside the plot for the names of the lines."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    layout = area.find(qn("c:layout"))
    if layout is not None:
        area.remove(layout)
    wide = 1.0 - right - 0.05
    area.insert(
        0,
        etree.fromstring(
            f'<c:layout xmlns:c="{_C}"><c:manualLayout><c:layoutTarget val="inner"/>'
            '<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0.05"/><c:y val="0.04"/>'
            f'<c:w val="{wide:.3f}"/><c:h val="{PLOT_HEIGHT}"/></c:manualLayout></c:layout>'
        ),
    )
