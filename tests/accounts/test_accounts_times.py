"""Instants, zones, and dates that last until midnight, worked out by hand."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest
from little import Open, aside, rows

from reviewkit.params.models import ColumnMap

D = dt.datetime


def promised(load: Open, written: str, timezone: str = "UTC", form: str | None = None):
    """The instant (UTC) that a promise written so stands for."""
    accounts = load(
        "shipments",
        f'id,due\nS1,"{written}"\n',
        timezone=timezone,
        columns={"shipment_id": "id", "promised_at": ColumnMap(column="due", format=form)},
    )
    found = rows(accounts, "shipments", "promised_at")
    return found[0][0] if found else None


@pytest.mark.parametrize(
    ("written", "timezone", "utc"),
    [
        ("2026-09-01 12:00", "UTC", D(2026, 9, 1, 12)),
        ("2026-09-01T12:00:30", "UTC", D(2026, 9, 1, 12, 0, 30)),
        ("2026-09-01T12:00:30.25", "UTC", D(2026, 9, 1, 12, 0, 30, 250000)),
        # SQL Server writes seven places.
        ("2026-09-01T12:00:30.2500000", "UTC", D(2026, 9, 1, 12, 0, 30, 250000)),
        ("2026-09-01 12:00", "Europe/Amsterdam", D(2026, 9, 1, 10)),
        ("2026-01-01 12:00", "Europe/Amsterdam", D(2026, 1, 1, 11)),
        ("2026-09-01 23:30", "America/Chicago", D(2026, 9, 2, 4, 30)),
        # An offset of its own goes before the source's zone.
        ("2026-09-01T12:00Z", "Europe/Amsterdam", D(2026, 9, 1, 12)),
        ("2026-09-01T12:00+05:30", "Europe/Amsterdam", D(2026, 9, 1, 6, 30)),
        ("2026-09-01 12:00 -0500", "UTC", D(2026, 9, 1, 17)),
        ("2026-09-01 12:00-05", "UTC", D(2026, 9, 1, 17)),
        # Clocks go forward at 02:00 on 29 March: 02:30 is not on any clock and means 03:30.
        ("2026-03-29 01:59", "Europe/Amsterdam", D(2026, 3, 29, 0, 59)),
        ("2026-03-29 02:30", "Europe/Amsterdam", D(2026, 3, 29, 1, 30)),
        ("2026-03-29 03:00", "Europe/Amsterdam", D(2026, 3, 29, 1)),
        # Clocks go back at 03:00 on 25 October; 02:30 comes twice.
        ("2026-10-25 01:59", "Europe/Amsterdam", D(2026, 10, 24, 23, 59)),
        ("2026-10-25 03:00", "Europe/Amsterdam", D(2026, 10, 25, 2)),
    ],
)
def test_a_time_becomes_its_instant(load: Open, written: str, timezone: str, utc: D) -> None:
    assert promised(load, written, timezone) == utc


def test_the_doubled_hour_is_the_second_of_the_two(load: Open) -> None:
    found = promised(load, "2026-10-25 02:30", "Europe/Amsterdam")
    assert found == D(2026, 10, 25, 1, 30)


@pytest.mark.parametrize(
    ("written", "timezone", "form", "midnight"),
    [
        ("2026-09-01", "UTC", None, D(2026, 9, 2)),
        ("2026-09-01", "Europe/Amsterdam", None, D(2026, 9, 1, 22)),
        ("2026-09-01", "America/Chicago", None, D(2026, 9, 2, 5)),
        ("01.09.2026", "Europe/Amsterdam", "%d.%m.%Y", D(2026, 9, 1, 22)),
        # Days of 23 and of 25 hours end at their own midnight.
        ("2026-03-29", "Europe/Amsterdam", None, D(2026, 3, 29, 22)),
        ("2026-10-25", "Europe/Amsterdam", None, D(2026, 10, 25, 23)),
        # A midnight that is no time at all can be said to be a date.
        ("2026-09-01 00:00:00.000", "UTC", "%Y-%m-%d 00:00:00.000", D(2026, 9, 2)),
    ],
)
def test_a_promise_without_a_time_lasts_until_the_next_midnight(
    load: Open, written: str, timezone: str, form: str | None, midnight: D
) -> None:
    found = promised(load, written, timezone, form)
    assert midnight - dt.timedelta(seconds=1) < found < midnight


def test_a_date_that_is_no_promise_is_its_first_moment(load: Open) -> None:
    accounts = load(
        "shipments",
        "id,left\nS1,2026-09-01\n",
        timezone="Europe/Amsterdam",
        columns={"shipment_id": "id", "shipped_at": "left"},
    )
    assert rows(accounts, "shipments", "shipped_at") == [(D(2026, 8, 31, 22),)]


@pytest.mark.parametrize(
    "written",
    [
        "01/09/2026",
        "2026-9-1",
        "2026-02-29",
        "2026-13-01",
        "2026-09-01 25:00",
        "2026-09-01 12",
        "20260901",
        "2026-09-01T12:00 CET",
        "yesterday",
        "46266",
        "0000-00-00",
    ],
)
def test_what_is_no_iso_time_is_set_aside_and_not_guessed(load: Open, written: str) -> None:
    assert promised(load, written) is None


def test_a_format_with_a_time_is_read_to_the_minute(load: Open) -> None:
    found = promised(load, "01.09.2026 14:05", "Europe/Amsterdam", "%d.%m.%Y %H:%M")
    assert found == D(2026, 9, 1, 12, 5)


def test_a_day_is_the_day_on_the_sources_own_clock(load: Open) -> None:
    accounts = load(
        "payments",
        "doc,day,eur\n"
        "R1,2026-09-30 23:30,1\n"
        "R2,2026-09-30T23:30-05:00,1\n"
        "R3,2026-10-01T04:59Z,1\n"
        "R4,2026-10-01T05:00Z,1\n",
        timezone="America/Chicago",
        columns={"invoice_id": "doc", "paid_on": "day", "amount": "eur"},
    )
    september, october = dt.date(2026, 9, 30), dt.date(2026, 10, 1)
    assert rows(accounts, "payments", "invoice_id", "paid_on") == [
        ("R1", september),
        ("R2", september),
        ("R3", september),
        ("R4", october),
    ]
    assert aside(accounts, "payments") == []


def test_typed_times_of_a_file_keep_their_instants(load: Open, tmp_path) -> None:
    duckdb.sql(
        "SELECT 'S1' AS id, TIMESTAMP '2026-09-01 12:00' AS local,"
        " TIMESTAMPTZ '2026-09-01 12:00+00' AS zoned, DATE '2026-09-01' AS day"
    ).write_parquet(str(tmp_path / "rows.parquet"))
    accounts = load(
        "shipments",
        file="rows.parquet",
        timezone="Europe/Amsterdam",
        columns={
            "shipment_id": "id",
            "ordered_at": "local",
            "shipped_at": "zoned",
            "promised_at": "day",
        },
    )
    ((ordered, shipped, due),) = rows(
        accounts, "shipments", "ordered_at", "shipped_at", "promised_at"
    )
    assert (ordered, shipped) == (D(2026, 9, 1, 10), D(2026, 9, 1, 12))
    assert due == D(2026, 9, 1, 21, 59, 59, 999999)
