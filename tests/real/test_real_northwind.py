"""Northwind as a workspace: totals to the cent, every row accounted for, metrics against pandas."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from worlds import metric_data

from reviewkit.accounts import open_accounts
from reviewkit.metrics import Cube, build_cube
from reviewkit.metrics.evaluate import evaluate
from reviewkit.params import load_workspace
from reviewkit.periods import parse, resolve

KINDS = ["sqlite", "csv"]
CLIENTS = ("SAVEA", "ERNSH", "QUICK")


def cents(amount: object) -> Decimal:
    return Decimal(str(amount)).quantize(Decimal("0.01"))


@pytest.fixture(scope="module")
def orders(shared_data: Path) -> pd.DataFrame:
    """The orders with their days read and the net value of their lines, by plain pandas."""
    folder = shared_data / "northwind"
    dates = ["OrderDate", "RequiredDate", "ShippedDate"]
    orders = pd.read_csv(folder / "Orders.csv", parse_dates=dates)
    lines = pd.read_csv(folder / "OrderDetails.csv")
    lines["net"] = lines["UnitPrice"] * lines["Quantity"] * (1 - lines["Discount"])
    net = lines.groupby("OrderID")["net"].sum().rename("net")
    units = lines.groupby("OrderID")["Quantity"].sum().rename("units")
    return orders.join(net, on="OrderID").join(units, on="OrderID")


@pytest.fixture(scope="module")
def cube(northwind_workspace) -> Cube:
    """The measures of the three customers."""
    workspace = load_workspace(northwind_workspace("csv"))
    with open_accounts(workspace) as accounts:
        return build_cube(accounts, workspace)


@pytest.mark.parametrize("kind", KINDS)
def test_the_house_as_a_whole_ties_to_the_readme(northwind_workspace, kind: str) -> None:
    workspace = load_workspace(northwind_workspace(kind, everyone=True))
    with open_accounts(workspace) as accounts:
        assert accounts.check().ok
        shipments, lines = accounts.check().tables
        assert (shipments.rows_in, shipments.rows_out) == (830, 830)
        assert (lines.rows_in, lines.rows_out) == (2155, 2155)
        assert cents(lines.amounts["amount"]) == Decimal("1265793.04")
        assert cents(shipments.amounts["freight_revenue"]) == Decimal("64942.69")
        sums = accounts.tables["invoice_lines"]
        gross = accounts.con.to_pyarrow((sums.rate * sums.quantity.cast("int64")).sum()).as_py()
        assert cents(gross) == Decimal("1354458.59")
        rows = accounts.con.to_pyarrow(accounts.tables["shipments"]).to_pylist()
    assert sum(row["shipped_at"] is None for row in rows) == 21
    shipped = [row for row in rows if row["shipped_at"] is not None]
    assert sum(row["shipped_at"] > row["promised_at"] for row in shipped) == 37


@pytest.mark.parametrize("kind", KINDS)
def test_three_customers_tie_to_pandas_and_the_others_are_counted(
    northwind_workspace, orders: pd.DataFrame, kind: str
) -> None:
    with open_accounts(load_workspace(northwind_workspace(kind))) as accounts:
        shipments, lines = accounts.check().tables
        mine = orders[orders["CustomerID"].isin(CLIENTS)]
        assert (shipments.rows_in, shipments.rows_out) == (830, len(mine))
        assert shipments.other_clients == 830 - len(mine)
        assert cents(shipments.amounts["freight_revenue"]) == cents(mine["Freight"].sum().round(2))
        assert cents(lines.amounts["amount"]) == cents(mine["net"].sum().round(2))
        assert lines.rows_in == lines.rows_out + lines.other_clients == 2155


def test_both_kinds_give_the_same_rows(northwind_workspace) -> None:
    found = {}
    for kind in KINDS:
        with open_accounts(load_workspace(northwind_workspace(kind))) as accounts:
            for name, keys in {
                "shipments": ["shipment_id"],
                "invoice_lines": ["invoice_id", "line"],
            }.items():
                frame = accounts.con.to_pandas(accounts.tables[name].order_by(["client", *keys]))
                found[kind, name] = frame
    for name in ("shipments", "invoice_lines"):
        pd.testing.assert_frame_equal(found["sqlite", name], found["csv", name])


def test_a_customer_whose_id_ends_in_a_blank_is_told_apart(northwind_workspace) -> None:
    root = northwind_workspace("sqlite")
    house = root / "params" / "house.yaml"
    text = house.read_text().replace("SELECT o.*,", "SELECT o.*, o.CustomerID || ' ' AS Blank,")
    house.write_text(text.replace("{column: CustomerID, keys", "{column: Blank, keys", 1))
    with open_accounts(load_workspace(root)) as accounts:
        assert accounts.check().tables[0].other_clients == 830
    house.write_text(house.read_text().replace('"SAVEA": savea', '"SAVEA ": savea', 1))
    with open_accounts(load_workspace(root)) as accounts:
        assert accounts.check().tables[0].rows_out == 31


@pytest.mark.parametrize("customer", CLIENTS)
@pytest.mark.parametrize("period", ["1997Q3", "1997-12", "1997H1", "1997", "1998Q1"])
def test_a_customers_metrics_match_pandas(
    cube: Cube, orders: pd.DataFrame, customer: str, period: str
) -> None:
    span = parse(period)
    data = metric_data(cube, customer.lower(), minimum_n=5)
    ids = ["shipments", "on_time_delivery"]
    values = {item.metric: item for item in evaluate(data, ids, span, as_of=dt.date(1998, 5, 7))}
    mine = orders[orders["CustomerID"] == customer]
    first, last = pd.Timestamp(span.start), pd.Timestamp(span.end)
    delivered = mine[mine["ShippedDate"].between(first, last)]
    assert values["shipments"].value == len(delivered)
    due = mine[mine["RequiredDate"].between(first, last)]
    in_time = due["ShippedDate"] <= due["RequiredDate"]
    found = values["on_time_delivery"]
    assert (found.numerator, found.denominator) == (in_time.sum(), len(due))
    assert found.value == pytest.approx(in_time.mean())
    months = evaluate(data, ids, span, by=["month"], as_of=dt.date(1998, 5, 7))
    by_month = due.groupby(due["RequiredDate"].dt.strftime("%Y-%m")).size()
    assert {
        item.by["month"]: item.denominator
        for item in months
        if item.metric == "on_time_delivery" and item.denominator
    } == by_month.to_dict()


def test_the_default_is_the_last_quarter_that_the_orders_cover() -> None:
    assert resolve("", dt.date(1998, 5, 6)).id == "1998Q1"
