"""Writes the demo's data files, each in the form that such an export really has."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xlsxwriter

_CENT = Decimal("0.01")
_TEXT = (
    "shipment_no",
    "customer_id",
    "order_no",
    "depot",
    "product",
    "destination",
    "carrier_name",
    "mode",
    "cancel_code",
    "delay_reason",
    "delay_party",
)
_TIMES = (
    "created_utc",
    "window_from_utc",
    "window_to_utc",
    "first_window_to_utc",
    "pickup_by_utc",
    "pickup_utc",
    "departed_utc",
    "pod_utc",
    "cancelled_utc",
)
_COUNTS = ("qty_ordered", "qty_delivered", "qty_damaged")


def write_shipments(path: Path, frame: pd.DataFrame, more: Sequence[str] = ()) -> None:
    """Write deliveries as a transport system exports them: Parquet, UTC, exact money.

    `more` names counts that this system gives beside those that all of them give.
    """
    columns: dict[str, pa.Array] = {}
    for name in _TEXT:
        columns[name] = pa.array(frame[name], pa.string(), from_pandas=True)
    for name in _TIMES:
        columns[name] = pa.array(frame[name], pa.timestamp("us"), from_pandas=True)
    for name in (*_COUNTS, *more):
        columns[name] = pa.array(frame[name], pa.int32(), from_pandas=True)
    columns["papers_ok"] = pa.array(frame["papers_ok"], pa.bool_(), from_pandas=True)
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


def write_frame(path: Path, frame: pd.DataFrame, delimiter: str = ",", decimal: str = ".") -> None:
    """Write a frame as text; what is absent is an empty field."""
    frame.to_csv(
        path, sep=delimiter, decimal=decimal, index=False, encoding="utf-8", lineterminator="\n"
    )


def write_parquet(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame as Parquet, its times to the microsecond."""
    columns = {}
    for name in frame:
        kind = pa.timestamp("us") if str(name).endswith("_utc") else _KINDS.get(str(name))
        columns[str(name)] = pa.array(frame[name], kind or pa.string(), from_pandas=True)
    pq.write_table(pa.table(columns), path, compression="zstd", row_group_size=65536)


_KINDS = {"qty_ordered": pa.int32(), "qty_shipped": pa.int32(), "quantity": pa.float64()}
"""How numbers are held; whatever is not named here is text."""


def write_jsonl(path: Path, rows: Sequence[Mapping[str, object]]) -> int:
    """Write one JSON object a line and return how many."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")
    return len(rows)


def write_workbook(
    path: Path,
    sheet: str,
    title: Sequence[str],
    header: Sequence[str],
    rows: Iterable[Sequence[str | float]],
) -> None:
    """Write a workbook as people send it: title lines, an empty row, the header, the rows.

    Values that read as ISO days are written as dates. No clock enters the file.
    """
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": dt.datetime(2026, 10, 6, tzinfo=dt.UTC)})
    page = book.add_worksheet(sheet)
    bold, month = book.add_format({"bold": True}), book.add_format({"num_format": "mmm yyyy"})
    for number, text in enumerate(title):
        page.write_string(number, 0, text, bold)
    top = len(title) + 1
    page.write_row(top, 0, header, bold)
    for number, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row):
            if isinstance(value, str) and _DAY.fullmatch(value):
                page.write_datetime(number, column, dt.datetime.fromisoformat(value), month)
            else:
                page.write(number, column, value)
    book.close()


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def write_tables(path: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write frames as tables of a new SQLite database, times and days as ISO text."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            for table, frame in tables.items():
                plain = frame.copy()
                for name in frame.select_dtypes("datetime").columns:
                    form = "%Y-%m-%d" if name == "day" else "%Y-%m-%d %H:%M:%S"
                    plain[name] = frame[name].dt.strftime(form)
                plain.to_sql(table, connection, index=False)
    finally:
        connection.close()


def comma(value: float, decimals: int) -> str:
    """Return a number as a German export writes it: `-1234,50`."""
    return f"{value:.{decimals}f}".replace(".", ",")


def money(cents: int) -> str:
    """Return cents as an exact decimal number: `-0.05` for -5."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
