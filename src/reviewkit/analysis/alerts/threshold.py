"""Figures beyond their target or a fixed limit, for so many periods in a row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reviewkit.analysis.alerts.model import Crossed, Watch
from reviewkit.analysis.figures import Figures, known
from reviewkit.metrics.data import MetricValue
from reviewkit.params.alerts import Threshold


def crossed(watch: Watch, rule: Threshold) -> Iterator[tuple[str, Crossed]]:
    """Yield each metric beyond its limit in the last `rule.periods` periods, and how it stands.

    The row ends with the period under review, or with its last month.
    """
    figures = watch.figures
    published = figures.published()
    for name in rule.metrics or figures.scored():
        if name not in published or not figures.supplied(name):
            continue
        run = _run(figures, name, rule)
        if len(run) == rule.periods and all(_beyond(value, rule) for value in run):
            fixed = rule.above if rule.above is not None else rule.below
            limit = fixed if fixed is not None else Decimal(str(run[-1].target))
            yield name, Crossed(run[-1], limit, fixed is None, len(run))


def _run(figures: Figures, name: str, rule: Threshold) -> tuple[MetricValue, ...]:
    months = rule.each == "month"
    return (figures.months if months else figures.run)(name, rule.periods)


def _beyond(value: MetricValue, rule: Threshold) -> bool:
    if not known(value):
        return False
    if rule.above is None and rule.below is None:
        return value.status == "missed"
    at = Decimal(str(value.value))
    over = rule.above is not None and at > rule.above
    under = rule.below is not None and at < rule.below
    return over or under
