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
