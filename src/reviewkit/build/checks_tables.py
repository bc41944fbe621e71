"""The tables of the check's page: what broke a rule, and where every row went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviewkit.accounts import CheckReport
from reviewkit.accounts.checks.finding import Finding
from reviewkit.accounts.checks.rules import RULES
from reviewkit.accounts.printed import where
from reviewkit.accounts.report import TableCheck
from reviewkit.blocks import Cell, Column, Row, State, Status, Table
from reviewkit.display.formats import Formats
from reviewkit.params.checks import Severity
from reviewkit.speech import say

_MOST = 500
"""Rows of a table on the page, at most; the JSON has all."""

_STATES: Mapping[Severity, State] = {
    "error": "missed",
    "warning": "at_risk",
    "note": "no_target",
}

_TITLES = ("table", "where")
_BROAD = {"remedy": 1.0, "found": 1.0, "rule": 0.6}
"""Columns of words, and how they share the room."""


@dataclass(frozen=True)
class Tables:
    """Makes the tables in the language that is spoken, numbers as `formats` writes them."""

    formats: Formats

    def by_source(self, report: CheckReport) -> Table:
        """Return the control totals of every source."""
        return self._table(
            say("Control totals by source"),
            (*_texts("table", "source"), *_sums()),
            (
                (
                    *map(_text, (table.table, table.source)),
                    *map(self._number, table.counts),
                )
                for table in report.tables
            ),
        )

    def by_client(self, report: CheckReport) -> Table:
        """Return the control totals of every client in every table."""
        return self._table(
            say("Control totals by table and client"),
            (*_texts("table", "client"), *_sums()),
            (
                (
                    *map(_text, (item.table, item.client or say("no folder"))),
                    *map(self._number, item.counts),
                )
                for item in report.clients
            ),
        )

    def problems(self, report: CheckReport) -> Table:
        """Return what sources and rows break, with the remedy of each."""
        return self._table(
            say("Rules that rows or sources break"),
            (*_texts("severity", "where", "rule"), *_figures("rows"), *_texts("such as", "remedy")),
            (row for table in report.tables for row in self._of_source(table)),
            empty=say("No source and no row breaks a rule."),
        )

    def findings(self, findings: Sequence[Finding]) -> Table:
        """Return what was found in tables, the client's name beside it."""
        return self._table(
            say("What was found in tables"),
            _texts("severity", "where", "rule", "client", "found", "remedy"),
            (
                (
                    _severity(finding.severity),
                    _text(where(finding.table, finding.column)),
                    _text(say(RULES[finding.rule].words)),
                    _text(finding.client or say("all", context="clients")),
                    Cell(text=finding.said, note=", ".join(_more(finding))),
                    _text(say(finding.hint)),
                )
                for finding in findings
            ),
            empty=say("No rule found anything."),
        )

    def cutoffs(self, cutoffs: Mapping[str, dt.datetime]) -> Table:
        """Return up to when each table is complete."""
        return self._table(
            say("Cut-off of each table"),
            _texts("table", "cut-off"),
            (
                (_text(table), _text(moment.isoformat(sep=" ", timespec="minutes")))
                for table, moment in cutoffs.items()
            ),
            empty=say("No table is in use."),
        )

    def _of_source(self, table: TableCheck) -> Iterable[tuple[Cell, ...]]:
        for problem in table.problems:
            yield (
                _severity(problem.severity),
                Cell(text=where(table.table, problem.column), note=table.source),
                _text(say(RULES[problem.rule].words)),
                self._number(problem.rows),
                _text(", ".join(problem.examples)),
                _text(say(problem.hint)),
            )

    def _table(
        self,
        summary: str,
        columns: Sequence[Column],
        rows: Iterable[tuple[Cell, ...]],
        empty: str = "",
    ) -> Table:
        every = [Row(cells=cells) for cells in rows]
        more = len(every) - _MOST
        if more > 0:
            number = self.formats.number(more)
            rest = Cell(text=say("and {number} more, in reviewkit check --json", number=number))
            every = [*every[:_MOST], Row(cells=(rest, *(Cell() for _ in columns[1:])))]
        empty = empty or say("None.")
        return Table(columns=tuple(columns), rows=tuple(every), summary=summary, empty=empty)

    def _number(self, count: int) -> Cell:
        return Cell(text=self.formats.number(count), value=count, type="int")


def _more(finding: Finding) -> tuple[str, ...]:
    """Return the examples of a finding, where it does not name them all itself."""
    shown = finding.examples[:10]
    return () if all(example in finding.said for example in shown) else shown


def _labels() -> dict[str, str]:
    """Return the head of each column by its key."""
    return {
        "table": say("Table"),
        "source": say("Source"),
        "client": say("Client"),
        "severity": say("Severity"),
        "where": say("Where"),
        "rule": say("Rule"),
        "rows": say("Rows"),
        "such as": say("Such as"),
        "found": say("Found"),
        "remedy": say("Remedy"),
        "cut-off": say("Cut-off"),
        "rows in": say("Rows in"),
        "used": say("Used"),
        "set aside": say("Set aside"),
        "excluded": say("Excluded"),
        "other clients": say("Other clients"),
    }


def _texts(*keys: str) -> tuple[Column, ...]:
    labels = _labels()
    return tuple(
        Column(
            key=key,
            label=labels[key],
            grow=_BROAD.get(key, 0.0),
            card="title" if key in _TITLES else "line",
        )
        for key in keys
    )


def _figures(*keys: str) -> tuple[Column, ...]:
    labels = _labels()
    return tuple(Column(key=key, label=labels[key], align="right") for key in keys)


def _sums() -> tuple[Column, ...]:
    return _figures("rows in", "used", "set aside", "excluded", "other clients")


def _text(text: str) -> Cell:
    return Cell(text=text, value=text)


def _severity(severity: Severity) -> Cell:
    words: Mapping[Severity, str] = {
        "error": say("Error"),
        "warning": say("Warning"),
        "note": say("Note", context="check"),
    }
    return Cell(status=Status(state=_STATES[severity], word=words[severity]), value=severity)
