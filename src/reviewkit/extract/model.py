"""What an extract holds, and what its `extract.json` says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from reviewkit.blocks import Audience
from reviewkit.extract.agreed import Agreed
from reviewkit.metrics.data import MetricData
from reviewkit.params.alerts import Alerts
from reviewkit.params.models import Brand, ClientParams, Paper, Params
from reviewkit.periods import Period
from reviewkit.published import Published

SCHEMA = 2
"""Version of the folder's layout, columns of its measures included; another one is refused."""


PUBLISHED = "published.json"
"""File of an extract with figures as published; absent where there are none."""


class HouseFacts(Params):
    """What a run may know of the provider, with the client's own choices applied."""

    name: str
    brand: Brand
    minimum_n: int
    locale: str
    paper: Paper
    timezone: str


class SiteDays(Params):
    """On how many days a site worked: in the period, in the prior one, and a year ago."""

    site: str
    period: int
    prior: int
    year_ago: int


class ExtractParams(Params):
    """`params.json`: the provider's public facts, the client's parameters, and working days.

    `alerts` are the house's rules for this client; a client-facing run has none. `agreed` is
    what the last approved review was told to have been agreed.
    """

    house: HouseFacts
    client: ClientParams
    working_days: tuple[SiteDays, ...] = ()
    alerts: Alerts | None = None
    agreed: Agreed | None = None


class PublishedFacts(Params):
    """`published.json`: figures as earlier approved packs said them, each as said last."""

    figures: tuple[Published, ...]


class Extent(Params):
    """What a table covers: columns mapped, first day, cut-off, and its sources' names."""

    columns: tuple[str, ...]
    begins: dt.date | None
    cutoff: dt.datetime | None
    sources: tuple[str, ...] = ()


class Manifest(Params):
    """`extract.json`: what the folder is, and the SHA-256 of each other file in it.

    `hash` is the SHA-256 over names and hashes of all files and over the other fields.
    """

    schema_version: int
    client: str
    period: str
    audience: Audience
    as_of: dt.date
    tables: dict[str, Extent]
    files: dict[str, str]
    hash: str


@dataclass(frozen=True)
class Extract:
    """One client's data for one period and audience, as read from its folder.

    `cube` and `registers` are pandas frames by table name; money is `Decimal`, days and
    timestamps are `datetime64` (timestamps UTC without a zone). `cutoff` is the earliest
    cut-off of the tables supplied.
    """

    folder: Path
    manifest: Manifest
    house: HouseFacts
    params: ClientParams
    period: Period
    cube: Mapping[str, pd.DataFrame]
    registers: Mapping[str, pd.DataFrame]
    metric_data: MetricData
    working_days: tuple[SiteDays, ...] = ()
    alerts: Alerts | None = None
    agreed: Agreed | None = None
    published: tuple[Published, ...] = ()

    @property
    def client(self) -> str:
        """Slug of the client."""
        return self.manifest.client

    @property
    def audience(self) -> Audience:
        """Who it was made for."""
        return self.manifest.audience

    @property
    def as_of(self) -> dt.date:
        """Day up to which things are known."""
        return self.manifest.as_of

    @property
    def hash(self) -> str:
        """Content hash: the same inputs give the same, any change another."""
        return self.manifest.hash

    @property
    def cutoff(self) -> dt.datetime | None:
        """Earliest cut-off of the tables supplied; `None` where none is declared."""
        return min((e.cutoff for e in self.manifest.tables.values() if e.cutoff), default=None)
