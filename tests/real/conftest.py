"""Workspaces over real data, written as a provider would: YAML beside files left as they came."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

House = Callable[..., Path]

NORTHWIND_CLIENTS = {"SAVEA": "savea", "ERNSH": "ernsh", "QUICK": "quick"}

_SHIPMENTS = """\
      cutoff: 1998-05-07T00:00:00+00:00
      name: Northwind orders
      client: {column: CustomerID, keys: %(keys)s}
      columns:
        shipment_id: OrderID
        ordered_at: {column: OrderDate, format: "%%Y-%%m-%%d %%H:%%M:%%S.%%f"}
        # All times are midnight: the required date is a day, and lasts until its midnight.
        promised_at: {column: RequiredDate, format: "%%Y-%%m-%%d 00:00:00.000"}
        shipped_at: {column: ShippedDate, format: "%%Y-%%m-%%d %%H:%%M:%%S.%%f"}
        # The only arrival known is the departure.
        delivered_at: {column: ShippedDate, format: "%%Y-%%m-%%d %%H:%%M:%%S.%%f"}
        destination: ShipCity
        lane: ShipCountry
        carrier: Shipper
        ordered_units: Units
        freight_revenue: Freight
"""
_LINES = """\
      cutoff: 1998-05-07T00:00:00+00:00
      name: Northwind invoices
      client: {column: CustomerID, keys: %(keys)s}
      columns:
        invoice_id: OrderID
        line: ProductID
        issued_on: {column: OrderDate, format: "%%Y-%%m-%%d %%H:%%M:%%S.%%f"}
        service: {expression: "'Wholesale'"}
        charge_code: ProductID
        quantity: Quantity
        rate: UnitPrice
        amount:
          expression: >-
            CAST(UnitPrice AS DECIMAL(18, 4)) * CAST(Quantity AS INTEGER)
            * (1 - CAST(CAST(Discount AS DOUBLE) AS DECIMAL(4, 2)))
"""
_SOURCES = {
    "sqlite": """\
name: Northwind Traders
timezone: UTC
locale: en-US
paper: letter
minimum_n: 5
sources:
  shipments:
    - file: %(data)s/northwind.db
      query: >-
        SELECT o.*, s.CompanyName AS Shipper,
        (SELECT SUM(d.Quantity) FROM "Order Details" d WHERE d.OrderID = o.OrderID) AS Units
        FROM Orders o LEFT JOIN Shippers s ON s.ShipperID = o.ShipVia
%(shipments)s
  invoice_lines:
    - file: %(data)s/northwind.db
      query: >-
        SELECT d.*, o.CustomerID, o.OrderDate
        FROM "Order Details" d JOIN Orders o ON o.OrderID = d.OrderID
%(lines)s
""",
    "csv": """\
name: Northwind Traders
timezone: UTC
locale: en-US
paper: letter
minimum_n: 5
sources:
  shipments:
    - files:
        orders: %(data)s/Orders.csv
        details: %(data)s/OrderDetails.csv
        shippers: %(data)s/Shippers.csv
      query: >-
        SELECT o.*, s.CompanyName AS Shipper, d.Units FROM orders o
        LEFT JOIN shippers s ON s.ShipperID = o.ShipVia
        LEFT JOIN (SELECT OrderID, SUM(CAST(Quantity AS INTEGER)) AS Units
                   FROM details GROUP BY OrderID) d ON d.OrderID = o.OrderID
        ORDER BY o.OrderID
%(shipments)s
  invoice_lines:
    - files: {orders: %(data)s/Orders.csv, details: %(data)s/OrderDetails.csv}
      query: >-
        SELECT d.*, o.CustomerID, o.OrderDate FROM details d JOIN orders o ON o.OrderID = d.OrderID
        ORDER BY d.OrderID, d.ProductID
%(lines)s
""",
}


def _client(folder: Path, name: str, currency: str) -> None:
    folder.mkdir(parents=True)
    (folder / "client.yaml").write_text(
        f'name: "{name}"\ncurrency: {currency}\n'
        "lead_metrics: [shipments, on_time_delivery]\n"
        "targets:\n  on_time_delivery:\n    - {value: 0.95, tolerance: 0.02}\n"
    )


@pytest.fixture(scope="session")
def northwind_workspace(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> House:
    """Writes Northwind as a workspace, from "sqlite" or "csv"; client = customer.

    By default three customers have a folder; `everyone` gives one to each who ever ordered.
    """

    def write(kind: str, *, everyone: bool = False) -> Path:
        data = shared_data / "northwind"
        with closing(
            sqlite3.connect(f"{(data / 'northwind.db').as_uri()}?mode=ro", uri=True)
        ) as db:
            names = dict(db.execute("SELECT CustomerID, CompanyName FROM Customers"))
            ordered = [row[0] for row in db.execute("SELECT DISTINCT CustomerID FROM Orders")]
        keys = {key: key.strip().lower() for key in sorted(ordered)} if everyone else None
        keys = keys or NORTHWIND_CLIENTS
        listed = ", ".join(f'"{key}": {slug}' for key, slug in keys.items())
        parts = {name: text % {"keys": f"{{{listed}}}"} for name, text in _PARTS.items()}
        params = tmp_path_factory.mktemp(kind) / "params"
        params.mkdir()
        (params / "house.yaml").write_text(_SOURCES[kind] % {"data": data, **parts})
        for key, slug in keys.items():
            _client(params / slug, names[key], "USD")
        return params.parent

    return write


_PARTS = {"shipments": _SHIPMENTS, "lines": _LINES}

_RETAIL = """\
name: Online Retail
timezone: Europe/London
sources:
  invoice_lines:
    - file: {data}/online_retail.parquet
      name: Till
      cutoff: 2011-12-09T13:00:00+00:00
      timezone: Europe/London
      client: {client}
      where: {where}
      columns:
        invoice_id: InvoiceNo
        line: {{expression: "{line}"}}
        issued_on: {{column: InvoiceDate, format: "%Y-%m-%d %H:%M:%S"}}
        charge_code: StockCode
        quantity: Quantity
        rate: UnitPrice
        amount: {{expression: "Quantity * UnitPrice"}}
        reference: CustomerID
        credit_reason: {{expression: "CASE WHEN InvoiceNo LIKE 'C%' THEN 'returned' END"}}
"""


@pytest.fixture(scope="session")
def online_retail_workspace(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> House:
    """Writes Online Retail as a workspace: a client per customer id, or one for all rows.

    `line` is SQL that tells the lines of an invoice apart, `where` SQL that keeps rows.
    """

    def write(customers: Sequence[str] = (), *, line: str, where: str = "true") -> Path:
        params = tmp_path_factory.mktemp("retail") / "params"
        slugs = {customer: f"c{customer}" for customer in customers} or {"": "everyone"}
        listed = ", ".join(f'"{key}": {slug}' for key, slug in slugs.items())
        client = f"{{column: CustomerID, keys: {{{listed}}}}}"
        for slug in slugs.values():
            _client(params / slug, slug, "GBP")
        (params / "house.yaml").write_text(
            _RETAIL.format(
                data=shared_data / "online_retail",
                client=client if customers else "{constant: everyone}",
                where=f'"{where}"',
                line=line,
            )
        )
        return params.parent

    return write
