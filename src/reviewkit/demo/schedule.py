"""The timetable of a demo account: how many deliveries a day, ordered, due and leaving when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from reviewkit.demo.draws import Days, Draws, Flags, Floats, Ints, take
from reviewkit.demo.profile import LAST_DAY, ZONES, Account, Lane

HOUR = 60
"""Minutes in an hour: the timetable counts in minutes."""


def per_lane(account: Account, lane: Ints, what: Callable[[Lane], object]) -> npt.NDArray[Any]:
    """Return a property of each delivery's lane."""
    return take([what(item) for item in account.lanes], lane)


def volume(account: Account, draws: Draws) -> tuple[Ints, Days]:
    """Return lane and working day of each delivery."""
    days = np.arange(
        np.datetime64(account.since), np.datetime64(LAST_DAY) + 1, dtype="datetime64[D]"
    )
    stamps = pd.DatetimeIndex(days)
    years = (days - np.datetime64("2026-07-01")).astype(np.int64) / 365.0
    level = (
        np.asarray(account.weekday)[stamps.day_of_week]
        * np.asarray(account.season)[stamps.month - 1]
    )
    level = level * np.maximum(0.15, 1.0 + account.growth * years)
    holiday = ((stamps.month == 12) & np.isin(stamps.day, (25, 26))) | (stamps.day_of_year == 1)
    level = np.where(holiday, 0.0, level)
    mean: Floats = np.outer([lane.per_day for lane in account.lanes], level)
    if account.ramp:
        on = [lane.product == account.ramp.product for lane in account.lanes]
        later = days >= np.datetime64(account.ramp.since)
        mean = np.where(np.outer(on, later), mean * account.ramp.factor, mean)
    mean = np.ravel(mean)
    count = np.floor(mean * draws.between(len(mean), 0.85, 1.15) + draws.unit(len(mean)))
    count = np.where(mean > 0, count, 0.0).astype(np.int64)
    cell = np.repeat(np.arange(len(mean)), count)
    return cell // len(days), days[cell % len(days)]


class Times:
    """When each delivery was ordered, promised and due to leave, in the site's own time."""

    def __init__(self, account: Account, lane: Ints, day: Days, draws: Draws) -> None:
        n = len(lane)
        lanes = account.lanes
        transit = np.array([item.transit_days for item in lanes])[lane]
        opens = np.array([item.window[0] for item in lanes])[lane]
        closes = np.array([item.window[1] for item in lanes])[lane]
        leaves = np.array([item.leaves_at for item in lanes])[lane]
        self.lane, self.day = lane, day
        self.due_day = np.busday_offset(day, transit, roll="forward")
        lead = draws.whole(n, 1, 2)
        self.ordered = at_minute(
            np.busday_offset(day, -lead, roll="backward"), draws.whole(n, 8 * HOUR, 17 * HOUR)
        )
        self.opens = at_minute(self.due_day, opens * HOUR)
        self.due = at_minute(self.due_day, closes * HOUR)
        self.shipped = at_minute(day, leaves * HOUR + draws.whole(n, 0, 3 * HOUR))
        self.month = self.due_day.astype("datetime64[M]")
        self.zone = per_lane(account, lane, lambda item: ZONES[item.site])
        slide = account.slide
        self.sliding: Flags = np.zeros(n, dtype=np.bool_)
        if slide:
            on_lane = [
                item.site == slide.site and item.destination == slide.destination for item in lanes
            ]
            self.sliding = np.array(on_lane)[lane] & (day >= np.datetime64(slide.since))


def month_of(days: pd.Series) -> pd.Series:
    """Return the month of each day as `2026-09`."""
    months, index = np.unique(days.to_numpy().astype("datetime64[M]"), return_inverse=True)
    return pd.Series(take(months.astype(str).tolist(), index), index=days.index, name="month")


def at_minute(day: Days, minutes: Ints) -> Days:
    """Return the moment `minutes` after midnight of each day."""
    return np.asarray(day.astype("datetime64[s]") + minutes.astype("timedelta64[m]"))


def in_utc(local: Days, zone: npt.NDArray[Any]) -> pd.Series:
    """Return local times as UTC without a zone, each read in its own `zone`.

    An hour that a clock leaves out is read as the hour after it, one that it repeats as winter's.
    """
    out = np.empty(len(local), dtype="datetime64[us]")
    for name in sorted(set(zone)):
        here = zone == name
        winter = np.zeros(int(here.sum()), dtype=np.bool_)
        stamps = pd.DatetimeIndex(local[here]).tz_localize(
            name, ambiguous=winter, nonexistent="shift_forward"
        )
        out[here] = stamps.tz_convert("UTC").tz_localize(None).to_numpy()
    return pd.Series(out)


def minutes(count: Ints) -> npt.NDArray[np.timedelta64]:
    """Return minutes as a span of time."""
    return count.astype("timedelta64[m]")
