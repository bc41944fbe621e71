"""Whether a figure moved by more than chance, and what carries the change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import erfc, sqrt

from reviewkit.analysis.change import CONFIDENCE, Change, count_of
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.looks import SPLIT, looks
from reviewkit.metrics.data import MetricValue, Number
from reviewkit.metrics.registry import METRICS
from reviewkit.metrics.statistics import Z95
from reviewkit.periods import Period

DIMENSIONS = ("lane", "service", "site", "charge_code")
"""Where a change is looked for first, finest before coarser; then along the metric's others."""


@dataclass(frozen=True)
class Movement:
    """A figure's change against another period, in its own unit.

    `told` says whether it may be spoken of: by more than chance, corrected for all that
    the review looks at.
    """

    now: MetricValue
    before: MetricValue
    delta: Fraction
    told: bool


def movement(figures: Figures, metric_id: str, against: Period) -> Movement | None:
    """Return how a figure moved against the period `against`; `None` where one lacks.

    A partial period is never compared.
    """
    now, before = figures.one(metric_id), figures.one(metric_id, against)
    if now.partial or before.partial or now.value is None or before.value is None:
        return None
    delta = exact(now) - exact(before)
    chance = _of_ratio if METRICS[metric_id].rollup in SPLIT else _of_figure
    seen = bool(delta) and abs(delta) >= METRICS[metric_id].visible
    told = seen and chance(figures, now, before) < 1 - CONFIDENCE
    return Movement(now, before, delta, told)


def _of_ratio(figures: Figures, now: MetricValue, before: MetricValue) -> float:
    # Looks are taken at the prior period; against any other nothing is claimed.
    if before.period != figures.period.prior().id:
        return 1.0
    # What a part has moved that itself moved beyond chance is no more by chance than the part.
    change = explained(figures, now.metric)
    carried = bool(change and change.contributors(Fraction(1, 2)))
    return 0.0 if carried else looks(figures).chances.get((now.metric, "", "", "rate"), 1.0)


def _of_figure(figures: Figures, now: MetricValue, before: MetricValue) -> float:
    # One of as many figures as the reader may know.
    return _CHANCE[METRICS[now.metric].rollup](now, before) * len(figures.published())


def exact(value: MetricValue) -> Fraction:
    """Return a figure unrounded; it has a value."""
    count = count_of(value) if METRICS[value.metric].rollup in SPLIT else None
    return count.rate if count else number(value.value)


def number(value: Number) -> Fraction:
    """Return a figure's number as a fraction; decimal strings and floats as they are written."""
    return Fraction(str(value))


def split_by(figures: Figures, metric_id: str, by: str) -> Change | None:
    """Split a ratio's change against the prior period by one dimension."""
    return looks(figures).changes.get((metric_id, by))


def looked_for(figures: Figures, metric_id: str) -> tuple[str, ...]:
    """Return the dimensions of a metric in the order in which a change is looked for along them."""
    # Of a global account the first question is which of its members it was.
    members, own = figures.data.member_dims[:1], METRICS[metric_id].dims
    first = tuple(name for name in DIMENSIONS if name in own)
    return (*members, *first, *(name for name in own if name not in first))


def explained(figures: Figures, metric_id: str) -> Change | None:
    """Return the change split along the finest dimension that carries most of it.

    The first dimension of which one part carries at least half of the change, otherwise
    the one whose largest part carries most; `None` where no part moved beyond chance.
    """
    found = [
        (change, max(part.total / change.delta for part in change.contributors()))
        for change in (split_by(figures, metric_id, by) for by in looked_for(figures, metric_id))
        if change and len(change.parts) > 1 and change.contributors()
    ]
    for change, share in found:
        if share >= Fraction(1, 2):
            return change
    return max(found, key=lambda item: item[1])[0] if found else None


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
    # A quantile has no simple test: nothing is said.
    return 1.0


_CHANCE: Mapping[str, Callable[[MetricValue, MetricValue], float]] = {
    "count": _of_counts,
    "score": _of_scores,
    "difference": _of_money,
    "amount": _of_money,
    "per": _of_money,
    "charged": _of_money,
} | dict.fromkeys(
    (
        "median",
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
