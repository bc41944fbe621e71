"""Metrics of real orders: Northwind from its SQLite file, against SQL on the same file.

Client is customer; the required date is the promise and the shipped date stands for the
delivery, since that is all the file knows.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from worlds import metric_data

from reviewkit.accounts import open_accounts
from reviewkit.metrics import Cube, build_cube
from reviewkit.metrics.evaluate import evaluate
from reviewkit.params.models import (
    Client,
    ClientMap,
    ClientParams,
    ColumnMap,
    House,
    Source,
    Workspace,
)
from reviewkit.periods import parse

CUTOFF = dt.datetime(1998, 5, 7, tzinfo=dt.UTC)
AS_OF = dt.date(1998, 5, 7)
STAMP = "%Y-%m-%d %H:%M:%S.%f"
QUARTERS = ("1996Q3", "1996Q4", "1997Q1", "1997Q2", "1997Q3", "1997Q4", "1998Q1", "1998Q2")

ORDERS = """
    SELECT o.*, (SELECT SUM(d.Quantity) FROM "Order Details" d WHERE d.OrderID = o.OrderID) AS Units
    FROM Orders o"""
LINES = """
    SELECT o.CustomerID, o.OrderID, o.OrderDate, d.ProductID,
           CAST(ROUND(d.UnitPrice * 10000) AS INTEGER) * d.Quantity
             * (100 - CAST(ROUND(d.Discount * 100) AS INTEGER)) / 1000000.0 AS Net
    FROM Orders o JOIN "Order Details" d ON d.OrderID = o.OrderID"""


def moment(column: str) -> ColumnMap:
    return ColumnMap(column=column, format=STAMP)


def source(file: Path, query: str, customers: list[str], **columns: Any) -> Source:
    keys = {customer: customer.lower() for customer in customers}
    client = ClientMap(column="CustomerID", keys=keys)
    return Source(file=str(file), query=query, cutoff=CUTOFF, client=client, columns=columns)


@pytest.fixture(scope="module")
def northwind(shared_data: Path) -> Iterator[sqlite3.Connection]:
    path = shared_data / "northwind" / "northwind.db"
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def customers(northwind: sqlite3.Connection) -> list[str]:
    rows = northwind.execute("SELECT DISTINCT CustomerID FROM Orders ORDER BY 1")
    return [name for (name,) in rows]


@pytest.fixture(scope="module")
def cube(shared_data: Path, customers: list[str]) -> Cube:
    file = shared_data / "northwind" / "northwind.db"
    shipments = source(
        file,
        ORDERS,
        customers,
        shipment_id="OrderID",
        ordered_at=moment("OrderDate"),
        promised_at=moment("RequiredDate"),
        shipped_at=moment("ShippedDate"),
        delivered_at=moment("ShippedDate"),
        destination="ShipCountry",
        lane="ShipCountry",
        ordered_units="Units",
        freight_revenue="Freight",
    )
    lines = source(
        file,
        LINES,
        customers,
        invoice_id="OrderID",
        line="ProductID",
        issued_on=moment("OrderDate"),
        amount="Net",
    )
    workspace = Workspace(
        root=str(shared_data),
        house=House(name="N", sources={"shipments": (shipments,), "invoice_lines": (lines,)}),
        clients={
            name.lower(): ClientParams(
                slug=name.lower(), client=Client(name=name, currency="USD", timezone="UTC")
            )
            for name in customers
        },
    )
    with open_accounts(workspace) as accounts:
        return build_cube(accounts, workspace)


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("customer", ["SAVEA", "ERNSH", "QUICK"])
def test_a_customers_quarter(
    cube: Cube, northwind: sqlite3.Connection, customer: str, quarter: str
) -> None:
    period = parse(quarter)
    span = [customer, f"{period.start} 00:00", f"{period.end} 23:59"]
    (shipped,) = northwind.execute(
        "SELECT COUNT(*) FROM Orders WHERE CustomerID = ? AND ShippedDate BETWEEN ? AND ?", span
    ).fetchone()
    due, in_time = northwind.execute(
        """SELECT COUNT(*), COALESCE(SUM(ShippedDate <= RequiredDate), 0) FROM Orders
           WHERE CustomerID = ? AND RequiredDate BETWEEN ? AND ?
             AND RequiredDate <= '1998-05-07 00:00:00.000'""",
        span,
    ).fetchone()
    data = metric_data(cube, customer.lower())
    values = {
        value.metric: value
        for value in evaluate(data, ["shipments", "on_time_delivery"], period, as_of=AS_OF)
    }
    assert values["shipments"].value == shipped
    on_time = values["on_time_delivery"]
    assert (on_time.numerator, on_time.denominator) == (in_time, due)
    assert on_time.value == (in_time / due if due else None)
    assert on_time.partial == (quarter == "1998Q2")


def test_all_orders_late_and_not_shipped_tie_to_the_readme(
    cube: Cube, northwind: sqlite3.Connection
) -> None:
    facts = cube.facts["shipments"]
    # 830 orders, 21 of them not shipped yet; 37 shipped after the required date.
    assert facts["shipments"].sum() == 830 - 21
    due, on_time = facts["on_time_due"].sum(), facts["on_time"].sum()
    assert facts["on_time_unknown"].sum() == 0
    # One order was required before the data ends and has not been shipped: it is late too.
    (lost,) = northwind.execute(
        """SELECT COUNT(*) FROM Orders WHERE ShippedDate IS NULL
           AND RequiredDate <= '1998-05-07 00:00:00.000'"""
    ).fetchone()
    assert lost == 1
    assert due - on_time == 37 + lost


def test_net_sales_tie_to_the_readme(cube: Cube) -> None:
    total = sum(cube.registers["invoice_lines"]["amount"], Decimal(0))
    assert total.quantize(Decimal("0.01")) == Decimal("1265793.04")


def test_what_northwind_does_not_keep_is_not_supplied(cube: Cube) -> None:
    data = metric_data(cube, "savea")
    ids = ["in_full", "otif", "gross_margin", "nps", "disputes", "invoice_accuracy", "cases_open"]
    values = evaluate(data, ids, parse("1997Q4"), as_of=AS_OF)
    assert {value.status for value in values} == {"no_data"}
