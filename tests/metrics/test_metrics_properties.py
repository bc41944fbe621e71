"""What holds for any rows: parts add up to the whole, and months to the quarter."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.facts.shipments import SHIPMENTS
from reviewkit.metrics.registry import METRICS
from reviewkit.metrics.rollup import ROLLUPS, readings
from reviewkit.metrics.statistics import nps_interval, wilson
from reviewkit.periods import parse

WHOLE, PARTS = "whole", ("part-a", "part-b", "part-c")


def deliveries(seed: int, count: int) -> list[dict[str, Any]]:
    """Return deliveries with every kind of gap, each for the whole and for one of its parts."""
    draw = random.Random(seed)

    def day(first: int, last: int) -> str:
        moment = pd.Timestamp("2025-06-20") + pd.Timedelta(minutes=draw.randint(first, last))
        return str(moment)

    rows = []
    for number in range(count):
        start = draw.randint(0, 500 * 1440)
        shipped = start + draw.randint(60, 2000)
        promised = shipped + draw.randint(0, 3000)
        row = {
            "shipment_id": f"S{number:05d}",
            "order_id": draw.choice([None, f"O{number // 3}", f"O{number // 3}"]),
            "site": draw.choice(["Venlo", "Lyon", None]),
            "service": draw.choice(["Freight", "Package"]),
            "lane": draw.choice(["A → B", "A → C"]),
            "ordered_at": day(start, start),
            "promised_from": draw.choice([None, day(promised - 240, promised)]),
            "promised_at": draw.choice([None, *[day(promised, promised)] * 9]),
            "shipped_at": draw.choice([None, *[day(shipped, shipped)] * 9]),
            "delivered_at": draw.choice([None, *[day(shipped, promised + 600)] * 9]),
            "cancelled_at": draw.choice([day(start, promised + 600), *[None] * 9]),
            "cancel_cause": draw.choice(["client", "provider", None]),
            "ordered_units": draw.choice([None, 5, 10, 10]),
            "delivered_units": draw.choice([None, 5, 10, 10]),
            "late_cause": draw.choice([None, "Border", "Weather"]),
            "at_fault": draw.choice([None, "carrier"]),
            "freight_revenue": draw.choice([None, f"{draw.randint(0, 99999)}.{number % 100:02d}"]),
            "first_promised_at": draw.choice([None, *[day(promised, promised)] * 9]),
            "pickup_appointment": draw.choice([None, *[day(shipped, shipped + 60)] * 9]),
            "picked_up_at": draw.choice([None, *[day(shipped, shipped + 60)] * 9]),
            "lines": draw.choice([None, 1, 4]),
            "damaged_units": draw.choice([None, 0, 0, 1]),
            "documents_ok": draw.choice([None, True, True, False]),
            "freight_cost": draw.choice([None, f"{draw.randint(0, 99999)}.{number % 100:02d}"]),
        }
        # An order stays in one part: by its number, whether it has deliveries of its own or not.
        part = PARTS[(number // 3) % len(PARTS)]
        rows += [row | {"client": WHOLE}, row | {"client": part}]
    return rows


@pytest.fixture(scope="module")
def cube() -> Cube:
    zones = dict.fromkeys((WHOLE, *PARTS), "America/Chicago")
    return build_cube(world({"shipments": deliveries(7, 1500)}), workspace(timezones=zones))


@pytest.fixture(scope="module")
def data(cube: Cube) -> MetricData:
    return metric_data(cube, WHOLE)


def test_measures_of_any_parts_add_up_to_the_whole(cube: Cube) -> None:
    facts = cube.facts["shipments"]
    names = [item.name for item in SHIPMENTS.measures]
    whole = facts[facts["client"] == WHOLE].groupby("month")[names].sum()
    parts = facts[facts["client"] != WHOLE].groupby("month")[names].sum()
    pd.testing.assert_frame_equal(whole, parts, check_dtype=False)
    assert (whole[[name for name in names if name != "cancelled"]].sum() > 0).all()


def test_an_outcome_is_never_counted_twice(cube: Cube) -> None:
    facts = cube.facts["shipments"]
    for name in ("on_time", "in_full", "otif"):
        assert (facts[name] <= facts[f"{name}_due"]).all()
    # On time and in full have the same deliveries, known or not.
    on_time = facts["on_time_due"] + facts["on_time_unknown"]
    in_full = facts["in_full_due"] + facts["in_full_unknown"]
    assert (on_time == in_full).all()


@pytest.mark.parametrize(
    "metric",
    [
        *("shipments", "on_time_delivery", "in_full", "otif", "perfect_order", "otif_lines"),
        *("otif_units", "on_time_first_promise", "damage_rate", "units", "on_time_pickup"),
        "on_time_ship",
    ],
)
@pytest.mark.parametrize("by", [("month",), ("site",), ("month", "site", "lane"), ("service",)])
def test_slices_add_up_to_the_total(data: MetricData, metric: str, by: tuple[str, ...]) -> None:
    for period in (parse("2025Q3"), parse("2026Q2"), parse("2026H1")):
        (total,) = evaluate(data, [metric], period, as_of=AS_OF)
        slices = evaluate(data, [metric], period, by, as_of=AS_OF)
        assert sum(value.numerator for value in slices) == total.numerator
        assert sum(value.n for value in slices) == total.n > 0
        assert len({tuple(value.by.items()) for value in slices}) == len(slices)


def test_margins_of_months_add_up_to_the_quarter_to_the_cent(data: MetricData) -> None:
    (total,) = evaluate(data, ["gross_margin"], parse("2026Q2"), as_of=AS_OF)
    months = evaluate(data, ["gross_margin"], parse("2026Q2"), ("month",), as_of=AS_OF)
    for part in ("numerator", "denominator"):
        assert sum(Decimal(getattr(m, part)) for m in months) == Decimal(getattr(total, part))


def test_prior_and_year_ago_are_what_those_periods_report(data: MetricData) -> None:
    for metric in ("shipments", "on_time_delivery", "otif", "gross_margin"):
        period = parse("2026Q3")
        (value,) = evaluate(data, [metric], period, as_of=AS_OF)
        (prior,) = evaluate(data, [metric], period.prior(), as_of=AS_OF)
        (year_ago,) = evaluate(data, [metric], period.year_ago(), as_of=AS_OF)
        assert (value.prior, value.year_ago) == (prior.value, year_ago.value)


outcomes = st.lists(
    st.tuples(st.sampled_from(["x", "y", ""]), st.integers(0, 1), st.integers(0, 1)), max_size=60
)


@given(outcomes)
@settings(max_examples=60, deadline=None)
def test_a_rate_is_sums_over_sums_whatever_the_groups(rows: list[tuple[str, int, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["site", "n", "hit"])
    frame = frame.assign(numerator=frame["hit"] * frame["n"], unknown=1 - frame["n"])
    total = readings(frame, "proportion", ())[()]
    parts = readings(frame, "proportion", ("site",)).values()
    assert sum(part.numerator for part in parts) == total.numerator
    assert sum(part.n for part in parts) == total.n == sum(n for _, n, _ in rows)
    assert (total.exact is None) == (total.n == 0)
    counts = Counter(site for site, _, _ in rows)
    assert len(parts) == len(counts)


@given(st.lists(st.fractions(0, 1000, max_denominator=7), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_half_of_the_values_lie_on_either_side_of_the_median(values: list[Any]) -> None:
    frame = pd.DataFrame({"value": values, "n": 1, "unknown": 0})
    median = readings(frame, "median", ())[()].exact
    assert median is not None
    assert sum(value <= median for value in values) * 2 >= len(values)
    assert sum(value >= median for value in values) * 2 >= len(values)


@given(st.integers(1, 5000), st.data())
def test_intervals_hold_their_figure_and_stay_in_range(n: int, draws: Any) -> None:
    hits = draws.draw(st.integers(0, n))
    low, high = wilson(hits, n) or (9, 9)
    assert 0 <= low <= hits / n + 1e-12
    assert hits / n - 1e-12 <= high <= 1
    below = draws.draw(st.integers(0, n - hits))
    worst, best = nps_interval(hits, below, n) or (999, 999)
    assert -100 <= worst <= best <= 100


def test_every_rollup_of_nothing_is_no_figure_or_a_zero() -> None:
    assert {name: rollup.nothing.value for name, rollup in ROLLUPS.items()} == {
        "proportion": None, "share_of_money": None, "count": 0, "difference": None,
        "score": None, "median": None, "share": None, "quantity": 0, "amount": "0.00",
        "per": None, "charged": None, "concentration": None, "average": None, "days": None,
        "half_ended": None, "most_ended": None, "half_binned": None, "most_binned": None,
    }  # fmt: skip
    assert {metric.rollup for metric in METRICS.values()} == set(ROLLUPS)
