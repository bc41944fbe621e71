"""Targets in force and the order of states."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from worlds import metric_data, workspace, world

from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.judge import Goal, goal, status
from reviewkit.metrics.registry import METRICS
from reviewkit.params.models import Sla, Target

ON_TIME = METRICS["on_time_delivery"]
CASES_OPEN = METRICS["cases_open"]
END = dt.date(2026, 9, 30)


def data_of(targets: tuple[Target, ...] = (), slas: tuple[Sla, ...] = ()) -> MetricData:
    cube = build_cube(world({}), workspace())
    return metric_data(cube, targets={"on_time_delivery": targets}, slas=slas)


def set_to(value: str, tolerance: str = "0") -> Goal:
    return Goal(Decimal(value), Decimal(tolerance), "target")


def test_the_target_in_force_on_the_last_day_counts() -> None:
    targets = (
        Target(value=Decimal("0.97"), since=dt.date(2026, 10, 1)),
        Target(value=Decimal("0.95")),
        Target(value=Decimal("0.96"), since=dt.date(2026, 9, 30)),
    )
    found = goal(data_of(targets), ON_TIME, END)
    assert found == Goal(Decimal("0.96"), Decimal(0), "target")
    assert goal(data_of(targets[:1]), ON_TIME, END) is None


def test_a_service_level_goes_before_a_target_and_says_so() -> None:
    targets = (Target(value=Decimal("0.97"), tolerance=Decimal("0.01")),)
    slas = (
        Sla(metric="otif", target=Decimal("0.90")),
        Sla(metric="on_time_delivery", target=Decimal("0.94"), clause="Annex 2"),
        Sla(metric="on_time_delivery", target=Decimal("0.99"), since=dt.date(2026, 10, 1)),
    )
    found = goal(data_of(targets, slas), ON_TIME, END)
    assert found == Goal(Decimal("0.94"), Decimal(0), "sla", "Annex 2")


@pytest.mark.parametrize(
    ("figure", "n", "target", "expected"),
    [
        (Fraction(95, 100), 100, set_to("0.95"), "met"),  # equal is met
        (Fraction(949999, 1000000), 1000000, set_to("0.95"), "missed"),  # prints as 95.0 %
        (Fraction(94, 100), 100, set_to("0.95", "0.01"), "at_risk"),  # equal to the tolerance
        (Fraction(939, 1000), 1000, set_to("0.95", "0.01"), "missed"),
        (Fraction(1, 29), 29, set_to("0.95"), "low_volume"),
        (Fraction(1, 30), 30, set_to("0.95"), "missed"),
        (Fraction(1, 29), 29, None, "low_volume"),  # low volume goes before no target
        (Fraction(95, 100), 100, None, "no_target"),
        (None, 0, set_to("0.95"), "no_data"),  # and no data before low volume
    ],
)
def test_states_of_a_rate(
    figure: Fraction | None, n: int, target: Goal | None, expected: str
) -> None:
    assert status(ON_TIME, figure, n, 30, target) == expected


@pytest.mark.parametrize(
    ("figure", "tolerance", "expected"),
    [(5, "0", "met"), (6, "1", "at_risk"), (7, "1", "missed"), (0, "0", "met")],
)
def test_lower_is_better_and_counts_know_no_low_volume(
    figure: int, tolerance: str, expected: str
) -> None:
    assert status(CASES_OPEN, Fraction(figure), figure, 30, set_to("5", tolerance)) == expected


def test_a_metric_without_a_direction_is_not_judged() -> None:
    assert status(METRICS["shipments"], Fraction(7), 7, 30, set_to("5")) == "no_target"
