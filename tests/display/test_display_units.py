"""New units as text, and which metrics a scorecard prints."""

from __future__ import annotations

from typing import Any

import pytest
from reviews import STILL, figures, view

from reviewkit.display.definitions import definitions
from reviewkit.display.figures import FigureText
from reviewkit.display.formats import Formats
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS, USUAL

TEXT = FigureText(Formats("en-GB", "EUR", "Europe/Amsterdam"))


def value_of(metric: str, value: Any, target: Any = None, status: Any = "no_target") -> MetricValue:
    own = METRICS[metric]
    return MetricValue(
        metric=metric, label=own.label, unit=own.unit, period="2026Q3", by={}, value=value,
        numerator=None, denominator=None, n=40, coverage=1.0, interval=None, target=target,
        status=status, prior=None, year_ago=None, partial=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "value", "text"),
    [
        ("dso", 38.388, "38.4 days"),
        ("stock_pallets", 523.88, "524 pallets"),
        ("stock_turns", 10.912, "10.9×"),
        ("dock_to_stock_p90", 4.032, "4.0 h"),
        ("cost_per_unit", "3.6695", "€3.67"),
        ("cost_to_serve", "709900.31", "€709,900"),
        ("pick_accuracy", 0.99749, "99.75%"),
        ("damage_rate", 0.000227, "0.02%"),
    ],
)
def test_a_figure_in_its_unit(metric: str, value: Any, text: str) -> None:
    assert TEXT.value(value_of(metric, value)) == text


def test_money_of_a_unit_keeps_its_cents_beside_its_target() -> None:
    value = value_of("cost_per_unit", "3.6695", "3.50", "missed")
    assert TEXT.target(value) == "≤ €3.50"
    assert TEXT.gap(value) == "€0.17"


def test_a_scorecard_prints_the_usual_metrics_and_those_with_a_target() -> None:
    plain = figures(STILL, audience="internal")
    assert set(plain.scored()) == USUAL
    aimed = figures(STILL, audience="internal", targets={"pick_accuracy": 0.995})
    assert set(aimed.scored()) == USUAL | {"pick_accuracy"}
    # In the registry's order, with its own group.
    assert list(aimed.scored()).index("pick_accuracy") == 4


def test_a_lead_metric_is_on_the_scorecard() -> None:
    own = view(figures(STILL), lead_metrics=("otif_units", "gross_margin"))
    names = {metric.id for metric in own.scored}
    assert "otif_units" in names
    assert "gross_margin" not in names  # a client never sees it


def test_definitions_are_those_of_the_registry() -> None:
    block = definitions(view(figures(STILL), lead_metrics=("otif_units",)))
    text = block.model_dump_json()
    assert METRICS["otif_units"].definition in text
    assert METRICS["otif_units"].exclusions in text
