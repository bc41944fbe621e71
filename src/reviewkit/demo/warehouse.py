"""What the warehouse system knows of a demo account: lines picked, goods in, counts, stock, lots.

Stock rolls forward day by day: what was there, goods received and returned, less what the
order lines shipped, and corrections, is what is there. Days are those of the site.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reviewkit.demo.draws import Days, Draws, Ints, take
from reviewkit.demo.lines import drawn, in_store, order_line_draws
from reviewkit.demo.profile import CUTOFF, LAST_DAY, WMS_SINCE, ZONES, Account, Store
from reviewkit.demo.schedule import HOUR, at_minute, in_utc

SERVICE = "WHS"
"""Product code of work in store, as the systems write it."""

FIRST = np.datetime64(WMS_SINCE)
DAYS: Days = np.arange(FIRST, np.datetime64(LAST_DAY) + 1, dtype="datetime64[D]")
ERRORS = ("Wrong article", "Wrong quantity", "Label missing")
RETURNED_FOR = ("Damaged in transit", "Refused by consignee", "Ordered in error", "Unsold")
ADJUSTED_FOR = ("Damaged in store", "Shelf life ended", "Repacked")


@dataclass(frozen=True)
class Hall:
    """One account's tables of the warehouse system; times in UTC, units as integers."""

    order_lines: pd.DataFrame
    receipts: pd.DataFrame
    counts: pd.DataFrame
    stock: pd.DataFrame
    lots: pd.DataFrame
    returns: pd.DataFrame
    adjustments: pd.DataFrame


def hall(account: Account, deliveries: pd.DataFrame) -> Hall:
    """Return what the warehouse system holds of `account` since it was introduced."""
    known = in_store(account, deliveries)
    lines = order_lines(account, deliveries[known].reset_index(drop=True))
    parts = [
        _store(account, store, lines[lines["depot"] == store.site]) for store in account.stores
    ]
    tables = {
        name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]
    }
    for table in tables.values():
        table.insert(0, "customer_id", account.number)
    return Hall(order_lines=lines, **tables)


def order_lines(account: Account, deliveries: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of the deliveries' orders; their units are those of the deliveries."""
    draws = order_line_draws(account)
    ordered = deliveries["qty_ordered"].to_numpy()
    each = drawn(draws, ordered)
    row = np.repeat(np.arange(len(each)), each)
    first = np.cumsum(each) - each
    within = np.arange(len(row)) - first[row]
    base, rest = ordered // each, ordered % each
    units = base[row] + (within < rest[row])
    before = within * base[row] + np.minimum(within, rest[row])
    went = deliveries["went"].to_numpy()
    # What was never counted on arrival is not known to have been short.
    sent = deliveries["qty_delivered"].fillna(deliveries["qty_ordered"]).astype("int64").to_numpy()
    missing = np.where(went, ordered - sent, ordered)[row]
    lines = deliveries.iloc[row][["customer_id", "order_no", "depot", "product", "bill_day"]]
    lines = lines.reset_index(drop=True)
    lines["line"] = [f"{10 * (k + 1):04d}" for k in lines.groupby("order_no").cumcount().tolist()]
    lines["created_utc"] = deliveries["created_utc"].to_numpy()[row]
    lines["shipped_utc"] = deliveries["departed_utc"].to_numpy()[row]
    lines["sku"] = _skus(account, lines["depot"], draws)
    lines["qty_ordered"] = units
    lines["qty_shipped"] = units - np.clip(missing - before, 0, units)
    share = lines["depot"].map({store.site: store.picked for store in account.stores}).to_numpy()
    wrong = (draws.unit(len(lines)) < share) & went[row]
    found = lines["shipped_utc"] + pd.to_timedelta(draws.whole(len(lines), 20, 140), unit="h")
    known = wrong & (found <= pd.Timestamp(CUTOFF)).to_numpy()
    lines["error"] = take([*ERRORS, None], np.where(known, draws.whole(len(lines), 0, 2), 3))
    lines["error_utc"] = found.where(known)
    return lines


def _skus(account: Account, depots: pd.Series, draws: Draws) -> list[str]:
    """Return an article for each line; the first articles of a store are in most orders."""
    count = depots.map({store.site: store.skus for store in account.stores}).to_numpy()
    index = np.floor(count * draws.unit(len(depots)) ** 2).astype(np.int64)
    return [f"{account.number[2:]}{number:05d}" for number in index.tolist()]


def _store(account: Account, store: Store, lines: pd.DataFrame) -> dict[str, pd.DataFrame]:
    out = _daily(lines["bill_day"], lines["qty_shipped"])
    counts = _counts(account, store)
    returns = _returns(account, store, lines)
    moved = _adjustments(account, store, counts, out)
    back = _daily(returns["day"], returns["units"]) + _daily(moved["day"], moved["units"])
    opening = int(np.mean(out) * store.cover * 7 / 5) + 100
    receipts = _receipts(account, store, out, back, opening)
    units = opening + np.cumsum(_daily(receipts["day"], receipts["units"]) + back - out)
    stock = pd.DataFrame({"day": DAYS, "depot": store.site, "product": SERVICE, "units": units})
    stock["pallets"] = np.ceil(units * 1.15 / store.per_pallet)
    stock["value"] = np.round(units * store.value, 2)
    return {
        "receipts": receipts,
        "counts": counts,
        "stock": stock,
        "lots": _lots(account, store, receipts, np.cumsum(out), opening),
        "returns": returns,
        "adjustments": moved,
    }


def _daily(day: pd.Series, units: pd.Series) -> Ints:
    at = (day.to_numpy().astype("datetime64[D]") - FIRST).astype(np.int64)
    return np.bincount(at, weights=units.to_numpy(), minlength=len(DAYS)).astype(np.int64)


def _moments(store: Store, day: Days, minute: Ints) -> pd.Series:
    return in_utc(at_minute(day, minute), np.full(len(day), ZONES[store.site], dtype=object))


def _named(account: Account, store: Store, letter: str, n: int) -> list[str]:
    return [f"{letter}{account.number[2:]}-{store.site[0]}{index:06d}" for index in range(1, n + 1)]


def _receipts(account: Account, store: Store, out: Ints, back: Ints, opening: int) -> pd.DataFrame:
    """Return receipts that follow dispatch week by week and bring stock back to its cover."""
    draws = account.draws("receipts", store.site)
    each = max(1, round(store.receipts * 5))
    day: list[Days] = []
    units: list[Ints] = []
    level = opening
    for start in range(0, len(DAYS), 7):
        week = DAYS[start : start + 7]
        working = week[np.is_busday(week)]
        due = int(out[start : start + 7].sum() - back[start : start + 7].sum())
        if len(working):
            wanted = max(0, due + int(0.3 * (opening - level)))
            wanted = int(wanted * draws.between(1, 0.93, 1.07)[0])
            weight = draws.between(each, 0.5, 1.5)
            units.append(np.floor(wanted * weight / weight.sum()).astype(np.int64) + 1)
            day.append(working[np.sort(draws.whole(each, 0, len(working) - 1))])
            level += int(units[-1].sum())
        level -= due
    days, amounts = np.concatenate(day), np.concatenate(units)
    n = len(days)
    arrived = draws.whole(n, 7 * HOUR, 11 * HOUR)
    # One receipt in fifty waits for a question to be answered.
    waits = draws.whole(n, 70, 260) + np.where(draws.flags(n, 0.02), draws.whole(n, 1440, 4320), 0)
    frame = pd.DataFrame({"receipt": _named(account, store, "W", n), "depot": store.site})
    frame["product"] = SERVICE
    frame["day"] = days
    frame["arrived_utc"] = _moments(store, days, arrived)
    available = _moments(store, days, arrived + waits)
    frame["available_utc"] = available.where(available <= pd.Timestamp(CUTOFF))
    frame["units"] = amounts
    frame["pallets"] = np.ceil(amounts / store.per_pallet)
    odd = draws.flags(n, 0.03)
    frame["discrepancy"] = np.where(odd, np.minimum(amounts, draws.whole(n, 1, 9)), 0)
    return frame


def _counts(account: Account, store: Store) -> pd.DataFrame:
    """Return counted locations, some each working day, one in seventy of them off."""
    draws = account.draws("counts", store.site)
    working = DAYS[np.is_busday(DAYS)]
    day = np.repeat(working, store.counts)
    n = len(day)
    book = np.maximum(4, np.floor(store.per_pallet * draws.between(n, 0.2, 1.0))).astype(np.int64)
    off = draws.whole(n, 1, 3) * np.where(draws.flags(n, 0.4), 1, -1)
    found = book + np.where(draws.flags(n, 0.014), off, 0)
    aisle, rack, level = draws.whole(n, 0, 7), draws.whole(n, 1, 40), draws.whole(n, 1, 5)
    places = zip(aisle.tolist(), rack.tolist(), level.tolist(), strict=True)
    frame = pd.DataFrame({"count_no": _named(account, store, "Z", n), "depot": store.site})
    frame["product"] = SERVICE
    frame["day"] = day
    frame["counted_utc"] = _moments(store, day, draws.whole(n, 6 * HOUR, 9 * HOUR))
    frame["location"] = [f"{'ABCDEFGH'[a]}-{r:02d}-{k}" for a, r, k in places]
    frame["sku"] = _skus(account, frame["depot"], draws)
    frame["book"], frame["found"] = book, found
    frame["value"] = np.round(book * store.value, 2)
    return frame


def _returns(account: Account, store: Store, lines: pd.DataFrame) -> pd.DataFrame:
    draws = account.draws("returns", store.site)
    back = draws.flags(len(lines), store.returned) & (lines["qty_shipped"] > 0).to_numpy()
    day = lines["bill_day"].to_numpy().astype("datetime64[D]")
    day = np.busday_offset(day, draws.whole(len(lines), 2, 9), roll="forward")
    back &= day <= np.datetime64(LAST_DAY)
    chosen, day = lines[back], day[back]
    n = len(chosen)
    part = np.floor(chosen["qty_shipped"].to_numpy() * draws.between(n, 0.05, 0.6))
    frame = pd.DataFrame({"event": _named(account, store, "Q", n), "depot": store.site})
    frame["product"] = SERVICE
    frame["day"] = day
    frame["at_utc"] = _moments(store, day, draws.whole(n, 9 * HOUR, 14 * HOUR))
    frame["units"] = np.maximum(1, part).astype(np.int64)
    frame["reason"] = take(RETURNED_FOR, draws.pick(n, (2, 4, 3, 1)))
    frame["reference"] = chosen["order_no"].to_numpy()
    return frame


def _adjustments(account: Account, store: Store, counts: pd.DataFrame, out: Ints) -> pd.DataFrame:
    """Return what the counts put right, and what was written off besides."""
    draws = account.draws("adjustments", store.site)
    off = counts[counts["book"] != counts["found"]]
    other = DAYS[np.is_busday(DAYS) & draws.flags(len(DAYS), 0.08)]
    lost = -draws.whole(len(other), 1, max(2, int(np.mean(out) / 60)))
    frame = pd.DataFrame(
        {
            "depot": store.site,
            "product": SERVICE,
            "day": np.concatenate([off["day"].to_numpy(), other]),
            "at_utc": pd.concat(
                [off["counted_utc"], _moments(store, other, draws.whole(len(other), 840, 900))],
                ignore_index=True,
            ),
            "units": np.concatenate([(off["found"] - off["book"]).to_numpy(), lost]),
            "reason": [
                *("Count difference",) * len(off),
                *take(ADJUSTED_FOR, draws.whole(len(other), 0, len(ADJUSTED_FOR) - 1)),
            ],
            "reference": [*off["count_no"], *(None,) * len(other)],
        }
    )
    frame = frame.sort_values("at_utc", kind="stable", ignore_index=True)
    frame.insert(0, "event", _named(account, store, "K", len(frame)))
    return frame


def _lots(
    account: Account, store: Store, receipts: pd.DataFrame, gone: Ints, opening: int
) -> pd.DataFrame:
    """Return the lots, oldest first; first in is first out."""
    draws = account.draws("lots", store.site)
    old = 20
    before = np.busday_offset(FIRST, np.arange(-old, 0), roll="forward")
    units = np.concatenate([np.full(old, opening / old), receipts["units"].to_numpy()])
    last = np.searchsorted(gone, np.cumsum(units))
    left = last < len(DAYS)
    received = pd.concat(
        [_moments(store, before, draws.whole(old, 8 * HOUR, 14 * HOUR)), receipts["arrived_utc"]],
        ignore_index=True,
    )
    released = _moments(store, DAYS[np.minimum(last, len(DAYS) - 1)], np.full(len(last), 990))
    frame = pd.DataFrame({"lot": _named(account, store, "L", len(units)), "depot": store.site})
    frame["product"] = SERVICE
    frame["received_utc"] = received
    frame["released_utc"] = released.where(left & (released > received).to_numpy())
    frame["pallets"] = np.ceil(units / store.per_pallet)
    return frame
