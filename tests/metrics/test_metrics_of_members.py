"""Every metric of a global account is told apart by its members, and they add up to it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from worlds import metric_data, workspace, world

from reviewkit.accounts.tables import TABLES
from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.registry import METRICS
from reviewkit.params.models import Target, Workspace
from reviewkit.periods import parse

ZONES = dict.fromkeys(("north", "south", "world"), "UTC")
AS_OF = dt.date(2026, 10, 6)
Row = dict[str, Any]


def space() -> Workspace:
    made = workspace(timezones=ZONES)
    members = {"north": "EMEA", "south": "EMEA"}
    own = made.clients["world"]
    account = own.model_copy(update={"client": own.client.model_copy(update={"members": members})})
    return made.model_copy(update={"clients": {**made.clients, "world": account}})


def plain(table: str, client: str, number: int) -> Row:
    """Return a row with something in every column that metrics read."""
    at, later = "2026-07-02 08:00", "2026-07-02 10:00"
    cells: dict[str, Any] = {
        "timestamp": at, "date": "2026-07-02", "integer": 5, "number": 0.5, "money": "100.00",
        "boolean": True, "text": f"{number}",
    }  # fmt: skip
    row = {c.name: c.values[0] if c.values else cells[c.type] for c in TABLES[table].columns}
    fixed: dict[str, Row] = {
        "shipments": {"delivered_at": later, "picked_up_at": at, "cancelled_at": None,
                      "promised_at": later, "first_promised_at": later, "damaged_units": 0,
                      "pickup_appointment": later},
        "order_lines": {"error_code": None},
        "tenders": {"sequence": 1 + number % 2},
        "receipts": {"available_at": later},
        "invoice_lines": {"credit_of": None, "credit_reason": None,
                          "dispute_outcome": "upheld", "disputed_on": "2026-07-09"},
        "payments": {"amount": "40.00", "paid_on": "2026-07-09"},
        "cases": {"first_response_at": later, "closed_at": later},
        "costs": {"month": "2026-07-01"}, "budget": {"month": "2026-07-01"},
        "opportunities": {"closed_on": None if number % 2 else "2026-07-09",
                          "won": None if number % 2 else True},
        "surveys": {"instrument": "nps" if number % 2 else "csat"},
    }  # fmt: skip
    money = {"currency": "EUR"} if "currency" in row else {}
    return row | money | fixed.get(table, {}) | {"client": client}


@pytest.fixture(scope="module")
def cube() -> Cube:
    names = {table for metric in METRICS.values() for table in metric.tables}
    rows = {
        table: [
            plain(table, client, 10 * at + number)
            for at, client in enumerate(("north", "south"))
            for number in range(2 + at)
        ]
        for table in sorted(names)
    }
    old = [plain("invoice_lines", client, 90) | {"issued_on": "2025-07-02", "due_on": "2025-07-02"}
           for client in ("north", "south")]  # fmt: skip
    rows["invoice_lines"] += old
    return build_cube(world(rows), space())


def found(cube: Cube, metric: str, by: tuple[str, ...] = ()) -> tuple[MetricValue, ...]:
    targets = {"new_business": (Target(value=Decimal(100000)),)}
    data = metric_data(cube, "world", targets=targets)
    return evaluate(data, [metric], parse("2026-07"), by, as_of=AS_OF)


@pytest.mark.parametrize("metric", [m.id for m in METRICS.values() if m.scope == "account"])
def test_members_add_up_to_the_account(cube: Cube, metric: str) -> None:
    (total,) = found(cube, metric)
    parts = found(cube, metric, ("account",))
    assert total.value is not None
    assert sum(part.n for part in parts) == total.n
    assert total.n > 0 or metric == "cases_open"  # all cases are closed
    if isinstance(total.numerator, int):
        assert sum(part.numerator or 0 for part in parts) == total.numerator  # type: ignore[misc]


def test_what_is_owed_is_told_apart_by_member(cube: Cube) -> None:
    # North: two invoices of 100.00 and one a year old, two payments of 40.00; south has one
    # invoice and one payment more.
    owed = {part.by["account"]: part.numerator for part in found(cube, "dso", ("account",))}
    assert owed == {"north": "220.00", "south": "280.00"}
    (total,) = found(cube, "dso")
    assert total.numerator == "500.00"


def test_the_pipeline_is_covered_as_a_whole(cube: Cube) -> None:
    # The target is the account's own; what no member has alone stands under no name.
    (part,) = found(cube, "pipeline_coverage", ("account",))
    (total,) = found(cube, "pipeline_coverage")
    assert (part.by, part.value) == ({"account": ""}, total.value)
