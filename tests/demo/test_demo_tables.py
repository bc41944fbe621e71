"""The demo's tables agree with each other: stock, orders, work, money; by plain pandas."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from demo_files import CLIENTS, activity, goods_in, local_day, order_lines, store


def daily(frame: pd.DataFrame, day: pd.Series, column: str) -> pd.Series:
    seen = frame[day != ""].assign(day=day[day != ""])
    return seen.groupby(["customer_id", "depot", "day"])[column].sum()


def moved(folder: Path, table: str) -> pd.Series:
    frame = store(folder, table)
    return daily(frame, local_day(frame["at_utc"], frame["depot"]), "units")


def test_stock_rolls_forward_from_day_to_day(demo_folder) -> None:
    stock = store(demo_folder, "stock").set_index(["customer_id", "depot", "day"])["units"]
    lines = order_lines(demo_folder)
    out = daily(lines, local_day(lines["shipped_utc"], lines["depot"]), "qty_shipped")
    came = goods_in(demo_folder).groupby(["Kunde", "Standort", "day"])["Stueck"].sum()
    came.index.names = stock.index.names
    parts = [came, moved(demo_folder, "returns"), moved(demo_folder, "adjustments"), -out]
    net = pd.concat(parts).groupby(level=[0, 1, 2]).sum()
    change = stock.groupby(level=[0, 1]).diff().dropna()
    assert len(change) > 4000
    assert (change == net.reindex(change.index, fill_value=0)).all()
    assert stock.min() > 0


def test_lots_in_store_are_about_the_stock(demo_folder) -> None:
    lots = store(demo_folder, "lots")
    stock = store(demo_folder, "stock")
    assert not (lots["released_utc"] < lots["received_utc"]).any()
    day = "2026-03-31"
    held = lots[(lots["received_utc"] < "2026-04-01") & ~(lots["released_utc"] < "2026-04-01")]
    pallets = held.groupby(["customer_id", "depot"])["pallets"].sum()
    stored = stock[stock["day"] == day].set_index(["customer_id", "depot"])["pallets"]
    assert set(pallets.index) == set(stored.index)
    assert (pallets / stored).between(0.6, 1.4).all()


def test_a_site_that_counts_lines_counts_those_of_the_warehouse_system(demo_folder) -> None:
    own = pd.read_parquet(demo_folder / "data" / "allentown_shipments.parquet")
    told = own.groupby("order_no")["line_count"].sum()
    lines = order_lines(demo_folder)
    held = lines[lines["customer_id"] == "C-1577"].groupby("order_no").size()
    assert len(held) > 5000
    assert (told[held.index] == held).all()
    assert own["line_count"].between(1, 3).all()
    assert (own["line_count"] <= own["qty_ordered"]).all()
    # What is older than the warehouse system is drawn by the same law: two on the average.
    older = own[~own["order_no"].isin(held.index)]["line_count"]
    assert abs(older.mean() - own[own["order_no"].isin(held.index)]["line_count"].mean()) < 0.05


def test_counts_off_the_books_are_put_right(demo_folder) -> None:
    counts = store(demo_folder, "counts")
    off = counts[counts["book"] != counts["found"]].set_index("count_no")
    put = store(demo_folder, "adjustments").set_index("reference")["units"]
    assert 0.005 < len(off) / len(counts) < 0.03
    assert (put[off.index] == off["found"] - off["book"]).all()


def test_returns_and_receipts_of_work_name_what_they_belong_to(demo_folder) -> None:
    events = activity(demo_folder)
    came = events[events["charge"] == "INB"]
    assert set(came["reference"]) <= set(goods_in(demo_folder)["Wareneingang"])
    back = events[events["charge"] == "RET"]
    assert set(back["reference"]) <= set(store(demo_folder, "returns")["reference"])
    assert set(back["reference"]) <= set(order_lines(demo_folder)["order_no"])


def test_offers_end_with_the_carrier_that_moved_the_load(demo_folder, shipments) -> None:
    offers = pd.read_csv(demo_folder / "data" / "tms_tenders.csv")
    assert (offers["offered_utc"] < offers["answered_utc"]).all()
    last = offers.sort_values("sequence").drop_duplicates("tender", keep="last")
    assert set(last["answer"]) == {"accepted"}
    carrier = shipments.set_index("shipment_no")["carrier_name"]
    assert (carrier[last["shipment_no"]].to_numpy() == last["carrier"].to_numpy()).all()
    first = offers[offers["sequence"] == 1]
    assert 0.88 < (first["answer"] == "accepted").mean() < 0.95


def test_margins_are_those_of_a_forwarder(demo_folder, invoices) -> None:
    pools = pd.read_excel(demo_folder / "data" / "cost_pools.xlsx", header=3, engine="openpyxl")
    cost = pools.groupby("Customer")["Cost"].sum()
    names = {"Acme Motors": "acme", "Borealis Foods": "borealis", "Damson Mode": "damson"}
    names |= {name: name.split()[0].lower() for name in cost.index if name not in names}
    revenue = invoices.groupby("client")["cents"].sum() / 100
    for name, client in names.items():
        assert 0.10 < 1 - cost[name] / revenue[client] < 0.25, name


def test_only_deliveries_invoices_and_a_site_are_known_of_cobalt(demo_folder) -> None:
    data = demo_folder / "data"
    for path in sorted(data.glob("*.csv")) + sorted(data.glob("*.jsonl")):
        text = path.read_text(encoding="utf-8")
        assert ("C-1302" in text or "Cobalt" in text) == (path.name == "sites.csv"), path.name
    for frame in (order_lines(demo_folder), activity(demo_folder), store(demo_folder, "stock")):
        assert set(frame["customer_id"]) == set(CLIENTS) - {"C-1302"}


def test_deals_and_contacts_belong_together(demo_folder) -> None:
    data = demo_folder / "data"
    deals, contacts = (
        [json.loads(line) for line in (data / name).read_text(encoding="utf-8").splitlines()]
        for name in ("crm_deals.jsonl", "crm_contacts.jsonl")
    )
    account = {deal["id"]: deal["account"] for deal in deals}
    assert {deal["won"] for deal in deals} == {True, False, None}
    assert all((deal["closed"] is None) == (deal["won"] is None) for deal in deals)
    assert all(account[item["deal"]] == item["account"] for item in contacts if item["deal"])
    renewal = [deal for deal in deals if deal["name"].startswith("Renewal")]
    assert [(deal["account"], deal["closed"]) for deal in renewal] == [("C-1526", None)]


def test_forecasts_come_twice_a_month_and_miss_the_web_shop(demo_folder, shipments) -> None:
    forecast = pd.read_csv(demo_folder / "data" / "volume_forecast.csv")
    known = forecast[forecast["month"] <= "2026-09-01"]
    assert (known.groupby(["customer_id", "month", "product"]).size() == 2).all()
    assert (forecast["frozen"] < forecast["month"]).all()
    damson = forecast[(forecast["customer_id"] == "C-1418") & (forecast["product"] == "PCL")]
    last = damson.sort_values("frozen").drop_duplicates("month", keep="last")
    expected = int(last.loc[last["month"] == "2026-09-01", "units"].iloc[0])
    mine = shipments[(shipments["client"] == "damson") & (shipments["product"] == "PCL")]
    september = mine[(mine["departed_utc"] >= "2026-09-01") & (mine["departed_utc"] < "2026-10-01")]
    assert int(september["qty_ordered"].sum()) > 1.7 * expected


@pytest.mark.parametrize("client", sorted(set(CLIENTS) - {"C-1302"}))
def test_every_table_has_rows_of_every_client_but_cobalt(demo_folder, client) -> None:
    for name in ("counts", "stock", "lots", "returns", "adjustments"):
        assert (store(demo_folder, name)["customer_id"] == client).any(), name
    assert (goods_in(demo_folder)["Kunde"] == client).any()
    assert (order_lines(demo_folder)["customer_id"] == client).any()
    assert (activity(demo_folder)["customer_id"] == client).any()
