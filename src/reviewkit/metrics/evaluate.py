"""Evaluates metrics for a period: value, target, status, prior period, prior year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.periods import Period


def evaluate(
    data: MetricData,
    metric_ids: Iterable[str],
    period: Period,
    by: tuple[str, ...] = (),
    *,
    as_of: dt.date,
) -> tuple[MetricValue, ...]:
    """Return the figures of `metric_ids` for `period`, one per combination of `by`."""
    raise NotImplementedError


def series(
    data: MetricData, metric_id: str, periods: Iterable[Period], *, as_of: dt.date
) -> tuple[MetricValue, ...]:
    """Return one metric's totals for several periods, in their order."""
    raise NotImplementedError
