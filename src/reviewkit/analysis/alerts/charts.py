"""Control charts: centre and limits from a baseline, and how far each point lies from them.

The p-chart judges a proportion by its own number of cases; Laney's p′-chart widens its limits
where the proportions scatter more than chance alone, as they do in large samples; the XmR chart
takes its limits from the moving ranges of single values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean

RANGE_TO_SIGMA = 1.128
"""d2 for ranges of two points: the mean moving range over it is one sigma."""


@dataclass(frozen=True)
class Point:
    """One point: its value, and its distance from the centre in sigmas."""

    value: float
    sigmas: float


@dataclass(frozen=True)
class Chart:
    """A control chart: its centre, one sigma at the last point, and its points, oldest first."""

    kind: str
    centre: float
    sigma: float
    points: tuple[Point, ...]

    def limits(self, sigmas: float = 3) -> tuple[float, float]:
        """Return the lower and upper limit at the last point."""
        return self.centre - sigmas * self.sigma, self.centre + sigmas * self.sigma


def p_chart(counts: Sequence[tuple[int, int]], baseline: int) -> Chart | None:
    """Return the chart of proportions, given as (cases that fit, cases) per period.

    Sigma of a period with n cases is √(p̄(1−p̄)/n), p̄ being all fitting cases of the baseline
    over all its cases. It is widened by Laney's factor, the mean moving range of the baseline's
    distances over 1.128, where that is above 1. `None` without scatter: all or none fit.
    """
    first = counts[:baseline]
    fit, cases = sum(x for x, _ in first), sum(n for _, n in first)
    if not cases or fit in (0, cases) or any(n == 0 for _, n in counts):
        return None
    centre = fit / cases
    own = [sqrt(centre * (1 - centre) / n) for _, n in counts]
    raw = [(x / n - centre) / sigma for (x, n), sigma in zip(counts, own, strict=True)]
    wide = max(1.0, _mean_range(raw[:baseline]) / RANGE_TO_SIGMA)
    points = tuple(Point(x / n, z / wide) for (x, n), z in zip(counts, raw, strict=True))
    return Chart("p" if wide == 1.0 else "laney", centre, own[-1] * wide, points)


def xmr_chart(values: Sequence[float], baseline: int) -> Chart | None:
    """Return the chart of single values; one sigma is the mean moving range over 1.128.

    `None` where the baseline does not move at all.
    """
    first = values[:baseline]
    sigma = _mean_range(first) / RANGE_TO_SIGMA
    if not sigma:
        return None
    centre = fmean(first)
    points = tuple(Point(value, (value - centre) / sigma) for value in values)
    return Chart("xmr", centre, sigma, points)


def _mean_range(values: Sequence[float]) -> float:
    ranges = [abs(after - before) for before, after in pairwise(values)]
    return fmean(ranges) if ranges else 0.0
