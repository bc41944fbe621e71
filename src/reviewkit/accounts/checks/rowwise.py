"""Rules of single rows: conditions that one scan decides, in any database.

Which of them set a row aside is the house's to say; the order of the rules stays, so that
of several the same one is told whatever their severity.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from reviewkit.accounts.checks.rules import Standards
from reviewkit.accounts.checks.times import EVENTS
from reviewkit.accounts.sources import OWN
from reviewkit.accounts.tables import ColumnSpec, TableSpec

RULE, COLUMN, VALUE, SOURCE = (f"{OWN}{name}" for name in ("rule", "column", "value", "source"))


@dataclass(frozen=True)
class Broken:
    """A condition that breaks a rule, the column it is told of, and the value to show."""

    condition: ir.BooleanValue
    rule: str
    column: str
    value: ir.Value


@dataclass(frozen=True)
class Reader:
    """What the rules are read with: the table, the house's standards, and the cut-off."""

    spec: TableSpec
    standards: Standards
    cutoff: dt.datetime


def of_column(
    reader: Reader, column: ColumnSpec, value: ir.Value, filled: ir.Value, written: ir.Value
) -> list[Broken]:
    """Return the rules of one column; `filled` tells of a cell that something stands in it."""
    largest = reader.standards.largest(reader.spec, column)
    found: dict[str, ir.BooleanValue] = {"type": filled & value.isnull()}
    if column.required:
        found["required"] = value.isnull()
    if column.values:
        found["values"] = ~value.isin(column.values)
    if column.minimum is not None:
        found["minimum"] = value < column.minimum
    if largest is not None:
        found["maximum"] = value > largest
    return [Broken(condition, rule, column.name, written) for rule, condition in found.items()]


def of_times(
    reader: Reader, supplied: Collection[str], values: Mapping[str, ir.Value]
) -> list[Broken]:
    """Return the rules that hold between the times of a row, and between them and the cut-off."""
    found = []
    for earlier, later in reader.spec.order:
        if earlier in supplied and later in supplied:
            pair = values[earlier], values[later]
            found += [
                Broken(condition(reader, *pair), rule, later, values[later].cast("string"))
                for rule, condition in _PAIRS.items()
            ]
    found += [
        Broken(_after_cutoff(reader, values[name]), "future", name, values[name].cast("string"))
        for name in EVENTS.get(reader.spec.name, ())
        if name in supplied
    ]
    return found


def _backwards(_: Reader, earlier: ir.Value, later: ir.Value) -> ir.BooleanValue:
    return later < earlier


def _far_apart(reader: Reader, earlier: ir.Value, later: ir.Value) -> ir.BooleanValue:
    days = int(reader.standards.threshold("lag", reader.spec.name))
    return later > earlier + ibis.interval(days=days)


_PAIRS: Mapping[str, Callable[[Reader, ir.Value, ir.Value], ir.BooleanValue]] = {
    "order": _backwards,
    "lag": _far_apart,
}


def _after_cutoff(reader: Reader, value: ir.Value) -> ir.BooleanValue:
    days = reader.standards.threshold("future", reader.spec.name)
    last = (reader.cutoff + dt.timedelta(days=days)).astimezone(dt.UTC).replace(tzinfo=None)
    return value > (last.date() if value.type().is_date() else last)


def parted(reader: Reader, rules: list[Broken]) -> tuple[list[Broken], list[Broken]]:
    """Return the rules that set a row aside, and those that are told of rows in use."""

    def having(*severities: str) -> list[Broken]:
        known = reader.standards
        table = reader.spec.name
        return [rule for rule in rules if known.severity(rule.rule, table) in severities]

    return having("error"), having("warning", "note")


def any_of(rules: list[Broken]) -> ir.BooleanValue:
    """Tell of each row whether it breaks any rule."""
    # What is neither true nor false makes no row true: it is settled once, for all rules.
    return ibis.or_(*(rule.condition for rule in rules)).fill_null(False)


def told_of(rules: list[Broken]) -> dict[str, ir.Value]:
    """Return the first rule that each row breaks, its column, and the value to show."""
    return {
        RULE: _first(rules, lambda rule: ibis.literal(rule.rule)),
        COLUMN: _first(rules, lambda rule: ibis.literal(rule.column)),
        VALUE: _first(rules, lambda rule: rule.value),
    }


def _first(rules: list[Broken], pick: Callable[[Broken], ir.Value]) -> ir.Value:
    told = ((rule.condition.fill_null(False), pick(rule)) for rule in rules)
    return ibis.cases(*told, else_=ibis.null("string"))


def first_of(rules: list[Broken]) -> ir.IntegerValue:
    """Return the position in `rules` of the first that each row breaks, null where it breaks none.

    Laid down as a column it spares `told_by` to look at every rule for every word it says.
    """
    told = ((rule.condition, place) for place, rule in enumerate(rules))
    return ibis.cases(*told, else_=ibis.null("int64"))


def told_by(rules: list[Broken], first: ir.IntegerValue) -> dict[str, ir.Value]:
    """Return what `told_of` does, by the column that `first_of` gave."""
    value = ibis.cases(*((first == place, rule.value) for place, rule in enumerate(rules)))
    return {
        RULE: ibis.literal([rule.rule for rule in rules], "array<string>")[first],
        COLUMN: ibis.literal([rule.column for rule in rules], "array<string>")[first],
        VALUE: ibis.ifelse(first.notnull(), value, ibis.null("string")),
    }
