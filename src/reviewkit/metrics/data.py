"""What a metric is computed from, and the figure it gives.

`MetricData` is one client's world as one audience may know it; `MetricValue` is a
figure with everything that is needed to judge and to trace it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

import pandas as pd

from reviewkit.blocks import Audience
from reviewkit.metrics.dims import MEMBER
from reviewkit.params.models import Sla, Target
from reviewkit.periods import GREGORIAN, FiscalCalendar

T = TypeVar("T")

Status = Literal["met", "at_risk", "missed", "no_target", "low_volume", "no_data"]
"""Outcome of a figure against the target in force on the period's last day."""

Number = int | float | str | None
"""A figure in JSON: counts are whole, ratios fractions, money a decimal string."""


@dataclass(frozen=True)
class MetricData:
    """Everything that metrics of one client are computed from.

    `cube` holds the measures of a fact table by month, site, service, lane (late cause
    and fault); `registers` hold whole tables. Timestamps are UTC without a zone, months
    and days are the client's own. `supplied` names the columns that sources mapped, for
    tables with at least one row of this client; a table that is not in it was not
    supplied. `begins` is the first day of a table's data, `cutoffs` the moment up to
    which it is complete. `calendar` divides the client's fiscal years.
    `portfolio` tells that it is all clients' together.
    """

    client: str
    audience: Audience
    currency: str
    timezone: str
    minimum_n: int
    cube: Mapping[str, pd.DataFrame]
    registers: Mapping[str, pd.DataFrame]
    supplied: Mapping[str, frozenset[str]]
    cutoffs: Mapping[str, dt.datetime]
    begins: Mapping[str, dt.date] = field(default_factory=dict)
    targets: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    slas: tuple[Sla, ...] = ()
    shares: tuple[str, ...] = ()
    calendar: FiscalCalendar = GREGORIAN
    portfolio: bool = False
    _made: dict[tuple[Any, ...], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def rows_of(self, metric_id: str, make: Callable[[MetricData], pd.DataFrame]) -> pd.DataFrame:
        """Return a metric's rows, made once; a global account's are those of its members.

        Each member's are made from its own data alone, so that what two of them call by the
        same name stays two things.
        """
        return self.once(("rows", metric_id), lambda: self._made_of_members(make))

    @property
    def members(self) -> Mapping[str, str]:
        """The members of a global account, each with its region or nothing; none for others."""
        return self.once(("members",), self._members)

    @property
    def member_dims(self) -> tuple[str, ...]:
        """Dimensions that every metric has besides its own: those of a global account."""
        return MEMBER if self.members else ()

    def _members(self) -> dict[str, str]:
        frames = (*self.cube.values(), *self.registers.values())
        pairs = (frame[[*MEMBER]].drop_duplicates() for frame in frames if MEMBER[0] in frame)
        named = pd.concat([pd.DataFrame(columns=[*MEMBER]), *pairs]).dropna(subset=[MEMBER[0]])
        regions = named[MEMBER[1]].fillna("")
        return dict(sorted(zip(named[MEMBER[0]], regions, strict=True)))

    def _made_of_members(self, make: Callable[[MetricData], pd.DataFrame]) -> pd.DataFrame:
        if not self.members:
            return make(self)
        made = {account: make(self._member(account)) for account in self.members}
        filled = [
            rows.assign(**dict(zip(MEMBER, (account, self.members[account]), strict=True)))
            for account, rows in made.items()
            if len(rows)
        ]
        if not filled:
            return make(self).assign(**dict.fromkeys(MEMBER, ""))
        return pd.concat(filled)

    def _member(self, account: str) -> MetricData:
        def own(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
            return {
                name: frame[frame[MEMBER[0]] == account].drop(columns=[*MEMBER])
                if MEMBER[0] in frame
                else frame
                for name, frame in frames.items()
            }

        return replace(self, cube=own(self.cube), registers=own(self.registers))

    def once(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Return what `make` gives for `key`: a notebook asks for the same things many times."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    def cutoff_day(self, table: str) -> dt.date | None:
        """Return the client's local day of a table's cut-off; `None` where none is declared."""
        cutoff = self.cutoffs.get(table)
        return cutoff.astimezone(ZoneInfo(self.timezone)).date() if cutoff else None


@dataclass(frozen=True)
class MetricValue:
    """One figure: its value, what it is made of, and how it is judged.

    `unit` is "ratio", "count", "hours", "score" or a currency code. Ratios are fractions,
    durations hours, money decimal strings. `by` holds the dimensions sliced by, empty for
    the total. `coverage` is the share of cases whose outcome is known. `interval` is the
    95 % interval of a proportion or score. `partial` tells that the period is not over or
    its data stops early: `prior` and `year_ago` are then `None`.
    """

    metric: str
    label: str
    unit: str
    period: str
    by: Mapping[str, str]
    value: Number
    numerator: Number
    denominator: Number
    n: int
    coverage: float | None
    interval: tuple[float, float] | None
    target: Number
    status: Status
    prior: Number
    year_ago: Number
    partial: bool

    def to_json(self) -> dict[str, Any]:
        """Return the figure with exactly these fields, ready for `json.dumps`."""
        out = {item.name: getattr(self, item.name) for item in fields(self)}
        return out | {
            "by": dict(self.by),
            "interval": list(self.interval) if self.interval else None,
        }


def money(amount: Decimal) -> str:
    """Return an amount as an exact decimal string with at least two decimals.

    >>> money(Decimal("12.5000")), money(Decimal("0.1234"))
    ('12.50', '0.1234')
    """
    whole = amount.quantize(Decimal("0.01"))
    return f"{whole if whole == amount else amount.normalize():f}"
