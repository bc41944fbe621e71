"""What a printed text is as a value: its number, as rounded in print, and the form it has there.

Values are read from what is printed and never from the exact figure behind it, so that an
office document holds nothing finer than the page.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from reviewkit.blocks import Cell, Column

MINUS = "−"
_DIGITS = 15
"""What a spreadsheet keeps of a number; longer ones stay text."""

_GROUPS = " \u00a0\u2009\u202f’'\u066c"
"""Signs between groups of digits, beside a full stop or comma that is no decimal sign."""

_UNITS = frozenset({"", "%", "‰", "×", "h", "d", "pp", "kr", "kr.", "zł", "Kč", "Ft", "lei", "лв."})
"""What may stand beside a number that is not typed: all else may make it no number, as 30 Oct."""

_COMPARED = "≥≤<>≈~±"


@dataclass(frozen=True)
class Number:
    """A printed number: its value, its decimals, and what stands before and after it.

    A percentage has the value printed, 94.6 for 94.6%. `signed` prints a plus.
    """

    value: Decimal
    decimals: int
    grouped: bool
    before: str = ""
    after: str = ""
    signed: bool = False

    @property
    def percent(self) -> bool:
        """Tell whether a percent sign follows."""
        return self.after.strip() == "%"


Value = Number | dt.date | str
"""A printed number, a day, or words."""


def value_of(cell: Cell, column: Column, decimal: str) -> Value:
    """Return what a table's cell prints, as a value; `decimal` is the page's decimal sign.

    Only what the display typed, or set among figures, is taken for a number: an identifier
    of digits stays text. A rate in a column or row headed "%" is a percentage.
    """
    if cell.type == "date":
        return _day(cell) or cell.text
    typed = cell.type in ("int", "float", "decimal") or cell.squares is not None
    if column.role == "id" or not (typed or column.align in ("right", "decimal")):
        return cell.text
    found = number_of(cell.text, decimal) if typed else figure_of(cell.text, decimal)
    if not isinstance(found, Number):
        return cell.text
    if not found.after and (_headed_percent(column) or _is_rate(cell, found)):
        return Number(
            found.value, found.decimals, found.grouped, found.before, "%", signed=found.signed
        )
    return found


def number_of(text: str, decimal: str) -> Number | None:
    """Return the one number that `text` prints, `None` where there is none or more than one.

    >>> number_of("−€1,234.50", ".").value, number_of("≥ 96,5%", ",").after
    (Decimal('-1234.50'), '%')
    >>> number_of("22 of 24", ".") is None
    True
    """
    sign = re.escape(_GROUPS + (".," if decimal not in ".," else ".,".replace(decimal, "")))
    whole = rf"\d{{1,3}}(?:[{sign}]\d{{3}})+|\d{{1,2}}(?:[{sign}]\d{{2}})+[{sign}]\d{{3}}|\d+"
    # A sign of equality is part of "n = 23"; what begins with one would be a formula.
    pattern = (
        rf"((?:[^\d=@|\t][^\d@|\t]{{0,11}}?)?)({whole})(?:{re.escape(decimal)}(\d+))?(\D{{0,24}})"
    )
    match = re.fullmatch(pattern, text.strip())
    if match is None:
        return None
    before, grouped, part, after = match[1], match[2], match[3] or "", match[4]
    digits = re.sub(r"\D", "", grouped)
    if not (digits + part).isascii() or len((digits + part).lstrip("0")) > _DIGITS:
        return None
    negative = any(sign in before for sign in (MINUS, "-"))
    signed = "+" in before
    return Number(
        value=Decimal(f"{'-' if negative else ''}{digits}{'.' if part else ''}{part}"),
        decimals=len(part),
        grouped=len(digits) < len(grouped) or len(digits) < 4,
        before=re.sub(rf"[-+{MINUS}]", "", before),
        after=after,
        signed=signed,
    )


def figure_of(text: str, decimal: str) -> Number | str:
    """Return a printed text as a number, where nothing but a unit stands beside one; else words.

    >>> figure_of("30 Oct", "."), figure_of("30%", ".").value
    ('30 Oct', Decimal('30'))
    """
    found = number_of(text, decimal)
    return found if found and _beside(found) in _known(_beside(found)) else text


def _day(cell: Cell) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(cell.value)[:10])
    except ValueError:
        return None


def _beside(found: Number) -> str:
    return f"{found.before.strip(_COMPARED + _GROUPS)}{found.after.strip()}"


def _known(unit: str) -> frozenset[str]:
    """Return the units that need no type: those listed, and every currency's sign or code."""
    currency = all(unicodedata.category(sign) == "Sc" for sign in unit) or re.fullmatch(
        r"[A-Z]{0,2}[$£]|[A-Z]{3}", unit
    )
    return frozenset({unit}) if currency else _UNITS


def _headed_percent(column: Column) -> bool:
    return any(re.search(r"(^|\s)%$", head) for head in (column.label, column.over))


def _is_rate(cell: Cell, found: Number) -> bool:
    """Tell whether the exact figure is the share that is printed in percent."""
    if cell.type not in ("float", "decimal") or not isinstance(cell.value, float | str):
        return False
    try:
        exact = Decimal(str(cell.value))
    except InvalidOperation:
        return False
    half = Decimal(1).scaleb(-found.decimals) / 2 * Decimal("1.001")
    hundredfold = abs(exact * 100 - found.value) <= half
    return hundredfold and abs(exact - found.value) > half
