"""Gantry Parts: spare parts from Antwerp; a quiet year, and notice falls due in four weeks."""

from __future__ import annotations

from reviewkit.demo.profile import Account, Billing, Cause, Lane, Store

_NIGHT = ("Nachtuil Koeriers", "Brassotter Parcel")
_ROAD = ("Quillon Transport", "Thornkestrel Spedition")

GANTRY = Account(
    number="C-1526",
    name="Gantry Parts",
    lanes=(
        Lane("Antwerp", "PCL", "Rotterdam", 11, 1, _NIGHT, 14, 6, 96.0, 15.4, 0.22, 0.003),
        Lane("Antwerp", "PCL", "Brussels", 9, 1, _NIGHT, 13, 6, 94.0, 14.9, 0.22, 0.004),
        Lane("Antwerp", "PCL", "Cologne", 9, 1, _NIGHT, 15, 6, 102.0, 16.2, 0.21, 0.0),
        Lane("Antwerp", "PCL", "Luxembourg", 6, 1, _NIGHT, 14, 6, 108.0, 17.1, 0.21, -0.003),
        Lane("Antwerp", "LTL", "Hamburg", 6, 1, _ROAD, 310, 34, 20.0, 49, 0.19, 0.002),
        Lane("Antwerp", "LTL", "Strasbourg", 5, 1, _ROAD, 300, 33, 20.5, 49, 0.19, -0.001),
        Lane("Antwerp", "LTL", "Birmingham", 3, 2, _ROAD, 330, 36, 31.0, 72, 0.17, -0.012),
    ),
    causes=(
        Cause("Ordered after the night cut-off", "CUS", 26),
        Cause("Workshop closed", "CUS", 12),
        Cause("Missed hub connection", "CAR", 17),
        Cause("Vehicle breakdown", "CAR", 12),
        Cause("Part not found in time", "3PL", 14),
        Cause("Customs clearance", "EXT", 9),
        Cause("Traffic or road closed", "EXT", 7),
    ),
    billing=Billing(
        debtor="71526",
        currency="EUR",
        days=(31,),
        terms=30,
        appointment=24.0,
        fuel=0.141,
        errors={"2026Q2": 0.0, "2026Q3": 0.0},
        default_error=0.005,
    ),
    on_time=(0.972,) * 37,
    growth=0.02,
    in_full=0.988,
    damaged=0.002,
    stores=(
        Store(
            "Antwerp", 140, 46.0, skus=1400, receipts=4, counts=18, returned=0.022, picked=0.002,
            worked=110,
        ),
    ),
    tariff={"INB": 7.4, "STO": 0.33, "PIK": 0.71, "RET": 5.2, "VAS": 1.1},
    pays=(-2, 5),
    uncounted=0.0,
    series=4,
)  # fmt: skip
