"""Global accounts: the sum of several clients in a calendar of their own, counted row by row."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from worlds import metric_data, workspace, world

from reviewkit.errors import UsageError
from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.params.models import Contract, DeliveryRule, Workspace
from reviewkit.periods import parse

ZONES = {
    "acme-de": "Europe/Berlin",
    "acme-us": "America/Chicago",
    "other": "Asia/Tokyo",
    "world": "America/New_York",
}
MEMBERS = {"acme-de": "EMEA", "acme-us": "Americas"}
AS_OF = dt.date(2026, 10, 6)
Q3 = parse("2026Q3")
JULY = parse("2026-07")


def space(**rules: tuple[DeliveryRule, ...]) -> Workspace:
    """Return two members, their global account and a stranger; `rules` are by client."""
    made = workspace(timezones=ZONES)
    clients = {
        slug: params.model_copy(
            update={
                "client": params.client.model_copy(
                    update={"members": MEMBERS if slug == "world" else {}, "name": slug.title()}
                ),
                "contract": Contract(delivery=rules[slug.replace("-", "_")])
                if slug.replace("-", "_") in rules
                else Contract(),
            }
        )
        for slug, params in made.clients.items()
    }
    return made.model_copy(update={"clients": clients})


def shipment(number: int, client: str, at: str, **more: Any) -> dict[str, Any]:
    base = {"client": client, "shipment_id": f"S{number}", "service": "Freight"}
    times = dict.fromkeys(("promised_at", "shipped_at", "delivered_at"), at)
    return base | times | {"ordered_units": 10, "delivered_units": 10} | more


def figures(
    cube: Cube, metric: str, by: tuple[str, ...] = (), client: str = "world", period: Any = Q3
) -> tuple[MetricValue, ...]:
    return evaluate(metric_data(cube, client), [metric], period, by, as_of=AS_OF)


def counts(values: tuple[MetricValue, ...]) -> dict[tuple[str, ...], tuple[Any, Any]]:
    return {tuple(v.by.values()): (v.numerator, v.denominator) for v in values}


# --- by hand ----------------------------------------------------------------------------


def test_a_row_near_midnight_falls_into_the_global_accounts_own_day() -> None:
    # 02:00 UTC on 1 July: July in Berlin, June in Chicago and in New York.
    # 04:30 UTC on 1 July: July in Berlin and New York, June in Chicago.
    rows = [
        shipment(number, client, at)
        for number, (client, at) in enumerate(
            (client, at)
            for client in ("acme-de", "acme-us", "other")
            for at in ("2026-07-01 02:00", "2026-07-01 04:30")
        )
    ]
    cube = build_cube(world({"shipments": rows}), space())
    found = {
        client: figures(cube, "shipments", client=client, period=JULY)[0].n
        for client in ("acme-de", "acme-us", "world")
    }
    assert found == {"acme-de": 2, "acme-us": 0, "world": 2}


def test_a_global_account_is_the_sum_of_its_members_by_account_and_region() -> None:
    late = {"delivered_at": "2026-08-02 12:00"}
    rows = [
        shipment(1, "acme-de", "2026-08-01 12:00"),
        shipment(2, "acme-de", "2026-08-01 12:00", **late),
        shipment(3, "acme-us", "2026-08-01 12:00"),
        shipment(4, "other", "2026-08-01 12:00", **late),
    ]
    cube = build_cube(world({"shipments": rows}), space())
    assert counts(figures(cube, "on_time_delivery")) == {(): (2, 3)}
    assert counts(figures(cube, "on_time_delivery", ("account",))) == {
        ("Acme-De",): (1, 2),
        ("Acme-Us",): (1, 1),
    }
    assert counts(figures(cube, "on_time_delivery", ("region", "service"))) == {
        ("Americas", "Freight"): (1, 1),
        ("EMEA", "Freight"): (1, 2),
    }
    with pytest.raises(UsageError, match='no dimension "account"'):
        figures(cube, "on_time_delivery", ("account",), client="acme-de")


def test_orders_of_two_members_with_one_number_stay_two_orders() -> None:
    rows = [
        shipment(1, "acme-de", "2026-08-01 12:00", order_id="O1", delivered_units=4),
        shipment(2, "acme-de", "2026-08-01 12:00", order_id="O1", delivered_units=16),
        shipment(3, "acme-us", "2026-08-01 12:00", order_id="O1"),
        shipment(4, "acme-us", "2026-08-01 12:00", order_id="O2", delivered_units=9),
    ]
    cube = build_cube(world({"shipments": rows}), space())
    assert counts(figures(cube, "otif", ("account",))) == {
        ("Acme-De",): (1, 1),
        ("Acme-Us",): (1, 2),
    }
    assert counts(figures(cube, "otif")) == {(): (2, 3)}


def test_members_are_judged_by_their_contracts_unless_the_global_account_has_rules() -> None:
    # Half an hour late: within the tolerance of acme-de alone.
    rows = [
        shipment(1, "acme-de", "2026-08-01 12:00", delivered_at="2026-08-01 12:30"),
        shipment(2, "acme-us", "2026-08-01 12:00", delivered_at="2026-08-01 12:30"),
    ]
    tolerant = (DeliveryRule(tolerance_minutes=30),)
    own = build_cube(world({"shipments": rows}), space(acme_de=tolerant))
    assert counts(figures(own, "on_time_delivery")) == {(): (1, 2)}
    both = build_cube(world({"shipments": rows}), space(world=tolerant))
    assert counts(figures(both, "on_time_delivery")) == {(): (2, 2)}
    assert counts(figures(both, "on_time_delivery", client="acme-de")) == {(): (0, 1)}


def line(client: str, invoice: str, amount: str, **more: Any) -> dict[str, Any]:
    base = {"client": client, "invoice_id": invoice, "line": "1", "issued_on": "2026-08-31"}
    return base | {"amount": amount, "charge_code": "FRT", "service": "Freight"} | more


def test_registers_are_united_and_a_credit_stays_with_its_members_invoice() -> None:
    lines = [
        line("acme-de", "R1", "100.00"),
        line("acme-us", "R1", "70.00"),
        line("acme-us", "G1", "-70.00", credit_of="R1", credit_reason="Wrong price"),
        line("other", "R1", "1.00"),
    ]
    cube = build_cube(world({"invoice_lines": lines}), space())
    assert counts(figures(cube, "invoice_accuracy")) == {(): (1, 2)}
    assert counts(figures(cube, "invoice_accuracy", ("account",))) == {
        ("Acme-De",): (1, 1),
        ("Acme-Us",): (0, 1),
    }
    frame = cube.registers["invoice_lines"]
    own = frame[frame["client"] == "world"].sort_values(["account", "amount"])
    assert own[["account", "invoice_id", "credit_of"]].fillna("").to_numpy().tolist() == [
        ["Acme-De", "R1 (Acme-De)", ""],
        ["Acme-Us", "G1", "R1 (Acme-Us)"],
        ["Acme-Us", "R1 (Acme-Us)", ""],
    ]
    # The members' own rows keep what the invoice says.
    assert set(frame.loc[frame["client"] == "acme-de", "invoice_id"]) == {"R1"}


def test_budgets_of_two_members_for_one_month_and_service_add_up() -> None:
    plan = {"month": "2026-08-01", "service": "Freight"}
    budget = [
        {"client": "acme-de", "revenue": "90.00", "version": "1", **plan},
        {"client": "acme-de", "revenue": "80.00", "version": "2", **plan},
        {"client": "acme-us", "revenue": "50.00", "version": "1", **plan},
    ]
    lines = [line("acme-de", "R1", "100.00"), line("acme-us", "R1", "70.00")]
    cube = build_cube(world({"invoice_lines": lines, "budget": budget}), space())
    assert counts(figures(cube, "revenue_against_budget")) == {(): ("170.00", "130.00")}


def test_a_member_without_a_budget_lowers_the_coverage() -> None:
    budget = [{"client": "acme-de", "month": "2026-08-01", "service": "Freight", "revenue": "90"}]
    lines = [line("acme-de", "R1", "100.00"), line("acme-us", "R1", "70.00")]
    cube = build_cube(world({"invoice_lines": lines, "budget": budget}), space())
    (value,) = figures(cube, "revenue_against_budget")
    assert (value.numerator, value.denominator, value.coverage) == ("100.00", "90.00", 0.5)


def test_without_global_accounts_the_cube_knows_no_members() -> None:
    cube = build_cube(
        world({"shipments": [shipment(1, "acme", "2026-08-01 12:00")], "invoice_lines": []}),
        workspace(),
    )
    assert "account" not in cube.facts["shipments"]
    assert "account" not in cube.registers["invoice_lines"]


# --- row by row -------------------------------------------------------------------------

EDGES = [
    dt.datetime(2026, month, 1) + dt.timedelta(hours=hours, minutes=minutes)  # noqa: DTZ001
    for month in (3, 4, 7, 8)
    for hours in (-9, -1, 0, 4, 5, 6)
    for minutes in (-1, 0, 1)
]


@pytest.mark.parametrize("seed", range(3))
def test_every_client_counts_its_rows_in_its_own_months(seed: int) -> None:
    draw = random.Random(seed)
    rows = [
        shipment(
            number,
            draw.choice([name for name in ZONES if name != "world"]),
            "2026-01-01",
            shipped_at=str(draw.choice(EDGES)),
            freight_revenue=f"{draw.randint(0, 9999)}.{draw.randint(0, 9999):04d}",
            freight_cost="1.0001",
        )
        for number in range(300)
    ]
    cube = build_cube(world({"shipments": rows}), space())
    want: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0, Decimal(0)])
    for row in rows:
        at = dt.datetime.fromisoformat(row["shipped_at"]).replace(tzinfo=dt.UTC)
        wholes = [(row["client"], None, None)]
        if row["client"] in MEMBERS:
            wholes.append(("world", row["client"].title(), MEMBERS[row["client"]]))
        for client, account, region in wholes:
            month = at.astimezone(ZoneInfo(ZONES[client])).date().replace(day=1)
            sums = want[client, account, region, month]
            sums[0] += 1
            sums[1] += Decimal(row["freight_revenue"])
    frame = cube.facts["shipments"]
    frame = frame[frame["shipments"] > 0]
    keys = [frame[name] for name in ("client", "account", "region", "month")]
    got = {
        (client, *(None if pd.isna(v) else v for v in (account, region)), month.date()): [n, sold]
        for client, account, region, month, n, sold in zip(
            *keys, frame["shipments"], frame["margin_revenue"], strict=True
        )
    }
    assert got == dict(want)


def test_columns_of_the_tables_that_are_called_as_the_members_dimensions_stay() -> None:
    sites = [
        {"client": "acme-de", "site": "Venlo", "timezone": "Europe/Amsterdam", "region": "NL-LI"},
        {"client": "acme-us", "site": "Venlo", "timezone": "Europe/Amsterdam", "region": "NL-LI"},
    ]
    actions = [
        {"client": "acme-de", "action_id": "A1", "raised_on": "2026-08-01", "owner": "N. Vale"}
    ]
    cube = build_cube(world({"sites": sites, "actions": actions}), space())
    own = {name: frame[frame["client"] == "world"] for name, frame in cube.registers.items()}
    assert own["sites"]["region"].tolist() == ["NL-LI"]
    assert own["actions"][["owner", "account"]].to_numpy().tolist() == [["N. Vale", "Acme-De"]]
