"""Small worlds for tests: account tables and parameters written down row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from reviewkit.accounts.tables import TABLES
from reviewkit.metrics.cube import Cube
from reviewkit.metrics.data import MetricData
from reviewkit.params.models import (
    Client,
    ClientMap,
    ClientParams,
    Contract,
    DeliveryRule,
    House,
    Sla,
    Source,
    Target,
    Workspace,
)

CUTOFF = dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC)
AS_OF = dt.date(2026, 10, 6)
TYPES = {
    "text": pa.string(),
    "timestamp": pa.timestamp("us"),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "money": pa.decimal128(18, 4),
    "boolean": pa.bool_(),
}

Rows = Iterable[Mapping[str, Any]]


@dataclass
class World:
    """Account tables as the accounts room gives them, held in memory."""

    tables: dict[str, ibis.Table]
    supplied: dict[str, frozenset[str]]
    cutoffs: dict[str, dt.datetime]


def typed(column_type: str, value: Any) -> Any:
    """Read a value written as text: "2026-07-01 12:00" (UTC), "2026-07-01", "12.34"."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return value
    match column_type:
        case "timestamp":
            return dt.datetime.fromisoformat(str(value))
        case "date":
            return dt.date.fromisoformat(str(value))
        case "money":
            return Decimal(value)
        case _:
            return value


def account_table(name: str, rows: Rows) -> pa.Table:
    """Return rows as an account table; columns that no row names are null."""
    rows = list(rows)
    columns = {"client": pa.array([row.get("client", "acme") for row in rows], pa.string())}
    for spec in TABLES[name].columns:
        values = [typed(spec.type, row.get(spec.name)) for row in rows]
        columns[spec.name] = pa.array(values, TYPES[spec.type])
    return pa.table(columns)


def world(
    tables: Mapping[str, Rows],
    *,
    cutoff: dt.datetime = CUTOFF,
    supplied: Mapping[str, Iterable[str]] | None = None,
) -> World:
    """Return account tables from rows; all columns count as supplied unless told."""
    told = supplied or {}
    return World(
        tables={name: ibis.memtable(account_table(name, rows)) for name, rows in tables.items()},
        supplied={name: frozenset(told.get(name, TABLES[name].names)) for name in tables},
        cutoffs=dict.fromkeys(tables, cutoff),
    )


def workspace(
    root: str = ".",
    *,
    timezones: Mapping[str, str] | None = None,
    delivery: tuple[DeliveryRule, ...] = (DeliveryRule(),),
    **client: Any,
) -> Workspace:
    """Return a workspace with one client per timezone (`acme` in UTC by default)."""
    return Workspace(
        root=root,
        house=House(
            name="Meridian Logistics",
            sources={
                "shipments": (
                    Source(
                        name="Transport system",
                        file="s.csv",
                        cutoff=CUTOFF,
                        client=ClientMap(constant="acme"),
                        columns={name: name for name in TABLES["shipments"].names},
                    ),
                )
            },
        ),
        clients={
            slug: ClientParams(
                slug=slug,
                client=Client(**{"name": slug, "currency": "EUR", "timezone": zone} | client),
                contract=Contract(delivery=delivery),
            )
            for slug, zone in (timezones or {"acme": "UTC"}).items()
        },
    )


def metric_data(
    cube: Cube,
    client: str = "acme",
    *,
    targets: Mapping[str, tuple[Target, ...]] | None = None,
    slas: tuple[Sla, ...] = (),
    minimum_n: int = 30,
) -> MetricData:
    """Return a client's metric data as an internal run sees it, straight from a cube."""

    def own(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        kept = {name: frame[frame["client"] == client] for name, frame in frames.items()}
        return {name: frame for name, frame in kept.items() if len(frame)}

    facts, registers = own(cube.facts), own(cube.registers)
    return MetricData(
        client=client,
        audience="internal",
        currency="EUR",
        timezone=cube.horizons[client].timezone,
        minimum_n=minimum_n,
        cube=facts,
        registers=registers,
        supplied={name: cube.supplied[name] for name in (*facts, *registers)},
        cutoffs=cube.cutoffs,
        begins=cube.begins,
        targets=targets or {},
        slas=slas,
        calendar=cube.horizons[client].calendar,
    )
