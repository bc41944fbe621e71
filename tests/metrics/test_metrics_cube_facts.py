"""Declared facts beside the deliveries: days without a time, dates long ago, no declaration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import ibis
import pandas as pd
import pytest
from worlds import AS_OF, World, account_table, workspace

from reviewkit.metrics.aggregate import Clients, aggregate, amended, scan
from reviewkit.metrics.calendar import calendars, horizon
from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.facts import FACTS, Fact, Measure, Stream

ZONES = {"acme": "America/Chicago", "borea": "Asia/Kolkata"}

COUNTS = Fact(
    table="counts",
    dims=("site",),
    streams=(Stream("counted", "counted_on"), Stream("found", "found_at", dims=(), where="real")),
    measures=(
        Measure("counts", "counted", lambda t: t.counted_on.notnull()),
        Measure("units", "counted", lambda t: t.units),
        Measure("errors", "found", lambda t: t.units),
    ),
)


def count(
    client: str, site: str, day: str | None, units: int | None, found: str | None, real: bool
) -> dict[str, Any]:
    return {
        "client": client,
        "site": site,
        "counted_on": dt.date.fromisoformat(day) if day else None,
        "units": units,
        "found_at": dt.datetime.fromisoformat(found) if found else None,
        "real": real,
    }


def measures(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return the fact's frame as plain rows: client, month, site, and the three measures."""
    space = workspace(timezones=ZONES)
    horizons = tuple(horizon(space, client, {}, AS_OF) for client in ZONES)
    schema = {
        "client": "string",
        "site": "string",
        "counted_on": "date",
        "units": "int64",
        "found_at": "timestamp(6)",
        "real": "boolean",
    }
    frame = aggregate(
        ibis.memtable(pd.DataFrame(rows), schema=schema),
        COUNTS,
        frozenset(),
        Clients(space, horizons),
    )
    months = frame["month"].dt.strftime("%Y-%m")
    plain = frame.assign(
        month=months, site=frame["site"].astype(object).where(frame["site"].notna(), None)
    )
    return list(plain.itertuples(index=False, name=None))


def test_a_day_is_the_clients_own_and_an_instant_is_not() -> None:
    rows = [
        # On the first of June in UTC it is still May in Chicago, and June in Kolkata.
        count("acme", "Venlo", "2026-06-01", 3, "2026-06-01 04:59:59", True),
        count("borea", "Venlo", "2026-06-01", 5, "2026-05-31 18:30:00", True),
        count("borea", "Lyon", "2026-05-31", None, "2026-05-31 18:29:59", False),
        count("zenith", "Venlo", "2026-06-01", 7, "2026-06-01 12:00:00", True),
    ]
    assert measures(rows) == [
        ("acme", "2026-05", None, 0, 0, 3),
        ("acme", "2026-06", "Venlo", 1, 3, 0),
        ("borea", "2026-05", "Lyon", 1, 0, 0),
        ("borea", "2026-06", None, 0, 0, 5),
        ("borea", "2026-06", "Venlo", 1, 5, 0),
    ]


def test_what_is_older_than_any_calendar_has_its_month_and_what_is_later_has_none() -> None:
    rows = [
        count("acme", "Venlo", "1899-12-31", 1, "1900-01-01 05:59:59", True),
        count("acme", "Venlo", "1899-12-01", 2, "1900-01-01 06:00:00", True),
        count("acme", "Venlo", "2026-10-31", 4, "2026-11-01 04:59:59", True),
        count("acme", "Venlo", "2026-11-01", 8, "2026-11-01 05:00:00", True),
        count("acme", "Venlo", None, 16, None, True),
    ]
    assert measures(rows) == [
        ("acme", "1899-12", None, 0, 0, 1),
        ("acme", "1899-12", "Venlo", 2, 3, 0),
        ("acme", "1900-01", None, 0, 0, 2),
        ("acme", "2026-10", None, 0, 0, 4),
        ("acme", "2026-10", "Venlo", 1, 4, 0),
    ]


def test_a_fact_table_without_declared_measures_is_left_alone() -> None:
    tables = {"shipments": ibis.memtable(account_table("shipments", [{"shipment_id": "S1"}]))}
    cutoffs = {"shipments": dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC)}
    spec = FACTS["shipments"]

    def facts(declared: Mapping[str, Fact]) -> set[str]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("reviewkit.metrics.cube.FACTS", declared)
            world = World(tables, {}, cutoffs)
            return set(build_cube(world, workspace()).facts)

    assert facts({"shipments": spec}) == {"shipments"}
    assert facts({}) == set()


def test_clients_of_one_zone_share_a_calendar() -> None:
    space = workspace(timezones={"acme": "UTC", "borea": "Asia/Kolkata", "cedar": "UTC"})
    found = calendars(tuple(horizon(space, client, {}, AS_OF) for client in space.clients))
    assert found["acme"] is found["cedar"]
    assert found["acme"].number != found["borea"].number


def test_every_query_of_a_declared_fact_can_be_put_to_postgresql() -> None:
    space = workspace(timezones=ZONES)
    clients = Clients(space, tuple(horizon(space, client, {}, AS_OF) for client in ZONES))
    for fact in FACTS.values():
        held = ibis.memtable(account_table(fact.table, []))
        table = ibis.table(held.schema(), name=fact.table)
        rows = fact.judged(table.join(clients.rows, "client"))
        queries = [scan(rows, fact, clients)]
        for stream in fact.streams:
            if stream.amend:
                picked = stream.amend.rows(table, stream.amend.keys(table))
                added = stream.amend.added(fact.judged(picked.join(clients.rows, "client")))
                queries.append(amended(added, stream, fact, clients))
        for query in queries:
            assert "GROUP BY" in ibis.to_sql(query, dialect="postgres")
