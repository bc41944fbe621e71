"""Where a client's days begin: buckets of days and dated rules as small tables to join.

A database is never asked about timezones: the instants at which each client's months
begin are computed here, so that every backend puts a row near midnight into the same month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from reviewkit.params.models import ClientParams, DeliveryRule, Workspace

ALWAYS = dt.datetime(1, 1, 1)  # noqa: DTZ001  UTC without a zone, as all timestamps here
FOREVER = dt.datetime(9999, 12, 30)  # noqa: DTZ001


@dataclass(frozen=True)
class Horizon:
    """What is known of one client: its zone, and until when (UTC without a zone).

    `known_until` is the end of the day `as_of`; nothing later has happened yet.
    `due_until` is the end of what the data covers: later promises are not due yet.
    """

    client: str
    timezone: str
    as_of: dt.date
    known_until: dt.datetime
    due_until: dt.datetime


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
    cutoff = min(cutoffs.values(), default=None)
    if as_of is None:
        closes = cutoff + dt.timedelta(minutes=1) if cutoff else FOREVER.replace(tzinfo=dt.UTC)
        as_of = closes.astimezone(ZoneInfo(timezone)).date()
    known_until = opening(as_of + dt.timedelta(days=1), timezone)
    covered = cutoffs.get("shipments")
    until = covered.astimezone(dt.UTC).replace(tzinfo=None) if covered else known_until
    return Horizon(client, timezone, as_of, known_until, min(until, known_until))


def buckets(horizons: tuple[Horizon, ...], first: dt.date) -> pd.DataFrame:
    """Return one row per client and month from `first` on: `bucket`, `opens`, `closes`.

    A bucket is the coarsest span of days from which calendar and fiscal periods compose;
    while fiscal years start on the first of a month, that is the calendar month.
    """
    rows: list[dict[str, Any]] = []
    for item in horizons:
        month = first.replace(day=1)
        while month <= item.as_of:
            following = (month + dt.timedelta(days=31)).replace(day=1)
            rows.append(
                {
                    "client": item.client,
                    "bucket": month,
                    "opens": opening(month, item.timezone),
                    "closes": opening(following, item.timezone),
                }
            )
            month = following
    return pd.DataFrame(rows, columns=["client", "bucket", "opens", "closes"])


def rules(workspace: Workspace, horizons: tuple[Horizon, ...]) -> pd.DataFrame:
    """Return the clients' delivery rules, dated, with what is known of each client.

    One row per client and stretch of time: `since` and `until` (instants of the promise),
    `tolerance` and `early` in minutes (`early` −1: early is never a fail).
    """
    rows = [
        {
            "client": item.client,
            "since": since,
            "until": until,
            "tolerance": rule.tolerance_minutes,
            "early": -1 if rule.early_minutes is None else rule.early_minutes,
        }
        for item in horizons
        for since, until, rule in _stretches(workspace.clients[item.client], item.timezone)
    ]
    return pd.DataFrame(rows, columns=["client", "since", "until", "tolerance", "early"])


def _stretches(
    params: ClientParams, timezone: str
) -> list[tuple[dt.datetime, dt.datetime, DeliveryRule]]:
    dated = sorted(params.contract.delivery, key=lambda rule: rule.since or dt.date.min)
    starts = [opening(rule.since, timezone) if rule.since else ALWAYS for rule in dated]
    if not dated or starts[0] > ALWAYS:
        # Before its first dated rule a contract counts by the plain promise.
        dated, starts = [DeliveryRule(), *dated], [ALWAYS, *starts]
    return list(zip(starts, [*starts[1:], FOREVER], dated, strict=True))
