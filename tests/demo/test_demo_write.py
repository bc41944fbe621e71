"""Writing the demo: the same bytes, nobody's work overwritten, dirt that the check finds."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import Done
from demos import copied

from reviewkit.accounts.tables import TABLES
from reviewkit.demo import write_demo
from reviewkit.demo.dirt import PLANTED
from reviewkit.errors import UsageError
from reviewkit.params.load import load_workspace


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".reviewkit" not in path.parts
    }


def test_another_process_writes_the_same_bytes(demo_folder: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from reviewkit.demo import write_demo; "
        "write_demo(Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, env=environment)
    assert hashes(tmp_path) == hashes(demo_folder)


def test_a_second_call_touches_nothing(demo_folder: Path, tmp_path: Path) -> None:
    # Others read the shared one, and the call writes beside what it leaves alone.
    own = copied(demo_folder, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in own.rglob("*") if path.is_file()}
    summary = write_demo(own)
    after = {path: path.stat().st_mtime_ns for path in own.rglob("*") if path.is_file()}
    assert after == before
    assert summary.written == ()
    assert summary.kept == ()
    assert "data/tms_shipments.parquet" in summary.unchanged
    assert "params/house.yaml" in summary.unchanged


def test_what_was_changed_is_kept_and_what_lacks_is_written(tmp_path: Path) -> None:
    plan = tmp_path / "params" / "acme" / "plan.yaml"
    plan.parent.mkdir(parents=True)
    plan.write_text("objectives: []\n")
    budget = tmp_path / "data" / "budget.csv"
    budget.parent.mkdir()
    budget.write_text("half a file\n")
    summary = write_demo(tmp_path)
    assert plan.read_text() == "objectives: []\n"
    assert summary.kept == ("params/acme/plan.yaml",)
    assert "data/budget.csv" in summary.written
    assert budget.read_text().startswith("Version,Month,")
    assert summary.rows["budget.csv"] == len(budget.read_text().splitlines()) - 1
    assert (tmp_path / "params" / "cobalt" / "client.yaml").is_file()


def test_another_provider_s_workspace_is_refused_untouched(tmp_path: Path) -> None:
    house = tmp_path / "params" / "house.yaml"
    house.parent.mkdir()
    house.write_text("name: Halfmoon Freight\n")
    with pytest.raises(UsageError, match="another provider's"):
        write_demo(tmp_path)
    assert hashes(tmp_path).keys() == {"params/house.yaml"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        write_demo(tmp_path / "demo")


def test_the_data_stay_small(demo_folder: Path) -> None:
    size = sum(path.stat().st_size for path in (demo_folder / "data").iterdir())
    assert size < 36_000_000


def test_the_check_sets_aside_the_planted_rows_and_no_others(demo_check: Done) -> None:
    tables = json.loads(demo_check.stdout)["tables"]
    found = {
        table["table"]: {
            rule: sum(problem["rows"] for problem in table["problems"] if problem["rule"] == rule)
            for rule in sorted({problem["rule"] for problem in table["problems"]})
        }
        for table in tables
        if table["problems"]
    }
    assert found == {table: dict(sorted(rules.items())) for table, rules in PLANTED.items()}
    aside: dict[str, int] = {}
    others: dict[str, int] = {}
    for table in tables:
        name = table["table"]
        aside[name] = aside.get(name, 0) + table["quarantined"]
        others[name] = others.get(name, 0) + table["other_clients"]
        assert table["rows_out"] > 0
    assert aside == {name: sum(PLANTED.get(name, {}).values()) for name in aside}
    assert set(aside) == set(TABLES)
    assert others["shipments"] > 5000
    assert others["invoice_lines"] > 300


def test_nobody_in_the_demo_can_be_written_to(demo_folder: Path) -> None:
    workspace = load_workspace(demo_folder)
    assert workspace.house.mail is not None
    addresses = [workspace.house.mail.sender]
    for params in workspace.clients.values():
        addresses += [contact.email for contact in params.client.contacts]
    assert len(addresses) == 14
    assert all(address.endswith(".example") for address in addresses)
