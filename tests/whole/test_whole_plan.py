"""The demo's stories as alerts tell them, and its white space against the raw files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from reviewkit.analysis.alerts import Alert, Dearer, Watch
from reviewkit.analysis.alerts import alerts as raised
from reviewkit.analysis.plan_space import matrix
from reviewkit.display.alerts import newest
from reviewkit.display.view import View
from reviewkit.extract.read import read_extract
from reviewkit.review import Review

TOLD = {
    "acme": {
        ("threshold", "on_time_delivery"),
        ("threshold", "gross_margin"),
        ("trend", "on_time_delivery"),
        ("renewal", "contract"),
    },
    "borealis": {("threshold", "revenue_against_budget"), ("threshold", "gross_margin")},
    "cobalt": {("renewal", "contract")},
    "damson": {("threshold", "gross_margin")},
    "elderwick": {("threshold", "revenue_against_budget")},
    "foxglove": set(),
    "gantry": {("renewal", "contract")},
    "harebell": {("freshness", "data:2026-09-16"), ("cost_to_serve", "cost_per_order")},
}
"""What is to be told of each client beside its late actions: its story, and what follows."""


def shown(demo: Path, client: str) -> View:
    """Return the internal review of the client's last complete quarter."""
    # A later one, of a quarter that is not over, may have been built as well, and a month.
    first = min((demo / ".reviewkit" / "extracts" / client).glob("*Q?/internal"))
    return Review.of(read_extract(first)).view


def told(demo: Path, client: str) -> tuple[Alert, ...]:
    view = shown(demo, client)
    assert view.house.alerts is not None
    return raised(Watch(view.figures, view.params, newest(view)), view.house.alerts)


@pytest.mark.parametrize("client", TOLD)
def test_each_story_is_told_and_nothing_else(demo: Path, client: str) -> None:
    found = told(demo, client)
    assert {(a.kind, a.subject) for a in found if a.kind != "ageing"} == TOLD[client]
    # All that ages are actions, and each of them answers itself.
    late = [alert for alert in found if alert.kind == "ageing"]
    assert all(alert.subject == f"action:{alert.answer.id}" for alert in late)
    assert all(alert.answer.open for alert in late)


def test_what_follows_from_late_deliveries_is_told_with_them(demo: Path) -> None:
    late = [alert for alert in told(demo, "acme") if alert.subject == "on_time_delivery"]
    assert [(alert.kind, alert.also) for alert in late] == [
        ("threshold", ("otif",)),
        ("trend", ("otif",)),
    ]


def test_harebells_orders_cost_more_than_a_year_before_in_the_raw_files(demo: Path) -> None:
    """185,484.56 for 1,824 orders are 101.69 each; 162,997.39 for 1,795 were 90.81: 12% more."""
    pools = pd.read_excel(demo / "data" / "cost_pools.xlsx", header=3, engine="openpyxl")
    pools = pools[pools["Customer"] == "Harebell Press"]
    spent = pools["Cost"].astype(float).groupby(pools["Month"].astype(str).str[:7]).sum()
    rows = pd.read_parquet(demo / "data" / "allentown_shipments.parquet")
    rows = rows.drop_duplicates("shipment_no")
    rows = rows[(rows["customer_id"] == "C-1577") & rows["cancelled_utc"].isna()]
    due = rows.groupby("order_no")["window_to_utc"].max().dt.tz_localize("UTC")
    months = due.dt.tz_convert("America/New_York").dt.strftime("%Y-%m").value_counts()

    def per_order(year: int) -> float:
        spring = [f"{year}-{month}" for month in ("04", "05", "06")]
        return float(spent[spring].sum() / months[spring].sum())

    (alert,) = (item for item in told(demo, "harebell") if item.kind == "cost_to_serve")
    assert isinstance(alert.found, Dearer)
    assert float(alert.found.rise) == pytest.approx(per_order(2026) / per_order(2025) - 1, abs=1e-4)
    assert (round(per_order(2026), 2), round(per_order(2025), 2)) == (101.69, 90.81)
    # The house asks to be told from a tenth on.
    assert alert.found.rise > Decimal("0.10")


def test_the_gravest_are_the_notice_and_the_budget_missed_twice(demo: Path) -> None:
    grave = {
        (client, alert.kind, alert.subject)
        for client in TOLD
        for alert in told(demo, client)
        if alert.severity == "critical"
    }
    assert grave == {
        ("gantry", "renewal", "contract"),
        ("borealis", "threshold", "revenue_against_budget"),
        ("borealis", "threshold", "gross_margin"),
    }


def test_acmes_white_space_is_that_of_the_raw_files(demo: Path) -> None:
    view = shown(demo, "acme")
    found = matrix(view.figures)
    assert found is not None
    with duckdb.connect() as sql:
        revenue = sql.execute(
            f"""
            select Sparte, Standort, sum(replace(Betrag, ',', '.')::decimal(18, 4))
            from (select distinct * from read_csv('{demo}/data/finance_invoice_lines.csv',
                  delim = ';', all_varchar = true))
            where Debitor = '70412' and Beleg not like '%-99000%' and Sparte is not null
              and strptime(Belegdatum, '%d.%m.%Y')::date
                  between date '2025-10-01' and date '2026-09-30'
            group by all
            """
        ).fetchall()
        volume = sql.execute(
            f"""
            select depot, count(distinct shipment_no)
            from read_parquet('{demo}/data/tms_shipments.parquet')
            where customer_id = 'C-1041'
              and shipment_no not in ('S249900001', 'S259900002', 'S269900003')
              and timezone('Europe/Amsterdam', timezone('UTC', departed_utc))::date
                  between date '2025-10-01' and date '2026-09-30'
            group by depot
            """
        ).fetchall()
    names = {"LTL": "Freight", "PCL": "Package", "DST": "Distribution"}
    bought = {(names[line], site): amount for line, site, amount in revenue}
    assert {key: space.revenue for key, space in found.spaces.items() if not space.gap} == bought
    assert found.volume == dict(volume)
    # Birmingham buys distribution alone: what freight would be worth there is in the middle of
    # Venlo and Łódź, by its own shipments.
    rates = [bought["Freight", site] / found.volume[site] for site in ("Venlo", "Łódź")]
    first = found.gaps[0]
    assert (first.service, first.site, first.sites) == ("Freight", "Birmingham", 2)
    assert first.size is not None
    expected = sum(rates) / 2 * found.volume["Birmingham"]
    assert abs(Decimal(float(first.size)) - expected) < 1
