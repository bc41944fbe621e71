"""Monthly figures that left their own course, as control charts tell it."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.analysis.alerts.charts import Chart, p_chart, xmr_chart
from reviewkit.analysis.alerts.model import Signal, Watch
from reviewkit.analysis.alerts.signals import Side, signal
from reviewkit.analysis.figures import known
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.params.alerts import ControlTest, Trend

_WORSE: dict[str, Side] = {"higher": "below", "lower": "above"}


def drifting(watch: Watch, rule: Trend) -> Iterator[tuple[str, Signal]]:
    """Yield each metric whose last month signals, by the first of the rule's tests that does.

    A chart needs every month of its baseline and at least one after it; months before the
    data begin are left out, and one that is partial or has too few cases breaks it off.
    """
    figures = watch.figures
    for name in rule.metrics:
        if name not in figures.published() or not figures.supplied(name):
            continue
        months = _unbroken(figures.months(name, rule.months))
        chart = chart_of(months, rule.baseline)
        if chart is None:
            continue
        found = _first(chart, rule, METRICS[name].better)
        if found:
            yield name, Signal(months[-1], *found, chart.kind, chart.centre, *chart.limits())


def chart_of(months: tuple[MetricValue, ...], baseline: int) -> Chart | None:
    """Return the control chart of a metric's months; `None` where they are too few for one."""
    if len(months) <= baseline:
        return None
    if METRICS[months[0].metric].rollup == "proportion":
        return p_chart([(int(m.numerator or 0), int(m.denominator or 0)) for m in months], baseline)
    return xmr_chart([float(m.value or 0) for m in months], baseline)


def _unbroken(months: tuple[MetricValue, ...]) -> tuple[MetricValue, ...]:
    """Return the months up to the last that follow each other without a gap."""
    kept: list[MetricValue] = []
    for month in reversed(months):
        if not known(month):
            break
        kept.append(month)
    return tuple(reversed(kept))


def _first(chart: Chart, rule: Trend, better: str) -> tuple[ControlTest, Side] | None:
    # Only what was seen after the baseline is judged by it.
    watched = chart.points[rule.baseline :]
    for test in rule.tests:
        side = signal(test, watched)
        if side and (not rule.worse_only or side in ("neither", _WORSE.get(better, "neither"))):
            return test, side
    return None
