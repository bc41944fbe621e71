"""An analyst's own chart in office documents: what it shows, at its rounding, and no row of it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from office_reading import book, deck, document, head_row, rows

from reviewkit.blocks import Chart, Heading
from reviewkit.render.displayed import displayed
from reviewkit.render.pptx import write_pptx
from reviewkit.render.xlsx import write_xlsx

MARGIN = 7777.5
"""A column of the rows that no chart below shows."""

ROWS = [
    {"site": site, "month": f"2026-0{month}-01T00:00:00", "cost": cost, "margin": MARGIN}
    for site, month, cost in (
        *(("Venlo", 1, 1000.004), ("Venlo", 1, 234.5), ("Venlo", 2, 10.25)),
        *(("Lyon", 1, 20.5), ("Lyon", 2, 2.125), ("Lyon", 2, 2.0)),
    )
]
MONTH = {"field": "month", "type": "temporal"}
SITE = {"field": "site", "type": "nominal"}
COST = {"field": "cost", "type": "quantitative"}
TOTAL = COST | {"aggregate": "sum"}


def chart(mark: Any, rows: list[dict[str, Any]] | None = None, **encoding: Any) -> Chart:
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": ROWS if rows is None else rows},
        "mark": mark,
        "encoding": encoding,
    }
    return Chart(spec=spec, alt="Cost by site and month, most of it in Venlo.")


def listed(given: Chart, decimal: str = ".") -> dict[str, dict[str, str]]:
    """The figures by series and category."""
    found = displayed(given, decimal)
    assert found is not None
    plot = found.plot
    return {one.name: dict(zip(plot.categories, one.texts, strict=True)) for one in plot.series}


STACK = chart("bar", x=SITE, y=TOTAL, color=MONTH | {"timeUnit": "yearmonth", "type": "ordinal"})
LINES = chart(
    {"type": "line", "point": True},
    x=MONTH | {"timeUnit": "yearmonth"},
    y=TOTAL | {"axis": {"format": ",.1f"}},
    color=SITE,
)


def test_bars_tell_their_sums_to_three_figures_of_the_largest() -> None:
    """Venlo 1000.004 + 234.5 + 10.25 = 1244.754, Lyon 20.5 + 2.125 + 2 = 24.625: whole euros.

    With the least cost alone, 2.125 and 2 of Lyon in February, the largest is 4.125.
    """
    assert listed(chart("bar", x=SITE, y=TOTAL)) == {
        "Sum of cost": {"Lyon": "25", "Venlo": "1,245"}
    }
    assert listed(chart("bar", ROWS[4:], x=SITE, y=TOTAL), ",") == {"Sum of cost": {"Lyon": "4,13"}}


def test_lines_tell_what_their_axis_prints() -> None:
    """January Venlo 1234.504, February 10.25; Lyon 20.5 and 4.125."""
    assert listed(LINES) == {
        "Venlo": {"Jan 2026": "1,234.5", "Feb 2026": "10.3"},
        "Lyon": {"Jan 2026": "20.5", "Feb 2026": "4.1"},
    }
    assert listed(LINES, ",")["Venlo"] == {"Jan 2026": "1.234,5", "Feb 2026": "10,3"}


def test_parts_of_a_stack_are_told_each_for_itself() -> None:
    shares = chart("bar", x=MONTH | {"type": "ordinal", "timeUnit": "yearmonth"}, color=SITE,
                   y=TOTAL | {"stack": "normalize"})  # fmt: skip
    # January 1234.504 of 1255.004 is 98.4%, February 10.25 of 14.375 is 71.3%.
    assert listed(shares) == {
        "Venlo": {"Jan 2026": "98%", "Feb 2026": "71%"},
        "Lyon": {"Jan 2026": "2%", "Feb 2026": "29%"},
    }


def test_a_chart_to_be_dragged_over_tells_what_it_shows_at_first() -> None:
    """What is rounded away has no sign: 1,244.754 and -0.0001 are told in whole euros."""
    rows = [*ROWS[:3], {"site": "Bergen", "cost": -0.0001}]
    given = chart("bar", rows, x=SITE, y=TOTAL)
    params = [{"name": "brush", "select": {"type": "interval", "encodings": ["x"]}}]
    dragged = given.model_copy(update={"spec": given.spec | {"params": params}})
    assert listed(dragged) == {"Sum of cost": {"Bergen": "0", "Venlo": "1,245"}}


@pytest.mark.parametrize(
    "other",
    [
        chart("bar", [{"site": "Venlo", "cost": 1e40}], x=SITE, y=TOTAL),
        chart("point", x=COST, y={"field": "margin", "type": "quantitative"}),
        chart("bar", x=SITE, y=TOTAL, column=MONTH),
        chart("rect", x=SITE, y=MONTH, color=TOTAL),
        # Two rows of a site at one place are rows, not a figure of it.
        chart("line", x=SITE, y=COST),
        chart("bar", [{"site": f"S{n}", "cost": n} for n in range(700)], x=SITE, y=TOTAL),
        chart("bar", [row | {"month": "2026-01-01T13:05:00"} for row in ROWS], x=MONTH, y=TOTAL),
        chart("bar", [], x=SITE, y=TOTAL),
        chart("nonsense", x=SITE, y=TOTAL),
    ],
    ids=["endless", "scatter", "facets", "heat", "rows", "many", "moments", "empty", "wrong"],
)
def test_what_is_no_table_of_categories_is_not_listed(other: Chart) -> None:
    assert displayed(other, ".") is None


def test_a_workbook_holds_what_is_displayed_and_no_row() -> None:
    heading = Heading(role="page", text="Venlo costs most", nav="Cost")
    data = write_xlsx(document(heading, LINES))
    page = book(data)["Cost"]
    assert [cell.value for cell in page[head_row(page)]][:4] == ["", "Venlo", "Lyon", None]
    assert [[cell.value for cell in row] for row in rows(page, head_row(page))] == [
        ["Jan 2026", 1234.5, 20.5],
        ["Feb 2026", 10.3, 4.1],
    ]
    _holds_no_row(data)


def test_a_deck_draws_bars_and_lines_and_keeps_the_rest_as_pictures() -> None:
    """Stacked months of colours are drawn as they are; bars side by side are a picture."""
    beside = chart("bar", x=SITE, y=TOTAL, xOffset=SITE, color=SITE)
    heads = [Heading(role="page", text=text, nav=text) for text in ("One", "Two", "Three")]
    parts = [part for pair in zip(heads, (STACK, LINES, beside), strict=True) for part in pair]
    data = write_pptx(document(*parts))
    shapes = [shape for slide in list(deck(data).slides)[1:] for shape in slide.shapes]
    drawn = [shape for shape in shapes if shape.has_chart]
    assert [shape.chart.chart_type.name for shape in drawn] == ["COLUMN_STACKED", "LINE"]
    bars, lines = (shape.chart.plots[0] for shape in drawn)
    assert list(bars.categories) == ["Lyon", "Venlo"]
    assert {one.name: list(one.values) for one in bars.series} == {
        "Jan 2026": [21.0, 1235.0],
        "Feb 2026": [4.0, 10.0],
    }
    assert [list(one.values) for one in lines.series] == [[1234.5, 10.3], [20.5, 4.1]]
    # A scale of round steps from zero: 0 to 1,500 by 500.
    assert drawn[1].chart.value_axis.maximum_scale == 1500
    pictures = [shape for shape in shapes if shape.shape_type == 13]
    assert [item._element.xpath(".//p:cNvPr")[0].get("descr") for item in pictures] == [beside.alt]
    _holds_no_row(data)


def _holds_no_row(data: bytes) -> None:
    """Look for rows, and a column that is not drawn, in every part, packed workbooks opened."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            part = package.read(name)
            if name.endswith(".xlsx"):
                _holds_no_row(part)
            for hidden in (b"7777", b"margin", b"1000.004", b"1234.504", b"2.125"):
                assert hidden not in part, name
