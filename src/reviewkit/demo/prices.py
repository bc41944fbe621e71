"""What each delivery of a demo account is charged and costs, in cents."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewkit.demo.draws import Days, Draws, Floats, Ints
from reviewkit.demo.profile import Account
from reviewkit.demo.schedule import Times, per_lane


def add_money(
    frame: pd.DataFrame,
    account: Account,
    times: Times,
    cancelled: Ints,
    fails: pd.DataFrame,
    draws: Draws,
) -> None:
    """Add charges and costs to `frame`; what was cancelled has neither.

    `list_cents` is the charge without a re-rating and `plan_cost_cents` the cost without
    premium freight: the budget was made of both.
    """
    n = len(frame)
    went = cancelled == 0
    lanes, lane = account.lanes, times.lane
    stamps = pd.DatetimeIndex(times.day)
    steps = stamps.year - 2026 + (stamps.month >= account.escalator_month)
    escalator = np.asarray(1.0 + 0.025 * (steps - 1), dtype=np.float64)
    rate = np.array([item.rate for item in lanes])[lane]
    minimum = np.array([item.minimum for item in lanes])[lane]
    base = np.maximum(minimum, rate * frame["gross_kg"].to_numpy() / 100.0) * escalator
    fuel = _fuel_rate(account, times.month)
    fee = np.where(draws.flags(n, 0.06), account.billing.appointment, 0.0)
    agreed = _rerated(account, times, base)
    listed = _cents(base) + _cents(base * fuel) + _cents(fee)
    frame["base_cents"] = np.where(went, _cents(agreed), 0)
    frame["fuel_cents"] = np.where(went, _cents(agreed * fuel), 0)
    frame["fee_cents"] = np.where(went, _cents(fee), 0)
    frame["list_cents"] = np.where(went, listed, 0)
    margin = np.array([item.margin for item in lanes])[lane]
    cost = listed * (1.0 - margin) * draws.between(n, 0.9, 1.1)
    frame["plan_cost_cents"] = np.where(went, np.floor(cost), 0).astype(np.int64)
    if account.slide:
        rescued = times.sliding & draws.flags(n, 0.4) & ~fails["late"].to_numpy()
        cost = np.where(rescued, cost * (1.0 + account.slide.premium), cost)
    frame["cost_cents"] = np.where(went, np.floor(cost), 0).astype(np.int64)
    frame["went"] = went


def _rerated(account: Account, times: Times, base: Floats) -> Floats:
    change = account.rerate
    if change is None:
        return base
    product = per_lane(account, times.lane, lambda item: item.product) == change.product
    since = times.day >= np.datetime64(change.since)
    return np.where(product & since, base * change.factor, base)


def _fuel_rate(account: Account, month: Days) -> Floats:
    """Return the fuel surcharge of each month: a share of the base charge, to 0.1 %."""
    wave = np.array((0, 3, 5, 4, 1, -2, -5, -4, -1, 2, 6, 7), dtype=np.float64)
    index = month.astype("datetime64[M]").astype(np.int64)
    return account.billing.fuel + wave[index % 12] / 1000.0


def _cents(amount: Floats) -> Ints:
    return np.floor(amount * 100.0 + 0.5).astype(np.int64)
