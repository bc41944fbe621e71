"""Complaints that follow from the deliveries, and what the client's people answer in surveys."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from reviewkit.demo.draws import Draws, Flags
from reviewkit.demo.panels import PANELS, Panel
from reviewkit.demo.profile import CUTOFF, ZONES, Account, Burst

DESK = ZoneInfo("Europe/Amsterdam")
"""The service desk keeps its times in Amsterdam, whatever the site."""

_LAST = CUTOFF.replace(tzinfo=dt.UTC).astimezone(DESK).replace(tzinfo=None)

PRIORITIES = ("P4", "P3", "P2", "P1")


@dataclass(frozen=True)
class Kind:
    """A category of complaint: how often its deliveries lead to one, and what is done."""

    category: str
    share: float
    hours: float
    severity: tuple[float, float, float, float]
    causes: tuple[str, ...]
    measures: tuple[str, ...]


LATE = Kind(
    "Late delivery",
    0.10,
    58,
    (0.20, 0.50, 0.26, 0.04),
    (),
    (
        "Consignee informed, new date agreed",
        "Departure checked with the carrier",
        "Loading order changed",
    ),
)
DAMAGE = Kind(
    "Damage",
    0.65,
    76,
    (0.35, 0.45, 0.18, 0.02),
    ("Load not secured", "Packaging too weak", "Handling at the hub"),
    ("Pallets strapped twice on this lane", "Carton grade raised", "Hub handling audited"),
)
SHORTAGE = Kind(
    "Shortage",
    0.12,
    64,
    (0.45, 0.40, 0.13, 0.02),
    ("Left at the dock", "Picked short", "Count at the consignee"),
    ("Second count at loading", "Pick face relabelled", "Proof of delivery shared"),
)
OTHER = Kind(
    "Documents",
    0.0012,
    38,
    (0.60, 0.34, 0.06, 0.0),
    ("Delivery note missing", "Wrong reference on the label", "Customs papers incomplete"),
    ("Template corrected", "Reference checked at order entry", "Checklist for the driver"),
)


@dataclass(frozen=True)
class Case:
    """One complaint, times in the desk's own zone."""

    number: str
    account: str
    opened: dt.datetime
    replied: dt.datetime | None
    closed: dt.datetime | None
    reopened: bool
    priority: str
    category: str
    cause: str | None
    measure: str | None
    fixed: dt.date | None
    site: str
    product: str


def cases(account: Account, deliveries: pd.DataFrame) -> list[Case]:
    """Return the account's complaints in the order in which they were opened."""
    seen = deliveries["pod_utc"].notna().to_numpy()
    short = (deliveries["qty_delivered"] < deliveries["qty_ordered"]).fillna(False).to_numpy()
    told: dict[int, tuple[Kind, Flags]] = {
        0: (LATE, seen & deliveries["delay_reason"].notna().to_numpy()),
        1: (DAMAGE, seen & (deliveries["qty_damaged"] > 0).fillna(False).to_numpy()),
        2: (SHORTAGE, seen & short),
        3: (OTHER, seen),
    }
    often = PANELS[account.number].complaints
    out: list[Case] = []
    for kind, cause in told.values():
        draws = account.draws("cases", kind.category)
        rows = np.flatnonzero(cause & draws.flags(len(deliveries), kind.share * often))
        for row in deliveries.iloc[rows].to_dict("records"):
            case = _case(account, kind, {str(key): value for key, value in row.items()}, draws)
            if case:
                out.append(case)
    if account.burst:
        out += _burst(account, account.burst, deliveries)
    return sorted(out, key=lambda case: (case.opened, case.number))


def _burst(account: Account, burst: Burst, deliveries: pd.DataFrame) -> list[Case]:
    """Return the cases of one cause, about deliveries of its days; all of them are solved."""
    draws = account.draws("burst")
    day = deliveries["pod_utc"].dt.date
    hit = (day >= burst.first) & (day <= burst.last) & (deliveries["depot"] == burst.site)
    known = deliveries[hit.fillna(False)]
    chosen = known.iloc[np.sort(np.argsort(draws.unit(len(known)))[: burst.count])]
    kind = Kind(
        *(burst.category, 1.0, 44, (0.0, 0.15, 0.6, 0.25)),
        *((burst.cause,) * 3, (burst.measure,)),
    )
    # The office hears of each within the day, and reports none after the cause is gone.
    out = [
        _case(account, kind, {str(k): v for k, v in row.items()}, draws)
        for row in chosen.to_dict("records")
    ]
    return [replace(case, reopened=False, fixed=burst.fixed) for case in out if case]


def _case(account: Account, kind: Kind, row: dict[str, object], draws: Draws) -> Case | None:
    after, reply, slow, skew, again = (float(value) for value in draws.unit(5))
    cause, measure, severity, waits = (float(value) for value in draws.unit(4))
    site = str(row["depot"])
    told = pd.Timestamp(str(row["pod_utc"])) + pd.Timedelta(minutes=int(60 + after * 1500))
    opened = _in_office(told.tz_localize("UTC").tz_convert(ZONES[site]).tz_localize(None), site)
    if opened > _LAST:
        return None
    replied = opened + dt.timedelta(minutes=int(20 + reply * 300))
    hours = kind.hours * PANELS[account.number].pace * (0.6 + 0.5 * slow + 1.2 * skew**3)
    # Some wait for an answer from a carrier or an insurer; the cut-off finds a few of them open.
    hours *= 10 if waits < 0.1 else 1
    closed = _in_office(pd.Timestamp(opened) + pd.Timedelta(hours=hours), "Venlo", weekends=True)
    solved = closed <= _LAST
    level = int(np.searchsorted(np.cumsum(kind.severity), severity, side="right"))
    known = str(row["delay_reason"]) if kind is LATE else kind.causes[int(cause * 3)]
    fix = kind.measures[int(measure * len(kind.measures))]
    fixed = closed.date() + dt.timedelta(days=int(3 + after * 18))
    return Case(
        number=f"T-{str(row['order_no']).replace('-', '')}{kind.category[0]}",
        account=account.number,
        opened=opened,
        replied=replied if replied <= _LAST else None,
        closed=closed if solved else None,
        reopened=solved and again < 0.05,
        priority=PRIORITIES[min(level, 3)],
        category=kind.category,
        cause=known if solved else None,
        measure=fix if solved else None,
        fixed=fixed if solved and again > 0.4 and fixed <= _LAST.date() else None,
        site=site,
        product=str(row["product"]),
    )


def _in_office(local: pd.Timestamp, site: str, *, weekends: bool = False) -> dt.datetime:
    """Return the moment, or the next one in office hours at `site`, in the desk's zone.

    Clients write on working days; the desk also works at weekends.
    """
    day, hour = local.normalize(), local.hour
    if hour < 8 or hour >= 17:
        day += pd.Timedelta(days=int(hour >= 17))
        local = day + pd.Timedelta(minutes=8 * 60 + local.minute)
    if local.weekday() >= 5 and not weekends:
        local += pd.Timedelta(days=7 - local.weekday())
    zoned = local.floor("min").to_pydatetime().replace(tzinfo=ZoneInfo(ZONES[site]))
    return zoned.astimezone(DESK).replace(tzinfo=None)


@dataclass(frozen=True)
class Answer:
    """One response to one survey."""

    account: str
    day: dt.date
    instrument: str
    score: int
    role: str


def answers(account: Account) -> list[Answer]:
    """Return three years of survey responses; no two of a day agree in score and role."""
    panel = PANELS.get(account.number)
    if panel is None:
        return []
    draws = account.draws("surveys")
    out: dict[tuple[dt.date, str, int, str], Answer] = {}
    for start in pd.date_range("2023-10-01", "2026-07-01", freq="QS"):
        for instrument, score in _scores(panel, draws):
            day = start.date() + dt.timedelta(days=int(draws.whole(1, 20, 80)[0]))
            role = panel.roles[int(draws.whole(1, 0, len(panel.roles) - 1)[0])]
            while day.weekday() >= 5 or (day, instrument, score, role) in out:
                day += dt.timedelta(days=1)
            out[day, instrument, score, role] = Answer(account.number, day, instrument, score, role)
    return sorted(out.values(), key=lambda item: (item.day, item.instrument, item.score, item.role))


def _scores(panel: Panel, draws: Draws) -> list[tuple[str, int]]:
    n = panel.responses + int(draws.whole(1, -2, 2)[0])
    high = round(n * (panel.promoters + float(draws.between(1, -0.02, 0.02)[0])))
    low = round(n * panel.detractors)
    scores = [
        *draws.whole(high, 9, 10).tolist(),
        *draws.whole(n - high - low, 7, 8).tolist(),
        *draws.whole(low, 3, 6).tolist(),
    ]
    content = round(18 * panel.satisfied)
    csat = [*draws.whole(content, 4, 5).tolist(), *draws.whole(18 - content, 2, 3).tolist()]
    return [
        *(("nps", score) for score in scores),
        *(("csat", score) for score in csat),
        ("qbr", int(draws.whole(1, 4, 5)[0])),
    ]
