"""What the check finds in tables of a few rows, as the tests of its rules compare it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from little import aside, source, workspace

from reviewkit.accounts import CheckReport, open_accounts
from reviewkit.accounts.checks.examine import examine
from reviewkit.params.checks import Checks
from reviewkit.params.models import Workspace

Aside = list[tuple[str, str, str, str]]
Look = Callable[..., "Looked"]


class Looked:
    """A report, the findings of one rule, and what was set aside."""

    def __init__(self, report: CheckReport, quarantined: Mapping[str, Aside]) -> None:
        self.report = report
        self.quarantined = quarantined

    def of(self, rule: str) -> list[tuple[str, str, str, str]]:
        """Severity, client, column and what was said of each finding of `rule`."""
        return [
            (found.severity, found.client, found.column, found.said)
            for found in self.report.findings
            if found.rule == rule
        ]

    def examples(self, rule: str) -> list[tuple[str, ...]]:
        return [found.examples for found in self.report.findings if found.rule == rule]


def look(root: Path, checks: Mapping[str, Any], tables: Mapping[str, dict[str, Any]]) -> Looked:
    """Check tables, each `{"text": rows of a CSV, and what its source says}`."""
    sources = {}
    for name, given in tables.items():
        (root / f"{name}.csv").write_text(given["text"], encoding="utf-8")
        rest = {key: value for key, value in given.items() if key != "text"}
        sources[name] = (source(file=f"{name}.csv", **rest),)
    plain = workspace(root, sources)
    house = plain.house.model_copy(update={"checks": Checks.model_validate(checks)})
    made = Workspace(root=plain.root, house=house, clients=plain.clients)
    with open_accounts(made) as accounts:
        return Looked(examine(accounts, made), {name: aside(accounts, name) for name in tables})
