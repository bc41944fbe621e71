"""Fiscal calendars: years of months, or of whole weeks in twelve or thirteen periods."""

from __future__ import annotations

import calendar as months
import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal

Kind = Literal["month", "quarter", "half", "year", "span"]
Pattern = Literal["months", "4-4-5", "4-5-4", "5-4-4", "13x4"]
NamedBy = Literal["end", "start"]

WEEKS: Mapping[Pattern, tuple[int, ...]] = {
    "4-4-5": (4, 4, 5) * 4,
    "4-5-4": (4, 5, 4) * 4,
    "5-4-4": (5, 4, 4) * 4,
    "13x4": (4,) * 13,
}
"""Weeks of each period of a year of 52 weeks; a pattern that is not here is made of months."""

COMPOSED: Mapping[int, Mapping[Kind, tuple[int, ...]]] = {
    12: {"month": (1,) * 12, "quarter": (3,) * 4, "half": (6, 6), "year": (12,)},
    13: {"month": (1,) * 13, "quarter": (3, 3, 3, 4), "half": (6, 7), "year": (13,)},
}
"""Of how many periods each quarter, half and year is made, by the periods of a year."""

SHORT = 52
"""Weeks of a year, unless it has one more."""


@dataclass(frozen=True)
class YearEnd:
    """The last day of a fiscal year: a `weekday` (Monday is 0) at the end of a `month`.

    "last" is the month's last such day; "nearest" the one nearest to the month's last day,
    which may lie in the month after.
    """

    rule: Literal["last", "nearest"]
    weekday: int
    month: int

    def of(self, year: int) -> dt.date:
        """Return the year end that belongs to `month` of `year`.

        >>> YearEnd("nearest", 5, 1).of(2024), YearEnd("last", 5, 1).of(2024)
        (datetime.date(2024, 2, 3), datetime.date(2024, 1, 27))
        """
        closing = dt.date(year, self.month, months.monthrange(year, self.month)[1])
        back = dt.timedelta(days=(closing.weekday() - self.weekday) % 7)
        ahead = dt.timedelta(days=7) - back
        return closing + ahead if self.rule == "nearest" and ahead < back else closing - back


@dataclass(frozen=True)
class FiscalCalendar:
    """How a client divides its years; the default is the calendar year itself.

    A pattern of months needs `first_month`. One of weeks needs either `ends`, or `first_day`
    of one year and the `long_years` (by their names) that have 53 weeks; every year then
    has 52 or 53 of them, and the 53rd belongs to `long_period`, by default the last. A year is
    named by the calendar year in which it ends, or starts; the few days by which a year of
    weeks crosses New Year change nothing.
    """

    pattern: Pattern = "months"
    first_month: int = 1
    ends: YearEnd | None = None
    first_day: dt.date | None = None
    long_years: tuple[int, ...] = ()
    long_period: int | None = None
    named_by: NamedBy = "end"

    @property
    def in_weeks(self) -> bool:
        """Tell whether periods are made of weeks, not of calendar months."""
        return self.pattern in WEEKS

    @property
    def plain(self) -> bool:
        """Tell whether fiscal years are the calendar years."""
        return not self.in_weeks and self.first_month == 1

    @property
    def count(self) -> int:
        """Number of periods in a year: twelve or thirteen."""
        return len(WEEKS.get(self.pattern, WEEKS["4-4-5"]))

    def opening(self, year: int) -> dt.date:
        """Return the first day of the fiscal year called `year`."""
        if self.ends is not None:
            later = self.named_by == "start" and self.ends.month < 12
            return self.ends.of(year if later else year - 1) + dt.timedelta(days=1)
        if self.first_day is not None:
            return self._counted(self.first_day, year)
        earlier = self.named_by == "end" and self.first_month > 1
        return dt.date(year - 1 if earlier else year, self.first_month, 1)

    def starts(self, year: int) -> tuple[dt.date, ...]:
        """Return the first day of each period of `year`, and that of the year after."""
        return _starts(self, year)

    def year_of(self, day: dt.date) -> int:
        """Return the name of the fiscal year that holds `day`."""
        year = day.year
        while self.opening(year) > day:
            year -= 1
        while self.opening(year + 1) <= day:
            year += 1
        return year

    def ordinal(self, day: dt.date) -> int:
        """Return the number of the period that holds `day`, counted through all years."""
        year = self.year_of(day)
        return year * self.count + bisect_right(self.starts(year), day) - 1

    def first_day_of(self, ordinal: int) -> dt.date:
        """Return the first day of the period with this number through all years."""
        year, position = divmod(ordinal, self.count)
        return self.starts(year)[position]

    def composes(self, start: dt.date, end: dt.date) -> bool:
        """Tell whether the days from `start` to `end` are whole periods."""
        following = end + dt.timedelta(days=1)
        return all(self.first_day_of(self.ordinal(day)) == day for day in (start, following))

    def per_year(self, kind: Kind) -> int:
        """Return how many periods of `kind` a year has."""
        return len(COMPOSED[self.count][kind])

    def bounds(self, kind: Kind, year: int, number: int) -> tuple[dt.date, dt.date]:
        """Return the first and last day of a period; `number` counts from 1."""
        edges = (0, *accumulate(COMPOSED[self.count][kind]))
        starts = self.starts(year)
        return starts[edges[number - 1]], starts[edges[number]] - dt.timedelta(days=1)

    def number(self, kind: Kind, day: dt.date) -> tuple[int, int]:
        """Return year and number of the period of `kind` that holds `day`."""
        year, position = divmod(self.ordinal(day), self.count)
        return year, bisect_right(tuple(accumulate(COMPOSED[self.count][kind])), position) + 1

    def _counted(self, first_day: dt.date, year: int) -> dt.date:
        # The last week of a year, or the first, is what it has in the year it is named by.
        named = first_day + dt.timedelta(days=6 if self.named_by == "start" else SHORT * 7 - 7)
        between = range(min(named.year, year), max(named.year, year))
        weeks = len(between) * SHORT + len(set(self.long_years) & set(between))
        return first_day + dt.timedelta(weeks=weeks if year > named.year else -weeks)


@lru_cache(maxsize=4096)
def _starts(calendar: FiscalCalendar, year: int) -> tuple[dt.date, ...]:
    opening, following = calendar.opening(year), calendar.opening(year + 1)
    if not calendar.in_weeks:
        first = opening.year * 12 + opening.month - 1
        return tuple(dt.date(at // 12, at % 12 + 1, 1) for at in range(first, first + 13))
    weeks = list(WEEKS[calendar.pattern])
    longer = calendar.long_period or len(weeks)
    weeks[longer - 1] += (following - opening).days // 7 - SHORT
    return tuple(opening + dt.timedelta(weeks=passed) for passed in (0, *accumulate(weeks)))


GREGORIAN = FiscalCalendar()
"""Calendar months and years."""


def calendar_of(given: FiscalCalendar | int) -> FiscalCalendar:
    """Return the calendar meant by `given`, which may be the first month of the fiscal year."""
    return FiscalCalendar(first_month=given) if isinstance(given, int) else given
