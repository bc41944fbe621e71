"""Every look that a review takes at what moved, and which of them saw more than chance.

A review looks at every ratio that its audience may know, as a whole and along each of its
dimensions: did a part's rate change, did its share. Among thousands of looks some are
surprising by chance, so each chance is corrected for all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from reviewkit.analysis.chance import holm
from reviewkit.analysis.change import Change, Count, Part, counts_of, decompose
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.history import History, history, months_before, usual
from reviewkit.metrics.evaluate import counted, whole
from reviewkit.metrics.metric import Metric, dated
from reviewkit.metrics.registry import METRICS
from reviewkit.periods import Period

SPLIT = frozenset({"proportion", "share", "share_of_money"})
"""Roll-ups whose change splits into rate and mix."""

OUTCOMES = frozenset({"month", "late_cause", "at_fault"})
"""Dimensions that no look is taken along: time itself, and what only a late delivery has."""

Key = tuple[str, str, str, str]
"""Metric, dimension (empty for the whole), part, and what was looked at: rate or share."""


@dataclass(frozen=True)
class Looks:
    """The corrected chance of every look of a review, and its changes by metric and dimension."""

    chances: Mapping[Key, float]
    changes: Mapping[tuple[str, str], Change]


def dimensions(figures: Figures, metric: Metric) -> tuple[str, ...]:
    """Return the dimensions of a metric along which the account's data can be split."""
    own = (name for name in metric.dims if name not in OUTCOMES)
    known = tuple(name for name in own if figures.has(metric.tables[0], name))
    return (*figures.data.member_dims, *known)


def _causes(figures: Figures, metric: Metric) -> tuple[str, ...]:
    """Return the dimension along which a change is split without a test: the late causes."""
    known = "late_cause" in metric.dims and figures.has(metric.tables[0], "late_cause")
    return ("late_cause",) if known else ()


def looks(figures: Figures, period: Period | None = None) -> Looks:
    """Take every look at the change from the prior period to `period`, once per review."""
    at = period or figures.period

    def make() -> Looks:
        found = {
            (metric.id, by): (change, tests)
            for metric in _looked_at(figures, at)
            for by in ("", *dimensions(figures, metric), *_causes(figures, metric))
            for change, tests in _looked(figures, metric, by, at)
        }
        chances = holm({look: chance for _, tests in found.values() for look, chance in tests})
        return Looks(chances, {key: _judged(change, chances) for key, (change, _) in found.items()})

    return figures.data.once(("looks", at.id), make)


def _looked_at(figures: Figures, at: Period) -> Iterator[Metric]:
    for name in figures.published():
        metric = METRICS[name]
        known = metric.select is dated and figures.supplied(name)
        if metric.rollup in SPLIT and known and _compared(figures, metric, at):
            yield metric


def _compared(figures: Figures, metric: Metric, at: Period) -> bool:
    return all(
        whole(figures.data, metric.id, period, as_of=figures.as_of) for period in (at.prior(), at)
    )


_Tests = tuple[tuple[Key, float], ...]


def _looked(
    figures: Figures, metric: Metric, by: str, at: Period
) -> Iterator[tuple[Change, _Tests]]:
    length = len(at.months())
    months = (*months_before(figures.data, metric, at), *at.months())
    known = history(figures.data, metric, by, months)
    change = decompose(metric.id, by, *_both(figures, metric, by, at, known))
    if change is not None:
        untested = by in OUTCOMES or (bool(by) and len(change.parts) == 1)
        past = known.before(length)
        yield change, () if untested else tuple(_tests(metric, change, past, length))


def _both(
    figures: Figures, metric: Metric, by: str, at: Period, known: History
) -> tuple[dict[str, Count], dict[str, Count]]:
    """Return what the parts are made of in the prior period and in `at`."""
    if metric.rollup == "share_of_money":
        # Money is exact, and a history is not.
        dims = (by,) if by else ()
        before, now = (
            counts_of(counted(figures.data, metric.id, period, dims)) for period in (at.prior(), at)
        )
        return before, now
    length, end = len(at.months()), known.numerator.shape[1]
    return known.counts(end - 2 * length, end - length), known.counts(end - length, end)


def _tests(
    metric: Metric, change: Change, past: History, length: int
) -> Iterator[tuple[Key, float]]:
    sampled = metric.rollup != "share_of_money"
    rates = usual(past, length, sampled=sampled)
    shares = usual(past.shares(), length, sampled=sampled)
    for part in change.parts:
        key = (metric.id, change.by, part.key)
        if part.before and part.now:
            yield from _told((*key, "rate"), rates.chance(part.key, part.before, part.now))
        if change.by:
            first, second = _share(part.before, change.before), _share(part.now, change.now)
            yield from _told((*key, "share"), shares.chance(part.key, first, second))


def _told(key: Key, chance: float | None) -> Iterator[tuple[Key, float]]:
    if chance is not None:
        yield key, chance


def _share(part: Count | None, whole: Count) -> Count:
    return Count(part.denominator if part else Fraction(0), whole.denominator)


def _judged(change: Change, chances: Mapping[Key, float]) -> Change:
    def of(part: Part, what: str) -> float | None:
        return chances.get((change.metric, change.by, part.key, what))

    parts = tuple(replace(p, chance=of(p, "rate"), shift=of(p, "share")) for p in change.parts)
    return replace(change, parts=parts, visible=METRICS[change.metric].visible)
