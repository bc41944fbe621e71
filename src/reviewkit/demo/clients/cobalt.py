"""Cobalt Labs: a start-up that joined in March 2025; few deliveries, half its tables missing."""

from __future__ import annotations

import datetime as dt

from reviewkit.demo.profile import Account, Billing, Lane

_PARCEL = ("Edelfinch Kurier",)
_AIR = ("Cloudmarten Air",)

COBALT = Account(
    number="C-1302",
    name="Cobalt Labs",
    lanes=(
        Lane("Basel", "PCL", "Zürich", 1.1, 1, _PARCEL, 8, 3, 240.0, 18.0, 0.27, 0.008),
        Lane("Basel", "PCL", "Munich", 0.7, 2, _PARCEL, 9, 3, 310.0, 26.0, 0.25, -0.002),
        Lane("Basel", "FWD", "Boston", 0.28, 3, _AIR, 60, 12, 620.0, 240.0, 0.16, -0.012),
    ),
    causes=(),
    billing=Billing(
        debtor="91305",
        currency="CHF",
        days=(31,),
        terms=30,
        appointment=35.0,
        fuel=0.121,
        default_error=0.012,
    ),
    on_time=(0.965,) * 37,
    since=dt.date(2025, 3, 3),
    growth=0.45,
    tolerance_minutes=0,
    in_full=0.986,
    damaged=0.004,
    gaps=0.03,
)
