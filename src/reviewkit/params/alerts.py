"""``alerts:`` in ``house.yaml``: what the house wants to be told of, how grave it is, and whose.

A kind that is left out keeps its rules as they stand here; a kind that is given replaces them,
and an empty one tells of nothing. Every rule has a name, by which messages call it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from reviewkit.errors import nearest
from reviewkit.params.base import Params, about
from reviewkit.params.yaml import Path_

AlertSeverity = Literal["info", "warning", "critical"]
"""How grave an alert is; the exit code of `reviewkit alerts` follows the gravest."""

ControlTest = Literal[
    "beyond_3_sigma",
    "two_of_three_beyond_2_sigma",
    "four_of_five_beyond_1_sigma",
    "eight_on_one_side",
    "nine_on_one_side",
    "six_trending",
    "fourteen_alternating",
    "fifteen_within_1_sigma",
    "eight_beyond_1_sigma",
]
"""The tests of control charts by name: those of Western Electric and of Nelson."""

USUAL_TESTS: tuple[ControlTest, ...] = (
    "beyond_3_sigma",
    "two_of_three_beyond_2_sigma",
    "nine_on_one_side",
    "six_trending",
)
CHARTED = ("on_time_delivery", "in_full", "otif", "invoice_accuracy")
"""Metrics watched on control charts where no rule names others."""


class AlertRule(Params):
    """What all rules share."""

    severity: AlertSeverity = about("how grave: info, warning or critical", "warning")
    owner: str = about("who sees to it; without one the account manager", "")
    clients: tuple[str, ...] = about("client folders it holds for; without any, all", ())
    due_days: int = about("days in which the action that it proposes is due", 14, ge=0)


class Threshold(AlertRule):
    """A figure beyond its target or a fixed limit, for so many periods in a row.

    Without `above` and `below` the limit is the target in force in each period, its
    tolerance included: what is at risk is not told. Partial periods and those with too few
    cases break the row.
    """

    metrics: tuple[str, ...] = about("ids; without any, all of the scorecard", ())
    above: Decimal | None = about("told above this, in the metric's own unit", None)
    below: Decimal | None = about("told below this, in the metric's own unit", None)
    periods: int = about("periods in a row", 1, ge=1, le=24)
    each: Literal["period", "month"] = about("periods as reviewed, or months", "period")


class Trend(AlertRule):
    """A monthly figure that left its own course: a signal on its control chart.

    Proportions are put on a p-chart, widened after Laney where they scatter more than chance
    alone; other figures on an XmR chart. The first `baseline` months give centre and limits.
    """

    metrics: tuple[str, ...] = about("ids of the metrics watched", CHARTED)
    tests: tuple[ControlTest, ...] = about("by name, see alerts.md", USUAL_TESTS)
    months: int = about("months on the chart", 24, ge=10, le=36)
    baseline: int = about("months at its beginning that give the limits", 12, ge=8, le=30)
    worse_only: bool = about("a signal to the better is not told", True)


class CostToServe(AlertRule):
    """Cost that rose by more than a share against an earlier period, by service where told."""

    metric: Literal["cost_per_order", "cost_per_unit", "cost_to_serve"] = about(
        "which cost", "cost_per_order"
    )
    rise: Decimal = about("told above this; 0.10 is 10%", Decimal("0.10"), ge=0)
    against: Literal["prior", "year_ago"] = about("the period compared with", "year_ago")
    by_service: bool = about("each service for itself", False)


class Ageing(AlertRule):
    """What is open for too long: receivables past due, disputes, cases, actions."""

    of: Literal["receivables", "disputes", "cases", "actions"] = about("what ages")
    days: int = about("told when older; past due, open, or late", ge=0)
    amount: Decimal = about("told from this amount on, of receivables and disputes", Decimal(0))
    postponed: int | None = about("actions: told also when put off so often", None, ge=1)


class Renewal(AlertRule):
    """A contract near the day by which notice must be given, which comes before its end."""

    days: int = about("told so many days before the notice deadline", ge=0)


class Freshness(AlertRule):
    """Data that ends too long ago: before today, or before the newest cut-off in a review."""

    days: int = about("told when older", ge=0)
    tables: tuple[str, ...] = about("account tables; without any, all supplied", ())


class Alerts(Params):
    """What the house wants to be told of; see [alerts.md](alerts.md)."""

    threshold: dict[str, Threshold] = about(
        "figures beyond target or limit, by name of the rule",
        {
            "missed": Threshold(severity="warning"),
            "missed-again": Threshold(severity="critical", periods=2),
        },
    )
    trend: dict[str, Trend] = about("figures that left their course", {"drift": Trend()})
    cost_to_serve: dict[str, CostToServe] = about("cost that rose", {"dearer": CostToServe()})
    ageing: dict[str, Ageing] = about(
        "what is open for too long",
        {
            "receivables": Ageing(of="receivables", days=60),
            "disputes": Ageing(of="disputes", days=45),
            "cases": Ageing(of="cases", days=30),
            "actions": Ageing(of="actions", days=14, postponed=2),
        },
    )
    renewal: dict[str, Renewal] = about(
        "contracts near their notice deadline",
        {
            "notice-ahead": Renewal(days=120, severity="info", due_days=30),
            "notice-near": Renewal(days=60),
            "notice-now": Renewal(days=30, severity="critical", due_days=7),
        },
    )
    freshness: dict[str, Freshness] = about(
        "data that ends too long ago",
        {"stale": Freshness(days=10), "silent": Freshness(days=35, severity="critical")},
    )

    def of(self, client: str) -> Alerts:
        """Return the rules that hold for `client`, without the names of others."""
        return self.model_copy(update={kind: _own(getattr(self, kind), client) for kind in KINDS})


def _own(rules: dict[str, AlertRule], client: str) -> dict[str, AlertRule]:
    return {
        name: rule.model_copy(update={"clients": ()})
        for name, rule in rules.items()
        if not rule.clients or client in rule.clients
    }


KINDS = tuple(Alerts.model_fields)
"""Kinds of rules, in the order in which their alerts are told."""


def alert_findings(alerts: Alerts, clients: Sequence[str]) -> Iterator[tuple[Path_, str, str]]:
    """Yield what is wrong in rules beyond their types: where, what, and how to mend it."""
    for kind in KINDS:
        for name, rule in getattr(alerts, kind).items():
            for at, client in enumerate(rule.clients):
                if client not in clients:
                    place: Path_ = ("alerts", kind, name, "clients", at)
                    yield (
                        place,
                        f'"{client}" has no folder under params/.',
                        nearest(client, clients),
                    )
    for name, trend in alerts.trend.items():
        if trend.baseline >= trend.months:
            what = f"leaves none of the {trend.months} months to be judged."
            yield ("alerts", "trend", name, "baseline"), what, "Give fewer months of baseline."


def due(rule: AlertRule, today: dt.date) -> dt.date:
    """Return the day by which the action that `rule` proposes is due."""
    return today + dt.timedelta(days=rule.due_days)
