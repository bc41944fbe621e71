"""Printed numbers as a spreadsheet holds them: the value, and the number format that prints it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from reviewkit.render.shown import MINUS, Number, Value

TEXT, DAY = "@", "d mmm yyyy"
_COMPARED = "≥≤<>≈~±"


def held(value: Value) -> tuple[str | float | dt.date, str]:
    """Return what a cell holds for a printed value, and its number format."""
    if isinstance(value, Number):
        exact = value.value / 100 if value.percent else value.value
        return _plain(exact), _form(value)
    if isinstance(value, dt.date):
        return value, DAY
    return value, TEXT


def _plain(exact: Decimal) -> float:
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _form(number: Number) -> str:
    """Return the format of a number: positive, negative, zero.

    >>> _form(Number(Decimal("1234.5"), 1, True, "€"))
    '"€"#,##0.0;"−""€"#,##0.0;"€"#,##0.0'
    """
    digits = ("#,##0" if number.grouped else "0") + "." * bool(number.decimals)
    digits += "0" * number.decimals
    compared = number.before.strip() in _COMPARED if number.before.strip() else False
    before, after = _literal(number.before), _after(number)
    below = f"{before}{_literal(MINUS)}" if compared else f"{_literal(MINUS)}{before}"
    above = f"{_literal('+')}{before}" if number.signed else before
    return f"{above}{digits}{after};{below}{digits}{after};{before}{digits}{after}"


def _after(number: Number) -> str:
    if not number.percent:
        return _literal(number.after)
    # Outside quotes the sign multiplies by a hundred, as it should.
    return "%".join(_literal(part) for part in number.after.split("%"))


def _literal(text: str) -> str:
    clean = text.replace('"', "")
    return f'"{clean}"' if clean else ""
