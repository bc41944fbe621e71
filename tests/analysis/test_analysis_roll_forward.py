"""Stock rolled forward from rows written down by hand, and what does not tie."""

from __future__ import annotations

from typing import Any

from worlds import AS_OF, metric_data, workspace, world

from reviewkit.analysis.figures import Figures
from reviewkit.analysis.roll_forward import absent, lacking, last_bucket, roll_forward, total
from reviewkit.metrics.cube import build_cube
from reviewkit.params.calendar import Calendar
from reviewkit.periods import parse

Row = dict[str, Any]


def figures(period: str = "2026Q3", *, client: dict[str, Any] | None = None, **tables: list[Row]):  # type: ignore[no-untyped-def]
    own = workspace(**(client or {}))
    data = metric_data(build_cube(world(tables), own))
    return Figures(data, parse(period, data.calendar), AS_OF)


def stock(day: str, units: int | None, site: str = "Venlo") -> Row:
    return {"date": day, "site": site, "service": "Store", "units": units, "pallets": 1}


def receipt(number: int, at: str, units: int, site: str = "Venlo") -> Row:
    return {"receipt_id": f"R{number}", "arrived_at": at, "units": units, "site": site}


def line(number: int, at: str | None, units: int, site: str = "Venlo") -> Row:
    return {
        "order_id": f"O{number}",
        "line": "1",
        "shipped_at": at,
        "ordered_units": units,
        "shipped_units": units,
        "site": site,
    }


MOVED: dict[str, list[Row]] = {
    "receipts": [
        receipt(1, "2026-06-30 23:00", 500),
        receipt(2, "2026-07-01 00:00", 40),
        receipt(3, "2026-09-30 23:59", 60),
        receipt(4, "2026-10-01 00:00", 70),
    ],
    "order_lines": [line(1, "2026-08-03 09:00", 30), line(2, None, 900)],
    "returns": [
        {"event_id": "E1", "at": "2026-08-09 10:00", "site": "Venlo", "units": 5, "reason": "x"}
    ],
    "stock_adjustments": [
        {"event_id": "K1", "at": "2026-08-10 10:00", "site": "Venlo", "units": 2, "reason": "x"},
        {"event_id": "K2", "at": "2026-08-11 10:00", "site": "Venlo", "units": -9, "reason": "x"},
    ],
}
"""In the third quarter 100 come in, 5 come back, 30 leave, and 7 are written off: +68."""


def test_opening_and_what_moved_is_the_closing_stock() -> None:
    # 200 on 30 June + 40 + 60 + 5 − 30 + 2 − 9 = 268 on 30 September.
    days = [stock("2026-06-30", 200), stock("2026-07-31", 240), stock("2026-09-30", 268)]
    (roll,) = roll_forward(figures(stock=days, **MOVED))
    assert (roll.site, roll.opening, roll.closing) == ("Venlo", 200, 268)
    assert (roll.received, roll.returned, roll.shipped, roll.adjusted) == (100, 5, 30, -7)
    assert (roll.expected, roll.difference) == (268, 0)


def test_what_is_not_explained_is_a_difference_with_its_sign() -> None:
    days = [stock("2026-06-30", 200), stock("2026-09-30", 261)]
    (roll,) = roll_forward(figures(stock=days, **MOVED))
    # 268 should be there, 261 are: 7 are missing.
    assert roll.difference == -7


def test_a_stock_that_was_not_recorded_is_unknown_and_not_none() -> None:
    # 29 September is not the last day, and a row without units is no record.
    for last in (stock("2026-09-29", 268), stock("2026-09-30", None)):
        (roll,) = roll_forward(figures(stock=[stock("2026-06-30", 200), last], **MOVED))
        assert (roll.opening, roll.expected, roll.closing, roll.difference) == (
            200,
            268,
            None,
            None,
        )


def test_sites_stay_apart_and_add_up_only_where_all_are_known() -> None:
    days = [
        *(stock("2026-06-30", 10), stock("2026-09-30", 14)),
        *(stock("2026-06-30", 5, "Lyon"), stock("2026-09-30", 8, "Lyon")),
    ]
    moved = {
        "receipts": [
            receipt(1, "2026-07-05 10:00", 6),
            receipt(2, "2026-07-05 10:00", 3, "Lyon"),
            receipt(3, "2026-07-05 10:00", 8, "Nowhere"),
        ],
        "order_lines": [line(1, "2026-08-03 09:00", 2)],
    }
    found = roll_forward(figures(stock=days, **moved))
    assert [(roll.site, roll.difference) for roll in found] == [("Lyon", 0), ("Venlo", 0)]
    whole = total(found)
    assert (whole.opening, whole.received, whole.shipped, whole.closing) == (15, 9, 2, 22)
    half = total(roll_forward(figures(stock=days[:3], **moved)))
    assert (half.opening, half.closing, half.difference) == (15, None, None)


def test_the_opening_of_a_month_is_the_close_of_the_month_before() -> None:
    days = [stock("2026-08-31", 7), stock("2026-09-30", 67)]
    (roll,) = roll_forward(figures("2026-09", stock=days, **MOVED))
    # 7 + the receipt of 60 on the last day.
    assert (roll.opening, roll.received, roll.shipped, roll.closing) == (7, 60, 0, 67)
    assert roll.difference == 0


def test_fiscal_periods_of_weeks_close_on_their_own_last_day() -> None:
    # The year ends on 26 December 2026, so its 4-4-5 weeks begin on 28 December 2025; the
    # third quarter 26 weeks later, on 28 June, and its second period on 26 July for 4 weeks.
    weeks = {"calendar": Calendar(pattern="4-4-5", ends="last saturday of december")}
    days = [stock("2026-07-25", 50), stock("2026-07-31", 999), stock("2026-08-22", 18)]
    own = figures("FY2026-P08", client=weeks, stock=days, **MOVED)
    assert (str(own.period.start), str(own.period.end)) == ("2026-07-26", "2026-08-22")
    (roll,) = roll_forward(own)
    # 50 + 5 returned − 30 shipped + 2 − 9 = 18.
    assert (roll.opening, roll.expected, roll.closing, roll.difference) == (50, 18, 18, 0)


def test_without_stock_or_receipts_there_is_nothing_to_roll() -> None:
    own = figures(receipts=MOVED["receipts"])
    assert lacking(own) == ("stock.units", "order_lines.shipped_units")
    assert roll_forward(own) == ()


def test_units_delivered_stand_in_where_no_order_line_is_supplied() -> None:
    shipment = {
        "shipment_id": "S1",
        "shipped_at": "2026-08-03 09:00",
        "delivered_at": "2026-08-04 09:00",
        "delivered_units": 30,
        "ordered_units": 30,
        "site": "Venlo",
    }
    days = [stock("2026-06-30", 200), stock("2026-09-30", 270)]
    own = figures(stock=days, receipts=MOVED["receipts"], shipments=[shipment])
    (roll,) = roll_forward(own)
    assert (roll.shipped, roll.expected, roll.difference) == (30, 270, 0)
    assert absent(own) == ("returns", "stock_adjustments")


def test_the_last_bucket_of_a_day_is_its_month() -> None:
    period = parse("2026Q3")
    assert last_bucket(period.end, period).isoformat() == "2026-09-01"
