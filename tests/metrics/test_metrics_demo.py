"""Every metric against a computation of its own, from the demo's raw files.

Deliveries are recomputed in SQL over the Parquet export, registers in plain loops over CSV
and SQLite. Only the figures are compared; nothing of reviewkit is used on this side. The
rows that the demo dirtied on purpose are named here by hand.
"""

from __future__ import annotations

import csv
import datetime as dt
import sqlite3
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from demos import DemoCube
from worlds import AS_OF

from reviewkit.extract.read import read_extract
from reviewkit.extract.write import write_extracts
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.evaluate import evaluate
from reviewkit.periods import Period, parse


@dataclass(frozen=True)
class Account:
    """What the demo's contract and calendars say of a client, copied by hand."""

    number: str
    debtor: str
    name: str
    zone: str
    tolerance: int
    early: int | None


ACCOUNTS = {
    "acme": Account("C-1041", "70412", "Acme Motors", "Europe/Amsterdam", 30, None),
    "borealis": Account("C-1187", "80177", "Borealis Foods", "America/Chicago", 60, 120),
    "cobalt": Account("C-1302", "91305", "Cobalt Labs", "Europe/Zurich", 0, None),
}
SLICES = [
    (client, period)
    for client in ACCOUNTS
    for period in ("2026Q3", "2026Q2", "2025-11", "2026-03", "2025H2")
]
DIRTY = "('S249900001', 'S259900002', 'S269900003')"


@pytest.fixture(scope="module")
def folder(demo_folder: Path) -> Path:
    return demo_folder


@pytest.fixture(scope="module")
def data(
    demo_cube: DemoCube, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], MetricData]:
    """Return a function that reads a client's internal extract of the demo's last quarter."""
    workspace = demo_cube.beside(tmp_path_factory.mktemp("extracts"))
    found = {
        client: read_extract(
            write_extracts(workspace, demo_cube.of(client), client, parse("2026Q3"), ["internal"])[
                0
            ]
        ).metric_data
        for client in ACCOUNTS
    }
    return found.__getitem__


@pytest.fixture(scope="module")
def sql(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    path = folder / "data" / "tms_shipments.parquet"
    connection.execute(
        f"create table raw as select distinct * from read_parquet('{path}') "
        f"where shipment_no not in {DIRTY}"
    )
    yield connection
    connection.close()


def local(column: str, zone: str) -> str:
    return f"timezone('{zone}', timezone('UTC', {column}))::date"


def asked(
    sql: duckdb.DuckDBPyConnection, account: Account, period: Period, query: str
) -> tuple[Any, ...]:
    early = "null" if account.early is None else str(account.early)
    body = query.format(
        due=f"{local('window_to_utc', account.zone)} between '{period.start}' and '{period.end}'",
        left=f"{local('departed_utc', account.zone)} between '{period.start}' and '{period.end}'",
        last=f"{local('last', account.zone)} between '{period.start}' and '{period.end}'",
        asked=f"{local('pickup_by_utc', account.zone)} between '{period.start}' and '{period.end}'",
        late=f"interval {account.tolerance} minute",
        mine=f"customer_id = '{account.number}' and cancelled_utc is null",
        over=f"window_to_utc + interval {account.tolerance} minute <= '2026-10-06 16:00:00'",
        timely=(
            f"(pod_utc <= window_to_utc + interval {account.tolerance} minute and ({early} is null "
            f"or pod_utc >= window_from_utc - to_minutes({early})))"
        ),
    )
    row = sql.execute(body).fetchone()
    assert row is not None
    return row


def known(value: Any) -> tuple[Any, Any, Any]:
    """Return numerator, denominator, and cases unknown, from the coverage."""
    unknown = round(value.n / value.coverage) - value.n if value.coverage else None
    return value.numerator, value.denominator, unknown


def one(data: MetricData, metric: str, period: Period) -> Any:
    (value,) = evaluate(data, [metric], period, as_of=AS_OF)
    return value


DELIVERIES = {
    "shipments": "select count(*), null, 0 from raw where {mine} and {left}",
    "on_time_delivery": """
        select count(*) filter (where {timely}),
               count(*) filter (where pod_utc is not null or coalesce(qty_delivered, 0) = 0),
               count(*) filter (where pod_utc is null and qty_delivered > 0)
        from raw where {mine} and {due} and {over}""",
    "in_full": """
        select count(*) filter (where qty_delivered >= qty_ordered),
               count(*) filter (where qty_delivered is not null or pod_utc is null),
               count(*) filter (where qty_delivered is null and pod_utc is not null)
        from raw where {mine} and {due} and {over}""",
    "otif": """
        with orders as (
            select order_no, max(window_to_utc) as last,
                   bool_or(not {timely} and pod_utc is not null)
                     or bool_or(pod_utc is null and qty_delivered is null)
                     or (count(*) = count(qty_delivered)
                         and sum(qty_delivered) < sum(qty_ordered)) as failed,
                   bool_and({timely} and pod_utc is not null)
                     and count(*) = count(qty_delivered)
                     and sum(qty_delivered) >= sum(qty_ordered) as passed
            from raw where {mine} and {over} group by order_no)
        select count(*) filter (where coalesce(passed, false) and not coalesce(failed, false)),
               count(*) filter (where coalesce(passed, false) or coalesce(failed, false)),
               count(*) filter (where not coalesce(passed, false) and not coalesce(failed, false))
        from orders where {last}""",
    "perfect_order": """
        with orders as (
            select order_no, max(window_to_utc) as last,
                   bool_or(not {timely} and pod_utc is not null)
                     or bool_or(pod_utc is null and qty_delivered is null)
                     or (count(*) = count(qty_delivered)
                         and sum(qty_delivered) < sum(qty_ordered))
                     or bool_or(coalesce(qty_damaged, 0) > 0)
                     or bool_or(not coalesce(papers_ok, true)) as failed,
                   bool_and({timely} and pod_utc is not null)
                     and count(*) = count(qty_delivered)
                     and sum(qty_delivered) >= sum(qty_ordered)
                     and count(*) = count(qty_damaged) and bool_and(papers_ok) as passed
            from raw where {mine} and {over} group by order_no)
        select count(*) filter (where coalesce(passed, false) and not coalesce(failed, false)),
               count(*) filter (where coalesce(passed, false) or coalesce(failed, false)),
               count(*) filter (where not coalesce(passed, false) and not coalesce(failed, false))
        from orders where {last}""",
    "on_time_first_promise": """
        select count(*) filter (where pod_utc <= first_window_to_utc + {late}),
               count(*) filter (where pod_utc is not null or coalesce(qty_delivered, 0) = 0),
               null
        from raw where {mine} and {due} and {over}
          and first_window_to_utc + {late} <= '2026-10-06 16:00:00'""",
    "on_time_pickup": """
        select count(*) filter (where pickup_utc <= pickup_by_utc + {late}),
               count(*) filter (where pickup_utc is not null
                                or (departed_utc is null and pod_utc is null)),
               null
        from raw where {mine} and {asked} and pickup_by_utc + {late} <= '2026-10-06 16:00:00'""",
    "on_time_ship": """
        select count(*) filter (where departed_utc <= pickup_by_utc + {late}),
               count(*) filter (where departed_utc is not null
                                or (pod_utc is null and pickup_utc is null)),
               null
        from raw where {mine} and {asked} and pickup_by_utc + {late} <= '2026-10-06 16:00:00'""",
    "otif_units": """
        with known as (
            select *, {timely} and pod_utc is not null as good from raw
            where {mine} and {due} and {over}
              and (pod_utc is not null or coalesce(qty_delivered, 0) = 0)
              and (qty_delivered is not null or pod_utc is null))
        select sum(case when good then least(coalesce(qty_delivered, 0), qty_ordered) else 0 end),
               sum(qty_ordered), null
        from known""",
}


@pytest.mark.parametrize(("client", "name"), SLICES)
def test_deliveries(
    data: Callable[[str], MetricData], sql: duckdb.DuckDBPyConnection, client: str, name: str
) -> None:
    period = parse(name)
    found = {metric: known(one(data(client), metric, period)) for metric in DELIVERIES}
    expected = {
        metric: asked(sql, ACCOUNTS[client], period, query) for metric, query in DELIVERIES.items()
    }
    # What a query does not count as unknown is not compared.
    found = {
        metric: (*value[:2], None if expected[metric][2] is None else value[2])
        for metric, value in found.items()
    }
    assert found == expected


@pytest.mark.parametrize(("client", "name"), SLICES)
def test_gross_margin(
    data: Callable[[str], MetricData], sql: duckdb.DuckDBPyConnection, client: str, name: str
) -> None:
    query = """select coalesce(sum(sell_amount - buy_amount), 0), coalesce(sum(sell_amount), 0),
               count(*) from raw where {mine} and {left}"""
    margin, revenue, count = asked(sql, ACCOUNTS[client], parse(name), query)
    value = one(data(client), "gross_margin", parse(name))
    assert (Decimal(value.numerator), Decimal(value.denominator)) == (margin, revenue)
    assert value.n == count
    assert value.value == pytest.approx(float(margin / revenue), rel=1e-12)


@pytest.mark.parametrize("dim", ["site", "service", "lane"])
def test_slices_of_on_time_delivery(
    data: Callable[[str], MetricData], sql: duckdb.DuckDBPyConnection, dim: str
) -> None:
    column = {"site": "depot", "service": "product", "lane": "depot || ' → ' || destination"}[dim]
    words = {"LTL": "Freight", "PCL": "Package", "DST": "Distribution", "FWD": "Forwarding"}
    query = f"""select list((key, due) order by key) from (
        select {column} as key, count(*) as due from raw
        where {{mine}} and {{due}} and {{over}} and (pod_utc is not null
              or coalesce(qty_delivered, 0) = 0) group by 1)"""
    (rows,) = asked(sql, ACCOUNTS["acme"], parse("2026Q3"), query)
    values = evaluate(data("acme"), ["on_time_delivery"], parse("2026Q3"), (dim,), as_of=AS_OF)
    expected = {words.get(key, key): due for key, due in rows}
    assert {value.by[dim]: value.n for value in values if value.n} == expected


# --- registers --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[dict[str, str]]:
    with (folder / "data" / "finance_invoice_lines.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    unique = {(row["Beleg"], row["Position"]): row for row in reversed(rows)}
    return [row for row in unique.values() if "-99000" not in row["Beleg"]]


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007  a date


@pytest.mark.parametrize(("client", "name"), SLICES)
def test_invoices(
    data: Callable[[str], MetricData], lines: list[dict[str, str]], client: str, name: str
) -> None:
    period = parse(name)
    mine = [row for row in lines if row["Debitor"] == ACCOUNTS[client].debtor]
    credited = {
        (row["Gutschrift_zu"], row["Kostenart"], row["Kundenreferenz"])
        for row in mine
        if row["Gutschrift_zu"]
    }
    issued = [
        row for row in mine if not row["Gutschrift_zu"] and period.contains(day(row["Belegdatum"]))
    ]
    wrong = [
        row
        for row in issued
        if row["Ergebnis"] == "anerkannt"
        or (row["Beleg"], row["Kostenart"], row["Kundenreferenz"]) in credited
    ]
    disputed = [row for row in issued if row["Reklamiert_am"]]
    accuracy = one(data(client), "invoice_accuracy", period)
    assert known(accuracy) == (len(issued) - len(wrong), len(issued), 0)
    assert known(one(data(client), "disputes", period)) == (len(disputed), len(issued), 0)


@pytest.mark.parametrize(("client", "name"), SLICES)
def test_revenue_against_budget(
    data: Callable[[str], MetricData],
    lines: list[dict[str, str]],
    folder: Path,
    client: str,
    name: str,
) -> None:
    period, account = parse(name), ACCOUNTS[client]
    plan: dict[tuple[dt.date, str], tuple[str, Decimal]] = {}
    with (folder / "data" / "budget.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            month, year = row["Month"].split("/")
            at = (dt.date(int(year), int(month), 1), row["Product"])
            if row["Customer"] == account.name:
                plan[at] = max(
                    plan.get(at, ("", Decimal(0))), (row["Version"], Decimal(row["Revenue"]))
                )
    value = one(data(client), "revenue_against_budget", period)
    if not plan:
        assert (value.value, value.status) == (None, "no_data")
        return
    actual = sum(
        Decimal(row["Betrag"].replace(",", "."))
        for row in lines
        if row["Debitor"] == account.debtor and period.contains(day(row["Belegdatum"]))
    )
    budget = sum(amount for (month, _), (_, amount) in plan.items() if period.contains(month))
    assert (Decimal(value.numerator), Decimal(value.denominator)) == (actual, budget)
    assert Decimal(value.value) == actual - budget


@pytest.mark.parametrize(("client", "name"), SLICES)
def test_cases(data: Callable[[str], MetricData], folder: Path, client: str, name: str) -> None:
    period, account = parse(name), ACCOUNTS[client]
    connection = sqlite3.connect(folder / "data" / "service_desk.sqlite")
    rows = connection.execute(
        "select opened, closed from tickets where customer = ? and ticket not like 'T-99%'",
        [account.number],
    ).fetchall()
    connection.close()
    values = {
        metric: one(data(client), metric, period)
        for metric in ("cases_opened", "cases_open", "resolution_median")
    }
    if client == "cobalt":
        # The service desk knows no keys of cobalt's: whatever it holds was not supplied.
        assert {value.status for value in values.values()} == {"no_data"}
        return

    def at(text: str | None) -> dt.datetime | None:
        moment = dt.datetime.fromisoformat(text) if text else None
        return moment.replace(tzinfo=ZoneInfo("Europe/Amsterdam")) if moment else None

    def on(moment: dt.datetime) -> dt.date:
        return moment.astimezone(ZoneInfo(account.zone)).date()

    spans = [(at(opened), at(closed)) for opened, closed in rows]
    opened = [start for start, _ in spans if start and period.contains(on(start))]
    still = [
        start
        for start, end in spans
        if start and on(start) <= period.end and not (end and on(end) <= period.end)
    ]
    hours = [
        (end.astimezone(dt.UTC) - start.astimezone(dt.UTC)).total_seconds() / 3600
        for start, end in spans
        if start and end and period.contains(on(end))
    ]
    assert values["cases_opened"].value == len(opened)
    assert values["cases_open"].value == len(still)
    median = values["resolution_median"]
    assert median.n == len(hours)
    assert median.value == pytest.approx(statistics.median(hours), rel=1e-12)
    assert median.coverage == len(hours) / (len(hours) + len(still))


@pytest.mark.parametrize(("client", "name"), SLICES)
def test_nps(data: Callable[[str], MetricData], folder: Path, client: str, name: str) -> None:
    period, account = parse(name), ACCOUNTS[client]
    with (folder / "data" / "surveys.csv").open(encoding="utf-8") as file:
        scores = [
            int(row["score"])
            for row in csv.DictReader(file)
            if row["customer_id"] == account.number
            and row["survey"] == "NPS"
            and row["score"].isdigit()
            and period.contains(dt.date.fromisoformat(row["answered"]))
        ]
    value = one(data(client), "nps", period)
    if client == "cobalt":
        assert value.status == "no_data"
        return
    promoters = sum(score >= 9 for score in scores)
    detractors = sum(score <= 6 for score in scores)
    assert known(value) == (promoters - detractors, len(scores), 0)
    assert value.value == pytest.approx(100 * (promoters - detractors) / len(scores), rel=1e-12)
