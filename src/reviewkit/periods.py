"""Periods: calendar and fiscal months, quarters, halves and years.

``2026-09``, ``2026Q3``, ``2026H2`` and ``2026`` are calendar periods; ``FY2026-P09``,
``FY2026Q3``, ``FY2026H1`` and ``FY2026`` are fiscal ones, in a year that starts with the
client's own month and is named by the year it ends in. Nothing here reads a clock.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from reviewkit.errors import PeriodError

Kind = Literal["month", "quarter", "half", "year", "span"]

MONTHS_IN: dict[Kind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""Length of each kind in months; a span has a length of its own."""

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
_PATTERN = re.compile(r"(FY)?(\d{4})(?:-(P?)(\d{2})|Q(\d)|H(\d))?", re.ASCII)
_ACCEPTED = (
    "Write 2026-09, 2026Q3, 2026H2 or 2026 for calendar periods, "
    "FY2026-P09, FY2026Q3, FY2026H1 or FY2026 for fiscal ones."
)
_SLIPS = (
    (r"\s+", ""),
    (r"^(Q|H)([1-4])-?((?:FY)?\d+)$", r"\3\1\2"),
    (r"/", "-"),
    (r"-(Q|H)", r"\1"),
    (r"-(P?)(\d)$", r"-\g<1>0\2"),
    (r"^FY(\d\d)(?!\d)", r"FY20\1"),
    (r"^FY(\d{4})-(\d\d)$", r"FY\1-P\2"),
    (r"^(\d{4})-P(\d\d)$", r"FY\1-P\2"),
)
"""Ways in which an id is written almost right, and the right one; in capitals, in this order."""


@dataclass(frozen=True)
class Period:
    """A run of whole months, both ends included.

    `number` counts periods of the kind within the year, from 1. A fiscal `year` is the
    calendar year in which the fiscal year ends. A span has no number of its own.
    """

    kind: Kind
    year: int
    number: int
    fiscal: bool
    fiscal_year_start: int
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
    def label(self) -> str:
        """The period as a column head: "Q3 2026", "Sep 2026", "Q4 FY2026"."""
        name = f"FY{self.year}" if self.fiscal else str(self.year)
        match self.kind:
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
        """The months in words: "July to September 2026"."""
        first, last = _NAMES[self.start.month - 1], _NAMES[self.end.month - 1]
        if (self.start.year, first) == (self.end.year, last):
            return f"{last} {self.end.year}"
        opening = first if self.start.year == self.end.year else f"{first} {self.start.year}"
        return f"{opening} to {last} {self.end.year}"

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    def prior(self) -> Period:
        """Return the period of the same length that ends the day before this one starts."""
        return self._shifted(-_length(self))

    def year_ago(self) -> Period:
        """Return the same period one year earlier."""
        return self._shifted(-12)

    def year_to_date(self) -> Period:
        """Return the span from the start of the period's own year to its end."""
        first = self.fiscal_year_start if self.fiscal else 1
        year = self.end.year if self.end.month >= first else self.end.year - 1
        start = dt.date(year, first, 1)
        return Period("span", self.year, 0, self.fiscal, self.fiscal_year_start, start, self.end)

    def twin(self) -> Period | None:
        """Return the period of the client's other calendar with the same days, if there is one.

        ``2026Q3`` is ``FY2027Q2`` where the fiscal year starts in April, and no fiscal
        quarter where it starts in February.
        """
        if self.kind == "span":
            return None
        index = self.start.year * 12 + self.start.month - 1
        other = _build(self.kind, index, not self.fiscal, self.fiscal_year_start)
        return other if other.start == self.start else None

    def months(self) -> tuple[Period, ...]:
        """Return the months of the period, oldest first."""
        first = self.start.year * 12 + self.start.month - 1
        return tuple(
            _build("month", index, self.fiscal, self.fiscal_year_start)
            for index in range(first, first + _length(self))
        )

    def run(self, count: int) -> tuple[Period, ...]:
        """Return `count` periods of this kind that end with this one, oldest first."""
        step = _length(self)
        return tuple(self._shifted(-step * back) for back in range(count - 1, -1, -1))

    def contains(self, day: dt.date) -> bool:
        """Tell whether `day` lies in the period."""
        return self.start <= day <= self.end

    def is_over(self, as_of: dt.date) -> bool:
        """Tell whether the period has ended before `as_of` begins."""
        return self.end < as_of

    def _shifted(self, months: int) -> Period:
        index = self.start.year * 12 + self.start.month - 1 + months
        if self.kind == "span":
            start = _first(index)
            end = _first(index + _length(self)) - dt.timedelta(days=1)
            year = self.year + (months // 12)
            return Period("span", year, 0, self.fiscal, self.fiscal_year_start, start, end)
        return _build(self.kind, index, self.fiscal, self.fiscal_year_start)


def parse(text: str, fiscal_year_start: int = 1) -> Period:
    """Read a period id; `fiscal_year_start` is the first month of the client's fiscal year.

    Raises `PeriodError` with the accepted forms.

    >>> parse("2026Q3").title
    'July to September 2026'
    >>> parse("FY2027Q2", fiscal_year_start=4).title
    'July to September 2026'
    """
    match = _PATTERN.fullmatch(text)
    if not match:
        raise PeriodError(f'"{text}" is not a period. {_meant(text)}{_ACCEPTED}')
    fiscal, year_text, p, month, quarter, half = match.groups()
    if month and bool(fiscal) != bool(p):
        raise PeriodError(f'"{text}" mixes calendar and fiscal months. {_meant(text)}{_ACCEPTED}')
    kind, number, most = _number(month, quarter, half)
    year = int(year_text)
    if not 1 <= number <= most:
        raise PeriodError(f'"{text}": a {kind} is numbered 1 to {most}. {_ACCEPTED}')
    if not 1900 <= year <= 2999:
        raise PeriodError(f'"{text}": the year must lie between 1900 and 2999.')
    first = _year_index(year, bool(fiscal), fiscal_year_start)
    return _build(kind, first + (number - 1) * MONTHS_IN[kind], bool(fiscal), fiscal_year_start)


def last_complete(kind: Kind, day: dt.date, fiscal_year_start: int = 1) -> Period:
    """Return the last period of `kind` that ends on or before `day`.

    Quarters, halves and years follow the fiscal year where it does not start in January.
    """
    fiscal = fiscal_year_start != 1
    this = _build(kind, day.year * 12 + day.month - 1, fiscal, fiscal_year_start)
    return this if this.end <= day else this.prior()


def default_period(cutoff: dt.date, fiscal_year_start: int = 1) -> Period:
    """Return the last complete quarter of the client's own calendar as of the data cut-off."""
    return last_complete("quarter", cutoff, fiscal_year_start)


def _meant(text: str) -> str:
    """Return a hint at the period that `text` almost is, or nothing."""
    right = text.upper()
    for slip, remedy in _SLIPS:
        right = re.sub(slip, remedy, right)
    try:
        return f'Did you mean "{parse(right).id}"? ' if right != text else ""
    except PeriodError:
        return ""


def _number(month: str | None, quarter: str | None, half: str | None) -> tuple[Kind, int, int]:
    for kind, digits, most in (("month", month, 12), ("quarter", quarter, 4), ("half", half, 2)):
        if digits:
            return kind, int(digits), most  # type: ignore[return-value]
    return "year", 1, 1


def _length(period: Period) -> int:
    if period.kind != "span":
        return MONTHS_IN[period.kind]
    end, start = period.end, period.start
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _year_index(year: int, fiscal: bool, fiscal_year_start: int) -> int:
    start = fiscal_year_start if fiscal else 1
    return (year if start == 1 else year - 1) * 12 + start - 1


def _build(kind: Kind, index: int, fiscal: bool, fiscal_year_start: int) -> Period:
    """Build the period of `kind` that holds the month at `index` (year × 12 + month − 1)."""
    offset = fiscal_year_start - 1 if fiscal else 0
    year, month = divmod(index - offset, 12)
    length = MONTHS_IN[kind]
    number = month // length + 1
    first = year * 12 + offset + (number - 1) * length
    return Period(
        kind=kind,
        year=year + 1 if offset else year,
        number=number,
        fiscal=fiscal,
        fiscal_year_start=fiscal_year_start,
        start=_first(first),
        end=_first(first + length) - dt.timedelta(days=1),
    )


def _first(index: int) -> dt.date:
    return dt.date(index // 12, index % 12 + 1, 1)
