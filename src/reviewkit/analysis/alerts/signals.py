"""The named tests of control charts: those of Western Electric (1956) and of Nelson (1984).

Each looks at the points that end with the last one, so that it tells of what is so now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from reviewkit.analysis.alerts.charts import Point
from reviewkit.params.alerts import ControlTest

Side = Literal["above", "below", "neither"]
"""Where the points lie that signal; `neither` for a pattern around the centre."""

_Test = Callable[[Sequence[Point]], Side | None]


def signal(test: ControlTest, points: Sequence[Point]) -> Side | None:
    """Return on which side `test` signals at the last of `points`, `None` where it does not."""
    return TESTS[test](points)


def _side(points: Sequence[Point], beyond: float, least: int) -> Side | None:
    """Tell on which side `least` of `points` lie beyond so many sigmas, the last among them."""
    for side, sign in _SIDES:
        out = [sign * point.sigmas > beyond for point in points]
        if out and out[-1] and sum(out) >= least:
            return side
    return None


_SIDES: tuple[tuple[Side, int], ...] = (("above", 1), ("below", -1))


def _some(least: int, of: int, beyond: float) -> _Test:
    """Return the test: `least` of the last `of` points beyond so many sigmas on one side."""

    def test(points: Sequence[Point]) -> Side | None:
        return _side(points[-of:], beyond, least) if len(points) >= of else None

    return test


def _trending(count: int) -> _Test:
    """Return the test: `count` points in a row, each above the one before, or each below it."""

    def test(points: Sequence[Point]) -> Side | None:
        steps = [after.value - before.value for before, after in pairwise(points[-count:])]
        if len(steps) < count - 1:
            return None
        for side, sign in _SIDES:
            if all(sign * step > 0 for step in steps):
                return side
        return None

    return test


def _alternating(count: int) -> _Test:
    """Return the test: `count` points in a row, up and down in turns."""

    def test(points: Sequence[Point]) -> Side | None:
        steps = [after.value - before.value for before, after in pairwise(points[-count:])]
        turns = all(before * after < 0 for before, after in pairwise(steps))
        return "neither" if len(steps) == count - 1 and turns else None

    return test


def _within(count: int) -> _Test:
    """Return the test: `count` points in a row within one sigma: too quiet to be one process."""

    def test(points: Sequence[Point]) -> Side | None:
        last = points[-count:]
        quiet = len(last) == count and all(abs(point.sigmas) < 1 for point in last)
        return "neither" if quiet else None

    return test


def _outside(count: int) -> _Test:
    """Return the test: `count` points in a row beyond one sigma, on both sides."""

    def test(points: Sequence[Point]) -> Side | None:
        last = points[-count:]
        wide = len(last) == count and all(abs(point.sigmas) > 1 for point in last)
        both = len({point.sigmas > 0 for point in last}) > 1
        return "neither" if wide and both else None

    return test


TESTS: Mapping[ControlTest, _Test] = {
    "beyond_3_sigma": _some(1, 1, 3),
    "two_of_three_beyond_2_sigma": _some(2, 3, 2),
    "four_of_five_beyond_1_sigma": _some(4, 5, 1),
    "eight_on_one_side": _some(8, 8, 0),
    "nine_on_one_side": _some(9, 9, 0),
    "six_trending": _trending(6),
    "fourteen_alternating": _alternating(14),
    "fifteen_within_1_sigma": _within(15),
    "eight_beyond_1_sigma": _outside(8),
}
"""Western Electric: the first four. Nelson: 1, 5, 6, (8 of WE), 2, 3, 4, 7, 8."""
