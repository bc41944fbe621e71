"""Whether a figure moved by more than chance, and what carries the change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import erfc, sqrt

from reviewkit.analysis.change import CONFIDENCE, Change, change_of, count_of, two_proportions
from reviewkit.analysis.figures import Figures
from reviewkit.metrics.data import MetricValue, Number
from reviewkit.metrics.registry import METRICS
from reviewkit.metrics.statistics import Z95
from reviewkit.periods import Period

DIMENSIONS = ("lane", "service", "site", "charge_code")
"""Where a change is looked for, finest first."""

SPLIT = frozenset({"proportion", "share_of_money"})
"""Roll-ups whose change splits into rate and mix."""


@dataclass(frozen=True)
class Movement:
    """A figure's change against another period, in its own unit.

    `told` says whether it may be spoken of: by more than chance, corrected for the number
    of figures looked at.
    """

    now: MetricValue
    before: MetricValue
    delta: Fraction
    told: bool


def movement(figures: Figures, metric_id: str, against: Period, looks: int = 1) -> Movement | None:
    """Return how a figure moved against the period `against`; `None` where one lacks.

    `looks` is the number of figures among which this one was picked. A partial period is
    never compared.
    """
    now, before = figures.one(metric_id), figures.one(metric_id, against)
    if now.partial or before.partial or now.value is None or before.value is None:
        return None
    chance = _CHANCE[METRICS[metric_id].rollup](now, before)
    delta = exact(now) - exact(before)
    return Movement(now, before, delta, bool(delta) and chance * looks < 1 - CONFIDENCE)


def exact(value: MetricValue) -> Fraction:
    """Return a figure unrounded; it has a value."""
    count = count_of(value) if METRICS[value.metric].rollup in SPLIT else None
    return count.rate if count else number(value.value)


def number(value: Number) -> Fraction:
    """Return a figure's number as a fraction; decimal strings and floats as they are written."""
    return Fraction(str(value))


def split_by(
    figures: Figures, metric_id: str, by: str, period: Period | None = None
) -> Change | None:
    """Split a ratio's change against the prior period by one dimension."""
    at = period or figures.period
    own = METRICS[metric_id]
    if own.rollup not in SPLIT or not _known(figures, metric_id, by):
        return None
    before = figures.parts(metric_id, (by,), at.prior())
    now = figures.parts(metric_id, (by,), at)
    if any(value.partial for value in (*before, *now)):
        return None
    return change_of(before, now, by, sampled=own.rollup == "proportion")


def explained(figures: Figures, metric_id: str) -> Change | None:
    """Return the change split along the finest dimension that carries most of it.

    The first dimension of which one part carries at least half of the change, otherwise
    the one whose largest part carries most; `None` where no part moved beyond chance.
    """
    # Of a global account the first question is which of its members it was.
    looked_for = (*figures.data.member_dims[:1], *DIMENSIONS)
    found = [
        (change, max(part.total / change.delta for part in change.contributors()))
        for change in (split_by(figures, metric_id, by) for by in looked_for)
        if change and len(change.parts) > 1 and change.contributors()
    ]
    for change, share in found:
        if share >= Fraction(1, 2):
            return change
    return max(found, key=lambda item: item[1])[0] if found else None


def _known(figures: Figures, metric_id: str, by: str) -> bool:
    own = METRICS[metric_id]
    if by in figures.data.member_dims:
        return not own.missing(figures.data)
    return by in own.dims and figures.has(own.tables[0], by)


def _of_proportions(now: MetricValue, before: MetricValue) -> float:
    first, second = count_of(before), count_of(now)
    return two_proportions(first, second) if first and second else 1.0


def _of_counts(now: MetricValue, before: MetricValue) -> float:
    # Two Poisson counts: their difference has the variance of their sum.
    total = now.n + before.n
    return erfc(abs(now.n - before.n) / sqrt(total) / sqrt(2)) if total else 1.0


def _of_scores(now: MetricValue, before: MetricValue) -> float:
    if not now.interval or not before.interval:
        return 1.0
    errors = [(item.interval[1] - item.interval[0]) / (2 * Z95) for item in (now, before)]  # type: ignore[index]
    spread = sqrt(sum(error**2 for error in errors))
    return erfc(abs(float(exact(now) - exact(before))) / spread / sqrt(2))


def _of_money(_now: MetricValue, _before: MetricValue) -> float:
    # Sums of money are counted whole, not sampled: any difference is real.
    return 0.0


def _untold(_now: MetricValue, _before: MetricValue) -> float:
    # A quantile, or a share of units that move together, has no simple test: nothing is said.
    return 1.0


_CHANCE: Mapping[str, Callable[[MetricValue, MetricValue], float]] = {
    "proportion": _of_proportions,
    "count": _of_counts,
    "score": _of_scores,
    "share_of_money": _of_money,
    "difference": _of_money,
    "amount": _of_money,
    "per": _of_money,
    "charged": _of_money,
} | dict.fromkeys(
    (
        "median",
        "share",
        "quantity",
        "average",
        "days",
        "concentration",
        "half_ended",
        "most_ended",
        "half_binned",
        "most_binned",
    ),
    _untold,
)
