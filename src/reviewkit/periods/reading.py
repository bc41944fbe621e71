"""Reads period ids, and finds the last period that is complete."""

from __future__ import annotations

import datetime as dt
import re

from reviewkit.errors import PeriodError
from reviewkit.periods.fiscal import GREGORIAN, FiscalCalendar, Kind, calendar_of
from reviewkit.periods.period import Period, build, holding

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


def parse(text: str, calendar: FiscalCalendar | int = GREGORIAN) -> Period:
    """Read a period id; `calendar` is the client's, or the first month of its fiscal year.

    Raises `PeriodError` with the accepted forms.

    >>> parse("2026Q3").title
    'July to September 2026'
    >>> parse("FY2027Q2", 4).title
    'July to September 2026'
    """
    match = _PATTERN.fullmatch(text)
    own = calendar_of(calendar)
    if not match:
        raise PeriodError(f'"{text}" is not a period. {_meant(text, own)}{_ACCEPTED}')
    fiscal, year_text, p, month, quarter, half = match.groups()
    if month and bool(fiscal) != bool(p):
        raise PeriodError(
            f'"{text}" mixes calendar and fiscal months. {_meant(text, own)}{_ACCEPTED}'
        )
    kind, number = _number(month, quarter, half)
    year = int(year_text)
    most = (own if fiscal else GREGORIAN).per_year(kind)
    if not 1 <= number <= most:
        noun = "period" if kind == "month" and fiscal and own.in_weeks else kind
        raise PeriodError(f'"{text}": a {noun} is numbered 1 to {most}. {_ACCEPTED}')
    if not 1900 <= year <= 2999:
        raise PeriodError(f'"{text}": the year must lie between 1900 and 2999.')
    return build(kind, year, number, bool(fiscal), own)


def last_complete(kind: Kind, day: dt.date, calendar: FiscalCalendar | int = GREGORIAN) -> Period:
    """Return the last period of `kind` that ends on or before `day`.

    Quarters, halves and years follow the fiscal year where it is not the calendar year.
    """
    own = calendar_of(calendar)
    this = holding(kind, day, not own.plain, own)
    return this if this.end <= day else this.prior()


def default_period(cutoff: dt.date, calendar: FiscalCalendar | int = GREGORIAN) -> Period:
    """Return the last complete quarter of the client's own calendar as of the data cut-off."""
    return last_complete("quarter", cutoff, calendar)


def _meant(text: str, calendar: FiscalCalendar) -> str:
    """Return a hint at the period that `text` almost is, or nothing."""
    right = text.upper()
    for slip, remedy in _SLIPS:
        right = re.sub(slip, remedy, right)
    try:
        return f'Did you mean "{parse(right, calendar).id}"? ' if right != text else ""
    except PeriodError:
        return ""


def _number(month: str | None, quarter: str | None, half: str | None) -> tuple[Kind, int]:
    kinds: tuple[tuple[Kind, str | None], ...] = (
        ("month", month),
        ("quarter", quarter),
        ("half", half),
    )
    return next(((kind, int(digits)) for kind, digits in kinds if digits), ("year", 1))
