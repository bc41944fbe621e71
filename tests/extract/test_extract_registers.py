"""Registers are cut to the day as of which a review is made, and to who may see them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from worlds import workspace, world

from reviewkit.accounts.tables import TABLES
from reviewkit.extract.slice import LATER, Slice, slice_cube
from reviewkit.metrics.cube import BORN, build_cube
from reviewkit.params.models import ClientMap
from reviewkit.periods import parse

Q3 = parse("2026Q3")
DEAL = {"opportunity_id": "O1", "created_on": "2026-05-11", "amount": "10", "name": "Lyon"}
ROWS: dict[str, list[dict[str, Any]]] = {
    "opportunities": [
        DEAL | {"closed_on": "2026-09-30", "won": True},
        DEAL | {"opportunity_id": "O2", "closed_on": "2026-10-01", "won": True},
        DEAL | {"opportunity_id": "O3", "created_on": "2026-10-01"},
    ],
    "projects": [
        {"project": "Lyon", "milestone": "a", "planned_on": "2026-12-01", "done_on": "2026-09-30"},
        {"project": "Lyon", "milestone": "b", "planned_on": "2026-09-01", "done_on": "2026-10-01"},
    ],
    "crm_activities": [{"at": "2026-09-30 23:59"}, {"at": "2026-10-01 00:01"}],
    "volume_forecast": [
        {"month": "2026-12-01", "frozen_on": "2026-09-30", "units": 5.0},
        {"month": "2026-12-01", "frozen_on": "2026-10-01", "units": 6.0},
    ],
    "costs": [
        {"month": "2026-09-01", "pool": "picking", "amount": "1"},
        {"month": "2026-10-01", "pool": "picking", "amount": "2"},
    ],
    "sites": [{"site": "Rotterdam", "timezone": "Europe/Amsterdam"}],
    "stock": [{"date": "2026-09-30", "units": 5}],
    "lots": [{"lot_id": "L1", "received_at": "2026-09-30 10:00"}],
}


def cut(audience: Any, **client: Any) -> Slice:
    """The registers of acme as of 30 September, the last day of the quarter."""
    space = workspace(**client)
    cube = build_cube(world(ROWS), space, dt.date(2026, 9, 30))
    return slice_cube(cube, space, "acme", Q3, audience)


@pytest.fixture(scope="module")
def internal() -> Slice:
    return cut("internal")


@pytest.mark.parametrize("table", BORN)
def test_a_row_is_born_on_a_day_that_every_row_has(table: str) -> None:
    column = TABLES[table].column(BORN[table])
    assert column.required
    assert column.type in ("date", "timestamp")


@pytest.mark.parametrize("table", LATER)
def test_what_fills_in_later_is_a_day_that_a_row_may_lack(table: str) -> None:
    for name, along in LATER[table]:
        assert not TABLES[table].column(name).required
        assert set(along) <= set(TABLES[table].names)


def test_what_comes_after_the_day_is_not_there(internal: Slice) -> None:
    lengths = {name: len(frame) for name, frame in internal.registers.items()}
    assert lengths == {
        "opportunities": 2, "projects": 2, "crm_activities": 1, "volume_forecast": 1,
        "costs": 1, "sites": 1,
    }  # fmt: skip


def test_a_deal_decided_after_the_day_is_still_open(internal: Slice) -> None:
    deals = internal.registers["opportunities"].set_index("opportunity_id")
    assert deals.loc["O1", ["closed_on", "won"]].tolist() == [pd.Timestamp("2026-09-30"), True]
    assert deals.loc["O2", ["closed_on", "won"]].isna().all()


def test_a_milestone_reached_after_the_day_is_still_open(internal: Slice) -> None:
    done = internal.registers["projects"].set_index("milestone")["done_on"]
    assert done["a"] == pd.Timestamp("2026-09-30")
    assert pd.isna(done["b"])


def test_a_fact_without_measures_is_left_alone(internal: Slice) -> None:
    assert "lots" not in {*internal.facts, *internal.registers, *internal.extents}


def test_the_pipeline_is_never_shared() -> None:
    shared = cut("client", shares=("costs", "opportunities", "crm_activities"))
    assert set(shared.registers) == {"costs", "projects", "volume_forecast", "sites"}


def test_the_cost_of_the_house_is_shared_only_when_told() -> None:
    assert set(cut("client").registers) == {"projects", "volume_forecast", "sites"}


def test_a_column_of_anothers_source_alone_was_not_supplied() -> None:
    left = {"shipped_at": "2026-07-02 08:00"}
    sent = {"shipments": [{"client": name, **left} for name in ("acme", "other")]}
    zones = {"acme": "UTC", "other": "UTC"}
    one = workspace(timezones=zones)
    (source,) = one.house.sources["shipments"]
    own = source.model_copy(update={"columns": {"shipment_id": "id", "carrier": "carrier"}})
    theirs = {"columns": {"shipment_id": "id", "lines": "n"}, "client": ClientMap(constant="other")}
    other = source.model_copy(update=theirs)
    house = one.house.model_copy(update={"sources": {"shipments": (own, other)}})
    space = one.model_copy(update={"house": house})
    cube = build_cube(world(sent), space, dt.date(2026, 9, 30))
    told = {
        client: set(slice_cube(cube, space, client, Q3, "client").extents["shipments"].columns)
        for client in zones
    }
    assert told == {"acme": {"shipment_id", "carrier"}, "other": {"shipment_id", "lines"}}
