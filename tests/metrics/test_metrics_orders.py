"""Perfect orders, lines, units, damage, returns, pickups and tenders, worked out by hand.

Every case is a client of its own, so that one cube answers for all of them.
"""

from __future__ import annotations

from typing import Any

import pytest
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.params.models import Contract, DeliveryRule
from reviewkit.periods import parse

Row = dict[str, Any]

GOOD: Row = {
    "ordered_at": "2026-07-01 08:00",
    "pickup_appointment": "2026-07-02 09:00",
    "picked_up_at": "2026-07-02 08:30",
    "shipped_at": "2026-07-02 08:40",
    "first_promised_at": "2026-07-03 12:00",
    "promised_at": "2026-07-03 12:00",
    "delivered_at": "2026-07-03 11:00",
    "ordered_units": 10,
    "delivered_units": 10,
    "lines": 4,
    "damaged_units": 0,
    "documents_ok": True,
}
LATE: Row = {"delivered_at": "2026-07-03 12:11"}  # ten minutes are tolerated
ALMOST: Row = {"delivered_at": "2026-07-03 12:10"}

DELIVERIES: dict[str, list[Row]] = {
    "good": [{}],
    # Four orders, each with one thing wrong, and one that is right: every rate is 4 of 5, and
    # their product 0.8⁴ = 41 %, but one order in five is perfect.
    "perfect": [{}, LATE, {"delivered_units": 9}, {"damaged_units": 1}, {"documents_ok": False}],
    # Unknown papers: open unless something else is known to be wrong.
    "papers": [{"documents_ok": None}, {"documents_ok": None} | LATE, {}],
    # One order in two deliveries; the second brings the rest damaged.
    "split": [
        {"order_id": "O1", "delivered_units": 6, "ordered_units": 10, "lines": 2},
        {"order_id": "O1", "delivered_units": 4, "ordered_units": 0, "damaged_units": 1},
    ],
    # 10 + 8 of 10 + 0 (late) of 10 ordered each; a surplus makes up for nothing.
    "units": [{"delivered_units": 14}, {"delivered_units": 8}, LATE, {"delivered_units": None}],
    "first": [{"first_promised_at": "2026-07-02 12:00"}, ALMOST, {"first_promised_at": None}],
    "damage": [{"damaged_units": 3}, {}, {"damaged_units": None}],
    # Due and not collected; collected late; gone without a time; cancelled by the client.
    "pickup": [
        {"picked_up_at": None, "shipped_at": None, "delivered_at": None, "delivered_units": None},
        {"picked_up_at": "2026-07-02 09:11"},
        {"picked_up_at": "2026-07-02 09:10"},
        {"picked_up_at": None},
        {"picked_up_at": None, "shipped_at": None, "delivered_at": None, "delivered_units": None,
         "cancelled_at": "2026-07-01 12:00", "cancel_cause": "client"},
        {"pickup_appointment": None},
        {"pickup_appointment": "2026-10-06 15:55", "picked_up_at": None, "shipped_at": None,
         "delivered_at": None, "delivered_units": None},
    ],
    "ship": [{"shipped_at": "2026-07-02 09:11"}, {"shipped_at": "2026-07-02 09:10"},
             {"shipped_at": None}],
    "returns": [{}, {}, {"delivered_units": None}],
}  # fmt: skip

RETURNS = [
    {"at": "2026-07-20 10:00", "units": 3, "reason": "damaged"},
    {"at": "2026-08-20 10:00", "units": 1, "reason": "damaged"},
    {"at": "2026-08-21 10:00", "units": None, "reason": "refused"},
    {"at": "2026-10-06 20:00", "units": 9, "reason": "refused"},
]

TENDERS = [
    # Load 1: refused, then accepted. 2: accepted at once. 3: expired twice. 4: no answer yet.
    # 5: withdrawn. First offers: 1 of 3 answered. All: 2 of 5. Offered again: 1 and 3.
    ("T1", 1, "rejected"), ("T1", 2, "accepted"), ("T2", 1, "accepted"), ("T3", 1, "expired"),
    ("T3", 2, "expired"), ("T4", 1, None), ("T5", 1, "withdrawn"),
]  # fmt: skip


@pytest.fixture(scope="module")
def cube() -> Cube:
    shipments = [
        GOOD | {"client": client, "shipment_id": f"{client}-{at}"} | row
        for client, rows in DELIVERIES.items()
        for at, row in enumerate(rows)
    ]
    tenders = [
        {"client": "tenders", "tender_id": name, "sequence": sequence, "response": response,
         "tendered_at": "2026-07-01 10:00", "carrier": f"Carrier {sequence}",
         "responded_at": "2026-07-01 11:00" if response else None}
        for name, sequence, response in TENDERS
    ]  # fmt: skip
    returns = [row | {"client": "returns", "event_id": f"E{at}"} for at, row in enumerate(RETURNS)]
    space = workspace(timezones=dict.fromkeys([*DELIVERIES, "tenders"], "UTC"))
    rule = Contract(delivery=(DeliveryRule(tolerance_minutes=10),))
    clients = {k: v.model_copy(update={"contract": rule}) for k, v in space.clients.items()}
    tables = {"shipments": shipments, "tenders": tenders, "returns": returns}
    return build_cube(world(tables), space.model_copy(update={"clients": clients}))


def one(cube: Cube, client: str, metric: str, period: str = "2026Q3") -> MetricValue:
    (value,) = evaluate(metric_data(cube, client), [metric], parse(period), as_of=AS_OF)
    return value


CASES: list[tuple[str, str, tuple[Any, Any, int, float | None]]] = [
    # client, metric, (numerator, denominator, n, coverage)
    ("good", "perfect_order", (1, 1, 1, 1.0)),
    ("perfect", "perfect_order", (1, 5, 5, 1.0)),
    ("perfect", "otif", (3, 5, 5, 1.0)),
    ("papers", "perfect_order", (1, 2, 2, 2 / 3)),
    ("split", "perfect_order", (0, 1, 1, 1.0)),
    ("split", "otif", (1, 1, 1, 1.0)),
    ("perfect", "otif_lines", (12, 20, 5, 1.0)),
    ("split", "otif_lines", (4, 6, 2, 1.0)),
    ("units", "otif_units", (18, 30, 3, 0.75)),
    ("first", "on_time_first_promise", (1, 2, 2, 2 / 3)),
    ("first", "on_time_delivery", (3, 3, 3, 1.0)),
    ("damage", "damage_rate", (3, 20, 2, 2 / 3)),
    ("units", "units", (32, None, 3, 0.75)),
    ("pickup", "on_time_pickup", (1, 3, 3, 0.75)),
    ("ship", "on_time_ship", (1, 2, 2, 2 / 3)),
    ("returns", "returns_rate", (4, 20, 2, 2 / 3)),
    ("tenders", "tender_acceptance", (1, 3, 3, 0.75)),
    ("tenders", "tender_acceptance_all", (2, 5, 5, 5 / 6)),
    ("tenders", "re_tenders", (2, None, 2, 1.0)),
]


@pytest.mark.parametrize(("client", "metric", "made_of"), CASES)
def test_by_hand(cube: Cube, client: str, metric: str, made_of: tuple[Any, ...]) -> None:
    value = one(cube, client, metric)
    assert (value.numerator, value.denominator, value.n) == made_of[:3]
    assert value.coverage == pytest.approx(made_of[3])
    if value.denominator:
        assert value.value == pytest.approx(made_of[0] / made_of[1])


def test_the_product_of_the_rates_is_not_the_rate_of_perfect_orders(cube: Cube) -> None:
    product = 0.8**4  # on time, in full, undamaged, documented: 4 of 5 each
    assert one(cube, "perfect", "on_time_delivery").value == 0.8
    assert one(cube, "perfect", "in_full").value == 0.8
    assert one(cube, "perfect", "perfect_order").value == 0.2 < product


def test_offers_are_told_apart_by_carrier(cube: Cube) -> None:
    data = metric_data(cube, "tenders")
    parts = evaluate(data, ["tender_acceptance_all"], parse("2026Q3"), ("carrier",), as_of=AS_OF)
    assert [(v.by["carrier"], v.numerator, v.n) for v in parts] == [
        ("Carrier 1", 1, 3), ("Carrier 2", 1, 2),
    ]  # fmt: skip


def test_a_return_counts_when_it_came_and_by_its_reason(cube: Cube) -> None:
    # In July 3 units came back and 20 left; in August 1 came back and none left.
    assert one(cube, "returns", "returns_rate", "2026-07").value == pytest.approx(3 / 20)
    august = one(cube, "returns", "returns_rate", "2026-08")
    assert (august.value, august.numerator, august.status) == (None, 1, "no_data")
