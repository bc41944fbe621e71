"""What was done, what went wrong and what was billed, from rows written down by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from worlds import AS_OF, metric_data, workspace, world

from reviewkit.analysis.activity import movements, troubles, work
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.queries import queries
from reviewkit.metrics.cube import build_cube
from reviewkit.periods import parse

Row = dict[str, Any]


def figures(period: str = "2026Q3", **tables: list[Row]) -> Figures:
    return Figures(metric_data(build_cube(world(tables), workspace())), parse(period), AS_OF)


def receipt(number: int, at: str, units: int = 10, off: int | None = 0, **more: Any) -> Row:
    own = {"receipt_id": f"R{number}", "arrived_at": at, "units": units}
    return own | {"discrepancy_units": off} | more


def event(number: int, charge: str, quantity: float | None, uom: str = "line") -> Row:
    own = {"event_id": f"E{number}", "at": "2026-08-03 09:00", "service": "Store"}
    return own | {"charge_code": charge, "quantity": quantity, "uom": uom}


def line(number: int, charge: str, quantity: float, amount: str, **more: Any) -> Row:
    own = {
        "invoice_id": f"I{number}",
        "line": "1",
        "issued_on": "2026-08-31",
        "service": "Store",
        "charge_code": charge,
        "quantity": quantity,
        "uom": "line",
        "amount": amount,
        "currency": "EUR",
    }
    return own | more


def test_what_was_done_stands_beside_the_prior_period_and_the_prior_year() -> None:
    rows = [
        receipt(1, "2025-05-02 10:00"),
        receipt(2, "2025-08-02 10:00"),
        receipt(3, "2026-05-02 10:00"),
        receipt(4, "2026-05-03 10:00"),
        *(receipt(number, "2026-08-02 10:00", 7) for number in (5, 6, 7)),
    ]
    found = {item.key: item for item in movements(figures(receipts=rows))}
    assert set(found) == {"receipts", "units_received"}
    one = found["receipts"]
    assert (one.now, one.prior, one.year_ago, one.partial) == (3, 2, 1, False)
    # From the fourth quarter of 2024 to the third of 2026; data begin in May 2025, so the
    # second quarter of that year has begun without its first month, and is not whole.
    assert one.run == (None, None, None, 1, 0, 0, 2, 3)
    assert found["units_received"].now == 21


def test_a_period_that_is_not_over_is_compared_with_none() -> None:
    (one, _) = movements(figures("2026Q4", receipts=[receipt(1, "2026-10-02 10:00")]))
    assert (one.now, one.prior, one.year_ago, one.run[-1], one.partial) == (
        1,
        None,
        None,
        None,
        True,
    )


def test_exceptions_are_shares_of_what_was_done() -> None:
    rows = [
        receipt(1, "2026-04-01 10:00", off=3),
        receipt(2, "2026-08-01 10:00", available_at="2026-08-01 12:00"),
        receipt(3, "2026-08-02 10:00", off=4),
        receipt(4, "2026-08-03 10:00", off=None, available_at="2026-08-03 12:00"),
    ]
    found = {item.key: item for item in troubles(figures(receipts=rows))}
    # One of three is not available; of the two that were held against their advice one is off.
    assert (found["receipts_open"].count, found["receipts_open"].whole) == (1, 3)
    off = found["receipts_off"]
    assert (off.count, off.whole, off.share) == (1, 2, Fraction(1, 2))
    assert (off.prior, off.prior_whole) == (1, 1)


def test_lines_short_and_wrong_are_told_apart() -> None:
    def shipped(number: int, units: int, error: str | None = None) -> Row:
        return {
            "order_id": f"O{number}",
            "line": "1",
            "shipped_at": "2026-08-01 10:00",
            "ordered_units": 5,
            "shipped_units": units,
            "error_code": error,
        }

    rows = [shipped(1, 5), shipped(2, 4), shipped(3, 0, "Wrong article"), shipped(4, 6)]
    found = {item.key: item for item in troubles(figures(order_lines=rows))}
    assert (found["lines_short"].count, found["lines_short"].whole) == (2, 4)
    assert (found["lines_wrong"].count, found["lines_wrong"].whole) == (1, 4)


def test_work_is_held_against_what_was_invoiced_for_it() -> None:
    events = [
        event(1, "Pick", 40),
        event(2, "Pick", 2.5),
        event(3, "Pack", 9),
        event(4, "Label", 4),
    ]
    lines = [
        line(1, "Pick", 42.5, "85.00"),
        line(2, "Pack", 7, "14.00"),
        line(3, "Pack", 1, "-2.00", credit_of="I2"),
        line(4, "Transport", 3, "300.00", uom="delivery"),
        line(5, "Pick", 99, "198.00", issued_on="2026-10-02"),
    ]
    found = {item.charge: item for item in work(figures(activity=events, invoice_lines=lines))}
    assert found["Pick"].done == found["Pick"].invoiced == Decimal("42.5")
    assert (found["Pick"].events, found["Pick"].agrees, found["Pick"].amount) == (2, True, 85)
    # 9 were packed and 7 invoiced; the credit is no work.
    assert (found["Pack"].difference, found["Pack"].amount) == (Decimal(-2), 14)
    # Nothing was invoiced for the labels, and nothing is known of the work behind transport.
    assert (found["Label"].invoiced, found["Label"].difference) == (None, Decimal(-4))
    assert (found["Transport"].done, found["Transport"].difference) == (None, None)
    assert list(found) == ["Transport", "Pick", "Pack", "Label"]


def test_the_month_of_the_work_goes_before_the_day_of_the_invoice() -> None:
    lines = [
        line(1, "Pick", 5, "10.00", service_period="2026-08-01", issued_on="2026-10-02"),
        line(2, "Pick", 3, "6.00", service_period="2026-06-01", issued_on="2026-07-02"),
    ]
    (one,) = work(figures(activity=[event(1, "Pick", 5)], invoice_lines=lines))
    assert (one.done, one.invoiced, one.amount) == (5, 5, 10)


def test_quantities_that_are_not_known_are_not_summed() -> None:
    events = [event(1, "Pick", 5), event(2, "Pick", None)]
    (one,) = work(figures(activity=events, invoice_lines=[line(1, "Pick", 5, "10.00")]))
    assert (one.events, one.done, one.agrees) == (2, None, False)


def test_queries_are_disputes_without_an_outcome_and_open_cases_oldest_first() -> None:
    lines = [
        line(1, "Pick", 5, "10.00", disputed_on="2026-09-26"),
        line(2, "Pick", 5, "11.00", disputed_on="2026-09-01", dispute_outcome="open"),
        line(3, "Pick", 5, "12.00", disputed_on="2026-09-02", dispute_outcome="upheld"),
        line(4, "Pick", 5, "13.00"),
    ]
    cases = [
        {"case_id": "C1", "opened_at": "2026-09-16 08:00", "category": "Damage"},
        {"case_id": "C2", "opened_at": "2026-09-17 08:00", "closed_at": "2026-09-18 08:00"},
        # Open at the end of the quarter, and closed before the data's last day.
        {"case_id": "C3", "opened_at": "2026-09-18 08:00", "closed_at": "2026-10-02 08:00"},
    ]
    found = queries(figures(invoice_lines=lines, cases=cases))
    # Known to 6 October: 35, 20 and 10 days.
    assert [(item.kind, item.reference, item.days, item.amount) for item in found] == [
        ("dispute", "I2", 35, Decimal(11)),
        ("case", "C1", 20, None),
        ("dispute", "I1", 10, Decimal(10)),
    ]
    assert found[0].since == dt.date(2026, 9, 1)


def test_nothing_supplied_gives_nothing() -> None:
    own = figures(surveys=[])
    assert (movements(own), troubles(own), work(own), queries(own)) == ((), (), (), ())
