"""Casts from whatever a source holds to the types of the contract.

Every cast answers null for a value that does not fit, never a guess: the check then sets
the row aside with the value as its example. Text is read strictly: dates in ISO 8601
unless a format is given, numbers without thousands signs unless the file's decimal sign
is a comma, in which case dots between digits are thousands signs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from reviewkit.accounts.cells import ERRORS, SERIAL
from reviewkit.accounts.tables import ColumnType

TYPES: dict[ColumnType, dtypes.DataType] = {
    "text": dtypes.String(),
    "timestamp": dtypes.Timestamp(),
    "date": dtypes.Date(),
    "integer": dtypes.Int64(),
    "number": dtypes.Float64(),
    "money": dtypes.Decimal(18, 4),
    "boolean": dtypes.Boolean(),
}
"""How each type of the contract is held; timestamps are UTC without a zone."""

_ISO_LOCAL = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?$"
_ISO_DAY = len("2026-09-30")
_ISO_OFFSET = (
    r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?"
    r" ?(Z|[+-](0\d|1[0-8])(:?[0-5]\d)?)$"
)
_FIRST_DAY, _LAST_DAY, _SECONDS = 61, 2_958_466, 86_400
_CALENDAR: dict[ColumnType, tuple[str, str]] = {
    "timestamp": ("0001-01-02", "9999-12-31T23:59:59.999999"),
    "date": ("0001-01-01", "9999-12-31"),
}
"""What every calendar here can hold, instants on every clock of the world too."""
_TRUTH = {True: ("true", "yes", "y", "t", "1"), False: ("false", "no", "n", "f", "0")}


@dataclass(frozen=True)
class Reading:
    """How one column is written: its format, decimal sign, time zone, and what a date means.

    With `until_end_of_day` a date without a time stands for the last moment of that day.
    With `errors` text may be an error of a spreadsheet, which is no text.
    `portable` keeps to what every database can do: cells are of a fitting type already.
    With `trimmed` text comes without blanks around it, and null where nothing is written.
    """

    format: str | None = None
    decimal: str = "."
    timezone: str = "UTC"
    until_end_of_day: bool = False
    errors: bool = False
    portable: bool = False
    trimmed: bool = False


@ibis.udf.scalar.builtin(name="try_strptime")
def _try_strptime(text: str, form: str) -> dt.datetime:  # type: ignore[empty-body]
    """Parse text, null where it does not fit."""


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", "timestamp"), "timestamp('UTC')"))
def _from_local(zone: str, local: dt.datetime) -> dt.datetime:  # type: ignore[empty-body]
    """The instant of a local time; in a gap the clock has moved on, when doubled the second."""


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", "timestamp('UTC')"), "timestamp"))
def _to_local(zone: str, instant: dt.datetime) -> dt.datetime:  # type: ignore[empty-body]
    """The local time of an instant."""


def to_utc(local: ir.Value, timezone: str) -> ir.Value:
    """Return local timestamps as UTC timestamps without a zone."""
    return local if timezone == "UTC" else _to_local("UTC", _from_local(timezone, local))


def to_local(utc: ir.Value, timezone: str) -> ir.Value:
    """Return UTC timestamps without a zone as local ones."""
    return utc if timezone == "UTC" else _to_local(timezone, _from_local("UTC", utc))


def cast(column: ir.Value, target: ColumnType, reading: Reading) -> ir.Value:
    """Return `column` in the type of the contract, null where a value does not fit."""
    return within(parse(column, target, reading), target, reading)


def parse(column: ir.Value, target: ColumnType, reading: Reading) -> ir.Value:
    """Return `column` in the type of the contract; `within` is to see that it can be held."""
    return _CASTS[target](column, reading)


def within(value: ir.Value, target: ColumnType, reading: Reading) -> ir.Value:
    """Return what `parse` read, null where no calendar has it or it is no finite number."""
    if reading.portable:
        return value
    if target == "number":
        return _finite(value)
    if target not in _CALENDAR:
        return value
    first, last = (ibis.literal(bound, target) for bound in _CALENDAR[target])
    return ibis.ifelse((value >= first) & (value <= last), value, ibis.null(TYPES[target]))


def as_text(column: ir.Value) -> ir.Value:
    """Return `column` as trimmed text, null where nothing is written."""
    kind = column.type()
    if kind.is_floating():
        # An identifier that passed through a spreadsheet: 12347.0 is 12347.
        text = ibis.ifelse(
            _whole(column) & (column.abs() < 1e15),
            column.try_cast("int64").cast("string"),
            column.cast("string"),
        )
    else:
        text = column if kind.is_string() else column.cast("string")
    return text.strip().nullif("")


def _whole(number: ir.NumericValue) -> ir.BooleanValue:
    """Tell whether a number has no decimals; the floor of one that is none is an error."""
    return number % 1 == 0


def trimmed(text: ir.StringValue) -> ir.StringValue:
    """Return what `as_text` does of text, sooner: two letters are quicker looked at than it is."""
    return ibis.ifelse(_padded(text), as_text(text), text)


def _padded(text: ir.StringValue) -> ir.BooleanValue:
    """Tell whether blanks stand around text, or nothing else: all of them sort before "!"."""
    return (text < "!") | (text.right(1) < "!")


def written(column: ir.Value, reading: Reading) -> ir.Value:
    """Return what `as_text` does, at once where cells of text come trimmed."""
    return column if reading.trimmed and column.type().is_string() else as_text(column)


def alters(text: ir.StringValue) -> ir.BooleanValue:
    """Tell whether the cast to text may change a cell: true for each that it does change."""
    return _padded(text) | text.contains("\0")


def _words(column: ir.Value, reading: Reading) -> ir.Value:
    text = written(column, reading)
    if reading.portable:
        return text
    # A null byte cuts a text short wherever it is printed or written.
    broken = text.contains("\0")
    if reading.errors:
        broken = broken | text.re_search(ERRORS)
    return ibis.ifelse(broken, ibis.null("string"), text)


def _timestamp(column: ir.Value, reading: Reading) -> ir.Value:
    kind = column.type()
    if kind.is_timestamp() and kind.timezone:
        return _to_local("UTC", column)
    if kind.is_timestamp():
        return to_utc(column, reading.timezone)
    if kind.is_date():
        return to_utc(_day_to_moment(column.cast("timestamp"), reading), reading.timezone)
    if not kind.is_string() and not (kind.is_numeric() and reading.format in SERIAL):
        return ibis.null(TYPES["timestamp"])
    text = written(column, reading)
    if reading.format in SERIAL:
        return _numbered(text, reading)
    if reading.format:
        parsed = _try_strptime(text, reading.format)
        has_time = any(part in reading.format for part in ("%H", "%I", "%X", "%c", "%s"))
        moment = parsed if has_time else _day_to_moment(parsed, reading)
        return to_utc(moment, reading.timezone)
    moment = text.try_cast("timestamp")
    if reading.until_end_of_day:
        moment = ibis.ifelse(text.length() == _ISO_DAY, _day_to_moment(moment, reading), moment)
    return ibis.cases(
        (text.re_search(_ISO_LOCAL), to_utc(moment, reading.timezone)),
        (text.re_search(_ISO_OFFSET), _instant(text)),
        else_=ibis.null(TYPES["timestamp"]),
    )


def _numbered(text: ir.Value, reading: Reading) -> ir.Value:
    """Read a moment written as a number of days, as spreadsheets hold it."""
    whole, moment = _serial(text, reading)
    return to_utc(ibis.ifelse(whole, _day_to_moment(moment, reading), moment), reading.timezone)


def _serial(text: ir.Value, reading: Reading) -> tuple[ir.BooleanValue, ir.Value]:
    """Return whether a number of days is whole, and the moment that it stands for."""
    days = digits(text, reading).try_cast("float64")
    # Before March 1900 and after 9999 it is a number like any other.
    days = ibis.ifelse((days >= _FIRST_DAY) & (days < _LAST_DAY), days, ibis.null("float64"))
    seconds = (days * _SECONDS).round().cast("int64")
    start = ibis.literal(SERIAL[reading.format or ""], "timestamp")
    return days == days.floor(), start + seconds.as_interval("s")


def _instant(text: ir.Value) -> ir.Value:
    """Read a time with its offset, in any of the ISO forms, as UTC without a zone."""
    plain = text.re_replace(r" ?([+-]\d{2}):?(\d{2})$", r"\1:\2")
    return _to_local("UTC", plain.try_cast("timestamp('UTC')"))


def _day_to_moment(midnight: ir.Value, reading: Reading) -> ir.Value:
    if reading.until_end_of_day:
        return midnight + ibis.interval(days=1) - ibis.interval(microseconds=1)
    return midnight


def _date(column: ir.Value, reading: Reading) -> ir.Value:
    kind = column.type()
    if kind.is_date():
        return column
    if kind.is_timestamp() and kind.timezone:
        return to_local(_to_local("UTC", column), reading.timezone).date()
    if kind.is_timestamp():
        return column.date()
    if not kind.is_string() and not (kind.is_numeric() and reading.format in SERIAL):
        return ibis.null(TYPES["date"])
    text = written(column, reading)
    if reading.format in SERIAL:
        return _serial(text, reading)[1].date()
    if reading.format:
        return _try_strptime(text, reading.format).date()
    return ibis.cases(
        (text.re_search(_ISO_LOCAL), text.substr(0, 10).try_cast("date")),
        # An instant belongs to the day that the source's own clock showed.
        (text.re_search(_ISO_OFFSET), to_local(_instant(text), reading.timezone).date()),
        else_=ibis.null(TYPES["date"]),
    )


def digits(column: ir.Value, reading: Reading) -> ir.Value:
    """Return text that is a number with a decimal point, null for any other."""
    text = written(column, reading)
    if reading.decimal == ",":
        grouped = text.re_search(r"^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$")
        text = ibis.ifelse(grouped, text.replace(".", ""), text)
        text = ibis.ifelse(text.contains("."), ibis.null("string"), text.replace(",", "."))
    return ibis.ifelse(
        text.re_search(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"), text, ibis.null("string")
    )


def _integer(column: ir.Value, reading: Reading) -> ir.Value:
    kind = column.type()
    if kind.is_integer():
        return column.cast("int64")
    if kind.is_numeric():
        whole = column.cast("int64") if reading.portable else column.try_cast("int64")
        return ibis.ifelse(_whole(column), whole, ibis.null("int64"))
    text = digits(column, reading)
    return ibis.ifelse(
        text.re_search(r"^[+-]?\d+(\.0*)?$"), text.try_cast("int64"), ibis.null("int64")
    )


def _number(column: ir.Value, reading: Reading) -> ir.Value:
    if column.type().is_string():
        return digits(column, reading).try_cast("float64")
    if not column.type().is_numeric():
        return ibis.null(TYPES["number"])
    value = column.cast("float64")
    return _finite(value) if reading.portable and column.type().is_floating() else value


def _finite(value: ir.Value) -> ir.Value:
    return ibis.ifelse(value.isnan() | value.isinf(), ibis.null("float64"), value)


def _money(column: ir.Value, reading: Reading) -> ir.Value:
    if column.type() == TYPES["money"]:
        return column
    if column.type().is_numeric():
        money = TYPES["money"]
        return column.cast(money) if reading.portable else column.try_cast(money)
    if not column.type().is_string():
        return ibis.null(TYPES["money"])
    return digits(column, reading).try_cast(TYPES["money"])


def _boolean(column: ir.Value, reading: Reading) -> ir.Value:
    if column.type().is_boolean():
        return column
    text = written(column, reading).lower()
    return ibis.cases(
        *((text.isin(words), ibis.literal(value)) for value, words in _TRUTH.items()),
        else_=ibis.null("boolean"),
    )


_CASTS: dict[ColumnType, Callable[[ir.Value, Reading], ir.Value]] = {
    "text": _words,
    "timestamp": _timestamp,
    "date": _date,
    "integer": _integer,
    "number": _number,
    "money": _money,
    "boolean": _boolean,
}
