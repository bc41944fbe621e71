"""How much a finding matters: its size in tolerances, whatever it is a finding about.

A tolerance is what the house has said does not matter, in the unit of the metric itself, so
that a point of margin and a point of punctuality can stand in one list. Money is measured
by the hundredth part of the budget, or of what was invoiced.
"""

from __future__ import annotations

from fractions import Fraction

from reviewkit.analysis.billing import charges
from reviewkit.analysis.bursts import Burst
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.movement import exact, number
from reviewkit.analysis.unbilled import Unbilled
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS

USUAL_TOLERANCE = {"ratio": Fraction(1, 200), "score": Fraction(5), "hours": Fraction(6)}
"""Tolerances by unit where a metric has none of its own: half a point, five of a score."""

HUNDREDTH = Fraction(1, 100)


def of_miss(figures: Figures, value: MetricValue) -> Fraction:
    """Return by how many tolerances a figure falls short of its target; zero where it does not."""
    if value.target is None or value.value is None:
        return Fraction(0)
    sign = -1 if METRICS[value.metric].better == "lower" else 1
    gap = sign * (number(value.target) - exact(value))
    return max(Fraction(0), gap / tolerance(figures, value))


def of_move(figures: Figures, value: MetricValue, delta: Fraction) -> Fraction:
    """Return by how many tolerances a figure moved."""
    return abs(delta) / tolerance(figures, value)


def of_unbilled(figures: Figures, found: Unbilled) -> Fraction:
    """Return how many hundredths of what was invoiced in the period are missing on it."""
    invoiced = sum((item.charged for item in charges(figures, "service")), start=0)
    return Fraction(found.amount) / (Fraction(invoiced) * HUNDREDTH) if invoiced else Fraction(0)


def of_burst(found: Burst) -> Fraction:
    """Return how many usual deviations more complaints there were than usual."""
    return Fraction(found.deviations)


def tolerance(figures: Figures, value: MetricValue) -> Fraction:
    """Return what does not matter about a figure, in its own unit; never zero."""
    own = METRICS[value.metric]
    declared = [item.tolerance for item in figures.data.targets.get(own.id, ()) if item.tolerance]
    if declared:
        return Fraction(declared[-1])
    if own.unit == "money":
        base = value.denominator if own.rollup == "difference" else value.value
        return max(HUNDREDTH, abs(number(base or 0)) * HUNDREDTH)
    return USUAL_TOLERANCE.get(own.unit, max(HUNDREDTH, abs(exact(value)) * HUNDREDTH))
