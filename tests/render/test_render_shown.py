"""Printed texts as values: what is a number, which one, and what stays words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from reviewkit.blocks import Cell, Column
from reviewkit.render.shown import Number, figure_of, number_of, value_of

RIGHT = Column(key="a", label="Q3 2026", align="right")
LEFT = Column(key="a", label="Lane")


@pytest.mark.parametrize(
    ("text", "decimal", "value", "before", "after"),
    [
        ("94.6", ".", "94.6", "", ""),
        ("−€1,234.50", ".", "-1234.50", "€", ""),
        ("€−1,234", ".", "-1234", "€", ""),
        ("1.234,56\u00a0€", ",", "1234.56", "", "\u00a0€"),
        ("3\u202f688", ",", "3688", "", ""),
        ("1,23,456", ".", "123456", "", ""),
        ("CHF 1’234", ".", "1234", "CHF ", ""),
        ("≥ 96,5%", ",", "96.5", "≥ ", "%"),
        ("n = 23", ".", "23", "n = ", ""),
        ("0.00", ".", "0.00", "", ""),
        ("1,000,000,000,000", ".", "1000000000000", "", ""),
    ],
)
def test_numbers_are_read_in_the_pages_signs(
    text: str, decimal: str, value: str, before: str, after: str
) -> None:
    found = number_of(text, decimal)
    assert found is not None
    assert (found.value, found.before, found.after) == (Decimal(value), before, after)
    assert found.decimals == len(value.partition(".")[2])


@pytest.mark.parametrize(
    "text", ["", "–", "22 of 24", "=23", "15.10.26", "10:30", "+35 to +57", "٣٤", "9" * 16]
)
def test_what_is_no_one_number_is_none(text: str) -> None:
    assert number_of(text, ".") is None


def test_a_plus_is_kept() -> None:
    assert number_of("+0.03", ".") == Number(Decimal("0.03"), 2, True, signed=True)


@pytest.mark.parametrize("text", ["30 Oct", "A-29", "23 responses", "189 days late", "Q3"])
def test_words_beside_a_number_make_it_words(text: str) -> None:
    assert figure_of(text, ".") == text
    assert value_of(Cell(text=text), RIGHT, ".") == text


def test_typed_figures_may_have_any_unit() -> None:
    found = value_of(Cell(text="26 responses", value=26, type="int"), RIGHT, ".")
    assert isinstance(found, Number)
    assert (found.value, found.after) == (Decimal(26), " responses")


@pytest.mark.parametrize(
    "column", [LEFT, Column(key="a", label="Invoice", align="right", role="id")]
)
def test_identifiers_of_digits_stay_text(column: Column) -> None:
    assert value_of(Cell(text="0012"), column, ".") == "0012"


def test_a_share_is_a_percentage_where_its_head_says_so() -> None:
    head = Column(key="a", label="Share, %", align="right")
    found = value_of(Cell(text="72"), head, ".")
    assert isinstance(found, Number)
    assert found.percent


def test_a_rate_is_a_percentage_where_its_exact_figure_is_a_share() -> None:
    rate = value_of(Cell(text="94.6", value=0.94641509, type="float"), RIGHT, ".")
    count = value_of(Cell(text="94.6", value=94.64, type="float"), RIGHT, ".")
    assert isinstance(rate, Number)
    assert isinstance(count, Number)
    assert (rate.percent, count.percent) == (True, False)
    # Nothing of the exact figure is kept.
    assert (rate.value, count.value) == (Decimal("94.6"), Decimal("94.6"))


def test_days_are_days() -> None:
    cell = Cell(text="30 Oct", value="2026-10-30", type="date")
    assert value_of(cell, LEFT, ".") == dt.date(2026, 10, 30)
    assert value_of(cell.model_copy(update={"value": "soon"}), LEFT, ".") == "30 Oct"
