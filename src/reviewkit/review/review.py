"""The facade: one method per part of a review, each returning something a cell can show."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.analysis.figures import Figures
from reviewkit.display import (
    agreed,
    ahead,
    billing,
    care,
    causes,
    definitions,
    followed,
    heats,
    opening,
    pages,
    price_mix,
    promised,
    rating,
    restated,
    score,
    scorecard,
    tiles,
    trends,
    volume,
)
from reviewkit.display.formats import Formats
from reviewkit.display.marks import Width
from reviewkit.display.shown import Shown
from reviewkit.display.view import House, View
from reviewkit.extract.model import Extract
from reviewkit.periods import Period
from reviewkit.review.house import HouseParts
from reviewkit.review.parts import ActivityParts, StrategyParts


@dataclass(frozen=True)
class Review(HouseParts):
    """One client's review of one period for one audience.

    Every method returns what a cell shows when it is the last line; `.show()` shows it
    earlier. A part without data says what is missing. Figures behind it: `figures`.
    """

    @classmethod
    def of(cls, extract: Extract) -> Review:
        """Return the review of an extract."""
        house = extract.house
        tables = extract.manifest.tables
        figures = Figures(extract.metric_data, extract.period, extract.as_of)
        return cls(
            extract,
            View(
                figures=figures,
                params=extract.params,
                house=House(
                    name=house.name,
                    paper=house.paper,
                    minimum_n=house.minimum_n,
                    sources={name: tables[name].sources for name in tables},
                    cutoff=extract.cutoff,
                    working_days=extract.working_days,
                    alerts=extract.alerts,
                    agreed=extract.agreed,
                    logo=house.brand.logo,
                ),
                formats=Formats(
                    house.locale,
                    extract.params.client.currency,
                    house.timezone,
                    extract.params.client.language,
                ),
                published=extract.published,
            ),
        )

    @property
    def lead(self) -> tuple[str, ...]:
        """The client's lead metrics, as far as this audience may know them."""
        return self.view.lead

    @property
    def period(self) -> Period:
        """The period under review."""
        return self.view.period

    def __repr__(self) -> str:
        return f"Review({self.view.client}, {self.period.id}, {self.view.audience})"

    # --- what a document opens with

    def front(self, report: str) -> Shown:
        """Return the document's identity; show it first."""
        return self._shown(opening.front, report)

    def headline(self, *, lead: bool = True) -> Shown:
        """Return the answer in a sentence, from the review's own file or computed."""
        return self._shown(opening.headline, lead=lead)

    def tiles(self, *, heading: bool = True) -> Shown:
        """Return the lead measures with target, prior period and prior year."""
        return self._shown(tiles.tiles, heading=heading)

    def themes(self) -> Shown:
        """Return three themes, each with what follows from it."""
        return self._shown(opening.themes)

    # --- what was and is to be agreed

    def decisions(self) -> Shown:
        """Return the decisions sought."""
        return self._shown(agreed.decisions)

    def prior_actions(self, *, page: bool = False) -> Shown:
        """Return the actions of earlier reviews by side: open, postponed, closed, dropped."""
        return self._shown(followed.prior_actions, page=page)

    def promised(self, *, brief: bool = False) -> Shown:
        """Return what the last review promised and decided, and what became of it."""
        return self._shown(promised.promised, brief=brief)

    def outcomes(self) -> Shown:
        """Return the goals agreed with the client and where each stands."""
        return self._shown(ahead.outcomes)

    def risks(self, *, page: bool = False) -> Shown:
        """Return the risks and what they need, on a page of their own if `page`."""
        return self._shown(ahead.risks, page=page)

    def due(self) -> Shown:
        """Return what falls due next on both sides: decisions, actions, goals."""
        return self._shown(ahead.due)

    def commentary(self, heading: str) -> Shown:
        """Return the account manager's own words under `heading` of the commentary file."""
        return self._shown(ahead.commentary, heading)

    def other_commentary(self, *shown: str) -> Shown:
        """Return the words under all headings that are not named here."""
        return self._shown(ahead.other_commentary, shown)

    # --- parts of one kind of report

    @property
    def activity(self) -> ActivityParts:
        """What was done: movements, stock, exceptions, billable work, open queries."""
        return ActivityParts(self._shown)

    @property
    def strategy(self) -> StrategyParts:
        """The account over years: history, contract, roadmap, governance."""
        return StrategyParts(self._shown)

    # --- figures and why they moved

    def scorecard(self) -> Shown:
        """Return every measure with target, status, prior period, prior year and trend."""
        return self._shown(scorecard.scorecard)

    def score(self, *, brief: bool = False) -> Shown:
        """Return the overall score: its parts, what moved it, what lacks; `brief` in a line."""
        return self._shown(score.overall, brief=brief)

    def restatements(self) -> Shown:
        """Return the figures that are not what an earlier approved pack said; else nothing."""
        return self._shown(restated.restatements)

    def misses(self) -> Shown:
        """Return what fell short of target with cause, remedy and date."""
        return self._shown(agreed.misses)

    def page(self, metric_id: str) -> Shown:
        """Return the heading of a page on one metric: where it stands, what carries its change."""
        self._require(metric_id)
        return self._shown(pages.page, metric_id)

    def trend(self, metric_id: str, width: Width = "full") -> Shown:
        """Return a metric's last twelve months with its target and the year before."""
        self._require(metric_id)
        return self._shown(trends.trend, metric_id, width)

    def trends(self, *metric_ids: str) -> Shown:
        """Return two metrics' trends side by side."""
        for metric_id in metric_ids:
            self._require(metric_id)
        return self._shown(trends.pair, metric_ids)

    def change(self, metric_id: str, by: str = "") -> Shown:
        """Return why a ratio moved since the prior period, by lane, site, carrier or late cause.

        Without `by` along the one that carries most of the change.
        """
        self._require(metric_id)
        return self._shown(pages.change_of, metric_id, by)

    def heat(self, metric_id: str, by: str) -> Shown:
        """Return a rate by month and lane, site or service as a heat map."""
        self._require(metric_id)
        return self._shown(heats.heat, metric_id, by)

    def causes(self) -> Shown:
        """Return the recorded causes of late deliveries."""
        return self._shown(causes.causes)

    def volume(self, *, brief: bool = False) -> Shown:
        """Return a page on shipments: months, services, sites, lanes; `brief` without lanes."""
        return self._shown(volume.volume, brief=brief)

    def revenue_change(self) -> Shown:
        """Return why the invoiced amount changed on the prior period: price, volume, mix."""
        return self._shown(price_mix.revenue_change)

    def billing(self) -> Shown:
        """Return a page on charges, errors, credits and disputes."""
        return self._shown(billing.billing)

    def cases(self) -> Shown:
        """Return a page on complaints: categories, root causes, what is still open."""
        return self._shown(care.cases)

    def rating(self) -> Shown:
        """Return the client's own rating by role."""
        return self._shown(rating.rating)

    # --- how figures are made

    def definitions(self, *metric_ids: str, page: bool = False) -> Shown:
        """Return the definitions of the measures, by default of all on the scorecard."""
        for metric_id in metric_ids:
            self._require(metric_id)
        return self._shown(definitions.definitions, metric_ids, page=page)

    def data_notes(self, *, page: bool = False, brief: bool = False) -> Shown:
        """Return what each table covers, and what was not supplied; `brief` without the table."""
        return self._shown(definitions.data_notes, page=page, brief=brief)
