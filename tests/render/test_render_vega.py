"""Vega in V8: as another program draws the same charts, and with an end to what has none."""

from __future__ import annotations

import json
import re
from typing import Any

import look_pages
import pytest
import vl_convert

from reviewkit.errors import RenderError
from reviewkit.render import charts
from reviewkit.render.charts import chart_svg
from reviewkit.render.typeface import FONT, FONT_FOLDER
from reviewkit.render.vega import engine, script

_LANES = ["Hamburg – Wien", "Kraków", "Donaudampfschifffahrtsgesellschaft", "AVA To"]

_SPECS: list[dict[str, Any]] = [
    look_pages.line_chart(),
    {
        "title": {"text": "Lanes", "fontWeight": 600, "font": FONT},
        "data": {"values": [{"lane": lane, "n": i * 1234.5} for i, lane in enumerate(_LANES)]},
        "mark": "bar",
        "encoding": {
            "y": {"field": "lane", "type": "nominal", "axis": {"labelLimit": 120}},
            "x": {"field": "n", "type": "quantitative", "axis": {"format": ",.0f"}},
            "color": {"field": "lane", "type": "nominal", "legend": {"orient": "top"}},
        },
        "config": {"font": FONT},
    },
]


@pytest.mark.parametrize("spec", _SPECS, ids=["lines", "bars"])
def test_a_chart_has_the_size_and_the_words_that_vl_convert_gives_it(spec: dict[str, Any]) -> None:
    vl_convert.register_font_directory(str(FONT_FOLDER))
    ours = chart_svg(spec)
    theirs = str(vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[]))
    # It knows kerning, which ours leaves out.
    assert _size(ours) == pytest.approx(_size(theirs), abs=3)
    assert len(_words(ours)) >= 6
    for (word, x, y), (their_word, their_x, their_y) in zip(
        _words(ours), _words(theirs), strict=True
    ):
        assert word == their_word
        assert (x, y) == pytest.approx((their_x, their_y), abs=3)


def _size(svg: str) -> tuple[float, ...]:
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found
    return tuple(map(float, found.groups()))


def _words(svg: str) -> list[tuple[str, float, float]]:
    found = re.findall(r"<text[^>]*translate\(([-\d.e]+),([-\d.e]+)\)[^>]*>([^<]+)<", svg)
    return [(word, float(x), float(y)) for x, y, word in found]


def test_a_chart_without_end_is_ended_and_the_next_one_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numbers = {"type": "sequence", "start": 0, "stop": 3e7}
    endless = {
        "title": "Endless",
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "data": [{"name": "numbers", "transform": [numbers]}],
    }
    monkeypatch.setattr(engine, "_SECONDS", 0.5)
    with pytest.raises(RenderError, match=r"\(Endless\) cannot be drawn: it takes longer"):
        chart_svg(endless)
    monkeypatch.undo()
    charts._svg.cache_clear()
    assert ">Sep</text>" in chart_svg(look_pages.line_chart())


def test_an_install_without_vega_says_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr(script, "files", lambda _: tmp_path)
    with pytest.raises(RenderError, match="Install it again"):
        script.vega_script.__wrapped__()
