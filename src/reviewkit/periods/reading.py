"""Reads period ids and the words for a last complete period, and finds that period."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping

from reviewkit.errors import PeriodError
from reviewkit.periods.fiscal import GREGORIAN, FiscalCalendar, Kind, calendar_of
from reviewkit.periods.period import Period, build, holding

_PATTERN = re.compile(r"(FY)?(\d{4})(?:-(P?)(\d{2})|Q(\d)|H(\d))?", re.ASCII)
_ACCEPTED = (
    "Write 2026-09, 2026Q3, 2026H2 or 2026 for calendar periods, "
    "FY2026-P09, FY2026Q3, FY2026H1 or FY2026 for fiscal ones."
)
_WORDS_TOO = f"{_ACCEPTED[:-1]}, or month, quarter, half or year for the last complete one."
RELATIVE: Mapping[str, Kind] = {
    "month": "month",
    "quarter": "quarter",
    "half": "half",
    "year": "year",
}
"""Words that mean the last complete period of a kind, as of what the data hold."""

USUAL = "quarter"
"""What is meant where nobody says anything."""

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

    Raises `PeriodError` with the accepted forms; for a word too, since what it means moves
    with the data, and a period is named here that stays what it is.

    >>> parse("2026Q3").title
    'July to September 2026'
    >>> parse("FY2027Q2", 4).title
    'July to September 2026'
    """
    if text in RELATIVE:
        raise PeriodError(
            f'"{text}" means the last complete {text} and moves with the data. '
            f"Name the {text} itself here. {_ACCEPTED}"
        )
    return _read(text, calendar_of(calendar), _ACCEPTED)


def _read(text: str, own: FiscalCalendar, accepted: str) -> Period:
    match = _PATTERN.fullmatch(text)
    if not match:
        raise PeriodError(f'"{text}" is not a period. {_meant(text, own)}{accepted}')
    fiscal, year_text, p, month, quarter, half = match.groups()
    if month and bool(fiscal) != bool(p):
        raise PeriodError(
            f'"{text}" mixes calendar and fiscal months. {_meant(text, own)}{accepted}'
        )
    kind, number = _number(month, quarter, half)
    year = int(year_text)
    most = (own if fiscal else GREGORIAN).per_year(kind)
    if not 1 <= number <= most:
        noun = "period" if kind == "month" and fiscal and own.in_weeks else kind
        raise PeriodError(f'"{text}": a {noun} is numbered 1 to {most}. {accepted}')
    if not 1900 <= year <= 2999:
        raise PeriodError(f'"{text}": the year must lie between 1900 and 2999.')
    return build(kind, year, number, bool(fiscal), own)


def require_written(text: str, calendar: FiscalCalendar | int = GREGORIAN) -> None:
    """Raise `PeriodError` unless `text` is a period id or a word of `RELATIVE`."""
    if text in RELATIVE:
        return
    word = re.sub(r"^last[ _-]+", "", text.strip().lower())
    close = difflib.get_close_matches(word, RELATIVE, n=1, cutoff=0.75)
    if close:
        raise PeriodError(f'"{text}" is not a period. Did you mean "{close[0]}"? {_WORDS_TOO}')
    _read(text, calendar_of(calendar), _WORDS_TOO)


def resolve(text: str, day: dt.date, calendar: FiscalCalendar | int = GREGORIAN) -> Period:
    """Read a period id, or a word: the last complete period of its kind as of the end of `day`.

    An empty text is the usual one. Raises `PeriodError` with the accepted forms.

    >>> resolve("month", dt.date(2026, 10, 5)).id, resolve("", dt.date(2026, 10, 5)).id
    ('2026-09', '2026Q3')
    >>> resolve("month", dt.date(2026, 10, 5), 10).id
    'FY2026-P12'
    """
    text = text or USUAL
    require_written(text, calendar)
    if text in RELATIVE:
        return last_complete(RELATIVE[text], day, calendar)
    return parse(text, calendar)


def last_complete(kind: Kind, day: dt.date, calendar: FiscalCalendar | int = GREGORIAN) -> Period:
    """Return the last period of `kind` that ends on or before `day`.

    Quarters, halves and years follow the fiscal year where it is not the calendar year.
    """
    own = calendar_of(calendar)
    this = holding(kind, day, not own.plain, own)
    return this if this.end <= day else this.prior()


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
