"""Delivery metrics, worked out by hand on a few rows each.

Every case is a client of its own, so that one cube answers for all of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.metrics.evaluate import evaluate, excluded
from reviewkit.params.models import Contract, DeliveryRule
from reviewkit.periods import parse

Q3 = parse("2026Q3")
Parts = tuple[Any, Any, float | None]
Changes = dict[str, Any]

# What every delivery is like, but for what a case says.
ON_TIME: Changes = {
    "ordered_at": "2026-07-01 08:00",
    "shipped_at": "2026-07-02 08:00",
    "promised_at": "2026-07-03 12:00",
    "delivered_at": "2026-07-03 11:00",
    "ordered_units": 10,
    "delivered_units": 10,
}
LATE = {"delivered_at": "2026-07-03 12:30"}
LOST = {"delivered_at": None, "delivered_units": None}
NO_TIME = {"delivered_at": None}
GONE = LOST | {"cancelled_at": "2026-07-01 09:00", "shipped_at": None}
EARLY = {"promised_from": "2026-07-03 10:00", "delivered_at": "2026-07-03 08:59"}
ORDER = {"order_id": "O1"}


@dataclass(frozen=True)
class Case:
    """Deliveries, the contract's rules, and numerator, denominator, coverage by metric."""

    about: str
    rows: tuple[Changes, ...]
    expected: dict[str, Parts]
    rules: tuple[DeliveryRule, ...] = (DeliveryRule(),)


def rule(since: str = "", **minutes: int) -> DeliveryRule:
    return DeliveryRule(since=dt.date.fromisoformat(since) if since else None, **minutes)


CASES = (
    Case(
        "two of three came by the promise",
        ({}, {}, {"delivered_at": "2026-07-03 12:00:01"}),
        {"on_time_delivery": (2, 3, 1.0), "in_full": (3, 3, 1.0), "otif": (2, 3, 1.0)},
    ),
    Case(
        "the very end of the window is in time",
        ({"delivered_at": "2026-07-03 12:00"},),
        {"on_time_delivery": (1, 1, 1.0)},
    ),
    Case("late without tolerance", (LATE,), {"on_time_delivery": (0, 1, 1.0)}),
    Case(
        "inside the tolerance, to its last minute",
        (LATE, {"delivered_at": "2026-07-03 12:30:01"}),
        {"on_time_delivery": (1, 2, 1.0), "otif": (1, 2, 1.0)},
        (rule(tolerance_minutes=30),),
    ),
    Case("early is no fail unless agreed", (EARLY,), {"on_time_delivery": (1, 1, 1.0)}),
    Case(
        "early is a fail where agreed; without a window it cannot be",
        (EARLY, EARLY | {"delivered_at": "2026-07-03 09:00"}, {"delivered_at": "2026-07-02 09:00"}),
        {"on_time_delivery": (2, 3, 1.0), "otif": (2, 3, 1.0)},
        (rule(early_minutes=60),),
    ),
    Case(
        "the rule in force on the day of the promise counts",
        (LATE, {"promised_at": "2026-08-03 12:00", "delivered_at": "2026-08-03 12:30"}),
        {"on_time_delivery": (1, 2, 1.0)},
        (rule(tolerance_minutes=60), rule("2026-08-01")),
    ),
    Case(
        "before the first dated rule the plain promise counts",
        (LATE,),
        {"on_time_delivery": (0, 1, 1.0)},
        (rule("2026-08-01", tolerance_minutes=60),),
    ),
    Case(
        "due and never delivered is a miss",
        ({}, LOST),
        {"on_time_delivery": (1, 2, 1.0), "in_full": (1, 2, 1.0), "otif": (1, 2, 1.0)},
    ),
    Case(
        "received without a time is unknown, not a pass",
        ({}, {}, {}, NO_TIME),
        {"on_time_delivery": (3, 3, 0.75), "in_full": (4, 4, 1.0), "otif": (3, 3, 0.75)},
    ),
    Case(
        "without a promise nothing can be said",
        ({}, {"promised_at": None}),
        {"on_time_delivery": (1, 1, 0.5), "in_full": (1, 1, 0.5), "otif": (1, 1, 0.5)},
    ),
    Case(
        "cancelled before shipping, by whomever, leaves",
        ({}, GONE, GONE | {"cancel_cause": "provider"}),
        {"on_time_delivery": (1, 1, 1.0), "in_full": (1, 1, 1.0), "otif": (1, 1, 1.0)},
    ),
    Case(
        "cancelled under way by the client leaves",
        ({}, LOST | {"cancelled_at": "2026-07-02 12:00", "cancel_cause": "Client"}),
        {"on_time_delivery": (1, 1, 1.0), "shipments": (2, None, 1.0)},
    ),
    Case(
        "cancelled under way by the provider is a delivery not made",
        ({}, LOST | {"cancelled_at": "2026-07-02 12:00", "cancel_cause": "provider"}),
        {"on_time_delivery": (1, 2, 1.0), "in_full": (1, 2, 1.0), "otif": (1, 2, 1.0)},
    ),
    Case(
        "given up after the promise ran out: it was broken before",
        ({}, GONE | {"cancelled_at": "2026-07-04 12:00"}),
        {"on_time_delivery": (1, 2, 1.0)},
    ),
    Case(
        "in full is by delivery, and more is full",
        ({}, {"delivered_units": 9}, {"delivered_units": 11}),
        {"in_full": (2, 3, 1.0), "otif": (2, 3, 1.0)},
    ),
    Case(
        "units not recorded are unknown",
        ({}, {"delivered_units": None}, {"ordered_units": None}),
        {"in_full": (1, 1, 1 / 3), "on_time_delivery": (3, 3, 1.0)},
    ),
    Case(
        "an order split in two is in full by its sums",
        (ORDER | {"delivered_units": 4}, ORDER | {"delivered_units": 16}),
        {"otif": (1, 1, 1.0), "in_full": (1, 2, 1.0)},
    ),
    Case(
        "an order split in two and short",
        (ORDER | {"delivered_units": 4}, ORDER | {"delivered_units": 15}),
        {"otif": (0, 1, 1.0)},
    ),
    Case("one late part makes the order late", (ORDER, ORDER | LATE), {"otif": (0, 1, 1.0)}),
    Case(
        "an order falls on its last promise",
        (
            ORDER | {"promised_at": "2026-06-30 12:00", "delivered_at": "2026-06-30 11:00"},
            ORDER,
        ),
        {"otif": (1, 1, 1.0), "on_time_delivery": (1, 1, 1.0)},
    ),
    Case(
        "an order known to have failed has failed, whatever else is unknown",
        (ORDER | LATE, ORDER | {"delivered_units": None}),
        {"otif": (0, 1, 1.0)},
    ),
    Case(
        "an order with something unknown and no failure is unknown",
        ({}, ORDER, ORDER | {"delivered_units": None}),
        {"otif": (1, 1, 0.5)},
    ),
    Case("a cancelled part leaves its order", (ORDER, ORDER | GONE), {"otif": (1, 1, 1.0)}),
    Case(
        "shipments count by departure; arrived without one is unknown",
        ({}, {"shipped_at": "2026-06-30 23:59:59"}, {"shipped_at": None}, GONE),
        {"shipments": (1, None, 0.5)},
    ),
    Case(
        "margin leaves out what it does not know",
        (
            {"freight_revenue": "100.10", "freight_cost": "80.05"},
            {"freight_revenue": "50.00", "freight_cost": "45.00"},
            {"freight_revenue": "70.00"},
        ),
        {"gross_margin": ("25.05", "150.10", 2 / 3)},
    ),
    Case(
        "causes and faults are those of late deliveries",
        (
            {"late_cause": "none: it was on time"},
            LATE | {"late_cause": "Border", "at_fault": "other"},
            LATE | {"late_cause": "Border", "at_fault": "carrier"},
            LATE,
        ),
        {"on_time_delivery": (1, 4, 1.0)},
    ),
)
SLUGS = {case.about: f"case-{number}" for number, case in enumerate(CASES)}


@pytest.fixture(scope="module")
def cube() -> Cube:
    rows = [
        ON_TIME | {"client": SLUGS[case.about], "shipment_id": f"S{number}"} | change
        for case in CASES
        for number, change in enumerate(case.rows)
    ]
    space = workspace(timezones=dict.fromkeys(SLUGS.values(), "UTC"))
    clients = {
        SLUGS[case.about]: space.clients[SLUGS[case.about]].model_copy(
            update={"contract": Contract(delivery=case.rules)}
        )
        for case in CASES
    }
    return build_cube(world({"shipments": rows}), space.model_copy(update={"clients": clients}))


def data_of(cube: Cube, about: str) -> MetricData:
    return metric_data(cube, SLUGS[about])


def one(data: MetricData, metric: str) -> MetricValue:
    (value,) = evaluate(data, [metric], Q3, as_of=AS_OF)
    return value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.about)
def test_deliveries(cube: Cube, case: Case) -> None:
    data = data_of(cube, case.about)
    found = {name: one(data, name) for name in case.expected}
    assert {
        name: (value.numerator, value.denominator, value.coverage) for name, value in found.items()
    } == case.expected


def test_a_ratio_is_its_numerator_over_its_denominator(cube: Cube) -> None:
    value = one(data_of(cube, "two of three came by the promise"), "on_time_delivery")
    assert value.value == 2 / 3
    assert value.n == 3


def test_a_margin_is_a_ratio_of_exact_amounts(cube: Cube) -> None:
    value = one(data_of(cube, "margin leaves out what it does not know"), "gross_margin")
    assert value.unit == "ratio"
    assert value.value == pytest.approx(0.166888740839, abs=1e-12)


def test_the_count_of_cancelled_is_kept(cube: Cube) -> None:
    assert excluded(data_of(cube, "cancelled before shipping, by whomever, leaves"), Q3) == 2


def test_causes_slice_the_misses(cube: Cube) -> None:
    data = data_of(cube, "causes and faults are those of late deliveries")
    values = evaluate(data, ["on_time_delivery"], Q3, ("late_cause",), as_of=AS_OF)
    found = [(value.by["late_cause"], value.numerator, value.denominator) for value in values]
    assert found == [("", 1, 2), ("Border", 0, 2)]


def test_not_yet_due_at_the_cut_off_is_no_miss() -> None:
    # The data ends on 6 October at 16:00 UTC; a promise of that evening cannot be judged.
    rows = [
        ON_TIME | LOST | {"shipment_id": "due", "promised_at": "2026-10-06 15:00"},
        ON_TIME | LOST | {"shipment_id": "open", "promised_at": "2026-10-06 18:00"},
    ]
    data = metric_data(build_cube(world({"shipments": rows}), workspace()))
    (value,) = evaluate(data, ["on_time_delivery"], parse("2026Q4"), as_of=AS_OF)
    assert (value.numerator, value.denominator) == (0, 1)
    assert value.partial
    assert (value.prior, value.year_ago) == (None, None)


def test_a_backdated_run_does_not_know_what_came_later() -> None:
    rows = [ON_TIME | {"shipment_id": "S", "delivered_at": "2026-07-04 09:00"}]
    as_of = dt.date(2026, 7, 3)
    data = metric_data(build_cube(world({"shipments": rows}), workspace(), as_of))
    (value,) = evaluate(data, ["in_full"], Q3, as_of=as_of)
    assert (value.numerator, value.denominator) == (0, 1)
    assert value.partial
