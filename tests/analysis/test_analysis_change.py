"""Rate and mix add up to the change exactly; what appears or disappears is told apart."""

from __future__ import annotations

from fractions import Fraction
from math import erfc, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.analysis.change import Count, decompose, two_proportions


def counts(**parts: tuple[int, int]) -> dict[str, Count]:
    return {name: Count(Fraction(top), Fraction(bottom)) for name, (top, bottom) in parts.items()}


def test_a_hand_worked_split() -> None:
    # Shares 1/2 and 1/2 become 1/4 and 3/4; rates 0.9 and 0.5 become 0.8 and 0.5.
    before = counts(a=(90, 100), b=(50, 100))
    now = counts(a=(80, 100), b=(150, 300))
    change = decompose("m", "lane", before, now, sampled=True)
    assert change is not None
    assert (change.before.rate, change.now.rate) == (Fraction(140, 200), Fraction(230, 400))
    a, b = sorted(change.parts, key=lambda part: part.key)
    # Mean share of a is 3/8, its rate fell by 1/10.
    assert a.rate == Fraction(3, 8) * Fraction(-1, 10)
    # Its share fell by 1/4; its mean rate 0.85 lies above the mean total 0.6375.
    assert a.mix == Fraction(-1, 4) * (Fraction(85, 100) - Fraction(6375, 10000))
    assert b.rate == 0
    assert b.mix == Fraction(1, 4) * (Fraction(1, 2) - Fraction(6375, 10000))
    assert a.total + b.total == change.delta == Fraction(-1, 8)


def test_new_and_gone_parts_have_no_rate_to_compare() -> None:
    change = decompose(
        "m",
        "lane",
        counts(a=(90, 100), old=(5, 10)),
        counts(a=(90, 100), new=(10, 10)),
        sampled=True,
    )
    assert change is not None
    parts = {part.key: part for part in change.parts}
    assert [parts[name].presence for name in ("a", "old", "new")] == ["both", "gone", "new"]
    assert parts["new"].rate == parts["new"].mix == parts["old"].rate == 0
    assert parts["new"].entry > 0 < parts["old"].entry
    assert sum(part.total for part in change.parts) == change.delta


def test_a_period_without_cases_has_no_change() -> None:
    assert decompose("m", "lane", {}, counts(a=(1, 2)), sampled=True) is None
    assert decompose("m", "lane", counts(a=(0, 0)), counts(a=(1, 2)), sampled=True) is None


def test_noise_is_no_contributor() -> None:
    # One late delivery more among 30 is chance; 300 more among 3,000 is not.
    quiet = decompose("m", "lane", counts(a=(29, 30)), counts(a=(28, 30)), sampled=True)
    loud = decompose("m", "lane", counts(a=(2900, 3000)), counts(a=(2600, 3000)), sampled=True)
    assert quiet is not None
    assert quiet.contributors() == ()
    assert loud is not None
    assert [part.key for part in loud.contributors()] == ["a"]


def test_chance_is_corrected_for_the_number_of_parts() -> None:
    alone = decompose("m", "lane", counts(a=(90, 100)), counts(a=(80, 100)), sampled=True)
    among = decompose(
        "m",
        "lane",
        counts(a=(90, 100), b=(50, 100), c=(50, 100)),
        counts(a=(80, 100), b=(50, 100), c=(50, 100)),
        sampled=True,
    )
    assert alone is not None
    assert among is not None
    one = next(part for part in alone.parts if part.key == "a")
    three = next(part for part in among.parts if part.key == "a")
    assert one.chance is not None
    assert three.chance is not None
    assert three.chance == pytest.approx(3 * one.chance)
    assert one.significant
    assert not three.significant


def test_the_test_of_two_proportions() -> None:
    # z = 0.1 / sqrt(0.85 · 0.15 · 2 / 100)
    z = 0.1 / sqrt(0.85 * 0.15 * 2 / 100)
    found = two_proportions(Count(Fraction(90), Fraction(100)), Count(Fraction(80), Fraction(100)))
    assert found == pytest.approx(erfc(z / sqrt(2)))
    assert two_proportions(Count(Fraction(5), Fraction(5)), Count(Fraction(9), Fraction(9))) == 1.0


def test_sums_of_money_are_not_sampled() -> None:
    change = decompose("m", "lane", counts(a=(200, 1000)), counts(a=(199, 1000)), sampled=False)
    assert change is not None
    assert change.parts[0].chance is None
    assert change.parts[0].significant


numbers = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(
    lambda pair: Count(Fraction(min(pair)), Fraction(max(pair)))
)
tables = st.dictionaries(st.sampled_from("abcdef"), numbers, min_size=1)


@given(tables, tables)
def test_effects_always_add_up(before: dict[str, Count], now: dict[str, Count]) -> None:
    change = decompose("m", "lane", before, now, sampled=True)
    if change is not None:
        assert sum((part.total for part in change.parts), Fraction(0)) == change.delta
