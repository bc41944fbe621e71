"""One cube for months and weeks: figures of both calendars against plain pandas over the rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import metric_data, workspace, world

from reviewkit.metrics.calendar import bucket_starts, fiscal_periods, horizon
from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.params.models import Calendar, Workspace
from reviewkit.periods import FiscalCalendar, Pattern, Period, YearEnd, parse

CUTOFF = dt.datetime(2024, 11, 20, 12, tzinfo=dt.UTC)
AS_OF = dt.date(2024, 11, 20)
ZONES = {"chicago": "America/Chicago", "zurich": "Europe/Zurich"}
RETAIL = Calendar(pattern="4-5-4", ends="nearest saturday to the end of january", named_by="start")
SEPTEMBER = Calendar(pattern="4-4-5", ends="last saturday of september", long_period=3)
THIRTEEN = Calendar(pattern="13x4", ends="last saturday of december")

# What is shown of each calendar: a year of 53 weeks among them, and calendar months.
SHOWN = {
    "retail": (RETAIL, ("FY2023", "FY2023Q4", "FY2023-P12", "FY2024Q1", "FY2024-P01")),
    "september": (SEPTEMBER, ("FY2023", "FY2023Q1", "FY2023-P03", "FY2024-P06", "FY2024Q4")),
    "thirteen": (THIRTEEN, ("FY2023", "FY2023Q4", "FY2023-P13", "FY2024-P01", "FY2024H1")),
}
MONTHS = ("2024-03", "2023-11", "2024Q1", "2024H1", "2023")


def space(calendar: Calendar) -> Workspace:
    return workspace(timezones=ZONES, calendar=calendar)


def rows() -> list[dict[str, Any]]:
    """Deliveries to the minute, thickest around midnight, where periods meet."""
    draw = np.random.default_rng(445)
    days = pd.date_range("2022-06-01", "2024-11-19", freq="D")
    out = []
    for client, zone in ZONES.items():
        midnights = days.tz_localize(zone).tz_convert("UTC").tz_localize(None)
        for number, opens in enumerate(midnights):
            for at in (-1, 0, int(draw.integers(1, 1440))):
                moment = opens + pd.Timedelta(minutes=at)
                late = pd.Timedelta(hours=int(draw.integers(-2, 2)))
                out.append(
                    {
                        "client": client,
                        "shipment_id": f"{client}-{number}-{at}",
                        "site": ("Lyon", "Ghent")[int(draw.integers(2))],
                        "shipped_at": str(moment - pd.Timedelta(days=2)),
                        "promised_at": str(moment),
                        "delivered_at": str(moment + late),
                    }
                )
    return out


ROWS = rows()


@pytest.fixture(scope="module", params=sorted(SHOWN))
def shown(request: pytest.FixtureRequest) -> tuple[Cube, FiscalCalendar, tuple[str, ...]]:
    calendar, names = SHOWN[request.param]
    cube = build_cube(world({"shipments": ROWS}, cutoff=CUTOFF), space(calendar))
    return cube, calendar.fiscal(1), (*names, *MONTHS)


@cache
def clocked(client: str) -> pd.DataFrame:
    """Return a client's rows by its own wall clock."""
    frame = pd.DataFrame(ROWS)
    frame = frame[frame["client"] == client]
    for name in ("promised_at", "delivered_at"):
        utc = pd.to_datetime(frame[name]).dt.tz_localize("UTC")
        frame[name] = utc.dt.tz_convert(ZONES[client])
    return frame


def counted(client: str, period: Period) -> dict[str, tuple[int, int]]:
    """Count due and on time by site, row by row."""
    frame = clocked(client)
    day = frame["promised_at"].dt.tz_localize(None).dt.normalize()
    frame = frame[(day >= pd.Timestamp(period.start)) & (day <= pd.Timestamp(period.end))]
    good = frame["delivered_at"] <= frame["promised_at"]
    return {
        str(site): (int(good[part.index].sum()), len(part)) for site, part in frame.groupby("site")
    }


@pytest.mark.parametrize("client", sorted(ZONES))
def test_months_and_weeks_come_from_one_cube(
    shown: tuple[Cube, FiscalCalendar, tuple[str, ...]], client: str
) -> None:
    cube, own, names = shown
    data = metric_data(cube, client)
    for name in names:
        period = parse(name, own)
        values = evaluate(data, ["on_time_delivery"], period, ("site",), as_of=AS_OF)
        found = {value.by["site"]: (value.numerator, value.denominator) for value in values}
        assert found == counted(client, period), name
        (total,) = evaluate(data, ["on_time_delivery"], period, as_of=AS_OF)
        assert total.denominator == 3 * period.days, name


def test_a_fiscal_quarter_is_sliced_into_its_fiscal_periods(
    shown: tuple[Cube, FiscalCalendar, tuple[str, ...]],
) -> None:
    cube, own, _ = shown
    quarter = parse("FY2024Q2", own)
    data = metric_data(cube, "zurich")
    values = evaluate(data, ["on_time_delivery"], quarter, ("month",), as_of=AS_OF)
    assert [(value.by["month"], value.denominator) for value in values] == [
        (part.id, 3 * part.days) for part in quarter.months()
    ]
    # Each is compared with the period before it, and with its number of the year before.
    first = values[0]
    expected = [counted("zurich", part) for part in (own_prior(quarter), own_year_ago(quarter))]
    assert [first.prior, first.year_ago] == [share(part) for part in expected]


def own_prior(quarter: Period) -> Period:
    return quarter.months()[0].prior()


def own_year_ago(quarter: Period) -> Period:
    return quarter.months()[0].year_ago()


def share(part: dict[str, tuple[int, int]]) -> float:
    good, due = (sum(pair[at] for pair in part.values()) for at in (0, 1))
    return good / due


def test_buckets_are_months_cut_where_fiscal_periods_begin() -> None:
    item = horizon(space(RETAIL), "zurich", {}, dt.date(2024, 4, 10))
    # Fiscal 2024 begins on 4 February; its periods have 4, 5 and 4 weeks.
    assert bucket_starts(item, dt.date(2024, 1, 31)) == [
        dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2024, 2, 4), dt.date(2024, 3, 1),
        dt.date(2024, 3, 3), dt.date(2024, 4, 1), dt.date(2024, 4, 7), dt.date(2024, 5, 1),
    ]  # fmt: skip
    plain = horizon(workspace(timezones=ZONES), "zurich", {}, dt.date(2024, 4, 10))
    assert bucket_starts(plain, dt.date(2024, 2, 29)) == [
        dt.date(2024, 2, 1), dt.date(2024, 3, 1), dt.date(2024, 4, 1), dt.date(2024, 5, 1),
    ]  # fmt: skip


@given(
    st.sampled_from(["4-4-5", "4-5-4", "5-4-4", "13x4"]),
    st.sampled_from(["last", "nearest"]),
    st.integers(0, 6),
    st.integers(1, 12),
    st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1)),
)
def test_months_and_fiscal_periods_are_whole_buckets(
    pattern: Pattern, rule: str, weekday: int, month: int, as_of: dt.date
) -> None:
    end = YearEnd("last" if rule == "last" else "nearest", weekday, month)
    own = FiscalCalendar(pattern, ends=end)
    plain = horizon(workspace(timezones=ZONES), "zurich", {}, as_of)
    first = as_of - dt.timedelta(days=500)
    starts = bucket_starts(replace(plain, calendar=own), first)
    assert starts == sorted(set(starts))
    assert starts[0] <= first < starts[1]
    assert starts[-2] <= as_of < starts[-1]
    inside = [day for day in starts if day > first]
    # Every month and every fiscal period begins a bucket, and nothing else does.
    walked = [first + dt.timedelta(days=at) for at in range(1, (as_of - first).days + 1)]
    opening = {own.first_day_of(own.ordinal(day)) for day in walked}
    assert {day for day in walked if day.day == 1 or day in opening} == {*inside} - {starts[-1]}


def test_clients_of_one_zone_and_unlike_years_have_their_own_buckets() -> None:
    both = space(RETAIL)
    months = both.clients["zurich"].client.model_copy(update={"calendar": Calendar()})
    plain = both.clients["zurich"].model_copy(update={"client": months, "slug": "plain"})
    both = both.model_copy(update={"clients": {**both.clients, "plain": plain}})
    twins = [row | {"client": "plain"} for row in ROWS if row["client"] == "zurich"]
    facts = build_cube(world({"shipments": [*ROWS, *twins]}, cutoff=CUTOFF), both).facts
    rows = facts["shipments"]
    days = {client: set(rows.loc[rows["client"] == client, "month"]) for client in both.clients}
    assert {day.day for day in days["plain"]} == {1}
    assert {day.day for day in days["zurich"]} > {1}
    sums = rows.groupby("client")["on_time_due"].sum()
    assert sums["plain"] == sums["zurich"]


def test_the_fiscal_period_of_a_day() -> None:
    days = pd.Series(pd.to_datetime(["2024-02-03", None, "2024-02-04"]), index=[4, 7, 9])
    found = fiscal_periods(days, RETAIL.fiscal(1))
    assert found["opens"].dropna().dt.date.to_dict() == {
        4: dt.date(2023, 12, 31),
        9: dt.date(2024, 2, 4),
    }
    assert found["closes"].dropna().dt.date.to_dict() == {
        4: dt.date(2024, 2, 3),
        9: dt.date(2024, 3, 2),
    }
    months = fiscal_periods(days, FiscalCalendar(first_month=4))
    assert months["closes"].dropna().dt.day.tolist() == [29, 29]


LINES = [
    {"invoice_id": "R1", "line": "1", "issued_on": "2024-02-03", "amount": "70.00"},
    {"invoice_id": "R2", "line": "1", "issued_on": "2024-02-04", "amount": "110.00"},
    {"invoice_id": "R3", "line": "1", "issued_on": "2024-03-02", "amount": "30.00"},
    {"invoice_id": "R4", "line": "1", "issued_on": "2024-03-03", "amount": "500.00"},
]
PLANS = [
    {"month": "2023-12-31", "service": "Freight", "revenue": "60.00"},
    {"month": "2024-02-04", "service": "Freight", "revenue": "150.00"},
]


def against_budget(period: str) -> MetricValue:
    tables = {
        name: [row | {"client": "zurich", "service": "Freight"} for row in given]
        for name, given in (("invoice_lines", LINES), ("budget", PLANS))
    }
    data = metric_data(build_cube(world(tables, cutoff=CUTOFF), space(RETAIL)), "zurich")
    own = RETAIL.fiscal(1)
    (value,) = evaluate(data, ["revenue_against_budget"], parse(period, own), as_of=AS_OF)
    return value


def test_a_budget_of_a_fiscal_period_is_held_against_its_own_invoices() -> None:
    assert against_budget("FY2024-P01").value == "-10.00"
    assert against_budget("FY2023-P12").value == "10.00"
    # P02 has no budget, so its lines are left out and the coverage says so.
    quarter = against_budget("FY2024Q1")
    assert (quarter.value, quarter.coverage) == ("-10.00", pytest.approx(2 / 3))


def test_a_calendar_month_has_no_part_of_a_fiscal_periods_budget() -> None:
    value = against_budget("2024-02")
    assert (value.value, value.status) == (None, "no_data")


def test_a_cost_of_a_fiscal_period_is_held_against_all_its_deliveries() -> None:
    # P01 of fiscal 2024 goes from 4 February to 2 March: two buckets, with a delivery in each.
    due = ("2024-02-03", "2024-02-10", "2024-03-01", "2024-03-03")
    shipments = [
        {"client": "zurich", "shipment_id": day, "order_id": day, "promised_at": f"{day} 12:00",
         "delivered_at": f"{day} 11:00", "ordered_units": 1, "delivered_units": 1}
        for day in due
    ]  # fmt: skip
    cost = {"client": "zurich", "month": "2024-02-04", "pool": "picking", "amount": "90.00"}
    tables = {"shipments": shipments, "costs": [cost | {"driver_quantity": 6}]}
    data = metric_data(build_cube(world(tables, cutoff=CUTOFF), space(RETAIL)), "zurich")

    def figures(period: str) -> list[Any]:
        names = ["cost_per_order", "cost_to_serve"]
        at = parse(period, RETAIL.fiscal(1))
        return [value.value for value in evaluate(data, names, at, as_of=AS_OF)]

    assert figures("FY2024-P01") == ["45.00", "90.00"]
    assert figures("2024-02") == [None, None]
