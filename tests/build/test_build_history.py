"""What a CRM is told of an account: rows with stable ids, ISO days, and no formulas."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from houses import write_house

from reviewkit.build import Listener, Selection, approve_pack, build, send_pack
from reviewkit.build.history import Row, as_csv, history, inert
from reviewkit.cli import main
from reviewkit.errors import ReleaseError
from reviewkit.release.ledger import LEDGER, read_ledger
from reviewkit.workspace import open_workspace

ACTIONS = (
    "id,client,raised,title,owner,due,closed,proof,late,secret\n"
    'A-1,tiny,2026-07-02,"=HYPERLINK(""http://x"")",Site,2026-08-10,,,2,no\n'
    "A-2,tiny,2026-07-02,Raise the price,Sales,2026-12-10,,,0,yes\n"
    "A-3,tiny,2026-07-02,Paint the gate,Site,2026-07-20,2026-07-20,Photo,0,no\n"
)
FACTS = {
    "meeting": "2026-10-20",
    "headline": "All on time",
    "decisions": [
        {"title": "Open on Saturdays", "decider": "Director", "by": "2026-10-30"},
        {"title": "Night shift", "outcome": "Agreed on 21 October", "audience": "internal"},
    ],
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client whose pack was built, approved and mailed, with an action list."""
    root = write_house(tmp_path_factory.mktemp("history") / "house")
    (root / "data" / "actions.csv").write_text(ACTIONS)
    path = root / "params" / "house.yaml"
    written = json.loads(path.read_text())
    written["mail"] = {"sender": "reviews@house.example"}
    columns = {"action_id": "id", "raised_on": "raised", "title": "title", "owner": "owner"}
    columns |= {"due_on": "due", "closed_on": "closed", "evidence": "proof", "postponed": "late"}
    written["sources"]["actions"] = [
        {
            "file": "data/actions.csv",
            "cutoff": "2026-10-06T18:00:00+00:00",
            "client": {"column": "client", "keys": {"tiny": "tiny"}},
            "columns": columns | {"internal": "secret"},
        }
    ]
    path.write_text(json.dumps(written))
    client = root / "params" / "tiny" / "client.yaml"
    contact = {"name": "Jo Example", "email": "jo@tiny.example", "receives": ["small"]}
    client.write_text(json.dumps(json.loads(client.read_text()) | {"contacts": [contact]}))
    (root / "params" / "tiny" / "2026Q3.yaml").write_text(json.dumps(FACTS))
    workspace = open_workspace(root)
    only = Selection(period="2026Q3", formats=("pdf",), audiences=("client",), jobs=1)
    assert build(workspace, only, Listener()).ok
    approve_pack(workspace, "tiny", "2026Q3", "Dana Example")
    send_pack(workspace, "tiny", "2026Q3")
    return root


def of(rows: tuple[Row, ...], kind: str) -> list[Row]:
    return [row for row in rows if row.type == kind]


def test_each_thing_is_a_row(house: Path) -> None:
    rows = history(open_workspace(house), "tiny")
    (review,) = of(rows, "review")
    assert (review.date, review.subject, review.details) == (
        "2026-10-20",
        "Review of July to September 2026",
        "All on time",
    )
    (report,) = of(rows, "report")
    assert (report.external_id, report.date, report.details) == (
        "tiny:2026Q3:report:small",
        "2026-10-06",
        "Forty deliveries",
    )
    decisions = {row.subject: row for row in of(rows, "decision")}
    assert [decisions["Open on Saturdays"].status, decisions["Night shift"].status] == [
        "sought",
        "decided",
    ]
    assert decisions["Night shift"].audience == "internal"
    actions = {row.external_id: row for row in of(rows, "action")}
    told = {name: (row.status, row.due_on, row.audience) for name, row in actions.items()}
    assert told == {
        "tiny:action:A-1": ("late", "2026-08-10", "client"),
        "tiny:action:A-2": ("open", "2026-12-10", "internal"),
        "tiny:action:A-3": ("closed", "2026-07-20", "client"),
    }
    assert actions["tiny:action:A-1"].details == "put off 2 times"
    assert actions["tiny:action:A-3"].details == "closed 2026-07-20; Photo"
    assert len({row.external_id for row in rows}) == len(rows)
    assert [row.date for row in rows] == sorted(row.date for row in rows)


def test_the_ledger_holds_who_approved_and_what_was_mailed_to_whom(house: Path) -> None:
    approved, mailed = read_ledger(house)
    pdf = (house / "reports" / "tiny" / "2026Q3" / "small-client.pdf").read_bytes()
    digest = hashlib.sha256(pdf).hexdigest()
    assert (approved.act, approved.by, approved.files) == (
        "approved",
        "Dana Example",
        {"small-client.pdf": digest},
    )
    # What was attached is what was approved, byte for byte.
    assert (mailed.act, mailed.to, mailed.files) == (
        "mailed",
        ("jo@tiny.example",),
        {"tiny-2026Q3-small.pdf": digest},
    )
    assert mailed.hash == approved.hash
    assert (house / mailed.mail).is_file()
    rows = history(open_workspace(house), "tiny")
    assert [row.subject for row in of(rows, "approved") + of(rows, "mailed")] == [
        "Approved by Dana Example",
        "Mailed to jo@tiny.example",
    ]


def run(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main(list(words))
    return int(ended.value.code or 0), out.getvalue(), err.getvalue()


def test_the_csv_is_one_table_and_calculates_nothing(house: Path, tmp_path: Path) -> None:
    code, out, _ = run("history", "tiny", "--csv", "--workspace", str(house))
    assert code == 0
    read = list(csv.DictReader(io.StringIO(out)))
    by_id = {row["external_id"]: row for row in read}
    assert by_id["tiny:action:A-1"]["subject"] == '\'=HYPERLINK("http://x")'
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in read for cell in row.values())
    file = tmp_path / "crm.csv"
    code, said, _ = run("history", "tiny", "--csv", str(file), "--workspace", str(house))
    assert (code, said) == (0, f"written: {file}\n")
    assert file.read_bytes().decode("utf-8-sig").splitlines() == out.splitlines()
    assert run("history", "tini", "--workspace", str(house))[0] in (1, 2)
    assert "Approved by Dana Example" in run("history", "tiny", "--workspace", str(house))[1]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2 days", "'-2 days"),
        ("\t=1+1", "'=1+1"),
        ("two\nlines", "two lines"),
        ("plain = text", "plain = text"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(cell: str, safe: str) -> None:
    assert inert(cell) == safe


def test_an_empty_history_has_its_header() -> None:
    assert as_csv(()).count("\r\n") == 1


def test_a_damaged_ledger_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / LEDGER
    path.parent.mkdir(parents=True)
    path.write_text('{"act": "approved"}\n')
    with pytest.raises(ReleaseError, match=r"ledger\.jsonl, line 1"):
        read_ledger(tmp_path)
