"""The change of the invoiced amount as it is printed: its effects, and that they add up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviews import figures, view

from reviewkit import periods
from reviewkit.accounts.tables import TABLES
from reviewkit.blocks import Group, Heading, NotSupplied, Table
from reviewkit.display.crosswise import crosswise
from reviewkit.display.formats import apportioned, rounded_to
from reviewkit.display.price_mix import revenue_change


def line(
    month: str, number: int, service: str, quantity: Any, amount: str, **more: Any
) -> dict[str, Any]:
    given = {
        "invoice_id": f"R-{month}", "line": str(number), "issued_on": f"{month}-15",
        "service": service, "site": "Venlo", "charge_code": "Transport", "quantity": quantity,
        "uom": "delivery", "amount": amount, "currency": "EUR",
    }  # fmt: skip
    return given | more


THEN = (line("2026-04", 1, "Freight", 100.0, "1000"), line("2026-05", 1, "Package", 100.0, "200"))
NOW = (
    line("2026-07", 1, "Freight", 110.0, "990"),
    line("2026-08", 1, "Package", 190.0, "380"),
    line("2026-08", 2, "Freight", 1.0, "25", charge_code="Fuel surcharge"),
    line("2026-09", 1, "Package", 1.0, "-15", credit_of="R-2026-08"),
)


def shown(*lines: dict[str, Any], **more: Any) -> Any:
    return revenue_change(view(figures(invoice_lines=lines, **more)))


def parts(block: Any) -> tuple[Heading, Table]:
    heading, table = block.blocks
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    return heading, table


def test_the_heading_tells_the_largest_effects_of_the_change() -> None:
    heading, _ = parts(shown(*THEN, *NOW))
    # 1,200 before; 990 + 380 + 25 − 15 = 1,380 now: 180 / 1,200 = 15.0% more.
    # 200 then and 300 now: 100 more at 1,200 / 200 = 6. Freight: 110 × (9 − 10).
    # At old prices 110 × 10 + 190 × 2 = 1,480: 280 more, 600 of it volume.
    assert heading.text == (
        "The invoiced amount rose 15.0% on Q2 2026: volume +€600, mix −€320 and price −€110"
    )


def test_each_service_has_its_own_share_of_every_effect() -> None:
    _, table = parts(shown(*THEN, *NOW))
    assert [column.label for column in table.columns] == [
        "Service", "Q2 2026", "Price", "Volume", "Mix", "Surcharges", "Credits", "Change",
        "Q3 2026",
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        # 10 more at 6; 10 × (10 − 6) of mix; 1,000 − 110 + 60 + 40 + 25.
        ["Freight", "1,000", "−110", "+60", "+40", "+25", "0", "+15", "1,015"],
        # 90 more at 6; 90 × (2 − 6) of mix; 200 + 540 − 360 − 15.
        ["Package", "200", "0", "+540", "−360", "0", "−15", "+165", "365"],
        ["All services", "1,200", "−110", "+600", "−320", "+25", "−15", "+180", "1,380"],
    ]


def test_what_is_new_lost_or_has_no_quantity_has_a_column_and_a_word() -> None:
    heading, table = parts(
        shown(
            *THEN,
            line("2026-07", 1, "Freight", 100.0, "1000"),
            line("2026-07", 2, "Storage", 4.0, "40"),
            line("2026-07", 3, "Freight", None, "7"),
        )
    )
    # Freight as before; Package lost with 200, Storage new with 40; 7 without a quantity.
    assert heading.text == (
        "The invoiced amount fell 12.8% on Q2 2026: new and lost −€160 and without quantity +€7"
    )
    assert [cell.text for cell in table.rows[-1].cells] == [
        "All services", "1,200", "0", "0", "0", "−160", "+7", "−153", "1,047",
    ]  # fmt: skip
    note = heading.note[0].text
    assert "invoiced in only one of the two periods" in note
    assert "lines that give none" in note
    assert "Surcharges" not in note


def test_many_small_services_are_one_row_and_the_total_stays() -> None:
    then = [line("2026-04", at, f"S{at:02}", 1.0, f"{at}.50") for at in range(1, 13)]
    now = [line("2026-07", at, f"S{at:02}", 1.0, f"{2 * at}.30") for at in range(1, 13)]
    _, table = parts(shown(*then, *now))
    names = [row.cells[0].text for row in table.rows]
    assert names == [f"S{at:02}" for at in range(12, 4, -1)] + [
        "Four other services",
        "All services",
    ]
    # Then 1 + … + 12 = 78 and 12 × 0.50; now 156 and 12 × 0.30 = 159.6.
    assert [cell.text for cell in table.rows[-1].cells] == [
        "All services", "84", "+76", "0", "0", "+76", "160",
    ]  # fmt: skip
    _adds_up(table)


def _adds_up(table: Table) -> None:
    numbers = [[Decimal(str(cell.value)) for cell in row.cells[1:]] for row in table.rows]
    *rows, whole = numbers
    assert [sum(column) for column in zip(*rows, strict=True)] == whole
    for before, *effects, change, now in numbers:
        assert sum(effects) == change == now - before


def test_cents_never_break_a_sum() -> None:
    lines = [
        line(month, at, f"S{at}", quantity + at % 3, amount, site=f"Site {at % 2}")
        for at, (month, quantity, amount) in enumerate(
            [
                ("2026-04", 3.0, "10.49"), ("2026-04", 7.0, "20.49"), ("2026-04", 2.0, "30.49"),
            ]
        )
    ]  # fmt: skip
    later = [
        line("2026-07", at, f"S{at}", 5.0 + at, f"{11 * at + 9}.51", site=f"Site {at % 2}")
        for at in range(3)
    ]
    _, table = parts(shown(*lines, *later))
    # 61.47 then; 9.51 + 20.51 + 31.51 = 61.53 now.
    assert [table.rows[-1].cells[at].text for at in (1, -1)] == ["61", "62"]
    _adds_up(table)


def test_invoices_without_quantities_are_named_in_one_line() -> None:
    names = frozenset(TABLES["invoice_lines"].names) - {"quantity"}
    for audience, remedy in (("client", False), ("internal", True)):
        block = shown(*THEN, *NOW, audience=audience, supplied={"invoice_lines": names})
        assert isinstance(block, NotSupplied)
        assert ("`quantity`" in block.detail) is remedy
    assert isinstance(revenue_change(view(figures())), NotSupplied)


@pytest.mark.parametrize("period", ["2026Q4", "2026Q3"])
def test_a_partial_period_and_one_with_nothing_before_show_nothing(period: str) -> None:
    # The cut-off lies in October: the fourth quarter is not over. Nothing precedes July.
    assert shown(*NOW, period=periods.parse(period)) == Group(blocks=())


tables = st.integers(1, 5).flatmap(
    lambda wide: st.lists(
        st.lists(st.fractions(-9, 9), min_size=wide, max_size=wide), min_size=1, max_size=6
    )
)


@given(tables)
def test_a_table_rounded_crosswise_adds_up_and_stays_near(exact: list[list[Fraction]]) -> None:
    sums = [sum(line, Fraction(0)) for line in exact]
    whole = rounded_to(sum(sums, Fraction(0)), 0)
    down = [sum(column, Fraction(0)) for column in zip(*exact, strict=True)]
    rows, columns = apportioned(sums, 0), apportioned(down, 0)
    found = crosswise(exact, rows, columns)
    assert [sum(line) for line in found] == list(rows)
    assert [sum(column) for column in zip(*found, strict=True)] == list(columns)
    assert sum(rows) == sum(columns) == whole


def test_no_cell_takes_the_whole_of_a_gap() -> None:
    # The first row and the first column are of 0.4 each, the rest makes up for them: nine
    # times 0.4 is 3.6, printed as 4, though every 0.4 is printed as 0.
    part = Fraction(2, 5)
    edge = [part] * 9
    exact = [edge, *([part, *[-part / 8] * 8] for _ in range(8))]
    down = [sum(column, Fraction(0)) for column in zip(*exact, strict=True)]
    across = [sum(line, Fraction(0)) for line in exact]
    # 3.6, then 0.4 − 8 × 0.05 = 0 in every other row; the columns are the same, turned.
    assert across == down == [Fraction(18, 5), *[0] * 8]
    found = crosswise(exact, apportioned(across, 0), apportioned(down, 0))
    assert [sum(line) for line in found] == [4, *[0] * 8]
    assert max(abs(value) for line in found for value in line) == 1
