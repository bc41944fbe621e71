"""Which of several rows with the same key counts, and that every row is still accounted for."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pytest
from little import Open, aside, refusal, rows, source, workspace

from reviewkit.accounts import Accounts, open_accounts
from reviewkit.params.models import ClientMap, ColumnMap, Keep

CASES = {"case_id": "id", "opened_at": "opened", "category": "what"}
HEAD = "id,opened,what,at\n"
LAST = Keep(by=("id",), last="at")


def opened(load: Open, lines: str, keep: Keep, **given: Any) -> Accounts:
    return load("cases", HEAD + lines, columns=CASES, keep=keep, **given)


def counts(accounts: Accounts) -> tuple[int, ...]:
    """Rows in, used, set aside, excluded by rule, of other clients."""
    (check,) = accounts.check().tables
    found = (check.rows_out, check.quarantined, check.excluded, check.other_clients)
    assert check.rows_in == sum(found)
    return (check.rows_in, *found)


# Two versions of C1, of which the later stands first; one of C2.
THREE = (
    "C1,2026-09-01,new,2026-09-09\nC1,2026-09-01,old,2026-09-05\nC2,2026-09-02,only,2026-09-01\n"
)


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        (LAST, [("C1", "new"), ("C2", "only")]),
        (Keep(by=("id",), first="at"), [("C1", "old"), ("C2", "only")]),
        # A column of the contract stands for the one that it is mapped to.
        (Keep(by=("case_id",), last="at"), [("C1", "new"), ("C2", "only")]),
    ],
)
def test_the_last_or_the_first_version_counts(
    load: Open, keep: Keep, expected: list[tuple[str, str]]
) -> None:
    accounts = opened(load, THREE, keep)
    assert rows(accounts, "cases", "case_id", "category") == expected
    assert counts(accounts) == (3, 2, 0, 1, 0)
    assert accounts.check().ok


@pytest.mark.parametrize(
    ("older", "newer", "keep"),
    [
        ("9", "10", LAST),
        ("-2.5", "1e1", LAST),
        ("2026-09-05 18:00", "2026-09-05T17:30-02:00", LAST),
        # As text the second would come before the first.
        ("30.08.2026", "02.09.2026", Keep(by=("id",), last="at", format="%d.%m.%Y")),
        ("99999999999999998", "99999999999999999", LAST),
        ("", "2026-09-01", LAST),
    ],
    ids=["whole numbers", "numbers", "moments", "dates in a form", "long ids", "none and one"],
)
def test_versions_are_put_in_order_by_what_they_mean(
    load: Open, older: str, newer: str, keep: Keep
) -> None:
    for lines in ((older, newer), (newer, older)):
        text = "".join(f"C1,2026-09-01,{at},{at}\n" for at in lines)
        found = rows(opened(load, text, keep), "cases", "category")
        assert found == [(newer,)]


@pytest.mark.parametrize(("side", "expected"), [("last", "b"), ("first", "a")])
def test_of_equal_versions_the_place_in_the_file_decides(
    load: Open, side: str, expected: str
) -> None:
    lines = "C1,2026-09-01,a,5\nC1,2026-09-01,b,5\n"
    accounts = opened(load, lines, Keep.model_validate({"by": ["id"], side: "at"}))
    assert rows(accounts, "cases", "category") == [(expected,)]


def test_rows_without_a_key_and_rows_of_other_clients_are_left_alone(load: Open) -> None:
    lines = (
        "C1,2026-09-01,A,1\nC1,2026-09-01,B,2\nC1,2026-09-01,A,3\nC1,2026-09-01,X,4\n,,A,5\n,,A,6\n"
    )
    client = ClientMap(column="what", keys={"A": "acme", "B": "borealis"})
    accounts = opened(load, lines, LAST, client=client)
    # The rows without an id are told as such, both; X is nobody's.
    assert counts(accounts) == (6, 2, 2, 1, 1)
    assert rows(accounts, "cases", "client", "category") == [("acme", "A"), ("borealis", "B")]


def test_the_condition_is_asked_first(load: Open) -> None:
    accounts = opened(load, THREE, LAST, where="what <> 'new'")
    assert rows(accounts, "cases", "category") == [("old",), ("only",)]
    assert counts(accounts) == (3, 2, 0, 1, 0)


def test_without_a_rule_the_second_version_is_a_duplicate(load: Open) -> None:
    accounts = load("cases", HEAD + THREE, columns=CASES)
    assert [(row, rule) for row, rule, _, _ in aside(accounts, "cases")] == [("2", "duplicate")]


@pytest.mark.parametrize("kind", ["parquet", "duckdb"])
def test_typed_columns_are_put_in_order_as_they_are(load: Open, tmp_path: Path, kind: str) -> None:
    select = (
        "SELECT 'C' || (n % 1000) AS id, DATE '2026-09-01' AS opened, n::VARCHAR AS what,"
        " TIMESTAMP '2026-09-01' + INTERVAL (n) MINUTE AS at FROM range(3000) AS t(n)"
    )
    if kind == "parquet":
        with duckdb.connect() as con:
            con.execute(f"COPY ({select}) TO '{tmp_path / 'rows.parquet'}' (FORMAT parquet)")
    else:
        with duckdb.connect(str(tmp_path / "rows.duckdb")) as con:
            con.execute(f"CREATE TABLE rows AS {select}")
    accounts = load("cases", file=f"rows.{kind}", columns=CASES, keep=LAST)
    assert counts(accounts) == (3000, 1000, 0, 2000, 0)
    found = rows(accounts, "cases", "case_id", "category")
    assert sorted(found) == sorted((f"C{n}", str(2000 + n)) for n in range(1000))


def test_an_expression_may_be_the_key(load: Open) -> None:
    accounts = load(
        "cases",
        "no,year,opened,at\n1,25,2026-09-01,1\n1,26,2026-09-01,2\n1,26,2026-09-02,3\n",
        columns={"case_id": ColumnMap(expression="no || '/' || year"), "opened_at": "opened"},
        keep=Keep(by=("case_id",), last="at"),
    )
    assert rows(accounts, "cases", "case_id") == [("1/25",), ("1/26",)]


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (Keep(by=("idd",), last="at"), 'keep: the source has no column "idd". Did you mean "id"?'),
        (Keep(by=("id",), last="opend"), 'keep: the source has no column "opend".'),
        (Keep(by=("id",), last="what"), 'keep: "only" in what is neither a number nor a date'),
        (
            Keep(by=("id",), last="at", format="%d.%m.%Y"),
            'keep: "2026-09-09" in at does not fit "%d.%m.%Y". Give its form: keep: {format: ',
        ),
        (Keep(by=("id",), last="at", format="dd.mm"), 'keep: "dd.mm" is not a date format.'),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(load: Open, keep: Keep, said: str) -> None:
    assert refusal(opened(load, THREE, keep)).startswith(said)


# --- a later source supersedes an earlier one ---------------------------------------------


def corrected(root: Path, kind: str, *, supersedes: bool = True, **given: Any) -> Accounts:
    """August's export, then September's, which has C2 and a broken C3 again."""
    old = "SELECT unnest(['C1', 'C2', 'C3', 'C4']) AS id, '2026-08-01' AS opened, 'old' AS what"
    new = (
        "SELECT unnest(['C2', 'C3', 'C5']) AS id, 'new' AS what,"
        " unnest(['2026-09-01', 'x', '2026-09-02']) AS opened"
    )
    with duckdb.connect() as con:
        for name, select in (("old", old), ("new", new)):
            con.execute(f"COPY ({select}) TO '{root / f'{name}.{kind}'}'")
    later = source(file=f"new.{kind}", columns=CASES, supersedes=supersedes, **given)
    earlier = source(file=f"old.{kind}", columns=CASES)
    return open_accounts(workspace(root, {"cases": (earlier, later)}))


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_later_source_supersedes_what_it_has_again(tmp_path: Path, kind: str) -> None:
    with corrected(tmp_path, kind) as accounts:
        old, new = accounts.check().tables
        assert (old.rows_in, old.rows_out, old.excluded, old.quarantined) == (4, 2, 2, 0)
        # The broken row is told, and what it replaces is out of date all the same.
        assert (new.rows_in, new.rows_out, new.excluded, new.quarantined) == (3, 2, 0, 1)
        assert (old.source, new.source) == (f"old.{kind}", f"new.{kind}")
        assert rows(accounts, "cases", "case_id", "category") == [
            ("C1", "old"),
            ("C2", "new"),
            ("C4", "old"),
            ("C5", "new"),
        ]


def test_without_it_the_earlier_source_goes_first(tmp_path: Path) -> None:
    with corrected(tmp_path, "csv", supersedes=False) as accounts:
        assert ("C2", "old") in rows(accounts, "cases", "case_id", "category")
        assert [row[1:3] for row in aside(accounts, "cases")] == [
            ("duplicate", "case_id"),
            ("type", "opened_at"),
        ]


def test_another_clients_row_of_the_same_key_is_not_superseded(tmp_path: Path) -> None:
    with corrected(tmp_path, "csv", client=ClientMap(constant="borealis")) as accounts:
        assert [check.excluded for check in accounts.check().tables] == [0, 0]
        assert len(rows(accounts, "cases", "case_id")) == 6


def test_sources_of_different_kinds_make_one_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + THREE)
    with sqlite3.connect(tmp_path / "e.db") as db:
        db.execute("CREATE TABLE t AS SELECT 'C6' AS id, '2026-09-06' AS opened, 'url' AS what")
    db.close()
    (tmp_path / "b.jsonl").write_text('{"id": "C3", "opened": "2026-09-03", "what": "json"}')
    with duckdb.connect(str(tmp_path / "f.duckdb")) as con:
        con.execute(
            "CREATE TABLE t AS SELECT 'C7' AS id, DATE '2026-09-07' AS opened,"
            " unnest(['new', 'old']) AS what, unnest([2, 1]) AS at"
        )
    with duckdb.connect(str(tmp_path / "c.duckdb")) as con:
        con.execute("CREATE TABLE t AS SELECT 'C4' AS id, DATE '2026-09-04' AS opened, 1 AS what")
        con.execute(
            f"COPY (SELECT 'C5' AS id, 'parquet' AS what, DATE '2026-09-05' AS opened)"
            f" TO '{tmp_path / 'd.parquet'}' (FORMAT parquet)"
        )
    sources = (
        source(file="a.csv", columns=CASES, keep=LAST),
        *(source(file=name, columns=CASES) for name in ("b.jsonl", "c.duckdb", "d.parquet")),
        source(url=f"sqlite://{tmp_path}/e.db", table="t", columns=CASES),
        source(url=f"duckdb://{tmp_path}/f.duckdb", table="t", columns=CASES, keep=LAST),
    )
    with open_accounts(workspace(tmp_path, {"cases": sources})) as accounts:
        assert accounts.check().ok
        assert rows(accounts, "cases", "case_id", "category") == [
            ("C1", "new"),
            ("C2", "only"),
            ("C3", "json"),
            ("C4", "1"),
            ("C5", "parquet"),
            ("C6", "url"),
            ("C7", "new"),
        ]
