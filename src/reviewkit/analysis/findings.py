"""What a review has to say, ranked: each look gives the findings of one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from reviewkit.accounts.tables import TABLES
from reviewkit.analysis.actions import current_actions
from reviewkit.analysis.bursts import bursts
from reviewkit.analysis.causes import Cause, lane_causes, late_causes
from reviewkit.analysis.change import CONFIDENCE
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.following import follows
from reviewkit.analysis.looks import looks
from reviewkit.analysis.model import Finding, Kind, Partial
from reviewkit.analysis.movement import explained, movement
from reviewkit.analysis.ranking import ranked
from reviewkit.analysis.renewal import renewal
from reviewkit.analysis.slides import slide
from reviewkit.analysis.unbilled import unbilled
from reviewkit.analysis.variance import price_and_volume
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS, USUAL
from reviewkit.params.models import Contract, Recovery, ReviewFacts

NOTABLE = Fraction(1, 5)
"""Least share of the late deliveries with which a recorded cause is news."""


@dataclass(frozen=True)
class Asked:
    """What findings are asked for: the facts and the contract beside the figures."""

    facts: ReviewFacts
    metrics: tuple[str, ...]
    contract: Contract


def findings(
    figures: Figures,
    facts: ReviewFacts,
    metrics: tuple[str, ...],
    contract: Contract = Contract(),  # noqa: B008 - frozen
) -> tuple[Finding, ...]:
    """Return the findings about `metrics` and the account, most important first."""
    asked = Asked(facts, metrics, contract)
    return ranked(figures, tuple(found for look in _LOOKS for found in look(figures, asked)))


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
        moved=movement(figures, metric_id, figures.period.prior()),
        change=change,
        contributors=contributors,
        lines=price_and_volume(figures) if metric_id == "revenue_against_budget" else (),
        causes=tuple(cause for cause in causes if cause.name),
        recovery=recovery_of(facts, metric_id),
    )


def recovery_of(facts: ReviewFacts, metric_id: str) -> Recovery | None:
    """Return what people wrote down about a metric's miss."""
    return next((item for item in facts.recoveries if item.metric == metric_id), None)


def _misses(figures: Figures, asked: Asked) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for status, kind in _SHORT:
        values = [value for value in judged(figures, asked.metrics) if value.status == status]
        short = {value.metric for value in values} | _metrics(found)
        own = [value for value in values if not follows(value.metric, short)]
        found += [finding_of(figures, asked.facts, value.metric, kind) for value in own]
    return tuple(found)


_SHORT: tuple[tuple[str, Kind], ...] = (("missed", "miss"), ("at_risk", "near"))


def _metrics(found: Iterable[Finding]) -> set[str]:
    return {item.value.metric for item in found if item.value}


def _told(figures: Figures, asked: Asked) -> tuple[Finding, ...]:
    """Return what fell short, what moved beyond chance, and what slid unseen, each thing once.

    What a miss has told already is no news, nor is a metric that follows from it, nor
    another metric that the same part carries.
    """
    told = list(_misses(figures, asked))
    _add_moved(figures, asked, told)
    _add_slides(figures, told)
    return tuple(told)


def _add_moved(figures: Figures, asked: Asked, told: list[Finding]) -> None:
    for name in _changed(figures):
        known = _metrics(told)
        if name in known or follows(name, known):
            continue
        item = finding_of(figures, asked.facts, name, "moved")
        if _places([item]) and not _places([item]) & _places(told):
            told.append(item)


def _add_slides(figures: Figures, told: list[Finding]) -> None:
    for name in figures.published():
        # A fall whose parts are named is explained. Parts that are not named, or that carry a
        # rise, tell nothing of one that got worse.
        if name in _metrics(item for item in told if item.contributors and _worse(item)):
            continue
        found = None if follows(name, _metrics(told)) else slide(figures, name)
        if found and not _places([found]) & _places(told):
            told.append(found)


def _worse(item: Finding) -> bool:
    return item.change is not None and METRICS[item.change.metric].sign * item.change.delta < 0


def _changed(figures: Figures) -> tuple[str, ...]:
    """Return the metrics with a direction that moved beyond chance, in the registry's order."""
    chances = looks(figures).chances
    return tuple(
        name
        for name in figures.published()
        if METRICS[name].better != "none"
        and chances.get((name, "", "", "rate"), 1.0) < 1 - CONFIDENCE
    )


def _places(found: Iterable[Finding]) -> set[tuple[str, str]]:
    """Return the parts that findings name, each with its dimension."""
    return {
        (item.change.by, part.key) for item in found if item.change for part in item.contributors
    }


def _unbilled(figures: Figures, _asked: Asked) -> tuple[Finding, ...]:
    return tuple(Finding("unbilled", about=item) for item in unbilled(figures))


def _bursts(figures: Figures, _asked: Asked) -> tuple[Finding, ...]:
    value = figures.one("cases_opened")
    return tuple(Finding("burst", value=value, about=item) for item in bursts(figures))


def _renewal(figures: Figures, asked: Asked) -> tuple[Finding, ...]:
    # To remind a client that it can leave is the house's own choice.
    if figures.data.audience == "client" and not asked.contract.announces_notice:
        return ()
    found = renewal(figures, asked.contract)
    return (Finding("renewal", about=found),) if found else ()


def _partial(figures: Figures, asked: Asked) -> tuple[Finding, ...]:
    """Return that the period is known in part: none of its figures is then compared."""
    read = {table for name in asked.metrics for table in METRICS[name].tables}
    known = {table: figures.data.cutoff_day(table) for table in sorted(read)}
    ends = {table: day for table, day in known.items() if day is not None}
    until = min((*ends.values(), figures.as_of))
    if until >= figures.period.end:
        return ()
    early = tuple(table for table, day in ends.items() if day == until)
    values = (figures.one(name) for name in asked.metrics)
    first = next((value for value in values if value.partial and value.denominator), None)
    about = Partial(until, early if len(early) < len(ends) else ())
    return (Finding("partial", value=first, about=about),)


def _late_actions(figures: Figures, _asked: Asked) -> tuple[Finding, ...]:
    still = [action for action in current_actions(figures) if action.closed is None]
    late = tuple(action for action in still if action.late)
    return (Finding("late_actions", actions=late, open_actions=len(still)),) if late else ()


def _main_cause(figures: Figures, asked: Asked) -> tuple[Finding, ...]:
    name = "on_time_delivery"
    own = figures.one(name)
    if name not in asked.metrics or own.partial or own.status in _NO_CAUSE:
        return ()
    causes = tuple(cause for cause in late_causes(figures) if cause.name)
    if not causes or causes[0].share < NOTABLE:
        return ()
    return (Finding("cause", value=own, causes=causes),)


_NO_CAUSE = frozenset({"missed", "at_risk", "low_volume"})
"""States with no main cause of their own: what fell short names it, few cases have none."""


def _growth(figures: Figures, asked: Asked) -> tuple[Finding, ...]:
    name = "shipments"
    if name not in asked.metrics:
        return ()
    moved = movement(figures, name, figures.period.year_ago())
    # From nothing there is no growth to speak of.
    told = moved is not None and moved.told and moved.before.n > 0
    return (Finding("growth", value=moved.now, moved=moved),) if moved and told else ()


def _streaks(figures: Figures, asked: Asked) -> tuple[Finding, ...]:
    found = []
    for value in judged(figures, asked.metrics):
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


def _not_supplied(figures: Figures, _asked: Asked) -> tuple[Finding, ...]:
    tables, all_tables = missing_tables(figures), _visible(figures)
    if not tables:
        return ()
    half = 2 * len(tables) >= len(all_tables)
    return (Finding("half_supplied" if half else "not_supplied", tables=tables),)


def _read(figures: Figures) -> frozenset[str]:
    """Return the metrics that a review looks at, whoever reads it."""
    return USUAL.union(figures.scored())


READ = frozenset({"payments", "actions"})
"""Tables that a section reads and no metric does."""


def missing_tables(figures: Figures) -> tuple[str, ...]:
    """Return the account tables that a review reads and this audience may see, but lacks."""
    return tuple(name for name in _visible(figures) if name not in figures.data.supplied)


def _visible(figures: Figures) -> tuple[str, ...]:
    read = {table for name in _read(figures) for table in METRICS[name].tables} | READ
    return tuple(
        spec.name
        for spec in TABLES.values()
        if spec.name in read
        and (
            figures.data.audience == "internal"
            or not spec.internal
            or spec.name in figures.data.shares
        )
    )


_Look = Callable[[Figures, Asked], tuple[Finding, ...]]

_LOOKS: tuple[_Look, ...] = (
    _partial,
    _told,
    _unbilled,
    _bursts,
    _renewal,
    _late_actions,
    _main_cause,
    _growth,
    _not_supplied,
    _streaks,
)
"""Where findings come from; `ranking` puts them in order."""
