"""Numbers, money and dates in the client's locale; the only module that knows Babel.

Numbers are rounded half up from their exact value. Minus is a true minus sign, and a
signed change carries its plus.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from math import floor
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from babel.numbers import (
    format_currency,
    format_decimal,
    get_currency_symbol,
    get_decimal_symbol,
)

from reviewkit.periods import Period
from reviewkit.speech import languages, say

MINUS = "−"
NOTHING = "–"
"""Printed where there is no figure."""

Real = int | float | Decimal | Fraction


@dataclass(frozen=True)
class Formats:
    """How one client reads numbers, money and dates; `words` is its language if it is told."""

    locale: str
    currency: str
    timezone: str
    words: str = ""

    @cached_property
    def _locale(self) -> Locale:
        try:
            return Locale.parse(self.locale, sep="-")
        except (ValueError, UnknownLocaleError):
            return Locale.parse("en-GB", sep="-")

    @cached_property
    def _dates(self) -> Locale:
        """The client's own way with dates where its language is that of the words around."""
        spoken = self.language.split("-")[0]
        try:
            return Locale.parse(f"{spoken}-{self._locale.territory}", sep="-")
        except (ValueError, UnknownLocaleError):
            return Locale.parse("en-GB" if spoken == "en" else spoken, sep="-")

    @property
    def language(self) -> str:
        """Language of the document's words, with the client's region: as told, else its locale's.

        English where there are no words in that language.
        """
        own = self._locale.language
        asked = self.words or own
        if asked not in languages():
            return "en"
        return self.locale if asked == own else asked

    def number(self, value: Real, decimals: int = 0, *, signed: bool = False) -> str:
        """Return a number with its groups separated: 9,275 or −1.26 or +0.03."""
        rounded = rounded_to(value, decimals)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        text = format_decimal(
            abs(rounded), format=pattern, locale=self._locale, decimal_quantization=False
        )
        return _sign(rounded, signed=signed) + str(text)

    def coverage(self, share: Real) -> str:
        """Return how much is known, in percent: rounded down, so that only all of it is 100.

        >>> Formats("en-GB", "EUR").coverage(Fraction(9996, 10000))
        '99.9'
        """
        return self.number(Fraction(floor(share * 1000), 10), 1)

    def parts(self, values: Sequence[Real], decimals: int = 0) -> tuple[str, ...]:
        """Return numbers so rounded that they add up to their rounded sum."""
        return tuple(self.number(part, decimals) for part in apportioned(values, decimals))

    def money(self, value: Real, decimals: int = 0, *, signed: bool = False) -> str:
        """Return an amount in the client's currency: €38,000 or −$88,867."""
        rounded = rounded_to(value, decimals)
        # The locale's own pattern, with as many decimals as asked for.
        pattern = self._locale.currency_formats["standard"].pattern.replace(
            ".00", "." + "0" * decimals if decimals else ""
        )
        text = format_currency(
            abs(rounded),
            self.currency,
            format=pattern,
            locale=self._locale,
            currency_digits=False,
            decimal_quantization=False,
        )
        return _sign(rounded, signed=signed) + str(text)

    @cached_property
    def decimal(self) -> str:
        """Return the sign before a number's decimals: . or ,."""
        return str(get_decimal_symbol(self._locale))

    @cached_property
    def symbol(self) -> str:
        """Return the currency's sign as this reader knows it: €, $, CHF."""
        return str(get_currency_symbol(self.currency, locale=self._locale))

    @cached_property
    def symbol_first(self) -> bool:
        """Tell whether the currency's sign stands before the amount."""
        return self.money(1).startswith(self.symbol)

    def day(self, day: dt.date, *, year: bool = False) -> str:
        """Return a day: 23 Oct, or Oct 23, 2026."""
        return str(format_skeleton("yMMMd" if year else "MMMd", day, locale=self._dates))

    def full_day(self, day: dt.date, *, year: bool = False) -> str:
        """Return a day with its month written out: 20 October."""
        return str(format_skeleton("yMMMMd" if year else "MMMMd", day, locale=self._dates))

    def month(self, day: dt.date) -> str:
        """Return the short name of a day's month: Oct."""
        return str(format_date(day, "LLL", locale=self._dates))

    def moment(self, moment: dt.datetime) -> str:
        """Return a moment in the client's zone: 6 Oct 2026 18:00 CEST."""
        local = moment.astimezone(ZoneInfo(self.timezone))
        clock = format_time(local, format="short", locale=self._dates)
        zone = get_timezone_name(local, width="short", locale=self._dates)
        return f"{self.day(local.date(), year=True)} {clock} {zone}"

    def short(self, period: Period) -> str:
        """Return a month, or a fiscal period of weeks, without its year: Oct, or P09."""
        return period.label.split()[0] if period.in_weeks else self.month(period.start)

    def period(self, period: Period) -> str:
        """Return a period as a column head: Q3 2026, Sep 2026, or P09 FY2026."""
        if period.kind == "month" and not period.in_weeks:
            return f"{self.month(period.start)} {period.start.year}"
        return self.title(period) if period.kind == "span" else period.label

    def title(self, period: Period) -> str:
        """Return a period in words: July to September 2026, P09 FY2026 (25 Oct – 21 Nov 2026)."""
        if period.in_weeks:
            dates = self.dates(period)
            return dates if period.kind == "span" else f"{period.label} ({dates})"
        first, last = (self._whole_month(day) for day in (period.start, period.end))
        if first == last:
            return last
        if period.start.year == period.end.year:
            first = str(format_date(period.start, "LLLL", locale=self._dates))
        return say("{first} to {last}", context="months", first=first, last=last)

    def dates(self, period: Period) -> str:
        """Return a period's first and last day: 25 Oct – 21 Nov 2026."""
        same = period.start.year == period.end.year
        return f"{self.day(period.start, year=not same)} – {self.day(period.end, year=True)}"

    def _whole_month(self, day: dt.date) -> str:
        return str(format_skeleton("yMMMM", day, locale=self._dates))


def rounded_to(value: Real, decimals: int) -> Decimal:
    """Return `value` rounded half up; exact fractions are rounded once.

    >>> rounded_to(Fraction(9645, 10000) * 100, 1), rounded_to(Decimal("-0.04"), 1)
    (Decimal('96.5'), Decimal('0.0'))
    """
    scale = 10**decimals
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    units = abs(exact) * scale + Fraction(1, 2)
    whole = units.numerator // units.denominator
    rounded = Decimal(whole).scaleb(-decimals)
    return -rounded if exact < 0 and rounded else rounded


def apportioned(
    values: Sequence[Real], decimals: int, whole: Decimal | None = None
) -> tuple[Decimal, ...]:
    """Round `values` so that they add up to their rounded sum (largest remainders first).

    `whole` is the sum as it is printed elsewhere, at most a step per value from their own.

    >>> apportioned([Fraction(1, 3)] * 3, 1)
    (Decimal('0.4'), Decimal('0.3'), Decimal('0.3'))
    """
    step = Decimal(1).scaleb(-decimals)
    exact = [Fraction(str(v)) if isinstance(v, float) else Fraction(v) for v in values]
    total = rounded_to(sum(exact, Fraction(0)), decimals) if whole is None else whole
    parts = [rounded_to(value, decimals) for value in exact]
    gap = int((total - sum(parts, Decimal(0))) / step)
    sign = 1 if gap > 0 else -1
    ranked = sorted(
        range(len(parts)), key=lambda at: (-sign * (exact[at] - Fraction(parts[at])), at)
    )
    for at in ranked[: abs(gap)]:
        parts[at] += sign * step
    return tuple(part.quantize(step, ROUND_HALF_UP) for part in parts)


def _sign(value: Decimal, *, signed: bool) -> str:
    if value < 0:
        return MINUS
    return "+" if signed and value > 0 else ""
