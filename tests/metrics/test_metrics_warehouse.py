"""Warehouse metrics, each worked out by hand, with the traps that the field knows of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.registry import METRICS
from reviewkit.periods import parse

Q3, JULY = parse("2026Q3"), parse("2026-07")
Row = dict[str, Any]


def data_of(**tables: list[Row]) -> MetricData:
    return metric_data(build_cube(world(tables), workspace()))


def one(data: MetricData, metric: str, period: str = "2026Q3") -> MetricValue:
    (value,) = evaluate(data, [metric], parse(period), as_of=AS_OF)
    return value


def made_of(value: MetricValue) -> tuple[Any, Any, int, float | None]:
    return value.numerator, value.denominator, value.n, value.coverage


# --- receipts ---------------------------------------------------------------------------


def receipt(number: int, arrived: str, available: str | None = None, **more: Any) -> Row:
    return {"receipt_id": f"R{number}", "arrived_at": arrived, "available_at": available} | more


def test_dock_to_stock_is_the_middle_of_the_receipts_within_the_bins_error() -> None:
    # 2 h, 4 h and 20 h: the middle one is 4 h; 90 % of three is the longest, 20 h.
    data = data_of(
        receipts=[
            receipt(1, "2026-07-01 08:00", "2026-07-01 10:00"),
            receipt(2, "2026-07-02 08:00", "2026-07-02 12:00"),
            receipt(3, "2026-07-03 08:00", "2026-07-04 04:00"),
        ]
    )
    median, most = one(data, "dock_to_stock_median"), one(data, "dock_to_stock_p90")
    assert median.value == pytest.approx(4, rel=0.025)
    assert most.value == pytest.approx(20, rel=0.025)
    assert (median.n, median.coverage, median.numerator) == (3, 1.0, None)


def test_open_receipts_are_censored_and_told() -> None:
    # Without the open one the median were 3 h, the mean of 2 h and 4 h. It has been open for
    # three months: half of three are reached with the second, after 4 h.
    data = data_of(
        receipts=[
            receipt(1, "2026-07-01 08:00", "2026-07-01 10:00"),
            receipt(2, "2026-07-02 08:00", "2026-07-02 12:00"),
            receipt(3, "2026-07-03 08:00"),
        ]
    )
    median, most = one(data, "dock_to_stock_median"), one(data, "dock_to_stock_p90")
    assert median.value == pytest.approx(4, rel=0.025)
    assert (median.n, median.coverage) == (2, pytest.approx(2 / 3))
    assert (most.value, most.status) == (None, "no_data")  # a third is still open


def test_what_became_available_after_what_is_known_is_open() -> None:
    space = workspace()
    rows = [receipt(1, "2026-07-01 08:00", "2026-08-02 10:00")]
    early = build_cube(world({"receipts": rows}), space, dt.date(2026, 7, 31))
    assert one(metric_data(early), "dock_to_stock_median", "2026-07").n == 0
    assert one(data_of(receipts=rows), "dock_to_stock_median", "2026-07").n == 1


def test_a_receipt_belongs_to_the_month_of_its_arrival() -> None:
    data = data_of(
        receipts=[
            receipt(1, "2026-06-30 23:59", "2026-07-01 10:00"),
            receipt(2, "2026-07-31 23:59", "2026-08-01 10:00"),
        ]
    )
    assert one(data, "receipts", "2026-07").value == 1
    assert one(data, "dock_to_stock_median", "2026-07").n == 1


def test_receipts_as_advised_leave_out_what_was_not_checked() -> None:
    data = data_of(
        receipts=[
            receipt(1, "2026-07-01 08:00", discrepancy_units=0),
            receipt(2, "2026-07-01 08:00", discrepancy_units=3),
            receipt(3, "2026-07-01 08:00", discrepancy_units=0),
            receipt(4, "2026-07-01 08:00"),
        ]
    )
    # Two of the three that were checked.
    assert made_of(one(data, "receipt_accuracy")) == (2, 3, 3, 0.75)


# --- order lines ------------------------------------------------------------------------


def line(order: str, number: int, shipped: str | None = "2026-07-10 15:00", **more: Any) -> Row:
    return {"order_id": order, "line": f"{number}", "shipped_at": shipped,
            "ordered_units": 10, "shipped_units": 10} | more  # fmt: skip


def test_an_order_is_right_if_all_its_lines_are() -> None:
    lines = [
        line("A", 1), line("A", 2), line("A", 3, error_code="WRONG-ITEM"),
        line("B", 1), line("B", 2),
        line("C", 1),
    ]  # fmt: skip
    data = data_of(order_lines=lines)
    # Orders B and C of three; lines 5 of 6. The product of line rates is another number.
    assert made_of(one(data, "order_accuracy")) == (2, 3, 3, 1.0)
    assert made_of(one(data, "pick_accuracy")) == (5, 6, 6, 1.0)


def test_an_error_is_booked_to_the_month_of_the_shipment_once_it_is_known() -> None:
    rows = [
        line("A", 1, "2026-07-30 15:00", error_code="SHORT", error_found_at="2026-08-04 09:00"),
        line("B", 1, "2026-08-03 15:00"),
    ]
    data = data_of(order_lines=rows)
    assert one(data, "pick_accuracy", "2026-07").value == 0.0
    assert one(data, "pick_accuracy", "2026-08").value == 1.0
    july = metric_data(build_cube(world({"order_lines": rows}), workspace(), dt.date(2026, 8, 1)))
    assert one(july, "pick_accuracy", "2026-07").value == 1.0  # nobody has found it yet


def test_an_error_of_the_clients_own_is_not_counted() -> None:
    data = data_of(order_lines=[line("A", 1, error_code="Client: wrong label"), line("B", 1)])
    assert made_of(one(data, "pick_accuracy")) == (2, 2, 2, 1.0)


def test_an_order_counts_once_in_the_month_of_its_last_departure() -> None:
    data = data_of(order_lines=[line("A", 1, "2026-07-31 10:00"), line("A", 2, "2026-08-02 10:00")])
    assert one(data, "order_accuracy", "2026-07").n == 0
    assert one(data, "order_accuracy", "2026-08").n == 1
    assert one(data, "pick_accuracy", "2026-07").n == 1


def test_fill_rate_counts_what_the_first_shipment_brought_and_no_more_than_was_ordered() -> None:
    data = data_of(
        order_lines=[
            line("A", 1),  # 10 of 10
            line("A", 2, shipped_units=4),  # 4 of 10
            line("B", 1, shipped_units=15),  # 10 of 10: five too many fill nothing else
            line("B", 2, None, shipped_units=None),  # nothing left: 0 of 10, with its order
            line("C", 1, None, shipped_units=None),  # the order has not left yet
            line("D", 1, shipped_units=None),  # not recorded
        ]
    )
    assert made_of(one(data, "fill_rate")) == (24, 40, 4, 0.8)


def test_the_clients_own_stock_out_is_not_a_miss() -> None:
    data = data_of(
        order_lines=[line("A", 1), line("A", 2, shipped_units=0, error_code="client stock-out")]
    )
    assert made_of(one(data, "fill_rate")) == (10, 10, 1, 1.0)


# --- counts -----------------------------------------------------------------------------


def counted(book: int | None, found: int | None, **more: Any) -> Row:
    return {"counted_at": "2026-07-05 06:00", "book_units": book, "counted_units": found} | more


def test_netting_does_not_hide_errors_of_the_books() -> None:
    # One location has five too many, another five too few: nothing is right by netting.
    data = data_of(counts=[counted(100, 105), counted(100, 95), counted(50, 50), counted(80, None)])
    assert made_of(one(data, "inventory_accuracy")) == (1, 3, 3, 0.75)
    # 1 − (5 + 5) ÷ 250.
    by_unit = one(data, "inventory_accuracy_units")
    assert made_of(by_unit) == (240, 250, 3, 0.75)
    assert by_unit.value == 0.96


def test_accuracy_by_unit_may_fall_below_zero() -> None:
    data = data_of(counts=[counted(10, 35)])
    assert one(data, "inventory_accuracy_units").value == -1.5  # 1 − 25 ÷ 10


# --- stock ------------------------------------------------------------------------------


def stored(day: str, pallets: float | None, site: str = "Venlo", units: int | None = 0) -> Row:
    return {"date": day, "pallets": pallets, "site": site, "units": units}


def test_pallets_are_averaged_over_days_and_added_over_sites() -> None:
    data = data_of(
        stock=[
            stored("2026-07-01", 100), stored("2026-07-01", 10.5, "Lyon"),
            stored("2026-07-02", 120), stored("2026-07-02", 10.5, "Lyon"),
            stored("2026-07-03", 140),
        ]
    )  # fmt: skip
    # (110.5 + 130.5 + 140) ÷ 3 days: on the third Lyon held nothing.
    total = one(data, "stock_pallets", "2026-07")
    assert total.value == pytest.approx(127.0)
    assert (total.n, total.coverage, total.unit) == (5, 1.0, "pallets")
    sites = evaluate(data, ["stock_pallets"], JULY, ("site",), as_of=AS_OF)
    assert {v.by["site"]: v.value for v in sites} == pytest.approx({"Lyon": 7.0, "Venlo": 120.0})


def test_the_average_of_a_quarter_weighs_its_months_by_days() -> None:
    days = [stored(f"2026-07-{day:02d}", 10) for day in range(1, 4)] + [stored("2026-08-01", 50)]
    assert one(data_of(stock=days), "stock_pallets").value == 20.0  # (3 × 10 + 50) ÷ 4


def test_turns_are_a_years_units_at_the_pace_of_the_period() -> None:
    # 730 units left, over 73 days with 500 in store: 730 ÷ 73 × 365 ÷ 500 = 7.3 a year.
    first = dt.date(2026, 7, 1)
    stock = [stored(str(first + dt.timedelta(days=at)), 1, units=500) for at in range(73)]
    shipments = [{"shipment_id": f"S{at}", "shipped_at": "2026-07-02 10:00", "site": "Venlo",
                  "delivered_at": "2026-07-03 10:00", "delivered_units": 73}
                 for at in range(10)]  # fmt: skip
    value = one(data_of(stock=stock, shipments=shipments), "stock_turns")
    assert value.value == pytest.approx(7.3)
    assert value.n == 73


def test_events_are_counted_by_charge() -> None:
    events = [{"event_id": f"E{at}", "at": "2026-07-01 10:00", "charge_code": code, "quantity": 5}
              for at, code in enumerate(["PICK", "PICK", "PACK"])]  # fmt: skip
    data = data_of(activity=events)
    parts = evaluate(data, ["activity_events"], Q3, ("charge_code",), as_of=AS_OF)
    assert [(v.by["charge_code"], v.value) for v in parts] == [("PACK", 1), ("PICK", 2)]


def test_a_column_that_was_not_supplied_is_named() -> None:
    for metric in (metric for metric in METRICS.values() if metric.group == "Warehouse"):
        (table, columns), *rest = metric.needs
        supplied = {table: frozenset(columns[:-1])} | {t: frozenset(c) for t, c in rest}
        data = replace(data_of(), supplied=supplied)
        assert metric.missing(data) == (f"{table}.{columns[-1]}",)
