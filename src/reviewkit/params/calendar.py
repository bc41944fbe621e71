"""``calendar:`` of ``client.yaml``: how the client divides its years."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from reviewkit.errors import nearest
from reviewkit.params.base import Params, about
from reviewkit.periods import WEEKS, FiscalCalendar, NamedBy, Pattern, YearEnd

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
EARLIEST, LATEST = 1950, 2100
"""Years in which a fiscal calendar may be anchored."""

_ENDS = re.compile(r"(last|nearest) (\w+) (?:of|to)(?: the)?(?: end of)? (\w+)")
_FORM = 'Write it as "last saturday of january" or "nearest saturday to the end of january".'

Finding = tuple[tuple[str | int, ...], str, str]


class Calendar(Params):
    """How the client divides its years; without it, into months from `fiscal_year_start`.

    A pattern of weeks, such as 4-4-5, needs either `ends`, a rule for the last day of the
    year ("last saturday of january", "nearest saturday to the end of january"), or the
    `first_day` of one year with the `long_years` that have 53 weeks. 13x4 has the periods
    P01 to P13, in quarters of 3, 3, 3 and 4.
    """

    pattern: Pattern = about("weeks of each period in a quarter, or thirteen times four", "months")
    ends: str = about('last day of the year: "last saturday of january"', "")
    first_day: dt.date | None = about("of any one year, where no rule gives the end", None)
    long_years: tuple[int, ...] = about("with `first_day`: years of 53 weeks, by their names", ())
    long_period: int | None = about("which period has the 53rd week; else the last", None, ge=1)
    named_by: NamedBy = about("FY2026 ends, or starts, in 2026", "end")

    def fiscal(self, first_month: int) -> FiscalCalendar:
        """Return the calendar; `first_month` counts where it is made of months.

        What `calendar_findings` finds fault with gives the calendar of months.
        """
        if self.pattern not in WEEKS or any(calendar_findings(self, months_given=False)):
            return FiscalCalendar(first_month=first_month, named_by=self.named_by)
        return FiscalCalendar(
            pattern=self.pattern,
            ends=year_end(self.ends),
            first_day=self.first_day,
            long_years=tuple(sorted(set(self.long_years))),
            long_period=self.long_period,
            named_by=self.named_by,
        )


def year_end(text: str) -> YearEnd | None:
    """Return the rule that `text` states, or nothing where it is none.

    >>> year_end("last Saturday of January")
    YearEnd(rule='last', weekday=5, month=1)
    """
    match = _ENDS.fullmatch(" ".join(text.lower().split()))
    if not match or match[2] not in WEEKDAYS or match[3] not in MONTHS:
        return None
    nearer = match[1] == "nearest"
    return YearEnd(
        "nearest" if nearer else "last", WEEKDAYS.index(match[2]), MONTHS.index(match[3]) + 1
    )


def calendar_findings(own: Calendar, *, months_given: bool) -> Iterator[Finding]:
    """Tell what does not go together; `months_given` where `fiscal_year_start` is written too."""
    if own.pattern not in WEEKS:
        for name in ("ends", "first_day", "long_years", "long_period"):
            if getattr(own, name):
                what = "is for years of weeks, and these are made of months."
                yield ("calendar", name), what, f"Add pattern: {', '.join(WEEKS)}."
        return
    if months_given:
        what = f"is for years of months, and calendar has pattern: {own.pattern}."
        yield ("fiscal_year_start",), what, "Remove it."
    if bool(own.ends) == bool(own.first_day):
        what = f"pattern: {own.pattern} needs either ends or first_day."
        yield ("calendar",), what, f"Give one of them. {_FORM}"
    if own.ends and year_end(own.ends) is None:
        yield ("calendar", "ends"), f'"{own.ends}" is no year end.', _ends_hint(own.ends)
    if own.first_day and not EARLIEST <= own.first_day.year <= LATEST:
        what = f"lies in {own.first_day.year}."
        yield ("calendar", "first_day"), what, "Give the first day of a year of yours."
    if own.long_years and own.ends:
        what = "stands beside ends, which tells by itself which years have 53 weeks."
        yield ("calendar", "long_years"), what, "Remove it."
    most = len(WEEKS[own.pattern])
    if own.long_period and own.long_period > most:
        what = f"{own.long_period} is no period of a year of {most}."
        yield ("calendar", "long_period"), what, f"Give a number from 1 to {most}."


def _ends_hint(text: str) -> str:
    match = _ENDS.fullmatch(" ".join(text.lower().split()))
    if not match:
        return _FORM
    slips = ((match[2], WEEKDAYS), (match[3], MONTHS))
    return " ".join(nearest(word, known) for word, known in slips if word not in known)
