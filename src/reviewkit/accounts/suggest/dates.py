"""Finds how dates are written: every form that reads all values, and what tells two apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reviewkit.accounts.cells import SERIAL
from reviewkit.accounts.duck import literal

_TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", "T%H:%M", "T%H:%M:%S", " %I:%M %p",
          " %I:%M:%S %p")  # fmt: skip
_SHAPES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\d{4}-\d{1,2}-\d{1,2}", ("%Y-%m-%d",)),
    (r"\d{4}/\d{1,2}/\d{1,2}", ("%Y/%m/%d",)),
    (r"\d{4}\.\d{1,2}\.\d{1,2}", ("%Y.%m.%d",)),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", ("%d.%m.%Y", "%m.%d.%Y")),
    (r"\d{1,2}/\d{1,2}/\d{4}", ("%d/%m/%Y", "%m/%d/%Y")),
    (r"\d{1,2}-\d{1,2}-\d{4}", ("%d-%m-%Y", "%m-%d-%Y")),
    (r"\d{1,2}\.\d{1,2}\.\d{2}", ("%d.%m.%y", "%m.%d.%y", "%y.%m.%d")),
    (r"\d{1,2}/\d{1,2}/\d{2}", ("%d/%m/%y", "%m/%d/%y", "%y/%m/%d")),
    (r"\d{1,2}-\d{1,2}-\d{2}", ("%d-%m-%y", "%m-%d-%y", "%y-%m-%d")),
    (r"(19|20)\d{6}", ("%Y%m%d",)),
    (r"\d{1,2} [A-Za-z]{3} \d{4}", ("%d %b %Y",)),
    (r"\d{1,2}-[A-Za-z]{3}-\d{4}", ("%d-%b-%Y",)),
    (r"\d{1,2}-[A-Za-z]{3}-\d{2}", ("%d-%b-%y",)),
    (r"\d{1,2} [A-Za-z]+ \d{4}", ("%d %B %Y",)),
    (r"[A-Za-z]{3} \d{1,2}, \d{4}", ("%b %d, %Y",)),
    (r"[A-Za-z]+ \d{1,2}, \d{4}", ("%B %d, %Y",)),
    (r"\d{1,2}/\d{4}", ("%m/%Y",)),
    (r"\d{1,2}\.\d{4}", ("%m.%Y",)),
    (r"\d{4}-\d{2}", ("%Y-%m",)),
    (r"(19|20)\d{4}", ("%Y%m",)),
    (r"[A-Za-z]{3} \d{4}", ("%b %Y",)),
    (r"[A-Za-z]+ \d{4}", ("%B %Y",)),
)  # fmt: skip
"""What a date looks like before its time, and the forms that read it."""

ISO = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?$"
"""What needs no form: ISO 8601, as the casts read it."""


_FIRST, _LAST = dt.datetime(1990, 1, 1), dt.datetime(2060, 12, 31)  # noqa: DTZ001
"""Between these days a number of days may be meant for a date."""


@dataclass(frozen=True)
class DateForm:
    """One way to read a column; `missed` counts the cells that it cannot read.

    `form` is empty for ISO 8601, and one of `SERIAL` for days that are numbered. `over` counts
    the cells whose place of the day holds more than 12, so that no other order of day and
    month can be meant.
    """

    form: str
    missed: int
    over: int = 0

    @property
    def numbered(self) -> bool:
        return self.form in SERIAL


Count = Callable[[str], int]
"""Counts the cells for which an SQL condition over `v` does not hold."""


def forms_of(sample: Sequence[str], missed: Count, tolerated: int) -> tuple[DateForm, ...]:
    """Return every form that reads all cells, but for `tolerated`; the best reader first.

    `sample` are some of the values, trimmed. A form is tried only if a value looks like it.
    """
    found = []
    for shape, dates in _SHAPES:
        tails = {tail for tail in map(_tail(shape), sample) if tail is not None}
        if not tails:
            continue
        for date in dates:
            for time in _times(tails, date):
                form = f"{date}{time}"
                lost = missed(_reads(form, shape))
                if lost <= tolerated:
                    found.append(DateForm(form, lost, _over(form, missed)))
    # Whoever writes dots between the parts writes the day first; others only where that fails.
    if any(one.form.startswith("%d.%m.") and not one.missed for one in found):
        found = [one for one in found if one.form.startswith("%d.%m.")]
    return tuple(sorted(found, key=lambda one: one.missed))


def numbered_days(serial: str, missed: Count, tolerated: int) -> tuple[DateForm, ...]:
    """Return `serial` as the form of cells that are days numbered so, between 1990 and 2060.

    Cells that the workbook shows as dates may stand among them: that form reads both.
    """
    first, last = ((day - SERIAL[serial]).days for day in (_FIRST, _LAST))
    days = f"coalesce(TRY_CAST(v AS DOUBLE) BETWEEN {first} AND {last}, false)"
    lost = missed(f"{days} OR regexp_matches(v, {literal(ISO)})")
    return (DateForm(serial, lost),) if lost <= tolerated else ()


def moment(value: str, form: str | None) -> str:
    """Return SQL for the moment that `value`, SQL itself, is when read by `form`; null if none."""
    iso = f"TRY_CAST({value} AS TIMESTAMP)"
    if not form:
        return iso
    text = f"trim(CAST({value} AS VARCHAR))"
    if form not in SERIAL:
        return f"try_strptime({text}, {literal(form)})"
    seconds = f"CAST(round(86400 * TRY_CAST({text} AS DOUBLE)) AS BIGINT)"
    return f"coalesce({iso}, TIMESTAMP '{SERIAL[form]}' + to_seconds({seconds}))"


def _tail(shape: str) -> Callable[[str], str | None]:
    pattern = re.compile(rf"{shape}(?![\d.,/-])(.*)", re.DOTALL)

    def tail(value: str) -> str | None:
        found = pattern.fullmatch(value)
        return found[found.lastindex or 0] if found else None

    return tail


def _times(tails: set[str], date: str) -> tuple[str, ...]:
    if "%d" not in date or tails == {""}:
        return ("",)
    # "T" and a blank before the time do not stand in one column; AM and PM show themselves.
    said = next(iter(sorted(tails - {""})))
    sign = "T" if said.startswith("T") else " "
    half = said.upper().rstrip().endswith("M")
    return tuple(time for time in _TIMES if time.startswith(sign) and ("%I" in time) == half)


def _reads(form: str, shape: str) -> str:
    return f"regexp_matches(v, '^{shape}') AND try_strptime(v, {literal(form)}) IS NOT NULL"


def _over(form: str, missed: Count) -> int:
    """Count the cells that show where the day stands, where day and month could be exchanged."""
    if "%d" not in form or "%m" not in form or not re.search(r"[./-]", form):
        return 0
    return missed(f"NOT coalesce(day(try_strptime(v, {literal(form)})) > 12, false)")


def order_of(form: str) -> str:
    """Return how a form orders its parts, such as "dmY": two columns of a file share it."""
    return "".join(re.findall(r"%([dmYy])", form))
