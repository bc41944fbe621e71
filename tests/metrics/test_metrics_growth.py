"""Pipeline, retention and concentration, worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.portfolio import portfolio_data
from reviewkit.metrics.registry import published
from reviewkit.metrics.rollup import ROLLUPS
from reviewkit.params.exchange import Exchange
from reviewkit.params.models import Target
from reviewkit.periods import parse

Row = dict[str, Any]


def data_of(targets: Any = None, **tables: list[Row]) -> MetricData:
    return metric_data(build_cube(world(tables), workspace()), targets=targets)


def one(data: MetricData, metric: str, period: str = "2026Q3") -> MetricValue:
    (value,) = evaluate(data, [metric], parse(period), as_of=AS_OF)
    return value


def deal(
    number: int, created: str, closed: str | None, won: bool | None, amount: str | None, **more: Any
) -> Row:
    return {"opportunity_id": f"O{number}", "created_on": created, "closed_on": closed, "won": won,
            "amount": amount} | more  # fmt: skip


DEALS = [
    deal(1, "2026-02-01", "2026-07-10", True, "100000.00"),
    deal(2, "2026-02-01", "2026-08-10", False, "250000.00"),
    deal(3, "2026-02-01", "2026-09-30", True, "50000.00"),
    deal(4, "2026-02-01", "2026-10-01", True, "80000.00", probability=0.5),  # open until October
    deal(5, "2026-07-01", None, None, "300000.00", probability=0.1),
    deal(6, "2026-07-01", None, None, "40000.00"),  # nobody has said how likely
    deal(7, "2026-07-01", "2026-08-01", None, "1.00"),  # closed, without an outcome
    deal(8, "2026-10-02", None, None, "500000.00", probability=0.9),  # entered after the quarter
    deal(9, "2026-01-01", "2026-06-30", False, "90000.00"),
]


def test_open_deals_are_not_losses() -> None:
    value = one(data_of(opportunities=DEALS), "win_rate")
    # Two of three that were decided; one closed without an outcome.
    assert (value.numerator, value.denominator, value.coverage) == (2, 3, 0.75)
    assert value.status == "low_volume"
    assert one(data_of(opportunities=DEALS), "win_rate", "2026Q2").value == 0.0


def test_new_business_is_what_was_won() -> None:
    data = data_of(opportunities=[*DEALS, deal(10, "2026-02-01", "2026-07-11", True, None)])
    value = one(data, "new_business")
    assert (value.value, value.n, value.coverage) == ("150000.00", 2, pytest.approx(2 / 3))


def test_the_pipeline_is_as_it_stood_on_the_last_day() -> None:
    value = one(data_of(opportunities=DEALS), "weighted_pipeline")
    # 80,000 × 0.5 + 300,000 × 0.1; the deal of 40,000 has no chance recorded.
    assert (value.value, value.n, value.coverage) == ("70000.00", 2, pytest.approx(2 / 3))


def test_coverage_is_against_what_is_still_missing() -> None:
    targets = {
        "new_business": (
            Target(value=Decimal(250000)),
            Target(value=Decimal(360000), since=dt.date(2026, 7, 1)),
            Target(value=Decimal(999999), since=dt.date(2026, 10, 1)),
        )
    }
    value = one(data_of(targets, opportunities=DEALS), "pipeline_coverage")
    # Open: 80,000 + 300,000 + 40,000 = 420,000. Missing: 360,000 − 150,000 = 210,000.
    assert (value.numerator, value.denominator, value.value) == ("420000.00", "210000.00", 2.0)


def test_without_a_target_or_with_it_reached_there_is_no_coverage() -> None:
    reached = {"new_business": (Target(value=Decimal(150000)),)}
    assert one(data_of(opportunities=DEALS), "pipeline_coverage").value is None
    assert one(data_of(reached, opportunities=DEALS), "pipeline_coverage").value is None


# --- retention --------------------------------------------------------------------------


def line(number: int, issued: str, amount: str, service: str, **more: Any) -> Row:
    return {"invoice_id": f"I{number}", "line": "1", "issued_on": issued, "amount": amount,
            "service": service, "site": "Venlo"} | more  # fmt: skip


LINES = [
    line(1, "2025-07-01", "1000.00", "Freight"), line(2, "2025-09-30", "500.00", "Package"),
    line(3, "2025-08-01", "300.00", "Storage"),  # churned
    line(4, "2026-07-01", "1200.00", "Freight"), line(5, "2026-09-30", "350.00", "Package"),
    line(6, "2026-08-15", "-50.00", "Package", credit_of="I5"),
    line(7, "2026-08-15", "9000.00", "Returns"),  # new: no retention
    line(8, "2026-10-01", "9000.00", "Freight"), line(9, "2025-06-30", "9000.00", "Freight"),
    line(10, "2026-08-15", "9000.00", "Freight", site="Lyon"),  # the service at a new site
]  # fmt: skip


def test_retention_is_of_what_there_was_a_year_before() -> None:
    value = one(data_of(invoice_lines=LINES), "net_revenue_retention")
    # Start 1,800; Freight +200, Package −200, Storage −300: 1,500 ÷ 1,800.
    assert (value.numerator, value.denominator) == ("1500.00", "1800.00")
    assert value.value == pytest.approx(1500 / 1800)
    parts = evaluate(
        data_of(invoice_lines=LINES), ["net_revenue_retention"], parse("2026Q3"), ("service",),
        as_of=AS_OF,
    )  # fmt: skip
    found = {v.by["service"]: (v.numerator, v.denominator) for v in parts if v.denominator}
    assert found["Storage"] == ("0.00", "300.00")


def test_there_is_no_retention_without_the_year_before() -> None:
    data = data_of(invoice_lines=LINES[1:])  # begins on 30 June 2025
    late = data_of(invoice_lines=[row for row in LINES if row["issued_on"] > "2025-07-31"])
    assert one(data, "net_revenue_retention").value is not None
    assert one(late, "net_revenue_retention").value is None


# --- portfolio --------------------------------------------------------------------------


def portfolio(
    lines: list[Row], *rates: Exchange, into: str = "EUR", **members: dict[str, str]
) -> MetricData:
    names = {row["client"] for row in lines} | set(members)
    space = workspace(timezones=dict.fromkeys(sorted(names), "UTC"))
    clients = {
        slug: own.model_copy(
            update={"client": own.client.model_copy(update={"members": members.get(slug, {})})}
        )
        for slug, own in space.clients.items()
    }
    house = space.house.model_copy(update={"fx": rates})
    space = space.model_copy(update={"clients": clients, "house": house})
    return portfolio_data(build_cube(world({"invoice_lines": lines}), space), space, into)


SHARES = [
    line(1, "2026-07-01", "500.00", "Freight") | {"client": "acme"},
    line(2, "2026-07-01", "300.00", "Freight") | {"client": "borea"},
    line(3, "2026-07-01", "200.00", "Freight") | {"client": "cedar"},
    line(4, "2026-07-01", "777.00", "Freight") | {"client": "cedar", "currency": "USD"},
]


def test_concentration_is_the_sum_of_squared_shares() -> None:
    value = one(portfolio(SHARES), "concentration")
    assert value.value == 3800  # 50² + 30² + 20²
    assert (value.n, value.coverage, value.unit) == (3, 0.75, "score")


def test_other_currencies_count_at_the_rate_of_their_issue() -> None:
    held = [
        Exchange(currency="USD", to="EUR", since=dt.date(2026, 6, 1), rate=Decimal("0.5")),
        Exchange(currency="USD", to="EUR", since=dt.date(2026, 8, 1), rate=Decimal(9)),
    ]
    lines = [*SHARES[:1], SHARES[1] | {"amount": "1000.00", "currency": "USD"}]
    value = one(portfolio(lines, *held), "concentration")
    assert (value.value, value.coverage) == (5000, 1.0)  # 500 and 1,000 × 0.5
    dollars = one(portfolio(lines, *held, into="USD"), "concentration")
    assert (dollars.value, dollars.coverage) == (5000, 1.0)
    assert one(portfolio(lines, *held, into="GBP"), "concentration").coverage == 0.0


def test_members_of_a_global_account_are_one_holder() -> None:
    data = portfolio(SHARES, world={"borea": "", "cedar": ""})
    assert one(data, "concentration").value == 5000  # 50² + (30 + 20)²


def test_one_account_alone_has_no_concentration() -> None:
    data = data_of(invoice_lines=LINES)
    value = one(data, "concentration")
    assert (value.value, value.status) == (None, "no_data")
    assert "concentration" not in {metric.id for metric in published("internal")}


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(-50, 100)), max_size=30), st.data())
@settings(max_examples=60, deadline=None)
def test_concentration_is_the_same_whatever_the_order_and_within_its_range(
    held: list[tuple[str, int]], draws: Any
) -> None:
    def read(rows: list[tuple[str, int]]) -> Any:
        pairs = [(name, Decimal(amount)) for name, amount in rows]
        return ROLLUPS["concentration"].read({"held": pairs, "n": len(rows), "unknown": 0}).exact

    assert read(held) == read(draws.draw(st.permutations(held)))
    sums = {name: sum(amount for who, amount in held if who == name) for name, _ in held}
    holders = [amount for amount in sums.values() if amount > 0]
    if holders:
        assert 10_000 / len(holders) <= read(held) <= 10_000
