"""The cube against the same measures counted row by row in plain Python, on random worlds."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from worlds import typed, workspace, world

from reviewkit.accounts.tables import TABLES
from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.params.models import Contract, DeliveryRule, Workspace

ZONES = {"acme": "Europe/Berlin", "borea": "America/Chicago", "cedar": "Asia/Kolkata"}
RULES = {
    "acme": (
        DeliveryRule(tolerance_minutes=30),
        DeliveryRule(since=dt.date(2026, 4, 1), early_minutes=60),
        DeliveryRule(since=dt.date(2026, 7, 1), tolerance_minutes=15),
    ),
    "borea": (),
    "cedar": (DeliveryRule(since=dt.date(2026, 5, 1), tolerance_minutes=120, early_minutes=0),),
}
CUTOFF = dt.datetime(2026, 8, 14, 18, 30, tzinfo=dt.UTC)
EDGES = [
    dt.datetime(year, month, 1) + dt.timedelta(hours=hours, minutes=minutes)  # noqa: DTZ001
    for year, month in ((2025, 11), (2026, 3), (2026, 4), (2026, 7), (2026, 8))
    for hours in (-6, -5, -2, -1, 0, 5, 6)
    for minutes in (-30, -1, 0, 1)
] + [CUTOFF.replace(tzinfo=None) + dt.timedelta(hours=hours) for hours in (-1, 0, 1, 5, 30)]
"""Instants at which months begin somewhere, and round them; and the cut-off."""

DIMS = ("site", "service", "lane", "carrier", "late_cause", "at_fault")
Sums = dict[tuple[Any, ...], dict[str, Any]]


# --- random rows ------------------------------------------------------------------------


def rows(seed: int, count: int = 400) -> list[dict[str, Any]]:
    """Return deliveries of three clients with every kind of gap, many at a month's edge."""
    draw = random.Random(seed)

    def near(base: dt.datetime, low: int, high: int) -> dt.datetime:
        return base + dt.timedelta(minutes=draw.randint(low, high))

    def maybe(value: Any, share: float = 0.15) -> Any:
        return None if draw.random() < share else value

    out = []
    for number in range(count):
        start = draw.choice([*EDGES, dt.datetime(1931, 5, 1)] if number % 5 else EDGES)  # noqa: DTZ001
        start = draw.choice([start, near(start, -40000, 40000)])
        promised = draw.choice([start, near(start, 0, 3000)])
        window = dt.timedelta(minutes=draw.choice([0, 60, 240]))
        out.append(
            {
                "client": draw.choice(list(ZONES)),
                "shipment_id": f"S{number:05d}",
                "order_id": maybe(f"O{draw.randint(0, count // 2)}", 0.3),
                "site": maybe(draw.choice(["Venlo", "Lyon"])),
                "service": draw.choice(["Freight", "Package"]),
                "lane": maybe(draw.choice(["A → B", "A → C"])),
                "carrier": maybe(draw.choice(["Example Haulage", "Example Lines"])),
                "ordered_at": maybe(near(start, -3000, 0)),
                "promised_from": maybe(promised - window),
                "promised_at": maybe(promised),
                "shipped_at": maybe(draw.choice([start, near(start, -600, 600)])),
                "delivered_at": maybe(draw.choice([promised, near(promised, -200, 200)])),
                "cancelled_at": maybe(near(start, -600, 600), 0.8),
                "cancel_cause": draw.choice(["client", "CLIENT", "provider", None]),
                "ordered_units": maybe(draw.choice([5, 10])),
                "delivered_units": maybe(draw.choice([0, 5, 10])),
                "late_cause": maybe(draw.choice(["Border", "Weather"])),
                "at_fault": maybe(draw.choice(["carrier", "provider"])),
                "freight_revenue": maybe(f"{draw.randint(0, 99999)}.{draw.randint(0, 9999):04d}"),
                "freight_cost": maybe(f"{draw.randint(0, 99999)}.{draw.randint(0, 9999):04d}"),
            }
        )
    return out


# --- the same measures, row by row ------------------------------------------------------


def local(instant: dt.datetime, client: str) -> dt.date:
    """Return the client's day of an instant."""
    return instant.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(ZONES[client])).date()


def midnight(day: dt.date, client: str) -> dt.datetime:
    """Return the instant at which the client's day begins."""
    moment = dt.datetime.combine(day, dt.time(), ZoneInfo(ZONES[client]))
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


@dataclass
class Judged:
    """One delivery as known at the end of the day `as_of`, and what became of it."""

    row: Mapping[str, Any]
    as_of: dt.date
    until: dt.datetime

    def __post_init__(self) -> None:
        row, client = self.row, self.row["client"]
        known = midnight(self.as_of + dt.timedelta(days=1), client)

        def so_far(name: str) -> Any:
            return row[name] if row[name] and row[name] <= known else None

        self.shipped, self.arrived = so_far("shipped_at"), so_far("delivered_at")
        promised, cancelled = row["promised_at"], so_far("cancelled_at")
        tells_units = not row["delivered_at"] or self.arrived
        self.units = row["delivered_units"] if tells_units else None
        self.ordered = row["ordered_units"]
        early_enough = (not self.shipped or (cancelled and cancelled < self.shipped)) and (
            not promised or (cancelled and cancelled < promised)
        )
        by_client = (row["cancel_cause"] or "").lower() == "client"
        self.void = bool(cancelled and not self.arrived and (by_client or early_enough))
        self.at = promised or self.arrived or self.shipped or row["ordered_at"]
        self.left_at = self.shipped or self.arrived
        self.unpromised = not self.void and not promised
        self._judge(promised, min(self.until, known))
        self.cause = row["late_cause"] if self.late else None
        self.fault = row["at_fault"] if self.late else None

    def _judge(self, promised: dt.datetime | None, due_until: dt.datetime) -> None:
        tolerance, early = rule(self.row["client"], promised) if promised else (0, None)
        latest = promised + dt.timedelta(minutes=tolerance) if promised else None
        self.due = bool(not self.void and latest and latest <= due_until)
        delivered = bool(self.arrived or (self.units or 0) > 0)
        opens = self.row["promised_from"]
        too_early = (
            early is not None
            and self.arrived
            and opens
            and self.arrived < opens - dt.timedelta(minutes=early)
        )
        self.time_known = self.due and (bool(self.arrived) or not delivered)
        timely = bool(self.arrived and latest and self.arrived <= latest and not too_early)
        self.late = self.time_known and not timely
        self.on_time = self.time_known and timely
        self.units_known = bool(
            self.due and self.ordered is not None and (self.units is not None or not self.arrived)
        )
        self.in_full = self.units_known and delivered and (self.units or 0) >= self.ordered


def rule(client: str, promised: dt.datetime) -> tuple[int, int | None]:
    """Return tolerance and early minutes of the rule in force at a promise."""
    held = [
        item
        for item in sorted(RULES[client], key=lambda item: item.since or dt.date.min)
        if item.since is None or midnight(item.since, client) <= promised
    ]
    return (held[-1].tolerance_minutes, held[-1].early_minutes) if held else (0, None)


def expected(given: Sequence[Mapping[str, Any]], as_of: dt.date | None) -> Sums:
    """Return the measures of the deliveries by client, month and dimensions."""
    until = CUTOFF.replace(tzinfo=None)
    types = {item.name: item.type for item in TABLES["shipments"].columns}
    judged = []
    for row in given:
        read = {name: typed(types.get(name, "text"), value) for name, value in row.items()}
        day = as_of or local(until + dt.timedelta(minutes=1), row["client"])
        judged.append(Judged(read, day, until))
    sums: Sums = defaultdict(lambda: defaultdict(int))
    for item in judged:
        for at, kept, measures in delivery(item):
            _add(sums, item, at, kept, measures)
    orders: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for item in judged:
        if not item.void:
            order = item.row["order_id"] or item.row["shipment_id"]
            orders[item.row["client"], order].append(item)
    for parts in orders.values():
        last = min(parts, key=lambda item: (-_ordinal(item.at), item.row["shipment_id"]))
        _add(sums, last, last.at, False, order_outcome(parts))
    return sums


def _ordinal(at: dt.datetime | None) -> float:
    return (at - dt.datetime(1, 1, 1)).total_seconds() if at else -1.0  # noqa: DTZ001


def delivery(item: Judged) -> Iterator[tuple[dt.datetime | None, bool, dict[str, Any]]]:
    """Return a delivery's date, whether carrier and cause are kept, and measures, per stream."""
    money = (item.row["freight_revenue"], item.row["freight_cost"])
    both = None not in money
    yield (
        item.left_at,
        False,
        {
            "shipments": bool(item.shipped),
            "shipments_undated": not item.shipped,
            "margin_known": both,
            "margin_unknown": not both,
            "margin_revenue": money[0] if both else Decimal(0),
            "margin_cost": money[1] if both else Decimal(0),
        },
    )
    yield (
        item.at,
        True,
        {
            "on_time": item.on_time,
            "on_time_due": item.time_known,
            "on_time_unknown": item.unpromised or (item.due and not item.time_known),
            "in_full": item.in_full,
            "in_full_due": item.units_known,
            "in_full_unknown": item.unpromised or (item.due and not item.units_known),
            "cancelled": item.void,
        },
    )


def order_outcome(parts: list[Judged]) -> dict[str, Any]:
    """Return the outcome of one order from all its deliveries that were not cancelled."""
    due = all(item.due or item.unpromised for item in parts)
    unknown = any(item.unpromised or not item.time_known or not item.units_known for item in parts)
    short = all(item.units_known for item in parts) and sum(
        item.units or 0 for item in parts
    ) < sum(item.ordered or 0 for item in parts)
    failed = any(item.late for item in parts) or short
    return {
        "otif": due and not failed and not unknown,
        "otif_due": due and (failed or not unknown),
        "otif_unknown": due and not failed and unknown,
    }


def _add(
    sums: Sums, item: Judged, at: dt.datetime | None, kept: bool, measures: Mapping[str, Any]
) -> None:
    if at is None:
        return
    client = item.row["client"]
    month = local(at, client).replace(day=1)
    if month > item.as_of:
        return
    how = (item.row["carrier"], item.cause, item.fault) if kept else (None, None, None)
    key = (client, month, *(item.row[name] for name in DIMS[:3]), *how)
    for name, value in measures.items():
        sums[key][name] += value


# --- comparison -------------------------------------------------------------------------


def space() -> Workspace:
    made = workspace(timezones=ZONES)
    clients = {
        slug: params.model_copy(update={"contract": Contract(delivery=RULES[slug])})
        for slug, params in made.clients.items()
    }
    # No source names a client, so that the world's own cut-off stands for all.
    house = made.house.model_copy(update={"sources": {}})
    return made.model_copy(update={"clients": clients, "house": house})


def told(cube: Cube) -> Sums:
    """Return the cube's frame as sums by key; a key may not come twice."""
    frame = cube.facts["shipments"]
    keys = ["client", "month", *DIMS]
    assert not frame.duplicated(keys).any()
    out: Sums = {}
    for record in frame.to_dict("records"):
        values = {name: None if pd.isna(record[name]) else record[name] for name in keys}
        key = (values["client"], values["month"].date(), *(values[name] for name in DIMS))
        out[key] = {name: record[name] for name in record if name not in keys}
    return out


@pytest.mark.parametrize("as_of", [None, dt.date(2026, 3, 31), dt.date(2026, 7, 1)])
@pytest.mark.parametrize("seed", range(3))
def test_the_cube_is_what_counting_row_by_row_gives(seed: int, as_of: dt.date | None) -> None:
    given = rows(seed)
    cube = build_cube(world({"shipments": given}, cutoff=CUTOFF), space(), as_of)
    want, got = expected(given, as_of), told(cube)
    assert set(got) == set(want)
    recomputed = {name for sums in want.values() for name in sums}
    for key, sums in got.items():
        # A measure that no row of the group has is zero.
        assert {name: sums[name] for name in recomputed} == {
            name: want[key].get(name, 0) for name in recomputed
        }, key
    firsts = [key[1] for key in want]
    assert cube.begins["shipments"] == min(firsts)
