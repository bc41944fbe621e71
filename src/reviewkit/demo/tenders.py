"""Loads offered to carriers: most are taken at once, some by the second, few late."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from reviewkit.demo.draws import Flags, take
from reviewkit.demo.profile import WMS_SINCE, Account

TENDERED = "LTL"
"""Parcels and rounds go to fixed carriers; only freight is offered load by load."""

DECLINED = ("rejected", "expired")


def tenders(account: Account, shipments: pd.DataFrame) -> pd.DataFrame:
    """Return the offers of the account's freight since the warehouse system was introduced.

    `shipments` are numbered deliveries. The carrier that moved a load is the last one that it
    was offered to; where a lane has a single carrier, that one is asked again.
    """
    draws = account.draws("tenders")
    mine = shipments["product"].eq(TENDERED) & shipments["went"]
    loads = shipments[mine & (shipments["bill_day"] >= pd.Timestamp(WMS_SINCE))]
    n = len(loads)
    again = draws.unit(n) < np.where(_sliding(account, loads), 0.55, 0.08)
    moved = loads["carrier_name"].to_numpy()
    first = np.where(again, _other(account, loads, draws.unit(n)), moved)
    start = loads["created_utc"] + pd.to_timedelta(draws.whole(n, 10, 60), unit="min")
    wait = pd.to_timedelta(draws.whole(n, 8, 95), unit="min")
    answer = take(DECLINED, (draws.unit(n) < 0.3).astype(np.int64))
    offer = pd.DataFrame(
        {
            "customer_id": account.number,
            "tender": [f"A{number[1:]}" for number in loads["shipment_no"].tolist()],
            "sequence": 1,
            "depot": loads["depot"],
            "product": loads["product"],
            "shipment_no": loads["shipment_no"],
            "carrier": first,
            "offered_utc": start,
            "answer": np.where(again, answer, "accepted"),
            "answered_utc": start + wait,
        }
    )
    second = offer[again].assign(sequence=2, carrier=moved[again], answer="accepted")
    second["offered_utc"] = second["answered_utc"]
    second["answered_utc"] = second["offered_utc"] + pd.Timedelta(minutes=35)
    both = pd.concat([offer, second], ignore_index=True)
    return both.sort_values(["tender", "sequence"], kind="stable", ignore_index=True)


def _sliding(account: Account, loads: pd.DataFrame) -> Flags:
    slide = account.slide
    if slide is None:
        return np.zeros(len(loads), dtype=np.bool_)
    lane = (loads["depot"] == slide.site) & (loads["destination"] == slide.destination)
    friday = loads["bill_day"].dt.day_of_week == slide.weekday
    return np.asarray(lane & friday & (loads["bill_day"] >= pd.Timestamp(slide.since)))


def _other(
    account: Account, loads: pd.DataFrame, chance: npt.NDArray[np.float64]
) -> npt.NDArray[np.object_]:
    """Return for each load a carrier of its lane other than the one that moved it."""
    known = {(item.site, item.product, item.destination): item.carriers for item in account.lanes}
    rows = zip(
        loads["depot"].tolist(),
        loads["product"].tolist(),
        loads["destination"].tolist(),
        loads["carrier_name"].tolist(),
        chance.tolist(),
        strict=True,
    )
    out = np.empty(len(loads), dtype=object)
    for index, (site, product, place, moved, draw) in enumerate(rows):
        others = [name for name in known[site, product, place] if name != moved] or [moved]
        out[index] = others[int(draw * len(others))]
    return out
