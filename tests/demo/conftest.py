"""The demo's files as an outsider reads them: pandas and SQLite, nothing of reviewkit's."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.demo import write_demo

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


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the demo was written once."""
    folder = tmp_path_factory.mktemp("demo-data")
    write_demo(folder)
    return folder


@pytest.fixture(scope="session")
def shipments(demo_folder: Path) -> pd.DataFrame:
    """Deliveries of the eight clients, the dirty rows left out by hand."""
    return read_shipments(demo_folder)


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


@pytest.fixture(scope="session")
def invoices(demo_folder: Path) -> pd.DataFrame:
    """Invoice lines of the eight clients, the dirty rows left out by hand."""
    return read_invoices(demo_folder)


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


@pytest.fixture(scope="session")
def tickets(demo_folder: Path) -> pd.DataFrame:
    """Cases of all clients, the dirty rows left out by hand."""
    return read_tickets(demo_folder)


def read_tickets(folder: Path) -> pd.DataFrame:
    """Cases in a demo folder, the dirty rows left out by hand."""
    connection = sqlite3.connect(folder / "data" / "service_desk.sqlite")
    frame = pd.read_sql("SELECT * FROM tickets WHERE ticket NOT LIKE 'T-99%'", connection)
    connection.close()
    frame["client"] = frame["customer"].map(CLIENTS)
    return frame
