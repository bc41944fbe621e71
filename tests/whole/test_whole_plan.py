"""The demo's stories as alerts tell them, and its white space against the raw files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from reviewkit.analysis.alerts import Alert, Watch
from reviewkit.analysis.alerts import alerts as raised
from reviewkit.analysis.plan_space import matrix
from reviewkit.display.alerts import newest
from reviewkit.display.view import View
from reviewkit.extract.read import read_extract
from reviewkit.review import Review

TOLD = {
    "acme": {
        ("threshold", "on_time_delivery"),
        ("threshold", "otif"),
        ("threshold", "gross_margin"),
        ("trend", "on_time_delivery"),
        ("trend", "otif"),
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
"""What is to be told of each client beside its late actions: its story, and what follows.

Harebell's orders cost 12% more in the spring of 2026 than a year before: 185,484.56 for 1,824
of them are 101.69, after 90.81.
"""


def shown(demo: Path, client: str) -> View:
    """Return the internal review of the client's last complete quarter."""
    # A later one, of a quarter that is not over, may have been built as well.
    first = min((demo / ".reviewkit" / "extracts" / client).glob("*/internal"))
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
