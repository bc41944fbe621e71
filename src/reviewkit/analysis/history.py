"""How much a ratio's parts vary from month to month when nothing happens.

Deliveries of a day and of a lane fail together, so that shares of cases vary more than
coins do, and sums of money have no coin at all. What is usual is therefore taken from the
months before: around each part's own mean, and from each past period to the next, which
also sees what drifts. It is put as a variance per unit of the denominator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf, sqrt

import numpy as np
import numpy.typing as npt
import pandas as pd

from reviewkit.analysis.chance import student, upper_binomial
from reviewkit.analysis.change import Count, pool
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.metric import Metric
from reviewkit.periods import Period

Floats = npt.NDArray[np.float64]

MONTHS = 24
"""Months before the period under review that tell what is usual."""

BORROWED = 12.0
"""How many months a part borrows from all parts of its dimension: few months say little."""

DENOMINATOR = {"proportion": "n", "share": "denominator", "share_of_money": "denominator"}
"""The column of a roll-up's rows that its ratio is divided by."""


@dataclass(frozen=True)
class History:
    """Numerators and denominators by part and month, oldest month first.

    `grain` is what one row weighs, of each part, where rows count whole or not at all, as an
    invoice line is disputed or is not; otherwise zero.
    """

    parts: tuple[str, ...]
    numerator: Floats
    denominator: Floats
    grain: Floats

    def before(self, length: int) -> History:
        """Return it without its last `length` months."""
        end = self.numerator.shape[1] - length
        return History(self.parts, self.numerator[:, :end], self.denominator[:, :end], self.grain)

    def counts(self, first: int, last: int) -> dict[str, Count]:
        """Return what each part counted from month `first` to before `last`; whole numbers only."""
        sums = (item[:, first:last].sum(axis=1) for item in (self.numerator, self.denominator))
        return {
            part: Count(Fraction(int(top)), Fraction(int(under)))
            for part, top, under in zip(self.parts, *sums, strict=True)
            if under
        }

    def shares(self) -> History:
        """Return each part's denominator as a share of all parts'."""
        whole = np.broadcast_to(self.denominator.sum(axis=0), self.denominator.shape)
        return History(self.parts, self.denominator, np.array(whole), np.zeros(len(self.parts)))


@dataclass(frozen=True)
class Usual:
    """A variance per unit of the denominator, how well it is known, and what one row weighs."""

    variance: float
    freedom: float
    grain: float = 0.0


@dataclass(frozen=True)
class Spread:
    """What is usual for each part; `other` is for a part without a history of its own.

    Of a `sampled` ratio the variance is a multiple of that of a coin.
    """

    parts: Mapping[str, Usual]
    other: Usual | None
    sampled: bool

    def chance(self, part: str, before: Count, now: Count) -> float | None:
        """Return how likely chance alone moves a part this far; `None` where nothing tells."""
        known = self.parts.get(part, self.other)
        if known is None:
            return None
        pooled = pool((before, now)).rate
        coin = float(pooled * (1 - pooled))
        # Of cases the variance is told in coins; of amounts each row is a coin at the least.
        times = known.variance if self.sampled else known.grain
        variance = times * coin if self.sampled else max(known.variance, times * coin)
        spread = variance * (1 / float(before.denominator) + 1 / float(now.denominator))
        if spread <= 0:
            return 1.0
        tail = student(float(now.rate - before.rate) / sqrt(spread), known.freedom)
        return max(tail, _rare(before, now, times)) if times else tail


def _rare(before: Count, now: Count, times: float) -> float:
    """Return the chance that the rarer outcome fell on the two periods as unevenly as it did.

    Few cases are no bell curve. With `times` the variance of a coin, a case counts as less.
    """
    rarer = [c.numerator for c in (before, now)]
    if pool((before, now)).rate > Fraction(1, 2):
        rarer = [c.denominator - c.numerator for c in (before, now)]
    first, second = (float(count) / times for count in rarer)
    share = float(now.denominator / (before.denominator + now.denominator))
    if second * (1 - share) < first * share:
        first, second, share = second, first, 1 - share
    return min(1.0, 2 * upper_binomial(second, first, share))


def months_before(data: MetricData, metric: Metric, period: Period) -> tuple[Period, ...]:
    """Return the whole months before `period` of which all of a metric's tables are known."""
    begins = [data.begins[table] for table in metric.tables if table in data.begins]
    months = period.months()[0].prior().run(MONTHS)
    return tuple(month for month in months if all(day <= month.start for day in begins))


def history(data: MetricData, metric: Metric, by: str, months: tuple[Period, ...]) -> History:
    """Return what each part along `by` was made of in `months`; all of it in one without `by`."""
    rows = data.once(("months", metric.id, months), lambda: _in_months(data, metric, months))
    parts, code = data.once(("codes", metric.id, by), lambda: _codes(data, metric, by))
    shape = (len(parts), len(months))
    place = code[rows.here] * shape[1] + rows.month

    def summed(values: Floats) -> Floats:
        return np.asarray(np.bincount(place, values, shape[0] * shape[1]).reshape(shape), float)

    top, under = summed(rows.top), summed(rows.under)
    whole, squares = under.sum(axis=1), summed(rows.under**2).sum(axis=1)
    grain = np.divide(squares, whole, out=np.zeros(len(parts)), where=(whole > 0) & rows.single)
    return History(parts, top, under, grain)


@dataclass(frozen=True)
class _Rows:
    """The rows of a metric that lie in some months: which, in which month, and their sums."""

    here: npt.NDArray[np.intp]
    month: npt.NDArray[np.intp]
    top: Floats
    under: Floats
    single: bool


def _in_months(data: MetricData, metric: Metric, months: tuple[Period, ...]) -> _Rows:
    rows = data.rows_of(metric.id, metric.rows)
    starts = np.array([month.start for month in months], dtype="datetime64[D]")
    days = rows["date"].to_numpy().astype("datetime64[D]")
    month = np.searchsorted(starts, days, side="right") - 1
    here = np.flatnonzero((month >= 0) & (days <= np.datetime64(months[-1].end)))
    top, under = (
        rows[column].iloc[here].fillna(0).to_numpy(dtype="float64")
        for column in ("numerator", DENOMINATOR[metric.rollup])
    )
    single = bool(((top == 0) | (top == under)).all())
    return _Rows(here, month[here], top, under, single)


def _codes(
    data: MetricData, metric: Metric, by: str
) -> tuple[tuple[str, ...], npt.NDArray[np.intp]]:
    rows = data.rows_of(metric.id, metric.rows)
    if not by:
        return ("",), np.zeros(len(rows), dtype=np.intp)
    code, names = pd.factorize(rows[by].fillna("").astype(str), sort=True)
    return tuple(map(str, names)), code


def usual(past: History, length: int, *, sampled: bool) -> Spread:
    """Return what is usual for each part, for periods of `length` months.

    A `sampled` ratio counts cases: it varies at least as a coin of the same rate does, and
    one of amounts that count whole or not at all as if each of them were a coin. Of a ratio
    that is not sampled nothing is known with fewer than three months.
    """
    unit = _coins(past) if sampled else np.ones(len(past.parts))
    spread, freedom = _around(past, unit)
    own, known = float(spread.sum()), float(freedom.sum())
    if known < 2:
        return Spread({}, Usual(1.0, inf) if sampled else None, sampled)
    all_parts = own / known
    drift = max(1.0, _between(past, length, unit) / all_parts) if all_parts > 0 else 1.0
    borrowed = min(BORROWED, known)
    variance = drift * (borrowed * all_parts + spread) / (borrowed + freedom)
    least = 1.0 if sampled else 0.0
    parts = {
        part: Usual(max(least, float(value)), borrowed + float(free), float(grain))
        for part, value, free, grain in zip(past.parts, variance, freedom, past.grain, strict=True)
    }
    other = Usual(max(least, drift * all_parts), borrowed, float(past.grain.max()))
    return Spread(parts, other, sampled)


def _coins(past: History) -> Floats:
    rate = _rates(past)
    return np.asarray(rate * (1 - rate))


def _rates(past: History) -> Floats:
    whole = past.denominator.sum(axis=1)
    top = past.numerator.sum(axis=1)
    return np.asarray(np.divide(top, whole, out=np.zeros(len(whole)), where=whole > 0))


def _around(past: History, unit: Floats) -> tuple[Floats, Floats]:
    """Return each part's squares around its mean, in its unit, and their degrees of freedom."""
    here = past.denominator > 0
    rates = np.divide(past.numerator, past.denominator, out=np.zeros(here.shape), where=here)
    squares = np.where(here, past.denominator * (rates - _rates(past)[:, None]) ** 2, 0.0)
    varies = unit > 0
    spread = np.divide(squares.sum(axis=1), unit, out=np.zeros(len(unit)), where=varies)
    freedom = np.where(varies, np.maximum(here.sum(axis=1) - 1, 0), 0)
    return spread, freedom.astype("float64")


def _between(past: History, length: int, unit: Floats) -> float:
    """Return the mean square of past changes from period to period, in the parts' units."""
    count = past.numerator.shape[1] // length
    if count < 2:
        return 0.0
    kept = (len(past.parts), count, length)
    top, under = (
        item[:, -count * length :].reshape(kept).sum(axis=2)
        for item in (past.numerator, past.denominator)
    )
    both = (under[:, 1:] > 0) & (under[:, :-1] > 0) & (unit[:, None] > 0)
    if not both.any():
        return 0.0
    rates = np.divide(top, under, out=np.zeros(top.shape), where=under > 0)
    weight = np.divide(1, under, out=np.zeros(top.shape), where=under > 0)
    expected = (weight[:, 1:] + weight[:, :-1]) * unit[:, None]
    squares = (rates[:, 1:] - rates[:, :-1]) ** 2
    return float((squares[both] / expected[both]).mean())
