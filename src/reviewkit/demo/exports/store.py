"""The files of the warehouse system: lines, goods in, its own database, and billable events."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewkit.demo.books import Books
from reviewkit.demo.files import write_frame, write_parquet, write_tables

LOCAL = "Europe/Amsterdam"
"""The zone in which the warehouse system writes the times of goods in, whatever the site."""


def write_order_lines(path: Path, book: Books) -> int:
    """Write the order lines."""
    names = (
        *("customer_id", "order_no", "line", "depot", "product", "shipped_utc", "sku"),
        *("qty_ordered", "qty_shipped", "error", "error_utc"),
    )
    write_parquet(path, book.hall.order_lines[list(names)])
    return len(book.hall.order_lines)


def write_activity(path: Path, book: Books) -> int:
    """Write the billable events."""
    names = (
        *("event", "customer_id", "depot", "product", "at_utc", "charge", "quantity", "unit"),
        "reference",
    )
    write_parquet(path, book.activity[list(names)])
    return len(book.activity)


def write_receipts(path: Path, book: Books) -> int:
    """Write goods in as German CSV: semicolons, decimal commas, local times."""
    rows = book.hall.receipts
    frame = pd.DataFrame(
        {
            "Wareneingang": rows["receipt"],
            "Kunde": rows["customer_id"],
            "Standort": rows["depot"],
            "Sparte": rows["product"],
            "Ankunft": _local(rows["arrived_utc"]),
            "Verfuegbar": _local(rows["available_utc"]),
            "Stueck": rows["units"],
            "Paletten": rows["pallets"],
            "Abweichung": rows["discrepancy"],
        }
    )
    write_frame(path, frame, delimiter=";", decimal=",")
    return len(frame)


def _local(moments: pd.Series) -> pd.Series:
    local = moments.dt.tz_localize("UTC").dt.tz_convert(LOCAL)
    written: pd.Series = local.dt.strftime("%d.%m.%Y %H:%M")
    return written


_TABLES = {
    "counts": (
        *("count_no", "customer_id", "depot", "product", "counted_utc", "location", "sku", "book"),
        *("found", "value"),
    ),
    "stock": ("customer_id", "day", "depot", "product", "pallets", "units", "value"),
    "lots": ("lot", "customer_id", "depot", "product", "received_utc", "released_utc", "pallets"),
    "returns": (
        "event",
        "customer_id",
        "depot",
        "product",
        "at_utc",
        "units",
        "reason",
        "reference",
    ),
    "adjustments": (
        *("event", "customer_id", "depot", "product", "at_utc", "units", "reason", "reference"),
    ),
}


def write_store(path: Path, book: Books) -> int:
    """Write the warehouse system's own database: counts, stock, lots, returns, corrections."""
    tables = {name: getattr(book.hall, name)[list(columns)] for name, columns in _TABLES.items()}
    write_tables(path, tables)
    return sum(len(table) for table in tables.values())
