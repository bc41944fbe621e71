"""Quantiles from bins: within their error, and the same whatever way the rows are split."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.metrics.facts.rows import bin_of
from reviewkit.metrics.quantiles import ERROR, middle, survived
from reviewkit.metrics.rollup import readings

HALF, MOST = Fraction(1, 2), Fraction(9, 10)

seconds = st.integers(0, 40_000_000)


def binned(durations: list[int]) -> list[int]:
    """Return the bins that DuckDB puts durations in seconds into."""
    start = pd.Timestamp("2026-01-01")
    rows = pd.DataFrame(
        {"start": start, "end": [start + pd.Timedelta(seconds=item) for item in durations]}
    )
    t = ibis.memtable(rows)
    return [
        int(item) for item in t.select(bin=bin_of(t.start, t.end)).to_pyarrow()["bin"].to_pylist()
    ]


@given(st.lists(seconds, min_size=1, max_size=40))
@settings(max_examples=40, deadline=None)
def test_quantiles_of_bins_are_within_their_error(durations: list[int]) -> None:
    counted = [(middle(item), 1, 0) for item in binned(durations)]
    single = [(Fraction(item, 3600), 1, 0) for item in durations]
    for share in (HALF, MOST):
        found, exact = survived(counted, share), survived(single, share)
        assert found is not None
        assert exact is not None
        # 2.44 %, or half a minute where it is less than one.
        assert abs(found - exact) <= max(Fraction(ERROR + 1e-9) * exact, Fraction(1, 120))


def test_the_error_is_that_of_the_definition() -> None:
    assert pytest.approx(0.05 / 2.05) == ERROR
    assert ERROR < 0.025


cases = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 3), st.integers(0, 2), st.integers(0, 2)),
    max_size=40,
)


@given(cases)
@settings(max_examples=60, deadline=None)
def test_merging_any_split_of_the_rows_gives_the_whole(
    rows: list[tuple[int, int, int, int]],
) -> None:
    def summed(part: list[Any]) -> list[tuple[int, int, int]]:
        sums: dict[int, tuple[int, int]] = {}
        for bin_, ended, still, _ in part:
            before = sums.get(bin_, (0, 0))
            sums[bin_] = (before[0] + ended, before[1] + still)
        return [(bin_, *both) for bin_, both in sums.items()]

    def read(bins: list[tuple[int, int, int]], rollup: str) -> Any:
        frame = pd.DataFrame(
            {
                "bins": pd.Series(bins, dtype=object),
                "n": pd.Series([b[1] for b in bins], dtype="int64"),
                "unknown": pd.Series([b[2] for b in bins], dtype="int64"),
            }
        )
        found = readings(frame, rollup, ())[()]
        return found.exact, found.n, found.coverage

    parts = [summed([row for row in rows if row[3] == part]) for part in range(3)]
    for rollup in ("half_binned", "most_binned"):
        assert read([item for part in parts for item in part], rollup) == read(summed(rows), rollup)


@given(st.lists(st.fractions(0, 1000, max_denominator=7), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_without_open_ones_it_is_the_usual_median(values: list[Fraction]) -> None:
    ordered, at = sorted(values), len(values) // 2
    usual = (ordered[at] + ordered[-at - 1]) / 2
    assert survived([(item, 1, 0) for item in values], HALF) == usual


def test_kaplan_and_meiers_own_example() -> None:
    # Kaplan and Meier (1958), section 1: deaths at 0.8, 3.1, 5.4, 9.2, losses at 1.0, 2.7,
    # 7.0, 12.1. P(t): 7/8, 7/8 × 4/5 = 0.70, × 3/4 = 0.525, × 1/2 = 0.2625.
    died = [(Fraction(item), 1, 0) for item in ("0.8", "3.1", "5.4", "9.2")]
    lost = [(Fraction(item), 0, 1) for item in ("1.0", "2.7", "7.0", "12.1")]
    assert survived([*died, *lost], Fraction(1, 10)) == Fraction("0.8")
    assert survived([*died, *lost], Fraction(3, 10)) == Fraction("4.25")  # 0.70: 3.1 and 5.4
    assert survived([*died, *lost], HALF) == Fraction("9.2")
    assert survived([*died, *lost], Fraction(3, 4)) is None  # 0.2625 is never passed
    assert survived([], HALF) is None
