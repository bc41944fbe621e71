"""All accounts side by side: what each misses, earns, owes an answer to, and when it may leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.actions import Action, current_actions
from reviewkit.analysis.alerts import Alert, Noticed, Watch, alerts
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.findings import judged
from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.params.alerts import Alerts
from reviewkit.params.models import ClientParams
from reviewkit.periods import Period


@dataclass(frozen=True)
class Account:
    """One account as its house sees it, for its own period.

    `judged` are the figures with a status, `levels` those of them that the contract promises.
    `notice` is in the window where a rule of the house tells of it. `revenue` is what was
    invoiced less credits, in the house's currency; `share` of all accounts' where it is known.
    """

    slug: str
    name: str
    manager: str
    period: Period
    judged: tuple[MetricValue, ...]
    levels: tuple[MetricValue, ...]
    margin: MetricValue | None
    alerts: tuple[Alert, ...]
    overdue: tuple[Action, ...]
    notice: Noticed | None
    revenue: Decimal
    share: Fraction | None
    partial: bool

    @property
    def met(self) -> int:
        """How many of the figures with a status met their target."""
        return sum(value.status == "met" for value in self.judged)

    @property
    def kept(self) -> int:
        """How many of the levels promised in the contract were kept."""
        return sum(value.status == "met" for value in self.levels)

    def told(self, severity: str) -> int:
        """How many alerts of a severity are in force."""
        return sum(alert.severity == severity for alert in self.alerts)


@dataclass(frozen=True)
class Whole:
    """All accounts together: counts, revenue in the house's currency, and its concentration.

    `unpriced` is how many invoice lines of the period have no rate of exchange.
    """

    accounts: tuple[Account, ...]
    revenue: Decimal
    prior: Decimal
    year_ago: Decimal
    unpriced: int
    concentration: MetricValue


def account(
    figures: Figures, params: ClientParams, rules: Alerts | None, today: dt.date
) -> Account:
    """Return one account as it stands on `today`; its revenue is known only beside the others."""
    lead = (*figures.scored(), *params.client.lead_metrics)
    names = tuple(name for name in figures.published() if name in lead)
    found = judged(figures, names)
    promised = {item.metric for item in params.contract.slas}
    raised = alerts(Watch(figures, params, today), rules) if rules else ()
    notices = (alert.found for alert in raised if isinstance(alert.found, Noticed))
    margin = figures.one("gross_margin")
    return Account(
        slug=params.slug,
        name=params.client.name,
        manager=params.client.account_manager,
        period=figures.period,
        judged=found,
        levels=tuple(value for value in found if value.metric in promised),
        margin=margin if margin.value is not None else None,
        alerts=raised,
        overdue=tuple(item for item in current_actions(figures) if item.late),
        notice=next(notices, None),
        revenue=Decimal(0),
        share=None,
        partial=any(figures.one(name).partial for name in names if figures.supplied(name)),
    )


def whole(accounts: Iterable[Account], revenue: Figures) -> Whole:
    """Return all accounts with their revenue, the one that needs most attention first."""
    period = revenue.period
    sums = _revenue(revenue.data, period)
    total = sum(sums.values(), Decimal(0))
    shared = sum((amount for amount in sums.values() if amount > 0), Decimal(0))
    filled = [_with_revenue(item, sums.get(item.slug, Decimal(0)), shared) for item in accounts]
    return Whole(
        accounts=tuple(sorted(filled, key=_attention)),
        revenue=total,
        prior=sum(_revenue(revenue.data, period.prior()).values(), Decimal(0)),
        year_ago=sum(_revenue(revenue.data, period.year_ago()).values(), Decimal(0)),
        unpriced=_unpriced(revenue.data, period),
        concentration=revenue.one("concentration"),
    )


def _attention(item: Account) -> tuple[int, int, int, str]:
    missed = len(item.judged) - item.met
    return -item.told("critical"), -item.told("warning"), -missed, item.name


def _with_revenue(item: Account, amount: Decimal, shared: Decimal) -> Account:
    share = Fraction(max(amount, Decimal(0))) / Fraction(shared) if shared else None
    return replace(item, revenue=amount, share=share)


def _lines(data: MetricData, period: Period) -> pd.DataFrame:
    lines = data.registers.get("invoice_lines")
    if lines is None:
        return pd.DataFrame({"parent": [], "amount": []})
    inside = lines["issued_on"].between(pd.Timestamp(period.start), pd.Timestamp(period.end))
    return lines[inside]


def _revenue(data: MetricData, period: Period) -> Mapping[str, Decimal]:
    lines = _lines(data, period)
    sums: dict[str, Decimal] = {}
    for parent, amount in zip(lines["parent"], lines["amount"], strict=True):
        sums[str(parent)] = sums.get(str(parent), Decimal(0)) + cells.money(amount)
    return sums


def _unpriced(data: MetricData, period: Period) -> int:
    return int(_lines(data, period)["amount"].isna().sum())
