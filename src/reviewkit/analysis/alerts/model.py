"""An alert: what was found, by which rule, how grave it is, and the action that answers it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reviewkit.analysis.alerts.signals import Side
from reviewkit.analysis.figures import Figures
from reviewkit.metrics.data import MetricValue
from reviewkit.params.alerts import AlertSeverity, ControlTest
from reviewkit.params.models import ClientParams

GRAVE: tuple[AlertSeverity, ...] = ("critical", "warning", "info")
"""Severities, the gravest first."""


@dataclass(frozen=True)
class Crossed:
    """A figure beyond its limit, for `periods` in a row; `limit` is in its own unit."""

    value: MetricValue
    limit: Decimal
    targeted: bool
    periods: int


@dataclass(frozen=True)
class Signal:
    """A signal on a control chart: the last month's figure, the test, and the chart's limits."""

    value: MetricValue
    test: ControlTest
    side: Side
    chart: str
    centre: float
    low: float
    high: float


@dataclass(frozen=True)
class Dearer:
    """A cost that rose: `rise` is a share of what it was."""

    value: MetricValue
    before: Decimal
    rise: Decimal
    against: Literal["prior", "year_ago"]


@dataclass(frozen=True)
class Aged:
    """What is open for too long: how many, the oldest with its days, and what it comes to.

    `amount` is in the client's currency, `None` for what has none. `names` are identifiers.
    """

    of: str
    count: int
    days: int
    oldest: int
    names: tuple[str, ...]
    amount: Decimal | None = None
    postponed: int = 0


@dataclass(frozen=True)
class Noticed:
    """A contract near its notice deadline; `days` are left to it, negative once it has passed."""

    notice: dt.date
    end: dt.date
    days: int
    auto_renewal: bool


@dataclass(frozen=True)
class Stale:
    """Tables whose data ends `days` before the day compared with."""

    tables: tuple[str, ...]
    cutoff: dt.date
    days: int


Found = Crossed | Signal | Dearer | Aged | Noticed | Stale


@dataclass(frozen=True)
class Answer:
    """The action that answers an alert: an open one, or one to enter into the action list.

    A proposed one has no title yet: a page says it in the reader's language.
    """

    id: str
    owner: str
    due: dt.date | None
    metric: str
    open: bool
    title: str = ""


@dataclass(frozen=True)
class Alert:
    """One thing to be told. `subject` is the metric or register that it is about.

    `also` names the metrics that follow from it and would be told by the same kind of rule.
    """

    client: str
    kind: str
    rule: str
    severity: AlertSeverity
    subject: str
    found: Found
    answer: Answer
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Watch:
    """What rules look at: one client's figures and parameters, and the day they look on.

    Data ages against `today`, contracts run against it; figures, cases and actions stand as
    of the figures' own day.
    """

    figures: Figures
    params: ClientParams
    today: dt.date
