"""Vega-Lite charts as SVG: text stays text, nothing is fetched, failures name the chart."""

from __future__ import annotations

import copy
from typing import Any

import look_pages
import pytest

from reviewkit.errors import RenderError
from reviewkit.render.charts import FONT, FONT_FOLDER, chart_svg


def test_text_stays_text_in_our_typeface() -> None:
    svg = chart_svg(look_pages.line_chart())
    assert svg.startswith("<svg")
    assert ">Sep</text>" in svg
    assert f'font-family="{FONT}"' in svg


def test_the_typeface_lies_in_its_package() -> None:
    assert (FONT_FOLDER / "SourceSansPro-Regular.ttf").is_file()
    assert (FONT_FOLDER / "SourceSansPro-Semibold.ttf").is_file()


def test_the_same_spec_gives_the_same_svg_and_is_left_alone() -> None:
    spec = look_pages.line_chart()
    before = copy.deepcopy(spec)
    assert chart_svg(spec) == chart_svg(copy.deepcopy(spec))
    assert spec == before


@pytest.mark.parametrize(
    "data",
    [
        {"url": "https://example.org/data.json"},
        {"url": "file:///etc/passwd", "format": {"type": "csv"}},
        {"url": "/etc/passwd", "format": {"type": "csv"}},
    ],
)
def test_nothing_is_fetched(data: dict[str, Any]) -> None:
    spec = {
        "title": "Far away",
        "data": data,
        "mark": "bar",
        "encoding": {"x": {"field": "a", "type": "nominal"}},
    }
    with pytest.raises(RenderError, match="Far away"):
        chart_svg(spec)


def test_pictures_in_marks_are_not_fetched() -> None:
    spec = {
        "title": "With pictures",
        "data": {"values": [{"a": 1, "img": "https://example.org/x.png"}]},
        "mark": {"type": "image", "width": 10, "height": 10},
        "encoding": {
            "x": {"field": "a", "type": "quantitative"},
            "url": {"field": "img", "type": "nominal"},
        },
    }
    try:
        svg = chart_svg(spec)
    except RenderError:
        return
    assert 'href="https://example.org' not in svg


def test_a_chart_that_cannot_be_drawn_is_named() -> None:
    with pytest.raises(RenderError, match="Late by lane"):
        chart_svg({"title": "Late by lane", "mark": {"type": "no such mark"}})
    with pytest.raises(RenderError, match="Late by site"):
        chart_svg({"title": {"text": "Late by site"}, "mark": 7})
