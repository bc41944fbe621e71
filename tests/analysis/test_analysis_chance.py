"""Tails of distributions against tables and sums worked by hand; many looks count as many."""

from __future__ import annotations

from math import comb, erfc, inf, pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.analysis.chance import beta, holm, student, upper_binomial


@pytest.mark.parametrize(
    ("t", "freedom", "tail"),
    [
        # Two-sided points of the printed tables of Student's distribution.
        (12.706205, 1, 0.05),
        (4.302653, 2, 0.05),
        (3.249836, 9, 0.01),
        (2.749996, 30, 0.01),
        (1.959964, inf, 0.05),
    ],
)
def test_students_tails_are_those_of_the_tables(t: float, freedom: float, tail: float) -> None:
    assert student(t, freedom) == pytest.approx(tail, rel=1e-5)
    assert student(-t, freedom) == student(t, freedom)


def test_one_degree_of_freedom_is_cauchys() -> None:
    # P(|T| > 1) = 1 − 2 · atan(1) / π = 1/2.
    assert student(1, 1) == pytest.approx(1 - 2 * (pi / 4) / pi)


def test_many_degrees_of_freedom_are_normal() -> None:
    assert student(5, 1e7) == pytest.approx(erfc(5 / sqrt(2)), rel=1e-4)


@given(st.integers(1, 30), st.integers(0, 30), st.floats(0.01, 0.99))
def test_the_binomial_tail_is_the_sum_of_its_terms(hits: int, misses: int, share: float) -> None:
    n = hits + misses
    terms = (comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(hits, n + 1))
    assert upper_binomial(hits, misses, share) == pytest.approx(sum(terms), rel=1e-8, abs=1e-12)


def test_no_hits_are_no_surprise() -> None:
    assert upper_binomial(0, 5, 0.5) == 1


def test_the_beta_function_at_its_ends() -> None:
    assert (beta(2, 3, 0), beta(2, 3, 1)) == (0, 1)


def test_holm_corrects_the_smallest_for_all_and_keeps_the_order() -> None:
    # 0.01 × 4; 0.02 × 3; 0.025 × 2 = 0.05 is below what came before it; 0.9 × 1.
    found = holm({"a": 0.01, "b": 0.9, "c": 0.02, "d": 0.025})
    assert found == pytest.approx({"a": 0.04, "c": 0.06, "d": 0.06, "b": 0.9})
    assert holm({}) == {}


@given(st.dictionaries(st.integers(), st.floats(0, 1), min_size=1))
def test_a_corrected_chance_is_no_smaller_and_no_more_than_certain(
    chances: dict[int, float],
) -> None:
    found = holm(chances)
    assert all(chances[look] <= found[look] <= 1 for look in chances)
