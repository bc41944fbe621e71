"""Periods, comparisons, slices and JSON of evaluated figures."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.accounts.tables import TABLES
from reviewkit.errors import UsageError
from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.data import money
from reviewkit.metrics.evaluate import evaluate, series
from reviewkit.metrics.metric import dated
from reviewkit.metrics.registry import METRICS, metric, published
from reviewkit.params.models import Target
from reviewkit.periods import parse

Q3 = parse("2026Q3")
FIELDS = (
    "metric", "label", "unit", "period", "by", "value", "numerator", "denominator", "n",
    "coverage", "interval", "target", "status", "prior", "year_ago", "partial",
)  # fmt: skip


def delivery(number: int, day: str, late: bool = False, **more: Any) -> dict[str, Any]:
    arrived = f"{day} {'18' if late else '08'}:00"
    times = {"shipped_at": f"{day} 00:00", "promised_at": f"{day} 12:00", "delivered_at": arrived}
    return {"shipment_id": f"S{number}", "ordered_units": 1, "delivered_units": 1} | times | more


ROWS = [
    delivery(0, "2025-07-31"),
    delivery(1, "2025-08-01", late=True, site="Lyon"),
    delivery(2, "2026-04-01", site="Ghent"),
    delivery(3, "2026-06-30", late=True, site="Lyon"),
    delivery(4, "2026-07-01", site="Lyon"),
    delivery(5, "2026-08-31", site="Lyon"),
    delivery(6, "2026-09-01", site="Lyon", late=True),
    delivery(7, "2026-09-30"),
    delivery(8, "2026-10-05"),
]


@pytest.fixture(scope="module")
def cube() -> Cube:
    return build_cube(world({"shipments": ROWS}), workspace())


def test_prior_and_year_ago_are_the_whole_earlier_periods(cube: Cube) -> None:
    data = metric_data(cube)
    (value,) = evaluate(data, ["on_time_delivery"], Q3, as_of=AS_OF)
    assert (value.value, value.prior, value.year_ago) == (0.75, 0.5, 0.5)
    assert not value.partial


def test_every_combination_of_any_of_the_periods_gives_a_row_in_order(cube: Cube) -> None:
    values = evaluate(metric_data(cube), ["shipments"], Q3, ("site",), as_of=AS_OF)
    assert [(v.by["site"], v.value, v.prior, v.year_ago) for v in values] == [
        ("", 1, 0, 1),
        ("Ghent", 0, 1, 0),
        ("Lyon", 3, 1, 1),
    ]
    rates = evaluate(metric_data(cube), ["on_time_delivery"], Q3, ("site",), as_of=AS_OF)
    assert (rates[1].value, rates[1].status, rates[1].n) == (None, "no_data", 0)


def test_months_are_compared_with_their_own_prior_month_and_year(cube: Cube) -> None:
    values = evaluate(metric_data(cube), ["shipments"], Q3, ("month", "site"), as_of=AS_OF)
    lyon = {v.by["month"]: (v.value, v.prior, v.year_ago) for v in values if v.by["site"] == "Lyon"}
    assert lyon == {"2026-07": (1, 1, 0), "2026-08": (1, 1, 1), "2026-09": (1, 1, 0)}
    assert {value.period for value in values} == {"2026Q3"}
    assert [list(value.by) for value in values] == [["month", "site"]] * len(values)


def test_fiscal_months_go_by_their_fiscal_names(cube: Cube) -> None:
    period = parse("FY2027Q2", 4)
    values = evaluate(metric_data(cube), ["shipments"], period, ("month",), as_of=AS_OF)
    assert [(v.by["month"], v.value) for v in values] == [
        ("FY2027-P04", 1), ("FY2027-P05", 1), ("FY2027-P06", 2),
    ]  # fmt: skip


def test_a_period_that_is_not_over_is_partial_and_not_compared(cube: Cube) -> None:
    (value,) = evaluate(metric_data(cube), ["shipments"], Q3, as_of=dt.date(2026, 9, 30))
    assert (value.partial, value.prior, value.year_ago) == (True, None, None)
    assert value.value == 4


def test_data_that_stops_early_makes_a_period_partial() -> None:
    early = dt.datetime(2026, 9, 29, 23, 59, tzinfo=dt.UTC)
    stopped = build_cube(world({"shipments": ROWS}, cutoff=early), workspace())
    (value,) = evaluate(metric_data(stopped), ["shipments"], Q3, as_of=AS_OF)
    assert value.partial
    (value,) = evaluate(metric_data(stopped), ["shipments"], parse("2026-08"), as_of=AS_OF)
    assert not value.partial


def test_a_period_before_the_data_begins_is_no_reference(cube: Cube) -> None:
    data = metric_data(cube)
    (value,) = evaluate(data, ["shipments"], parse("2025-08"), as_of=AS_OF)
    assert (value.value, value.prior, value.year_ago) == (1, 1, None)
    (value,) = evaluate(data, ["shipments"], parse("2025H2"), as_of=AS_OF)
    assert (value.partial, value.prior) == (False, None)
    (value,) = evaluate(data, ["shipments"], parse("2025"), as_of=AS_OF)
    assert value.partial


def test_not_supplied_is_no_data_and_has_no_slices() -> None:
    columns = ("shipment_id", "shipped_at")
    cube = build_cube(world({"shipments": ROWS}, supplied={"shipments": columns}), workspace())
    data = metric_data(cube)
    (value,) = evaluate(data, ["on_time_delivery"], Q3, as_of=AS_OF)
    assert (value.value, value.status, value.n, value.coverage) == (None, "no_data", 0, None)
    assert evaluate(data, ["on_time_delivery"], Q3, ("site",), as_of=AS_OF) == ()
    assert METRICS["on_time_delivery"].missing(data) == (
        "shipments.promised_at", "shipments.delivered_at",
    )  # fmt: skip
    assert METRICS["nps"].missing(data) == ("surveys",)


def test_targets_of_counts_are_for_the_total_and_those_of_rates_for_every_slice(
    cube: Cube,
) -> None:
    data = metric_data(
        cube,
        minimum_n=1,
        targets={
            "cases_opened": (Target(value=Decimal(5)),),
            "on_time_delivery": (Target(value=Decimal("0.9"), tolerance=Decimal("0.2")),),
            "shipments": (Target(value=Decimal(4)),),
        },
    )
    total, *slices = evaluate(data, ["shipments"], Q3, as_of=AS_OF) + evaluate(
        data, ["shipments"], Q3, ("site",), as_of=AS_OF
    )
    assert total.target == 4
    assert {value.target for value in slices} == {None}
    rates = evaluate(data, ["on_time_delivery"], Q3, ("site",), as_of=AS_OF)
    assert [(v.target, v.status) for v in rates] == [
        (0.9, "met"), (0.9, "no_data"), (0.9, "missed"),
    ]  # fmt: skip


def test_json_has_exactly_the_fields_that_others_rely_on(cube: Cube) -> None:
    values = evaluate(metric_data(cube), METRICS, Q3, as_of=AS_OF)
    assert [value.metric for value in values] == list(METRICS)
    for value in values:
        assert tuple(value.to_json()) == FIELDS
    again = json.loads(json.dumps([value.to_json() for value in values], allow_nan=False))
    on_time = again[1]
    assert on_time["by"] == {}
    assert len(on_time["interval"]) == 2


def test_series_are_the_totals_of_each_period(cube: Cube) -> None:
    data = metric_data(cube)
    values = series(data, "shipments", Q3.run(3), as_of=AS_OF)
    assert [(v.period, v.value) for v in values] == [("2026Q1", 0), ("2026Q2", 2), ("2026Q3", 4)]


def test_a_misspelt_metric_or_dimension_is_told_with_what_there_is(cube: Cube) -> None:
    data = metric_data(cube)
    with pytest.raises(UsageError, match='Did you mean "otif"'):
        evaluate(data, ["otiff"], Q3, as_of=AS_OF)
    with pytest.raises(UsageError, match=r'nps has no dimension "site". It has: month, role\.'):
        evaluate(data, ["nps"], Q3, ("site",), as_of=AS_OF)
    assert metric("nps").label == "Net promoter score"


def test_who_may_know_which_metric() -> None:
    internal = {
        *("revenue_against_budget", "gross_margin", "dso", "receivables_overdue"),
        *("cost_per_unit", "cost_per_order", "cost_to_serve", "win_rate", "new_business"),
        *("weighted_pipeline", "pipeline_coverage", "net_revenue_retention"),
    }
    client = {item.id for item in published("client")}
    assert {item.id for item in published("internal")} - client == internal
    # A shared budget shares what is made of it; cost is a column and never shared.
    shared = {item.id for item in published("client", ("budget", "shipments", "payments"))}
    assert shared - client == {"revenue_against_budget", "dso", "receivables_overdue"}
    # The pipeline and what the house keeps of a client are never shared, whatever is named.
    everything = {item.id for item in published("client", tuple(TABLES))}
    assert internal - everything == {
        *("gross_margin", "win_rate", "new_business", "weighted_pipeline", "pipeline_coverage"),
        "net_revenue_retention",
    }


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "0.00"), ("-0.5", "-0.50"), ("1234567.1000", "1234567.10"), ("0.0049", "0.0049"),
     ("1E+3", "1000.00")],
)  # fmt: skip
def test_money_is_exact_text(amount: str, text: str) -> None:
    assert money(Decimal(amount)) == text


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [3, 0, 4, 2, 1]])
def test_rows_of_a_period_are_those_dated_in_it_in_any_order(order: list[int]) -> None:
    days = ["2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01", None]
    rows = pd.DataFrame({"date": pd.to_datetime(days[:4]), "n": range(4)})
    undated = pd.DataFrame({"date": pd.to_datetime(days), "n": range(5)}).iloc[order]
    start, end = dt.date(2026, 7, 1), dt.date(2026, 9, 30)
    assert list(dated(rows, start, end)["n"]) == [1, 2]
    assert sorted(dated(undated, start, end)["n"]) == [1, 2]
    assert dated(rows.iloc[:0], start, end).empty
