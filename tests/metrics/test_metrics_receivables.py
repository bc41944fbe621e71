"""Receivables, disputes, and what it costs to serve, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.periods import parse

Row = dict[str, Any]


def data_of(**tables: list[Row]) -> MetricData:
    return metric_data(build_cube(world(tables), workspace()))


def one(data: MetricData, metric: str, period: str = "2026Q3") -> MetricValue:
    (value,) = evaluate(data, [metric], parse(period), as_of=AS_OF)
    return value


def invoice(number: str, issued: str, due: str | None, amount: str, **more: Any) -> Row:
    return {"invoice_id": number, "line": "1", "issued_on": issued, "due_on": due,
            "amount": amount} | more  # fmt: skip


def paid(number: str, on: str, amount: str) -> Row:
    return {"invoice_id": number, "paid_on": on, "amount": amount}


INVOICES = [
    invoice("1", "2026-05-10", "2026-06-09", "1000.00"),  # 113 days late at the quarter's end
    invoice("2", "2026-07-10", "2026-08-09", "2000.00"),  # 52 days late, half of it paid
    invoice("3", "2026-09-10", "2026-10-10", "3000.00"),  # not due
    invoice("4", "2026-08-01", "2026-08-31", "400.00"),  # 30 days late, in dispute
    invoice("5", "2026-08-01", "2026-08-31", "600.00"),  # credited in full
    invoice("6", "2026-09-20", "2026-09-20", "-600.00", credit_of="5"),
    invoice("7", "2026-09-01", "2026-09-30", "700.00"),  # due on the last day: not past due
    invoice("8", "2026-10-02", "2026-10-02", "999.00"),  # issued after it
]
INVOICES[3] |= {"disputed_on": "2026-08-15", "dispute_outcome": "open"}
PAYMENTS = [
    paid("2", "2026-09-01", "1000.00"),
    paid("3", "2026-10-01", "3000.00"),  # paid after the quarter's end
    paid("0", "2026-09-01", "50.00"),  # of an invoice that nobody knows: unapplied cash
]


def test_past_due_by_age_as_of_the_last_day() -> None:
    data = data_of(invoice_lines=INVOICES, payments=PAYMENTS)
    total = one(data, "receivables_overdue")
    # 1,000 + 1,000 + 400; the unapplied 50 are not netted.
    assert (total.value, total.n, total.unit) == ("2400.00", 3, "EUR")
    ages = evaluate(data, ["receivables_overdue"], parse("2026Q3"), ("age",), as_of=AS_OF)
    late = {value.by["age"]: value.value for value in ages if value.n}
    assert late == {
        "1 to 30 days": "400.00", "31 to 60 days": "1000.00", "over 90 days": "1000.00",
    }  # fmt: skip


def test_days_of_sales_leave_disputes_apart() -> None:
    data = data_of(invoice_lines=INVOICES, payments=PAYMENTS)
    value = one(data, "dso")
    # Open: 1,000 + 1,000 + 3,000 + 700, without the 400 in dispute. Sales of the quarter:
    # 2,000 + 3,000 + 400 + 600 − 600 + 700 = 6,100. 5,700 ÷ 6,100 × 92 days.
    assert (value.numerator, value.denominator, value.unit) == ("5700.00", "6100.00", "days")
    assert value.value == pytest.approx(5700 / 6100 * 92)
    # Of seven open balances one is unapplied, among seven lines of sale.
    assert (value.n, value.coverage) == (6, pytest.approx(6 / 7))


def test_a_dispute_counts_from_the_day_it_was_raised() -> None:
    data = data_of(invoice_lines=INVOICES, payments=PAYMENTS)
    # On 31 July: 1,000 + 2,000 open, of 2,000 invoiced in July, which has 31 days.
    assert one(data, "dso", "2026-07").value == pytest.approx(3000 / 2000 * 31)
    assert one(data, "dso", "2026-06").value is None  # nothing was invoiced


def test_other_currencies_are_left_out_and_told() -> None:
    lines = [invoice("1", "2026-07-01", "2026-07-02", "100.00"),
             invoice("2", "2026-07-01", "2026-07-02", "100.00", currency="USD",
                     disputed_on="2026-07-05")]  # fmt: skip
    data = data_of(invoice_lines=lines, payments=[paid("1", "2026-07-03", "40.00")])
    value = one(data, "dso")
    assert (value.numerator, value.coverage) == ("60.00", 0.5)
    assert one(data, "receivables_overdue").value == "60.00"
    share = one(data, "disputed_amount")
    assert (share.numerator, share.denominator, share.coverage) == ("0.00", "100.00", 0.5)


def test_disputes_raised_and_upheld_are_two_figures() -> None:
    lines = [
        invoice("1", "2026-07-01", None, "100.00", disputed_on="2026-07-05",
                dispute_outcome="upheld"),
        invoice("2", "2026-07-01", None, "300.00", disputed_on="2026-07-05",
                dispute_outcome="rejected"),
        invoice("3", "2026-07-01", None, "200.00", disputed_on="2026-07-05"),
        invoice("4", "2026-07-01", None, "400.00"),
        invoice("5", "2026-07-09", None, "-100.00", credit_of="1"),
    ]  # fmt: skip
    data = data_of(invoice_lines=lines)
    raised, upheld = one(data, "disputed_amount"), one(data, "disputes_upheld")
    assert (raised.numerator, raised.denominator, raised.value) == ("600.00", "1000.00", 0.6)
    assert (upheld.numerator, upheld.denominator, upheld.coverage) == (1, 2, pytest.approx(2 / 3))


# --- cost -------------------------------------------------------------------------------


def cost(month: str, pool: str, amount: str, quantity: float | None, **more: Any) -> Row:
    return {"month": month, "pool": pool, "amount": amount, "driver_quantity": quantity} | more


def delivered(number: int, day: str, units: int | None) -> Row:
    return {
        "shipment_id": f"S{number}",
        "shipped_at": f"{day} 08:00",
        "promised_at": f"{day} 18:00",
        "delivered_at": f"{day} 17:00",
        "ordered_units": 5,
        "delivered_units": units,
    }


def test_cost_per_unit_and_order_of_the_months_that_have_both() -> None:
    data = data_of(
        costs=[
            cost("2026-07-01", "picking", "100.00", 10),
            cost("2026-07-01", "rent", "50.50", None),
            cost("2026-09-01", "picking", "900.00", 10),  # nothing left in September
        ],
        shipments=[
            delivered(1, "2026-07-02", 30), delivered(2, "2026-07-03", 10),
            delivered(3, "2026-07-04", None), delivered(4, "2026-08-04", 1000),
        ],
    )  # fmt: skip
    unit, order = one(data, "cost_per_unit"), one(data, "cost_per_order")
    # 150.50 ÷ 40 = 3.7625; one delivery's units are unknown, and September's cost is left out.
    assert (unit.value, unit.numerator, unit.denominator) == ("3.7625", "150.50", 40)
    assert (unit.n, unit.coverage) == (2, 0.5)
    # Three orders were due in July: 150.50 ÷ 3 = 50.1667.
    assert (order.value, order.denominator) == ("50.1667", 3)


def test_fixed_cost_makes_a_unit_dearer_where_volume_falls() -> None:
    data = data_of(
        costs=[
            cost("2026-07-01", "rent", "100.00", None),
            cost("2026-08-01", "rent", "100.00", None),
        ],
        shipments=[delivered(1, "2026-07-02", 100), delivered(2, "2026-08-03", 50)],
    )
    assert one(data, "cost_per_unit", "2026-07").value == "1.00"
    assert one(data, "cost_per_unit", "2026-08").value == "2.00"


def test_cost_to_serve_is_charged_by_the_pools_rate_and_the_rest_is_shown() -> None:
    data = data_of(
        costs=[
            cost("2026-07-01", "picking", "600.00", 20, service="Freight"),
            cost("2026-07-01", "picking", "300.00", 40, service="Package"),
            cost("2026-07-01", "overhead", "100.00", None),
        ]
    )
    total = one(data, "cost_to_serve")
    assert (total.value, total.numerator, total.denominator) == ("900.00", "900.00", "1000.00")
    assert total.coverage == pytest.approx(2 / 3)  # two of three entries have a driver
    # The pool's rate is 900 ÷ 60 = 15: 20 × 15 and 40 × 15.
    parts = evaluate(data, ["cost_to_serve"], parse("2026Q3"), ("service",), as_of=AS_OF)
    found = {value.by["service"]: value.value for value in parts}
    assert found == {"": None, "Freight": "300.00", "Package": "600.00"}
