"""What a printed figure rests on: the figure of its own period, and the target in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reviewkit import periods
from reviewkit.analysis.figures import Figures
from reviewkit.blocks import Figure
from reviewkit.metrics import judge
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.periods import Period


@dataclass(frozen=True)
class Behind:
    """What stands behind a figure: its own number, of the period that it is of.

    Of a target `goal` says where it comes from, and `value` is the figure held to it.
    """

    figure: Figure
    value: MetricValue
    at: Period
    goal: judge.Goal | None = None


SPANS: Mapping[str, Callable[[Period], Period]] = {
    "value": lambda period: period,
    "target": lambda period: period,
    "prior": lambda period: period.prior(),
    "year_ago": lambda period: period.year_ago(),
}
"""The period that a figure's number is of, by its role."""


def behind(figures: Figures, figure: Figure) -> Behind | None:
    """Return what stands behind `figure`; `None` for one that this review cannot trace."""
    if figure.metric not in figures.published() or figure.role not in SPANS:
        return None
    calendar = figures.data.calendar
    by = dict(figure.by)
    # A month's figure is that of the month, whatever period it is printed under.
    named = periods.parse(by.pop("month", figure.period), calendar)
    at = SPANS[figure.role](named)
    values = figures.parts(figure.metric, tuple(by), at)
    value = next((item for item in values if dict(item.by) == by), None)
    if value is None:
        return None
    metric = METRICS[figure.metric]
    aimed = figure.role == "target"
    goal = judge.goal(figures.data, metric, at.end) if aimed else None
    return Behind(figure, value, at, goal)


def unknown(value: MetricValue) -> int | None:
    """Return how many cases have no known outcome; `None` where their number is not known.

    >>> from types import SimpleNamespace as Value
    >>> unknown(Value(n=95, coverage=0.95)), unknown(Value(n=0, coverage=None))
    (5, 0)
    """
    if value.coverage is None:
        return 0
    # Coverage is n ÷ (n + unknown): without a single known case it tells no number.
    return round(value.n / value.coverage) - value.n if value.coverage else None
