"""The figures of one review, each evaluated once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.metrics.evaluate import evaluate, excluded, series
from reviewkit.metrics.registry import USUAL, metric, published
from reviewkit.periods import Period

RUN = 8
"""Periods that a review looks back on, its own included."""


@dataclass(frozen=True)
class Figures:
    """Figures of one client for `period` and its references, as known on `as_of`."""

    data: MetricData
    period: Period
    as_of: dt.date
    _known: dict[tuple[Any, ...], tuple[MetricValue, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def one(self, metric_id: str, period: Period | None = None) -> MetricValue:
        """Return a metric's total for `period`, by default the one under review."""
        at = period or self.period
        return self.parts(metric_id, (), at)[0]

    def parts(
        self, metric_id: str, by: tuple[str, ...], period: Period | None = None
    ) -> tuple[MetricValue, ...]:
        """Return a metric's figures sliced by `by`; nothing where its data was not supplied."""
        at = period or self.period

        def make() -> tuple[MetricValue, ...]:
            return evaluate(self.data, (metric_id,), at, by, as_of=self.as_of)

        return self._once(("parts", metric_id, by, at), make)

    def run(self, metric_id: str, count: int = RUN) -> tuple[MetricValue, ...]:
        """Return a metric's totals for `count` periods that end with the one under review."""
        return self._series(metric_id, self.period.run(count))

    def months(self, metric_id: str, count: int) -> tuple[MetricValue, ...]:
        """Return a metric's totals for `count` months that end with the period's last."""
        return self._series(metric_id, self.period.months()[-1].run(count))

    def published(self) -> tuple[str, ...]:
        """Return the metrics that this review's audience may know, in the registry's order."""
        return tuple(item.id for item in published(self.data.audience, self.data.shares))

    def scored(self) -> tuple[str, ...]:
        """Return the metrics of this review's scorecard: the usual ones, and all with a target."""
        aimed = {*self.data.targets, *(item.metric for item in self.data.slas)}
        return tuple(name for name in self.published() if name in USUAL or name in aimed)

    def supplied(self, metric_id: str) -> bool:
        """Tell whether everything that a metric needs was supplied."""
        return not metric(metric_id).missing(self.data)

    def has(self, table: str, *columns: str) -> bool:
        """Tell whether a table was supplied, with all of `columns`."""
        return set(columns) <= self.data.supplied.get(table, frozenset()) and (
            table in self.data.supplied
        )

    def excluded(self) -> int:
        """Return how many deliveries of the period left the denominators as cancelled."""
        return excluded(self.data, self.period)

    def register(self, table: str) -> pd.DataFrame:
        """Return a register's rows; raises `KeyError` where it was not supplied."""
        return self.data.registers[table].reset_index(drop=True)

    def rows(self, metric_id: str) -> pd.DataFrame:
        """Return the rows of a metric that belong to the period, indexed like its register."""
        own = metric(metric_id)
        rows = self.data.rows_of(metric_id, own.rows)
        return own.select(rows, self.period.start, self.period.end)

    def _series(self, metric_id: str, periods: tuple[Period, ...]) -> tuple[MetricValue, ...]:
        def make() -> tuple[MetricValue, ...]:
            return series(self.data, metric_id, periods, as_of=self.as_of)

        return self._once(("series", metric_id, periods), make)

    def _once(
        self, key: tuple[Any, ...], make: Callable[[], tuple[MetricValue, ...]]
    ) -> tuple[MetricValue, ...]:
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]


def known(value: MetricValue) -> bool:
    """Tell whether a figure may stand in a trend: it has cases, and its period is whole."""
    return value.value is not None and not value.partial and value.status != "low_volume"
