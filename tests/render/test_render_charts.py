"""Vega-Lite charts as SVG: text stays text, nothing is fetched, failures name the chart."""

from __future__ import annotations

import copy
from typing import Any

import look_pages
import pytest

from reviewkit.blocks import MIME
from reviewkit.errors import RenderError
from reviewkit.render import charts
from reviewkit.render.ahead import draw_ahead
from reviewkit.render.charts import chart_svg
from reviewkit.render.typeface import FONT, FONT_FOLDER


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


def test_a_chart_begun_ahead_is_the_chart_drawn_when_asked_for() -> None:
    spec = look_pages.line_chart() | {"title": "Begun ahead"}
    charts.begin(spec)
    begun = chart_svg(spec)
    charts._svg.cache_clear()
    assert begun == chart_svg(spec)
    assert ">Begun ahead</text>" in begun


def test_what_is_wrong_with_a_chart_begun_ahead_is_told_when_it_is_asked_for() -> None:
    spec = {"title": "Bent", "data": {"values": []}, "mark": "no such mark"}
    charts.begin(spec)
    with pytest.raises(RenderError, match="Bent"):
        chart_svg(spec)
    charts.begin({"title": "Far away", "data": {"url": "/etc/passwd"}, "mark": "bar"})


def test_charts_are_found_in_whatever_a_notebook_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Any] = []
    monkeypatch.setattr(charts, "begin", begun.append)
    chart = {"kind": "chart", "spec": {"a": 1}, "alt": "", "narrow": {"a": 2}}
    inside = {"kind": "group", "blocks": [{"kind": "columns", "columns": [[chart], []]}]}
    notebook = {
        "cells": [
            {"outputs": [{"data": {MIME: inside, "text/plain": "chart"}}]},
            {"outputs": [{"data": {"application/json": chart}}, {"data": {MIME: "chart"}}]},
            {"outputs": None},
            "chart",
        ]
    }
    draw_ahead(notebook, narrow=True)
    assert begun == [{"a": 1}, {"a": 2}]
    draw_ahead(notebook["cells"][0], narrow=False)
    assert begun[2:] == [{"a": 1}]


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


def test_a_chart_to_be_dragged_over_is_drawn_as_it_is_at_first() -> None:
    """Its selection listens to the window, which a worker has not got."""
    bars = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [{"site": "Venlo", "cost": 3}, {"site": "Lyon", "cost": 4}]},
        "params": [{"name": "brush", "select": "interval"}],
        "mark": "bar",
        "encoding": {
            "x": {"field": "site", "type": "nominal"},
            "y": {"field": "cost", "type": "quantitative"},
        },
    }
    svg = chart_svg(bars)
    assert svg.count('aria-roledescription="bar"') == 2
    assert ">Venlo</text>" in svg
