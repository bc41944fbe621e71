"""Control charts against textbook figures, and each named test with its arithmetic."""

from __future__ import annotations

from math import sqrt

import pytest

from reviewkit.analysis.alerts.charts import Point, p_chart, xmr_chart
from reviewkit.analysis.alerts.signals import TESTS, signal
from reviewkit.params.alerts import ControlTest

CANS = (
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
)
"""Montgomery, Introduction to Statistical Quality Control: leaking cans in samples of 50."""


def test_the_p_chart_has_the_textbooks_centre_and_sigma() -> None:
    chart = p_chart([(count, 50) for count in CANS], len(CANS))
    assert chart is not None
    # 347 leaking of 30 × 50 = 1,500: 0.2313; sigma √(0.2313 × 0.7687 ÷ 50) = 0.0596, so that
    # the textbook's limits are 0.2313 ± 0.1789: 0.0524 and 0.4102.
    assert chart.centre == pytest.approx(0.2313, abs=5e-5)
    sigma = sqrt(0.2313 * 0.7687 / 50)
    assert (0.2313 - 3 * sigma, 0.2313 + 3 * sigma) == pytest.approx((0.0524, 0.4102), abs=2e-4)
    # The 29 moving ranges add up to 162 cans: 5.586 on average, which is 5.586 ÷ (50 × 0.0596)
    # = 1.874 sigmas. Laney's factor is 1.874 ÷ 1.128 = 1.661: samples scatter more than chance.
    assert chart.kind == "laney"
    assert chart.sigma == pytest.approx(0.0596 * 1.661, rel=2e-3)
    # Sample 23 with 24 cans lies (0.48 − 0.2313) ÷ 0.0596 = 4.17 plain sigmas out, 2.51 wide ones.
    assert chart.points[22].sigmas == pytest.approx(4.17 / 1.661, abs=0.01)


def test_a_p_chart_of_even_samples_is_not_widened() -> None:
    # 5, 6, 5, 6, 5 of 100: p̄ = 27 ÷ 500 = 0.054, sigma √(0.054 × 0.946 ÷ 100) = 0.0226; the
    # moving ranges are 0.01 ÷ 0.0226 = 0.44 sigmas, 0.39 over 1.128: below 1.
    chart = p_chart([(5, 100), (6, 100), (5, 100), (6, 100), (5, 100), (13, 100)], 5)
    assert chart is not None
    assert chart.kind == "p"
    assert chart.sigma == pytest.approx(0.0226, abs=5e-5)
    # (0.13 − 0.054) ÷ 0.0226 = 3.36
    assert chart.points[-1].sigmas == pytest.approx(3.36, abs=0.01)


def test_a_months_own_cases_make_its_limits() -> None:
    chart = p_chart([(5, 100), (6, 100), (5, 100), (6, 100), (5, 100), (26, 400)], 5)
    assert chart is not None
    # Four times the cases: half the sigma, 0.0113.
    assert chart.sigma == pytest.approx(0.0113, abs=5e-5)


@pytest.mark.parametrize("counts", [[(0, 9)] * 9, [(9, 9)] * 9, [(1, 9)] * 8 + [(0, 0)], []])
def test_no_chart_without_scatter_or_cases(counts: list[tuple[int, int]]) -> None:
    assert p_chart(counts, 8) is None


def test_the_xmr_chart_takes_its_limits_from_moving_ranges() -> None:
    # Mean of 10, 12, 11, 13, 12: 11.6. Ranges 2, 1, 2, 1: 1.5 on average; 11.6 ± 2.66 × 1.5.
    chart = xmr_chart([10, 12, 11, 13, 12, 16], 5)
    assert chart is not None
    assert chart.centre == pytest.approx(11.6)
    assert chart.limits() == pytest.approx((11.6 - 3.99, 11.6 + 3.99), abs=0.01)
    # (16 − 11.6) ÷ (1.5 ÷ 1.128) = 4.4 ÷ 1.330 = 3.31
    assert chart.points[-1].sigmas == pytest.approx(3.31, abs=0.01)
    assert xmr_chart([7, 7, 7, 9], 3) is None


SIGNALS: tuple[tuple[ControlTest, tuple[float, ...], str | None], ...] = (
    ("beyond_3_sigma", (0.1, -0.4, 3.1), "above"),
    ("beyond_3_sigma", (0.1, -0.4, -3.1), "below"),
    ("beyond_3_sigma", (0.1, 3.2, 3.0), None),  # exactly on the limit is within it
    ("two_of_three_beyond_2_sigma", (2.3, 0.4, 2.1), "above"),
    ("two_of_three_beyond_2_sigma", (-2.3, 0.4, -2.1), "below"),
    ("two_of_three_beyond_2_sigma", (2.3, 0.4, -2.1), None),  # not on one side
    ("two_of_three_beyond_2_sigma", (2.3, 2.4, 0.1), None),  # over: the last is back
    ("two_of_three_beyond_2_sigma", (2.3, 2.1), None),  # too few points
    ("four_of_five_beyond_1_sigma", (1.2, 1.4, 0.3, 1.1, 1.9), "above"),
    ("four_of_five_beyond_1_sigma", (1.2, 0.4, 0.3, 1.1, 1.9), None),
    ("eight_on_one_side", (0.2, 0.9, 0.1, 1.4, 0.3, 0.8, 0.2, 0.1), "above"),
    ("eight_on_one_side", (0.2, 0.9, 0.1, 1.4, -0.3, 0.8, 0.2, 0.1), None),
    ("nine_on_one_side", (-0.2, -0.9, -0.1, -1.4, -0.3, -0.8, -0.2, -0.1, -0.6), "below"),
    ("nine_on_one_side", (-0.9, -0.1, -1.4, -0.3, -0.8, -0.2, -0.1, -0.6), None),  # eight only
    ("nine_on_one_side", (0.0, -0.9, -0.1, -1.4, -0.3, -0.8, -0.2, -0.1, -0.6), None),  # on it
    ("six_trending", (-1.0, -0.6, -0.2, 0.1, 0.5, 0.9), "above"),
    ("six_trending", (0.9, 0.5, 0.1, -0.2, -0.6, -1.0), "below"),
    ("six_trending", (0.9, 0.5, 0.1, 0.1, -0.6, -1.0), None),  # a step that stands still
    ("six_trending", (0.5, 0.1, -0.2, -0.6, -1.0), None),  # five points, four steps
    ("fourteen_alternating", (0.1, 0.9) * 7, "neither"),
    ("fourteen_alternating", (0.1, 0.9) * 6 + (0.1,), None),
    ("fifteen_within_1_sigma", (0.4, -0.6, 0.1) * 5, "neither"),
    ("fifteen_within_1_sigma", (0.4, -1.0, 0.1) * 5, None),
    ("eight_beyond_1_sigma", (1.4, -1.6, 1.1, 1.3, -2.2, 1.5, -1.2, 1.1), "neither"),
    ("eight_beyond_1_sigma", (1.4, 1.6, 1.1, 1.3, 2.2, 1.5, 1.2, 1.1), None),  # one side only
    ("eight_beyond_1_sigma", (1.4, -1.6, 1.1, 0.3, -2.2, 1.5, -1.2, 1.1), None),
)


@pytest.mark.parametrize(("test", "sigmas", "side"), SIGNALS)
def test_each_named_test_signals_as_its_rule_says(
    test: ControlTest, sigmas: tuple[float, ...], side: str | None
) -> None:
    assert signal(test, [Point(z, z) for z in sigmas]) == side


def test_every_test_has_a_case_that_signals_and_one_that_does_not() -> None:
    for name in TESTS:
        sides = [side for test, _, side in SIGNALS if test == name]
        assert None in sides
        assert any(sides)
