"""The pipeline of one account: what is open, what was decided, what nobody has touched for long."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures

QUIET_DAYS = 60
"""Days without an activity after which an open deal is told to be quiet."""


@dataclass(frozen=True)
class Deal:
    """One deal as of the day of the figures.

    `amount` is a year's revenue in the client's currency, `None` where it is not known or has
    no rate of exchange; `weighted` is amount × chance. `overdue` are days past the expected
    decision of an open deal; `touched` is the last activity that the CRM has of it.
    """

    id: str
    name: str
    service: str
    site: str
    stage: str
    amount: Decimal | None
    chance: Decimal | None
    created: dt.date | None
    expected: dt.date | None
    closed: dt.date | None
    won: bool | None
    overdue: int
    touched: dt.date | None
    quiet: int | None

    @property
    def weighted(self) -> Decimal | None:
        """Amount times chance; `None` where either is not known."""
        return self.amount * self.chance if self.amount is not None and self.chance else None


@dataclass(frozen=True)
class Pipeline:
    """Open deals by expected decision, and those decided in the period, the last first."""

    open: tuple[Deal, ...]
    decided: tuple[Deal, ...]

    @property
    def amount(self) -> Decimal:
        """Revenue of a year of all open deals with a known amount."""
        return sum((deal.amount for deal in self.open if deal.amount is not None), Decimal(0))

    @property
    def weighted(self) -> Decimal:
        """The same times each deal's chance."""
        return sum((deal.weighted for deal in self.open if deal.weighted is not None), Decimal(0))

    @property
    def overdue(self) -> tuple[Deal, ...]:
        """Open deals past their expected decision."""
        return tuple(deal for deal in self.open if deal.overdue)

    @property
    def silent(self) -> tuple[Deal, ...]:
        """Open deals without an activity for longer than `QUIET_DAYS`."""
        return tuple(d for d in self.open if d.quiet is not None and d.quiet > QUIET_DAYS)


def pipeline(figures: Figures) -> Pipeline | None:
    """Return the account's deals; `None` where none were supplied.

    A deal closed without an outcome is neither open nor decided. Whether a deal is quiet is
    told where the CRM's activities were supplied with the deal they belong to: since the last
    of them, or since it was entered.
    """
    if "opportunities" not in figures.data.registers:
        return None
    touched = _touched(figures)
    rows = figures.register("opportunities").to_dict("records")
    deals = [_deal(row, figures, touched) for row in rows]
    still = [deal for deal in deals if deal.closed is None and deal.won is None]
    within = [
        deal
        for deal in deals
        if deal.won is not None
        and deal.closed is not None
        and figures.period.start <= deal.closed <= figures.period.end
    ]
    return Pipeline(
        open=tuple(sorted(still, key=lambda d: (d.expected or dt.date.max, d.id))),
        decided=tuple(sorted(within, key=lambda d: (d.closed or dt.date.min, d.id), reverse=True)),
    )


def _deal(row: dict[Any, Any], figures: Figures, touched: dict[str, dt.date] | None) -> Deal:
    name = cells.text(row["opportunity_id"])
    own = cells.text(row["currency"]) in ("", figures.data.currency)
    known = own and not pd.isna(row["amount"])
    created, expected = cells.day(row["created_on"]), cells.day(row["close_on"])
    closed = cells.day(row["closed_on"])
    last = touched.get(name, created) if touched is not None else None
    open_ = closed is None
    late = (figures.as_of - expected).days if open_ and expected else 0
    return Deal(
        id=name,
        name=cells.text(row["name"]) or name,
        service=cells.text(row["service"]),
        site=cells.text(row["site"]),
        stage=cells.text(row["stage"]),
        amount=cells.money(row["amount"]) if known else None,
        chance=None if pd.isna(row["probability"]) else Decimal(str(row["probability"])),
        created=created,
        expected=expected,
        closed=closed,
        won=None if pd.isna(row["won"]) else bool(row["won"]),
        overdue=max(0, late),
        touched=last,
        quiet=(figures.as_of - last).days if open_ and last else None,
    )


def _touched(figures: Figures) -> dict[str, dt.date] | None:
    """Return the last activity of each deal; `None` where activities do not name their deal."""
    if not figures.has("crm_activities", "opportunity_id"):
        return None
    last: dict[str, dt.date] = {}
    for row in figures.register("crm_activities").to_dict("records"):
        day, deal = cells.day(row["at"]), cells.text(row["opportunity_id"])
        if day and deal and day <= figures.as_of:
            last[deal] = max(day, last.get(deal, day))
    return last
