"""What the check found, for a terminal and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from reviewkit.accounts.checks.finding import Finding
from reviewkit.accounts.checks.totals import ClientTotals
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

    @property
    def counts(self) -> tuple[int, ...]:
        """Rows in, and what became of them, in the order in which they are told."""
        return self.rows_in, self.rows_out, self.quarantined, self.excluded, self.other_clients


@dataclass(frozen=True)
class CheckReport:
    """All tables, in the order of the contract, with their clients and what was found.

    `ok` means that no row was set aside and no rule found an error. `clients` and `findings`
    are filled by `examine`; a build goes without.
    """

    tables: tuple[TableCheck, ...]
    clients: tuple[ClientTotals, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """True where no source and no row had to be set aside, and no rule found an error."""
        told = [found.severity for found in self.findings]
        told += [problem.severity for table in self.tables for problem in table.problems]
        return "error" not in told

    def to_json(self) -> dict[str, Any]:
        """Return the report in the fixed shape of ``reviewkit check --json``."""
        return {
            "ok": self.ok,
            "tables": [_plain(asdict(table)) for table in self.tables],
            "clients": [_plain(asdict(client)) for client in self.clients],
            "findings": [_plain(asdict(finding)) for finding in self.findings],
        }


def _plain(value: Any) -> Any:
    """Return `value` as JSON has it: lists for tuples, at every depth."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
