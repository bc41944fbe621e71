"""The budget of a demo account: what was planned before anything happened to it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from reviewkit.demo.draws import Draws
from reviewkit.demo.profile import Account

REVISED_FROM = "2026-04"
"""From this month on a second version of each budget replaces the first."""


@dataclass(frozen=True)
class Plan:
    """One month and product in one version of the budget; money in whole units."""

    customer: str
    month: str
    product: str
    version: str
    units: int
    revenue: int
    cost: int


def budget(account: Account, deliveries: pd.DataFrame) -> list[Plan]:
    """Return the account's budget, by version, month and product.

    It is made from the deliveries at list price and planned cost, volume about 1 % short,
    so that a re-rating and premium freight are all that can part it from what happened.
    """
    draws = Draws("budget", account.number)
    went = deliveries[deliveries["went"]]
    month = went["bill_day"].dt.strftime("%Y-%m").rename("month")
    sums = went.groupby([month, "product"], sort=True)[["list_cents", "plan_cost_cents"]].sum()
    sums["units"] = went.groupby([month, "product"], sort=True).size()
    out: list[Plan] = []
    for (name, product), row in zip(sums.index.tolist(), sums.to_dict("records"), strict=True):
        volume, price, cost = (float(value) for value in draws.unit(3))
        count = int(row["units"])
        units = max(1, round(count * (0.98 + 0.02 * volume)))
        share = units / count / 100
        plan = Plan(
            customer=account.name,
            month=f"{name[5:]}/{name[:4]}",
            product=product,
            version="1",
            units=units,
            revenue=_hundreds(int(row["list_cents"]) * share * (0.997 + 0.006 * price)),
            cost=_hundreds(int(row["plan_cost_cents"]) * share * (0.995 + 0.01 * cost)),
        )
        if name >= REVISED_FROM:
            out.append(_first(plan))
            plan = Plan(**{**plan.__dict__, "version": "2"})
        out.append(plan)
    return out


def _hundreds(amount: float) -> int:
    return 100 * round(amount / 100)


def _first(plan: Plan) -> Plan:
    """Return what had been planned before the revision: a little less of everything."""
    return Plan(
        customer=plan.customer,
        month=plan.month,
        product=plan.product,
        version="1",
        units=round(plan.units * 0.97),
        revenue=_hundreds(plan.revenue * 0.97),
        cost=_hundreds(plan.cost * 0.97),
    )
