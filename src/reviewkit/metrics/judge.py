"""Which target is in force, and how a figure stands against it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from reviewkit.metrics.data import MetricData, Status
from reviewkit.metrics.metric import Metric


@dataclass(frozen=True)
class Goal:
    """A target in force: `source` tells the contract's service level from a target set."""

    value: Decimal
    tolerance: Decimal
    source: Literal["sla", "target", "definition"]
    clause: str = ""


def goal(data: MetricData, metric: Metric, day: dt.date) -> Goal | None:
    """Return the target in force on `day`; a contract's service level goes before others.

    Of several the latest `since` on or before `day` counts; without `since` it has always
    been in force. A service level has no tolerance.
    """

    def since(start: dt.date | None) -> dt.date:
        return start or dt.date.min

    slas = [item for item in data.slas if item.metric == metric.id and since(item.since) <= day]
    if slas:
        sla = max(slas, key=lambda item: since(item.since))
        return Goal(sla.target, Decimal(0), "sla", sla.clause)
    targets = [item for item in data.targets.get(metric.id, ()) if since(item.since) <= day]
    if targets:
        target = max(targets, key=lambda item: since(item.since))
        return Goal(target.value, target.tolerance, "target")
    if metric.default_target is not None:
        return Goal(Decimal(metric.default_target), Decimal(0), "definition")
    return None


def status(
    metric: Metric, exact: Fraction | None, n: int, minimum_n: int, against: Goal | None
) -> Status:
    """Judge an unrounded figure. No data goes before low volume, and that before no target.

    Equal is met. A miss within the tolerance is at risk.
    """
    if exact is None:
        return "no_data"
    if metric.judged_by_n and n < minimum_n:
        return "low_volume"
    if against is None or metric.better == "none":
        return "no_target"
    sign = 1 if metric.better == "higher" else -1
    gap = sign * (exact - Fraction(against.value))
    if gap >= 0:
        return "met"
    return "at_risk" if gap + Fraction(against.tolerance) >= 0 else "missed"
