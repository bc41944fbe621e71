"""What every display is given: the figures, what people wrote, and the client's formats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reviewkit.analysis.figures import Figures
from reviewkit.analysis.findings import findings
from reviewkit.analysis.model import Finding
from reviewkit.blocks import Audience
from reviewkit.display import words
from reviewkit.display.figures import FigureText
from reviewkit.display.formats import Formats
from reviewkit.extract.agreed import Agreed
from reviewkit.extract.model import SiteDays
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import METRICS
from reviewkit.params.alerts import Alerts
from reviewkit.params.models import ClientParams, Comment, Paper, ReviewFacts
from reviewkit.periods import Period
from reviewkit.published import Published

TILES = 6
"""Measures that the first page shows, where so many have figures."""


@dataclass(frozen=True)
class House:
    """What a page says of the provider: its sites' working days, and the sources of a table.

    `alerts` are the house's rules, in the version for the own house alone; `agreed` is what the
    last approved review was told to have been agreed. `logo` is a picture as a data address.
    """

    name: str
    paper: Paper
    minimum_n: int
    sources: Mapping[str, tuple[str, ...]]
    cutoff: dt.datetime | None
    working_days: tuple[SiteDays, ...] = ()
    alerts: Alerts | None = None
    agreed: Agreed | None = None
    logo: str = ""


@dataclass(frozen=True)
class View:
    """One client's review for one audience, ready to be put into words."""

    figures: Figures
    params: ClientParams
    house: House
    formats: Formats
    published: tuple[Published, ...] = ()

    @property
    def audience(self) -> Audience:
        """Who reads."""
        return self.figures.data.audience

    @property
    def period(self) -> Period:
        """The period under review."""
        return self.figures.period

    @property
    def client(self) -> str:
        """The client's name."""
        return self.params.client.name

    @property
    def accent(self) -> str:
        """The client's brand colour."""
        return self.params.client.brand.accent

    @property
    def short_paper(self) -> bool:
        """Tell whether the page is Letter, 50 points shorter than A4."""
        return self.house.paper == "letter"

    @property
    def facts(self) -> ReviewFacts:
        """What people decided and know about this review."""
        return self.params.reviews.get(self.period.id, ReviewFacts())

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The account manager's words for this period."""
        return self.params.commentary.get(self.period.id, ())

    @cached_property
    def text(self) -> FigureText:
        """Figures as text."""
        return FigureText(self.formats)

    @property
    def asked(self) -> tuple[str, ...]:
        """The client's lead metrics, as far as this audience may know them."""
        published = set(self.figures.published())
        return tuple(name for name in self.params.client.lead_metrics if name in published)

    @cached_property
    def lead(self) -> tuple[str, ...]:
        """The measures of page 1: lead metrics that have a figure, then others of the scorecard."""
        names = dict.fromkeys((*self.asked, *(metric.id for metric in self.scored)))
        return tuple(name for name in names if self.figures.one(name).value is not None)[:TILES]

    @cached_property
    def scored(self) -> tuple[Metric, ...]:
        """The metrics of the scorecard, in order, lead and weighted ones included."""
        asked = {*self.figures.scored(), *self.asked, *self.params.client.weights}
        return tuple(METRICS[name] for name in self.figures.published() if name in asked)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to say about the metrics of the scorecard, most important first."""
        names = tuple(item.id for item in self.scored)
        return findings(self.figures, self.facts, names, self.params.contract)

    def remedy(self, text: str) -> str:
        """Return how the house would fill a gap; to the client the gap alone is told."""
        return text if self.audience == "internal" else ""

    def head(self, period: Period) -> str:
        """Return a period as a column head."""
        return self.formats.period(period)

    @cached_property
    def year(self) -> tuple[Period, ...]:
        """The twelve months, or the fiscal periods of a year, that end with the period's last."""
        last = self.period.months()[-1]
        return last.run(last.per_year)

    @property
    def noun(self) -> str:
        """What one such period is called in a sentence: quarter."""
        return words.noun(self.period.noun)

    @property
    def nouns(self) -> str:
        """What several such periods are called in a sentence: quarters."""
        return words.noun(self.period.noun, many=True)

    @property
    def step(self) -> str:
        """What the period is divided into, in a sentence: month, or period where it is of weeks."""
        return words.noun(self.period.months()[-1].noun)

    @property
    def steps(self) -> str:
        """What the period is divided into, several of them: months."""
        return words.noun(self.period.months()[-1].noun, many=True)

    @property
    def title(self) -> str:
        """The period under review in words: July to September 2026."""
        return self.formats.title(self.period)

    def axis(self, months: Sequence[Period]) -> tuple[tuple[str, int | str], ...]:
        """Return months, or fiscal periods, as an axis prints them: short name and year."""
        return tuple(
            (self.formats.short(month), f"FY{month.year}" if month.in_weeks else month.start.year)
            for month in months
        )
