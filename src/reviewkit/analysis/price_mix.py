"""Why revenue changed between two periods: price, volume and mix, and what stands apart.

Goods are told apart by service, charge, site and unit. Price is what the quantity of now
costs at the prices of now less those of then; volume is the change of all quantities at the
average price of then, within each unit, because pallets and pieces do not add up; mix is
the rest. A good that is new or lost has no two prices, a line without a quantity none at
all, and credits, surcharges and minimums are no price of goods: each stands apart. All
effects together are the change, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures
from reviewkit.metrics.finance import billed
from reviewkit.periods import Period

Apart = Literal["new", "lost", "credits", "surcharges", "minimums", "unpriced"]

APART: Mapping[str, tuple[str, ...]] = {
    "surcharges": ("surcharge", "zuschlag", "supplement", "fuel", "maut", "toll"),
    "minimums": ("minimum", "mindest"),
}
"""Words in the name of a charge that is no price of goods."""

Good = tuple[str, str, str, str]
"""Service, charge, site and unit of measure."""


@dataclass(frozen=True)
class Sold:
    """What was invoiced of a good in a period: its quantity, and the amount without credits."""

    quantity: Fraction
    amount: Fraction

    @property
    def price(self) -> Fraction:
        """The average price; the quantity is not zero."""
        return self.amount / self.quantity


@dataclass(frozen=True)
class Bridge:
    """The change of revenue in parts that add up to it, in the client's currency.

    `volume` and `mix` hold one effect for each unit of measure, `price` one for each good
    that was sold in both periods, largest first.
    """

    before: Fraction
    now: Fraction
    price: Mapping[Good, Fraction]
    volume: Mapping[str, Fraction]
    mix: Mapping[str, Fraction]
    apart: Mapping[Apart, Fraction]

    @property
    def delta(self) -> Fraction:
        """The change of revenue."""
        return self.now - self.before

    @property
    def total(self) -> Fraction:
        """All effects together."""
        parts = (self.price, self.volume, self.mix, self.apart)
        return sum((amount for part in parts for amount in part.values()), Fraction(0))


def bridge(
    before: Mapping[Good, Sold],
    now: Mapping[Good, Sold],
    beside: Mapping[Apart, tuple[Fraction, Fraction]],
) -> Bridge:
    """Split the change of revenue; `beside` gives what stands apart, before and now.

    >>> good = ("Freight", "Transport", "Venlo", "delivery")
    >>> was, got = Sold(Fraction(100), Fraction(1000)), Sold(Fraction(110), Fraction(990))
    >>> found = bridge({good: was}, {good: got}, {})
    >>> int(found.price[good]), int(found.volume["delivery"]), int(found.mix["delivery"])
    (-110, 100, 0)
    """
    both = sorted(before.keys() & now.keys())
    price = {good: now[good].amount - now[good].quantity * before[good].price for good in both}
    volume: dict[str, Fraction] = {}
    mix: dict[str, Fraction] = {}
    for unit in sorted({good[-1] for good in both}):
        goods = [good for good in both if good[-1] == unit]
        was = _all(before[good] for good in goods)
        more = _all(now[good] for good in goods).quantity - was.quantity
        at_old = sum((now[good].quantity * before[good].price for good in goods), Fraction(0))
        volume[unit] = more * was.price
        mix[unit] = at_old - was.amount - volume[unit]
    apart: dict[Apart, Fraction] = {
        "new": _all(now[good] for good in now.keys() - before.keys()).amount,
        "lost": -_all(before[good] for good in before.keys() - now.keys()).amount,
    }
    apart |= {name: got - had for name, (had, got) in beside.items()}
    first, second = (
        sum((pair[place] for pair in beside.values()), Fraction(0)) for place in (0, 1)
    )
    ordered = sorted(price.items(), key=lambda item: (-abs(item[1]), item[0]))
    return Bridge(
        before=_all(before.values()).amount + first,
        now=_all(now.values()).amount + second,
        price=dict(ordered),
        volume=volume,
        mix=mix,
        apart={name: amount for name, amount in apart.items() if amount},
    )


def revenue_bridge(figures: Figures, against: Period | None = None) -> Bridge | None:
    """Return why revenue changed from `against`, by default the prior period.

    By the date of the invoice, in the client's currency, less credits. `None` where lines
    have no quantity, where a period is partial, or where nothing was invoiced before.
    """
    then = against or figures.period.prior()
    if not figures.has("invoice_lines", "amount", "quantity"):
        return None
    if any(figures.one("invoice_accuracy", period).partial for period in (figures.period, then)):
        return None
    rows = _rows(figures)
    before, now = (_sold(_within(rows, period)) for period in (then, figures.period))
    if not before[0] and not any(before[1].values()):
        return None
    names = sorted(before[1].keys() | now[1].keys())
    zero = Fraction(0)
    beside = {name: (before[1].get(name, zero), now[1].get(name, zero)) for name in names}
    return bridge(before[0], now[0], beside)


def _rows(figures: Figures) -> pd.DataFrame:
    lines, rows = figures.register("invoice_lines"), billed(figures.data)
    told = rows.assign(quantity=lines["quantity"], uom=lines["uom"])
    return told[told["currency"] == figures.data.currency]


def _within(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    return rows[(rows["date"] >= first) & (rows["date"] <= last)]


def _sold(rows: pd.DataFrame) -> tuple[dict[Good, Sold], dict[Apart, Fraction]]:
    """Return what was sold of each good, and the sums of what stands apart."""
    goods: dict[Good, list[Sold]] = {}
    apart: dict[Apart, Fraction] = {}
    for row in rows.to_dict("records"):
        amount = Fraction(cells.money(row["amount"]))
        quantity = Fraction(0 if pd.isna(row["quantity"]) else Decimal(str(row["quantity"])))
        name = _apart(bool(row["credit"]), cells.text(row["charge_code"]), quantity)
        if name:
            apart[name] = apart.get(name, Fraction(0)) + amount
            continue
        key = tuple(cells.text(row[column]) for column in _KEY)
        goods.setdefault((key[0], key[1], key[2], key[3]), []).append(Sold(quantity, amount))
    return {good: _all(items) for good, items in goods.items()}, apart


_KEY: Sequence[str] = ("service", "charge_code", "site", "uom")


def _apart(credit: bool, charge: str, quantity: Fraction) -> Apart | None:
    if credit:
        return "credits"
    for name, marks in APART.items():
        if any(mark in charge.lower() for mark in marks):
            return name  # type: ignore[return-value]  # the keys are of the kind
    return None if quantity > 0 else "unpriced"


def _all(items: Iterable[Sold]) -> Sold:
    sold = tuple(items)
    return Sold(
        sum((item.quantity for item in sold), Fraction(0)),
        sum((item.amount for item in sold), Fraction(0)),
    )
