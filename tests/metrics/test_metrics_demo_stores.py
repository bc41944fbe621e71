"""Metrics of the warehouse, tenders, receivables, cost and deals against plain SQL.

Each query reads the demo's raw files as they lie; nothing of reviewkit is used on this
side. The rows that the demo dirtied on purpose are taken out by name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from demo_queries import AMOUNTS, RATIOS
from demos import DemoCube
from worlds import AS_OF, metric_data

from reviewkit.metrics.data import MetricData
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.portfolio import portfolio_data
from reviewkit.metrics.registry import METRICS
from reviewkit.periods import Period, parse

# Client: number in the systems, debtor, name, zone and currency, copied by hand.
ACCOUNTS = {
    "acme": ("C-1041", "70412", "Acme Motors", "Europe/Amsterdam", "EUR"),
    "borealis": ("C-1187", "80177", "Borealis Foods", "America/Chicago", "USD"),
    "damson": ("C-1418", "71418", "Damson Mode", "Europe/Paris", "EUR"),
}
SLICES = [(client, period) for client in ACCOUNTS for period in ("2026Q3", "2026-03")]


@pytest.fixture(scope="module")
def folder(demo_folder: Path) -> Path:
    return demo_folder


@pytest.fixture(scope="module")
def data(demo_cube: DemoCube) -> Callable[[str], MetricData]:
    """Return a function that gives a client's data, straight from the cube."""
    return cache(
        lambda name: replace(metric_data(demo_cube.of(name), name), currency=ACCOUNTS[name][-1])
    )


@pytest.fixture(scope="module")
def sql(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database with the raw files as tables."""
    raw = folder / "data"
    con = duckdb.connect()
    files = {
        "lines": f"read_parquet('{raw}/wms_order_lines.parquet')",
        "events": f"read_parquet('{raw}/wms_activity.parquet')",
        "shipments": f"(select distinct * from read_parquet('{raw}/tms_shipments.parquet') "
        "where shipment_no not in ('S249900001', 'S259900002', 'S269900003'))",
        "offers": f"read_csv('{raw}/tms_tenders.csv')",
        "goods_in": f"read_csv('{raw}/wms_goods_in.csv', delim=';', all_varchar=true)",
        "answers": f"read_csv('{raw}/surveys.csv', all_varchar=true)",
        "booked": f"(select distinct * from read_csv('{raw}/finance_invoice_lines.csv', "
        "delim=';', all_varchar=true) where Beleg not like '%-99000%')",
        "deals": f"read_json('{raw}/crm_deals.jsonl')",
    }
    for name, source in files.items():
        con.execute(f"create table {name} as select * from {source}")
    for base, names in (
        ("wms", ("counts", "stock", "returns")),
        ("service_desk", ("tickets",)),
        ("finance_receipts", ("receipts",)),
    ):
        with sqlite3.connect(raw / f"{base}.sqlite") as store:
            for name in names:
                con.register("frame", pd.read_sql(f"select * from {name}", store))
                con.execute(f"create table {name} as select * from frame")
    pools = pd.read_excel(raw / "cost_pools.xlsx", header=None, engine="openpyxl")
    head = next(at for at, row in enumerate(pools.to_numpy()) if "Pool" in row)
    con.register("frame", pools[head + 1 :].set_axis(list(pools.loc[head]), axis=1).astype(str))
    con.execute("create table pools as select * from frame")
    con.execute(
        "create macro on_day(moment, zone) as "
        "timezone(zone, timezone('UTC', moment::timestamp))::date"
    )
    con.execute("create macro german(amount) as replace(amount, ',', '.')::decimal(18, 4)")
    con.execute("create macro dated(text) as strptime(text, '%d.%m.%Y')::date")
    yield con
    con.close()


def asked(
    con: duckdb.DuckDBPyConnection, client: str, period: Period, query: str
) -> tuple[Any, ...]:
    """Return the one row of a query, its marks replaced by the client and the period."""
    number, debtor, name, zone, _ = ACCOUNTS[client]
    body = query
    for mark, text in {
        "$mine": f"customer_id = '{number}'",
        "$number": f"'{number}'",
        "$debtor": f"'{debtor}'",
        "$name": f"'{name}'",
        "$zone": f"'{zone}'",
        "$start": f"date '{period.start}'",
        "$end": f"date '{period.end}'",
        "$span": f"between date '{period.start}' and date '{period.end}'",
    }.items():
        body = body.replace(mark, text)
    row = con.execute(body).fetchone()
    assert row is not None
    return row


def one(data: MetricData, metric: str, period: Period) -> Any:
    (value,) = evaluate(data, [metric], period, as_of=AS_OF)
    return value


@pytest.mark.parametrize(("client", "name"), SLICES)
def test_shares_and_counts(
    data: Callable[[str], MetricData], sql: duckdb.DuckDBPyConnection, client: str, name: str
) -> None:
    period = parse(name)
    for metric, query in RATIOS.items():
        value, expected = one(data(client), metric, period), asked(sql, client, period, query)
        if "tenders" in METRICS[metric].tables and client == "damson":
            # Its loads are not tendered: there is nothing, and that is not a rate of zero.
            assert (value.value, value.status, expected[0]) == (None, "no_data", 0)
            continue
        assert (value.numerator, value.denominator) == expected, metric


@pytest.mark.parametrize(("client", "name"), SLICES)
def test_amounts(
    data: Callable[[str], MetricData], sql: duckdb.DuckDBPyConnection, client: str, name: str
) -> None:
    period = parse(name)
    for metric, query in AMOUNTS.items():
        value = one(data(client), metric, period)
        parts = [value.numerator, value.denominator]
        found = [None if item is None else Decimal(item) for item in parts]
        assert found == [*asked(sql, client, period, query)], metric
        if metric == "dso" and found[1]:
            days = (period.end - period.start).days + 1
            assert value.value == pytest.approx(float(found[0] / found[1] * days))


@pytest.mark.parametrize(("client", "name"), SLICES)
def test_times_of_receipts_and_answers(
    data: Callable[[str], MetricData], sql: duckdb.DuckDBPyConnection, client: str, name: str
) -> None:
    period = parse(name)
    (docks,) = asked(
        sql, client, period, """
        with local as (
            select strptime(Ankunft, '%d.%m.%Y %H:%M') as came,
                   strptime(Verfuegbar, '%d.%m.%Y %H:%M') as ready
            from goods_in where Kunde = $number)
        select list(epoch(timezone('Europe/Amsterdam', ready) - timezone('Europe/Amsterdam', came))
                    / 3600 order by 1)
        from local
        where on_day(timezone('UTC', timezone('Europe/Amsterdam', came)), $zone) $span""",
    )  # fmt: skip
    median, most = (
        one(data(client), metric, period)
        for metric in ("dock_to_stock_median", "dock_to_stock_p90")
    )
    took = sorted(item for item in docks if item is not None)
    assert median.n == len(took)
    assert len(took) == len(docks)  # all receipts of these periods are in stock
    assert median.value == pytest.approx(quantile(took, 0.5), rel=0.025)
    assert most.value == pytest.approx(quantile(took, 0.9), rel=0.025)
    (waits,) = asked(
        sql, client, period, """
        with local as (
            select timezone('Europe/Amsterdam', opened::timestamp) as asked,
                   timezone('Europe/Amsterdam', first_reply::timestamp) as told
            from tickets where customer = $number and ticket not like 'T-99%')
        select list(epoch(told - asked) / 3600) from local
        where timezone($zone, asked)::date $span""",
    )  # fmt: skip
    answered = sorted(item for item in waits if item is not None)
    assert len(answered) == len(waits)
    value = one(data(client), "first_response_median", period)
    assert value.value == pytest.approx(quantile(answered, 0.5), rel=1e-9)
    assert one(data(client), "first_response_p90", period).value == pytest.approx(
        quantile(answered, 0.9), rel=1e-9
    )


@pytest.mark.parametrize(("client", "name"), SLICES)
def test_times_to_resolution_with_open_cases(
    data: Callable[[str], MetricData], sql: duckdb.DuckDBPyConnection, client: str, name: str
) -> None:
    """The share still open after each time is multiplied up in SQL, open cases being censored."""
    period = parse(name)
    (took,) = asked(
        sql, client, period, """
        with local as (
            select timezone('Europe/Amsterdam', opened::timestamp) as asked,
                   timezone('Europe/Amsterdam', closed::timestamp) as done,
                   timezone($zone, ($end + interval 1 day)::timestamp) as until
            from tickets where customer = $number and ticket not like 'T-99%'
        ), seen as (
            select done is not null and done < until as ended,
                   epoch(least(coalesce(done, until), until) - asked) / 3600 as hours
            from local
            where asked < until
              and (done is null or done >= timezone($zone, $start::timestamp))
        ), steps as (
            select hours, count(*) filter (where ended) as ended, count(*) as gone from seen
            group by hours
        ), risk as (
            select hours, ended,
                   sum(gone) over (order by hours desc rows unbounded preceding) as at_risk
            from steps
        ), curve as (
            select hours, exp(sum(ln(1 - ended / at_risk)) over (order by hours)) as still
            from risk where ended > 0 and at_risk > ended)
        select coalesce((select min(hours) from curve where still < 0.1 + 1e-9),
                        (select min(hours) from risk where ended > 0 and at_risk = ended))""",
    )  # fmt: skip
    assert one(data(client), "resolution_p90", period).value == pytest.approx(took, rel=1e-9)


def quantile(ordered: list[float], share: float) -> float:
    """Return the value that `share` do not pass; at a whole number the mean with the next."""
    at = round(len(ordered) * share, 9)
    whole = int(at)
    return (ordered[whole - 1] + ordered[whole]) / 2 if at == whole else ordered[whole]


@pytest.mark.parametrize(("client", "name"), SLICES)
def test_pallets(
    data: Callable[[str], MetricData], sql: duckdb.DuckDBPyConnection, client: str, name: str
) -> None:
    period = parse(name)
    query = """select sum(pallets) / count(distinct "day"), count(*) from stock
               where $mine and "day"::date $span"""
    average, rows = asked(sql, client, period, query)
    value = one(data(client), "stock_pallets", period)
    assert (value.value, value.n) == (pytest.approx(average), rows)


def test_concentration(demo_cube: DemoCube, sql: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """All accounts' revenue in euros at the rate of each invoice's day, and no global account."""
    held = portfolio_data(demo_cube.store.invoiced(), demo_cube.workspace, "EUR")
    value = one(held, "concentration", parse("2026Q3"))
    found = sql.execute(
        f"""
        with rates as (
            select "from"::date as since, currency, rate::double as rate
            from read_csv('{folder}/data/exchange_rates.csv', all_varchar=true)
            where "in" = 'EUR'
        ), dated_lines as (
            select Debitor, Waehrung, dated(Belegdatum) as day, german(Betrag) as amount
            from booked
            where Debitor in ('70412', '80177', '91305', '71418', '71455', '71503', '71526',
                              '81577')
        ), held as (
            select Debitor, sum(amount::double * if(Waehrung = 'EUR', 1, rate)) as revenue
            from dated_lines asof left join rates
                on Waehrung = currency and day >= since
            where day between date '2026-07-01' and date '2026-09-30'
            group by Debitor
        )
        select sum(power(revenue / (select sum(revenue) from held where revenue > 0), 2)) * 1e4
        from held where revenue > 0
        """
    ).fetchone()
    assert found is not None
    assert float(value.value) == pytest.approx(found[0], abs=0.01)
