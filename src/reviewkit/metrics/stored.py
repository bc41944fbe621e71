"""Averages of the stock over days: what is stored adds up over sites, days do not."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from reviewkit.metrics.cubed import joined, measures
from reviewkit.metrics.data import MetricData

_YEAR = 365
_PLACES = ("site", "service")


def pallets(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `pallet_days`, each divided by all `days`, so that they add up.

    Days are counted apart from what was stored, in rows that belong to no site.
    """
    days = int(rows["days"].sum())
    rows = rows[rows["rows"] > 0]
    shares = [Fraction(item) / days if days else Fraction(0) for item in rows["pallet_days"]]
    return rows.assign(
        numerator=pd.Series(shares, index=rows.index, dtype=object),
        n=rows["rows"] - rows["unknown"],
    )


def turned(data: MetricData) -> pd.DataFrame:
    """Return units that left, times a year's days, and the units in store at each day's end."""
    stored = measures(
        "stock",
        _PLACES,
        {"denominator": "unit_days", "rows": "stock_rows", "unknown": "stock_units_unknown"},
    )(data)
    sent = measures("shipments", _PLACES, {"numerator": "units_left"})(data)
    sent = sent[sent["date"].isin(stored["date"])]
    rows = joined(
        stored.assign(numerator=0, n=stored["rows"] - stored["unknown"]),
        sent.assign(numerator=sent["numerator"] * _YEAR, denominator=0, n=0, unknown=0),
    )
    return rows.drop(columns="rows")
