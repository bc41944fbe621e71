"""How the rows of a metric become one figure: sums first, then one division.

A roll-up adds up columns over any set of rows and makes a figure of the sums, so that
parts and totals agree. Quantiles collect instead: single values, or counts in bins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from reviewkit.metrics.data import Number, money
from reviewkit.metrics.quantiles import middle, survived
from reviewkit.metrics.statistics import nps_interval, wilson

Sums = Mapping[str, Any]
"""The sums of a roll-up's columns over some rows."""


@dataclass(frozen=True)
class Reading:
    """A figure before it is judged: `exact` is its unrounded value, `None` without cases."""

    exact: Fraction | None
    value: Number
    numerator: Number
    denominator: Number
    n: int
    coverage: float | None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Rollup:
    """Columns that are added up (those of `COLLECTED` are collected), and what they give."""

    columns: tuple[str, ...]
    read: Callable[[Sums], Reading]

    @property
    def nothing(self) -> Reading:
        """The figure of no rows at all."""
        return self.read({name: [] if name in COLLECTED else 0 for name in self.columns})


def _coverage(sums: Sums) -> float | None:
    known, unknown = int(sums["n"]), int(sums["unknown"])
    return known / (known + unknown) if known + unknown else None


def _proportion(sums: Sums) -> Reading:
    numerator, n = int(sums["numerator"]), int(sums["n"])
    exact = Fraction(numerator, n) if n else None
    return Reading(
        exact=exact,
        value=float(exact) if exact is not None else None,
        numerator=numerator,
        denominator=n,
        n=n,
        coverage=_coverage(sums),
        interval=wilson(numerator, n),
    )


def _share_of_money(sums: Sums) -> Reading:
    numerator, denominator = Decimal(sums["numerator"]), Decimal(sums["denominator"])
    exact = Fraction(numerator) / Fraction(denominator) if denominator else None
    return Reading(
        exact=exact,
        value=float(exact) if exact is not None else None,
        numerator=money(numerator),
        denominator=money(denominator),
        n=int(sums["n"]),
        coverage=_coverage(sums),
    )


def _share(sums: Sums) -> Reading:
    numerator, denominator = int(sums["numerator"]), int(sums["denominator"])
    exact = Fraction(numerator, denominator) if denominator else None
    return _of(sums, exact, numerator=numerator, denominator=denominator)


def _quantity(sums: Sums) -> Reading:
    total = int(sums["numerator"])
    return Reading(Fraction(total), total, total, None, int(sums["n"]), _whole(sums))


def _amount(sums: Sums) -> Reading:
    total = Fraction(sums["numerator"])
    return Reading(total, _money(total), _money(total), None, int(sums["n"]), _whole(sums))


def _per(sums: Sums) -> Reading:
    cost, volume = Decimal(sums["numerator"]), int(sums["denominator"])
    exact = Fraction(cost) / volume if volume and sums["known"] else None
    value = None if exact is None else _money(exact)
    return Reading(exact, value, money(cost), volume, int(sums["n"]), _coverage(sums))


def _charged(sums: Sums) -> Reading:
    charged, spent = Fraction(sums["numerator"]), Decimal(sums["denominator"])
    exact = charged if int(sums["n"]) else None
    value = None if exact is None else _money(exact)
    return Reading(exact, value, _money(charged), money(spent), int(sums["n"]), _coverage(sums))


def _concentration(sums: Sums) -> Reading:
    held: dict[str, Decimal] = {}
    for holder, amount in sums["held"]:
        held[holder] = held.get(holder, Decimal(0)) + amount
    # Whoever has more credits than invoices has no share; the others' add up to the whole.
    shares = [Fraction(item) for item in held.values() if item > 0]
    whole = sum(shares, Fraction(0))
    if not whole:
        return _of(sums, None)
    return _of(sums, 10_000 * sum((share**2 for share in shares), Fraction(0)) / whole**2)


def _average(sums: Sums) -> Reading:
    exact = Fraction(sums["numerator"]) if int(sums["n"]) else None
    return _of(sums, exact)


def _days(sums: Sums) -> Reading:
    owed, sales = Decimal(sums["numerator"]), Decimal(sums["denominator"])
    exact = Fraction(sums["owed_days"]) / Fraction(sales) if sales > 0 else None
    return _of(sums, exact, numerator=money(owed), denominator=money(sales))


def _of(
    sums: Sums, exact: Fraction | None, *, numerator: Number = None, denominator: Number = None
) -> Reading:
    value = None if exact is None else float(exact)
    return Reading(exact, value, numerator, denominator, int(sums["n"]), _coverage(sums))


def _whole(sums: Sums) -> float | None:
    # Nothing at all is a total that is fully known.
    return _coverage(sums) if int(sums["n"]) or int(sums["unknown"]) else 1.0


def _money(amount: Fraction) -> str:
    """Return an amount as `money` does, to the fourth decimal, halves up."""
    units = abs(amount) * 10_000 + Fraction(1, 2)
    whole = Decimal(units.numerator // units.denominator).scaleb(-4)
    return money(whole if amount >= 0 or not whole else -whole)


def _count(sums: Sums) -> Reading:
    n = int(sums["n"])
    return Reading(Fraction(n), n, n, None, n, _whole(sums))


def _difference(sums: Sums) -> Reading:
    actual, plan = Decimal(sums["numerator"]), Decimal(sums["denominator"])
    if not int(sums["planned"]):
        return Reading(None, None, money(actual), None, int(sums["n"]), _coverage(sums))
    return Reading(
        exact=Fraction(actual - plan),
        value=money(actual - plan),
        numerator=money(actual),
        denominator=money(plan),
        n=int(sums["n"]),
        coverage=_coverage(sums),
    )


def _score(sums: Sums) -> Reading:
    above, below, n = int(sums["promoters"]), int(sums["detractors"]), int(sums["n"])
    exact = Fraction(100 * (above - below), n) if n else None
    return Reading(
        exact=exact,
        value=float(exact) if exact is not None else None,
        numerator=above - below,
        denominator=n,
        n=n,
        coverage=_coverage(sums),
        interval=nps_interval(above, below, n),
    )


def _median(sums: Sums) -> Reading:
    values = sums["value"]
    exact = median(values)
    return Reading(
        exact=exact,
        value=float(exact) if exact is not None else None,
        numerator=None,
        denominator=None,
        n=int(sums["n"]),
        coverage=_coverage(sums),
    )


def median(values: list[Fraction]) -> Fraction | None:
    """Return the middle value, or the mean of the two middle ones; `None` for no values."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[-middle - 1]) / 2


def _ended(share: Fraction) -> Callable[[Sums], Reading]:
    """Return the time by which a share of single cases have ended, the open ones censored."""

    def read(sums: Sums) -> Reading:
        ended = [(hours, 1, 0) for hours in sums["value"]]
        return _of(sums, survived([*ended, *((h, 0, 1) for h in sums["so_far"])], share))

    return read


def _binned(share: Fraction) -> Callable[[Sums], Reading]:
    """Return the time by which a share of cases counted in bins have ended."""

    def read(sums: Sums) -> Reading:
        return _of(sums, survived(((middle(b), n, m) for b, n, m in sums["bins"]), share))

    return read


HALF, NINE_TENTHS = Fraction(1, 2), Fraction(9, 10)

COLLECTED: Mapping[str, Callable[[Any], Any]] = {
    "value": Fraction,
    "so_far": Fraction,
    "bins": tuple,
    "held": tuple,
}
"""Columns whose values are collected: durations, how long open ones are, counts by bin, shares."""

ROLLUPS: Mapping[str, Rollup] = {
    "proportion": Rollup(("numerator", "n", "unknown"), _proportion),
    "share_of_money": Rollup(("numerator", "denominator", "n", "unknown"), _share_of_money),
    "count": Rollup(("n", "unknown"), _count),
    "difference": Rollup(("numerator", "denominator", "planned", "n", "unknown"), _difference),
    "score": Rollup(("promoters", "detractors", "n", "unknown"), _score),
    "median": Rollup(("value", "n", "unknown"), _median),
    "share": Rollup(("numerator", "denominator", "n", "unknown"), _share),
    "quantity": Rollup(("numerator", "n", "unknown"), _quantity),
    "amount": Rollup(("numerator", "n", "unknown"), _amount),
    "per": Rollup(("numerator", "denominator", "known", "n", "unknown"), _per),
    "charged": Rollup(("numerator", "denominator", "n", "unknown"), _charged),
    "concentration": Rollup(("held", "n", "unknown"), _concentration),
    "average": Rollup(("numerator", "n", "unknown"), _average),
    "days": Rollup(("numerator", "owed_days", "denominator", "n", "unknown"), _days),
    "half_ended": Rollup(("value", "so_far", "n", "unknown"), _ended(HALF)),
    "most_ended": Rollup(("value", "so_far", "n", "unknown"), _ended(NINE_TENTHS)),
    "half_binned": Rollup(("bins", "n", "unknown"), _binned(HALF)),
    "most_binned": Rollup(("bins", "n", "unknown"), _binned(NINE_TENTHS)),
}


def readings(
    rows: pd.DataFrame, rollup: str, by: tuple[str, ...]
) -> dict[tuple[str, ...], Reading]:
    """Return the figure of each combination of `by` in `rows`; without `by`, of all rows."""
    kind = ROLLUPS[rollup]
    if not by:
        return {(): kind.read({name: _add(rows[name], name) for name in kind.columns})}
    keys = [keyed(rows[name]) for name in by]
    groups = rows.groupby(keys, sort=True, observed=True)
    added = [name for name in kind.columns if name not in COLLECTED]
    # One sum over all groups: a review asks for thousands of parts.
    sums = groups[added].sum()
    found: dict[Any, dict[str, Any]] = {
        key: dict(zip(added, row, strict=True))
        for key, row in zip(
            sums.index.tolist(), zip(*(sums[name] for name in added), strict=True), strict=True
        )
    }
    for name in kind.columns:
        if name in COLLECTED:
            for key, part in groups[name]:
                found[key if len(by) > 1 else key[0]][name] = _add(part, name)
    return {
        tuple(map(str, key if len(by) > 1 else (key,))): kind.read(item)
        for key, item in found.items()
    }


def keyed(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return a dimension's column as the names of its parts, in order; "" where there is none.

    As categories: whoever cuts many spans out of the rows has their names sorted once.
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column
    return column.fillna("").astype(str).astype("category")


def _add(column: pd.Series[Any], name: str) -> Any:
    if name in COLLECTED:
        return [COLLECTED[name](item) for item in column.dropna().tolist()]
    return column.sum() if len(column) else 0
