"""Exports that end early: what was known when a site's systems last gave anything."""

from __future__ import annotations

import dataclasses

import pandas as pd

from reviewkit.demo.profile import Account
from reviewkit.demo.warehouse import Hall

_LATER = ("pickup_utc", "departed_utc", "pod_utc", "cancelled_utc")
_MOMENTS = {
    "order_lines": "created_utc",
    "receipts": "arrived_utc",
    "counts": "counted_utc",
    "lots": "received_utc",
    "returns": "at_utc",
    "adjustments": "at_utc",
}
_ENDS = ("available_utc", "released_utc", "shipped_utc", "error_utc")


def known_shipments(account: Account, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the deliveries as the export knows them: nothing after the account's `stops`."""
    if account.stops is None:
        return frame
    stop = pd.Timestamp(account.stops)
    frame = frame[frame["created_utc"] <= stop].reset_index(drop=True)
    left = frame["departed_utc"] <= stop
    # A receipt whose time was never recorded is known by its count once it was due.
    came = (frame["pod_utc"] <= stop) | frame["pod_utc"].isna() & (frame["window_to_utc"] <= stop)
    for name in ("qty_delivered", "qty_damaged", "papers_ok"):
        frame[name] = frame[name].where(came)
    frame["cancel_code"] = frame["cancel_code"].where(frame["cancelled_utc"] <= stop)
    for name in ("delay_reason", "delay_party"):
        frame[name] = frame[name].where(frame["pod_utc"] <= stop)
    for name in _LATER:
        frame[name] = frame[name].where(frame[name] <= stop)
    frame["went"] = frame["went"] & left
    return frame


def known_hall(account: Account, hall: Hall) -> Hall:
    """Return the warehouse's tables as they were exported, nothing after `stops` in them."""
    if account.stops is None:
        return hall
    stop = pd.Timestamp(account.stops)
    tables = {field.name: getattr(hall, field.name) for field in dataclasses.fields(Hall)}
    for name, moment in _MOMENTS.items():
        tables[name] = tables[name][tables[name][moment] <= stop].reset_index(drop=True)
    stock = tables["stock"]
    tables["stock"] = stock[stock["day"] < stop.normalize()].reset_index(drop=True)
    for frame in tables.values():
        for name in _ENDS:
            if name in frame:
                frame[name] = frame[name].where(frame[name] <= stop)
    lines = tables["order_lines"]
    lines["qty_shipped"] = lines["qty_shipped"].where(lines["shipped_utc"].notna(), 0)
    lines["error"] = lines["error"].where(lines["error_utc"].notna())
    return Hall(**tables)


def known_events(account: Account, events: pd.DataFrame) -> pd.DataFrame:
    """Return the billable events up to the account's `stops`."""
    if account.stops is None:
        return events
    return events[events["at_utc"] <= pd.Timestamp(account.stops)].reset_index(drop=True)
