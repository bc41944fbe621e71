"""Our own charts are not held to Vega-Lite's schema as they are made; here they are."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import jsonschema
import pytest

from reviewkit.blocks import Chart
from reviewkit.display import charts
from reviewkit.display.marks import Frame, Scale

MONTHS = (("Jul", 2026), ("Aug", 2026), ("Sep", 2026))
SCALE = Scale((0.0, 50.0, 100.0), ("0", "50", "100"))
TREND = charts.Trend(
    months=MONTHS,
    values=(91.0, None, 96.5),
    texts=("91.0", "", "96.5"),
    year_before=(90.0, 92.0, 93.0),
    target=95.0,
    target_text="Target 95.0",
    scale=SCALE,
    under_review=(0, 2),
    period="Q3",
    events=((0.4, "New hall"),),
)
STACK = charts.Stack(
    months=MONTHS,
    series=(("Freight", (40.0, 30.0, 20.0)), ("Parcel", (10.0, 20.0, 30.0))),
    texts=("50", "50", "50"),
    scale=SCALE,
    reference_name="Year before",
    reference=(45.0, 44.0, None),
)
GRID = charts.Grid(("Venlo – Lyon", "Venlo – Gent"), MONTHS, ((0, 0, 0.2, "91"), (1, 2, 0.9, "97")))
BARS = (("Traffic", 12.0, "12"), ("Weather", 3.0, "3"))
MADE = {
    "trend": (charts.trend, TREND),
    "stacked": (charts.stacked, STACK),
    "heat": (charts.heat, GRID),
    "bars": (charts.bars, BARS),
}


def made(kind: str) -> Chart:
    make, data = MADE[kind]
    return make(data, "#1B4B8F", "What it shows", Frame())


@pytest.mark.parametrize("kind", MADE)
def test_every_chart_keeps_to_the_schema(kind: str) -> None:
    checked = alt.LayerChart.from_dict(made(kind).spec)
    assert checked.to_dict()["layer"]


def test_the_schema_would_refuse_a_wrong_mark() -> None:
    spec = made("bars").spec
    spec["layer"][0]["mark"] = {"type": "barr"}
    with pytest.raises(jsonschema.ValidationError):
        alt.LayerChart.from_dict(spec)


@pytest.mark.parametrize("kind", MADE)
def test_every_position_has_its_type(kind: str) -> None:
    """Without a type Vega-Lite guesses, and draws months as names."""
    channels = [
        (name, channel)
        for layer in made(kind).spec["layer"]
        for name, channel in layer["encoding"].items()
        if "field" in channel and name not in ("x2", "y2")
    ]
    assert channels
    assert all("type" in channel for _, channel in channels)


@pytest.mark.parametrize("kind", MADE)
def test_a_chart_of_the_full_measure_is_drawn_for_a_phone_too(kind: str) -> None:
    """On 276 points: what is left of them after the margins of 26 and 66."""
    narrow = made(kind).narrow
    assert narrow is not None
    assert narrow["width"] == 276 - 26 - 66
    alt.LayerChart.from_dict(narrow)


def test_a_chart_of_half_the_measure_is_drawn_once() -> None:
    assert charts.trend(TREND, "#1B4B8F", "What it shows", Frame("half")).narrow is None


@pytest.mark.parametrize("kind", MADE)
def test_a_mark_tells_its_value_as_printed_or_nothing(kind: str) -> None:
    """Vega tells a mark's whole row, unrounded, where it has no description of its own."""
    spec = made(kind).spec
    for layer in spec["layer"]:
        mark = layer["mark"]
        silent = mark.get("aria", spec["config"].get(mark["type"], {}).get("aria", True)) is False
        assert silent or layer["encoding"].get("description"), mark


def test_an_event_with_a_long_name_takes_two_lines_on_a_phone() -> None:
    event = (2.2, "6 Jul: Carrier drops Friday departures to Lyon")
    small = charts.trend(replace(TREND, events=(event,)), "#1B4B8F", "", Frame("phone"))
    named = [
        row["t"]
        for layer in small.spec["layer"]
        for row in layer["data"]["values"]
        if "Carrier" in row.get("t", "")
    ]
    assert named == ["6 Jul: Carrier drops Friday\ndepartures to Lyon"]
    assert small.spec["padding"]["top"] == 8 + 9
