"""The report on all accounts: what its notebook holds, and how it is opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from reviewkit.analysis.figures import Figures
from reviewkit.analysis.portfolio import account, whole
from reviewkit.blocks import Block
from reviewkit.display import portfolio, portfolio_accounts, portfolio_lists
from reviewkit.display.formats import Formats
from reviewkit.display.portfolio import Overview
from reviewkit.display.shown import Shown
from reviewkit.display.theme import for_notebooks
from reviewkit.display.view import House, View
from reviewkit.errors import UsageError
from reviewkit.extract.model import Extract
from reviewkit.extract.portfolio import PortfolioExtract, read_portfolio
from reviewkit.params.reports import PORTFOLIO
from reviewkit.review.opening import GIVEN, asked_for, made, require_same
from reviewkit.review.review import Review
from reviewkit.speech import speaking


def open_portfolio(period: str | None = None, audience: str = "internal") -> Portfolio:
    """Open the report on all accounts for a calendar `period`; it is the house's own.

    "month" is the last complete one, and so on; without a period it is the quarter. Raises
    `UsageError` for another audience than the house, or where the run was given the extract
    of something else.
    """
    if audience != "internal":
        raise UsageError(
            f"{PORTFOLIO} shows all clients to the house: there is no version of it for a client."
        )
    given = os.environ.get(GIVEN)
    folder = Path(given) if given else made(PORTFOLIO, period or "", "internal")
    extract = read_portfolio(folder)
    asked = {"period": asked_for(period, extract.period, extract.manifest.as_of)}
    require_same(folder, asked, {"period": extract.period.id})
    for_notebooks(extract.house.brand.accent)
    return Portfolio.of(extract)


@dataclass(frozen=True)
class Portfolio:
    """All accounts for one period. Every method returns what a cell shows, as `Review`'s do."""

    extract: PortfolioExtract
    overview: Overview

    @classmethod
    def of(cls, extract: PortfolioExtract) -> Portfolio:
        """Return the report of an extract."""
        house = extract.house
        today = extract.manifest.as_of
        views = {slug: _view(own, extract) for slug, own in extract.accounts.items()}
        found = [
            account(view.figures, view.params, view.house.alerts, today) for view in views.values()
        ]
        tables = extract.manifest.tables
        return cls(
            extract,
            Overview(
                whole=whole(found, Figures(extract.revenue, extract.period, today)),
                views=views,
                period=extract.period,
                house=House(
                    name=house.name,
                    paper=house.paper,
                    minimum_n=house.minimum_n,
                    sources={name: tables[name].sources for name in tables},
                    cutoff=min((e.cutoff for e in tables.values() if e.cutoff), default=None),
                ),
                formats=Formats(house.locale, extract.revenue.currency, house.timezone),
                accent=house.brand.accent,
                as_of=today,
            ),
        )

    def __repr__(self) -> str:
        return f"Portfolio({self.extract.period.id}, {len(self.extract.accounts)} accounts)"

    def front(self) -> Shown:
        """Return the report's identity; show it first."""
        return self._shown(portfolio.front)

    def headline(self) -> Shown:
        """Return which accounts need attention."""
        return self._shown(portfolio.headline)

    def tiles(self) -> Shown:
        """Return six figures of all accounts together."""
        return self._shown(portfolio.tiles)

    def accounts(self) -> Shown:
        """Return a row for each account, those that need attention first."""
        return self._shown(portfolio_accounts.accounts)

    def exceptions(self) -> Shown:
        """Return a page of the alerts in force, gravest first."""
        return self._shown(portfolio_lists.exceptions)

    def renewals(self) -> Shown:
        """Return the contracts in their notice window."""
        return self._shown(portfolio_lists.renewals)

    def late_actions(self) -> Shown:
        """Return the actions past the day first promised."""
        return self._shown(portfolio_lists.late_actions)

    def concentration(self) -> Shown:
        """Return on whom the revenue hangs."""
        return self._shown(portfolio_accounts.concentration)

    def _shown(self, make: Callable[[Overview], Block]) -> Shown:
        with speaking(self.overview.formats.language):
            return Shown(make(self.overview))


def _view(own: Extract, extract: PortfolioExtract) -> View:
    """Return an account's view as the house reads it: in its own locale, not the client's."""
    house = extract.house
    formats = Formats(house.locale, own.params.client.currency, house.timezone)
    return replace(Review.of(own).view, formats=formats)
