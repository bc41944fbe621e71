"""White space: services that a client buys at some of its sites and not at others, sized."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures

MONTHS = 12
"""Months, or fiscal periods, of revenue and volume that a matrix is made of."""


@dataclass(frozen=True)
class Space:
    """One service at one site. `revenue` is what is bought; nothing bought is a gap.

    A gap is sized from the client's own sites that buy the service: the median of their revenue
    per shipment, times the shipments of this site; `low` and `high` take the least and the
    largest instead. `sites` is of how many. A gap without volume, or without such a site, has
    no size. `deals` are open opportunities for it.
    """

    service: str
    site: str
    revenue: Decimal
    size: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    sites: int = 0
    deals: tuple[str, ...] = ()

    @property
    def gap(self) -> bool:
        """Tell whether nothing is bought here."""
        return not self.revenue


@dataclass(frozen=True)
class Matrix:
    """Services × sites of one client over `start` to `end`, in its own currency."""

    start: dt.date
    end: dt.date
    services: tuple[str, ...]
    sites: tuple[str, ...]
    volume: dict[str, int]
    spaces: dict[tuple[str, str], Space]

    @property
    def gaps(self) -> tuple[Space, ...]:
        """The gaps, the largest first; those sized from one site later, without a size last."""
        found = [space for space in self.spaces.values() if space.gap]
        return tuple(
            sorted(found, key=lambda s: (s.size is None, s.sites < 2, -(s.size or 0), s.site))
        )


def matrix(figures: Figures) -> Matrix | None:
    """Return the client's services × sites of the last twelve months.

    `None` where invoices do not tell service and site, or nothing was invoiced. Lines in a
    currency without a rate of exchange, and those without a service or site, are left out;
    what was credited in full was not bought.
    """
    if not figures.has("invoice_lines", "service", "site"):
        return None
    months = figures.period.months()[-1].run(MONTHS)
    start, end = months[0].start, months[-1].end
    revenue = {key: amount for key, amount in _revenue(figures, start, end).items() if amount > 0}
    if not revenue:
        return None
    volume = _volume(figures, start, end)
    services = tuple(sorted({service for service, _ in revenue}))
    sites = tuple(sorted({site for _, site in revenue} | volume.keys()))
    deals = _deals(figures)
    spaces = {
        (service, site): _space(service, site, revenue, volume, deals)
        for service in services
        for site in sites
    }
    return Matrix(start, end, services, sites, volume, spaces)


def _space(
    service: str,
    site: str,
    revenue: dict[tuple[str, str], Decimal],
    volume: dict[str, int],
    deals: dict[tuple[str, str], list[str]],
) -> Space:
    own = revenue.get((service, site), Decimal(0))
    if own:
        return Space(service, site, own)
    open_ = tuple(deals.get((service, site), ()))
    rates = [
        Fraction(amount) / volume[other]
        for (name, other), amount in revenue.items()
        if name == service and volume.get(other)
    ]
    here = volume.get(site, 0)
    if not rates or not here:
        return Space(service, site, own, deals=open_)
    size, low, high = (Fraction(rate * here) for rate in (median(rates), min(rates), max(rates)))
    return Space(service, site, own, size, low, high, len(rates), open_)


def _revenue(figures: Figures, start: dt.date, end: dt.date) -> dict[tuple[str, str], Decimal]:
    lines = figures.register("invoice_lines")
    issued = lines["issued_on"].between(pd.Timestamp(start), pd.Timestamp(end))
    own = lines["currency"].fillna(figures.data.currency) == figures.data.currency
    told = lines["service"].notna() & lines["site"].notna()
    out: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in lines[issued & own & told].to_dict("records"):
        out[cells.text(row["service"]), cells.text(row["site"])] += cells.money(row["amount"])
    return dict(out)


def _volume(figures: Figures, start: dt.date, end: dt.date) -> dict[str, int]:
    cube = figures.data.cube.get("shipments")
    if cube is None or cube.empty:
        return {}
    inside = cube["month"].between(pd.Timestamp(start), pd.Timestamp(end))
    sums: Any = cube[inside & cube["site"].notna()].groupby("site")["shipments"].sum()
    return {str(site): int(count) for site, count in sums.items() if count}


def _deals(figures: Figures) -> dict[tuple[str, str], list[str]]:
    out: dict[tuple[str, str], list[str]] = defaultdict(list)
    if figures.has("opportunities", "service", "site"):
        for row in figures.register("opportunities").to_dict("records"):
            if cells.day(row["closed_on"]) is None and pd.isna(row["won"]):
                key = cells.text(row["service"]), cells.text(row["site"])
                out[key].append(cells.text(row["opportunity_id"]))
    return out
