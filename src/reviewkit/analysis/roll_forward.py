"""The stock rolled forward: what was there, what came and went, and whether that is what is there.

Opening plus in less out, adjusted, must be the closing stock to the unit. What is not
explained is a difference, and is told; nothing is spread or rounded to hide it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from reviewkit.analysis.figures import Figures
from reviewkit.periods import Period

OUT = (
    ("order_lines", "shipped_units", "units_picked"),
    ("shipments", "delivered_units", "units_left"),
)
"""Where the units that left come from, the first that is supplied: table, column, measure."""


@dataclass(frozen=True)
class Roll:
    """Units of one site, or of all: opening, movements and closing, whole units.

    `opening` and `closing` are `None` where no stock was recorded on the day before the
    period begins, or on its last day.
    """

    site: str
    opening: int | None
    received: int
    returned: int
    shipped: int
    adjusted: int
    closing: int | None

    @property
    def expected(self) -> int | None:
        """Opening stock plus what came in, less what went out, adjusted."""
        if self.opening is None:
            return None
        return self.opening + self.received + self.returned - self.shipped + self.adjusted

    @property
    def difference(self) -> int | None:
        """What is in store beyond what should be; below zero: what is missing."""
        expected = self.expected
        return None if expected is None or self.closing is None else self.closing - expected


def lacking(figures: Figures) -> tuple[str, ...]:
    """Return what a roll-forward cannot do without and was not supplied, as table and column."""
    needs = [("stock", "units"), ("receipts", "units")]
    missing = [f"{table}.{column}" for table, column in needs if not figures.has(table, column)]
    if not _out(figures)[0]:
        missing.append("order_lines.shipped_units")
    return tuple(missing)


def absent(figures: Figures) -> tuple[str, ...]:
    """Return the tables whose movements are unknown and counted as none."""
    return tuple(
        table for table in ("returns", "stock_adjustments") if not figures.has(table, "units")
    )


def roll_forward(figures: Figures) -> tuple[Roll, ...]:
    """Return the roll-forward of each site that keeps stock, by name; nothing where none does."""
    if lacking(figures):
        return ()
    period = figures.period
    opening = _level(figures, period.start - dt.timedelta(days=1))
    closing = _level(figures, period.end)
    table, measure = _out(figures)
    flows = {
        "received": _flow(figures, "receipts", "units_received"),
        "returned": _flow(figures, "returns", "units_returned"),
        "shipped": _flow(figures, table, measure),
        "up": _flow(figures, "stock_adjustments", "units_added"),
        "down": _flow(figures, "stock_adjustments", "units_taken_off"),
    }
    sites = sorted(_stored(figures))
    return tuple(
        Roll(
            site=site,
            opening=opening.get(site),
            received=flows["received"].get(site, 0),
            returned=flows["returned"].get(site, 0),
            shipped=flows["shipped"].get(site, 0),
            adjusted=flows["up"].get(site, 0) - flows["down"].get(site, 0),
            closing=closing.get(site),
        )
        for site in sites
    )


def total(rolls: tuple[Roll, ...]) -> Roll:
    """Return all sites together; a stock that one site lacks is lacking in the sum."""

    def level(name: str) -> int | None:
        found: list[int | None] = [getattr(roll, name) for roll in rolls]
        known = [units for units in found if units is not None]
        return sum(known) if len(known) == len(found) else None

    return Roll(
        site="",
        opening=level("opening"),
        received=sum(roll.received for roll in rolls),
        returned=sum(roll.returned for roll in rolls),
        shipped=sum(roll.shipped for roll in rolls),
        adjusted=sum(roll.adjusted for roll in rolls),
        closing=level("closing"),
    )


def _out(figures: Figures) -> tuple[str, str]:
    found = ((table, measure) for table, column, measure in OUT if figures.has(table, column))
    return next(found, ("", ""))


def _stored(figures: Figures) -> set[str]:
    """Return the sites that kept stock in the period or on the day before."""
    rows = figures.data.cube["stock"]
    first = pd.Timestamp(last_bucket(figures.period.start - dt.timedelta(days=1), figures.period))
    inside = rows["month"].between(first, pd.Timestamp(figures.period.end))
    kept = rows[inside & (rows["stock_rows"] > 0)]
    return {str(site) for site in kept["site"].fillna("").unique()}


def _level(figures: Figures, day: dt.date) -> dict[str, int]:
    """Return the units in store at the end of `day` by site; a site without a record has none."""
    rows = figures.data.cube["stock"]
    rows = rows[rows["month"] == pd.Timestamp(last_bucket(day, figures.period))]
    sums = _by_site(rows, ["closing_units", "closing_known", "closing_unknown"])
    return {
        str(site): int(row["closing_units"])
        for site, row in sums.iterrows()
        if row["closing_known"] and not row["closing_unknown"]
    }


def last_bucket(day: dt.date, period: Period) -> dt.date:
    """Return the first day of the cube's bucket that `day` closes.

    Buckets are calendar months, cut where a fiscal period of weeks begins.
    """
    calendar = period.calendar
    starts = [day.replace(day=1)]
    if calendar.in_weeks:
        starts.append(calendar.first_day_of(calendar.ordinal(day)))
    return max(starts)


def _flow(figures: Figures, table: str, measure: str) -> dict[str, int]:
    rows = figures.data.cube.get(table)
    if rows is None:
        return {}
    inside = rows["month"].between(
        pd.Timestamp(figures.period.start), pd.Timestamp(figures.period.end)
    )
    sums = _by_site(rows[inside], [measure])
    return {str(site): int(row[measure]) for site, row in sums.iterrows()}


def _by_site(rows: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    return rows.assign(site=rows["site"].fillna("")).groupby("site")[measures].sum()
