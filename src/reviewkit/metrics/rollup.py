"""How the rows of a metric become one figure: sums first, then one division.

A roll-up adds up columns over any set of rows and makes a figure of the sums, so that
parts and totals agree. The median alone needs its single values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from reviewkit.metrics.data import Number, money
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
    """Columns that are added up (`value` is collected, not added), and what they give."""

    columns: tuple[str, ...]
    read: Callable[[Sums], Reading]

    @property
    def nothing(self) -> Reading:
        """The figure of no rows at all."""
        return self.read({name: [] if name == "value" else 0 for name in self.columns})


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


def _count(sums: Sums) -> Reading:
    n = int(sums["n"])
    # No cases at all is a count that is fully known.
    coverage = _coverage(sums) if n or int(sums["unknown"]) else 1.0
    return Reading(Fraction(n), n, n, None, n, coverage)


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


ROLLUPS: Mapping[str, Rollup] = {
    "proportion": Rollup(("numerator", "n", "unknown"), _proportion),
    "share_of_money": Rollup(("numerator", "denominator", "n", "unknown"), _share_of_money),
    "count": Rollup(("n", "unknown"), _count),
    "difference": Rollup(("numerator", "denominator", "planned", "n", "unknown"), _difference),
    "score": Rollup(("promoters", "detractors", "n", "unknown"), _score),
    "median": Rollup(("value", "n", "unknown"), _median),
}


def readings(
    rows: pd.DataFrame, rollup: str, by: tuple[str, ...]
) -> dict[tuple[str, ...], Reading]:
    """Return the figure of each combination of `by` in `rows`; without `by`, of all rows."""
    kind = ROLLUPS[rollup]
    if not by:
        return {(): kind.read({name: _add(rows[name], name) for name in kind.columns})}
    keys = [rows[name].fillna("").astype(str) for name in by]
    groups = rows.groupby(keys, sort=True)
    return {
        tuple(str(item) for item in key): kind.read(
            {name: _add(part[name], name) for name in kind.columns}
        )
        for key, part in groups
    }


def _add(column: pd.Series[Any], name: str) -> Any:
    if name == "value":
        return [Fraction(item) for item in column.dropna().tolist()]
    return column.sum() if len(column) else 0
