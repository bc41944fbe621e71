"""Parquet in many files: folders as columns, rows numbered across them, the odd one named."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from little import Open, aside, refusal, rows

from reviewkit.params.models import ClientMap, ColumnMap

FILE = "data/year=*/month=*/*.parquet"
COLUMNS = {
    "case_id": "id",
    "opened_at": ColumnMap(expression="year || '-' || month || '-' || lpad(day, 2, '0')"),
    "category": "month",
}


def write(root: Path, folder: str, name: str, select: str) -> None:
    (root / folder).mkdir(parents=True, exist_ok=True)
    path = root / folder / name
    with duckdb.connect() as con:
        con.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")


@pytest.fixture
def months(tmp_path: Path) -> Path:
    """Two months in three files: cases C1 to C2, C3, and C4 to C5."""
    write(tmp_path, "data/year=2026/month=08", "a.parquet", "SELECT 'C1' id, '5' AS day")
    write(
        tmp_path,
        "data/year=2026/month=09",
        "a.parquet",
        "SELECT * FROM (VALUES ('C2', '1'), ('C3', '31')) AS t(id, day)",
    )
    write(tmp_path, "data/year=2026/month=09", "b.parquet", "SELECT 'C4' id, '32' AS day")
    return tmp_path


@pytest.mark.parametrize("file", [FILE, "data/**/*.parquet"])
def test_folders_are_columns_of_text_and_rows_are_numbered_across(
    load: Open, months: Path, file: str
) -> None:
    accounts = load("cases", file=file, columns=COLUMNS)
    shown = rows(accounts, "cases", "case_id", "category", "opened_at")
    assert [tuple(map(str, row)) for row in shown] == [
        ("C1", "08", "2026-08-05 00:00:00"),
        ("C2", "09", "2026-09-01 00:00:00"),
    ]
    # There is no 31st of September; the rows are the third and the fourth of all.
    assert aside(accounts, "cases") == [
        ("3", "type", "opened_at", "2026-09-31"),
        ("4", "type", "opened_at", "2026-09-32"),
    ]


def test_a_folder_may_name_the_client_with_its_noughts(load: Open, tmp_path: Path) -> None:
    for who, case in (("0042", "C1"), ("42", "C2"), ("7", "C3")):
        select = f"SELECT '{case}' AS id, DATE '2026-09-01' AS day"
        write(tmp_path, f"data/client={who}", "rows.parquet", select)
    accounts = load(
        "cases",
        file="data/*/rows.parquet",
        columns={"case_id": "id", "opened_at": "day"},
        client=ClientMap(column="client", keys={"0042": "acme", "42": "borealis"}),
    )
    assert rows(accounts, "cases", "client", "case_id") == [("acme", "C1"), ("borealis", "C2")]
    assert accounts.check().tables[0].other_clients == 1


def test_a_column_that_only_later_files_have_is_empty_in_the_others(
    load: Open, tmp_path: Path
) -> None:
    write(tmp_path, "data", "a.parquet", "SELECT 'C1' AS id, DATE '2026-09-01' AS day")
    write(tmp_path, "data", "b.parquet", "SELECT DATE '2026-09-02' AS day, 'x' AS what, 'C2' AS id")
    columns = {"case_id": "id", "opened_at": "day", "category": "what"}
    accounts = load("cases", file="data/*.parquet", columns=columns)
    assert rows(accounts, "cases", "case_id", "category") == [("C1", None), ("C2", "x")]


def test_files_in_folders_of_other_names_are_told(load: Open, months: Path) -> None:
    write(months, "data/year=2026", "late.parquet", "SELECT 'C5' AS id, '1' AS day")
    message = refusal(load("cases", file="data/**/*.parquet", columns=COLUMNS))
    assert message == (
        "year=2026/month=08/a.parquet: its folders name year, month, but year=2026/late.parquet: "
        "its folders name year. Put all into folders of the same names."
    )


def test_the_broken_one_of_many_files_is_named(load: Open, months: Path) -> None:
    whole = months / "data/year=2026/month=09/b.parquet"
    whole.write_bytes(whole.read_bytes()[:-20])
    message = refusal(load("cases", file=FILE, columns=COLUMNS))
    assert message.startswith("b.parquet: is not a Parquet file, or is damaged.")


def test_an_amount_that_is_the_same_in_every_row_is_added_up(load: Open, tmp_path: Path) -> None:
    write(tmp_path, "data", "a.parquet", "SELECT * FROM (VALUES ('1'), ('2'), ('3')) AS t(id)")
    columns = {"shipment_id": "id", "freight_cost": ColumnMap(constant="12.50")}
    accounts = load("shipments", file="data/a.parquet", columns=columns)
    (table,) = accounts.check().tables
    assert table.amounts == {"freight_cost": "37.5000"}
