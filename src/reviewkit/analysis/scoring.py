"""The score of a review: which measures count, how much, and what they earned.

Weights are relative: those of a client's parameters, or one each for every measure with a
target. A client's score knows the measures of the client's version alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from reviewkit.analysis.figures import Figures
from reviewkit.analysis.movement import exact, number
from reviewkit.analysis.score import Aim, Effect, Line, Total, change, total
from reviewkit.metrics import judge
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.metric import Unit
from reviewkit.metrics.registry import METRICS, published
from reviewkit.periods import Period

Lack = Literal["not_supplied", "no_data", "low_volume", "partial", "no_target"]
"""Why a measure could not be judged; the first that applies."""


@dataclass(frozen=True)
class Judged:
    """One measure in one period: its figure, and its points or why it has none."""

    value: MetricValue
    goal: judge.Goal | None
    aim: Aim | None
    points: Fraction | None
    lack: Lack | None


@dataclass(frozen=True)
class Scored:
    """One measure of the score: its weight, this period, and the prior one."""

    metric: str
    weight: Fraction
    now: Judged
    before: Judged


@dataclass(frozen=True)
class Score:
    """The score of a period and of the one before, and what moved it between them.

    `effects` add up to the change; there is none where nothing was judged in both.
    """

    lines: tuple[Scored, ...]
    now: Total
    before: Total
    effects: tuple[Effect, ...]

    @property
    def change(self) -> Fraction | None:
        """The change of the score since the prior period; `None` where none can be told."""
        if not self.effects or self.now.points is None or self.before.points is None:
            return None
        return self.now.points - self.before.points

    @property
    def like_for_like(self) -> Fraction:
        """The change over the measures that were judged in both periods."""
        kinds = ("result", "target")
        return sum((item.points for item in self.effects if item.kind in kinds), Fraction(0))

    def effect(self, metric: str, *kinds: str) -> Fraction:
        """Return how far a measure moved the score, in all ways or in those named."""
        found = (item for item in self.effects if item.metric == metric)
        chosen = (item.points for item in found if not kinds or item.kind in kinds)
        return sum(chosen, Fraction(0))


def score(figures: Figures, names: Sequence[str], weights: Mapping[str, Decimal]) -> Score:
    """Return the score over `names`, measures of the scorecard, by `weights`.

    Without weights every measure counts the same that has a target in this period. A
    measure with a weight counts whether or not it could be judged.
    """
    given = {name: Fraction(weights[name]) for name in names if weights.get(name)}
    if not weights:
        given = dict.fromkeys((name for name in names if _aimed(figures, name)), Fraction(1))
    prior = figures.period.prior()
    scored = tuple(
        Scored(name, weight, _judged(figures, name, figures.period), _judged(figures, name, prior))
        for name, weight in given.items()
    )
    return Score(
        lines=scored,
        now=total([(item.weight, item.now.points) for item in scored]),
        before=total([(item.weight, item.before.points) for item in scored]),
        effects=change([_line(item) for item in scored]),
    )


def score_for_the_client(
    figures: Figures, names: Sequence[str], weights: Mapping[str, Decimal]
) -> Score:
    """Return the score that the client's own version shows: over what the client may know."""
    known = {item.id for item in published("client", figures.data.shares)}
    return score(
        figures,
        [name for name in names if name in known],
        {name: weight for name, weight in weights.items() if name in known},
    )


def _line(item: Scored) -> Line:
    now, before = item.now, item.before
    held = None
    if now.points is not None and before.goal is not None:
        # The same result and plan, held to the target of before.
        held = _aim(now.value, before.goal).points(exact(now.value))
    return Line(item.metric, item.weight, now.points, before.points, held)


def _aimed(figures: Figures, name: str) -> bool:
    return _goal(figures, name, figures.period) is not None


def _goal(figures: Figures, name: str, period: Period) -> judge.Goal | None:
    metric = METRICS[name]
    return None if metric.better == "none" else judge.goal(figures.data, metric, period.end)


def _judged(figures: Figures, name: str, period: Period) -> Judged:
    value = figures.one(name, period)
    lack = _lack(figures, value)
    goal = _goal(figures, name, period)
    aim = _aim(value, goal) if goal is not None else None
    points = aim.points(exact(value)) if aim is not None and lack is None else None
    return Judged(value, goal, aim, points, lack)


def _lack(figures: Figures, value: MetricValue) -> Lack | None:
    if not figures.supplied(value.metric):
        return "not_supplied"
    if value.status in ("no_data", "low_volume", "no_target"):
        # Few cases of a period that is not over say nothing of its end.
        return "partial" if value.partial and value.status == "low_volume" else value.status
    return "partial" if value.partial else None


def _aim(value: MetricValue, goal: judge.Goal) -> Aim:
    metric = METRICS[value.metric]
    target = Fraction(goal.value)
    reach = max(_REACH[metric.unit](value, target), 2 * Fraction(goal.tolerance))
    return Aim(target, 1 if metric.better == "higher" else -1, reach)


def _of_a_share(_: MetricValue, target: Fraction) -> Fraction:
    # As much again as the target allows to go wrong; of 99.9% that would be a tenth of a point.
    return max(min(abs(target), abs(1 - target)), Fraction(1, 100))


def _of_money(value: MetricValue, target: Fraction) -> Fraction:
    # A variance is held to nothing: its plan is its size.
    plan = number(value.denominator) if value.denominator is not None else Fraction(0)
    return abs(target) or abs(plan) or Fraction(1)


def _of(least: int) -> Callable[[MetricValue, Fraction], Fraction]:
    return lambda _, target: max(abs(target), Fraction(least))


_REACH: Mapping[Unit, Callable[[MetricValue, Fraction], Fraction]] = {
    "ratio": _of_a_share,
    "money": _of_money,
    "count": _of(1),
    "hours": _of(1),
    "days": _of(1),
    "pallets": _of(1),
    "times": _of(1),
    "score": _of(10),
}
"""The gap with which a measure has lost all its points, by unit: as much as the target itself."""
