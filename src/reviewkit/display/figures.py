"""Figures as text: values, targets, gaps and changes, each in its metric's unit.

A figure prints one more decimal where rounding would put it on the wrong side of its
target: 96.46 against 96.5 is not 96.5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from reviewkit.analysis.movement import exact, number
from reviewkit.blocks import Cell, Figure, Scalar, State, Status
from reviewkit.display import words
from reviewkit.display.formats import NOTHING, Formats, rounded_to
from reviewkit.metrics.data import MetricValue, Number
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say

MOST_DECIMALS = 4

WORDS: Mapping[State, str] = {
    "met": "Met",
    "at_risk": "Near",
    "missed": "Missed",
    "low_volume": "Few cases",
    "no_target": "No target",
    "no_data": "No data",
    "partial": "Partial",
}
"""How states are printed."""


@dataclass(frozen=True)
class UnitWords:
    """How a unit is printed: its scale, its sign beside a value, and its word in a change.

    `one` and `step` are that word beside one and beside several.
    """

    scale: int
    beside: str
    one: str
    step: str
    above: str

    @property
    def sign(self) -> str:
        """What stands beside a value: %."""
        return say(self.beside, context="beside a value") if self.beside else ""

    @property
    def head(self) -> str:
        """What stands in a column's head, after the measure: hours."""
        return say(self.above) if self.above else ""

    def word(self, *, one: bool) -> str:
        """Return the word of a change: points."""
        return say(self.one if one else self.step) if self.step else ""


UNITS: Mapping[str, UnitWords] = {
    "ratio": UnitWords(100, "%", "point", "points", "%"),
    "count": UnitWords(1, "", "", "", ""),
    "hours": UnitWords(1, " h", "hour", "hours", "hours"),
    "days": UnitWords(1, " days", "day", "days", "days"),
    "pallets": UnitWords(1, " pallets", "pallet", "pallets", "pallets"),
    "times": UnitWords(1, "×", "time", "times", "×"),
    "score": UnitWords(1, "", "point", "points", "points"),
    "money": UnitWords(1, "", "", "", ""),
}


@dataclass(frozen=True)
class FigureText:
    """Turns figures into text, in one client's formats."""

    formats: Formats

    def value(self, value: MetricValue, *, unit: bool = True) -> str:
        """Return a figure as printed: 94.6%, or 94.6 without its unit."""
        return self.printed(value, value.value, unit=unit)

    def printed(self, value: MetricValue, at: Number, *, unit: bool = True) -> str:
        """Return another number of the same metric (target, prior) as its figure is printed."""
        if at is None:
            return NOTHING
        metric = METRICS[value.metric]
        amount = exact(value) if at is value.value else number(at)
        if metric.unit == "money":
            return self.formats.money(amount, metric.decimals)
        unit_words = UNITS[metric.unit]
        text = self.formats.number(amount * unit_words.scale, self.decimals(value))
        return text + (unit_words.sign if unit else "")

    def reference(self, value: MetricValue, at: Number) -> str:
        """Return a reference in the metric's usual precision, without its unit."""
        if at is None:
            return NOTHING
        metric = METRICS[value.metric]
        if metric.unit == "money":
            return self.formats.money(number(at), metric.decimals)
        return self.formats.number(number(at) * UNITS[metric.unit].scale, metric.decimals)

    def aim(self, value: MetricValue, *, unit: bool = True) -> str:
        """Return the target alone, with all the decimals it was set with: 96.5%."""
        if value.target is None:
            return NOTHING
        metric = METRICS[value.metric]
        if metric.unit == "money":
            return self.formats.money(number(value.target), metric.decimals)
        unit_words = UNITS[metric.unit]
        amount = number(value.target) * unit_words.scale
        text = self.formats.number(amount, _needed(amount, metric.decimals))
        return text + (unit_words.sign if unit else "")

    def target(self, value: MetricValue) -> str:
        """Return the target with its direction: ≥ 96.5."""
        if value.target is None:
            return NOTHING
        sign = "≤" if METRICS[value.metric].better == "lower" else "≥"
        return f"{sign} {self.aim(value, unit=False)}"

    def gap(self, value: MetricValue) -> str:
        """Return the distance to the target in the metric's unit, never rounded to nothing."""
        if value.target is None or value.value is None:
            return ""
        return self.step(METRICS[value.metric], abs(exact(value) - number(value.target)))

    def step(self, metric: Metric, amount: Fraction, *, word: bool = False) -> str:
        """Return a difference: 1.9, or 1.9 points; more decimals where it would print as 0."""
        if metric.unit == "money":
            return self.formats.money(amount, metric.decimals)
        unit_words = UNITS[metric.unit]
        scaled = amount * unit_words.scale
        decimals = metric.decimals
        while scaled and not rounded_to(scaled, decimals) and decimals < MOST_DECIMALS:
            decimals += 1
        text = self.formats.number(scaled, decimals)
        if not word or not unit_words.step:
            return text
        return f"{text} {unit_words.word(one=rounded_to(scaled, decimals) == 1)}"

    def level(self, metric: Metric, amount: Fraction) -> str:
        """Return an exact level of a metric without its unit: 93.0; with the decimals it needs."""
        if metric.unit == "money":
            return self.formats.money(amount, metric.decimals)
        scaled = amount * UNITS[metric.unit].scale
        return self.formats.number(scaled, _needed(scaled, metric.decimals))

    def counts(self, value: MetricValue) -> str:
        """Return what stands for a rate of too few cases: 22 of 24."""
        if value.value is None:
            return NOTHING
        if METRICS[value.metric].rollup == "proportion":
            part = self.formats.number(number(value.numerator))
            return say("{part} of {whole}", part=part, whole=self.formats.number(value.n))
        return f"{self.formats.number(value.n)} {words.cases(value.metric, value.n)}"

    def count(self, value: MetricValue) -> str:
        """Return the same in short, beside a figure that says what is counted: 22 of 24, n = 23."""
        if value.value is None or METRICS[value.metric].rollup == "proportion":
            return self.counts(value)
        return say("n = {count}", count=self.formats.number(value.n))

    def decimals(self, value: MetricValue) -> int:
        """Return the decimals with which a figure does not look better than it is."""
        metric = METRICS[value.metric]
        decimals = metric.decimals
        if value.target is None or value.value is None or metric.unit == "money":
            return decimals
        scale = UNITS[metric.unit].scale
        amount, target = exact(value) * scale, number(value.target) * scale
        short = value.status in ("missed", "at_risk")
        while (
            short
            and Fraction(rounded_to(amount, decimals)) == rounded_to(target, decimals)
            and decimals < MOST_DECIMALS
        ):
            decimals += 1
        return decimals

    def status(self, value: MetricValue, *, gap: bool = True) -> Status:
        """Return a figure's state with its word and, where it falls short, the gap."""
        state = "partial" if value.partial and value.value is not None else value.status
        short = gap and state in ("missed", "at_risk")
        return Status(
            state=state,
            word=state_word(state),
            detail=say("by {gap}", gap=self.gap(value)) if short else "",
        )


def state_word(state: State) -> str:
    """Return how a state is printed: Missed."""
    return say(WORDS[state])


def figure(value: MetricValue, role: str = "value") -> Figure:
    """Return the identity under which a figure can be asked and traced."""
    return Figure(metric=value.metric, period=value.period, by=dict(value.by), role=role)


def cell(value: MetricValue, text: str, at: Scalar, role: str = "value") -> Cell:
    """Return a table cell that carries a figure with its identity and exact value."""
    kind = _TYPES[type(at)]
    return Cell(text=text, value=at, type=kind, figure=figure(value, role) if text else None)  # type: ignore[arg-type]


_TYPES: Mapping[type, str] = {
    int: "int",
    float: "float",
    str: "decimal",
    bool: "text",
    type(None): "none",
}


def dated(formats: Formats, day: dt.date | None, *, year: bool = False) -> Cell:
    """Return a day as a cell that holds it, so that a workbook can sort and compute with it."""
    if day is None:
        return Cell(text=NOTHING)
    return Cell(text=formats.day(day, year=year), value=day.isoformat(), type="date")


def label(metric: Metric, formats: Formats) -> str:
    """Return a metric's name with its unit, as a scorecard prints it: On-time delivery, %."""
    head = formats.symbol if metric.unit == "money" else UNITS[metric.unit].head
    return f"{words.name(metric)}, {head}" if head else words.name(metric)


def _needed(amount: Fraction, decimals: int) -> int:
    while Fraction(rounded_to(amount, decimals)) != amount and decimals < MOST_DECIMALS:
        decimals += 1
    return decimals
