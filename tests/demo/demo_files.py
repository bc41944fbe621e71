"""Reads more of the demo's files as an outsider does: pandas and SQLite alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pandas as pd

ZONES = {
    "Venlo": "Europe/Amsterdam",
    "Łódź": "Europe/Warsaw",
    "Birmingham": "Europe/London",
    "Joliet": "America/Chicago",
    "Savannah": "America/New_York",
    "Lille": "Europe/Paris",
    "Kassel": "Europe/Berlin",
    "Daventry": "Europe/London",
    "Antwerp": "Europe/Brussels",
    "Allentown": "America/New_York",
}

CLIENTS = {
    "C-1041": "acme",
    "C-1187": "borealis",
    "C-1302": "cobalt",
    "C-1418": "damson",
    "C-1455": "elderwick",
    "C-1503": "foxglove",
    "C-1526": "gantry",
    "C-1577": "harebell",
}
DEBTORS = {
    "70412": "acme",
    "80177": "borealis",
    "91305": "cobalt",
    "71418": "damson",
    "71455": "elderwick",
    "71503": "foxglove",
    "71526": "gantry",
    "81577": "harebell",
}


def read_shipments(folder: Path) -> pd.DataFrame:
    """Deliveries of the eight clients in a demo folder, the dirty rows left out by hand."""
    data = folder / "data"
    names = ("tms_shipments.parquet", "allentown_shipments.parquet")
    frame = pd.concat([pd.read_parquet(data / name) for name in names], ignore_index=True)
    frame = frame[~frame["shipment_no"].isin(["S249900001", "S259900002", "S269900003"])]
    frame = frame.drop_duplicates("shipment_no")
    frame["client"] = frame["customer_id"].map(CLIENTS)
    frame["lane"] = frame["depot"] + " → " + frame["destination"]
    frame = frame[frame["client"].notna()].reset_index(drop=True)
    for column in ("sell_amount", "buy_amount"):
        frame[column] = frame[column].astype("float64")
    return frame


def read_invoices(folder: Path) -> pd.DataFrame:
    """Invoice lines of the eight clients in a demo folder, the dirty rows left out by hand."""
    path = folder / "data" / "finance_invoice_lines.csv"
    frame = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    frame = frame[~frame["Beleg"].str.contains("-99000")].drop_duplicates(["Beleg", "Position"])
    frame["client"] = frame["Debitor"].map(DEBTORS)
    frame = frame[frame["client"].notna()].reset_index(drop=True)
    frame["issued"] = pd.to_datetime(frame["Belegdatum"], format="%d.%m.%Y")
    frame["cents"] = frame["Betrag"].str.replace(",", "").astype("int64")
    return frame


def read_tickets(folder: Path) -> pd.DataFrame:
    """Cases in a demo folder, the dirty rows left out by hand."""
    connection = sqlite3.connect(folder / "data" / "service_desk.sqlite")
    frame = pd.read_sql("SELECT * FROM tickets WHERE ticket NOT LIKE 'T-99%'", connection)
    connection.close()
    frame["client"] = frame["customer"].map(CLIENTS)
    return frame


def local_day(moments: pd.Series, depots: pd.Series) -> pd.Series:
    """The day at the site of moments in UTC, as `2026-09-30`; empty for what has none."""
    out = pd.Series("", index=moments.index, dtype=object)
    stamps = pd.to_datetime(moments)
    for depot in depots.unique():
        here = (depots == depot) & stamps.notna()
        local = stamps[here].dt.tz_localize("UTC").dt.tz_convert(ZONES[depot]).dt.tz_localize(None)
        days, index = np.unique(local.to_numpy().astype("datetime64[D]"), return_inverse=True)
        out[here] = days.astype(str).astype(object)[index]
    return out


def store(folder: Path, table: str) -> pd.DataFrame:
    """One table of the warehouse system's database."""
    connection = sqlite3.connect(folder / "data" / "wms.sqlite")
    frame = pd.read_sql(f"SELECT * FROM {table}", connection)
    connection.close()
    return frame


def order_lines(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(folder / "data" / "wms_order_lines.parquet")


def activity(folder: Path) -> pd.DataFrame:
    """Billable events with the day of each at its site."""
    frame = pd.read_parquet(folder / "data" / "wms_activity.parquet")
    return frame.assign(day=local_day(frame["at_utc"], frame["depot"]))


def goods_in(folder: Path) -> pd.DataFrame:
    path = folder / "data" / "wms_goods_in.csv"
    frame = pd.read_csv(path, sep=";", decimal=",")
    local = pd.to_datetime(frame["Ankunft"], format="%d.%m.%Y %H:%M")
    utc = local.dt.tz_localize("Europe/Amsterdam").dt.tz_convert("UTC").dt.tz_localize(None)
    return frame.assign(day=local_day(utc, frame["Standort"]))
