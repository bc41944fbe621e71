"""Shipments of many clients as Parquet, for measuring the cube: the same rows every time.

Three years up to a cut-off, in the order in which orders arrive. Every client has six
lanes, each of one site, one service and two carriers; 12 % of the orders come in two
deliveries; about 6 % of the deliveries are late, with a cause; 2 % lack a promise, 2 % are
cancelled.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from reviewkit.accounts.tables import TABLES
from reviewkit.params.models import (
    Client,
    ClientMap,
    ClientParams,
    Contract,
    DeliveryRule,
    House,
    Source,
    Workspace,
)

CUTOFF = dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC)
DAYS = 3 * 365
TYPES = {
    "text": "string",
    "timestamp": "timestamp(6)",
    "date": "date",
    "integer": "int64",
    "number": "float64",
    "money": "decimal(18, 4)",
    "boolean": "boolean",
}
"""How the accounts hold a column of each type; one that the files lack is null."""

PART = 5_000_000
"""Rows of one file."""

ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
)

# Of 28 deliveries, 22 are an order of their own and six are the halves of three orders.
_ROWS = """
WITH numbered AS (
    SELECT
        range AS i,
        range // 28 * 25 + least(range % 28, 22 + (range % 28 - 22) // 2) AS o,
        range % 28 >= 22 AND range % 2 = 1 AS second
    FROM range({first}, {last})
), drawn AS (
    SELECT
        *,
        hash(o) AS h, hash(o + 1000000000000) AS g, hash(i + 2000000000000) AS d,
        ('{start}'::TIMESTAMP + to_seconds(CAST(o * {seconds_per_order} AS BIGINT)))
            AS ordered
    FROM numbered
), dated AS (
    SELECT
        *,
        CAST({clients} * power((h % 1000000) / 1e6, 2) AS INTEGER) % {clients} AS client,
        ordered + to_minutes(CAST(120 + g % 2880 + if(second, 4320, 0) AS BIGINT)) AS shipped,
        d % 10000 AS luck
    FROM drawn
), promised AS (
    SELECT
        *,
        date_trunc('hour', shipped) + to_hours(CAST(12 + g % 72 AS BIGINT)) AS promised,
        luck < 600 AS late,
        luck >= 9800 AS cancelled,
        (h >> 20) % 6 AS lane,
        CAST(d // 17 % 4 + 1 AS INTEGER) AS cause
    FROM dated
)
SELECT
    printf('c%04d', client) AS client,
    'S' || i AS shipment_id,
    'Site ' || (client % 7 + lane % 2) AS site,
    ['Freight', 'Package', 'Forwarding', 'Distribution'][(client % 3 + lane // 3 + 1)::INT]
        AS service,
    'O' || o AS order_id,
    ordered AS ordered_at,
    promised - INTERVAL 4 HOURS AS promised_from,
    if(luck BETWEEN 1000 AND 1199, NULL, promised) AS promised_at,
    if(cancelled, NULL, shipped) AS shipped_at,
    if(cancelled OR luck BETWEEN 600 AND 699, NULL,
       if(late, promised + to_minutes(CAST(1 + d // 7 % 2880 AS BIGINT)),
          promised - to_minutes(CAST(d // 7 % 600 AS BIGINT)))) AS delivered_at,
    if(cancelled, ordered + INTERVAL 1 HOUR, NULL) AS cancelled_at,
    if(cancelled, ['client', 'provider'][(d // 5 % 2 + 1)::INT], NULL) AS cancel_cause,
    'Venlo' AS origin,
    'Town ' || lane AS destination,
    'Venlo → Town ' || lane AS lane,
    'Carrier ' || lane * 2 + (h >> 24) % 2 AS carrier,
    (10 + d // 11 % 90)::BIGINT AS ordered_units,
    if(cancelled OR luck BETWEEN 600 AND 649, NULL,
       10 + d // 11 % 90 - if(luck BETWEEN 700 AND 899, 1, 0))::BIGINT AS delivered_units,
    (d // 13 % 20000) / 10.0::DOUBLE AS weight_kg,
    if(luck = 9000, 1, 0)::BIGINT AS damaged_units,
    if(late, ['Border', 'Weather', 'Capacity', 'Site delay'][cause], NULL) AS late_cause,
    if(late, ['other', 'other', 'carrier', 'provider'][cause], NULL) AS at_fault,
    if(luck % 50 = 0, NULL, (d // 19 % 500000) / 100.0)::DECIMAL(18, 4) AS freight_revenue,
    if(luck % 33 = 0, NULL, (d // 23 % 400000) / 100.0)::DECIMAL(18, 4) AS freight_cost
FROM promised
"""


@dataclass(frozen=True)
class Tables:
    """What the cube needs of the accounts, over files as they lie."""

    con: Backend
    tables: dict[str, ibis.Table]
    supplied: dict[str, frozenset[str]]
    cutoffs: dict[str, dt.datetime]


def generate(rows: int, clients: int, folder: Path) -> None:
    """Write `rows` shipments of `clients` clients into `folder` as Parquet files."""
    folder.mkdir(parents=True, exist_ok=True)
    con = ibis.duckdb.connect()
    end = CUTOFF.replace(tzinfo=None)
    for number, first in enumerate(range(0, rows, PART)):
        query = _ROWS.format(
            first=first,
            last=min(first + PART, rows),
            clients=clients,
            start=end - dt.timedelta(days=DAYS),
            seconds_per_order=DAYS * 86400 / (rows * 25 / 28),
        )
        path = folder / f"shipments-{number:03d}.parquet"
        con.raw_sql(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)").fetchall()
    con.disconnect()


def open_tables(folder: Path, memory: str = "3GB") -> Tables:
    """Open what `generate` wrote as the accounts' shipments, within `memory` of DuckDB."""
    con = ibis.duckdb.connect()
    con.raw_sql(f"SET memory_limit = '{memory}'")
    con.raw_sql(f"SET temp_directory = '{folder / 'spill'}'")
    con.raw_sql("SET TimeZone = 'UTC'")
    shipments = con.read_parquet(str(folder / "*.parquet"), table_name="shipments")
    columns = {
        column.name: shipments[column.name]
        if column.name in shipments.columns
        else ibis.null(TYPES[column.type])
        for column in TABLES["shipments"].columns
    }
    return Tables(
        con=con,
        tables={"shipments": shipments.select("client", **columns)},
        supplied={"shipments": frozenset(columns) & frozenset(shipments.columns)},
        cutoffs={"shipments": CUTOFF},
    )


def workspace(clients: int) -> Workspace:
    """Return the parameters of the clients: eight timezones, a dated rule for every fifth."""
    return Workspace(
        root=".",
        house=House(
            name="Meridian Logistics",
            sources={
                "shipments": (
                    Source(
                        file="shipments.parquet",
                        cutoff=CUTOFF,
                        client=ClientMap(constant="c0000"),
                        columns={"shipment_id": "shipment_id"},
                    ),
                )
            },
        ),
        clients={
            f"c{number:04d}": ClientParams(
                slug=f"c{number:04d}",
                client=Client(
                    name=f"Client {number}", currency="EUR", timezone=ZONES[number % len(ZONES)]
                ),
                contract=Contract(delivery=_rules(number)),
            )
            for number in range(clients)
        },
    )


def _rules(number: int) -> tuple[DeliveryRule, ...]:
    if number % 5:
        return (DeliveryRule(tolerance_minutes=15 * (number % 3)),)
    return (
        DeliveryRule(tolerance_minutes=60),
        DeliveryRule(since=dt.date(2026, 1, 1), tolerance_minutes=15, early_minutes=240),
    )
