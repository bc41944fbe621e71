"""Rates of exchange of the demo: one a month for each currency, wandering a little."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from reviewkit.demo.draws import Draws
from reviewkit.demo.profile import CUTOFF, FIRST_DAY

HOME = "EUR"
START = {"CHF": 1.041, "GBP": 1.152, "USD": 0.932}
"""What one of each currency was worth in euros at first."""


@dataclass(frozen=True)
class Rate:
    """What one of `currency` is worth in euros from a day on."""

    day: dt.date
    currency: str
    rate: float


def rates(seed: int) -> list[Rate]:
    """Return the rates of each month's first day, to four decimals."""
    out: list[Rate] = []
    for currency, first in START.items():
        draws = Draws("rates", currency, seed=seed)
        level = first
        for stamp in pd.date_range(FIRST_DAY, CUTOFF, freq="MS"):
            out.append(Rate(stamp.date(), currency, round(level, 4)))
            # Drawn back to where it began, so that three years stay within a few per cent.
            level += 0.1 * (first - level) + first * float(draws.between(1, -0.012, 0.012)[0])
    return sorted(out, key=lambda item: (item.day, item.currency))
