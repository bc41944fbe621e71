"""How many order lines a delivery of the demo holds, as every system that counts them says."""

from __future__ import annotations

import pandas as pd

from reviewkit.demo.draws import Draws, Flags, Ints
from reviewkit.demo.profile import WMS_SINCE, Account

MOST = 3


def line_counts(account: Account, deliveries: pd.DataFrame) -> Ints:
    """Return the order lines in each delivery.

    Of what the warehouse system knows it is that system's own count, so that a transport
    system which tells it too says the same. What is older has a stream of chance of its own.
    """
    known = in_store(account, deliveries)
    ordered = deliveries["qty_ordered"].to_numpy()
    counts = drawn(account.draws("lines before the warehouse system"), ordered)
    counts[known] = drawn(order_line_draws(account), ordered[known])
    return counts


def in_store(account: Account, deliveries: pd.DataFrame) -> Flags:
    """Flag the deliveries whose order lines the warehouse system knows."""
    sites = [store.site for store in account.stores]
    recent = deliveries["bill_day"] >= pd.Timestamp(WMS_SINCE)
    flags: Flags = (recent & deliveries["depot"].isin(sites)).to_numpy(dtype=bool)
    return flags


def order_line_draws(account: Account) -> Draws:
    """Return the chance that order lines are drawn from, first of all how many there are."""
    return account.draws("order lines")


def drawn(draws: Draws, ordered: Ints) -> Ints:
    """Return one to three lines for each delivery, and never more than the units ordered."""
    counts: Ints = draws.whole(len(ordered), 1, MOST).clip(max=ordered)
    return counts
