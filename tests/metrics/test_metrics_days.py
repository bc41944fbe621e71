"""Local days: a row near midnight belongs to the month of the client's own calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.calendar import horizon
from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.evaluate import evaluate
from reviewkit.params.models import DeliveryRule
from reviewkit.periods import parse

ZONES = {"chicago": "America/Chicago", "zurich": "Europe/Zurich"}

# Last instant of a month and first of the next, in UTC, around both changes of the clock.
MIDNIGHTS = (
    ("chicago", "2025-10-01 04:59:59.999999", "2025-09"),
    ("chicago", "2025-10-01 05:00:00", "2025-10"),
    ("chicago", "2025-11-01 04:59:59.999999", "2025-10"),
    ("chicago", "2025-11-01 05:00:00", "2025-11"),  # the clock goes back on 2 November
    ("chicago", "2025-12-01 05:59:59.999999", "2025-11"),
    ("chicago", "2025-12-01 06:00:00", "2025-12"),
    ("chicago", "2026-03-01 05:59:59.999999", "2026-02"),
    ("chicago", "2026-03-01 06:00:00", "2026-03"),
    ("chicago", "2026-04-01 04:59:59.999999", "2026-03"),
    ("chicago", "2026-04-01 05:00:00", "2026-04"),
    ("zurich", "2025-09-30 21:59:59.999999", "2025-09"),
    ("zurich", "2025-09-30 22:00:00", "2025-10"),
    ("zurich", "2025-10-31 22:59:59.999999", "2025-10"),  # the clock went back on 26 October
    ("zurich", "2025-10-31 23:00:00", "2025-11"),
    ("zurich", "2026-02-28 22:59:59.999999", "2026-02"),
    ("zurich", "2026-02-28 23:00:00", "2026-03"),
    ("zurich", "2026-03-31 21:59:59.999999", "2026-03"),  # forward on 29 March
    ("zurich", "2026-03-31 22:00:00", "2026-04"),
)


@pytest.fixture(scope="module")
def cube() -> Cube:
    shipments = [
        {"client": client, "shipment_id": at, "shipped_at": at, "promised_at": at,
         "delivered_at": at, "site": at}
        for client, at, _ in MIDNIGHTS
    ]  # fmt: skip
    cases = [
        {"client": client, "case_id": at, "opened_at": at, "closed_at": at, "site": at}
        for client, at, _ in MIDNIGHTS
    ]
    return build_cube(world({"shipments": shipments, "cases": cases}), workspace(timezones=ZONES))


@pytest.mark.parametrize(("client", "at", "month"), MIDNIGHTS)
@pytest.mark.parametrize(
    "metric", ["shipments", "on_time_delivery", "cases_opened", "resolution_median"]
)
def test_the_month_of_an_instant(cube: Cube, metric: str, client: str, at: str, month: str) -> None:
    data = metric_data(cube, client)
    for period in ("2025Q3", "2025Q4", "2026Q1", "2026Q2"):
        values = evaluate(data, [metric], parse(period), ("month", "site"), as_of=AS_OF)
        for value in values:
            if value.by["site"] == at and value.value is not None and value.n:
                assert value.by["month"] == month
                return
    pytest.fail(f"{metric}: {at} falls in no month")


def test_a_dated_rule_begins_at_local_midnight() -> None:
    late = {"shipped_at": "2026-06-29 08:00", "delivered_at": "2026-07-01 20:00"}
    rows = [
        late | {"client": "chicago", "shipment_id": "a", "promised_at": "2026-07-01 04:59:59"},
        late | {"client": "chicago", "shipment_id": "b", "promised_at": "2026-07-01 05:00:00"},
        late | {"client": "zurich", "shipment_id": "c", "promised_at": "2026-06-30 21:59:59"},
        late | {"client": "zurich", "shipment_id": "d", "promised_at": "2026-06-30 22:00:00"},
    ]
    generous = DeliveryRule(tolerance_minutes=24 * 60, since=dt.date(2026, 7, 1))
    space = workspace(timezones=ZONES, delivery=(DeliveryRule(), generous))
    facts = build_cube(world({"shipments": rows}), space).facts["shipments"]
    june = facts[facts["month"] == "2026-06-01"].groupby("client")["on_time"].sum().to_dict()
    july = facts[facts["month"] == "2026-07-01"].groupby("client")["on_time"].sum().to_dict()
    assert june == {"chicago": 0, "zurich": 0}
    assert july == {"chicago": 1, "zurich": 1}


@pytest.mark.parametrize(
    ("cutoff", "day"),
    [
        ("2026-10-06T18:00:00+02:00", "2026-10-06"),
        ("2026-10-01T00:30:00+02:00", "2026-09-30"),  # still September in Chicago
        ("2026-09-30T23:58:59-05:00", "2026-09-30"),
        ("2026-09-30T23:59:00-05:00", "2026-10-01"),  # the last minute closes the day
        ("2026-09-30T23:59:59-05:00", "2026-10-01"),
    ],
)
def test_the_day_as_of_is_the_cut_offs_own(cutoff: str, day: str) -> None:
    cutoffs = {"cases": dt.datetime.fromisoformat(cutoff)}
    found = horizon(workspace(timezones=ZONES), "chicago", cutoffs)
    assert found.as_of.isoformat() == day
