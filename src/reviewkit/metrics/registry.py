"""All metrics, in the order in which scorecards and definitions print them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from reviewkit.blocks import Audience
from reviewkit.errors import UsageError, nearest
from reviewkit.metrics import (
    care,
    costs,
    finance,
    growth,
    orders,
    portfolio,
    receivables,
    receiving,
    response,
    service,
    transport,
    warehouse,
)
from reviewkit.metrics.metric import Group, Metric

_ROOMS = (
    service,
    orders,
    transport,
    receiving,
    warehouse,
    care,
    response,
    finance,
    receivables,
    costs,
    growth,
    portfolio,
)
_ALL = tuple(metric for room in _ROOMS for metric in room.METRICS)

METRICS: dict[str, Metric] = {
    metric.id: metric for group in get_args(Group) for metric in _ALL if metric.group == group
}

USUAL = frozenset(
    {
        "shipments",
        "on_time_delivery",
        "in_full",
        "otif",
        "cases_opened",
        "cases_open",
        "resolution_median",
        "nps",
        "invoice_accuracy",
        "disputes",
        "revenue_against_budget",
        "gross_margin",
    }
)
"""Metrics that every scorecard prints; the others where something is aimed at or asked for."""


def metric(metric_id: str) -> Metric:
    """Return the metric called `metric_id`; raises `UsageError` naming the nearest one."""
    found = METRICS.get(metric_id)
    if found is None:
        raise UsageError(f'There is no metric "{metric_id}". {nearest(metric_id, METRICS)}')
    return found


def published(audience: Audience, shares: Iterable[str] = ()) -> tuple[Metric, ...]:
    """Return an account's metrics that `audience` may know, given the tables shared with it."""
    shared = tuple(shares)
    return tuple(
        item
        for item in METRICS.values()
        if item.scope == "account" and item.visible_to(audience, shared)
    )
