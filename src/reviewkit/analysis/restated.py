"""Figures that are no longer what an earlier approved pack said, and what tells why.

Why is read from what was kept of the figure: whether its definition or its rules are the
same, how many cases it had, and how many of them without a known outcome. It names what
these show and nothing more; several may apply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reviewkit.analysis.evidence import behind, unknown
from reviewkit.analysis.figures import Figures
from reviewkit.blocks import Figure
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import METRICS
from reviewkit.published import Published

Kind = Literal["definition", "late", "gone", "outcomes", "corrected", "software"]


@dataclass(frozen=True)
class Reason:
    """One thing that changed: its kind, and the number of cases where it is one of those."""

    kind: Kind
    cases: int = 0


@dataclass(frozen=True)
class Restated:
    """A figure as it was published, as it is now, and why it is another."""

    then: Published
    now: MetricValue
    reasons: tuple[Reason, ...]


def restated(
    figures: Figures,
    published: Sequence[Published],
    version: Callable[[Metric], str],
    software: str,
) -> tuple[Restated, ...]:
    """Return the figures of `published` that differ now, in the registry's order, totals first.

    `version` gives what changes with a metric's definition and rules, `software` the version
    that computes now.
    """
    order = {name: place for place, name in enumerate(METRICS)}
    found = []
    for then in published:
        now = _now(figures, then)
        if now is not None and now.value != then.value:
            found.append(Restated(then, now, reasons(then, now, version, software)))
    return tuple(
        sorted(
            found,
            key=lambda item: (
                order[item.then.metric],
                len(item.then.by),
                item.then.at,
                sorted(item.then.by.items()),
            ),
        )
    )


def _now(figures: Figures, then: Published) -> MetricValue | None:
    found = behind(figures, Figure(metric=then.metric, period=then.at, by=then.by))
    return found.value if found else None


def reasons(
    then: Published, now: MetricValue, version: Callable[[Metric], str], software: str
) -> tuple[Reason, ...]:
    """Return what is shown to have changed; where nothing shows, rows were corrected."""
    metric = METRICS[then.metric]
    found = [*_counted(then, now, metric)]
    if then.version != version(metric):
        return (Reason("definition"), *(item for item in found if item.kind != "corrected"))
    if not found:
        kind: Kind = "corrected" if then.software == software else "software"
        return (Reason(kind),)
    return tuple(found)


def _counted(then: Published, now: MetricValue, metric: Metric) -> Iterator[Reason]:
    """Yield what the numbers of cases tell."""
    unknown_then, unknown_now = then.unknown or 0, unknown(now) or 0
    more = now.n + unknown_now - then.n - unknown_then
    if more:
        yield Reason("late" if more > 0 else "gone", abs(more))
    if unknown_now < unknown_then:
        yield Reason("outcomes", unknown_then - unknown_now)
    if metric.rollup == "proportion" and _beyond(then, now):
        yield Reason("corrected")


def _beyond(then: Published, now: MetricValue) -> bool:
    """Tell whether cases that came or went cannot alone account for those that passed."""
    passed = _whole(now.numerator) - _whole(then.numerator)
    cases = now.n - then.n
    return not min(cases, 0) <= passed <= max(cases, 0)


def _whole(number: object) -> int:
    return int(str(number or 0))
