"""Writes the demo's data files, each in the form that such an export really has."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

_CENT = Decimal("0.01")
_TEXT = (
    "shipment_no",
    "customer_id",
    "order_no",
    "depot",
    "product",
    "destination",
    "carrier_name",
    "cancel_code",
    "delay_reason",
    "delay_party",
)
_TIMES = (
    "created_utc",
    "window_from_utc",
    "window_to_utc",
    "departed_utc",
    "pod_utc",
    "cancelled_utc",
)
_COUNTS = ("qty_ordered", "qty_delivered", "qty_damaged")


def write_shipments(path: Path, frame: pd.DataFrame) -> None:
    """Write deliveries as the transport system exports them: Parquet, UTC, exact money."""
    columns: dict[str, pa.Array] = {}
    for name in _TEXT:
        columns[name] = pa.array(frame[name], pa.string(), from_pandas=True)
    for name in _TIMES:
        columns[name] = pa.array(frame[name], pa.timestamp("us"), from_pandas=True)
    for name in _COUNTS:
        columns[name] = pa.array(frame[name], pa.int32(), from_pandas=True)
    columns["gross_kg"] = pa.array(frame["gross_kg"], pa.float64())
    went = pa.array(frame["went"], pa.bool_())
    for name, cents in (("sell_amount", "sell_cents"), ("buy_amount", "cost_cents")):
        columns[name] = _money(pa.array(frame[cents], pa.int64()), went)
    pq.write_table(pa.table(columns), path, compression="zstd", row_group_size=65536)


def _money(cents: pa.Array, present: pa.Array) -> pa.Array:
    whole = pc.if_else(present, cents, pa.scalar(None, pa.int64()))
    exact = pc.multiply(whole.cast(pa.decimal128(19, 0)), pa.scalar(_CENT, pa.decimal128(3, 2)))
    return exact.cast(pa.decimal128(18, 2))


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ","
) -> None:
    """Write rows as text; `None` is an empty field."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_sqlite(
    path: Path, table: str, columns: dict[str, str], rows: Sequence[Sequence[object]]
) -> None:
    """Write rows to a table of a new SQLite database; `columns` gives their SQL types."""
    names = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    marks = ", ".join("?" for _ in columns)
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute(f'CREATE TABLE "{table}" ({names})')
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)  # noqa: S608
    finally:
        connection.close()


def comma(value: float, decimals: int) -> str:
    """Return a number as a German export writes it: `-1234,50`."""
    return f"{value:.{decimals}f}".replace(".", ",")


def money(cents: int) -> str:
    """Return cents as an exact decimal number: `-0.05` for -5."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
