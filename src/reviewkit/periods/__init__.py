"""Periods: calendar and fiscal months, quarters, halves and years.

``2026-09``, ``2026Q3``, ``2026H2`` and ``2026`` are calendar periods; ``FY2026-P09``,
``FY2026Q3``, ``FY2026H1`` and ``FY2026`` are fiscal ones, of the client's own calendar: years
of months from any month, or of weeks (4-4-5, 4-5-4, 5-4-4, 13 × 4). ``month``, ``quarter``,
``half`` and ``year`` mean the last complete one as of a day that is given. Nothing here reads a
clock.
"""

from reviewkit.periods.fiscal import (
    GREGORIAN,
    WEEKS,
    FiscalCalendar,
    Kind,
    NamedBy,
    Pattern,
    YearEnd,
)
from reviewkit.periods.period import Period
from reviewkit.periods.reading import (
    RELATIVE,
    USUAL,
    last_complete,
    parse,
    require_written,
    resolve,
)

__all__ = [
    "GREGORIAN",
    "RELATIVE",
    "USUAL",
    "WEEKS",
    "FiscalCalendar",
    "Kind",
    "NamedBy",
    "Pattern",
    "Period",
    "YearEnd",
    "last_complete",
    "parse",
    "require_written",
    "resolve",
]
