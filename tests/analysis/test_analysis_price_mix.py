"""Price, volume, mix and what stands apart add up to the change of revenue, exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from reviews import PERIOD, figures

from reviewkit import periods
from reviewkit.analysis.price_mix import Bridge, bridge, revenue_bridge
from reviewkit.analysis.sold import Foreign, Sold

A = ("Freight", "Transport", "Venlo", "delivery")
B = ("Package", "Transport", "Venlo", "delivery")
C = ("Warehousing", "Storage", "Venlo", "pallet")


def sold(quantity: int, amount: int) -> Sold:
    return Sold(Fraction(quantity), Fraction(amount))


def test_a_hand_worked_split() -> None:
    # Freight 100 at 10 and Package 100 at 2: 200 deliveries at 6 on average, 1,200 together.
    before = {A: sold(100, 1000), B: sold(100, 200)}
    # Freight 110 at 9 and Package 190 at 2: 300 deliveries, 990 + 380 = 1,370.
    now = {A: sold(110, 990), B: sold(190, 380)}
    found = bridge(before, now, {})
    assert (found.before, found.now, found.delta) == (1200, 1370, 170)
    # Freight costs 1 less, 110 times; Package the same.
    assert dict(found.price) == {A: -110, B: 0}
    # 100 deliveries more at 6.
    assert dict(found.volume) == {"delivery": 600}
    # At old prices they would have cost 110 × 10 + 190 × 2 = 1,480: 280 more, 600 of it volume.
    assert dict(found.mix) == {"delivery": -320}
    assert found.total == -110 + 600 - 320 == found.delta


def test_volumes_add_up_only_within_one_unit() -> None:
    found = bridge({A: sold(10, 100), C: sold(50, 50)}, {A: sold(20, 200), C: sold(40, 40)}, {})
    # Ten deliveries more at 10; ten pallets less at 1.
    assert dict(found.volume) == {"delivery": 100, "pallet": -10}
    assert dict(found.mix) == {"delivery": 0, "pallet": 0}


def test_new_and_lost_lines_have_no_two_prices() -> None:
    found = bridge({A: sold(10, 100), B: sold(5, 10)}, {A: sold(10, 100), C: sold(3, 9)}, {})
    assert dict(found.apart) == {"new": 9, "lost": -10}
    assert found.total == found.delta == -1


def line(month: str, **more: Any) -> dict[str, Any]:
    given = {
        "invoice_id": f"R-{month}", "line": "1", "issued_on": f"{month}-15", "service": "Freight",
        "site": "Venlo", "charge_code": "Transport", "quantity": 10.0, "uom": "delivery",
        "amount": "100.00", "currency": "EUR",
    }  # fmt: skip
    return given | more


def of(*lines: dict[str, Any]) -> Bridge:
    found = revenue_bridge(figures(invoice_lines=lines))
    assert found is not None
    return found


def test_surcharges_minimums_credits_and_lines_without_quantity_stand_apart() -> None:
    found = of(
        line("2026-04"),
        line("2026-07", quantity=12.0, amount="132.00"),
        line("2026-07", line="2", charge_code="Fuel surcharge", amount="14.00"),
        line("2026-07", line="3", charge_code="Minimum charge", amount="5.00"),
        line("2026-07", line="4", quantity=None, amount="3.00"),
        line("2026-07", line="5", amount="-7.00", credit_of="R-2026-04"),
    )
    # 132 − 12 × 10; two deliveries more at 10.
    assert (found.price[A], found.volume["delivery"], found.mix["delivery"]) == (12, 20, 0)
    assert dict(found.apart) == {"credits": -7, "surcharges": 14, "minimums": 5, "unpriced": 3}
    assert found.delta == Fraction(Decimal("147.00") - Decimal("100.00")) == found.total


def test_exchange_is_told_apart_from_price() -> None:
    # Ten at 10 dollars when a dollar was 0.90 are 90; eleven at 12 dollars are 132 dollars, and
    # at 0.80 they are 105.60. At 0.90 they were 118.80: exchange took 13.20 of it.
    before = {A: Sold(Fraction(10), Fraction(90), {"USD": Foreign(Fraction(100), Fraction(90))})}
    amount = Fraction("105.6")
    now = {A: Sold(Fraction(11), amount, {"USD": Foreign(Fraction(132), amount)})}
    found = bridge(before, now, {})
    assert dict(found.exchange) == {A: Fraction("-13.2")}
    # Two dollars more for each of eleven, at the old rate: 22 × 0.90; one more at 9.
    assert (found.price[A], found.volume["delivery"]) == (Fraction("19.8"), 9)
    assert found.total == found.delta == Fraction("15.6")


def test_another_currency_without_a_rate_is_left_out() -> None:
    found = of(line("2026-04"), line("2026-07"), line("2026-07", line="2", currency="SEK"))
    assert found.delta == 0


def test_nothing_before_and_a_partial_period_have_no_bridge() -> None:
    assert revenue_bridge(figures(invoice_lines=[line("2026-07")])) is None
    later = figures(invoice_lines=[line("2026-07")], period=periods.parse("2026Q4"))
    assert revenue_bridge(later) is None
    assert revenue_bridge(figures(), PERIOD.prior()) is None


amounts = st.builds(
    Sold,
    st.integers(1, 9_999).map(lambda cents: Fraction(cents, 100)),
    st.integers(0, 99_999).map(lambda cents: Fraction(cents, 100)),
    st.dictionaries(
        st.sampled_from(["USD", "GBP"]),
        st.builds(Foreign, st.fractions(0, 50), st.fractions(0, 50)),
    ),
)
goods = st.dictionaries(st.sampled_from([A, B, C, ("X", "Y", "Z", "pallet")]), amounts)
pairs = st.tuples(st.fractions(-50, 50), st.fractions(-50, 50))


@given(goods, goods, st.dictionaries(st.sampled_from(["credits", "surcharges"]), pairs))
def test_effects_always_add_up(
    before: dict[Any, Sold], now: dict[Any, Sold], beside: dict[Any, tuple[Fraction, Fraction]]
) -> None:
    found = bridge(before, now, beside)
    assert found.total == found.delta
