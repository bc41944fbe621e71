"""Figures as text: never better than they are, with their target, gap and identity."""

from __future__ import annotations

import pytest
from reviews import Due, figures, view

from reviewkit.blocks import Figure, State
from reviewkit.display.figures import FigureText, cell
from reviewkit.display.formats import Formats
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS

TEXT = FigureText(Formats("en-GB", "EUR", "Europe/Amsterdam"))


def on_time(
    passed: int, due: int, target: float | None = 0.965, tolerance: float = 0.003
) -> MetricValue:
    own = figures(
        [Due("2026-07", "A → B", due, passed)],
        targets={"on_time_delivery": target} if target else None,
        tolerance=tolerance,
    )
    return own.one("on_time_delivery")


def test_a_miss_does_not_print_as_its_target() -> None:
    # 96.46 against 96.5
    value = on_time(9646, 10000)
    assert TEXT.value(value) == "96.46%"
    assert TEXT.target(value) == "≥ 96.5"
    assert TEXT.gap(value) == "0.04" if TEXT.gap(value) != "0.0" else False


def test_a_figure_that_met_prints_with_its_usual_decimals() -> None:
    assert TEXT.value(on_time(9650, 10000)) == "96.5%"
    assert TEXT.value(on_time(9646, 10000, None)) == "96.5%"


@pytest.mark.parametrize(
    ("passed", "due", "state", "word", "detail"),
    [
        (970, 1000, "met", "Met", ""),
        (965, 1000, "met", "Met", ""),
        (963, 1000, "at_risk", "Near", "by 0.2"),
        (946, 1000, "missed", "Missed", "by 1.9"),
        (28, 29, "low_volume", "Few cases", ""),
    ],
)
def test_status_words(passed: int, due: int, state: State, word: str, detail: str) -> None:
    status = TEXT.status(on_time(passed, due))
    assert (status.state, status.word, status.detail) == (state, word, detail)


def test_no_target_and_no_data() -> None:
    assert TEXT.status(on_time(970, 1000, None)).word == "No target"
    nothing = figures([Due("2026-07", "A → B", 10, 9)]).one("nps")
    assert (TEXT.status(nothing).word, TEXT.value(nothing)) == ("No data", "–")


def test_too_few_cases_print_as_counts() -> None:
    assert TEXT.counts(on_time(22, 24)) == "22 of 24"


def test_a_printed_figure_carries_its_identity_and_exact_value() -> None:
    value = on_time(946, 1000)
    found = cell(value, "94.6", value.value)
    assert found.figure == Figure(metric="on_time_delivery", period="2026Q3")
    assert (found.value, found.type) == (0.946, "float")


def test_every_metric_has_its_words() -> None:
    from reviewkit.display.figures import UNITS
    from reviewkit.display.words import CASES, TABLES

    assert set(CASES) == set(METRICS)
    assert {metric.unit for metric in METRICS.values()} <= set(UNITS)
    assert {table for metric in METRICS.values() for table in metric.tables} <= set(TABLES)


def test_the_lead_measures_are_those_that_the_audience_may_know() -> None:
    own = view(
        figures([Due("2026-07", "A → B", 10, 9)]),
        lead_metrics=("gross_margin", "on_time_delivery"),
    )
    # What the client does not ask for fills the page, behind what it asks for.
    assert own.lead == ("on_time_delivery", "shipments", "in_full", "otif")
