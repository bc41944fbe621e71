"""How each delivery of a demo account was handed over: to the carrier, and with which papers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewkit.demo.profile import Account
from reviewkit.demo.schedule import HOUR, Times, at_minute, in_utc, per_lane

MODES = {"LTL": "road", "DST": "road", "PCL": "parcel", "FWD": "air"}
SLOT = 165
"""Minutes from the earliest departure to the end of the carrier's appointment."""


def add_handover(frame: pd.DataFrame, account: Account, times: Times) -> None:
    """Add mode, collection, papers and the window first agreed; chance is of their own stream.

    About one collection in twenty comes after its appointment. One window in thirty was agreed
    a day earlier at first.
    """
    draws = account.draws("handover")
    n = len(frame)
    went = frame["went"]
    leaves = np.array([item.leaves_at for item in account.lanes])[times.lane]
    slot = in_utc(at_minute(times.day, leaves * HOUR + SLOT), times.zone)
    before = pd.to_timedelta(draws.whole(n, 2, 12), unit="min")
    frame["mode"] = per_lane(account, times.lane, lambda item: MODES[item.product])
    frame["pickup_by_utc"] = slot
    frame["pickup_utc"] = (frame["departed_utc"] - before).where(~draws.flags(n, 0.006))
    papers = pd.Series(~draws.flags(n, 0.005), dtype="boolean")
    frame["papers_ok"] = papers.where(went)
    moved = draws.flags(n, 0.03)
    frame["first_window_to_utc"] = frame["window_to_utc"] - pd.to_timedelta(
        np.where(moved, 24, 0), unit="h"
    )
