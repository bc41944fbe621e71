"""What is usual comes from the months before, and a review takes all its looks at once."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from reviews import PERIOD, Due, figures

from reviewkit.analysis.change import Count
from reviewkit.analysis.history import History, usual
from reviewkit.analysis.looks import looks
from reviewkit.analysis.movement import movement

MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)]
PAST = MONTHS[MONTHS.index("2024-07") : MONTHS.index("2026-07")]
"""Two years that end before the quarter under review."""


def lanes(late: dict[str, list[int]], now: dict[str, int]) -> Iterator[Due]:
    """Yield lanes of 400 deliveries a month: late ones by turns in the past, then as `now` says."""
    for lane, turns in late.items():
        for place, month in enumerate(PAST):
            yield Due(month, lane, 400, 400 - turns[place % len(turns)])
        for month in ("2026-07", "2026-08", "2026-09"):
            yield Due(month, lane, 400, 400 - now[lane])


def history(*parts: tuple[list[int], list[int]]) -> History:
    top, under = (np.array([part[place] for part in parts], float) for place in (0, 1))
    return History(tuple("ab"[: len(parts)]), top, under, np.zeros(len(parts)))


def test_a_part_varies_around_its_own_mean() -> None:
    # Rates 0.8 and 1.0 around 0.9: 2 × 100 × 0.1² = 2 over one degree of freedom, in coins of
    # 0.9 × 0.1 = 0.09: 22.2 times a coin. Too few months to say more than a coin does.
    few = usual(history(([80, 100], [100, 100])), 1, sampled=True)
    assert few.other is not None
    assert few.other.variance == 1.0
    # Four months: 4 × 100 × 0.1² = 4 over three: 4 / 3 / 0.09 = 14.8 times a coin; each
    # change from month to month, 0.2² / (0.09 × 2/100) = 22.2, is larger: that is drift.
    own = usual(history(([80, 100, 80, 100], [100] * 4)), 1, sampled=True).parts["a"]
    assert own.variance == pytest.approx(0.2**2 / (0.09 * 2 / 100))


def test_cases_vary_as_a_coin_does_at_the_least() -> None:
    own = usual(history(([90] * 12, [100] * 12)), 3, sampled=True).parts["a"]
    assert own.variance == 1.0


def test_of_money_nothing_is_known_without_a_past() -> None:
    spread = usual(history(([20], [100])), 3, sampled=False)
    assert spread.chance("a", one(20, 100), one(10, 100)) is None


def test_amounts_that_count_whole_weigh_as_their_rows_do() -> None:
    # One line of 1,000 was disputed after none: with lines of 1,000 that is one case in ten
    # against none in ten. The rarer of the two halves: 2 × 1/2 is certain.
    past = History(("a",), np.zeros((1, 12)), np.full((1, 12), 3000.0), np.array([1000.0]))
    spread = usual(past, 3, sampled=False)
    assert spread.chance("a", one(0, 10_000), one(1000, 10_000)) == pytest.approx(1.0)


def one(top: int, bottom: int) -> Count:
    return Count(Fraction(top), Fraction(bottom))


def test_a_lane_that_always_swings_is_not_news_when_it_swings() -> None:
    """4% and 12% late by turns; a month at 12% is no more than usual, a steady lane's is."""
    now = {"A → B": 48, "A → C": 48}
    swinging = {"A → B": [16, 48], "A → C": [16, 48]}
    steady = {"A → B": [16], "A → C": [16]}
    key = ("on_time_delivery", "lane", "A → B", "rate")
    assert looks(figures(lanes(swinging, now))).chances[key] > 0.1
    assert looks(figures(lanes(steady, now))).chances[key] < 0.001


def test_one_look_among_many_must_see_more() -> None:
    alone = {"A → B": [16]}
    many = {f"A → {name}": [16] for name in "BCDEFGHIJK"}
    key = ("on_time_delivery", "lane", "A → B", "rate")
    found = [
        looks(figures(lanes(late, dict.fromkeys(late, 16) | {"A → B": 27})))
        for late in (alone, many)
    ]
    # Alone its own lane is all there is, and no look at a part; among ten it is one of many.
    assert key not in found[0].chances
    assert found[1].chances[key] > 0.01
    assert found[0].chances["on_time_delivery", "", "", "rate"] < found[1].chances[key]


def test_every_look_of_a_change_that_nothing_moved_is_chance() -> None:
    late = {f"A → {name}": [15, 17] for name in "BCD"}
    found = looks(figures(lanes(late, dict.fromkeys(late, 16))))
    assert len(found.chances) > 10
    assert min(found.chances.values()) > 0.2


def test_a_slide_moves_the_whole() -> None:
    late = {"A → B": [16], "A → C": [16]}
    moved = movement(
        figures(lanes(late, {"A → B": 60, "A → C": 16})), "on_time_delivery", PERIOD.prior()
    )
    assert moved is not None
    # 22 of 800 more a month were late: 44 of 800.
    assert moved.delta == Fraction(-44, 800)
    assert moved.told


def test_a_change_is_split_by_cause_exactly_and_no_look_is_taken_along_it() -> None:
    """Of 1,000 each: 30 late before, 10 of them by traffic; 60 now, 35 by traffic."""
    rows = [
        *(Due(month, "A → B", 1000, 970, {"Traffic": 10}) for month in PAST),
        *(Due(f"2026-0{m}", "A → B", 1000, 940, {"Traffic": 35}) for m in (7, 8, 9)),
    ]
    own = looks(figures(rows))
    found = own.changes["on_time_delivery", "late_cause"]
    traffic = next(part for part in found.parts if part.key == "Traffic")
    # A late delivery has the rate 0: 2.5 points more of the whole × (0 − 95.5 %, the mean).
    assert (traffic.rate, traffic.mix) == (0, Fraction(25, 1000) * -Fraction(955, 1000))
    assert sum(part.total for part in found.parts) == found.delta == Fraction(-30, 1000)
    assert not [key for key in own.chances if key[1] == "late_cause"]
