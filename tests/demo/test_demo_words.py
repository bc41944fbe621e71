"""What the demo's parameters and commentary claim in words is true of its data."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from reviewkit.params.load import load_workspace


@pytest.fixture(scope="module")
def clients(demo_folder):
    return load_workspace(demo_folder).clients


def last_quarter(shipments: pd.DataFrame, client: str) -> pd.DataFrame:
    mine = shipments[shipments["client"] == client]
    return mine[(mine["window_to_utc"] >= "2026-07-01") & (mine["window_to_utc"] < "2026-10-01")]


def test_most_corrections_are_weights_and_fuel_rates(clients, invoices) -> None:
    assert "weights keyed by hand" in clients["acme"].commentary["2026Q3"][1].text
    mine = invoices[(invoices["client"] == "acme") & (invoices["issued"] >= "2026-07-01")]
    reasons = mine.loc[mine["Gutschriftgrund"] != "", "Gutschriftgrund"].value_counts()
    both = reasons["Wrong weight billed"] + reasons["Fuel rate of another week"]
    assert both > reasons.sum() / 2


def test_october_and_november_are_the_busiest_months(clients, shipments) -> None:
    assert "October and November are the busiest" in clients["acme"].commentary["2026Q3"][2].text
    mine = shipments[shipments["client"] == "acme"]
    month = mine["departed_utc"].dt.to_period("M")
    per_working_day = mine.groupby(month).size() / [
        len(pd.bdate_range(period.start_time, period.end_time))
        for period in sorted(month.dropna().unique())
    ]
    for first, last in (("2023-10", "2024-09"), ("2024-10", "2025-09"), ("2025-10", "2026-09")):
        year = per_working_day.loc[first:last]
        assert set(year.nlargest(2).index.month) == {10, 11}


def test_lyon_has_the_most_deliveries_and_one_carrier(clients, shipments) -> None:
    assert "most deliveries" in clients["acme"].reviews["2026Q2"].decisions[0].effect
    mine = shipments[shipments["client"] == "acme"]
    assert mine["lane"].value_counts().index[0] == "Venlo → Lyon"
    assert mine.loc[mine["lane"] == "Venlo → Lyon", "carrier_name"].nunique() == 1


def test_eighteen_of_nineteen_lanes_and_services_held(clients, shipments) -> None:
    assert clients["acme"].plan.swot.strengths[0].text.startswith("Eighteen of nineteen lanes")
    rows = last_quarter(shipments, "acme")
    rows = rows[rows["pod_utc"].notna()]
    good = rows["pod_utc"] <= rows["window_to_utc"] + pd.Timedelta(minutes=30)
    rate = good.groupby([rows["lane"], rows["product"]]).mean()
    assert len(rate) == 19
    assert (rate > 0.945).sum() == 18
    assert rate["Venlo → Lyon", "LTL"] < 0.86


def test_a_missing_appointment_is_borealis_s_most_frequent_cause(clients, shipments) -> None:
    text = clients["borealis"].commentary["FY2026Q4"][0].text
    assert "most frequent cause of a late delivery is a missing appointment" in text
    causes = last_quarter(shipments, "borealis")["delay_reason"].value_counts()
    assert causes.index[0] == "No appointment at consignee"
    assert causes.iloc[0] > causes.iloc[1]


def test_borealis_volume_was_above_budget_in_all_three_months(
    clients, shipments, demo_folder
) -> None:
    internal = clients["borealis"].commentary["FY2026Q4"][2]
    assert internal.audience == "internal"
    assert "above budget in all three months" in internal.text
    plan = pd.read_csv(demo_folder / "data" / "budget.csv")
    plan = plan[(plan["Customer"] == "Borealis Foods") & (plan["Version"] == "v2")]
    units = plan.groupby("Month")["Deliveries"].sum()
    local = shipments["departed_utc"].dt.tz_localize("UTC").dt.tz_convert("America/Chicago")
    month = local[shipments["client"] == "borealis"].dt.strftime("%m/%Y").value_counts()
    for name in ("07/2026", "08/2026", "09/2026"):
        assert month[name] > units[name]


def test_dates_of_reviews_are_working_days_after_the_cut_off(clients) -> None:
    for slug, period in (("acme", "2026Q3"), ("borealis", "FY2026Q4")):
        facts = clients[slug].reviews[period]
        assert facts.meeting is not None
        assert facts.meeting.isoformat() > "2026-10-06"
        for decision in facts.decisions:
            assert decision.by is not None
            assert decision.by >= facts.meeting
            assert decision.by.weekday() < 5
    assert clients["cobalt"].reviews == {}
    assert clients["cobalt"].commentary == {}


def test_an_american_client_reads_dates_its_own_way(clients, demo_folder) -> None:
    american = [slug for slug, own in clients.items() if own.client.locale == "en-US"]
    assert american == ["borealis", "harebell"]
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    for slug in american:
        for path in sorted((demo_folder / "params" / slug).glob("*.*")):
            assert re.findall(rf"\b\d{{1,2}} (?:{months})\b", path.read_text("utf-8")) == [], path
