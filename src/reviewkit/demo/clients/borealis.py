"""Borealis Foods: two sites in the United States; a budget missed by price, not volume."""

from __future__ import annotations

import datetime as dt

from reviewkit.demo.profile import Account, Billing, Cause, Lane, Rerate, Store

_LAKES = ("Copperheron Carriers", "Wildgrain Motor Lines")
_SOUTH = ("Tidemarrow Freight", "Juniperfield Trucking")
_LONG = ("Longember Freight", "Tidemarrow Freight")
_PARCEL = ("Paperfinch Express",)

BOREALIS = Account(
    number="C-1187",
    name="Borealis Foods",
    lanes=(
        Lane(
            "Joliet",
            "DST",
            "Milwaukee",
            8,
            0,
            _LAKES,
            2100,
            180,
            14.2,
            190,
            0.17,
            0.004,
            leaves_at=3,
        ),
        Lane(
            "Joliet",
            "DST",
            "Indianapolis",
            7,
            0,
            _LAKES,
            2200,
            190,
            15.0,
            200,
            0.17,
            0.003,
            leaves_at=3,
        ),
        Lane("Joliet", "DST", "Detroit", 6, 1, _LAKES, 2300, 195, 18.4, 230, 0.16, -0.002),
        Lane("Joliet", "DST", "St. Louis", 5, 1, _LAKES, 2150, 185, 17.2, 215, 0.16, 0.001),
        Lane("Savannah", "DST", "Atlanta", 8, 1, _SOUTH, 2250, 190, 15.8, 205, 0.17, 0.002),
        Lane("Savannah", "DST", "Charlotte", 6, 1, _SOUTH, 2150, 185, 16.0, 205, 0.17, 0.003),
        Lane(
            "Savannah",
            "DST",
            "Jacksonville",
            5,
            0,
            _SOUTH,
            2050,
            175,
            13.4,
            180,
            0.18,
            0.003,
            leaves_at=3,
        ),
        Lane("Joliet", "LTL", "Denver", 4, 2, _LONG, 2600, 210, 24.5, 330, 0.15, -0.006),
        Lane("Savannah", "LTL", "Dallas", 4, 2, _LONG, 2500, 205, 25.5, 340, 0.15, -0.008),
        Lane("Joliet", "LTL", "Pittsburgh", 3, 1, _LONG, 2400, 200, 19.5, 260, 0.16, -0.002),
        Lane("Joliet", "PCL", "Chicago", 5, 1, _PARCEL, 18, 4, 95.0, 14.5, 0.24, 0.004),
        Lane("Savannah", "PCL", "Nashville", 3, 1, _PARCEL, 18, 4, 102.0, 15.5, 0.24, 0.002),
    ),
    causes=(
        Cause("No appointment at consignee", "CUS", 36),
        Cause("Order changed after cut-off", "CUS", 14),
        Cause("Loading took too long", "3PL", 18),
        Cause("Cooling unit failed", "CAR", 11),
        Cause("Driver out of hours", "CAR", 16),
        Cause("Storm or flood", "EXT", 10),
        Cause("Traffic or road closed", "EXT", 7),
    ),
    billing=Billing(
        debtor="80177",
        currency="USD",
        days=(15, 31),
        terms=45,
        appointment=42.0,
        fuel=0.182,
        default_error=0.007,
    ),
    on_time=(
        *(0.972, 0.969, 0.965, 0.966, 0.970, 0.972, 0.973, 0.972, 0.971, 0.970, 0.970, 0.972),
        *(0.973, 0.969, 0.966, 0.967, 0.971, 0.973, 0.974, 0.973, 0.972, 0.971, 0.972, 0.973),
        *(0.974, 0.970, 0.967, 0.969, 0.972, 0.974, 0.974, 0.974, 0.973, 0.973, 0.973, 0.974),
        0.973,
    ),
    season=(0.92, 0.94, 0.98, 0.99, 1.02, 1.03, 1.02, 1.0, 1.0, 1.03, 1.09, 1.02),
    growth=0.035,
    escalator_month=10,
    tolerance_minutes=60,
    early_minutes=120,
    early=0.12,
    in_full=0.991,
    damaged=0.004,
    rerate=Rerate(product="DST", since=dt.date(2026, 6, 15), factor=0.907),
    stores=(
        Store("Joliet", 720, 9.4, skus=240, receipts=5, counts=10, returned=0.01, picked=0.0015),
        Store("Savannah", 700, 9.1, skus=220, receipts=4, counts=8, returned=0.01, picked=0.0017),
    ),
    pays=(3, 18),
)
