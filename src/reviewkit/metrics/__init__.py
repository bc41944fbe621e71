"""Metrics: what is counted, over which rows, and how a figure is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewkit.lazy import exported

if TYPE_CHECKING:
    from reviewkit.metrics.cube import Cube, build_cube
    from reviewkit.metrics.data import MetricData, MetricValue
    from reviewkit.metrics.evaluate import excluded, series
    from reviewkit.metrics.metric import Metric
    from reviewkit.metrics.registry import METRICS, published

__all__ = [
    "METRICS",
    "Cube",
    "Metric",
    "MetricData",
    "MetricValue",
    "build_cube",
    "excluded",
    "published",
    "series",
]

__getattr__ = exported(
    __name__,
    {
        "METRICS": "registry",
        "Cube": "cube",
        "Metric": "metric",
        "MetricData": "data",
        "MetricValue": "data",
        "build_cube": "cube",
        "excluded": "evaluate",
        "published": "registry",
        "series": "evaluate",
    },
)
