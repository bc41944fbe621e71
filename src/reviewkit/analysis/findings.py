"""What a review has to say, ranked: misses, near misses, late actions, causes, streaks.

A finding holds facts, not words. It names a cause only where one is recorded in the data,
or where people wrote it down for this review.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from reviewkit.accounts.tables import TABLES
from reviewkit.analysis.actions import Action, current_actions
from reviewkit.analysis.causes import Cause, lane_causes, late_causes
from reviewkit.analysis.change import Change, Part
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.movement import Movement, explained, movement, number
from reviewkit.analysis.variance import Line, price_and_volume
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS, USUAL
from reviewkit.params.models import Recovery, ReviewFacts

Kind = Literal["miss", "near", "late_actions", "cause", "growth", "streak", "not_supplied"]

MADE_OF: dict[str, tuple[str, ...]] = {"otif": ("on_time_delivery", "in_full")}
"""Metrics that follow from others: with one of those missed, theirs is no news of its own."""

NOTABLE = Fraction(1, 5)
"""Least share of the late deliveries with which a recorded cause is news."""


@dataclass(frozen=True)
class Finding:
    """One finding. Which fields are filled follows from its kind."""

    kind: Kind
    value: MetricValue | None = None
    moved: Movement | None = None
    change: Change | None = None
    contributors: tuple[Part, ...] = ()
    lines: tuple[Line, ...] = ()
    causes: tuple[Cause, ...] = ()
    recovery: Recovery | None = None
    actions: tuple[Action, ...] = ()
    open_actions: int = 0
    periods: int = 0
    tables: tuple[str, ...] = ()


def findings(figures: Figures, facts: ReviewFacts, metrics: tuple[str, ...]) -> tuple[Finding, ...]:
    """Return the findings about `metrics`, most important first."""
    return tuple(found for look in _LOOKS for found in look(figures, facts, metrics))


def judged(figures: Figures, metrics: tuple[str, ...]) -> tuple[MetricValue, ...]:
    """Return the figures of `metrics` that have a status against a target; no partial ones."""
    values = (figures.one(name) for name in metrics)
    return tuple(
        value
        for value in values
        if value.status in ("met", "at_risk", "missed") and not value.partial
    )


def finding_of(figures: Figures, facts: ReviewFacts, metric_id: str, kind: Kind) -> Finding:
    """Return all that is known about why one metric stands where it stands."""
    change = explained(figures, metric_id)
    contributors = change.contributors()[:3] if change else ()
    causes: tuple[Cause, ...] = ()
    if metric_id == "on_time_delivery":
        lane = contributors[0].key if change and change.by == "lane" else ""
        causes = lane_causes(figures, lane) if lane else late_causes(figures)
    return Finding(
        kind=kind,
        value=figures.one(metric_id),
        moved=movement(figures, metric_id, figures.period.prior(), looks=len(_read(figures))),
        change=change,
        contributors=contributors,
        lines=price_and_volume(figures) if metric_id == "revenue_against_budget" else (),
        causes=tuple(cause for cause in causes if cause.name),
        recovery=recovery_of(facts, metric_id),
    )


def recovery_of(facts: ReviewFacts, metric_id: str) -> Recovery | None:
    """Return what people wrote down about a metric's miss."""
    return next((item for item in facts.recoveries if item.metric == metric_id), None)


def shortfall(value: MetricValue) -> Fraction:
    """Return by how much a figure falls short of its target, as a share of the target.

    Money is measured against its budget. Zero where it has no target or does not fall short.
    """
    if value.target is None or value.value is None:
        return Fraction(0)
    target = number(value.target)
    base = number(value.denominator) if value.denominator and not target else target
    sign = -1 if METRICS[value.metric].better == "lower" else 1
    gap = sign * (target - number(value.value))
    return max(Fraction(0), gap / abs(base)) if base else Fraction(0)


def _misses(figures: Figures, facts: ReviewFacts, metrics: tuple[str, ...]) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for status, kind in _SHORT:
        values = [value for value in judged(figures, metrics) if value.status == status]
        short = {value.metric for value in values} | {
            item.value.metric for item in found if item.value
        }
        own = [value for value in values if not short & set(MADE_OF.get(value.metric, ()))]
        own.sort(key=lambda value: -shortfall(value))
        found += [finding_of(figures, facts, value.metric, kind) for value in own]
    return tuple(found)


_SHORT: tuple[tuple[str, Kind], ...] = (("missed", "miss"), ("at_risk", "near"))


def _late_actions(
    figures: Figures, _facts: ReviewFacts, _metrics: tuple[str, ...]
) -> tuple[Finding, ...]:
    still = [action for action in current_actions(figures) if action.closed is None]
    late = tuple(action for action in still if action.late)
    return (Finding("late_actions", actions=late, open_actions=len(still)),) if late else ()


def _main_cause(
    figures: Figures, _facts: ReviewFacts, metrics: tuple[str, ...]
) -> tuple[Finding, ...]:
    name = "on_time_delivery"
    own = figures.one(name)
    if name not in metrics or own.partial or own.status in ("missed", "at_risk"):
        return ()
    causes = tuple(cause for cause in late_causes(figures) if cause.name)
    if not causes or causes[0].share < NOTABLE:
        return ()
    return (Finding("cause", value=own, causes=causes),)


def _growth(figures: Figures, _facts: ReviewFacts, metrics: tuple[str, ...]) -> tuple[Finding, ...]:
    name = "shipments"
    if name not in metrics:
        return ()
    moved = movement(figures, name, figures.period.year_ago())
    # From nothing there is no growth to speak of.
    told = moved is not None and moved.told and moved.before.n > 0
    return (Finding("growth", value=moved.now, moved=moved),) if moved and told else ()


def _streaks(
    figures: Figures, _facts: ReviewFacts, metrics: tuple[str, ...]
) -> tuple[Finding, ...]:
    found = []
    for value in judged(figures, metrics):
        if value.status != "met":
            continue
        periods = 0
        for past in reversed(figures.run(value.metric)):
            if past.status != "met" or past.partial:
                break
            periods += 1
        if periods > 1:
            found.append(Finding("streak", value=value, periods=periods))
    return tuple(sorted(found, key=lambda item: -item.periods))


def _not_supplied(
    figures: Figures, _facts: ReviewFacts, _metrics: tuple[str, ...]
) -> tuple[Finding, ...]:
    tables = missing_tables(figures)
    return (Finding("not_supplied", tables=tables),) if tables else ()


def _read(figures: Figures) -> frozenset[str]:
    """Return the metrics that a review looks at, whoever reads it."""
    return USUAL.union(figures.scored())


READ = frozenset({"payments", "actions"})
"""Tables that a section reads and no metric does."""


def missing_tables(figures: Figures) -> tuple[str, ...]:
    """Return the account tables that a review reads and this audience may see, but lacks."""
    read = {table for name in _read(figures) for table in METRICS[name].tables} | READ
    visible = (
        spec.name
        for spec in TABLES.values()
        if figures.data.audience == "internal"
        or not spec.internal
        or spec.name in figures.data.shares
    )
    return tuple(name for name in visible if name in read and name not in figures.data.supplied)


_Look = Callable[[Figures, ReviewFacts, tuple[str, ...]], tuple[Finding, ...]]

_LOOKS: tuple[_Look, ...] = (
    _misses,
    _late_actions,
    _main_cause,
    _growth,
    _not_supplied,
    _streaks,
)
"""Where findings come from, most important first."""
