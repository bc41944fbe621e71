"""Evaluates metrics for a period: value, target, status, prior period, prior year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd

from reviewkit.errors import UsageError
from reviewkit.metrics import judge
from reviewkit.metrics.data import MetricData, MetricValue, Number, money
from reviewkit.metrics.metric import Metric, dated
from reviewkit.metrics.registry import metric as named
from reviewkit.metrics.rollup import ROLLUPS, Reading, keyed, readings
from reviewkit.periods import Period

Key = tuple[str, ...]


def evaluate(
    data: MetricData,
    metric_ids: Iterable[str],
    period: Period,
    by: tuple[str, ...] = (),
    *,
    as_of: dt.date,
) -> tuple[MetricValue, ...]:
    """Return the figures of `metric_ids` for `period`, one per combination of `by`.

    A combination that occurs in the period, the prior one or a year ago gives a row, in
    order. A metric whose data was not supplied gives one row without data, and none when
    sliced. Raises `UsageError` for a metric that does not exist or has no such dimension.
    """
    return tuple(
        value
        for metric_id in metric_ids
        for value in _Evaluation(data, named(metric_id), as_of).values(period, by)
    )


def series(
    data: MetricData, metric_id: str, periods: Iterable[Period], *, as_of: dt.date
) -> tuple[MetricValue, ...]:
    """Return one metric's totals for several periods, in their order."""
    evaluation = _Evaluation(data, named(metric_id), as_of)
    return tuple(value for period in periods for value in evaluation.values(period, ()))


def counted(
    data: MetricData, metric_id: str, period: Period, by: tuple[str, ...] = ()
) -> dict[Key, Reading]:
    """Return what a metric's parts are made of in `period`, compared with and judged by nothing.

    Nothing where its data was not supplied.
    """
    evaluation = _Evaluation(data, named(metric_id), period.end)
    return {} if evaluation.missing else dict(evaluation.readings(period, by))


def whole(data: MetricData, metric_id: str, period: Period, *, as_of: dt.date) -> bool:
    """Tell whether `period` is over, and the data of a metric cover all of it."""
    return not _Evaluation(data, named(metric_id), as_of).partial(period)


def excluded(data: MetricData, period: Period) -> int:
    """Return how many deliveries due in `period` left the denominators as cancelled."""
    cube = data.cube.get("shipments")
    if cube is None or cube.empty:
        return 0
    month = cube["month"]
    inside = (month >= pd.Timestamp(period.start)) & (month <= pd.Timestamp(period.end))
    return int(cube.loc[inside, "cancelled"].sum())


class _Evaluation:
    """One metric over one client's data."""

    def __init__(self, data: MetricData, metric: Metric, as_of: dt.date) -> None:
        self.data, self.metric, self.as_of = data, metric, as_of
        self.missing = bool(metric.missing(data))

    def values(self, period: Period, by: Key) -> list[MetricValue]:
        for dim in by:
            known = (*self.metric.dims, *self.data.member_dims)
            if dim not in known:
                dims = ", ".join(known)
                raise UsageError(f'{self.metric.id} has no dimension "{dim}". It has: {dims}.')
        if self.missing:
            return [] if by else [self._value(period, period, {}, (), ())]
        if "month" in by:
            rest = tuple(dim for dim in by if dim != "month")
            rows = [
                value
                for month in period.months()
                for value in self._rows(period, month, {"month": month.id}, rest, by)
            ]
            return sorted(rows, key=lambda row: tuple(row.by.values()))
        return self._rows(period, period, {}, by, by)

    def _rows(
        self, named_by: Period, span: Period, fixed: dict[str, str], rest: Key, by: Key
    ) -> list[MetricValue]:
        spans = [span] if self.partial(span) else [span, span.prior(), span.year_ago()]
        keys = sorted({key for item in spans for key in self.readings(item, rest)})
        out = []
        for key in keys:
            at = fixed | dict(zip(rest, key, strict=True))
            out.append(self._value(named_by, span, {dim: at[dim] for dim in by}, rest, key))
        return out

    def partial(self, span: Period) -> bool:
        """Tell whether the span is not over, or its data stops early or begins late."""
        ends = [self.data.cutoff_day(table) for table in self.metric.tables]
        return (
            not span.is_over(self.as_of)
            or any(end is not None and end < span.end for end in ends)
            or not self._begun(span)
        )

    def _begun(self, span: Period) -> bool:
        begins = [self.data.begins.get(table) for table in self.metric.tables]
        # What begins within the span's first month, or fiscal period, has begun with it.
        first = span.months()[0].end
        return all(day is None or day <= first for day in begins)

    def readings(self, span: Period, by: Key) -> dict[Key, Reading]:
        """Return the reading of each part in a span."""

        def make() -> dict[Key, Reading]:
            part = self.metric.select(self._narrow(by), span.start, span.end)
            return readings(part, self.metric.rollup, by)

        return self.data.once(("readings", self.metric.id, span.start, span.end, by), make)

    def _narrow(self, by: Key) -> pd.DataFrame:
        """Return the metric's rows with the columns that a reading needs, and no others."""
        metric = self.metric
        if metric.select is not dated:
            return self.data.rows_of(metric.id, metric.rows)

        def make() -> pd.DataFrame:
            rows = self.data.rows_of(metric.id, metric.rows)
            rows = rows[["date", *by, *ROLLUPS[metric.rollup].columns]]
            return rows.assign(**{name: keyed(rows[name]) for name in by})

        return self.data.once(("narrow", metric.id, by), make)

    def _reading(self, span: Period, by: Key, key: Key) -> Reading:
        nothing = ROLLUPS[self.metric.rollup].nothing
        return nothing if self.missing else self.readings(span, by).get(key, nothing)

    def _compared(self, span: Period, by: Key, key: Key) -> Number:
        return self._reading(span, by, key).value if self._begun(span) else None

    def _value(
        self, period: Period, span: Period, by: dict[str, str], rest: Key, key: Key
    ) -> MetricValue:
        metric, data = self.metric, self.data
        found = self._reading(span, rest, key)
        # A part's share of a total is not measured against the total's target.
        against = None if by and metric.adds_up else judge.goal(data, metric, span.end)
        partial = self.partial(span)
        exact = None if self.missing else found.exact
        compared = not partial and not self.missing
        return MetricValue(
            metric=metric.id,
            label=metric.label,
            unit=data.currency if metric.unit == "money" else metric.unit,
            period=period.id,
            by=by,
            value=None if self.missing else found.value,
            numerator=None if self.missing else found.numerator,
            denominator=None if self.missing else found.denominator,
            n=found.n,
            coverage=None if self.missing else found.coverage,
            interval=found.interval,
            target=_target(metric, against),
            status=judge.status(metric, exact, found.n, data.minimum_n, against),
            prior=self._compared(span.prior(), rest, key) if compared else None,
            year_ago=self._compared(span.year_ago(), rest, key) if compared else None,
            partial=partial,
        )


def _target(metric: Metric, against: judge.Goal | None) -> Number:
    if against is None:
        return None
    if metric.unit == "money":
        return money(against.value)
    whole = metric.unit == "count" and against.value == against.value.to_integral_value()
    return int(against.value) if whole else float(against.value)
