"""The rules of the check as data, and how grave each is in a house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reviewkit.accounts.tables import TABLES, ColumnSpec, TableSpec
from reviewkit.errors import nearest
from reviewkit.params.checks import Checks, Severity

Family = Literal["contract", "rows", "references", "columns", "time"]
"""What a rule looks at; those of the contract are errors in every house."""


@dataclass(frozen=True)
class Rule:
    """One rule: how grave it is by itself, where it begins, and its words.

    `hint` may name what `hints` fill in; `unit` is that of the threshold, in words.
    """

    name: str
    family: Family
    severity: Severity
    words: str
    hint: str
    threshold: float = 0
    unit: str = ""


_MEND = "Mend the value at its source, or use where."

RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("source", "contract", "error", "the source cannot be used", ""),
        Rule(
            "fetched",
            "contract",
            "warning",
            "rows are fetched, for it is not aggregated where it is",
            "",
        ),
        Rule(
            "required",
            "contract",
            "error",
            "empty where a value is needed",
            "Fill it at its source, or leave the rows out with where.",
        ),
        Rule(
            "duplicate",
            "contract",
            "error",
            "the same key again",
            "The first is used. Remove the others at their source, or with where.",
        ),
        Rule("type", "rows", "error", "not of the column's type", "{type_hint}"),
        Rule(
            "values",
            "rows",
            "error",
            "not one of the words allowed",
            "Map the source's words with values: {{its word: one of {words}}}.",
        ),
        Rule(
            "minimum",
            "rows",
            "error",
            "below the least value allowed",
            "The least is {minimum:g}. " + _MEND,
        ),
        Rule(
            "maximum",
            "rows",
            "error",
            "above the largest value allowed",
            "The largest is {maximum:g}. " + _MEND,
        ),
        Rule(
            "order",
            "rows",
            "error",
            "dates run backwards",
            "It lies before {earlier}. Mend the dates at their source.",
        ),
        Rule(
            "clock",
            "rows",
            "warning",
            "within an hour that the clock skipped",
            "It is read as if the clock had moved on. Is timezone that of the source?",
        ),
        Rule(
            "lag",
            "rows",
            "warning",
            "dates too far apart",
            "It lies more than {lag:g} days after {earlier}. A wrong year? Mend it at its source.",
            366,
            "days",
        ),
        Rule(
            "future",
            "rows",
            "warning",
            "an event after the cut-off",
            "It lies more than {future:g} days after the cut-off. Mend it, or move cutoff.",
            31,
            "days",
        ),
        Rule(
            "orphan",
            "references",
            "warning",
            "what it refers to is not there",
            "No row of the client has it as {refers}. Export both tables over the same time.",
        ),
        Rule(
            "rate",
            "references",
            "warning",
            "amounts in a currency without a rate on their day",
            "They are left out. Add the rate to the table fx, or to fx in house.yaml.",
        ),
        Rule(
            "stranger",
            "references",
            "note",
            "rows of ids that no client folder claims",
            "Add the id to client.keys of the source if it is a client's, or leave it.",
        ),
        Rule(
            "column",
            "columns",
            "note",
            "columns that no source maps",
            "Metrics that need them are not supplied. Map them if the source has them.",
        ),
        Rule(
            "coverage",
            "columns",
            "warning",
            "filled less often than it should be",
            "Cells are empty at the source, or written in a way that is not read.",
            0.5,
            "share of rows",
        ),
        Rule(
            "unit",
            "columns",
            "warning",
            "months whose values are of another size",
            "Kilograms or tonnes, cents or euros? Convert it with expression, or mend it.",
            10,
            "factor",
        ),
        Rule(
            "gap",
            "time",
            "warning",
            "no rows where there usually are some",
            "An export may be missing. Where nothing happened, leave it.",
            3,
            "days in a row",
        ),
        Rule(
            "volume",
            "time",
            "warning",
            "another volume than in the same month last year",
            "A part may be missing, or be there twice. Where business changed, leave it.",
            0.5,
            "share of last year's rows",
        ),
        Rule(
            "freshness",
            "time",
            "warning",
            "older than its cut-off or the other tables say",
            "Export it again, or set cutoff to the moment up to which it is complete.",
            14,
            "days",
        ),
    )
}
"""Every rule, in the order in which they are described."""


@dataclass(frozen=True)
class Standards:
    """How grave each rule is in this house and where it begins, by table."""

    checks: Checks = field(default_factory=Checks)

    def severity(self, rule: str, table: str) -> Severity:
        """Return how grave `rule` is in `table`."""
        known = RULES[rule]
        if known.family == "contract":
            return known.severity
        own = getattr(self.checks, rule)
        there = own.tables.get(table)
        return (there and there.severity) or own.severity or known.severity

    def threshold(self, rule: str, table: str) -> float:
        """Return where `rule` begins in `table`, in the rule's own unit."""
        own = getattr(self.checks, rule)
        there = own.tables.get(table)
        for given in (there.threshold if there else None, own.threshold):
            if given is not None:
                return float(given)
        return RULES[rule].threshold

    def largest(self, spec: TableSpec, column: ColumnSpec) -> float | None:
        """Return the largest value allowed in a column: the house's own, or the contract's."""
        return self.checks.largest.get(f"{spec.name}.{column.name}", column.maximum)

    def mistakes(self) -> list[str]:
        """Return what the house names under `checks` that no table has."""
        found = [
            f"checks.{name}.tables: {table} is no account table. {nearest(table, TABLES)}"
            for name in RULES
            if name in type(self.checks).model_fields
            for table in getattr(self.checks, name).tables
            if table not in TABLES
        ]
        numbers = [
            f"{spec.name}.{column.name}"
            for spec in TABLES.values()
            for column in spec.columns
            if column.type in ("integer", "number", "money")
        ]
        return found + [
            f"checks.largest: {name} is no column of numbers. {nearest(name, numbers)}"
            for name in self.checks.largest
            if name not in numbers
        ]
