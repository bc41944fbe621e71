"""Metrics: what is counted, over which rows, and how a figure is judged."""

from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.metrics.evaluate import evaluate, excluded, series
from reviewkit.metrics.judge import Goal, goal
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import METRICS, metric, published

__all__ = [
    "METRICS",
    "Cube",
    "Goal",
    "Metric",
    "MetricData",
    "MetricValue",
    "build_cube",
    "evaluate",
    "excluded",
    "goal",
    "metric",
    "published",
    "series",
]
