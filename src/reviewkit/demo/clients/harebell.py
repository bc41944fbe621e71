"""Harebell Press: books from Allentown; the site's exports end in the middle of September."""

from __future__ import annotations

import datetime as dt

from reviewkit.demo.profile import Account, Billing, Cause, Lane, Store

_ROUND = ("Tidemarrow Freight", "Juniperfield Trucking")
_LONG = ("Longember Freight", "Tidemarrow Freight")
_PARCEL = ("Paperfinch Express",)

HAREBELL = Account(
    number="C-1577",
    name="Harebell Press",
    lanes=(
        Lane("Allentown", "DST", "New York", 8, 1, _ROUND, 540, 420, 14.8, 92, 0.18, 0.003),
        Lane("Allentown", "DST", "Philadelphia", 6, 1, _ROUND, 500, 390, 13.6, 86, 0.18, 0.004),
        Lane("Allentown", "DST", "Boston", 5, 1, _ROUND, 560, 430, 17.2, 104, 0.17, -0.002),
        Lane("Allentown", "LTL", "Chicago", 3, 2, _LONG, 900, 700, 19.5, 165, 0.16, -0.006),
        Lane("Allentown", "PCL", "Newark", 7, 1, _PARCEL, 12, 14, 92.0, 11.2, 0.24, 0.003),
    ),
    causes=(
        Cause("No appointment at consignee", "CUS", 20),
        Cause("Title not released", "CUS", 18),
        Cause("Driver out of hours", "CAR", 14),
        Cause("Loading took too long", "3PL", 14),
        Cause("Storm or flood", "EXT", 8),
        Cause("Traffic or road closed", "EXT", 10),
    ),
    billing=Billing(
        debtor="81577",
        currency="USD",
        days=(31,),
        terms=60,
        appointment=38.0,
        fuel=0.176,
        errors={"2026Q2": 0.0, "2026Q3": 0.0},
        default_error=0.007,
    ),
    on_time=(0.962,) * 37,
    season=(0.93, 0.92, 0.97, 0.98, 1.0, 0.98, 1.0, 1.05, 1.06, 1.06, 1.08, 0.97),
    growth=0.01,
    tolerance_minutes=60,
    in_full=0.991,
    damaged=0.003,
    stops=dt.datetime(2026, 9, 16, 22, 0),  # noqa: DTZ001  (UTC, 18:00 in Allentown)
    stores=(
        Store(
            "Allentown", 1600, 6.8, skus=760, receipts=4, counts=10, returned=0.06, picked=0.0015,
            worked=300,
        ),
    ),
    tariff={"INB": 9.1, "STO": 0.38, "PIK": 0.48, "RET": 3.4, "VAS": 0.35},
    pays=(4, 21),
    uncounted=0.0,
    series=5,
)  # fmt: skip
