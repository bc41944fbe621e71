"""The report of the check as text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reviewkit.accounts.checks.finding import Finding
from reviewkit.accounts.checks.rules import RULES
from reviewkit.accounts.checks.totals import ClientTotals
from reviewkit.accounts.report import CheckReport, TableCheck

_SHOWN = 3
_FEW = 40
"""Lines of clients that are printed whole; of more, those of which every row is used are summed."""

_SUMS = ("rows in", "used", "set aside", "excluded", "other clients")


def render_report(report: CheckReport) -> str:
    """Return the report as text: control totals that tie, then every problem with its remedy."""
    lines = _columns(
        [
            ("table", "source", *_SUMS),
            *((table.table, table.source, *_numbers(*table.counts)) for table in report.tables),
        ]
    )
    lines.append("rows in = used + set aside + excluded + other clients, for every source")
    if report.clients:
        lines += ["", *_columns([("table", "client", *_SUMS), *_by_client(report.clients)])]
    for table in report.tables:
        lines += _problems(table)
    lines += _findings(report.findings)
    return "\n".join(lines)


def grouped(findings: Sequence[Finding]) -> Iterator[list[Finding]]:
    """Give the findings that differ in their client alone, together."""
    for _, group in groupby(findings, key=lambda f: (f.severity, f.rule, f.table, f.column)):
        yield list(group)


def where(table: str, column: str) -> str:
    """Return the place of a finding in one word."""
    return f"{table}.{column}" if column else table


def _by_client(clients: Sequence[ClientTotals]) -> Iterator[tuple[str, ...]]:
    for table, group in groupby(clients, key=lambda client: client.table):
        totals = list(group)
        plain = [item for item in totals if item.client and item.rows_out == item.rows_in]
        short = len(clients) > _FEW and len(plain) > 1
        for item in totals:
            if not (short and item in plain):
                yield (table, item.client or "(no folder)", *_numbers(*item.counts))
        if short:
            rows = sum(item.rows_in for item in plain)
            yield (table, f"({len(plain):,} others)", *_numbers(rows, rows, 0, 0, 0))


def _numbers(*counts: int) -> tuple[str, ...]:
    return tuple(f"{count:,}" for count in counts)


def _problems(table: TableCheck) -> Iterator[str]:
    for problem in table.problems:
        noun = "row" if problem.rows == 1 else "rows"
        count = f"{problem.rows:,} {noun} " if problem.rows else ""
        shown = f" such as {', '.join(problem.examples)}" if problem.examples else ""
        said = f"{count}{RULES[problem.rule].words}{shown}"
        yield ""
        yield f"{problem.severity}: {where(table.table, problem.column)} in {table.source}: {said}"
        yield from (f"  {line}" for line in problem.hint.splitlines())


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    for group in grouped(findings):
        first = group[0]
        place = where(first.table, first.column)
        yield ""
        yield f"{first.severity}: {place}: {RULES[first.rule].words}"
        for finding in group[:_SHOWN]:
            client = f"{finding.client}: " if finding.client else ""
            such = f", such as {', '.join(finding.examples[:_SHOWN])}" if finding.rows else ""
            yield f"  {client}{finding.said}{such if finding.examples else ''}"
        if len(group) > _SHOWN:
            yield f"  and {len(group) - _SHOWN:,} more clients"
        yield f"  {first.hint}"


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [_line(row, widths) for row in rows]


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    left = [cell.ljust(width) for cell, width in zip(cells[:2], widths[:2], strict=True)]
    right = [cell.rjust(width) for cell, width in zip(cells[2:], widths[2:], strict=True)]
    return "  ".join((*left, *right)).rstrip()
