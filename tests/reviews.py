"""Reviews for tests, from counts written down by hand: no sources, no files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from reviewkit import periods
from reviewkit.accounts.tables import TABLES
from reviewkit.analysis.figures import Figures
from reviewkit.display.formats import Formats
from reviewkit.display.view import House, View
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.dims import DELIVERY as DIMS
from reviewkit.metrics.facts.shipments import SHIPMENTS
from reviewkit.params.models import Client, ClientParams, ReviewFacts, Target

AS_OF = dt.date(2026, 10, 6)
CUTOFF = dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC)
PERIOD = periods.parse("2026Q3")


@dataclass(frozen=True)
class Due:
    """Deliveries of one lane in one month: `due`, of them `on_time`, and how the rest was late.

    `late` maps a recorded cause to its count; what it leaves has none. `unknown` ones have
    no recorded outcome and are not among the `due`.
    """

    month: str
    lane: str
    due: int
    on_time: int
    late: Mapping[str, int] | None = None
    service: str = "Freight"
    revenue: int = 0
    cost: int = 0
    unknown: int = 0


def cube(rows: Iterable[Due]) -> pd.DataFrame:
    """Return the measures of deliveries; all are in full and shipped in the month due."""
    out: list[dict[str, Any]] = []
    for row in rows:
        base: dict[str, Any] = dict.fromkeys(DIMS)
        base |= {
            item.name: 0 if item.type == "int64" else Decimal(0) for item in SHIPMENTS.measures
        }
        base |= {
            "month": pd.Timestamp(f"{row.month}-01"),
            "lane": row.lane,
            "site": row.lane.split(" ")[0],
            "service": row.service,
        }
        causes = dict(row.late or {})
        for cause, count in causes.items():
            out.append(base | _counts(count, 0) | {"late_cause": cause, "at_fault": "carrier"})
        rest = row.due - sum(causes.values())
        money = {
            "margin_known": row.due,
            "on_time_unknown": row.unknown,
            "margin_revenue": Decimal(row.revenue),
            "margin_cost": Decimal(row.cost),
        }
        out.append(base | _counts(rest, row.on_time) | money)
    return pd.DataFrame(out, columns=["month", *DIMS, *(item.name for item in SHIPMENTS.measures)])


def _counts(due: int, on_time: int) -> dict[str, int]:
    return {
        "shipments": due,
        "on_time_due": due,
        "on_time": on_time,
        "in_full_due": due,
        "in_full": due,
        "otif_due": due,
        "otif": on_time,
    }


def register(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return register rows; columns that no row names are null, days and money are typed."""
    spec = TABLES[table]
    rows = list(rows)
    frame = pd.DataFrame({c.name: [row.get(c.name) for row in rows] for c in spec.columns})
    for column in spec.columns:
        if column.type in ("date", "timestamp"):
            frame[column.name] = pd.to_datetime(frame[column.name])
        elif column.type == "money":
            frame[column.name] = [
                None if value is None else Decimal(str(value)) for value in frame[column.name]
            ]
        elif column.type == "text":
            frame[column.name] = frame[column.name].astype("str").where(frame[column.name].notna())
    return frame


def metric_data(
    deliveries: Iterable[Due] = (),
    *,
    audience: str = "client",
    targets: Mapping[str, float] | None = None,
    tolerance: float = 0.003,
    supplied: Mapping[str, Iterable[str]] | None = None,
    **registers: Iterable[Mapping[str, Any]],
) -> MetricData:
    """Return what metrics are computed from; every column of a table given counts as supplied."""
    deliveries = list(deliveries)
    tables = [*(["shipments"] if deliveries else []), *registers]
    told = supplied or {}
    return MetricData(
        client="acme",
        audience=audience,  # type: ignore[arg-type]
        currency="EUR",
        timezone="Europe/Amsterdam",
        minimum_n=30,
        cube={"shipments": cube(deliveries)} if deliveries else {},
        registers={name: register(name, rows) for name, rows in registers.items()},
        supplied={name: frozenset(told.get(name, TABLES[name].names)) for name in tables},
        cutoffs=dict.fromkeys(tables, CUTOFF),
        begins=dict.fromkeys(tables, dt.date(2023, 10, 1)),
        targets={
            name: (Target(value=Decimal(str(value)), tolerance=Decimal(str(tolerance))),)
            for name, value in (targets or {}).items()
        },
    )


def figures(*args: Any, period: periods.Period = PERIOD, **kwargs: Any) -> Figures:
    """Return the figures of a review, by default of the third quarter of 2026."""
    return Figures(metric_data(*args, **kwargs), period, AS_OF)


def view(own: Figures, facts: ReviewFacts | None = None, **client: Any) -> View:
    """Return a review ready to be put into words, for Acme Motors."""
    given = {"name": "Acme Motors", "currency": "EUR", "account_manager": "Juno Fairweather"}
    return View(
        figures=own,
        params=ClientParams(
            slug="acme",
            client=Client(**(given | client)),
            reviews={PERIOD.id: facts} if facts else {},
        ),
        house=House(
            name="Meridian Logistics",
            paper="a4",
            minimum_n=30,
            sources={"shipments": ("Transport system",)},
            cutoff=CUTOFF,
        ),
        formats=Formats("en-GB", "EUR", "Europe/Amsterdam"),
    )


SLIDE = (
    # The second quarter: 97% of 1,000 on each of two lanes; the third: Lyon falls to 85%.
    *(Due(f"2026-0{m}", "Venlo → Lyon", 1000, 970) for m in (4, 5, 6)),
    *(Due(f"2026-0{m}", "Venlo → Paris", 1000, 970) for m in (4, 5, 6)),
    *(Due(f"2026-0{m}", "Venlo → Lyon", 1000, 850, {"No capacity": 120}) for m in (7, 8, 9)),
    *(Due(f"2026-0{m}", "Venlo → Paris", 1000, 970, {"Traffic": 10}) for m in (7, 8, 9)),
)
"""A slide with one cause on one lane: 97.0% in the second quarter, 91.0% in the third."""

STILL = tuple(
    Due(f"2026-0{m}", lane, 800, 776, unknown=4, service=service)
    for m in range(4, 10)
    for lane, service in (("Basel → Munich", "Package"), ("Basel → Boston", "Forwarding"))
)
"""Nothing moves: 97.0% in both quarters."""
