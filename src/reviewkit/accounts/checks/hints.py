"""What to do about a row that breaks a rule, in a sentence."""

from __future__ import annotations

from reviewkit.accounts.checks.rules import RULES, Standards
from reviewkit.accounts.tables import ColumnType, TableSpec

_DATES = 'Dates are read as 2026-09-30; give another form as format, such as "%d.%m.%Y".'
_TIMES = 'Times are read as 2026-09-30T18:00; give another form as format, as in "%d.%m.%Y %H:%M".'
_NUMBERS = (
    'Numbers are read as 1234.50; for 1.234,50 set csv: {decimal: ","}, for others use expression.'
)
_TYPE_HINTS: dict[ColumnType, str] = {
    "text": "The text holds a null byte, or is an error of Excel. Mend it at its source.",
    "timestamp": _TIMES,
    "date": _DATES,
    "integer": "Whole numbers are read as 1234. Mend the value at its source, or use expression.",
    "number": _NUMBERS,
    "money": _NUMBERS,
    "boolean": "Read are true, yes, y, t, 1 and false, no, n, f, 0. Map other words with values.",
}


def row_hint(spec: TableSpec, standards: Standards, name: str, rule: str) -> str:
    """Return the remedy for rows whose column `name` breaks `rule`."""
    column = spec.column(name)
    return RULES[rule].hint.format(
        type_hint=_TYPE_HINTS[column.type],
        words=", ".join(column.values),
        minimum=column.minimum or 0,
        maximum=standards.largest(spec, column) or 0,
        earlier=" or ".join(first for first, later in spec.order if later == name),
        refers=column.refers,
        lag=_threshold(standards, "lag", spec),
        future=_threshold(standards, "future", spec),
    )


def _threshold(standards: Standards, rule: str, spec: TableSpec) -> float:
    return standards.threshold(rule, spec.name)
