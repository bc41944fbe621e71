"""What was invoiced of a good in a period, and what exchange alone made of its change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Foreign:
    """What was invoiced in another currency: the amount in it, and in the client's own."""

    billed: Fraction
    amount: Fraction

    @property
    def rate(self) -> Fraction:
        """The average rate of exchange; something was billed."""
        return self.amount / self.billed


@dataclass(frozen=True)
class Sold:
    """What was invoiced of a good in a period: its quantity, and the amount without credits.

    `foreign` holds, by its currency, the part of the amount that was exchanged.
    """

    quantity: Fraction
    amount: Fraction
    foreign: Mapping[str, Foreign] = field(default_factory=dict)

    @property
    def price(self) -> Fraction:
        """The average price; the quantity is not zero."""
        return self.amount / self.quantity


def all_of(items: Iterable[Sold]) -> Sold:
    """Return several sales as one."""
    sold = tuple(items)
    foreign: dict[str, Foreign] = {}
    for item in sold:
        for currency, part in item.foreign.items():
            had = foreign.get(currency, Foreign(Fraction(0), Fraction(0)))
            foreign[currency] = Foreign(had.billed + part.billed, had.amount + part.amount)
    return Sold(
        sum((item.quantity for item in sold), Fraction(0)),
        sum((item.amount for item in sold), Fraction(0)),
        foreign,
    )


def exchange(was: Sold, got: Sold) -> Fraction:
    """Return what the amount of now is more at the rates of now than at those of then.

    A currency that was not invoiced in then has no rate of then: what it brings is price.

    >>> was = Sold(Fraction(10), Fraction(90), {"USD": Foreign(Fraction(100), Fraction(90))})
    >>> got = Sold(Fraction(10), Fraction(88), {"USD": Foreign(Fraction(110), Fraction(88))})
    >>> int(exchange(was, got))  # 110 dollars are 88 at 0.80, and were 99 at 0.90
    -11
    """
    both = (cur for cur, part in was.foreign.items() if part.billed and cur in got.foreign)
    parts = ((got.foreign[cur], was.foreign[cur].rate) for cur in both)
    return sum((now.amount - now.billed * rate for now, rate in parts), Fraction(0))
