"""Instants finer and further than others hold them: nanoseconds, years that no calendar has."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from little import Open, aside, rows

COLUMNS = {"case_id": "id", "category": "id", "opened_at": "at"}
EIGHT = dt.datetime.fromisoformat("2026-07-01T08:00")


@pytest.mark.parametrize(("zone", "hour"), [(None, 6), ("America/New_York", 8), ("UTC", 8)])
def test_parquet_in_nanoseconds_is_read_as_it_is_written(
    load: Open, tmp_path: Path, zone: str | None, hour: int
) -> None:
    # As pandas 2 writes each of its times. Arrow counts from UTC where a zone is given, so
    # that it stays eight there; without one it is eight in Amsterdam, two hours before.
    at = pa.array([EIGHT], pa.timestamp("ns", tz=zone))
    pq.write_table(pa.table({"id": ["C1"], "at": at}), tmp_path / "rows.parquet")
    accounts = load("cases", file="rows.parquet", columns=COLUMNS, timezone="Europe/Amsterdam")
    assert rows(accounts, "cases", "opened_at") == [(EIGHT.replace(hour=hour),)]


def test_a_query_over_nanoseconds_is_too(load: Open, tmp_path: Path) -> None:
    at = pa.array([EIGHT], pa.timestamp("ns", tz="America/New_York"))
    pq.write_table(pa.table({"id": ["C1"], "at": at}), tmp_path / "rows.parquet")
    accounts = load("cases", files={"a": "rows.parquet"}, query="select * from a", columns=COLUMNS)
    assert rows(accounts, "cases", "opened_at") == [(EIGHT,)]


def test_what_no_calendar_holds_is_set_aside(load: Open, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "rows.duckdb")) as con:
        con.execute(
            "CREATE TABLE t AS SELECT * FROM (VALUES ('C1', TIMESTAMP '9999-12-31 23:59:59'),"
            " ('C2', TIMESTAMP 'infinity'), ('C3', TIMESTAMP '20000-01-01'),"
            " ('C4', TIMESTAMP '0044-03-15 (BC)')) v(id, \"at\")"
        )
    accounts = load("cases", file="rows.duckdb", table="t", columns=COLUMNS)
    assert rows(accounts, "cases", "case_id") == [("C1",)]
    assert [(rule, column) for _, rule, column, _ in aside(accounts, "cases")] == [
        ("type", "opened_at")
    ] * 3
