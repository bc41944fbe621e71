"""``fx`` in ``house.yaml``: rates of exchange written by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from reviewkit.params.base import Currency, Params, about


class Exchange(Params):
    """What one of `currency` is worth in `to`, from the day `since` until the next rate."""

    currency: Currency = about("what is exchanged, as USD")
    to: Currency = about("what it is worth that much of, as EUR")
    since: dt.date = about("first day it holds")
    rate: Decimal = about('in quotes: "0.92"', gt=0, lt=1_000_000, max_digits=20, decimal_places=14)
