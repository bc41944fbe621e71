"""What the check found, for a terminal and for programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reviewkit.accounts.checks.rules import RULES
from reviewkit.params.checks import Severity


@dataclass(frozen=True)
class TableProblem:
    """One rule broken in one column of one source, with up to three examples."""

    severity: Severity
    column: str
    rule: str
    rows: int
    examples: tuple[str, ...]
    hint: str


@dataclass(frozen=True)
class TableCheck:
    """One source of one table. Rows in = rows out + quarantined + excluded + other clients.

    `amounts` holds, per money column, the sum over the rows out.
    """

    table: str
    source: str
    rows_in: int
    rows_out: int
    quarantined: int
    excluded: int = 0
    other_clients: int = 0
    amounts: dict[str, str] = field(default_factory=dict)
    problems: tuple[TableProblem, ...] = ()

    def __post_init__(self) -> None:
        out = self.rows_out + self.quarantined + self.excluded + self.other_clients
        if out != self.rows_in:
            raise AssertionError(f"{self.table} from {self.source}: {self.rows_in} in, {out} out")


@dataclass(frozen=True)
class CheckReport:
    """All tables, in the order of the contract. `ok` means that no row was set aside."""

    tables: tuple[TableCheck, ...]

    @property
    def ok(self) -> bool:
        """True where no source and no row had to be set aside."""
        return not any(
            problem.severity == "error" for table in self.tables for problem in table.problems
        )

    def to_json(self) -> dict[str, Any]:
        """Return the report in the fixed shape of ``reviewkit check --json``."""
        return {
            "ok": self.ok,
            "tables": [
                {
                    "table": table.table,
                    "source": table.source,
                    "rows_in": table.rows_in,
                    "rows_out": table.rows_out,
                    "quarantined": table.quarantined,
                    "excluded": table.excluded,
                    "other_clients": table.other_clients,
                    "amounts": table.amounts,
                    "problems": [
                        {
                            "severity": problem.severity,
                            "column": problem.column,
                            "rule": problem.rule,
                            "rows": problem.rows,
                            "examples": list(problem.examples),
                            "hint": problem.hint,
                        }
                        for problem in table.problems
                    ],
                }
                for table in self.tables
            ],
        }


def render_report(report: CheckReport) -> str:
    """Return the report as text: control totals that tie, then every problem with its remedy."""
    head = ("table", "source", "rows in", "used", "set aside", "excluded", "other clients")
    rows = [
        (
            table.table,
            table.source,
            f"{table.rows_in:,}",
            f"{table.rows_out:,}",
            f"{table.quarantined:,}",
            f"{table.excluded:,}",
            f"{table.other_clients:,}",
        )
        for table in report.tables
    ]
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    lines = [_line(row, widths) for row in (head, *rows)]
    lines.append("rows in = used + set aside + excluded + other clients, for every source")
    for table in report.tables:
        for problem in table.problems:
            where = f"{table.table}.{problem.column}" if problem.column else table.table
            count = f"{problem.rows:,} rows " if problem.rows else ""
            shown = f" such as {', '.join(problem.examples)}" if problem.examples else ""
            said = f"{count}{RULES[problem.rule].words}{shown}"
            lines += ["", f"{problem.severity}: {where} in {table.source}: {said}"]
            lines += [f"  {line}" for line in problem.hint.splitlines()]
    return "\n".join(lines)


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    left = [cell.ljust(width) for cell, width in zip(cells[:2], widths[:2], strict=True)]
    right = [cell.rjust(width) for cell, width in zip(cells[2:], widths[2:], strict=True)]
    return "  ".join((*left, *right)).rstrip()
