"""Deliveries of a demo account: volume, times, failures, quantities, money."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from reviewkit.demo.draws import Days, Draws, Ints, quota, take
from reviewkit.demo.handover import add_handover
from reviewkit.demo.lines import line_counts
from reviewkit.demo.prices import add_money
from reviewkit.demo.profile import CUTOFF, FIRST_DAY, Account
from reviewkit.demo.schedule import HOUR, Times, at_minute, in_utc, minutes, per_lane, volume

CANCELLED = ("CUST", "PROV")


def deliveries(account: Account) -> pd.DataFrame:
    """Return every delivery of `account`, one row each, times in UTC and money in cents.

    `list_cents` and `bill_day` serve the budget and the invoices and leave the house in no
    file. Rows stand in the order of their working day, then lane.
    """
    draws = account.draws("shipments")
    lane, day = volume(account, draws)
    times = Times(account, lane, day, draws)
    cancelled = _cancelled(account, times, draws)
    fails = _failures(account, times, cancelled, draws)
    frame = pd.DataFrame(
        {
            "customer_id": account.number,
            "order_no": _orders(account, lane, day, draws),
            "depot": per_lane(account, lane, lambda item: item.site),
            "product": per_lane(account, lane, lambda item: item.product),
            "destination": per_lane(account, lane, lambda item: item.destination),
            "carrier_name": _carriers(account, lane, draws),
            "bill_day": day,
        }
    )
    _add_times(frame, account, times, cancelled, fails, draws)
    _add_quantities(frame, account, times, cancelled, draws)
    _add_causes(frame, account, times, fails, draws)
    add_money(frame, account, times, cancelled, fails, draws)
    add_handover(frame, account, times)
    order = np.lexsort((np.arange(len(frame)), day))
    frame = frame.iloc[order].reset_index(drop=True)
    return frame.assign(line_count=line_counts(account, frame))


def _carriers(account: Account, lane: Ints, draws: Draws) -> npt.NDArray[Any]:
    turn = draws.whole(len(lane), 0, 5)
    names = [
        item.carriers[slot % len(item.carriers)] for item in account.lanes for slot in range(6)
    ]
    return take(names, lane * 6 + turn)


def _cancelled(account: Account, times: Times, draws: Draws) -> Ints:
    """Return 0 for a delivery that went out, 1 cancelled by the client, 2 by the provider."""
    n = len(times.lane)
    month = times.month.astype(np.int64)
    every = np.ones(n, dtype=np.bool_)
    client = quota(month, np.full(n, account.cancelled_by_client), draws.unit(n), every)
    provider = quota(month, np.full(n, account.cancelled_by_provider), draws.unit(n), ~client)
    return client.astype(np.int64) + 2 * provider


def _failures(account: Account, times: Times, cancelled: Ints, draws: Draws) -> pd.DataFrame:
    """Return which deliveries came late, too early, or without a recorded time."""
    n = len(times.lane)
    went = cancelled == 0
    known = went & ~draws.flags(n, account.gaps)
    group = times.month.astype(np.int64) * len(account.lanes) + times.lane
    first = np.datetime64(FIRST_DAY, "M")
    at = np.clip((times.month - first).astype(np.int64), 0, len(account.on_time) - 1)
    rate = np.asarray(account.on_time)[at]
    rate = rate + np.array([item.on_time for item in account.lanes])[times.lane]
    weight = np.ones(n)
    slide = account.slide
    if slide:
        for month, share in slide.on_time.items():
            here = times.month == np.datetime64(month)
            lane = np.isin(times.lane, np.unique(times.lane[times.sliding]))
            rate = np.where(here & lane, share, rate)
            weight = np.where(here & lane & ~times.sliding, 0.05, weight)
        weekday = pd.DatetimeIndex(times.day).day_of_week == slide.weekday
        weight = np.where(times.sliding & weekday, 9.0, weight)
    missed = quota(group, 1.0 - rate, draws.unit(n) / weight, known)
    overnight = times.due_day > times.day
    early = missed & overnight & draws.flags(n, account.early)
    return pd.DataFrame({"went": went, "known": known, "late": missed & ~early, "early": early})


def _add_times(
    frame: pd.DataFrame,
    account: Account,
    times: Times,
    cancelled: Ints,
    fails: pd.DataFrame,
    draws: Draws,
) -> None:
    n = len(frame)
    went = fails["went"].to_numpy()
    late, early = fails["late"].to_numpy(), fails["early"].to_numpy()
    width = (times.due - times.opens).astype("timedelta64[m]").astype(np.int64)
    inside = times.due - (draws.unit(n) * width).astype(np.int64).astype("timedelta64[m]")
    # A few minutes late is inside every tolerance that the demo's contracts give.
    nearly = draws.flags(n, 0.012) & (account.tolerance_minutes > 0)
    arrived = np.where(nearly, times.due + minutes(draws.whole(n, 4, 24)), inside)
    kind = draws.pick(n, (0.45, 0.37, 0.18))
    kind = np.where(times.sliding & (kind == 0), 1, kind)
    hours = times.due + minutes(draws.whole(n, 75, 4 * HOUR))
    later = at_minute(
        np.busday_offset(times.due_day, np.maximum(kind, 1), roll="forward"),
        draws.whole(n, 8 * HOUR, 15 * HOUR),
    )
    arrived = np.where(late, np.where(kind == 0, hours, later), arrived)
    arrived = np.where(early, times.opens - minutes(draws.whole(n, 130, 200)), arrived)
    cancel_at = times.ordered + minutes(draws.whole(n, 30, 10 * HOUR))
    frame["created_utc"] = in_utc(times.ordered, times.zone)
    frame["window_from_utc"] = in_utc(times.opens, times.zone)
    frame["window_to_utc"] = in_utc(times.due, times.zone)
    frame["departed_utc"] = in_utc(times.shipped, times.zone).where(went)
    pod = in_utc(arrived, times.zone).where(fails["known"].to_numpy())
    frame["pod_utc"] = pod.where(pod <= pd.Timestamp(CUTOFF))
    frame["cancelled_utc"] = in_utc(cancel_at, times.zone).where(~went)
    frame["cancel_code"] = take([None, *CANCELLED], cancelled)


def _add_quantities(
    frame: pd.DataFrame, account: Account, times: Times, cancelled: Ints, draws: Draws
) -> None:
    n = len(frame)
    month = times.month.astype(np.int64)
    went = cancelled == 0
    typical = np.array([item.units for item in account.lanes])[times.lane]
    ordered = np.maximum(2, np.floor(typical * draws.between(n, 0.4, 1.6))).astype(np.int64)
    short = quota(month, np.full(n, 1.0 - account.in_full), draws.unit(n), went)
    missing = np.minimum(ordered - 1, 1 + np.floor(ordered * draws.between(n, 0.0, 0.2)))
    delivered = pd.Series(ordered - np.where(short, missing, 0).astype(np.int64), dtype="Int64")
    damaged = quota(month, np.full(n, account.damaged), draws.unit(n), went)
    hurt = pd.Series(np.where(damaged, draws.whole(n, 1, 2), 0), dtype="Int64")
    # Without a time of receipt the count alone tells that it arrived, so it is never absent.
    counted = went & (frame["pod_utc"].isna().to_numpy() | ~draws.flags(n, account.uncounted))
    weight = np.array([item.weight_kg for item in account.lanes])[times.lane]
    frame["qty_ordered"] = ordered
    frame["qty_delivered"] = delivered.where(counted)
    frame["qty_damaged"] = hurt.where(went)
    frame["gross_kg"] = np.round(weight * ordered / typical * draws.between(n, 0.9, 1.1), 1)


def _add_causes(
    frame: pd.DataFrame, account: Account, times: Times, fails: pd.DataFrame, draws: Draws
) -> None:
    n = len(frame)
    late = fails["late"].to_numpy()
    causes = list(account.causes)
    if not causes:
        frame["delay_reason"] = frame["delay_party"] = None
        return
    index = draws.pick(n, [cause.weight for cause in causes])
    swayed = draws.flags(n, 0.9)
    if account.slide:
        causes.append(account.slide.cause)
        index = np.where(times.sliding & swayed, len(causes) - 1, index)
    noted = late & ~draws.flags(n, 0.05)
    # The last entry of each list is for what was on time, or late without a record.
    index = np.where(noted, index, len(causes))
    frame["delay_reason"] = take([*(cause.text for cause in causes), None], index)
    frame["delay_party"] = take([*(cause.fault for cause in causes), None], index)


def _orders(account: Account, lane: Ints, day: Days, draws: Draws) -> npt.NDArray[Any]:
    """Return order numbers; about one order in fifty comes as two deliveries."""
    n = len(lane)
    same = np.zeros(n, dtype=np.bool_)
    same[1:] = (lane[1:] == lane[:-1]) & (day[1:] == day[:-1])
    joins = same & draws.flags(n, 0.02)
    joins[1:] &= ~joins[:-1]
    number = np.cumsum(~joins)
    return np.array([f"{account.number[2:]}-{value:06d}" for value in number.tolist()], object)
