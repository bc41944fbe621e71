"""Where a client's days begin: calendars and dated rules as small tables to join.

A database is never asked about timezones or fiscal years: the instants at which each client's
buckets begin are computed here, so that every backend puts a row near midnight into the same one.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from reviewkit.params.base import FOR_EVERYONE
from reviewkit.params.members import owners
from reviewkit.params.models import ClientParams, DeliveryRule, Workspace
from reviewkit.periods import GREGORIAN, FiscalCalendar

ALWAYS = dt.datetime(1, 1, 1)  # noqa: DTZ001  UTC without a zone, as all timestamps here
FOREVER = dt.datetime(9999, 12, 30)  # noqa: DTZ001

REACH = 30
"""Years of days laid out for a join; what is older is placed apart, one instant at a time."""


@dataclass(frozen=True)
class Horizon:
    """What is known of one client: its zone and calendar, and until when (UTC without a zone).

    `known_until` is the end of the day `as_of`; nothing later has happened yet.
    `due_until` is the end of what the data covers: later promises are not due yet.
    """

    client: str
    timezone: str
    as_of: dt.date
    known_until: dt.datetime
    due_until: dt.datetime
    calendar: FiscalCalendar = GREGORIAN


def timezone_of(workspace: Workspace, client: str) -> str:
    """Return the client's reporting timezone, or the house's where it has none."""
    return workspace.clients[client].client.timezone or workspace.house.timezone


def opening(day: dt.date, timezone: str) -> dt.datetime:
    """Return the instant at which `day` begins in `timezone`, in UTC without a zone.

    >>> opening(dt.date(2026, 10, 1), "America/Chicago")
    datetime.datetime(2026, 10, 1, 5, 0)
    """
    local = dt.datetime.combine(day, dt.time(), ZoneInfo(timezone))
    return local.astimezone(dt.UTC).replace(tzinfo=None)


def cutoffs_of(
    workspace: Workspace, client: str, cutoffs: Mapping[str, dt.datetime]
) -> dict[str, dt.datetime]:
    """Return until when each table is complete for `client`: as the sources that serve it say.

    `cutoffs` are those of all sources; they stand where no source names the client. A global
    account is served by the sources of its members.
    """
    known = workspace.house.sources
    served = owners(client, workspace.clients)
    return {
        table: min(
            (item.cutoff for item in known.get(table, ()) if any(map(item.client.serves, served))),
            default=moment,
        )
        for table, moment in cutoffs.items()
    }


def horizon(
    workspace: Workspace,
    client: str,
    cutoffs: Mapping[str, dt.datetime],
    as_of: dt.date | None = None,
) -> Horizon:
    """Return what is known of `client`; `as_of` is the earliest cut-off's day by default.

    A cut-off in a day's last minute closes the day: it is then the day after.
    """
    timezone = timezone_of(workspace, client)
    cutoffs = cutoffs_of(workspace, client, cutoffs)
    # Nothing happens in a table of rates or sites: what it says holds until it says otherwise.
    events = {name: at for name, at in cutoffs.items() if name not in FOR_EVERYONE}
    cutoff = min((events or cutoffs).values(), default=None)
    if as_of is None:
        closes = cutoff + dt.timedelta(minutes=1) if cutoff else FOREVER.replace(tzinfo=dt.UTC)
        as_of = closes.astimezone(ZoneInfo(timezone)).date()
    known_until = opening(as_of + dt.timedelta(days=1), timezone)
    covered = cutoffs.get("shipments")
    until = covered.astimezone(dt.UTC).replace(tzinfo=None) if covered else known_until
    return Horizon(
        client=client,
        timezone=timezone,
        as_of=as_of,
        known_until=known_until,
        due_until=min(until, known_until),
        calendar=workspace.clients[client].client.fiscal_calendar,
    )


def bucket_starts(item: Horizon, first: dt.date) -> list[dt.date]:
    """Return the first days of a client's buckets, from that of `first` to the one after `as_of`.

    A bucket is the coarsest span of days from which calendar and fiscal periods compose: the
    calendar month, cut where a fiscal period of weeks begins inside it.
    """
    own = (GREGORIAN, item.calendar) if item.calendar.in_weeks else (GREGORIAN,)
    starts = sorted({day for each in own for day in _period_starts(each, first, item.as_of)})
    begin = bisect_right(starts, first) - 1
    return starts[begin : bisect_right(starts, item.as_of) + 1]


def _period_starts(own: FiscalCalendar, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for ordinal in range(own.ordinal(first), own.ordinal(last) + 2):
        yield own.first_day_of(ordinal)


def fiscal_periods(days: pd.Series[Any], own: FiscalCalendar) -> pd.DataFrame:
    """Return the first day `opens` and the last day `closes` of the fiscal period of each day.

    They are null where the day is.
    """
    found = {day: own.ordinal(day.date()) for day in pd.DatetimeIndex(days.dropna()).unique()}
    firsts = {
        at: pd.Timestamp(own.first_day_of(at))
        for ordinal in found.values()
        for at in (ordinal, ordinal + 1)
    }
    opens = {day: firsts[at] for day, at in found.items()}
    closes = {day: firsts[at + 1] - pd.Timedelta(days=1) for day, at in found.items()}
    return pd.DataFrame(
        {
            "opens": days.map(opens).astype("datetime64[us]"),
            "closes": days.map(closes).astype("datetime64[us]"),
        },
        index=days.index,
    )


@dataclass(frozen=True)
class Calendar:
    """The buckets that some clients share: the same zone, the same last day, the same spans.

    `starts` are the buckets' first days and `opens` the instants at which they begin, both
    with that of the bucket after the last.
    """

    number: int
    horizon: Horizon
    starts: tuple[dt.date, ...]
    opens: tuple[dt.datetime, ...]

    def bucket_of(
        self, moments: Iterable[dt.date | dt.datetime]
    ) -> dict[dt.date | dt.datetime, dt.date]:
        """Return the bucket of instants, or of days, before the calendar's end."""
        days, opens = self.starts, self.opens
        known = tuple(moments)
        earliest = min(map(_day, known), default=days[-1])
        if earliest <= days[0]:
            # A day's margin: the instant may be another day in the client's own zone.
            days = tuple(bucket_starts(self.horizon, earliest - dt.timedelta(days=1)))
            opens = tuple(opening(day, self.horizon.timezone) for day in days)
        return {
            moment: days[
                (
                    bisect_right(opens, moment)
                    if isinstance(moment, dt.datetime)
                    else bisect_right(days, moment)
                )
                - 1
            ]
            for moment in known
        }


def _day(moment: dt.date | dt.datetime) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def calendars(horizons: tuple[Horizon, ...]) -> dict[str, Calendar]:
    """Return each client's calendar; clients with the same one share it and its number."""
    shared: dict[tuple[str, dt.date, FiscalCalendar], Calendar] = {}
    for item in horizons:
        key = _shared_by(item)
        if key not in shared:
            starts = bucket_starts(item, item.as_of.replace(day=1, year=item.as_of.year - REACH))
            opens = tuple(opening(day, item.timezone) for day in starts)
            shared[key] = Calendar(len(shared), item, tuple(starts), opens)
    return {item.client: shared[_shared_by(item)] for item in horizons}


def _shared_by(item: Horizon) -> tuple[str, dt.date, FiscalCalendar]:
    # Fiscal years of months are made of the same buckets, in whichever month they begin.
    return item.timezone, item.as_of, item.calendar if item.calendar.in_weeks else GREGORIAN


def instants(found: Mapping[str, Calendar]) -> pd.DataFrame:
    """Return where each UTC day of each calendar falls: one row per `calendar` and `day`.

    A bucket goes by the instant at which it opens. Until the instant `switches` the day is
    of the bucket `before`, from then on of `after`; null is outside the calendar.
    """
    frames = [_instants(item) for item in _each(found)]
    return pd.concat(frames, ignore_index=True)


def _instants(item: Calendar) -> pd.DataFrame:
    opens = pd.Series(pd.to_datetime(list(item.opens))).astype("datetime64[us]")
    days = pd.date_range(opens.iloc[0].normalize(), opens.iloc[-1].normalize(), unit="us")
    # The last opening is where the calendar ends, so it is no bucket.
    buckets = opens.where(opens.index < len(opens) - 1)
    frame = pd.DataFrame({"calendar": item.number, "day": days})
    found = opens.searchsorted(days, side="left") - 1
    frame["before"] = buckets.reindex(found).to_numpy()
    frame["switches"] = opens.reindex(found + 1).to_numpy()
    frame["after"] = buckets.reindex(found + 1).to_numpy()
    return frame


def local_days(found: Mapping[str, Calendar]) -> pd.DataFrame:
    """Return the bucket, by its first day, of each of the clients' own days, per `calendar`.

    `closes` tells whether the day is the last of its bucket.
    """
    frames = []
    for item in _each(found):
        days = pd.date_range(item.starts[0], item.starts[-1], inclusive="left", unit="us")
        starts = pd.Series(pd.to_datetime(list(item.starts)))
        buckets = starts.iloc[starts.searchsorted(days, side="right") - 1]
        last = (days + pd.Timedelta(days=1)).isin(starts)
        frames.append(
            pd.DataFrame(
                {"calendar": item.number, "day": days, "bucket": buckets.to_numpy(), "closes": last}
            )
        )
    return pd.concat(frames, ignore_index=True)


def _each(found: Mapping[str, Calendar]) -> list[Calendar]:
    return list({item.number: item for item in found.values()}.values())


def clients(
    workspace: Workspace, horizons: tuple[Horizon, ...], found: Mapping[str, Calendar]
) -> pd.DataFrame:
    """Return one row per client: what is known of it, its `calendar`, and its delivery rules.

    `calendar_opens` and `calendar_starts` are where the calendar begins. `tolerance_0` and
    `early_0` are in minutes (`early` −1: early is never a fail); they hold until the
    promise reaches `since_1`, an instant, and so on. A client with fewer rules than
    others has nulls in the later ones.
    """
    rows = []
    for item in horizons:
        row: dict[str, Any] = {
            "client": item.client,
            "known_until": item.known_until,
            "due_until": item.due_until,
            "calendar": found[item.client].number,
            "calendar_opens": found[item.client].opens[0],
            "calendar_starts": found[item.client].starts[0],
        }
        stretches = _stretches(workspace.clients[item.client], item.timezone)
        for number, (since, rule) in enumerate(stretches):
            if number:
                row[f"since_{number}"] = since
            row[f"tolerance_{number}"] = rule.tolerance_minutes
            row[f"early_{number}"] = -1 if rule.early_minutes is None else rule.early_minutes
        rows.append(row)
    frame = pd.DataFrame(rows)
    minutes = [name for name in frame if str(name).startswith(("tolerance_", "early_"))]
    return frame.astype(dict.fromkeys(minutes, "Int64"))


def _stretches(params: ClientParams, timezone: str) -> list[tuple[dt.datetime, DeliveryRule]]:
    dated = sorted(params.contract.delivery, key=lambda rule: rule.since or dt.date.min)
    starts = [opening(rule.since, timezone) if rule.since else ALWAYS for rule in dated]
    if not dated or starts[0] > ALWAYS:
        # Before its first dated rule a contract counts by the plain promise.
        dated, starts = [DeliveryRule(), *dated], [ALWAYS, *starts]
    return list(zip(starts, dated, strict=True))
