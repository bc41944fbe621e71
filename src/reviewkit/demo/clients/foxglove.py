"""Foxglove Pharma: from Daventry; a burst of complaints of one cause in August, and none since."""

from __future__ import annotations

import datetime as dt

from reviewkit.demo.profile import Account, Billing, Burst, Cause, Lane, Store

_COLD = ("Fennwhistle Haulage", "Coldharrow Transport")
_PARCEL = ("Wrenmarsh Parcels",)

FOXGLOVE = Account(
    number="C-1503",
    name="Foxglove Pharma",
    lanes=(
        Lane("Daventry", "DST", "London", 8, 1, _COLD, 180, 240, 34.0, 58, 0.19, 0.002),
        Lane("Daventry", "DST", "Manchester", 6, 1, _COLD, 170, 225, 33.0, 56, 0.19, 0.003),
        Lane("Daventry", "DST", "Bristol", 5, 1, _COLD, 165, 220, 32.0, 55, 0.19, 0.002),
        Lane("Daventry", "DST", "Glasgow", 4, 1, _COLD, 175, 230, 41.0, 66, 0.18, -0.006),
        Lane("Daventry", "PCL", "London", 6, 1, _PARCEL, 6, 12, 150.0, 11.5, 0.25, 0.003),
        Lane("Daventry", "PCL", "Cardiff", 4, 1, _PARCEL, 6, 12, 155.0, 11.8, 0.25, 0.001),
        Lane("Daventry", "PCL", "Newcastle", 4, 1, _PARCEL, 6, 12, 160.0, 12.1, 0.24, 0.0),
    ),
    causes=(
        Cause("Pharmacist not present", "CUS", 24),
        Cause("Papers not released", "CUS", 14),
        Cause("Cooling unit failed", "CAR", 12),
        Cause("Driver out of hours", "CAR", 12),
        Cause("Dock delay at origin", "3PL", 15),
        Cause("Traffic or road closed", "EXT", 14),
    ),
    billing=Billing(
        debtor="71503",
        currency="GBP",
        days=(15, 31),
        terms=30,
        appointment=26.0,
        fuel=0.145,
        default_error=0.006,
    ),
    on_time=(0.981,) * 37,
    season=(1.06, 1.02, 1.0, 0.97, 0.97, 0.98, 0.97, 0.96, 1.0, 1.03, 1.04, 1.0),
    growth=0.04,
    tolerance_minutes=30,
    in_full=0.994,
    damaged=0.0012,
    burst=Burst(
        site="Daventry",
        category="Temperature deviation",
        cause="Logger profile of the new cooling boxes set to 15 to 25 °C",
        measure="Profiles reset and locked, a second person signs each change",
        first=dt.date(2026, 8, 3),
        last=dt.date(2026, 8, 19),
        fixed=dt.date(2026, 8, 21),
        count=41,
    ),
    stores=(
        Store(
            "Daventry", 960, 14.2, skus=420, receipts=5, counts=16, returned=0.012, picked=0.0008,
            worked=220,
        ),
    ),
    tariff={"INB": 8.2, "STO": 0.52, "PIK": 0.62, "RET": 6.5, "VAS": 0.85},
    pays=(-4, 4),
    uncounted=0.0,
    series=3,
)  # fmt: skip
