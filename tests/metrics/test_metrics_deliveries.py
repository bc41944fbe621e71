"""Delivery metrics, worked out by hand on a few rows each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.evaluate import evaluate, excluded
from reviewkit.params.models import DeliveryRule
from reviewkit.periods import parse

Q3 = parse("2026Q3")
ON_TIME = {
    "ordered_at": "2026-07-01 08:00",
    "shipped_at": "2026-07-02 08:00",
    "promised_at": "2026-07-03 12:00",
    "delivered_at": "2026-07-03 11:00",
    "ordered_units": 10,
    "delivered_units": 10,
}


def figure(
    metric: str, *changes: dict[str, Any], rules: tuple[DeliveryRule, ...] = ()
) -> MetricValue:
    """Evaluate `metric` over deliveries that differ from one on time by `changes`."""
    rows = [ON_TIME | {"shipment_id": f"S{i}"} | change for i, change in enumerate(changes)]
    space = workspace(delivery=rules or (DeliveryRule(),))
    data = metric_data(build_cube(world({"shipments": rows}), space))
    (value,) = evaluate(data, [metric], Q3, as_of=AS_OF)
    return value


def parts(value: MetricValue) -> tuple[Any, Any, float | None]:
    return value.numerator, value.denominator, value.coverage


def test_on_time_is_delivered_by_the_promise_over_due() -> None:
    value = figure("on_time_delivery", {}, {}, {"delivered_at": "2026-07-03 12:00:01"})
    assert parts(value) == (2, 3, 1.0)
    assert value.value == 2 / 3


def test_delivered_at_the_very_end_of_the_window_is_on_time() -> None:
    assert figure("on_time_delivery", {"delivered_at": "2026-07-03 12:00"}).numerator == 1


def test_tolerance_moves_the_end_of_the_window() -> None:
    late = {"delivered_at": "2026-07-03 12:30"}
    assert figure("on_time_delivery", late).numerator == 0
    rule = DeliveryRule(tolerance_minutes=30)
    assert figure("on_time_delivery", late, rules=(rule,)).numerator == 1


def test_early_is_a_fail_only_where_the_contract_says_so() -> None:
    early = {"promised_from": "2026-07-03 10:00", "delivered_at": "2026-07-03 08:59"}
    assert figure("on_time_delivery", early).numerator == 1
    strict = DeliveryRule(early_minutes=60)
    assert figure("on_time_delivery", early, rules=(strict,)).numerator == 0
    in_time = early | {"delivered_at": "2026-07-03 09:00"}
    assert figure("on_time_delivery", in_time, rules=(strict,)).numerator == 1
    no_window = {"delivered_at": "2026-07-01 09:00"}
    assert figure("on_time_delivery", no_window, rules=(strict,)).numerator == 1


def test_the_rule_in_force_on_the_day_of_the_promise_counts() -> None:
    rules = (
        DeliveryRule(tolerance_minutes=60),
        DeliveryRule(tolerance_minutes=0, since=dt.date(2026, 8, 1)),
    )
    july = {"delivered_at": "2026-07-03 12:30"}
    august = {"promised_at": "2026-08-03 12:00", "delivered_at": "2026-08-03 12:30"}
    assert parts(figure("on_time_delivery", july, august, rules=rules)) == (1, 2, 1.0)


def test_before_the_first_dated_rule_the_plain_promise_counts() -> None:
    rules = (DeliveryRule(tolerance_minutes=60, since=dt.date(2026, 8, 1)),)
    late = {"delivered_at": "2026-07-03 12:30"}
    assert parts(figure("on_time_delivery", late, rules=rules)) == (0, 1, 1.0)


def test_due_and_never_delivered_is_not_on_time() -> None:
    lost = {"delivered_at": None, "delivered_units": None}
    assert parts(figure("on_time_delivery", {}, lost)) == (1, 2, 1.0)
    assert parts(figure("in_full", {}, lost)) == (1, 2, 1.0)
    assert parts(figure("otif", {}, lost)) == (1, 2, 1.0)


def test_not_yet_due_at_the_cut_off_is_no_miss() -> None:
    # The data ends on 6 October at 16:00; a promise of that evening cannot be judged.
    rows = [
        ON_TIME | {"shipment_id": "due", "promised_at": "2026-10-06 15:00", "delivered_at": None,
                   "delivered_units": None},
        ON_TIME | {"shipment_id": "open", "promised_at": "2026-10-06 18:00", "delivered_at": None,
                   "delivered_units": None},
    ]  # fmt: skip
    data = metric_data(build_cube(world({"shipments": rows}), workspace()))
    (value,) = evaluate(data, ["on_time_delivery"], parse("2026Q4"), as_of=AS_OF)
    assert parts(value) == (0, 1, 1.0)
    assert value.partial
    assert value.prior is None
    assert value.year_ago is None


def test_received_without_a_time_is_unknown_not_a_pass() -> None:
    no_time = {"delivered_at": None, "delivered_units": 10}
    assert parts(figure("on_time_delivery", {}, {}, {}, no_time)) == (3, 3, 0.75)
    assert parts(figure("in_full", {}, no_time)) == (2, 2, 1.0)
    assert parts(figure("otif", {}, no_time)) == (1, 1, 0.5)


def test_no_promise_lowers_the_coverage() -> None:
    assert parts(figure("on_time_delivery", {}, {"promised_at": None})) == (1, 1, 0.5)
    assert parts(figure("in_full", {}, {"promised_at": None})) == (1, 1, 0.5)
    assert parts(figure("otif", {}, {"promised_at": None})) == (1, 1, 0.5)


@pytest.mark.parametrize(
    ("change", "leaves"),
    [
        ({"cancelled_at": "2026-07-01 09:00", "shipped_at": None}, True),
        (
            {"cancelled_at": "2026-07-01 09:00", "shipped_at": None, "cancel_cause": "provider"},
            True,
        ),
        ({"cancelled_at": "2026-07-02 12:00", "cancel_cause": "client"}, True),
        # Cancelled by the provider once it was under way: a delivery not made.
        ({"cancelled_at": "2026-07-02 12:00", "cancel_cause": "provider"}, False),
        # Given up after the promise had run out: the promise was broken before.
        ({"cancelled_at": "2026-07-04 12:00", "shipped_at": None}, False),
    ],
)  # fmt: skip
def test_cancelled_orders_leave_only_by_the_client_or_before_shipping(
    change: dict[str, Any], leaves: bool
) -> None:
    gone = {"delivered_at": None, "delivered_units": None} | change
    expected = (1, 1, 1.0) if leaves else (1, 2, 1.0)
    for metric in ("on_time_delivery", "in_full", "otif"):
        assert parts(figure(metric, {}, gone)) == expected, metric


def test_the_count_of_cancelled_is_kept() -> None:
    gone = {"delivered_at": None, "cancelled_at": "2026-07-01 09:00", "shipped_at": None}
    rows = [ON_TIME | {"shipment_id": "a"}, ON_TIME | {"shipment_id": "b"} | gone]
    data = metric_data(build_cube(world({"shipments": rows}), workspace()))
    assert excluded(data, Q3) == 1


def test_in_full_is_by_delivery_and_more_is_full() -> None:
    value = figure("in_full", {}, {"delivered_units": 9}, {"delivered_units": 11})
    assert parts(value) == (2, 3, 1.0)


def test_units_not_recorded_are_unknown() -> None:
    value = figure("in_full", {}, {"delivered_units": None}, {"ordered_units": None})
    assert parts(value) == (1, 1, 1 / 3)


def test_otif_counts_an_order_once_however_it_was_split() -> None:
    half = {"order_id": "O1", "ordered_units": 10}
    whole = figure("otif", half | {"delivered_units": 4}, half | {"delivered_units": 16})
    assert parts(whole) == (1, 1, 1.0)
    short = figure("otif", half | {"delivered_units": 4}, half | {"delivered_units": 15})
    assert parts(short) == (0, 1, 1.0)
    one_late = figure("otif", half, half | {"delivered_at": "2026-07-03 13:00"})
    assert parts(one_late) == (0, 1, 1.0)


def test_otif_places_an_order_by_its_last_promise() -> None:
    june = {"order_id": "O1", "promised_at": "2026-06-30 12:00", "delivered_at": "2026-06-30 11:00"}
    assert parts(figure("otif", june, {"order_id": "O1"})) == (1, 1, 1.0)


def test_an_order_known_to_have_failed_has_failed_whatever_else_is_unknown() -> None:
    order = {"order_id": "O1"}
    late = order | {"delivered_at": "2026-07-03 13:00"}
    assert parts(figure("otif", late, order | {"delivered_units": None})) == (0, 1, 1.0)
    assert parts(figure("otif", {}, order, order | {"delivered_units": None})) == (1, 1, 0.5)


def test_a_delivery_without_an_order_is_its_own_order() -> None:
    assert parts(figure("otif", {}, {"delivered_units": 1})) == (1, 2, 1.0)


def test_a_cancelled_part_leaves_its_order() -> None:
    order = {"order_id": "O1"}
    gone = {"cancelled_at": "2026-07-01 09:00", "shipped_at": None, "delivered_at": None,
            "delivered_units": None}  # fmt: skip
    assert parts(figure("otif", order, order | gone)) == (1, 1, 1.0)


def test_shipments_are_counted_by_departure() -> None:
    undated = {"shipped_at": None}
    never_left = {"shipped_at": None, "delivered_at": None, "delivered_units": None}
    value = figure("shipments", {}, {"shipped_at": "2026-06-30 23:59:59"}, undated, never_left)
    assert parts(value) == (1, None, 0.5)
    assert value.prior == 1


def test_gross_margin_leaves_out_what_it_does_not_know() -> None:
    value = figure(
        "gross_margin",
        {"freight_revenue": "100.10", "freight_cost": "80.05"},
        {"freight_revenue": "50.00", "freight_cost": "45.00"},
        {"freight_revenue": "70.00"},
    )
    assert (value.numerator, value.denominator) == ("25.05", "150.10")
    assert value.value == pytest.approx(25.05 / 150.10, rel=1e-15)
    assert value.coverage == 2 / 3
    assert value.unit == "ratio"


def test_a_backdated_run_does_not_know_what_came_later() -> None:
    row = ON_TIME | {"shipment_id": "S", "delivered_at": "2026-07-04 09:00"}
    made = world({"shipments": [row]})
    as_of = dt.date(2026, 7, 3)
    data = metric_data(build_cube(made, workspace(), as_of))
    (value,) = evaluate(data, ["in_full"], Q3, as_of=as_of)
    assert parts(value) == (0, 1, 1.0)
    assert value.partial


def test_late_causes_and_faults_slice_the_misses() -> None:
    late = {"delivered_at": "2026-07-03 18:00"}
    rows = [
        ON_TIME | {"shipment_id": "a", "late_cause": "ignored: it was on time"},
        ON_TIME | {"shipment_id": "b", "late_cause": "Border", "at_fault": "other"} | late,
        ON_TIME | {"shipment_id": "c", "late_cause": "Border", "at_fault": "carrier"} | late,
        ON_TIME | {"shipment_id": "d"} | late,
    ]
    data = metric_data(build_cube(world({"shipments": rows}), workspace()))
    values = evaluate(data, ["on_time_delivery"], Q3, ("late_cause",), as_of=AS_OF)
    assert [(v.by["late_cause"], v.numerator, v.denominator) for v in values] == [
        ("", 1, 2),
        ("Border", 0, 2),
    ]
