"""Elderwick Electronics: from Kassel; since July work on its goods is done and not invoiced."""

from __future__ import annotations

import datetime as dt

from reviewkit.demo.profile import Account, Billing, Cause, Lane, Leak, Store

_ROAD = ("Thornkestrel Spedition", "Quillon Transport")
_EAST = ("Amberlark Cargo", "Morrowdale Linie")
_PARCEL = ("Paperfinch Express", "Brassotter Parcel")

ELDERWICK = Account(
    number="C-1455",
    name="Elderwick Electronics",
    lanes=(
        Lane("Kassel", "LTL", "Berlin", 6, 1, _ROAD, 340, 60, 19.5, 46, 0.20, 0.004),
        Lane("Kassel", "LTL", "Warsaw", 4, 2, _EAST, 360, 64, 22.0, 54, 0.19, -0.003),
        Lane("Kassel", "LTL", "Milan", 4, 2, _ROAD, 350, 62, 26.5, 60, 0.18, -0.005),
        Lane("Kassel", "LTL", "Eindhoven", 5, 1, _ROAD, 330, 58, 18.0, 44, 0.20, 0.003),
        Lane("Kassel", "PCL", "Munich", 8, 1, _PARCEL, 9, 4, 104.0, 9.1, 0.24, 0.004),
        Lane("Kassel", "PCL", "Cologne", 8, 1, _PARCEL, 9, 4, 98.0, 8.8, 0.24, 0.005),
        Lane("Kassel", "PCL", "Vienna", 7, 2, _PARCEL, 9, 4, 118.0, 10.2, 0.23, -0.002),
    ),
    causes=(
        Cause("Auftrag nach Annahmeschluss geändert", "CUS", 22),
        Cause("Warten auf Arbeit an der Ware", "3PL", 16),
        Cause("Anschluss im Hub verpasst", "CAR", 18),
        Cause("Fahrzeugpanne", "CAR", 12),
        Cause("Empfänger geschlossen", "CUS", 10),
        Cause("Stau oder Sperrung", "EXT", 9),
    ),
    billing=Billing(
        debtor="71455",
        currency="EUR",
        days=(31,),
        terms=30,
        appointment=24.0,
        fuel=0.139,
        default_error=0.007,
    ),
    on_time=(0.969,) * 37,
    season=(0.94, 0.95, 0.99, 1.0, 0.99, 1.0, 0.99, 0.97, 1.03, 1.02, 1.1, 1.06),
    growth=0.03,
    in_full=0.990,
    damaged=0.003,
    leak=Leak(charge="VAS", site="Kassel", since=dt.date(2026, 7, 1)),
    stores=(
        Store(
            "Kassel", 180, 118.0, skus=340, receipts=4, counts=12, returned=0.02, picked=0.0018,
            worked=240,
        ),
    ),
    tariff={"INB": 7.1, "STO": 0.34, "PIK": 0.55, "RET": 4.6, "VAS": 1.35},
    pays=(0, 8),
    uncounted=0.0,
    series=2,
)  # fmt: skip
