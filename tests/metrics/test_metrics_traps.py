"""Every trap that the field knows of a metric has its case; some of them are worked out here.

A metric without a row in `traps`, or a case that is gone, fails.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from reviews import Due, figures
from traps import RULES, TRAPS
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.analysis.price_mix import revenue_bridge
from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.registry import METRICS
from reviewkit.periods import parse

TESTS = Path(__file__).parents[1]
Row = dict[str, Any]


@cache
def _written(file: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tests of a file, and its text constants."""
    tree = ast.parse((TESTS / file).read_text())
    names = (n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))
    texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant))
    return frozenset(names), frozenset(text for text in texts if isinstance(text, str))


ALL = {(row[0], trap): case for row, traps in TRAPS.items() for trap, case in traps.items()}
ALL |= {("any", rule): case for rule, case in RULES.items()}


@pytest.mark.parametrize("case", ALL.values(), ids=[f"{row}: {trap}" for row, trap in ALL])
def test_every_trap_has_its_case(case: str) -> None:
    file, _, name = case.partition("::")
    test, _, about = name.removesuffix("]").partition("[")
    tests, texts = _written(file)
    assert test in tests
    assert not about or about in texts


def test_every_metric_has_its_traps() -> None:
    named = [metric for row in TRAPS for metric in row]
    assert len(named) == len(set(named))
    assert set(named) == {*METRICS, "price-volume-mix"}
    assert all(TRAPS.values())


# --- those without a case elsewhere -----------------------------------------------------


def data_of(**tables: list[Row]) -> MetricData:
    return metric_data(build_cube(world(tables), workspace()))


def one(data: MetricData, metric: str, period: str = "2026Q3") -> MetricValue:
    (value,) = evaluate(data, [metric], parse(period), as_of=AS_OF)
    return value


def test_hours_at_which_the_dock_is_shut_count_and_that_is_said() -> None:
    # From Friday 18:00 to Monday 08:00: 6 + 24 + 24 + 8 = 62 hours, all of them the dock's night.
    arrived, available = "2026-07-03 18:00", "2026-07-06 08:00"
    data = data_of(
        receipts=[{"receipt_id": "R1", "arrived_at": arrived, "available_at": available}]
    )
    assert one(data, "dock_to_stock_median").value == pytest.approx(62, rel=0.025)
    assert "dock hours are not known" in METRICS["dock_to_stock_median"].exclusions


def test_damage_is_that_of_the_way_and_not_of_the_warehouse() -> None:
    sent: Row = {
        "shipment_id": "S1", "shipped_at": "2026-07-02 08:00", "promised_at": "2026-07-03 12:00",
        "delivered_at": "2026-07-03 11:00", "ordered_units": 50, "delivered_units": 50,
        "damaged_units": 1,
    }  # fmt: skip
    broken = {"event_id": "A1", "at": "2026-07-02 07:00", "units": -9, "reason": "damaged"}
    value = one(data_of(shipments=[sent], stock_adjustments=[broken]), "damage_rate")
    # 1 of 50 was found damaged on arrival; the nine of the warehouse were never sent.
    assert (value.numerator, value.denominator, value.value) == (1, 50, 0.02)


def test_freight_passed_through_at_cost_dilutes_a_margin_and_shows_as_its_service() -> None:
    own = figures(
        [
            Due("2026-07", "A → B", 10, 10, service="Freight", revenue=1000, cost=800),
            Due("2026-07", "A → C", 10, 10, service="Pass-through", revenue=1000, cost=1000),
        ],
        audience="internal",
    )
    # 200 of 1,000 is 20 %; with another 1,000 that earn nothing, 200 of 2,000 is 10 %.
    assert own.one("gross_margin").value == 0.1
    parts = {v.by["service"]: v.value for v in own.parts("gross_margin", ("service",))}
    assert parts == {"Freight": 0.2, "Pass-through": 0.0}


def invoiced(number: int, day: str, amount: str, **more: Any) -> Row:
    return {"invoice_id": f"I{number}", "line": "1", "issued_on": day, "due_on": day,
            "amount": amount, "service": "Freight", "site": "Venlo"} | more  # fmt: skip


def test_a_month_is_held_against_its_own_budget_not_a_third_of_the_quarters() -> None:
    budget: list[Row] = [
        {"month": f"2026-0{month}-01", "service": "Freight", "revenue": revenue}
        for month, revenue in ((7, "100.00"), (8, "100.00"), (9, "400.00"))
    ]
    lines = [
        invoiced(1, "2026-07-31", "150.00"), invoiced(2, "2026-08-31", "100.00"),
        invoiced(3, "2026-09-30", "350.00"),
    ]  # fmt: skip
    data = data_of(invoice_lines=lines, budget=budget)
    # A third of 600 is 200 a month: July would be 50 short and September 150 ahead.
    months = [one(data, "revenue_against_budget", f"2026-0{m}").value for m in (7, 8, 9)]
    assert months == ["50.00", "0.00", "-50.00"]
    assert one(data, "revenue_against_budget").value == "0.00"


def test_days_of_sales_of_a_weak_period_rise_though_nobody_pays_later() -> None:
    # Each invoice is paid 30 days after its issue. June: 300 of 900 open. July: 300 of 300.
    days = ((1, "2026-06-01", "2026-07-01"), (2, "2026-06-02", "2026-06-02"),
            (3, "2026-06-03", "2026-06-03"), (4, "2026-07-02", "2026-08-01"))  # fmt: skip
    lines = [invoiced(number, issued, "300.00") for number, issued, _ in days]
    paid = [{"invoice_id": f"I{n}", "paid_on": on, "amount": "300.00"} for n, _, on in days]
    data = data_of(invoice_lines=lines, payments=paid)
    assert one(data, "dso", "2026-06").value == pytest.approx(300 / 900 * 30)
    assert one(data, "dso", "2026-07").value == pytest.approx(300 / 300 * 31)
    assert "swing within the year" in METRICS["dso"].exclusions


def test_what_retention_holds_together_the_bridge_on_a_year_ago_tells_apart() -> None:
    more = {"charge_code": "Transport", "uom": "delivery", "currency": "EUR"}
    own = figures(
        invoice_lines=[
            invoiced(1, "2025-07-15", "1000.00", quantity=100.0, **more),
            invoiced(2, "2026-07-15", "1155.00", quantity=105.0, **more),
            invoiced(3, "2026-07-15", "45.00", quantity=1.0, **more | {"charge_code": "Fuel"}),
        ],
        audience="internal",
    )
    # 1,200 of 1,000 a year ago: 120 %, of which nothing is growth but five deliveries at 10.
    assert own.one("net_revenue_retention").value == 1.2
    found = revenue_bridge(own, parse("2025Q3"))
    assert found is not None
    good = ("Freight", "Transport", "Venlo", "delivery")
    # The price rose by 10 %: 1,155 − 105 × 10 = 105; volume 5 × 10 = 50; fuel 45.
    assert (found.price[good], found.volume["delivery"]) == (105, 50)
    assert dict(found.apart) == {"surcharges": 45}
    assert found.total == found.delta == 200
