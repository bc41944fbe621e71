"""The command that a clock runs: its exit code, its JSON, and what it keeps apart."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
import yaml
from houses import write_house

from reviewkit.cli import main
from reviewkit.params.alerts import KINDS

RULES: dict[str, Any] = {kind: {} for kind in KINDS}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two clients with forty deliveries each, all on time, up to 6 October 2026."""
    return write_house(tmp_path_factory.mktemp("alerts") / "house", "north", "south")


def run(house: Path, rules: dict[str, Any], *words: str) -> tuple[int, str, str]:
    path = house / "params" / "house.yaml"
    written = yaml.safe_load(path.read_text())
    path.write_text(json.dumps(written | {"alerts": RULES | rules}))
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main(["alerts", *words, "--workspace", str(house)])
    return int(ended.value.code or 0), out.getvalue(), err.getvalue()


def test_the_gravest_alert_makes_the_exit_code(house: Path) -> None:
    assert run(house, {}, "--as-of", "2026-10-06")[0] == 0
    info = {"threshold": {"few": {"metrics": ["shipments"], "below": 41, "severity": "info"}}}
    code, out, _ = run(house, info, "--as-of", "2026-10-06")
    assert code == 0
    assert "north" in out
    stale = {"freshness": {"stale": {"days": 3}}}
    # The data end on 6 October: four days before the tenth, three before the ninth.
    assert run(house, stale, "--as-of", "2026-10-09")[0] == 0
    assert run(house, stale, "--as-of", "2026-10-10")[0] == 3
    grave = {"freshness": {"stale": {"days": 3, "severity": "critical"}}}
    assert run(house, grave | info, "--as-of", "2026-10-10")[0] == 4


def test_json_holds_facts_and_a_row_to_enter_once(house: Path) -> None:
    rules = {
        "threshold": {
            "few": {
                "metrics": ["shipments"],
                "below": 41,
                "owner": "Transport",
                "due_days": 5,
                "clients": ["south"],
            }
        }
    }
    code, out, _ = run(house, rules, "--json", "--as-of", "2026-10-06")
    assert code == 3
    (alert,) = json.loads(out)
    assert {name: alert[name] for name in ("client", "severity", "kind", "rule", "subject")} == {
        "client": "south",
        "severity": "warning",
        "kind": "threshold",
        "rule": "few",
        "subject": "shipments",
    }
    assert alert["facts"]["value"]["value"] == 40
    assert alert["facts"]["limit"] == "41"
    row = alert["to_enter"]
    assert row["action_id"] == alert["action"]["action_id"]
    assert (row["owner"], row["due_on"], row["metric"], row["internal"]) == (
        "Transport",
        "2026-10-11",
        "shipments",
        True,
    )


def test_a_client_that_does_not_exist_is_an_error_of_its_own(house: Path) -> None:
    code, out, err = run(house, {}, "nort", "--as-of", "2026-10-06")
    assert code in (1, 2)
    assert out == ""
    assert 'Did you mean "north"' in err


def test_a_client_facing_run_is_given_no_rules(house: Path) -> None:
    rules = {"threshold": {"secret-rule": {"metrics": ["shipments"], "below": 41}}}
    run(house, rules, "--as-of", "2026-10-06")
    for audience, told in (("client", False), ("internal", True)):
        out = io.StringIO()
        with redirect_stdout(out), pytest.raises(SystemExit):
            main(["extract", "north", "--audience", audience, "--workspace", str(house)])
        params = Path(out.getvalue().strip(), "params.json").read_text()
        assert ("secret-rule" in params) is told
        assert ('"alerts"' in params) is told
