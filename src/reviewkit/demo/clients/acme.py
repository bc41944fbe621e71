"""Acme Motors: spare parts from three sites; on-time delivery slides because of one lane."""

from __future__ import annotations

import datetime as dt

from reviewkit.demo.profile import Account, Billing, Cause, Lane, Slide, Store

_ROAD = ("Halcyon Fret", "Quillon Transport", "Thornkestrel Spedition")
_EAST = ("Amberlark Cargo", "Morrowdale Linie")
_PARCEL = ("Brassotter Parcel", "Paperfinch Express")
_ISLE = ("Fennwhistle Haulage", "Gorsecombe Freight")

ACME = Account(
    number="C-1041",
    name="Acme Motors",
    lanes=(
        Lane("Venlo", "LTL", "Lyon", 24, 2, ("Halcyon Fret",), 410, 26, 27.5, 62, 0.20, 0.004),
        Lane("Venlo", "LTL", "Hamburg", 14, 1, _ROAD[1:], 380, 24, 19.5, 48, 0.21, 0.005),
        Lane("Venlo", "LTL", "Paris", 13, 1, _ROAD, 360, 24, 20.5, 50, 0.20, 0.001),
        Lane("Venlo", "LTL", "Munich", 11, 2, _ROAD[2:], 390, 25, 24.0, 55, 0.21, 0.003),
        Lane("Venlo", "LTL", "Turin", 9, 2, _ROAD[:2], 420, 27, 30.0, 66, 0.19, -0.004),
        Lane("Venlo", "LTL", "Madrid", 6, 3, _ROAD[:2], 440, 28, 36.5, 78, 0.18, -0.006),
        Lane("Venlo", "PCL", "Paris", 5, 1, _PARCEL, 11, 5, 110.0, 9.2, 0.26, 0.004),
        Lane("Venlo", "PCL", "Hamburg", 5, 1, _PARCEL, 10, 5, 105.0, 8.9, 0.26, 0.005),
        Lane("Venlo", "PCL", "Munich", 4, 1, _PARCEL, 11, 5, 110.0, 9.2, 0.26, 0.003),
        Lane("Łódź", "LTL", "Vienna", 9, 1, _EAST, 350, 22, 18.5, 44, 0.23, 0.003),
        Lane("Łódź", "LTL", "Prague", 9, 1, _EAST, 340, 22, 16.0, 40, 0.23, 0.006),
        Lane("Łódź", "LTL", "Budapest", 6, 2, _EAST, 360, 23, 19.5, 45, 0.22, -0.003),
        Lane("Łódź", "LTL", "Bratislava", 4, 1, _EAST, 330, 21, 17.5, 42, 0.22, 0.002),
        Lane("Łódź", "PCL", "Prague", 3, 1, _PARCEL, 10, 5, 95.0, 8.1, 0.27, 0.003),
        Lane("Łódź", "PCL", "Vienna", 3, 1, _PARCEL, 10, 5, 98.0, 8.3, 0.27, 0.003),
        Lane(
            "Birmingham", "DST", "Leeds", 7, 0, _ISLE, 290, 20, 21.0, 41, 0.19, -0.004, leaves_at=4
        ),
        Lane(
            "Birmingham",
            "DST",
            "Bristol",
            5,
            0,
            _ISLE,
            280,
            20,
            20.0,
            40,
            0.19,
            -0.006,
            leaves_at=4,
        ),
        Lane("Birmingham", "DST", "Glasgow", 5, 1, _ISLE, 300, 21, 25.0, 49, 0.18, -0.012),
        Lane(
            "Birmingham",
            "DST",
            "Cardiff",
            3,
            0,
            _ISLE,
            280,
            20,
            20.5,
            40,
            0.19,
            -0.008,
            leaves_at=4,
        ),
    ),
    causes=(
        Cause("Released after cut-off", "CUS", 24),
        Cause("Consignee closed", "CUS", 13),
        Cause("Dock delay at origin", "3PL", 17),
        Cause("Vehicle breakdown", "CAR", 12),
        Cause("Missed hub connection", "CAR", 12),
        Cause("Carrier had no capacity", "CAR", 7),
        Cause("Traffic or road closed", "EXT", 9),
        Cause("Customs clearance", "EXT", 6),
    ),
    billing=Billing(
        debtor="70412",
        currency="EUR",
        days=(7, 14, 21, 31),
        terms=30,
        appointment=28.5,
        fuel=0.142,
        errors={"2025Q3": 0.0115, "2026Q1": 0.0105, "2026Q2": 0.0088, "2026Q3": 0.0126},
        default_error=0.0105,
    ),
    # Three months a row, from October 2023. The summer of 2025 had its own weak spell.
    on_time=(
        *(0.961, 0.959, 0.956, 0.962, 0.964, 0.965, 0.965, 0.966, 0.964, 0.962, 0.961, 0.964),
        *(0.964, 0.962, 0.958, 0.963, 0.965, 0.966, 0.965, 0.966, 0.964, 0.958, 0.955, 0.958),
        *(0.962, 0.961, 0.958, 0.963, 0.964, 0.965, 0.965, 0.964, 0.966, 0.965, 0.964, 0.965),
        0.965,
    ),
    season=(0.97, 0.99, 1.02, 1.01, 1.0, 1.02, 0.99, 0.95, 1.02, 1.07, 1.09, 0.95),
    slide=Slide(
        site="Venlo",
        destination="Lyon",
        since=dt.date(2026, 7, 6),
        weekday=4,
        on_time={"2026-07": 0.893, "2026-08": 0.842, "2026-09": 0.812},
        cause=Cause("Carrier had no capacity", "CAR", 1),
        premium=0.35,
    ),
    stores=(
        Store("Venlo", 160, 38.0, skus=600, receipts=6, counts=14, picked=0.0022),
        Store("Łódź", 150, 36.0, skus=380, receipts=4, counts=10, picked=0.0026),
        Store("Birmingham", 140, 35.0, skus=260, receipts=2, counts=6, picked=0.0024),
    ),
    pays=(-2, 6),
)
