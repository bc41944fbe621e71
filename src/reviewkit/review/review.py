"""The facade: one method per part of a review, each returning something a cell can show."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.analysis.figures import Figures
from reviewkit.display import agreed, causes, change, opening, scorecard, tiles, trends
from reviewkit.display.formats import Formats
from reviewkit.display.shown import Shown
from reviewkit.display.view import House, View
from reviewkit.errors import UsageError
from reviewkit.extract.model import Extract
from reviewkit.metrics.registry import metric
from reviewkit.periods import Period


@dataclass(frozen=True)
class Review:
    """One client's review of one period for one audience.

    Every method returns what a cell shows when it is the last line; `.show()` shows it
    earlier. A part without data says what is missing. Figures behind it: `figures`.
    """

    extract: Extract
    view: View

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
                ),
                formats=Formats(house.locale, extract.params.client.currency, house.timezone),
            ),
        )

    @property
    def internal(self) -> bool:
        """Tell whether this is the version for the own house."""
        return self.view.audience == "internal"

    @property
    def figures(self) -> Figures:
        """The figures themselves, for an analyst's own tables and charts."""
        return self.view.figures

    @property
    def period(self) -> Period:
        """The period under review."""
        return self.view.period

    def __repr__(self) -> str:
        return f"Review({self.view.client}, {self.period.id}, {self.view.audience})"

    # --- what a document opens with

    def front(self, report: str) -> Shown:
        """Return the document's identity; show it first."""
        return Shown(opening.front(self.view, report))

    def headline(self) -> Shown:
        """Return the answer in a sentence, from the review's own file or computed."""
        return Shown(opening.headline(self.view))

    def tiles(self) -> Shown:
        """Return the lead measures with target, prior period and prior year."""
        return Shown(tiles.tiles(self.view))

    def themes(self) -> Shown:
        """Return three themes, each with what follows from it."""
        return Shown(opening.themes(self.view))

    # --- what was and is to be agreed

    def decisions(self) -> Shown:
        """Return the decisions sought."""
        return Shown(agreed.decisions(self.view))

    def prior_actions(self) -> Shown:
        """Return the actions of earlier reviews: open, postponed, closed."""
        return Shown(agreed.prior_actions(self.view))

    def outcomes(self) -> Shown:
        """Return the goals agreed with the client and where each stands."""
        return Shown(agreed.outcomes(self.view))

    def risks(self) -> Shown:
        """Return the risks and what they need."""
        return Shown(agreed.risks(self.view))

    def commentary(self, heading: str) -> Shown:
        """Return the account manager's own words under `heading` of the commentary file."""
        return Shown(agreed.commentary(self.view, heading))

    # --- figures and why they moved

    def scorecard(self) -> Shown:
        """Return every measure with target, status, prior period, prior year and trend."""
        return Shown(scorecard.scorecard(self.view))

    def misses(self) -> Shown:
        """Return what fell short of target with cause, remedy and date."""
        return Shown(agreed.misses(self.view))

    def trend(self, metric_id: str) -> Shown:
        """Return a metric's last twelve months with its target and the year before."""
        self._require(metric_id)
        return Shown(trends.trend(self.view, metric_id))

    def change(self, metric_id: str, by: str) -> Shown:
        """Return why a ratio moved since the prior period, by lane, site, service or charge."""
        self._require(metric_id)
        return Shown(change.change(self.view, metric_id, by))

    def causes(self) -> Shown:
        """Return the recorded causes of late deliveries."""
        return Shown(causes.causes(self.view))

    def _require(self, metric_id: str) -> None:
        own = metric(metric_id)
        if own.id not in self.figures.published():
            raise UsageError(_INTERNAL.format(what=own.label, where="review.internal"))


_INTERNAL = (
    "{what} is internal and is not in the client's version. "
    "Ask for it under `if {where}:`, in a cell tagged internal."
)
