"""The overall score: points by hand, change in parts that add up, nothing dropped in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviews import Due, figures, metric_data

from reviewkit import periods
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.score import Aim, Effect, Line, change, total
from reviewkit.analysis.scoring import score, score_for_the_client
from reviewkit.params.models import Target

AS_OF = dt.date(2026, 10, 6)
PERIOD = periods.parse("2026Q3")
BOTH = ("on_time_delivery", "in_full")

FALL = (
    # The second quarter: 97.0% of 1,000; the third: 94.0%. All in full.
    *(Due(f"2026-0{m}", "Venlo → Lyon", 1000, 970) for m in (4, 5, 6)),
    *(Due(f"2026-0{m}", "Venlo → Lyon", 1000, 940) for m in (7, 8, 9)),
)


def responses(promoters: int, passives: int, detractors: int) -> list[dict[str, Any]]:
    """Return answers of the third quarter: 9, 7 and 5 on the scale of recommendation."""
    scores = [9] * promoters + [7] * passives + [5] * detractors
    return [
        {"responded_on": "2026-08-03", "instrument": "nps", "score": score, "role": "Operations"}
        for score in scores
    ]


def effects(found: Iterable[Effect]) -> dict[tuple[str, str], Fraction]:
    return {(item.metric, item.kind): item.points for item in found}


# --- by hand


@pytest.mark.parametrize(
    ("aim", "result", "points"),
    [
        # 96% with a reach of 4 points: 95% is a quarter of the way down.
        (Aim(Fraction(96), 1, Fraction(4)), 96, 100),
        (Aim(Fraction(96), 1, Fraction(4)), 99, 100),
        (Aim(Fraction(96), 1, Fraction(4)), 95, 75),
        (Aim(Fraction(96), 1, Fraction(4)), 92, 0),
        (Aim(Fraction(96), 1, Fraction(4)), 50, 0),
        # 24 hours with a reach of 24: 30 hours are 6 ÷ 24 = a quarter of the way.
        (Aim(Fraction(24), -1, Fraction(24)), 24, 100),
        (Aim(Fraction(24), -1, Fraction(24)), 30, 75),
        (Aim(Fraction(24), -1, Fraction(24)), 48, 0),
    ],
)
def test_points_fall_in_proportion_to_the_gap(aim: Aim, result: int, points: int) -> None:
    assert aim.points(Fraction(result)) == points


def test_a_score_is_the_mean_by_weight_and_the_change_its_parts() -> None:
    own = figures(FALL, targets={"on_time_delivery": 0.96, "in_full": 0.985})
    found = score(own, BOTH, {"on_time_delivery": Decimal(3), "in_full": Decimal(1)})
    # 94.0 against 96.0, which allows 4 points: 2 of 4, so 50. In full 100.
    # Now (3 × 50 + 100) ÷ 4 = 62.5; before 97.0 was met: 100. On time 3/4 × (50 − 100).
    assert [item.now.points for item in found.lines] == [50, 100]
    assert (found.now.points, found.before.points) == (Fraction(125, 2), 100)
    assert found.change == Fraction(-75, 2)
    assert effects(found.effects) == {
        ("on_time_delivery", "result"): Fraction(-75, 2),
        ("in_full", "result"): 0,
    }
    assert found.lines[0].now.aim is not None
    assert found.lines[0].now.aim.zero == Fraction(92, 100)


def test_a_measure_judged_now_alone_is_told_apart_from_what_moved() -> None:
    # (20 − 8) of 40 responses: a score of 30 against 40, of a reach of 40: 100 × 30 ÷ 40 = 75.
    own = figures(
        FALL,
        targets={"on_time_delivery": 0.96, "in_full": 0.985, "nps": 40},
        surveys=responses(20, 12, 8),
    )
    weights = {"on_time_delivery": Decimal(3), "in_full": Decimal(1), "nps": Decimal(1)}
    found = score(own, (*BOTH, "nps"), weights)
    # Now (3 × 50 + 100 + 75) ÷ 5 = 65; before 100 of the weight of 4. Like with like
    # (3 × 50 + 100) ÷ 4 = 62.5, that is −37.5; the rating adds 1/5 × (75 − 62.5) = 2.5.
    assert (found.now.points, found.before.points) == (65, 100)
    assert (found.before.judged, found.before.weight) == (4, 5)
    assert found.lines[2].before.lack == "no_data"
    assert found.like_for_like == Fraction(-75, 2)
    assert found.effect("nps", "entered") == Fraction(5, 2)
    assert found.change == -35


def test_a_raised_target_is_told_apart_from_the_result() -> None:
    data = metric_data(FALL)
    since = [
        Target(value=Decimal("0.96"), since=dt.date(2025, 1, 1)),
        Target(value=Decimal("0.97"), since=dt.date(2026, 7, 1)),
    ]
    data = replace(data, targets={"on_time_delivery": tuple(since)})
    found = score(Figures(data, PERIOD, AS_OF), BOTH, {})
    # 94.0 against 96.0 would be 50 points, against 97.0 (reach 3 points) none.
    assert effects(found.effects) == {
        ("on_time_delivery", "result"): -50,
        ("on_time_delivery", "target"): -50,
    }
    assert (found.now.points, found.change) == (0, -100)


def test_what_cannot_be_judged_stays_with_its_weight() -> None:
    own = figures(
        FALL,
        targets={"on_time_delivery": 0.96, "nps": 40, "invoice_accuracy": 0.99},
        surveys=responses(5, 0, 0),
    )
    weights = {"on_time_delivery": 6, "in_full": 2, "nps": 1, "invoice_accuracy": 1}
    names = ("on_time_delivery", "in_full", "nps", "invoice_accuracy")
    found = score(own, names, {name: Decimal(weight) for name, weight in weights.items()})
    assert [item.now.lack for item in found.lines] == [
        None,
        "no_target",
        "low_volume",
        "not_supplied",
    ]
    assert (found.now.points, found.now.judged, found.now.weight) == (50, 6, 10)


def test_without_weights_every_measure_with_a_target_counts_the_same() -> None:
    own = figures(FALL, targets={"on_time_delivery": 0.96, "in_full": 0.985})
    found = score(own, ("shipments", *BOTH, "otif"), {})
    assert [(item.metric, item.weight) for item in found.lines] == [(name, 1) for name in BOTH]
    assert found.now.points == 75


def test_a_tolerance_keeps_half_the_points_of_a_near_miss() -> None:
    # 95.0 would be lost at 94.0 by the least reach of a point; 3 points of tolerance make it
    # 6: 94.0 against 99.5 is 5.5 of 6 points away, and 96.5, at the tolerance's end, keeps 50.
    own = figures(FALL, targets={"on_time_delivery": 0.995}, tolerance=0.03)
    found = score(own, ("on_time_delivery",), {})
    aim = found.lines[0].now.aim
    assert aim is not None
    assert aim.points(Fraction(965, 1000)) == 50
    assert found.now.points == 100 * (1 - Fraction(55, 60))


def test_a_partial_period_earns_no_points_and_is_not_compared() -> None:
    own = figures(FALL, targets={"on_time_delivery": 0.96}, period=periods.parse("2026Q4"))
    found = score(own, BOTH, {})
    assert [item.now.lack for item in found.lines] == ["no_data"]
    september = replace(own, as_of=dt.date(2026, 9, 20), period=PERIOD)
    found = score(september, BOTH, {})
    assert [item.now.lack for item in found.lines] == ["partial"]
    assert (found.now.points, found.change, found.effects) == (None, None, ())


def test_the_clients_score_knows_no_internal_weight() -> None:
    rows = [replace(row, revenue=1000, cost=900) for row in FALL]
    targets = {"on_time_delivery": 0.96, "in_full": 0.985, "gross_margin": 0.2}
    weights = {"on_time_delivery": Decimal(1), "in_full": Decimal(1), "gross_margin": Decimal(8)}
    names = (*BOTH, "gross_margin")
    house = figures(rows, targets=targets, audience="internal")
    # A margin of 10% against 20%, whose reach is 20 points: 50. (50 + 100 + 8 × 50) ÷ 10.
    assert score(house, names, weights).now.points == 55
    told = score_for_the_client(house, names, weights)
    assert [item.metric for item in told.lines] == [*BOTH]
    client = figures(rows, targets={name: targets[name] for name in BOTH})
    shown = score(client, BOTH, {name: weights[name] for name in BOTH})
    assert told.now == shown.now
    assert shown.now.points == 75


# --- whatever the numbers

points = st.none() | st.fractions(0, 100, max_denominator=40)
lines = st.lists(
    st.builds(
        Line,
        metric=st.uuids().map(str),
        weight=st.fractions(Fraction(1, 9), 9, max_denominator=9),
        now=points,
        before=points,
        held=points,
    ),
    max_size=12,
)


@given(lines)
def test_the_parts_of_a_change_add_up_to_it_exactly(found: list[Line]) -> None:
    now = total([(line.weight, line.now) for line in found])
    before = total([(line.weight, line.before) for line in found])
    parts = change(found)
    if any(line.now is not None and line.before is not None for line in found):
        assert now.points is not None
        assert before.points is not None
        assert sum((part.points for part in parts), Fraction(0)) == now.points - before.points
    else:
        assert parts == ()


@given(lines)
def test_a_score_lies_among_its_points_and_counts_all_weight(found: list[Line]) -> None:
    known = [line.now for line in found if line.now is not None]
    whole = total([(line.weight, line.now) for line in found])
    assert whole.weight == sum((line.weight for line in found), Fraction(0))
    if known:
        assert whole.points is not None
        assert min(known) <= whole.points <= max(known)
    else:
        assert (whole.points, whole.judged) == (None, 0)


@given(
    st.fractions(-100, 100, max_denominator=50),
    st.fractions(Fraction(1, 50), 50, max_denominator=50),
    st.lists(st.fractions(-200, 200, max_denominator=50), min_size=2, max_size=2),
)
def test_a_better_result_never_earns_less(
    target: Fraction, reach: Fraction, results: list[Fraction]
) -> None:
    low, high = sorted(results)
    more, less = Aim(target, 1, reach), Aim(target, -1, reach)
    assert more.points(low) <= more.points(high)
    assert less.points(high) <= less.points(low)
