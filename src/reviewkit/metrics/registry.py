"""All metrics, in the order in which scorecards and definitions print them."""

from __future__ import annotations

from collections.abc import Iterable

from reviewkit.blocks import Audience
from reviewkit.errors import UsageError, nearest
from reviewkit.metrics import care, finance, service
from reviewkit.metrics.metric import Metric

METRICS: dict[str, Metric] = {
    metric.id: metric for metric in (*service.METRICS, *care.METRICS, *finance.METRICS)
}


def metric(metric_id: str) -> Metric:
    """Return the metric called `metric_id`; raises `UsageError` naming the nearest one."""
    found = METRICS.get(metric_id)
    if found is None:
        raise UsageError(f'There is no metric "{metric_id}". {nearest(metric_id, METRICS)}')
    return found


def published(audience: Audience, shares: Iterable[str] = ()) -> tuple[Metric, ...]:
    """Return the metrics that `audience` may know, given the tables shared with a client."""
    shared = tuple(shares)
    return tuple(item for item in METRICS.values() if item.visible_to(audience, shared))
