"""The dirty rows planted in the demo's exports, for the check to find.

All of them are rows added to the clean ones, so that setting them aside leaves exactly the
books that the demo was drawn from.
"""

from __future__ import annotations

import pandas as pd

PLANTED: dict[str, dict[str, int]] = {
    "shipments": {"duplicate": 3, "order": 2, "minimum": 1},
    "invoice_lines": {"type": 2, "duplicate": 1},
    "cases": {"order": 1, "values": 1},
    "surveys": {"type": 1},
}
"""Rows planted in each account table, by the rule of the check that they break."""


def in_shipments(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the export with its planted rows: exact copies, a clock error, a sign error."""
    sound = frame.index[frame["pod_utc"].notna() & (frame["customer_id"] == "C-1041")]
    copies = frame.loc[sound[[4100, 40200, 80300]]]
    backwards = frame.loc[sound[[20500, 60600]]].copy()
    backwards["shipment_no"] = ["S249900001", "S259900002"]
    backwards["pod_utc"] = backwards["departed_utc"] - pd.Timedelta(days=364)
    negative = frame.loc[sound[[70700]]].copy()
    negative["shipment_no"] = ["S269900003"]
    negative["qty_delivered"] = -12
    return pd.concat([frame, copies, backwards, negative], ignore_index=True)


def in_invoices(rows: list[list[str]]) -> list[list[str]]:
    """Return the export with its planted rows: a letter O, a 31 February, a line twice."""
    plain = [row for row in rows if row[2] == "70412" and not row[14] and not row[16]]
    letter, february, twice = ([*plain[index]] for index in (3200, 3400, 2500))
    letter[0], letter[11] = f"{letter[0][:3]}-990001", "1O4,50"
    february[0], february[3] = f"{february[0][:3]}-990002", "31.02.2025"
    return [*rows, letter, february, twice]


def in_cases(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return the export with its planted rows: a slip of the year, a priority of long ago."""
    closed = [row for row in rows if row[1] == "C-1041" and row[4]]
    slipped = [*closed[100]]
    slipped[0], slipped[4] = "T-990001", f"2022{str(slipped[4])[4:]}"
    old = [*closed[200]]
    old[0], old[6] = "T-990002", "P9"
    return [*rows, tuple(slipped), tuple(old)]


def in_surveys(rows: list[list[str]]) -> list[list[str]]:
    """Return the export with its planted row: a score in words."""
    return [*rows, ["C-1041", "2026-05-19", "NPS", "nine", "Planner"]]
