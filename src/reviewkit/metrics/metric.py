"""The registry entry of a metric: what it means, what it needs, how it is computed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import numpy as np
import pandas as pd

from reviewkit.accounts.tables import TABLES
from reviewkit.blocks import Audience
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.dims import MEMBER

Unit = Literal["ratio", "count", "money", "hours", "days", "pallets", "times", "score"]
Better = Literal["higher", "lower", "none"]
Group = Literal[
    "Delivery", "Transport", "Warehouse", "Care", "Billing", "Finance", "Growth", "Portfolio"
]
"""Where a scorecard prints it, in this order."""

Rows = Callable[[MetricData], pd.DataFrame]
"""Gives the rows of a metric: `date`, its dimensions, and the columns its roll-up adds up."""

Select = Callable[[pd.DataFrame, dt.date, dt.date], pd.DataFrame]
"""Keeps the rows that belong to a period, given its first and last day."""


def dated(rows: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    """Keep the rows whose date lies in the period, both ends included."""
    date = rows["date"].to_numpy()
    if date.dtype.kind != "M":
        return rows[(rows["date"] >= pd.Timestamp(start)) & (rows["date"] <= pd.Timestamp(end))]
    # A review asks for hundreds of spans; pandas compares a column ten times slower.
    first, last = np.datetime64(start), np.datetime64(end)
    if (date[:-1] <= date[1:]).all():
        # In order of their dates, as a cube's are, rows need not be gathered one by one.
        return rows.iloc[date.searchsorted(first) : date.searchsorted(last, side="right")]
    return rows[(date >= first) & (date <= last)]


def of_each_member(select: Select) -> Select:
    """Return `select` for rows that it makes anew: of a global account's members, one by one."""

    def selected(rows: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
        if MEMBER[0] not in rows:
            return select(rows, start, end)
        parts = [
            select(part, start, end).assign(account=str(account), region=str(region))
            for (account, region), part in rows.groupby([*MEMBER], dropna=False)
        ]
        return pd.concat(parts) if parts else select(rows, start, end)

    return selected


def of_all_members(select: Select) -> Select:
    """Return `select` for a figure that a global account has as a whole, and no member alone."""

    def selected(rows: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
        return select(rows, start, end).assign(**dict.fromkeys(MEMBER, ""))

    return selected


@dataclass(frozen=True)
class Metric:
    """One metric. What is printed about it and what it is computed by stand together.

    `needs` lists the columns it cannot do without, by table. `date` is the date that
    places a row in a period. `rollup` names how rows become a figure (`rollup.py`).
    `measured` are the cube's measures that belong to it alone. `judged_by_n` tells that
    the house's minimum number of cases applies. `default_target` is a target that follows
    from the metric itself. `scope` tells whether it is one account's, or that of all
    accounts together.
    """

    id: str
    label: str
    definition: str
    formula: str
    unit: Unit
    better: Better
    group: Group
    grain: str
    date: str
    needs: tuple[tuple[str, tuple[str, ...]], ...]
    dims: tuple[str, ...]
    rollup: str
    rows: Rows
    select: Select = dated
    exclusions: str = ""
    judged_by_n: bool = False
    audience: Audience = "client"
    standard: str = ""
    decimals: int = 0
    measured: tuple[str, ...] = field(default=())
    default_target: int | None = None
    scope: Literal["account", "portfolio"] = "account"

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the account tables it reads."""
        return tuple(table for table, _ in self.needs)

    @property
    def version(self) -> str:
        """Return a hash of what it means and how it counts, as the registry states it."""
        said = (self.id, self.definition, self.formula, self.unit, self.grain, self.date)
        counted = (self.exclusions, self.rollup, repr(self.needs), repr(self.measured))
        return hashlib.sha256("\0".join((*said, *counted)).encode()).hexdigest()[:16]

    @property
    def visible(self) -> Fraction:
        """The least change that its printed figure can show: half of the last digit printed."""
        return Fraction(1, 2 * 10**self.decimals * (100 if self.unit == "ratio" else 1))

    @property
    def sign(self) -> int:
        """Which way it gets better: 1 upwards, −1 downwards, 0 where neither is better."""
        return {"higher": 1, "lower": -1}.get(self.better, 0)

    @property
    def adds_up(self) -> bool:
        """Tell whether a part's figure is a share of the total's, so that its target is not."""
        return self.rollup in _SUMS and self.default_target is None

    def missing(self, data: MetricData) -> tuple[str, ...]:
        """Return what was not supplied of what it needs: "cases", "shipments.promised_at"."""
        if self.scope == "portfolio" and not data.portfolio:
            return ("all accounts",)
        return tuple(
            name
            for table, columns in self.needs
            for name in _absent(table, columns, data.supplied.get(table))
        )

    def visible_to(self, audience: Audience, shares: tuple[str, ...]) -> bool:
        """Tell whether `audience` may know it; a client may where its internal tables are shared.

        A metric that reads an internal column of a table is never shared, nor is one that is
        internal for what it tells, though it reads nothing internal.
        """
        if audience == "internal" or self.audience == "client":
            return True
        if any(
            TABLES[table].column(name).internal for table, columns in self.needs for name in columns
        ):
            return False
        secret = [table for table in self.tables if TABLES[table].internal]
        return bool(secret) and all(table in shares and TABLES[table].shareable for table in secret)


_SUMS = frozenset({"count", "difference", "quantity", "amount", "charged", "average"})
"""Roll-ups of which a total is the sum of its parts."""


def _absent(
    table: str, columns: tuple[str, ...], supplied: frozenset[str] | None
) -> tuple[str, ...]:
    if supplied is None:
        return (table,)
    return tuple(f"{table}.{column}" for column in columns if column not in supplied)
