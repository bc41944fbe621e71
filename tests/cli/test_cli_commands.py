"""The command line: exit codes, messages, and JSON in the fixed shapes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Done, run
from demos import copied

from reviewkit.metrics.registry import published


@pytest.fixture(scope="module")
def house(demo_cubed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo provider's workspace, nothing built; its cube is at hand."""
    return copied(demo_cubed, tmp_path_factory.mktemp("cli") / "house")


def test_help_names_every_command(tmp_path: Path) -> None:
    done = run("--help", cwd=tmp_path)
    assert done.returncode == 0
    for command in [
        "approve",
        "build",
        "check",
        "demo",
        "extract",
        "init",
        "metrics",
        "new",
        "send",
    ]:
        assert f"  {command} " in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "acmee"), 'no client "acmee" under params/. Did you mean "acme"?'),
        (("build", "acme", "--report", "qbrr"), 'no notebook for "qbrr". Did you mean "qbr"?'),
        (("build", "acme", "--format", "pfd"), 'no format "pfd"'),
        (("build", "acme", "--audience", "clients"), 'no audience "clients". Did you mean'),
        (("build", "acme", "--period", "2026Q5"), '"2026Q5"'),
        (("metrics", "acme", "--period", "2026Q3", "--by", "lanes"), 'no dimension "lanes"'),
        (("send", "acmee", "--period", "2026Q3"), "Did you mean"),
        (("new", "Acme Motors"), "Acme Motors"),
        (("new", "test"), "test"),
        (("frobnicate",), "No such command"),
        (("metrics", "acme"), "--period"),
    ],
)
def test_a_mistake_is_told_in_words_and_ends_with_2(house: Path, words, said: str) -> None:
    done = run(*words, cwd=house)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_outside_a_workspace_it_says_so(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "is not in a workspace" in done.stderr


def test_the_workspace_is_found_from_below(house: Path) -> None:
    done = run("metrics", "cobalt", "--period", "2026Q3", "--json", cwd=house / "params" / "acme")
    assert done.returncode == 0
    assert json.loads(done.stdout)


def test_what_is_not_approved_is_not_sent(house: Path) -> None:
    done = run("send", "acme", "--period", "2026Q3", cwd=house)
    assert done.returncode == 1
    assert "nothing has been built here" in done.stderr
    assert not (house / "outbox").exists()


def test_check_gives_the_fixed_json_and_ends_with_1_for_dirty_rows(demo_check: Done) -> None:
    assert demo_check.returncode == 1
    report = json.loads(demo_check.stdout)
    assert report["ok"] is False
    for table in report["tables"]:
        assert {"table", "source", "rows_in", "rows_out", "quarantined", "problems"} <= set(table)
        for problem in table["problems"]:
            assert set(problem) == {"severity", "column", "rule", "rows", "examples", "hint"}
    shipments = next(table for table in report["tables"] if table["table"] == "shipments")
    assert shipments["rows_in"] > 100_000
    assert shipments["rows_in"] == sum(
        shipments[name] for name in ("rows_out", "quarantined", "excluded", "other_clients")
    )


FIELDS = [
    *("metric", "label", "unit", "period", "by", "value", "numerator", "denominator", "n"),
    *("coverage", "interval", "target", "status", "prior", "year_ago", "partial"),
]


def test_metrics_gives_the_fixed_json(house: Path) -> None:
    done = run("metrics", "acme", "--period", "2026Q3", "--json", cwd=house)
    assert done.returncode == 0
    values = json.loads(done.stdout)
    assert [value["metric"] for value in values] == [item.id for item in published("internal")]
    for value in values:
        assert list(value) == FIELDS
        assert value["by"] == {}
        assert value["status"] in (
            *("met", "at_risk", "missed", "no_target", "low_volume", "no_data"),
        )
    money = next(value for value in values if value["metric"] == "revenue_against_budget")
    assert money["unit"] == "EUR"
    assert isinstance(money["value"], str)


def test_a_client_may_not_ask_for_internal_metrics(house: Path) -> None:
    done = run("metrics", "acme", "--period", "2026Q3", "--audience", "client", "--json", cwd=house)
    named = {value["metric"] for value in json.loads(done.stdout)}
    assert "on_time_delivery" in named
    assert not {"gross_margin", "revenue_against_budget"} & named


def test_a_period_that_is_not_over_is_partial_and_not_compared(house: Path) -> None:
    done = run("metrics", "acme", "--period", "2026Q4", "--json", cwd=house)
    for value in json.loads(done.stdout):
        assert value["partial"] is True
        assert value["prior"] is None
        assert value["year_ago"] is None


def test_slices_name_their_dimensions(house: Path) -> None:
    words = ("metrics", "acme", "--period", "2026Q3", "--by", "site", "--by", "month", "--json")
    values = json.loads(run(*words, cwd=house).stdout)
    delivered = [value for value in values if value["metric"] == "shipments"]
    whole = json.loads(run(*words[:4], "--json", cwd=house).stdout)[0]
    assert sum(value["value"] for value in delivered) == whole["value"]
    assert all(list(value["by"]) == ["site", "month"] for value in delivered)


def test_the_extract_command_prints_a_folder_that_holds_one(house: Path) -> None:
    done = run("extract", "acme", "--period", "2026Q3", "--audience", "client", cwd=house)
    folder = Path(done.stdout.splitlines()[-1])
    assert (folder / "extract.json").is_file()
    assert not list(folder.rglob("budget*"))


def test_demo_again_changes_nothing(house: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in house.rglob("*") if path.is_file()}
    done = run("demo", str(house), cwd=house.parent)
    assert done.returncode == 0
    after = {path: path.stat().st_mtime_ns for path in before}
    assert after == before
