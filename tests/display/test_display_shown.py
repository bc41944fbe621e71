"""Rich objects: one bundle for Jupyter and for every renderer."""

from __future__ import annotations

import json

import altair as alt
import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output
from reviews import SLIDE, figures, view

from reviewkit.blocks import MIME, Chart, Group, Heading, from_json
from reviewkit.display import tiles, trends
from reviewkit.display.shown import Shown, bundle
from reviewkit.display.theme import VEGALITE, for_notebooks

OWN = view(figures(SLIDE, targets={"on_time_delivery": 0.96}), lead_metrics=("on_time_delivery",))


def test_a_bundle_carries_the_block_its_html_and_its_text() -> None:
    found = Shown(tiles.tiles(OWN))._repr_mimebundle_()
    assert from_json(found[MIME]) == tiles.tiles(OWN)
    assert "On-time delivery" in found["text/html"]
    assert "91.0%  Missed by 5.0  Target ≥ 96.0" in found["text/plain"]


def test_a_chart_is_also_vega_lite_and_nbformat_accepts_it() -> None:
    group = trends.trend(OWN, "on_time_delivery")
    assert isinstance(group, Group)
    chart = group.blocks[1]
    assert isinstance(chart, Chart)
    found = bundle(chart)
    assert found[VEGALITE] == chart.spec
    output = new_output("display_data", json.loads(json.dumps(found)))
    nbformat.validate(new_notebook(cells=[new_code_cell("x", outputs=[output], id="a")]))


def test_an_analysts_own_chart_takes_the_mime_type_that_notebooks_accept() -> None:
    for_notebooks("#1B4B8F")
    chart = alt.Chart(alt.Data(values=[{"x": 1}])).mark_point().encode(x="x:Q")
    found = chart.properties(title="Mine")._repr_mimebundle_()
    assert set(found) == {VEGALITE, "text/plain"}
    assert found["text/plain"] == "Mine"
    assert found[VEGALITE]["config"]["font"] == "Source Sans Pro"


def test_text_alone_reads_well() -> None:
    assert repr(Shown(Heading(role="section", text="A finding"))) == "A finding"
