"""The page of the check: what it holds, and that nothing in the data can act on it."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from houses import write_house

from reviewkit.accounts.checks.finding import Finding
from reviewkit.accounts.checks.rules import RULES
from reviewkit.accounts.checks.totals import ClientTotals
from reviewkit.accounts.report import CheckReport, TableCheck, TableProblem
from reviewkit.build.checks_page import write_checks_page
from reviewkit.cli import cli
from reviewkit.params import Workspace
from reviewkit.params.models import House

CUTOFFS = {"cases": dt.datetime(2026, 10, 6, 18, tzinfo=dt.UTC)}
HOSTILE = "<script>alert('x')</script>"


def page(
    root: Path,
    report: CheckReport,
    cutoffs: dict[str, dt.datetime] | None = None,
    locale: str = "en-GB",
) -> str:
    """The page of a report in a workspace without clients."""
    house = House(name="House & Sons", sources={}, locale=locale)
    workspace = Workspace(root=str(root), house=house, clients={})
    path = write_checks_page(workspace, report, CUTOFFS if cutoffs is None else cutoffs)
    assert path == root / "reports" / "checks.html"
    return path.read_text(encoding="utf-8")


def read(text: str) -> str:
    """What a reader sees: no styles, no marks, blanks as one."""
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def cases(*problems: TableProblem) -> TableCheck:
    return TableCheck("cases", "cases.csv", 12345, 12300, 5, 10, 30, {}, problems)


URGENT = TableProblem("error", "severity", "values", 5, ("urgent",), "Map the words with values.")
GAP = Finding(
    *("warning", "gap", "cases", "acme", "opened_at", 0, "none from 2026-05-04 to 2026-05-15"),
    *("An export may be missing.", ("2026-05-04 to 2026-05-15",)),
)
UNMAPPED = Finding(
    *("note", "column", "cases", "", "", 0, "1 of 9: reopened"),
    *("Map them if the source has them.", ("reopened",)),
)


def test_the_page_holds_the_totals_and_everything_found(tmp_path: Path) -> None:
    clients = (
        ClientTotals("cases", "acme", 12315, 12300, 5, 10),
        ClientTotals("cases", "", 30, 0, 0, 0, 30),
    )
    text = read(page(tmp_path, CheckReport((cases(URGENT),), clients, (GAP, UNMAPPED))))
    assert "12,300 rows used, 5 set aside; 1 warning" in text
    assert "cases cases.csv 12,345 12,300 5 10 30" in text
    assert "cases acme 12,315 12,300 5 10 0" in text
    assert "cases no folder 30 0 0 0 30" in text
    for told in (
        *("Error", "cases.severity", "urgent", "Map the words with values."),
        *("Warning", "cases.opened_at", "none from 2026-05-04 to 2026-05-15", "acme"),
        *("An export may be missing.", "Note", "1 of 9: reopened"),
        *("Map them if the source has them.", "2026-10-06 18:00+00:00"),
    ):
        assert told in text


def test_the_page_says_that_it_holds_data_of_all_clients(tmp_path: Path) -> None:
    text = read(page(tmp_path, CheckReport((cases(),))))
    assert "Holds data of all clients" in text
    assert "House & Sons only: holds data of all clients. Never send to the client." in text
    assert "cost and margin" not in text
    assert "House & Sons: data check" in text


def test_a_report_without_findings_says_so(tmp_path: Path) -> None:
    text = read(page(tmp_path, CheckReport(()), {}))
    assert "0 rows used, 0 set aside; nothing to warn of" in text
    assert "No source and no row breaks a rule." in text
    assert "No rule found anything." in text
    assert "No table is in use." in text


def test_the_page_speaks_the_language_of_the_house(tmp_path: Path) -> None:
    clients = (ClientTotals("cases", "", 30, 0, 0, 0, 30),)
    gap = replace(GAP, hint=RULES["gap"].hint)
    made = page(tmp_path, CheckReport((cases(URGENT),), clients, (gap,)), locale="de-DE")
    text = read(made)
    assert '<html lang="de-DE">' in made
    assert "12.300 Zeilen verwendet, 5 ausgesondert; 1 Warnung" in text
    assert "cases ohne Ordner 30 0 0 0 30" in text
    for told in (
        *("House & Sons: Datenprüfung", "Enthält Daten aller Kunden", "NUR INTERN"),
        *("Fehler", "keines der erlaubten Wörter", "keine Zeilen, wo sonst welche sind"),
        *("Vielleicht fehlt ein Export.", "Datenstand"),
        # What was found is told as the command tells it.
        *("none from 2026-05-04 to 2026-05-15", "Map the words with values."),
    ):
        assert told in text


def test_names_and_values_of_the_data_are_text_on_the_page(tmp_path: Path) -> None:
    problem = TableProblem("error", HOSTILE, "values", 1, (HOSTILE,), HOSTILE)
    finding = Finding("warning", "gap", "cases", HOSTILE, HOSTILE, 1, HOSTILE, HOSTILE, (HOSTILE,))
    source = TableCheck("cases", f"{HOSTILE}.csv", 1, 0, 1, problems=(problem,))
    clients = (ClientTotals("cases", HOSTILE, 1, 0, 1, 0),)
    text = page(tmp_path, CheckReport((source,), clients, (finding,)))
    assert "<script>alert" not in text
    assert "alert('x')" in read(text)


def test_the_page_needs_nothing_beside_itself(tmp_path: Path) -> None:
    text = page(tmp_path, CheckReport((cases(URGENT),), (), (GAP,)))
    assert "<script src" not in text
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", text)
    assert not re.findall(r"@import|url\(\s*[\"']?(?:https?:)?//", text)


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    report = CheckReport((cases(URGENT),), (), (GAP,))
    assert page(tmp_path / "a", report) == page(tmp_path / "b", report)


def test_a_long_table_ends_with_how_many_more(tmp_path: Path) -> None:
    clients = tuple(ClientTotals("cases", f"c{n:03}", 1, 1, 0, 0) for n in range(502))
    text = read(page(tmp_path, CheckReport((), clients)))
    assert "and 2 more, in reviewkit check --json" in text
    assert "c499" in text
    assert "c500" not in text


@pytest.mark.parametrize("words", [("check",), ("check", "--json")])
def test_the_command_writes_the_page_and_names_it_in_text(tmp_path: Path, words) -> None:
    root = write_house(tmp_path / "house")
    with chdir(root):
        done = CliRunner().invoke(cli, list(words))
    assert done.exit_code == 0
    text = read((root / "reports" / "checks.html").read_text(encoding="utf-8"))
    assert "shipments data/shipments.csv 40 40 0 0 0" in text
    assert "shipments tiny 40 40 0 0 0" in text
    if "--json" in words:
        report = json.loads(done.stdout)
        assert set(report) == {"ok", "tables", "clients", "findings"}
        for found in report["findings"]:
            assert html.unescape(found["said"]) in text
    else:
        assert "as a page: reports/checks.html" in done.stdout
