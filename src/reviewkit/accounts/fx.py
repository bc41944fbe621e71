"""Rates of exchange in force on a day: from the table `fx` and from ``house.yaml``."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

import pandas as pd

from reviewkit.params.base import EVERYONE
from reviewkit.params.house import House

PLACES = Decimal("1e-14")
"""Rates are held to fourteen decimals; those that are worked out are rounded to them."""

PRICED: Mapping[str, tuple[str, ...]] = {
    "shipments": ("shipped_at", "delivered_at"),
    "invoice_lines": ("issued_on",),
    "budget": ("month",),
    "costs": ("month",),
    "opportunities": (),
}
"""Tables with amounts in a currency of their own, and the first of which columns gives the day
whose rate holds; of a deal it is the last day known. A payment goes with its invoice."""

_DIGITS = 60
_ONE = Decimal(1)

Row = tuple[str, dt.date, str, str, Decimal]
"""A rate: whose it is, the day from which it holds, what is exchanged, into what, how much."""


@dataclass(frozen=True)
class Rates:
    """Dated rates by whose they are, what is exchanged, and into what.

    `base` is the currency over which two others are exchanged that have no rate of their
    own. Each value is the days from which a rate holds, in order, and the rates.
    """

    known: Mapping[tuple[str, str, str], tuple[tuple[dt.date, ...], tuple[Decimal, ...]]]
    base: str = ""
    _found: dict[tuple[str, dt.date, str, str], Decimal | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def currencies(self) -> tuple[str, ...]:
        """All currencies with a rate, in order."""
        return tuple(sorted({name for _, *pair in self.known for name in pair}))

    @property
    def begins(self) -> dt.date | None:
        """The first day on which any rate holds; `None` without any."""
        return min((days[0] for days, _ in self.known.values()), default=None)

    @property
    def own(self) -> frozenset[str]:
        """The clients that have rates of their own."""
        return frozenset(client for client, *_ in self.known) - {EVERYONE}

    def on(self, day: dt.date, currency: str, to: str, client: str = EVERYONE) -> Decimal | None:
        """Return what one of `currency` is worth in `to` on `day`; `None` where no rate is known.

        The last rate on or before the day holds. A client's own go before those of all; the
        rate of the pair before one over the one of the pair turned round, and both before
        the way over `base`. What is divided or multiplied is rounded to `PLACES`.
        """
        key = (client, day, currency, to)
        if key not in self._found:
            self._found[key] = _ONE if currency == to else self._look(day, currency, to, client)
        return self._found[key]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rates, sorted; `rates_from` makes the same of them again."""
        return tuple(
            (client, day, currency, to, rate)
            for (client, currency, to), (days, rates) in sorted(self.known.items())
            for day, rate in zip(days, rates, strict=True)
        )

    def _look(self, day: dt.date, currency: str, to: str, client: str) -> Decimal | None:
        direct = self._pair(day, currency, to, client)
        if direct is not None or not self.base or self.base in (currency, to):
            return direct
        there = self._pair(day, currency, self.base, client)
        on = self._pair(day, self.base, to, client)
        if there is None or on is None:
            return None
        with localcontext(prec=_DIGITS):
            return (there * on).quantize(PLACES)

    def _pair(self, day: dt.date, currency: str, to: str, client: str) -> Decimal | None:
        for whose in (client, EVERYONE):
            rate = self._last(day, (whose, currency, to))
            if rate is not None:
                return rate
            turned = self._last(day, (whose, to, currency))
            if turned is not None:
                with localcontext(prec=_DIGITS):
                    return (_ONE / turned).quantize(PLACES)
        return None

    def _last(self, day: dt.date, key: tuple[str, str, str]) -> Decimal | None:
        days, rates = self.known.get(key, ((), ()))
        place = bisect_right(days, day)
        return rates[place - 1] if place else None


def rates_in(house: House, table: pd.DataFrame | None) -> Rates:
    """Return the rates of `house` and of the rows of the table `fx`, where it is supplied."""
    if table is None:
        return rates_of(house, ())
    columns = ("client", "date", "currency", "to", "rate")
    rows = (
        # A number is written as it was read: as few digits as tell it from its neighbours.
        (str(client), pd.Timestamp(day).date(), str(currency), str(to), Decimal(str(rate)))
        for client, day, currency, to, rate in zip(*(table[c] for c in columns), strict=True)
    )
    return rates_of(house, rows)


def rates_of(house: House, rows: Iterable[Row]) -> Rates:
    """Return the rates of `rows`, and those of ``house.yaml``, which go before them.

    A rate that is zero or below is none.
    """
    own = ((EVERYONE, item.since, item.currency, item.to, item.rate) for item in house.fx)
    return rates_from((*rows, *own), house.fx_base or "")


def rates_from(rows: Iterable[Row], base: str = "") -> Rates:
    """Return the rates of `rows`; of two for the same day the later row is the rate."""
    dated: dict[tuple[str, str, str], dict[dt.date, Decimal]] = defaultdict(dict)
    for client, day, currency, to, rate in rows:
        if rate > 0:
            dated[client, currency, to][day] = rate
    known = {}
    for key, found in sorted(dated.items()):
        days = tuple(sorted(found))
        known[key] = (days, tuple(found[day].quantize(PLACES) for day in days))
    return Rates(known, base)
