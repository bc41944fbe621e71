"""Rules for alerts as a house writes them: what holds without them, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from reviewkit.errors import ParamsError
from reviewkit.params.alerts import Alerts, Threshold
from reviewkit.workspace import open_workspace

HOUSE = """\
name: House
sources:
  cases:
    - file: a.csv
      cutoff: 2026-10-06T18:00:00+02:00
      client: {constant: acme}
      columns: {case_id: id, opened_at: opened}
"""


def write(root: Path, alerts: str) -> Path:
    folder = root / "params" / "acme"
    folder.mkdir(parents=True)
    (folder / "client.yaml").write_text("name: Acme\ncurrency: EUR\n")
    (root / "params" / "house.yaml").write_text(HOUSE + alerts)
    return root


def test_the_page_shows_the_rules_that_hold_without_any(repository: Path) -> None:
    page = (repository / "docs" / "alerts.md").read_text()
    block = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert block is not None
    assert Alerts.model_validate(yaml.safe_load(block[1])["alerts"]) == Alerts()


def test_a_kind_that_is_given_replaces_its_rules_and_no_other(tmp_path: Path) -> None:
    written = "alerts:\n  threshold: {late: {metrics: [cases_open], above: 5}}\n  trend: {}\n"
    alerts = open_workspace(write(tmp_path, written)).house.alerts
    assert alerts.threshold == {"late": Threshold(metrics=("cases_open",), above=5)}  # type: ignore[arg-type]
    assert alerts.trend == {}
    assert alerts.renewal == Alerts().renewal


@pytest.mark.parametrize(
    ("alerts", "line", "key", "said"),
    [
        (
            "  threshold: {a: {metrics: [otiff]}}",
            9,
            "threshold.a.metrics.0",
            'Did you mean "otif"',
        ),
        ("  threshold: {a: {periods: 0}}", 9, "threshold.a.periods", "0"),
        ("  threshold: {a: {severity: grave}}", 9, "threshold.a.severity", "'critical'"),
        (
            "  threshold: {a: {clients: [acmee]}}",
            9,
            "threshold.a.clients.0",
            'Did you mean "acme"',
        ),
        ("  thresholds: {}", 9, "thresholds", 'Did you mean "threshold"'),
        ("  trend: {a: {tests: [ten_in_a_row]}}", 9, "trend.a.tests.0", "six_trending"),
        ("  trend: {a: {months: 12, baseline: 12}}", 9, "trend.a.baseline", "fewer months"),
        ("  ageing: {a: {days: 3}}", 9, "ageing.a.of", "is missing"),
        ("  freshness: {a: {days: 3, tables: [case]}}", 9, "freshness.a.tables.0", '"cases"'),
    ],
)
def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, alerts: str, line: int, key: str, said: str
) -> None:
    with pytest.raises(ParamsError) as caught:
        open_workspace(write(tmp_path, f"alerts:\n{alerts}\n"))
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("params/house.yaml", line)
    assert problem.key == f"alerts.{key}"
    assert said in f"{problem.what} {problem.hint}"
