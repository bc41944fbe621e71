"""Cells of a workbook as text, written as a careful export would have written them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

SERIAL: dict[str, dt.datetime] = {
    "excel": dt.datetime(1899, 12, 30),  # noqa: DTZ001
    "excel-1904": dt.datetime(1904, 1, 1),  # noqa: DTZ001
}
"""Formats of dates written as a number of days, and the day from which each counts."""

ERRORS = r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA) in .+![A-Z]+\d+"
"""How a cell that holds an error is written, as a pattern: the error, and its address."""

_PADDED = re.compile(r"0{2,}")
_NOT_A_FORM = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """How a sheet's cells are to be written: its name, day nought, and the decimal sign.

    `format` is that of the column's dates, where the mapping gives one.
    """

    sheet: str
    epoch: dt.datetime
    decimal: str = "."
    format: str | None = None


def text_of(cell: Any, look: Look) -> str | None:
    """Return a cell as text: dates in ISO 8601 or the column's format, numbers as digits.

    An empty cell is null. A cell that holds an error is that error and its address.
    """
    value = cell.value
    if cell.data_type == "e":
        return f"{value} in {look.sheet}!{cell.coordinate}"
    written = _WRITERS.get(type(value), _other)(cell, look)
    return written or None


def _text(cell: Any, look: Look) -> str:
    text = str(cell.value)
    if look.format not in SERIAL:
        return text
    try:
        days = float(text.strip().replace(look.decimal, "."))
    except ValueError:
        return text
    return _serial(days, look)


def _number(cell: Any, look: Look) -> str:
    value = cell.value
    if look.format in SERIAL:
        return _serial(float(value), look)
    if float(value).is_integer() and abs(value) < 1e15:
        digits = str(int(value))
        padded = _PADDED.fullmatch(cell.number_format or "")
        # An id shown as 00042 is 00042, though the cell holds 42.
        return digits.zfill(len(padded[0])) if padded else digits
    # A spreadsheet knows fifteen digits; the rest is the binary number's own.
    text = str(value) if isinstance(value, int) else format(value, ".15g")
    return text.replace(".", look.decimal)


def _serial(days: float, look: Look) -> str:
    shift = (look.epoch - SERIAL[look.format or ""]) / _DAY
    return format(days + shift, ".15g").replace(".", look.decimal)


def _moment(cell: Any, look: Look) -> str:
    moment: dt.datetime = cell.value
    if look.format in SERIAL:
        days = (moment - SERIAL[look.format or ""]) / _DAY
        return format(days, ".15g").replace(".", look.decimal)
    if look.format and _holds(look.format, moment):
        return moment.strftime(look.format)
    whole = moment.time() == dt.time()
    shown = _NOT_A_FORM.sub("", cell.number_format or "").lower()
    return moment.date().isoformat() if whole and "h" not in shown else str(moment)


def _holds(form: str, moment: dt.datetime) -> bool:
    """Tell whether `form` writes all of `moment`."""
    try:
        return dt.datetime.strptime(moment.strftime(form), form) == moment  # noqa: DTZ007
    except ValueError:
        return False


def _other(cell: Any, _look: Look) -> str:
    return "" if cell.value is None else str(cell.value)


_WRITERS: dict[type, Callable[[Any, Look], str]] = {
    str: _text,
    bool: lambda cell, _look: "true" if cell.value else "false",
    int: _number,
    float: _number,
    dt.datetime: _moment,
}
