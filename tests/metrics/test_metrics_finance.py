"""Invoices, disputes and the budget, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.periods import parse

Q3 = parse("2026Q3")


def line(invoice: str, number: int, **more: Any) -> dict[str, Any]:
    base = {"invoice_id": invoice, "line": str(number), "issued_on": "2026-07-31"}
    return base | {"amount": "100.00", "charge_code": "FRT", "service": "Freight"} | more


def credit(of: str | None, **more: Any) -> dict[str, Any]:
    reason = {"credit_of": of, "credit_reason": "Wrong price", "issued_on": "2026-10-02"}
    return line(f"G-{of}-{len(more)}", 1, amount="-10.00") | reason | more


def one(metric: str, *lines: dict[str, Any], **tables: Any) -> MetricValue:
    data = data_of(invoice_lines=lines, **tables)
    (value,) = evaluate(data, [metric], Q3, as_of=AS_OF)
    return value


def data_of(**tables: Any) -> MetricData:
    return metric_data(build_cube(world(tables), workspace()))


def parts(value: MetricValue) -> tuple[Any, Any, float | None]:
    return value.numerator, value.denominator, value.coverage


@pytest.mark.parametrize(
    ("about", "rows", "expected"),
    [
        ("credited later for an error", [credit("R1")], (1, 2, 1.0)),
        ("credited for what the client caused", [credit("R1", credit_reason="Client: wrong PO")],
         (2, 2, 1.0)),
        ("credited as a rebate", [credit("R1", credit_reason="rebate 2026")], (2, 2, 1.0)),
        ("credited without a reason", [credit("R1", credit_reason=None)], (1, 2, 1.0)),
        ("credited by another invoice's credit", [credit("R2")], (2, 2, 1.0)),
        ("credited twice, one error", [credit("R1"), credit("R1", reference=None)], (1, 2, 1.0)),
        ("the whole invoice credited", [credit("R1", charge_code=None)], (0, 2, 1.0)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_invoice_accuracy(about: str, rows: list[dict[str, Any]], expected: Any) -> None:
    invoice = (line("R1", 1), line("R1", 2, charge_code="FSC"))
    assert parts(one("invoice_accuracy", *invoice, *rows)) == expected, about


def test_a_credit_names_its_line_by_reference_too() -> None:
    lines = (line("R1", 1, reference="PO-1"), line("R1", 2, reference="PO-2"))
    assert parts(one("invoice_accuracy", *lines, credit("R1", reference="PO-2"))) == (1, 2, 1.0)


def test_an_upheld_dispute_is_an_error_a_rejected_one_is_not() -> None:
    lines = (
        line("R1", 1, disputed_on="2026-08-10", dispute_outcome="upheld"),
        line("R1", 2, disputed_on="2026-08-10", dispute_outcome="rejected"),
        line("R1", 3, disputed_on="2026-08-10", dispute_outcome="open"),
        line("R1", 4),
    )
    assert parts(one("invoice_accuracy", *lines)) == (3, 4, 1.0)
    assert parts(one("disputes", *lines)) == (3, 4, 1.0)


def test_credit_lines_are_no_lines_of_their_own() -> None:
    # A credit in the period that names no invoice: some line is wrong, nobody knows which.
    blind = credit(None, issued_on="2026-08-01")
    named = credit("R0", issued_on="2026-08-01")
    value = one("invoice_accuracy", line("R1", 1), line("R1", 2), line("R1", 3), blind, named)
    assert parts(value) == (3, 3, 0.75)
    assert parts(one("disputes", line("R1", 1), blind)) == (0, 1, 1.0)


def test_lines_are_placed_by_their_issue() -> None:
    days = ("2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01")
    value = one("disputes", *(line("R1", n, issued_on=day) for n, day in enumerate(days)))
    assert value.n == 2


BUDGET = (
    {"month": "2026-07-01", "service": "Freight", "revenue": "150.00"},
    {"month": "2026-08-01", "service": "Freight", "revenue": "100.00"},
    {"month": "2026-08-01", "service": "Package", "revenue": "20.00"},
)


def test_revenue_against_budget_is_actual_less_budget_in_the_clients_currency() -> None:
    lines = (line("R1", 1, amount="160.25"), credit("R1", issued_on="2026-08-02"))
    value = one("revenue_against_budget", *lines, budget=BUDGET)
    assert (value.value, value.numerator, value.denominator) == ("-119.75", "150.25", "270.00")
    assert (value.unit, value.target, value.status, value.n) == ("EUR", "0.00", "missed", 2)


def test_equal_to_budget_is_met() -> None:
    lines = (line("R1", 1, amount="270.00"),)
    value = one("revenue_against_budget", *lines, budget=BUDGET)
    assert (value.value, value.status) == ("0.00", "met")


def test_a_month_without_budget_and_another_currency_are_left_out_and_told() -> None:
    lines = (
        line("R1", 1, amount="270.00"),
        line("R2", 1, amount="999.00", issued_on="2026-09-30"),
        line("R3", 1, amount="999.00", currency="USD"),
        line("R4", 1, amount="1.00", currency="EUR"),
    )
    value = one("revenue_against_budget", *lines, budget=BUDGET)
    assert (value.numerator, value.coverage) == ("271.00", 0.5)


def test_the_last_version_of_a_budget_counts_month_by_month() -> None:
    versions = (
        *({**row, "version": "1"} for row in BUDGET),
        {"month": "2026-08-01", "service": "Freight", "revenue": "80.00", "version": "2"},
    )
    value = one("revenue_against_budget", line("R1", 1), budget=versions)
    assert value.denominator == "250.00"


def test_a_service_without_budget_or_without_revenue_still_counts() -> None:
    data = data_of(invoice_lines=(line("R1", 1, service="Storage"),), budget=BUDGET)
    values = evaluate(data, ["revenue_against_budget"], Q3, ("service",), as_of=AS_OF)
    assert [(v.by["service"], v.numerator, v.denominator, v.value) for v in values] == [
        ("Freight", "0.00", "250.00", "-250.00"),
        ("Package", "0.00", "20.00", "-20.00"),
        ("Storage", "100.00", "0.00", "100.00"),
    ]


def test_fractions_of_a_cent_are_kept() -> None:
    lines = (line("R1", 1, amount="0.0049"),)
    plan = ({"month": "2026-07-01", "revenue": "0.0001"},)
    assert one("revenue_against_budget", *lines, budget=plan).value == "0.0048"
