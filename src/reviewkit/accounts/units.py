"""Units that sources give numbers in, and what each is in the unit of the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from reviewkit.accounts.casts import TYPES, Reading, cast, digits
from reviewkit.accounts.tables import ColumnSpec, ColumnType, TableSpec
from reviewkit.errors import nearest
from reviewkit.params.models import Source

Factors = Mapping[str, str]
"""Unit, and the factor that turns it into the unit of the contract, exactly."""

_KILOGRAMS: Factors = {
    **dict.fromkeys(("kg", "kilograms"), "1"),
    **dict.fromkeys(("g", "grams"), "0.001"),
    **dict.fromkeys(("t", "tonnes", "metric tons"), "1000"),
    **dict.fromkeys(("lb", "lbs", "pounds"), "0.45359237"),
    **dict.fromkeys(("oz", "ounces"), "0.028349523125"),
    "short tons": "907.18474",
    "long tons": "1016.0469088",
}
_HOURS: Factors = {
    **dict.fromkeys(("h", "hours"), "1"),
    **dict.fromkeys(("min", "minutes"), "1/60"),
    **dict.fromkeys(("s", "seconds"), "1/3600"),
    "days": "24",
}
_COUNT: Factors = {
    "dozens": "12",
    "gross": "144",
    "hundreds": "100",
    "thousands": "1000",
}
_PALLETS: Factors = {"pallets": "1", "half pallets": "0.5", "quarter pallets": "0.25"}
_MONEY: Factors = {"cents": "0.01", "thousands": "1000", "millions": "1000000"}
_SHARE: Factors = {
    **dict.fromkeys(("percent", "%"), "0.01"),
    "per mille": "0.001",
    "basis points": "0.0001",
}

_FACTORS: Mapping[str, Factors] = {
    "kg": _KILOGRAMS,
    "hours": _HOURS,
    "pallets": _PALLETS,
    "share, 0 to 1": _SHARE,
    "units": {"units": "1", "pieces": "1", **_COUNT},
    "lines": {"lines": "1", **_COUNT},
    "shipments": {"shipments": "1", **_COUNT},
    # Another column says what is counted; these become kilograms and hours.
    "as in uom": {**_KILOGRAMS, **_HOURS},
    "as driver says": {**_KILOGRAMS, **_HOURS},
}
"""What a column may be given in, by its unit in the contract; money goes by its type."""


def unit_problems(spec: TableSpec, source: Source) -> Iterator[str]:
    """Give a line for each unit of `source` that its column cannot be given in."""
    for name, entry in source.columns.items():
        if entry.unit is None or name not in spec.names:
            continue
        column = spec.column(name)
        known = _known(column)
        if not known:
            yield f"{name}: takes no unit. Remove unit, or convert it with expression."
        elif entry.unit.strip().lower() not in known:
            hint = nearest(entry.unit.strip().lower(), known)
            yield f'{name}: "{entry.unit}" is no unit that becomes {_into(column)}. {hint}'


def converted(given: ir.Value, column: ColumnSpec, unit: str, reading: Reading) -> ir.Value:
    """Return numbers in the unit of the contract, null where one does not fit.

    Money is exact to its four decimals; a count that is not whole does not fit. Raises
    `KeyError` for a unit that `unit_problems` tells of.
    """
    over, _, under = _known(column)[unit.strip().lower()].partition("/")
    return _CONVERT[column.type](given, Decimal(over), Decimal(under or 1), reading)


def _known(column: ColumnSpec) -> Factors:
    return _MONEY if column.type == "money" else _FACTORS.get(column.unit, {})


def _into(column: ColumnSpec) -> str:
    return "money" if column.type == "money" else column.unit


def _number(given: ir.Value, over: Decimal, under: Decimal, reading: Reading) -> ir.Value:
    return cast(given, "number", reading) * float(over) / float(under)


def _integer(given: ir.Value, over: Decimal, under: Decimal, reading: Reading) -> ir.Value:
    number = _number(given, over, under, reading)
    # Tried, for one of any size may stand there: rounding would fail, and with it every row.
    whole = number.try_cast("int64")
    return ibis.ifelse((number - whole).abs() < 1e-6, whole, ibis.null("int64"))


def _money(given: ir.Value, over: Decimal, _under: Decimal, reading: Reading) -> ir.Value:
    # Thousands have more decimals than the money that they become.
    number = digits(given, reading) if given.type().is_string() else given
    return (number.try_cast("decimal(24, 8)") * ibis.literal(over)).try_cast(TYPES["money"])


_CONVERT: Mapping[ColumnType, Callable[[ir.Value, Decimal, Decimal, Reading], ir.Value]] = {
    "number": _number,
    "integer": _integer,
    "money": _money,
}
