"""What the moments of a file show together: their zone, their order, and how far they reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import quoted
from reviewkit.accounts.suggest.dates import moment
from reviewkit.accounts.suggest.entries import Entry
from reviewkit.accounts.suggest.match import Match
from reviewkit.accounts.suggest.names import folded
from reviewkit.accounts.tables import TableSpec
from reviewkit.params.undecided import DECIDE

_AHEAD = frozenset(
    ("pickup_appointment", "promised_from", "promised_at", "first_promised_at", "due_on",
     "first_due_on", "close_on", "planned_on", "forecast_on", "month", "service_period")
)  # fmt: skip
"""Columns whose dates may lie after the end of the data."""

_UNIVERSAL = frozenset(("utc", "gmt", "zulu"))
_IN_ORDER = 0.9


def zone(matches: Sequence[Match], house: str) -> tuple[str | None, str]:
    """Return the zone to write down for times without an offset, and why; None where it is not
    asked for."""
    timed = [
        match.profile
        for match in matches
        if match.spec.type == "timestamp" and match.profile.is_date and match.profile.filled
    ]
    if not timed:
        return None, ""
    if all(profile.counts["offset"] == profile.filled for profile in timed):
        return None, "every time carries its offset from UTC"
    if all(_UNIVERSAL & set(folded(profile.name).split()) for profile in timed):
        return "UTC", "the columns' names say so"
    return house, "the times carry no offset: the house's own zone"


def in_order(
    con: Backend,
    table: str,
    spec: TableSpec,
    entries: Mapping[str, Entry],
    matches: Iterable[Match],
) -> Mapping[str, tuple[str, bool]]:
    """Return, per later column of two that may not run backwards, what the rows show of it."""
    found: dict[str, tuple[str, bool]] = {}
    native = {match.spec.name: bool(match.profile.native) for match in matches}
    for earlier, later in spec.order:
        parts = [_moment(entries.get(name), native.get(name, False)) for name in (earlier, later)]
        if None in parts:
            continue
        start, end = parts
        rows = con.raw_sql(
            f"SELECT count(*) FILTER ({start} <= {end}), count(*) FILTER ({start} > {end})"
            f" FROM {quoted(table)}"
        ).fetchall()
        good, bad = map(int, rows[0])
        if good + bad == 0:
            continue
        share = good / (good + bad)
        told = f"not before {earlier} in {share:.1%} of {good + bad:,} rows"
        if share < _IN_ORDER or later not in found:
            found[later] = (told, share >= _IN_ORDER)
    return found


def _moment(entry: Entry | None, native: bool) -> str | None:
    """Return SQL for the day of an entry, for comparing; None where it is not to be read yet."""
    if entry is None or "column" not in entry.given or entry.given.get("format") == DECIDE:
        return None
    form = None if native else entry.given.get("format")
    return f"CAST({moment(quoted(entry.given['column']), form)} AS DATE)"


def last_moment(
    con: Backend, table: str, entries: Mapping[str, Entry], matches: Iterable[Match]
) -> tuple[dt.datetime, str] | None:
    """Return the latest moment that a column of things done holds, and the column's name."""
    found: list[tuple[dt.datetime, str]] = []
    for match in matches:
        entry = entries[match.spec.name]
        if match.spec.type not in ("date", "timestamp") or match.spec.name in _AHEAD:
            continue
        if "column" not in entry.given:
            continue
        form = entry.given.get("format")
        # Where two readings are open, the later one leaves no row behind the cut-off.
        for each in entry.choices if form == DECIDE else (form,):
            (row,) = con.raw_sql(
                f"SELECT max({moment(quoted(match.profile.name), each)}) FROM {quoted(table)}"
            ).fetchall()
            if row[0] is not None:
                found.append((_end(row[0], match.spec.type), match.profile.name))
    return max(found, default=None)


def _end(last: dt.datetime, kind: str) -> dt.datetime:
    """Return the full hour after a moment, or the end of a day."""
    plain = last.replace(tzinfo=None)
    if kind == "date" or plain.time() == dt.time():
        return dt.datetime.combine(plain.date(), dt.time()) + dt.timedelta(days=1)
    hour = plain.replace(minute=0, second=0, microsecond=0)
    return hour if hour == plain else hour + dt.timedelta(hours=1)


def with_offset(local: dt.datetime, timezone: str) -> dt.datetime:
    """Return a local moment with its offset from UTC."""
    return local.replace(tzinfo=ZoneInfo(timezone))
