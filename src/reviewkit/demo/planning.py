"""What a demo account's months cost the provider, and what its client had forecast for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reviewkit.demo.billing import Line
from reviewkit.demo.profile import LAST_DAY, Account
from reviewkit.demo.schedule import month_of
from reviewkit.demo.warehouse import SERVICE

OVERHEAD = 0.035
POOLS = {
    "INB": ("receiving", "pallets", 0.84),
    "STO": ("storage", "pallet days", 0.86),
    "PIK": ("picking", "lines", 0.83),
    "RET": ("returns", "returns", 0.90),
    "VAS": ("value-added work", "pieces", 0.78),
}
"""Cost pool, driver, and cost as a share of the price, of each charge of the tariff."""

FORECAST_FROM = "2025-07"
FROZEN_DAYS = (62, 31)
"""Days before a month begins at which its forecast was frozen: an early and a late version."""

AHEAD = 3
"""Months after the last one that the client has already forecast."""


@dataclass(frozen=True)
class Cost:
    """The cost of one pool in one month for one product, in cents."""

    account: str
    month: str
    product: str
    pool: str
    cents: int
    driver: str
    quantity: int


def costs(account: Account, deliveries: pd.DataFrame, lines: list[Line]) -> list[Cost]:
    """Return the account's costs: freight as paid, work in store, and a share of overhead."""
    went = deliveries[deliveries["went"]]
    month = month_of(went["bill_day"])
    sums = went.groupby([month, "product"], sort=True)[["cost_cents", "list_cents"]].sum()
    count = went.groupby([month, "product"], sort=True).size()
    out: list[Cost] = []
    for (name, product), paid, listed in zip(
        sums.index.tolist(), sums["cost_cents"].tolist(), sums["list_cents"].tolist(), strict=True
    ):
        number = int(count[name, product])
        out += [
            Cost(account.number, name, product, "transport", int(paid), "deliveries", number),
            Cost(
                *(account.number, name, product, "overhead"),
                *(int(listed * OVERHEAD), "deliveries", number),
            ),
        ]
    return sorted([*out, *_in_store(account, lines)], key=lambda c: (c.month, c.product, c.pool))


def _in_store(account: Account, lines: list[Line]) -> list[Cost]:
    draws = account.draws("costs")
    total: dict[tuple[str, str], tuple[float, int]] = {}
    for line in lines:
        key = f"{line.issued_on:%Y-%m}", line.charge
        quantity, cents = total.get(key, (0.0, 0))
        total[key] = quantity + line.quantity, cents + line.cents
    out: list[Cost] = []
    for (name, charge), (quantity, cents) in sorted(total.items()):
        pool, driver, share = POOLS[charge]
        amount = int(cents * share * float(draws.between(1, 0.98, 1.02)[0]))
        out.append(Cost(account.number, name, SERVICE, pool, amount, driver, round(quantity)))
    return out


@dataclass(frozen=True)
class Forecast:
    """Units that the client expected to order of one product in one month."""

    account: str
    month: str
    product: str
    units: int
    frozen: dt.date


def forecasts(account: Account, deliveries: pd.DataFrame) -> list[Forecast]:
    """Return both versions of each month's forecast; the earlier one is further off.

    What the client did not see coming, a ramp, is in no forecast.
    """
    draws = account.draws("forecast")
    month = month_of(deliveries["bill_day"])
    ordered = deliveries.groupby(["product", month], sort=True)["qty_ordered"].sum()
    last = pd.Period(f"{LAST_DAY:%Y-%m}", "M")
    out: list[Forecast] = []
    for product in sorted(set(deliveries["product"])):
        known = ordered[product].astype("float64")
        ramp = account.ramp
        if ramp and ramp.product == product:
            known = known.where(known.index < f"{ramp.since:%Y-%m}", known / ramp.factor)
        for period in pd.period_range(FORECAST_FROM, last + AHEAD, freq="M"):
            same = period if period <= last else period - 12
            if str(same) not in known.index:
                continue
            for days, spread in zip(FROZEN_DAYS, (0.12, 0.07), strict=True):
                off = 1.01 + spread * float(draws.between(1, -1.0, 1.0)[0])
                frozen = period.start_time.date() - dt.timedelta(days=days)
                if frozen <= LAST_DAY:
                    units = int(np.round(float(known[str(same)]) * off / 10)) * 10
                    out.append(Forecast(account.number, str(period), product, units, frozen))
    return sorted(out, key=lambda item: (item.frozen, item.month, item.product))
