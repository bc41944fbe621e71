"""Rate and mix add up to the change exactly; what appears or disappears is told apart."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.analysis.change import Change, Count, decompose
from reviewkit.metrics.registry import METRICS


def counts(**parts: tuple[int, int]) -> dict[str, Count]:
    return {name: Count(Fraction(top), Fraction(bottom)) for name, (top, bottom) in parts.items()}


def test_a_hand_worked_split() -> None:
    # Shares 1/2 and 1/2 become 1/4 and 3/4; rates 0.9 and 0.5 become 0.8 and 0.5.
    before = counts(a=(90, 100), b=(50, 100))
    now = counts(a=(80, 100), b=(150, 300))
    change = decompose("m", "lane", before, now)
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
    )
    assert change is not None
    parts = {part.key: part for part in change.parts}
    assert [parts[name].presence for name in ("a", "old", "new")] == ["both", "gone", "new"]
    assert parts["new"].rate == parts["new"].mix == parts["old"].rate == 0
    assert parts["new"].entry > 0 < parts["old"].entry
    assert sum(part.total for part in change.parts) == change.delta


def test_a_period_without_cases_has_no_change() -> None:
    assert decompose("m", "lane", {}, counts(a=(1, 2))) is None
    assert decompose("m", "lane", counts(a=(0, 0)), counts(a=(1, 2))) is None


def judged(change: Change | None, **chances: tuple[float | None, float | None]) -> Change:
    """Return a change whose parts have a chance of their rate and of their share."""
    assert change is not None
    parts = tuple(
        replace(part, chance=chances[part.key][0], shift=chances[part.key][1])
        for part in change.parts
    )
    return replace(change, parts=parts)


def test_noise_is_no_contributor() -> None:
    change = decompose("m", "lane", counts(a=(2900, 3000)), counts(a=(2600, 3000)))
    assert judged(change, a=(0.02, None)).contributors() == ()
    assert [part.key for part in judged(change, a=(0.001, None)).contributors()] == ["a"]


def test_a_part_that_grew_is_judged_by_its_share() -> None:
    # Each rate stays; b grows from a half to three quarters: all of the change is mix.
    before = counts(a=(90, 100), b=(50, 100))
    change = decompose("m", "service", before, counts(a=(90, 100), b=(150, 300)))
    told = judged(change, a=(1.0, 0.001), b=(1.0, 0.001)).contributors()
    assert [part.key for part in told] == ["a", "b"]
    assert judged(change, a=(0.001, 1.0), b=(0.001, 1.0)).contributors() == ()


def test_what_the_printed_figure_does_not_show_is_not_explained() -> None:
    # 96.00% becomes 95.96%: both print as 96.0, so no part is said to account for it.
    change = decompose("m", "lane", counts(a=(9600, 10000)), counts(a=(9596, 10000)))
    told = replace(judged(change, a=(0.0001, None)), visible=Fraction(5, 10000))
    assert not told.seen
    assert told.contributors() == ()
    assert replace(told, visible=Fraction(4, 10000)).contributors()


def test_a_ratio_of_one_decimal_shows_half_a_tenth_of_a_point() -> None:
    assert METRICS["on_time_delivery"].decimals == 1
    assert METRICS["on_time_delivery"].visible == Fraction(5, 10000)
    assert METRICS["shipments"].visible == Fraction(1, 2)


def test_what_nothing_tells_about_is_no_contributor() -> None:
    change = decompose("m", "lane", counts(a=(200, 1000)), counts(a=(100, 1000)))
    assert judged(change, a=(None, None)).contributors() == ()


numbers = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(
    lambda pair: Count(Fraction(min(pair)), Fraction(max(pair)))
)
tables = st.dictionaries(st.sampled_from("abcdef"), numbers, min_size=1)


@given(tables, tables)
def test_effects_always_add_up(before: dict[str, Count], now: dict[str, Count]) -> None:
    change = decompose("m", "lane", before, now)
    if change is not None:
        assert sum((part.total for part in change.parts), Fraction(0)) == change.delta
