"""The budget of a demo account: what was planned before anything happened to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from reviewkit.demo.billing import Line
from reviewkit.demo.profile import Account
from reviewkit.demo.schedule import month_of
from reviewkit.demo.warehouse import SERVICE

REVISED_FROM = "2026-04"
"""From this month on a second version of each budget replaces the first."""


@dataclass(frozen=True)
class Plan:
    """One month and product in one version of the budget; money in whole units."""

    customer: str
    month: str
    product: str
    version: str
    units: int | None
    revenue: int
    cost: int


def budget(account: Account, deliveries: pd.DataFrame, work: list[Line]) -> list[Plan]:
    """Return the account's budget, by version, month and product.

    It is made from the deliveries at list price and planned cost, volume about 1 % short,
    so that a re-rating and premium freight are all that can part it from what happened.
    A ramp was not foreseen. Work in store has no units of its own.
    """
    draws = account.draws("budget")
    went = deliveries[deliveries["went"]]
    month = month_of(went["bill_day"])
    sums = went.groupby([month, "product"], sort=True)[["list_cents", "plan_cost_cents"]].sum()
    sums["units"] = went.groupby([month, "product"], sort=True).size()
    ramp = account.ramp
    out: list[Plan] = []
    for (name, product), row in zip(sums.index.tolist(), sums.to_dict("records"), strict=True):
        volume, price, cost = (float(value) for value in draws.unit(3))
        if ramp and ramp.product == product and name >= f"{ramp.since:%Y-%m}":
            row = {key: value / ramp.factor for key, value in row.items()}
        count = max(1, int(row["units"]))
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
            plan = replace(plan, version="2")
        out.append(plan)
    return [*out, *_in_store(account, work)]


def _in_store(account: Account, work: list[Line]) -> list[Plan]:
    """Return the budget of work in store: the price of the work, less a little."""
    draws = account.draws("budget", SERVICE)
    total: dict[str, int] = {}
    for line in work:
        total[f"{line.issued_on:%m/%Y}"] = total.get(f"{line.issued_on:%m/%Y}", 0) + line.cents
    return [
        Plan(
            *(account.name, month, SERVICE, "1", None),
            revenue=_hundreds(cents / 100 * float(draws.between(1, 0.985, 1.0)[0])),
            cost=_hundreds(cents / 100 * 0.85),
        )
        for month, cents in total.items()
    ]


def _hundreds(amount: float) -> int:
    return 100 * round(amount / 100)


def _first(plan: Plan) -> Plan:
    """Return what had been planned before the revision: a little less of everything."""
    return Plan(
        customer=plan.customer,
        month=plan.month,
        product=plan.product,
        version="1",
        units=None if plan.units is None else round(plan.units * 0.97),
        revenue=_hundreds(plan.revenue * 0.97),
        cost=_hundreds(plan.cost * 0.97),
    )
