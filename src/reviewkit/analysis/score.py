"""The arithmetic of an overall score: points by measure, weighted, and its change in parts.

A measure that meets its target earns 100 points. One that falls short loses points in
proportion to its gap, down to none where the gap has reached the measure's *reach*; the
score is the mean of the points, by weight, over the measures that could be judged. What could
not be judged has no points: its weight is told, and neither lost nor won.

The change of a score between two periods is told in parts that add up to it exactly:
measures judged in both moved (by their result, or by a new target), others entered or left.
Everything is computed in fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

FULL = Fraction(100)
"""Points of a measure that meets its target."""

Kind = Literal["result", "target", "entered", "left"]


@dataclass(frozen=True)
class Aim:
    """A target: `better` is 1 where more is better, −1 where less is.

    `reach` is the gap with which all points are lost, in the measure's own unit, above zero.
    """

    value: Fraction
    better: Literal[1, -1]
    reach: Fraction

    @property
    def zero(self) -> Fraction:
        """The result from which on there are no points."""
        return self.value - self.better * self.reach

    def points(self, result: Fraction) -> Fraction:
        """Return the points of a result, 0 to 100.

        >>> Aim(Fraction(96), 1, Fraction(4)).points(Fraction(95))
        Fraction(75, 1)
        """
        gap = self.better * (self.value - result)
        return FULL * (1 - min(max(gap / self.reach, Fraction(0)), Fraction(1)))


@dataclass(frozen=True)
class Line:
    """One measure's weight and points; `None` where it could not be judged.

    `held` are the points that this period's result would have earned against the prior
    period's target; `None` where either is missing.
    """

    metric: str
    weight: Fraction
    now: Fraction | None
    before: Fraction | None = None
    held: Fraction | None = None


@dataclass(frozen=True)
class Effect:
    """How far one measure moved the score, in points of the score."""

    metric: str
    kind: Kind
    points: Fraction


@dataclass(frozen=True)
class Total:
    """A score, 0 to 100, and of all weight how much could be judged; `None` without any."""

    points: Fraction | None
    judged: Fraction
    weight: Fraction


def total(pairs: Sequence[tuple[Fraction, Fraction | None]]) -> Total:
    """Return the score of (weight, points) pairs.

    >>> total([(Fraction(3), Fraction(100)), (Fraction(1), Fraction(60)), (Fraction(1), None)])
    Total(points=Fraction(90, 1), judged=Fraction(4, 1), weight=Fraction(5, 1))
    """
    known = [(weight, points) for weight, points in pairs if points is not None]
    judged = sum((weight for weight, _ in known), Fraction(0))
    earned = sum((weight * points for weight, points in known), Fraction(0))
    whole = sum((weight for weight, _ in pairs), Fraction(0))
    return Total(earned / judged if judged else None, judged, whole)


def change(lines: Sequence[Line]) -> tuple[Effect, ...]:
    """Return what moved the score, part by part; together they are its change exactly.

    Like is compared with like: measures judged in both periods first, against their mean.
    What entered moved the score by the distance of its points from that mean, by its share
    of the weight now; what left by the distance from the mean then. Without a measure judged
    in both there is nothing to compare: no effects.
    """
    both = [line for line in lines if line.now is not None and line.before is not None]
    shared = sum((line.weight for line in both), Fraction(0))
    if not shared:
        return ()
    now = total([(line.weight, line.now) for line in lines])
    before = total([(line.weight, line.before) for line in lines])
    like_now = total([(line.weight, line.now) for line in both]).points or Fraction(0)
    like_before = total([(line.weight, line.before) for line in both]).points or Fraction(0)
    effects: list[Effect] = []
    for line in lines:
        if line.now is not None and line.before is not None:
            share = line.weight / shared
            held = line.now if line.held is None else line.held
            effects.append(Effect(line.metric, "result", share * (held - line.before)))
            effects.append(Effect(line.metric, "target", share * (line.now - held)))
        elif line.now is not None:
            share = line.weight / now.judged
            effects.append(Effect(line.metric, "entered", share * (line.now - like_now)))
        elif line.before is not None:
            share = line.weight / before.judged
            effects.append(Effect(line.metric, "left", share * (like_before - line.before)))
    return tuple(effect for effect in effects if effect.points or effect.kind == "result")
