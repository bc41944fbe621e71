"""From every figure of the demo back to its rows, and what is refused on the way."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from reviewkit.accounts import open_accounts
from reviewkit.build.explain import render, slices, write_rows
from reviewkit.build.lineage import Apart, Lineage, trace
from reviewkit.demo import write_demo
from reviewkit.errors import UsageError
from reviewkit.extract.read import read_extract
from reviewkit.extract.write import write_extracts
from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.registry import METRICS
from reviewkit.params import Workspace
from reviewkit.params.load import load_workspace
from reviewkit.periods import parse

FEW = ("cases_opened", "nps", "invoice_accuracy", "revenue_against_budget", "dock_to_stock_median")

Open = Callable[..., Apart]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("lineage")
    write_demo(root)
    return load_workspace(root)


@pytest.fixture(scope="module")
def opened(house: Workspace) -> Iterator[Open]:
    """Give a client's tables row by row, for an audience; the same again are read once."""
    made: dict[tuple[str, str], Apart] = {}
    with open_accounts(house) as accounts:
        cube = build_cube(accounts, house)

        def apart(client: str, audience: str = "internal") -> Apart:
            if (client, audience) not in made:
                (folder,) = write_extracts(house, cube, client, parse("2026Q3"), [audience])  # type: ignore[list-item]
                made[client, audience] = Apart(house, accounts, read_extract(folder))
            return made[client, audience]

        yield apart


def _trace(apart: Apart, metric: str, **by: str) -> Lineage:
    return trace(apart, metric, by)


def test_every_metric_is_its_rows(opened: Open) -> None:
    apart = opened("acme")
    data = apart.extract.metric_data
    known = [m for m in METRICS.values() if m.scope == "account" and not m.missing(data)]
    assert len(known) >= 45
    for metric in known:
        found = _trace(apart, metric.id)
        assert found.agrees, metric.id
        assert found.whole or len(found.rows) >= found.value.n or metric.rollup == "count"


@pytest.mark.parametrize("metric", FEW)
def test_a_few_are_their_rows_for_every_client(opened: Open, house: Workspace, metric: str) -> None:
    asked = 0
    for client in sorted(house.clients):
        apart = opened(client)
        if METRICS[metric].missing(apart.extract.metric_data):
            continue
        assert _trace(apart, metric).agrees, client
        asked += 1
    assert asked >= 3


def test_the_rows_add_up_to_what_sql_says_of_the_source(opened: Open, house: Workspace) -> None:
    found = _trace(opened("acme"), "invoice_accuracy")
    assert int(found.rows["adds_n"].sum()) == found.value.denominator
    assert int(found.rows["adds_numerator"].sum()) == found.value.numerator
    shipped = _trace(opened("acme"), "shipments", service="Freight")
    ids = set(shipped.rows["shipment_id"])
    assert len(ids) == len(shipped.rows) == shipped.value.n
    # The departures of acme's quarter in its own days, straight from the file.
    path = Path(house.root, "data", "tms_shipments.parquet")
    query = f"""select distinct shipment_no from read_parquet('{path}')
        where customer_id = (select customer_id from read_parquet('{path}')
                             where shipment_no = '{min(ids)}' limit 1)
        and product = (select product from read_parquet('{path}')
                       where shipment_no = '{min(ids)}' limit 1)
        and timezone('Europe/Amsterdam', timezone('UTC', departed_utc))::date
            between '2026-07-01' and '2026-09-30'"""
    assert {row[0] for row in duckdb.sql(query).fetchall()} >= ids


def test_a_part_and_a_month_are_their_rows(opened: Open) -> None:
    lyon = _trace(opened("acme"), "otif", lane="Venlo → Lyon", month="2026-08")
    assert lyon.agrees
    assert set(lyon.rows["lane"]) == {"Venlo → Lyon"}
    assert lyon.span.id == "2026-08"
    assert int(lyon.rows["adds_n"].sum()) == lyon.value.n


def test_a_balance_rests_on_all_rows_up_to_the_periods_end(opened: Open) -> None:
    owed = _trace(opened("acme"), "dso")
    assert owed.agrees
    assert owed.whole
    assert owed.rows["issued_on"].max() <= owed.rows["issued_on"].dropna().max()
    assert str(owed.rows["issued_on"].max())[:10] <= "2026-09-30"


def test_the_rows_of_a_balance_are_those_that_enter_it(opened: Open) -> None:
    """Each is counted again over the rows of its list alone, in plain pandas."""
    apart = opened("acme")
    late = _trace(apart, "receivables_overdue")
    lines = late.rows[late.rows["table"] == "invoice_lines"]
    paid = late.rows[late.rows["table"] == "payments"]
    booked = lines.groupby(lines["credit_of"].fillna(lines["invoice_id"]))["amount"].sum()
    balance = booked.sub(paid.groupby("invoice_id")["amount"].sum(), fill_value=Decimal(0))
    assert (balance != 0).all()
    assert int((balance > 0).sum()) == late.value.n
    assert balance[balance > 0].sum() == Decimal(str(late.value.value))
    deals = _trace(apart, "pipeline_coverage").rows
    stood = deals["closed_on"].isna() | (deals["closed_on"] > "2026-09-30")
    assert (
        int((stood & deals["amount"].notna()).sum()) == _trace(apart, "pipeline_coverage").value.n
    )
    kept = _trace(apart, "net_revenue_retention")
    now = kept.rows["issued_on"] >= "2026-07-01"
    assert int(now.sum()) == kept.value.n
    assert kept.rows.loc[now, "amount"].sum() == Decimal(str(kept.value.numerator))
    assert kept.rows.loc[~now, "amount"].sum() == Decimal(str(kept.value.denominator))
    assert kept.rows.loc[~now, "issued_on"].between("2025-07-01", "2025-09-30").all()


def test_the_client_sees_no_internal_column(opened: Open) -> None:
    found = _trace(opened("acme", "client"), "on_time_delivery")
    assert found.agrees
    assert "freight_revenue" in found.rows
    assert "freight_cost" not in found.rows
    with pytest.raises(UsageError, match="gross_margin is internal"):
        _trace(opened("acme", "client"), "gross_margin")


@pytest.mark.parametrize(
    ("metric", "by", "message"),
    [
        ("otiff", {}, 'no metric "otiff"'),
        ("concentration", {}, "of all accounts together"),
        ("otif", {"lan": "Venlo → Lyon"}, 'otif has no dimension "lan"'),
        ("otif", {"lane": "Venlo → Lyons"}, 'Did you mean "Venlo → Lyon"'),
        ("otif_lines", {}, "shipments.lines was not supplied"),
    ],
)
def test_what_cannot_be_explained_is_told(
    opened: Open, metric: str, by: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        trace(opened("acme"), metric, by)


def test_a_pair_must_name_its_dimension() -> None:
    assert slices(["lane=A → B", "site= Venlo"]) == {"lane": "A → B", "site": "Venlo"}
    with pytest.raises(UsageError, match='--by "Venlo" is no dimension with its value'):
        slices(["Venlo"])
    with pytest.raises(UsageError, match="--by names lane twice"):
        slices(["lane=A → B", "site=Venlo", " lane = B → C"])


def test_the_text_goes_from_the_figure_to_its_rows(opened: Open, house: Workspace) -> None:
    found = _trace(opened("acme"), "nps")
    text = " ".join(render(found, house).split())
    assert f"made of {found.value.numerator} and {found.value.denominator}" in text
    assert "data/surveys.csv" in text
    assert f"in the period, counting {len(found.rows):,} rows" in text
    assert text.endswith("as printed")
    for_client = render(_trace(opened("acme", "client"), "nps"), house)
    assert "data/surveys.csv" not in for_client
    # The file of another client's site is no step on the way, though of the same table.
    deliveries = render(_trace(opened("acme"), "shipments"), house)
    assert "data/tms_shipments.parquet" in deliveries
    assert "allentown" not in deliveries


def test_no_cell_of_the_csv_is_a_formula(opened: Open, tmp_path: Path) -> None:
    found = _trace(opened("acme"), "nps")
    hostile = found.rows.assign(role="=cmd()", score=-1)
    write_rows(Lineage(**{**vars(found), "rows": hostile}), tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(hostile)
    assert {row["role"] for row in rows} == {"'=cmd()"}
    assert {row["score"] for row in rows} == {"-1"}
