"""Runs every rule of the check over the account tables: what a build never waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from reviewkit.accounts.accounts import Accounts
from reviewkit.accounts.checks import coverage, freshness, gaps, kept, units, volume
from reviewkit.accounts.checks.exchange import without_rate
from reviewkit.accounts.checks.finding import Finding, Subject
from reviewkit.accounts.checks.rules import RULES, Standards
from reviewkit.accounts.checks.totals import ClientTotals, totals
from reviewkit.accounts.fx import rates_in
from reviewkit.accounts.report import CheckReport
from reviewkit.accounts.tables import TABLES
from reviewkit.params.models import Workspace

_Look = Callable[[Accounts, Subject], Iterable[Finding]]

_LOOKS: Mapping[str, _Look] = {
    "column": lambda _, subject: coverage.unmapped(subject),
    "coverage": lambda _, subject: coverage.coverage(subject),
    "gap": lambda _, subject: gaps.gaps(subject),
    "volume": lambda _, subject: volume.volume(subject),
    "unit": lambda _, subject: units.units(subject),
    "freshness": lambda accounts, subject: freshness.freshness(
        subject, max(accounts.cutoffs.values())
    ),
    "orphan": lambda accounts, subject: kept.orphans(subject, accounts.tables),
    "stranger": lambda accounts, subject: chain.from_iterable(
        kept.strangers(subject, read.seen, read.label) for read in accounts.read[subject.spec.name]
    ),
}
"""The rules of whole tables; those of single rows are all told by `kept.in_use`."""

_GRAVITY = ("error", "warning", "note")


def examine(accounts: Accounts, workspace: Workspace) -> CheckReport:
    """Return the full report: totals by source and by client, and what every rule finds.

    Grain: findings by table, rule, column and client, the gravest first. Rules that are off
    are not computed. Nothing is set aside here; that was done as the tables were opened.
    """
    standards = Standards(workspace.house.checks)
    clients: list[ClientTotals] = []
    findings: list[Finding] = []
    fx = accounts.tables.get("fx")
    rates = rates_in(workspace.house, None if fx is None else accounts.con.to_pandas(fx))
    for name in (name for name in TABLES if name in accounts.tables):
        subject = Subject(
            con=accounts.con,
            spec=TABLES[name],
            rows=accounts.tables[name],
            supplied=accounts.supplied[name],
            cutoff=accounts.cutoffs[name],
            standards=standards,
        )
        clients += totals(accounts.con, subject.spec, accounts.read[name])
        findings += _found(accounts, subject)
        if standards.severity("rate", name) != "off":
            findings += without_rate(subject, workspace, rates)
    findings.sort(key=_place)
    return CheckReport(tuple(accounts.checks), tuple(clients), tuple(findings))


def _place(finding: Finding) -> tuple[int, int, int, str]:
    return (
        _GRAVITY.index(finding.severity),
        list(RULES).index(finding.rule),
        list(TABLES).index(finding.table),
        finding.column,
    )


def _found(accounts: Accounts, subject: Subject) -> Iterator[Finding]:
    for read in accounts.read[subject.spec.name]:
        yield from kept.in_use(subject, read.seen, read.label)
    for rule, look in _LOOKS.items():
        if subject.standards.severity(rule, subject.spec.name) != "off":
            yield from look(accounts, subject)
