"""The report of the check as a page of its own, in the look of the reviews."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewkit.accounts import (
    CheckReport,
    examine,
    open_accounts,
    render_report,
    write_quarantine,
)
from reviewkit.accounts.checks.finding import Finding
from reviewkit.accounts.checks.rules import RULES
from reviewkit.accounts.printed import where
from reviewkit.accounts.report import TableCheck
from reviewkit.blocks import Cell, Column, Front, Heading, Prose, Row, Span, State, Status, Table
from reviewkit.params import Workspace
from reviewkit.params.checks import Severity
from reviewkit.release.manifest import write_whole
from reviewkit.render.document import Document
from reviewkit.render.html import write_html
from reviewkit.render.parts import Part

PAGE = Path("reports", "checks.html")
"""Where the page lies in a workspace."""

_WHOSE = "holds data of all clients"
"""Why the page stays in the house."""

_MOST = 500
"""Rows of a table on the page, at most; the JSON has all."""

_STATES: Mapping[Severity, tuple[State, str]] = {
    "error": ("missed", "Error"),
    "warning": ("at_risk", "Warning"),
    "note": ("no_target", "Note"),
}

_SUMS = ("rows in", "used", "set aside", "excluded", "other clients")


@dataclass(frozen=True)
class Checked:
    """The report of the check, the files of rows set aside, and the page."""

    report: CheckReport
    files: tuple[Path, ...]
    page: Path

    def text(self) -> str:
        """Return the report for a terminal, with the files named from where it stands."""
        lines = [render_report(self.report), ""]
        if self.files:
            lines.append("rows set aside, with the reason of each:")
            lines += [f"  {os.path.relpath(file)}" for file in self.files]
        return "\n".join([*lines, f"as a page: {os.path.relpath(self.page)}"])


def run_checks(workspace: Workspace) -> Checked:
    """Check the account data; write the page, and the rows set aside for a person to find."""
    with open_accounts(workspace) as accounts:
        report = examine(accounts, workspace)
        files = write_quarantine(accounts, Path(workspace.root) / ".reviewkit" / "quarantine")
        page = write_checks_page(workspace, report, accounts.cutoffs)
    return Checked(report, tuple(files), page)


def write_checks_page(
    workspace: Workspace, report: CheckReport, cutoffs: Mapping[str, dt.datetime]
) -> Path:
    """Write the page of `report` into the workspace and return its path.

    It needs nothing beside itself; the same report gives the same bytes.
    """
    path = Path(workspace.root) / PAGE
    page = write_html(_document(workspace, report, cutoffs), band=_WHOSE)
    write_whole(path, page.encode())
    return path


def _document(
    workspace: Workspace, report: CheckReport, cutoffs: Mapping[str, dt.datetime]
) -> Document:
    house = workspace.house
    newest = max(cutoffs.values(), default=None)
    front = Front(
        client=house.name,
        report="Data check",
        period="",
        provider=house.name,
        title=f"{house.name}: data check",
        audience="internal",
        accent=house.brand.accent,
        source="Written by reviewkit check from the sources in house.yaml",
        confidentiality=_WHOSE.capitalize(),
        generated=newest,
    )
    parts: list[Part] = [
        Heading(role="headline", text=_headline(report)),
        Prose(paragraphs=((Span(text=_lead(cutoffs)),),), lead=True),
        *_section("Told of sources and rows", "Rows", _problems(report)),
        *_section("Told of tables", "Tables", _findings(report.findings)),
        *_section("Every row accounted for", "By source", _by_source(report)),
        *_section("By client", "By client", _by_client(report)),
        *_section("Complete up to", "Cut-offs", _cutoffs(cutoffs)),
    ]
    return Document(front=front, parts=tuple(parts), ours=True)


def _headline(report: CheckReport) -> str:
    aside = sum(table.quarantined for table in report.tables)
    used = sum(table.rows_out for table in report.tables)
    warnings = sum(finding.severity == "warning" for finding in report.findings)
    told = f"; {_count(warnings, 'warning')}" if warnings else "; nothing to warn of"
    return f"{_count(used, 'row')} used, {aside:,} set aside{told}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _lead(cutoffs: Mapping[str, dt.datetime]) -> str:
    return (
        f"{_count(len(cutoffs), 'table')} in use. Rows in = used + set aside + excluded by rule "
        "+ other clients, for every source and every client."
    )


def _section(text: str, nav: str, table: Table) -> tuple[Part, Part]:
    return Heading(role="section", text=text, nav=nav), table


def _by_source(report: CheckReport) -> Table:
    return _table(
        "Control totals by source",
        (*_texts("table", "source"), *_figures(*_SUMS)),
        (
            (
                *map(_text, (table.table, table.source)),
                *map(
                    _number,
                    (
                        table.rows_in,
                        table.rows_out,
                        table.quarantined,
                        table.excluded,
                        table.other_clients,
                    ),
                ),
            )
            for table in report.tables
        ),
    )


def _by_client(report: CheckReport) -> Table:
    return _table(
        "Control totals by table and client",
        (*_texts("table", "client"), *_figures(*_SUMS)),
        (
            (
                *map(_text, (item.table, item.client or "no folder")),
                *map(
                    _number,
                    (
                        item.rows_in,
                        item.rows_out,
                        item.quarantined,
                        item.excluded,
                        item.other_clients,
                    ),
                ),
            )
            for item in report.clients
        ),
    )


def _problems(report: CheckReport) -> Table:
    return _table(
        "Rules that rows or sources break",
        (*_texts("severity", "where", "rule"), *_figures("rows"), *_texts("such as", "remedy")),
        (row for table in report.tables for row in _of_source(table)),
        empty="No source and no row breaks a rule.",
    )


def _of_source(table: TableCheck) -> Iterable[tuple[Cell, ...]]:
    for problem in table.problems:
        yield (
            _severity(problem.severity),
            Cell(text=where(table.table, problem.column), note=table.source),
            _text(RULES[problem.rule].words),
            _number(problem.rows),
            _text(", ".join(problem.examples)),
            _text(problem.hint),
        )


def _findings(findings: Sequence[Finding]) -> Table:
    return _table(
        "What was found in tables",
        _texts("severity", "where", "rule", "client", "found", "remedy"),
        (
            (
                _severity(finding.severity),
                _text(where(finding.table, finding.column)),
                _text(RULES[finding.rule].words),
                _text(finding.client or "all"),
                Cell(text=finding.said, note=", ".join(finding.examples[:10])),
                _text(finding.hint),
            )
            for finding in findings
        ),
        empty="No rule found anything.",
    )


def _cutoffs(cutoffs: Mapping[str, dt.datetime]) -> Table:
    return _table(
        "Cut-off of each table",
        _texts("table", "cut-off"),
        (
            (_text(table), _text(moment.isoformat(sep=" ", timespec="minutes")))
            for table, moment in cutoffs.items()
        ),
        empty="No table is in use.",
    )


def _table(
    summary: str,
    columns: Sequence[Column],
    rows: Iterable[tuple[Cell, ...]],
    empty: str = "None.",
) -> Table:
    every = [Row(cells=cells) for cells in rows]
    more = len(every) - _MOST
    if more > 0:
        rest = Cell(text=f"and {more:,} more, in reviewkit check --json")
        every = [*every[:_MOST], Row(cells=(rest, *(Cell() for _ in columns[1:])))]
    return Table(columns=tuple(columns), rows=tuple(every), summary=summary, empty=empty)


def _texts(*labels: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            key=label,
            label=label.capitalize(),
            grow=1.0 if label in ("remedy", "found") else 0.0,
            card="title" if label in ("table", "where") else "line",
        )
        for label in labels
    )


def _figures(*labels: str) -> tuple[Column, ...]:
    return tuple(Column(key=label, label=label.capitalize(), align="right") for label in labels)


def _text(text: str) -> Cell:
    return Cell(text=text, value=text)


def _number(count: int) -> Cell:
    return Cell(text=f"{count:,}", value=count, type="int")


def _severity(severity: Severity) -> Cell:
    state, word = _STATES[severity]
    return Cell(status=Status(state=state, word=word), value=severity)
