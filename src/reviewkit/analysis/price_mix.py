"""Why revenue changed between two periods: price, volume and mix, and what stands apart.

Goods are told apart by service, charge, site and unit. Price is what the quantity of now
costs at the prices of now less those of then; volume is the change of all quantities at the
average price of then, within each unit, because pallets and pieces do not add up; mix is
the rest. Of a line in another currency, what its rate of exchange did is no price: it is told
for itself. A good that is new or lost has no two prices, a line without a quantity none at
all, and credits, surcharges and minimums are no price of goods: each stands apart. All
effects together are the change, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, get_args

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.sold import Foreign, Sold, all_of, exchange
from reviewkit.metrics.exchanged import BILLED
from reviewkit.metrics.finance import billed
from reviewkit.metrics.metric import dated
from reviewkit.periods import Period

Apart = Literal["new", "lost", "credits", "surcharges", "minimums", "unpriced"]

APART: Mapping[str, tuple[str, ...]] = {
    "surcharges": ("surcharge", "zuschlag", "supplement", "fuel", "maut", "toll"),
    "minimums": ("minimum", "mindest"),
}
"""Words in the name of a charge that is no price of goods."""

Effect = Literal["price", "exchange", "volume", "mix", "range", "surcharges", "credits", "unpriced"]

EFFECTS: tuple[Effect, ...] = get_args(Effect)
"""Effects as they are shown: `range` holds what is new and lost, surcharges also minimums."""

_EFFECT_OF: Mapping[Apart, Effect] = {
    "surcharges": "surcharges",
    "minimums": "surcharges",
    "credits": "credits",
    "unpriced": "unpriced",
}

NEEDS = ("amount", "quantity")
"""Columns of invoice lines without which there is no bridge."""

Good = tuple[str, str, str, str]
"""Service, charge, site and unit of measure."""


@dataclass(frozen=True)
class Bridge:
    """The change of revenue in parts that add up to it, in the client's currency.

    `volume` and `mix` hold one effect for each unit of measure, `price` and `exchange` one for
    each good that was sold in both periods, those of price the largest first.
    """

    before: Fraction
    now: Fraction
    price: Mapping[Good, Fraction]
    volume: Mapping[str, Fraction]
    mix: Mapping[str, Fraction]
    apart: Mapping[Apart, Fraction]
    exchange: Mapping[Good, Fraction] = field(default_factory=dict)

    @property
    def delta(self) -> Fraction:
        """The change of revenue."""
        return self.now - self.before

    @property
    def total(self) -> Fraction:
        """All effects together."""
        parts = (self.price, self.exchange, self.volume, self.mix, self.apart)
        return sum((amount for part in parts for amount in part.values()), Fraction(0))


@dataclass(frozen=True)
class Change:
    """The change of one service's revenue, in effects that add up to it; client's currency."""

    service: str
    before: Fraction
    now: Fraction
    effects: Mapping[Effect, Fraction]


@dataclass(frozen=True)
class Billed:
    """What was invoiced in a period: goods, and by kind and service what stands apart."""

    goods: Mapping[Good, Sold]
    apart: Mapping[tuple[Apart, str], Fraction]

    def sum_apart(self, kind: Apart) -> Fraction:
        """Return the amount of one kind that stands apart, over all services."""
        return sum((sold for (name, _), sold in self.apart.items() if name == kind), Fraction(0))

    def of(self, service: str) -> Fraction:
        """Return the amount of one service, less credits."""
        beside = (sold for (_, name), sold in self.apart.items() if name == service)
        goods = (sold for good, sold in self.goods.items() if good[0] == service)
        return sum(beside, Fraction(0)) + all_of(goods).amount


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
    rates = {good: exchange(before[good], now[good]) for good in both}
    dearer = {good: now[good].amount - now[good].quantity * before[good].price for good in both}
    price = {good: dearer[good] - rates[good] for good in both}
    volume: dict[str, Fraction] = {}
    mix: dict[str, Fraction] = {}
    for unit in sorted({good[-1] for good in both}):
        goods = [good for good in both if good[-1] == unit]
        was = all_of(before[good] for good in goods)
        more = all_of(now[good] for good in goods).quantity - was.quantity
        at_old = sum((now[good].quantity * before[good].price for good in goods), Fraction(0))
        volume[unit] = more * was.price
        mix[unit] = at_old - was.amount - volume[unit]
    apart: dict[Apart, Fraction] = {
        "new": all_of(now[good] for good in now.keys() - before.keys()).amount,
        "lost": -all_of(before[good] for good in before.keys() - now.keys()).amount,
    }
    apart |= {name: got - had for name, (had, got) in beside.items()}
    first, second = (
        sum((pair[place] for pair in beside.values()), Fraction(0)) for place in (0, 1)
    )
    ordered = sorted(price.items(), key=lambda item: (-abs(item[1]), item[0]))
    return Bridge(
        before=all_of(before.values()).amount + first,
        now=all_of(now.values()).amount + second,
        price=dict(ordered),
        volume=volume,
        mix=mix,
        apart={name: amount for name, amount in apart.items() if amount},
        exchange={good: amount for good, amount in rates.items() if amount},
    )


def lacking(figures: Figures) -> tuple[str, ...]:
    """Return the columns of invoice lines without which there is no bridge."""
    return tuple(name for name in NEEDS if not figures.has("invoice_lines", name))


def revenue_bridge(figures: Figures, against: Period | None = None) -> Bridge | None:
    """Return why revenue changed from `against`, by default the prior period.

    By the date of the invoice, in the client's currency, less credits. `None` where lines
    have no quantity, where a period is partial, or where nothing was invoiced before.
    """
    both = _both(figures, against)
    if both is None:
        return None
    before, now = both
    beside: dict[Apart, tuple[Fraction, Fraction]] = {}
    for name in sorted({name for name, _ in before.apart.keys() | now.apart.keys()}):
        beside[name] = (before.sum_apart(name), now.sum_apart(name))
    return bridge(before.goods, now.goods, beside)


def service_changes(figures: Figures, against: Period | None = None) -> tuple[Change, ...]:
    """Return the same change by service, those with most revenue now first.

    A service's volume is its own change of quantity at the average price of its unit, over
    all services; its mix is that change at what its goods cost above or below the average.
    Nothing where there is no bridge.
    """
    both = _both(figures, against)
    if both is None:
        return ()
    before, now = both
    services = {good[0] for good in before.goods.keys() | now.goods.keys()}
    services |= {service for _, service in before.apart.keys() | now.apart.keys()}
    found = (_change(service, before, now) for service in services)
    return tuple(sorted(found, key=lambda item: (-item.now, item.service)))


def _change(service: str, before: Billed, now: Billed) -> Change:
    effects = dict.fromkeys(EFFECTS, Fraction(0))
    average = _averages(before.goods, now.goods)
    for good in before.goods.keys() | now.goods.keys():
        if good[0] != service:
            continue
        was, got = before.goods.get(good), now.goods.get(good)
        if was is None or got is None:
            effects["range"] += (got.amount if got else 0) - (was.amount if was else 0)
            continue
        more = got.quantity - was.quantity
        by_rate = exchange(was, got)
        effects["exchange"] += by_rate
        effects["price"] += got.amount - got.quantity * was.price - by_rate
        effects["volume"] += more * average[good[-1]]
        effects["mix"] += more * (was.price - average[good[-1]])
    for name, effect in _EFFECT_OF.items():
        key = (name, service)
        effects[effect] += now.apart.get(key, 0) - before.apart.get(key, Fraction(0))
    return Change(service, before.of(service), now.of(service), effects)


def _averages(before: Mapping[Good, Sold], now: Mapping[Good, Sold]) -> dict[str, Fraction]:
    """Return the average price of then by unit, over the goods sold in both periods."""
    both = before.keys() & now.keys()
    units = {good[-1] for good in both}
    return {unit: all_of(before[good] for good in both if good[-1] == unit).price for unit in units}


def _both(figures: Figures, against: Period | None) -> tuple[Billed, Billed] | None:
    then = against or figures.period.prior()
    if lacking(figures):
        return None
    if any(figures.one("invoice_accuracy", period).partial for period in (figures.period, then)):
        return None
    rows = _rows(figures)
    before, now = (_sold(_within(rows, period)) for period in (then, figures.period))
    if not before.goods and not any(before.apart.values()):
        return None
    return before, now


def _rows(figures: Figures) -> pd.DataFrame:
    lines, rows = figures.register("invoice_lines"), billed(figures.data)
    told = rows.assign(quantity=lines["quantity"], uom=lines["uom"])
    told = told.assign(**{name: lines.get(name) for name in BILLED})
    return told[told["currency"] == figures.data.currency]


def _within(rows: pd.DataFrame, period: Period) -> pd.DataFrame:
    return dated(rows, period.start, period.end)


def _sold(rows: pd.DataFrame) -> Billed:
    """Return what was sold of each good, and the sums of what stands apart."""
    goods: dict[Good, list[Sold]] = {}
    apart: dict[tuple[Apart, str], Fraction] = {}
    for row in rows.to_dict("records"):
        amount = Fraction(cells.money(row["amount"]))
        quantity = Fraction(0 if pd.isna(row["quantity"]) else Decimal(str(row["quantity"])))
        name = _apart(bool(row["credit"]), cells.text(row["charge_code"]), quantity)
        if name:
            beside = (name, cells.text(row["service"]))
            apart[beside] = apart.get(beside, Fraction(0)) + amount
            continue
        key = tuple(cells.text(row[column]) for column in _KEY)
        goods.setdefault((key[0], key[1], key[2], key[3]), []).append(
            Sold(quantity, amount, _foreign(row, amount))
        )
    return Billed({good: all_of(items) for good, items in goods.items()}, apart)


def _foreign(row: Mapping[Any, Any], amount: Fraction) -> dict[str, Foreign]:
    currency, billed = (row[name] for name in BILLED)
    if pd.isna(currency):
        return {}
    return {str(currency): Foreign(Fraction(cells.money(billed)), amount)}


_KEY: Sequence[str] = ("service", "charge_code", "site", "uom")


def _apart(credit: bool, charge: str, quantity: Fraction) -> Apart | None:
    if credit:
        return "credits"
    for name, marks in APART.items():
        if any(mark in charge.lower() for mark in marks):
            return name  # type: ignore[return-value]  # the keys are of the kind
    return None if quantity > 0 else "unpriced"
