"""A period: a run of whole months, or of a client's fiscal periods."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from reviewkit.periods.fiscal import GREGORIAN, FiscalCalendar, Kind

_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A run of whole months, or of weeks where the fiscal calendar has them; both ends included.

    `number` counts periods of the kind within the year, from 1; a kind "month" is a fiscal
    period where it is fiscal. `calendar` is the client's own. A span has no number.
    """

    kind: Kind
    year: int
    number: int
    fiscal: bool
    calendar: FiscalCalendar
    start: dt.date
    end: dt.date

    @property
    def id(self) -> str:
        """The period as it is written on the command line and in paths."""
        name = f"FY{self.year:04d}" if self.fiscal else f"{self.year:04d}"
        match self.kind:
            case "month":
                return f"{name}-{'P' if self.fiscal else ''}{self.number:02d}"
            case "quarter":
                return f"{name}Q{self.number}"
            case "half":
                return f"{name}H{self.number}"
            case "year":
                return name
            case "span":
                return f"{self.start.isoformat()}..{self.end.isoformat()}"

    @property
    def in_weeks(self) -> bool:
        """Tell whether the period is made of weeks, not of calendar months."""
        return self.fiscal and self.calendar.in_weeks

    @property
    def label(self) -> str:
        """The period as a column head: "Q3 2026", "Sep 2026", "Q4 FY2026", "P09 FY2026"."""
        name = f"FY{self.year}" if self.fiscal else str(self.year)
        match self.kind:
            case "month" if self.in_weeks:
                return f"P{self.number:02d} {name}"
            case "month":
                return f"{_NAMES[self.start.month - 1][:3]} {self.start.year}"
            case "quarter":
                return f"Q{self.number} {name}"
            case "half":
                return f"H{self.number} {name}"
            case "year":
                return name
            case "span":
                return self.title

    @property
    def title(self) -> str:
        """The period in words: "July to September 2026", "P09 FY2026 (25 Oct – 21 Nov 2026)"."""
        if self.in_weeks:
            return self.dates if self.kind == "span" else f"{self.label} ({self.dates})"
        first, last = _NAMES[self.start.month - 1], _NAMES[self.end.month - 1]
        if (self.start.year, first) == (self.end.year, last):
            return f"{last} {self.end.year}"
        opening = first if self.start.year == self.end.year else f"{first} {self.start.year}"
        return f"{opening} to {last} {self.end.year}"

    @property
    def dates(self) -> str:
        """The first and last day: "25 Oct – 21 Nov 2026"."""
        opening, closing = (
            f"{day.day} {_NAMES[day.month - 1][:3]}" for day in (self.start, self.end)
        )
        year = "" if self.start.year == self.end.year else f" {self.start.year}"
        return f"{opening}{year} – {closing} {self.end.year}"

    @property
    def noun(self) -> str:
        """What one such period is called in a sentence: "month", "quarter"; "period" of weeks."""
        return "period" if self.kind == "month" and self.in_weeks else self.kind

    @property
    def per_year(self) -> int:
        """Number of such periods in a year; a span is one of its own."""
        return 1 if self.kind == "span" else self._own.per_year(self.kind)

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def weeks(self) -> int | None:
        """Number of weeks of a period that is made of them; `None` of one made of months."""
        return self.days // 7 if self.in_weeks else None

    def length_against(self, other: Period) -> str:
        """Return "13 against 14 weeks" where a comparison with `other` is of unlike lengths.

        It is empty for periods of equal length, and for months, whose days always differ.
        """
        if self.weeks is None or other.weeks is None or self.weeks == other.weeks:
            return ""
        return f"{self.weeks} against {other.weeks} weeks"

    def prior(self) -> Period:
        """Return the period of the same kind that ends the day before this one starts."""
        return self._back(1)

    def year_ago(self) -> Period:
        """Return the period of the same number one year earlier, whatever its length in weeks."""
        if self.kind == "span":
            return self._span(-self._own.count)
        return build(self.kind, self.year - 1, self.number, self.fiscal, self.calendar)

    def year_to_date(self) -> Period:
        """Return the span from the start of the period's own year to its end."""
        start = self._own.opening(self._own.year_of(self.end))
        return Period("span", self.year, 0, self.fiscal, self.calendar, start, self.end)

    def twin(self) -> Period | None:
        """Return the period of the client's other calendar with the same days, if there is one.

        ``2026Q3`` is ``FY2027Q2`` where the fiscal year starts in April, and no fiscal
        quarter where it starts in February.
        """
        if self.kind == "span":
            return None
        other = holding(self.kind, self.start, not self.fiscal, self.calendar)
        return other if (other.start, other.end) == (self.start, self.end) else None

    def months(self) -> tuple[Period, ...]:
        """Return the months of the period, or its fiscal periods, oldest first."""
        first, last = self._own.ordinal(self.start), self._own.ordinal(self.end)
        return tuple(
            build("month", at // self._own.count, at % self._own.count + 1, *self._whose)
            for at in range(first, last + 1)
        )

    def run(self, count: int) -> tuple[Period, ...]:
        """Return `count` periods of this kind that end with this one, oldest first."""
        return tuple(self._back(steps) for steps in range(count - 1, -1, -1))

    def contains(self, day: dt.date) -> bool:
        """Tell whether `day` lies in the period."""
        return self.start <= day <= self.end

    def is_over(self, as_of: dt.date) -> bool:
        """Tell whether the period has ended before `as_of` begins."""
        return self.end < as_of

    @property
    def _own(self) -> FiscalCalendar:
        return self.calendar if self.fiscal else GREGORIAN

    @property
    def _whose(self) -> tuple[bool, FiscalCalendar]:
        return self.fiscal, self.calendar

    def _back(self, steps: int) -> Period:
        if self.kind == "span":
            return self._span(-steps * len(self.months()))
        per_year = self._own.per_year(self.kind)
        year, position = divmod(self.year * per_year + self.number - 1 - steps, per_year)
        return build(self.kind, year, position + 1, *self._whose)

    def _span(self, periods: int) -> Period:
        own = self._own
        first, last = own.ordinal(self.start) + periods, own.ordinal(self.end) + periods
        start, end = own.first_day_of(first), own.first_day_of(last + 1) - _DAY
        return Period("span", last // own.count, 0, *self._whose, start, end)


@lru_cache(maxsize=4096)
def build(kind: Kind, year: int, number: int, fiscal: bool, calendar: FiscalCalendar) -> Period:
    """Return a period by its year and its number in it."""
    own = calendar if fiscal else GREGORIAN
    return Period(kind, year, number, fiscal, calendar, *own.bounds(kind, year, number))


def holding(kind: Kind, day: dt.date, fiscal: bool, calendar: FiscalCalendar) -> Period:
    """Return the period of `kind` that holds `day`."""
    own = calendar if fiscal else GREGORIAN
    return build(kind, *own.number(kind, day), fiscal, calendar)
