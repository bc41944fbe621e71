"""What the check found in a table, and the table as its rules see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from reviewkit.accounts.checks.orphans import here
from reviewkit.accounts.checks.rules import RULES, Standards
from reviewkit.accounts.checks.times import DATED
from reviewkit.accounts.tables import TableSpec
from reviewkit.params.checks import Severity


@dataclass(frozen=True)
class Finding:
    """One rule broken by one client's part of a table, or by all of it where `client` is "".

    `rows` counts the rows concerned, 0 where it is not about rows; `examples` are values or
    spans of time, the gravest or first before the others; `said` is what was found, in words.
    """

    severity: Severity
    rule: str
    table: str
    client: str
    column: str
    rows: int
    said: str
    hint: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """One account table in use: its clean rows, the columns supplied, and up to when.

    The days are those of UTC, up to the last whole day before the cut-off.
    """

    con: Backend
    spec: TableSpec
    rows: ir.Table
    supplied: frozenset[str]
    cutoff: dt.datetime
    standards: Standards

    def finding(
        self,
        rule: str,
        said: str,
        *,
        client: str = "",
        column: str = "",
        rows: int = 0,
        hint: str = "",
        examples: tuple[str, ...] = (),
    ) -> Finding:
        """Return a finding of `rule` in this table, with its severity and remedy."""
        severity = self.standards.severity(rule, self.spec.name)
        remedy = hint or RULES[rule].hint
        return Finding(severity, rule, self.spec.name, client, column, rows, said, remedy, examples)

    def threshold(self, rule: str) -> float:
        """Return where `rule` begins in this table."""
        return self.standards.threshold(rule, self.spec.name)

    @property
    def dated(self) -> str | None:
        """The column that tells a row's day; `None` where none is supplied."""
        return next((c for c in DATED.get(self.spec.name, ()) if c in self.supplied), None)

    @property
    def last_day(self) -> dt.date:
        """The last whole day before the cut-off."""
        return (self.cutoff.astimezone(dt.UTC) - dt.timedelta(days=1)).date()

    @cached_property
    def days(self) -> Mapping[str, Mapping[dt.date, int]]:
        """Rows per client and day, up to the last whole day; computed when first asked for."""
        if self.dated is None:
            return {}
        filled = self.rows.filter(self.rows[self.dated].notnull())
        day = filled[self.dated]
        day = day if day.type().is_date() else day.date()
        counts = filled.group_by(client=filled.client, day=day).agg(rows=filled.count())
        found = self.con.to_pyarrow(here(self.con, counts, f"days_{self.spec.name}")).to_pydict()
        days: dict[str, dict[dt.date, int]] = {}
        for client, when, rows in sorted(
            zip(found["client"], found["day"], found["rows"], strict=True)
        ):
            if when <= self.last_day:
                days.setdefault(client, {})[when] = int(rows)
        return days
