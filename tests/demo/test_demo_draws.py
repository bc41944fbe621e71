"""Chance that repeats, and quotas that leave nothing to it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.demo.clients import ACCOUNTS
from reviewkit.demo.draws import Draws, quota
from reviewkit.demo.shipments import deliveries


def test_streams_repeat_by_name_and_differ_between_names() -> None:
    assert Draws("a", "b").unit(5).tolist() == Draws("a", "b").unit(5).tolist()
    assert Draws("a", "b").unit(5).tolist() != Draws("a", "c").unit(5).tolist()


def test_another_seed_draws_other_deliveries_of_an_account_and_keeps_its_lanes() -> None:
    account = next(item for item in ACCOUNTS if item.name == "Cobalt Labs")
    one, other = (deliveries(dataclasses.replace(account, seed=seed)) for seed in (1, 2))
    assert one["pod_utc"].tolist()[:50] != other["pod_utc"].tolist()[:50]
    assert one["gross_kg"].sum() != other["gross_kg"].sum()
    assert set(one["destination"]) == set(other["destination"])
    assert len(one) == pytest.approx(len(other), rel=0.05)


def test_first_numbers_are_pinned() -> None:
    # PCG64 and `Generator.random` are promised to be stable; if this fails, every demo changes.
    bits = np.random.PCG64(np.random.SeedSequence([20261006, ord("x")])).random_raw(3)
    expected = [(int(word) >> 11) / 2**53 for word in bits]
    assert Draws("x").unit(3).tolist() == expected


@pytest.mark.parametrize(("low", "high"), [(0, 0), (-2, 2), (3, 9)])
def test_whole_numbers_stay_within_their_ends(low: int, high: int) -> None:
    drawn = set(Draws("whole").whole(2000, low, high).tolist())
    assert drawn == set(range(low, high + 1))


def test_pick_follows_its_weights() -> None:
    drawn = Draws("pick").pick(20000, (3, 0, 1)).tolist()
    assert 1 not in drawn
    assert abs(drawn.count(0) / 20000 - 0.75) < 0.02


def test_quota_takes_the_smallest_keys_of_each_group() -> None:
    group = np.array([1, 1, 1, 1, 2, 2, 2, 2])
    key = np.array([0.9, 0.1, 0.5, 0.3, 0.2, 0.8, 0.4, 0.6])
    share = np.array([0.5] * 4 + [0.25] * 4)
    eligible = np.array([True, True, True, True, False, True, True, True])
    # Half of four is two; a quarter of three is 0.75, which rounds to one with nothing carried.
    assert quota(group, share, key, eligible).tolist() == [
        *(False, True, False, True),
        *(False, False, True, False),
    ]


def test_quota_of_nothing_is_nothing() -> None:
    none = np.zeros(3, dtype=np.bool_)
    assert quota(np.array([1, 1, 2]), np.ones(3), np.ones(3), none).tolist() == [False] * 3


@given(
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=12),
    share=st.floats(0.0, 1.0),
)
def test_quota_misses_the_whole_by_at_most_half_a_row(sizes: list[int], share: float) -> None:
    group = np.repeat(np.arange(len(sizes)), sizes)
    n = len(group)
    chosen = quota(group, np.full(n, share), Draws("q").unit(n), np.ones(n, dtype=np.bool_))
    assert abs(int(chosen.sum()) - share * n) <= 0.5 + 1e-6
