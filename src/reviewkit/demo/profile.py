"""What a demo client is made of: lanes, prices, habits, and the story planted in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewkit.demo.draws import SEED, Draws

FIRST_DAY = dt.date(2023, 10, 1)
LAST_DAY = dt.date(2026, 9, 30)
CUTOFF = dt.datetime(2026, 10, 6, 16, 0)  # noqa: DTZ001  (UTC, 18:00 in Amsterdam)

WMS_SINCE = dt.date(2025, 7, 1)
"""The warehouse system was introduced on this day; it knows nothing earlier."""

ZONES = {
    "Venlo": "Europe/Amsterdam",
    "Łódź": "Europe/Warsaw",
    "Birmingham": "Europe/London",
    "Joliet": "America/Chicago",
    "Savannah": "America/New_York",
    "Basel": "Europe/Zurich",
    "Lille": "Europe/Paris",
    "Kassel": "Europe/Berlin",
    "Daventry": "Europe/London",
    "Antwerp": "Europe/Brussels",
    "Allentown": "America/New_York",
}
"""Sites of the provider and the zone in which each keeps its times."""

COUNTRIES = {
    "Venlo": "NL",
    "Łódź": "PL",
    "Birmingham": "GB",
    "Joliet": "US",
    "Savannah": "US",
    "Basel": "CH",
    "Lille": "FR",
    "Kassel": "DE",
    "Daventry": "GB",
    "Antwerp": "BE",
    "Allentown": "US",
}
"""The country of each site, for its public holidays."""


@dataclass(frozen=True)
class Lane:
    """Deliveries of one product from a site to a place.

    `per_day` is the volume of a working day in 2026; `rate` is the price per 100 kg and
    `minimum` the least charge, both without fuel; `on_time` shifts the account's rate.
    """

    site: str
    product: str
    destination: str
    per_day: float
    transit_days: int
    carriers: tuple[str, ...]
    weight_kg: float
    units: int
    rate: float
    minimum: float
    margin: float
    on_time: float = 0.0
    window: tuple[int, int] = (8, 16)
    leaves_at: int = 16


@dataclass(frozen=True)
class Cause:
    """A recorded reason for a late delivery, who it is booked to, and how common it is."""

    text: str
    fault: str
    weight: float


@dataclass(frozen=True)
class Slide:
    """A lane that loses departures on one weekday: late deliveries, one cause, dear rescue."""

    site: str
    destination: str
    since: dt.date
    weekday: int
    on_time: dict[str, float]
    cause: Cause
    premium: float


@dataclass(frozen=True)
class Rerate:
    """A product whose price changes by `factor` from a day on."""

    product: str
    since: dt.date
    factor: float


@dataclass(frozen=True)
class Ramp:
    """A product whose volume is multiplied by `factor` from a day on."""

    product: str
    since: dt.date
    factor: float


@dataclass(frozen=True)
class Burst:
    """Complaints of one cause at one site, from `first` until its removal on `fixed`."""

    site: str
    category: str
    cause: str
    measure: str
    first: dt.date
    last: dt.date
    fixed: dt.date
    count: int


@dataclass(frozen=True)
class Leak:
    """A charge whose work at a site is done from `since` on, and invoiced no more."""

    charge: str
    site: str
    since: dt.date


@dataclass(frozen=True)
class Store:
    """What an account keeps at a site, and how it comes, lies and is counted there.

    `value` is that of one unit, `cover` the days of dispatch held in store; `returned` is
    the share of deliveries of which something comes back, `picked` that of lines in error.
    """

    site: str
    per_pallet: int
    value: float
    skus: int
    receipts: float
    counts: int = 8
    cover: float = 24.0
    returned: float = 0.015
    picked: float = 0.003
    worked: float = 0.0


@dataclass(frozen=True)
class Billing:
    """How an account is invoiced, and how often a line is wrong or disputed.

    `errors` gives the share of lines in error per calendar quarter; `default_error` holds
    elsewhere. `days` are the days of the month that close a billing period (31: its end).
    """

    debtor: str
    currency: str
    days: tuple[int, ...]
    terms: int
    appointment: float
    fuel: float
    errors: dict[str, float] = field(default_factory=dict)
    default_error: float = 0.008
    rejected: float = 0.004


@dataclass(frozen=True)
class Account:
    """One client of the demo provider, with everything that its rows are drawn from.

    `on_time` gives the rate of each month from October 2023 on; `early` is the share that
    arrives too early where the contract minds. `gaps` is the share of deliveries whose
    time of receipt was never recorded, `uncounted` of those never counted. `pays` is the least
    and the greatest number of days after the due date; an account without it is kept only in
    deliveries and invoices. `tariff` prices warehouse work by charge. `stops` is the moment
    (UTC) at which the exports of its site end. Documents are numbered in a range for each
    `series`, so that an account more changes no number of the others.
    """

    number: str
    name: str
    lanes: tuple[Lane, ...]
    causes: tuple[Cause, ...]
    billing: Billing
    on_time: tuple[float, ...]
    since: dt.date = FIRST_DAY
    growth: float = 0.04
    season: tuple[float, ...] = (1.0,) * 12
    weekday: tuple[float, ...] = (1.05, 1.1, 1.05, 1.0, 0.8, 0.0, 0.0)
    escalator_month: int = 1
    tolerance_minutes: int = 30
    early_minutes: int | None = None
    early: float = 0.0
    in_full: float = 0.987
    damaged: float = 0.003
    gaps: float = 0.011
    cancelled_by_client: float = 0.009
    cancelled_by_provider: float = 0.003
    slide: Slide | None = None
    rerate: Rerate | None = None
    ramp: Ramp | None = None
    burst: Burst | None = None
    leak: Leak | None = None
    stops: dt.datetime | None = None
    stores: tuple[Store, ...] = ()
    tariff: Mapping[str, float] = field(default_factory=dict)
    pays: tuple[int, int] | None = None
    uncounted: float = 0.004
    series: int = 0
    seed: int = SEED

    def draws(self, *name: str) -> Draws:
        """Return a stream of chance for one thing about this account, of its own seed."""
        return Draws(name[0], self.number, *name[1:], seed=self.seed)
