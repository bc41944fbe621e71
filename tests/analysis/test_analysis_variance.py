"""Price, volume and credits add up to the variance, in exact decimals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from reviews import Due, figures

from reviewkit.analysis.variance import price_and_volume, split

amounts = st.decimals(0, 10**6, places=2)


def test_price_and_volume_of_one_service() -> None:
    # Budget 100 at 10.00; actual 120 at 9.00, and 30.00 credited.
    line = split(
        "Freight",
        units=120,
        charged=Decimal(1080),
        credited=Decimal(-30),
        budget_units=Decimal(100),
        budget=Decimal(1000),
    )
    assert (line.price, line.volume, line.other) == (-120, 200, 0)
    assert line.variance == 50 == line.price + line.volume + Fraction(line.credited)


def test_a_service_without_units_stays_whole() -> None:
    line = split(
        "New",
        units=5,
        charged=Decimal(70),
        credited=Decimal(0),
        budget_units=Decimal(0),
        budget=Decimal(0),
    )
    assert (line.price, line.volume, line.other) == (0, 0, 70)


@given(st.integers(0, 500), amounts, amounts, st.integers(0, 500), amounts)
def test_effects_always_add_up(
    units: int, charged: Decimal, credited: Decimal, planned: int, budget: Decimal
) -> None:
    line = split(
        "x",
        units=units,
        charged=charged,
        credited=-credited,
        budget_units=Decimal(planned),
        budget=budget,
    )
    assert line.price + line.volume + line.other + Fraction(line.credited) == Fraction(
        line.variance
    )


def invoice(number: int, amount: str, **more: object) -> dict[str, object]:
    return {
        "invoice_id": f"R{number}",
        "line": "1",
        "issued_on": "2026-07-31",
        "service": "Freight",
        "amount": amount,
        **more,
    }


def test_budget_and_invoices_meet_service_by_service() -> None:
    found = price_and_volume(
        figures(
            [Due("2026-07", "Venlo → Lyon", 110, 110)],
            audience="internal",
            invoice_lines=[
                invoice(1, "990.00"),
                invoice(2, "-5.00", credit_of="R1"),
                # Another currency, and a month without a budget: both left out.
                invoice(3, "777.00", currency="USD"),
                invoice(4, "333.00", issued_on="2026-08-31"),
            ],
            budget=[
                {
                    "month": "2026-07-01",
                    "service": "Freight",
                    "revenue": "900",
                    "units": 90,
                    "version": "v1",
                },
                {
                    "month": "2026-07-01",
                    "service": "Freight",
                    "revenue": "1000",
                    "units": 100,
                    "version": "v2",
                },
            ],
        )
    )
    assert [line.service for line in found] == ["Freight"]
    line = found[0]
    assert (line.charged, line.credited, line.budget, line.units) == (
        Decimal(990),
        Decimal(-5),
        Decimal(1000),
        110,
    )
    assert (line.price, line.volume) == (-110, 100)
    assert line.variance == Decimal(-15)
