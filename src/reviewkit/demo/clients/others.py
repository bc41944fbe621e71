"""Clients of the provider without a folder: they stand in the control totals and no further."""

from __future__ import annotations

from reviewkit.demo.profile import Account, Billing, Cause, Lane

_CAUSES = (Cause("Vehicle breakdown", "CAR", 1), Cause("Dock delay at origin", "3PL", 1))


def _other(number: str, name: str, debtor: str, currency: str, lanes: tuple[Lane, ...]) -> Account:
    return Account(
        number=number,
        name=name,
        lanes=lanes,
        causes=_CAUSES,
        billing=Billing(
            debtor=debtor, currency=currency, days=(31,), terms=30, appointment=25.0, fuel=0.14
        ),
        on_time=(0.96,) * 37,
    )


OTHERS = (
    _other(
        "C-1009",
        "Pebblewick Garden",
        "70118",
        "EUR",
        (
            Lane("Venlo", "LTL", "Ghent", 3, 1, ("Quillon Transport",), 300, 20, 17.0, 42, 0.2),
            Lane("Venlo", "PCL", "Ghent", 2, 1, ("Brassotter Parcel",), 12, 6, 90.0, 8.0, 0.25),
        ),
    ),
    _other(
        "C-1066",
        "Loomhollow Textiles",
        "70266",
        "GBP",
        (
            Lane(
                "Birmingham",
                "DST",
                "Leeds",
                3,
                1,
                ("Fennwhistle Haulage",),
                250,
                18,
                20.0,
                38,
                0.19,
            ),
        ),
    ),
    _other(
        "C-1215",
        "Farrowgale Outdoor",
        "80215",
        "USD",
        (
            Lane(
                "Joliet", "DST", "Omaha", 3, 1, ("Copperheron Carriers",), 900, 70, 15.0, 120, 0.17
            ),
        ),
    ),
)
