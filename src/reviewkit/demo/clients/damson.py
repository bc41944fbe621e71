"""Damson Mode: fashion from Lille; volume rises and margin falls, since parcels take over."""

from __future__ import annotations

import datetime as dt

from reviewkit.demo.profile import Account, Billing, Cause, Lane, Ramp, Store

_ROUND = ("Merlepierre Transports", "Halcyon Fret")
_PARCEL = ("Brassotter Parcel", "Paperfinch Express")

DAMSON = Account(
    number="C-1418",
    name="Damson Mode",
    lanes=(
        Lane("Lille", "DST", "Paris", 8, 1, _ROUND, 320, 140, 21.0, 48, 0.225, 0.004),
        Lane("Lille", "DST", "Lyon", 5, 1, _ROUND, 310, 130, 23.5, 52, 0.225, 0.001),
        Lane("Lille", "DST", "Bordeaux", 4, 2, _ROUND, 300, 125, 26.0, 55, 0.22, -0.004),
        Lane("Lille", "DST", "Brussels", 4, 1, _ROUND[:1], 290, 120, 19.0, 44, 0.23, 0.005),
        Lane("Lille", "PCL", "Paris", 15, 1, _PARCEL, 4, 3, 150.0, 9.4, 0.055, 0.003),
        Lane("Lille", "PCL", "Lyon", 9, 1, _PARCEL, 4, 3, 155.0, 9.6, 0.055, 0.001),
        Lane("Lille", "PCL", "Nantes", 7, 1, _PARCEL, 4, 3, 155.0, 9.6, 0.055, 0.0),
        Lane("Lille", "PCL", "Brussels", 6, 1, _PARCEL, 4, 3, 165.0, 10.1, 0.05, 0.002),
    ),
    causes=(
        Cause("Consignee not at home", "CUS", 22),
        Cause("Released after cut-off", "CUS", 16),
        Cause("Missed hub connection", "CAR", 18),
        Cause("Sorting error at the depot", "CAR", 12),
        Cause("Picked after the truck had left", "3PL", 14),
        Cause("Traffic or road closed", "EXT", 8),
    ),
    billing=Billing(
        debtor="71418",
        currency="EUR",
        days=(15, 31),
        terms=45,
        appointment=22.0,
        fuel=0.138,
        default_error=0.006,
    ),
    on_time=(0.968,) * 37,
    season=(1.0, 0.94, 1.04, 1.0, 1.0, 1.0, 1.0, 0.98, 1.03, 1.0, 1.06, 1.05),
    growth=0.03,
    in_full=0.989,
    damaged=0.002,
    ramp=Ramp(product="PCL", since=dt.date(2026, 7, 1), factor=2.0),
    stores=(
        Store(
            "Lille", 420, 21.5, skus=900, receipts=5, counts=14, returned=0.05, picked=0.0035,
            worked=900,
        ),
    ),
    tariff={"INB": 6.4, "STO": 0.31, "PIK": 0.42, "RET": 1.9, "VAS": 0.28},
    pays=(-3, 9),
    uncounted=0.0,
    series=1,
)  # fmt: skip
