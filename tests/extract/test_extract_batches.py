"""A cube made of some clients after the other is the cube of all clients at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from worlds import workspace, world

from reviewkit.extract.store import CubeStore, write_cube
from reviewkit.metrics.cube import build_cube, build_cubes
from reviewkit.params.models import Workspace

ZONES = {
    "acme-de": "Europe/Berlin",
    "acme-us": "America/Chicago",
    "other": "Asia/Tokyo",
    "world": "America/New_York",
    "zeta": "Europe/London",
}
MEMBERS = {"acme-de": "EMEA", "acme-us": "Americas"}


def _space() -> Workspace:
    """Return two members, their global account, a stranger, and a client without rows."""
    made = workspace(timezones=ZONES)
    world_ = made.clients["world"]
    with_members = world_.client.model_copy(update={"members": MEMBERS, "currency": "EUR"})
    clients = made.clients | {"world": world_.model_copy(update={"client": with_members})}
    return made.model_copy(update={"clients": clients})


def _shipment(number: int, client: str, lane: str) -> dict[str, Any]:
    at = f"2026-08-{number:02d} 12:00"
    times = dict.fromkeys(("promised_at", "shipped_at", "delivered_at"), at)
    base = {"client": client, "shipment_id": f"S{number}", "service": "Freight", "lane": lane}
    return base | times | {"ordered_units": 10, "delivered_units": 10}


def _line(client: str, currency: str) -> dict[str, Any]:
    return {
        "client": client, "invoice_id": "R1", "line": "1", "issued_on": "2026-08-31",
        "amount": "100.00", "charge_code": "FRT", "service": "Freight", "currency": currency,
    }  # fmt: skip


ROWS = {
    "shipments": [
        _shipment(number, client, lane)
        for number, (client, lane) in enumerate(
            ((c, lane) for c in ("acme-de", "acme-us", "other") for lane in ("A → B", "A → C")), 1
        )
    ],
    "invoice_lines": [_line("acme-de", "EUR"), _line("acme-us", "USD"), _line("other", "EUR")],
    "sites": [
        {"client": "*", "site": "Venlo", "holidays": "NL"},
        {"client": "other", "site": "Kobe", "holidays": "JP"},
    ],
    "fx": [
        {"client": "*", "date": "2026-01-01", "currency": "USD", "to": "EUR", "rate": 0.9},
        {"client": "acme-us", "date": "2026-01-01", "currency": "USD", "to": "EUR", "rate": 0.8},
    ],
}


def _of(store: CubeStore, client: str) -> dict[str, pd.DataFrame]:
    horizon = build_cube(world({}), _space()).horizons[client]
    cube = store.of(client, horizon)
    return {**cube.facts, **cube.registers}


def test_batches_hold_what_one_cube_of_all_clients_holds(tmp_path: Path) -> None:
    accounts, space = world(ROWS), _space()
    whole = write_cube([build_cube(accounts, space)], tmp_path / "whole", "w", {})
    # Ten groups: two lanes for each of three clients, and twice two for their sum.
    cubes = list(build_cubes(accounts, space, most=4))
    parts = write_cube(cubes, tmp_path / "parts", "p", {})
    assert len(cubes) > 1
    assert parts.begins == whole.begins
    for client in ZONES:
        found, expected = _of(parts, client), _of(whole, client)
        assert found.keys() == expected.keys()
        for name, frame in expected.items():
            # A column that is null for all clients of one file has no type of its own there.
            pd.testing.assert_frame_equal(found[name], frame, check_dtype=False)
    assert len(_of(parts, "zeta")["shipments"]) == 0
    assert sorted(_of(parts, "other")["sites"]["site"]) == ["Kobe", "Venlo"]
    # 100 USD at the member's own rate of 0.8; for the global account at everyone's 0.9.
    own, summed = (_of(parts, name)["invoice_lines"] for name in ("acme-us", "world"))
    assert sorted(map(float, own["amount"])) == [80.0]
    assert sorted(map(float, summed["amount"])) == [90.0, 100.0]
    assert len(parts.invoiced().registers["invoice_lines"]) == 5


def test_a_cube_holds_as_many_clients_as_its_groups_allow() -> None:
    accounts, space = world(ROWS), _space()
    held = [
        sorted(set(cube.facts["shipments"]["client"]))
        for cube in build_cubes(accounts, space, most=4)
    ]
    # Ten groups in cubes of four are three cubes, of two clients each and the one that is left.
    assert held == [["acme-de", "acme-us"], ["other", "world"], []]
