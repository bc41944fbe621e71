"""Hours that a local clock skips: a time in one of them was on no clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from reviewkit.accounts.casts import Reading, parse

_YEARS = 6
"""Years up to the cut-off, and one beyond, in which skipped hours are looked for."""


_TIMED = ("%H", "%I")
_NOT_LOCAL = r"(Z|[+-]\d{2}(:?\d{2})?)$"
"""How a time with an offset ends, and a date without a time."""


def local_time(given: ir.Value, reading: Reading) -> ir.Value | None:
    """Return what the clock showed in each cell of text; `None` where no hour can be skipped."""
    timed = reading.format is None or any(part in reading.format for part in _TIMED)
    if reading.timezone == "UTC" or not timed or not given.type().is_string():
        return None
    return parse(given, "timestamp", replace(reading, timezone="UTC", until_end_of_day=False))


def skipped(
    local: ir.Value, written: ir.Value, reading: Reading, cutoff: dt.datetime
) -> ir.BooleanValue | None:
    """Tell of each `local` time whether it was skipped; `None` where no clock was put on.

    `written` is the cell as text: a time with an offset, and a date alone, are on every clock.
    """
    hours = skipped_hours(reading.timezone, cutoff.year)
    if not hours:
        return None
    gone = ibis.or_(*((local >= start) & (local < end) for start, end in hours))
    return gone if reading.format else gone & ~written.re_search(_NOT_LOCAL)


@lru_cache
def skipped_hours(timezone: str, last: int) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    """Return when the clocks of `timezone` were put on, from and to, by their own time.

    >>> [str(hour) for hour in skipped_hours("Europe/Amsterdam", 2026)[-2]]
    ['2026-03-29 02:00:00', '2026-03-29 03:00:00']
    """
    zone = ZoneInfo(timezone)
    hour = dt.timedelta(hours=1)
    moment = dt.datetime(last - _YEARS, 1, 1, tzinfo=dt.UTC)
    found = []
    while moment.year < last + 2:
        day = moment + 24 * hour
        if moment.astimezone(zone).utcoffset() != day.astimezone(zone).utcoffset():
            found += [_between(moment + n * hour / 4, zone) for n in range(96)]
        moment = day
    return tuple(gap for gap in found if gap[0] < gap[1])


def _between(moment: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Return what the clock should show a quarter of an hour later, and what it shows then.

    A date is often written as its midnight, so that one is left out where it was skipped.
    """
    quarter = dt.timedelta(minutes=15)
    due = moment.astimezone(zone).replace(tzinfo=None) + quarter
    shown = (moment + quarter).astimezone(zone).replace(tzinfo=None)
    midnight = shown > due and due.time() == dt.time()
    return due + dt.timedelta(microseconds=midnight), shown
