"""Numbers, money and dates as a client reads them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.display.formats import Formats, apportioned, rounded_to

GB = Formats("en-GB", "EUR", "Europe/Amsterdam")
US = Formats("en-US", "USD", "America/Chicago")
CH = Formats("en-CH", "CHF", "Europe/Zurich")
DE = Formats("de-DE", "EUR", "Europe/Berlin")


@pytest.mark.parametrize(
    ("formats", "money", "number"),
    [
        (GB, "−€88,867", "9,275.3"),
        (US, "−$88,867", "9,275.3"),
        (CH, "−CHF\u00a088’867", "9’275.3"),
        (DE, "−88.867\u00a0€", "9.275,3"),
    ],
)
def test_money_and_numbers_in_a_locale(formats: Formats, money: str, number: str) -> None:
    assert formats.money(Decimal("-88866.99")) == money
    assert formats.number(Decimal("9275.25"), 1) == number


def test_a_true_minus_a_signed_plus_and_no_sign_for_nothing() -> None:
    assert GB.number(-1.26, 2, signed=True) == "−1.26"
    assert GB.number(0.031, 2, signed=True) == "+0.03"
    assert GB.number(-0.001, 2, signed=True) == "0.00"
    assert "-" not in GB.money(Decimal(-1))


def test_halves_round_up_from_the_exact_value() -> None:
    assert rounded_to(Fraction(1, 200), 2) == Decimal("0.01")
    assert rounded_to(Fraction(-1, 200), 2) == Decimal("-0.01")
    # 2.675 as a float lies below; as it is written it does not.
    assert rounded_to(2.675, 2) == Decimal("2.68")


def test_days_and_moments() -> None:
    day = dt.date(2026, 10, 23)
    assert GB.day(day) == "23 Oct"
    assert US.day(day, year=True) == "Oct 23, 2026"
    assert GB.full_day(day) == "23 October"
    cutoff = dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC)
    assert GB.moment(cutoff) == "6 Oct 2026 18:00 CEST"
    assert "11:00" in US.moment(cutoff)
    assert US.moment(cutoff).endswith("CDT")


def test_an_unknown_locale_still_prints_and_the_language_is_that_of_the_words() -> None:
    odd = Formats("xx-YY", "EUR", "UTC")
    assert odd.number(1234) == "1,234"
    assert (GB.language, DE.language) == ("en-GB", "de-DE")
    french = Formats("fr-CH", "CHF", "Europe/Zurich")
    assert (french.language, french.full_day(dt.date(2026, 10, 20))) == ("en", "20 October")
    told = Formats("fr-CH", "CHF", "Europe/Zurich", words="de")
    assert (told.language, told.full_day(dt.date(2026, 10, 20))) == ("de", "20. Oktober")


@given(st.lists(st.fractions(-1000, 1000), min_size=1, max_size=12), st.integers(0, 3))
def test_printed_parts_sum_to_the_printed_total(values: list[Fraction], decimals: int) -> None:
    parts = apportioned(values, decimals)
    assert sum(parts) == rounded_to(sum(values), decimals)
    step = Fraction(1, 10**decimals)
    assert all(
        abs(Fraction(part) - value) <= step for part, value in zip(parts, values, strict=True)
    )
