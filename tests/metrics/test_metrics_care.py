"""Cases and surveys, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.periods import parse

Q3 = parse("2026Q3")

CASES = (
    # opened, closed, site: the quarter opens with A and B open.
    {"case_id": "A", "opened_at": "2026-05-01 09:00", "closed_at": None, "site": "Venlo"},
    {"case_id": "B", "opened_at": "2026-06-30 09:00", "closed_at": "2026-07-01 09:00",
     "site": "Venlo"},
    {"case_id": "C", "opened_at": "2026-07-10 09:00", "closed_at": "2026-07-10 15:00",
     "site": "Venlo"},
    {"case_id": "D", "opened_at": "2026-08-01 00:00", "closed_at": "2026-08-03 00:00",
     "site": "Lyon"},
    {"case_id": "E", "opened_at": "2026-09-30 23:00", "closed_at": "2026-10-01 08:00",
     "site": "Lyon"},
    {"case_id": "F", "opened_at": "2026-10-01 00:00", "closed_at": None, "site": "Lyon"},
)  # fmt: skip


def data_of(**tables: Any) -> MetricData:
    return metric_data(build_cube(world(tables), workspace()))


def one(data: MetricData, metric: str) -> MetricValue:
    (value,) = evaluate(data, [metric], Q3, as_of=AS_OF)
    return value


def test_cases_opened_are_placed_by_their_opening() -> None:
    value = one(data_of(cases=CASES), "cases_opened")
    assert (value.value, value.n, value.prior) == (3, 3, None)  # the register begins in May


def test_cases_open_are_those_open_when_the_last_day_ends() -> None:
    value = one(data_of(cases=CASES), "cases_open")
    assert (value.value, value.numerator, value.denominator) == (2, 2, None)  # A and E


def test_cases_open_by_month_is_a_balance_not_a_flow() -> None:
    values = evaluate(data_of(cases=CASES), ["cases_open"], Q3, ("month",), as_of=AS_OF)
    assert [(v.by["month"], v.value) for v in values] == [
        ("2026-07", 1), ("2026-08", 1), ("2026-09", 2),
    ]  # fmt: skip
    assert values[0].prior == 2  # A and B at the end of June


def test_resolution_is_the_median_of_cases_closed_and_open_ones_are_censored() -> None:
    value = one(data_of(cases=CASES), "resolution_median")
    # B 24 h, C 6 h, D 48 h; A and E are still open at the end.
    assert (value.value, value.n, value.coverage) == (24.0, 3, 0.6)
    assert (value.numerator, value.denominator, value.interval) == (None, None, None)


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    more = {"case_id": "G", "opened_at": "2026-07-01 00:00", "closed_at": "2026-07-01 18:00"}
    assert one(data_of(cases=(*CASES, more)), "resolution_median").value == 21.0


def test_no_case_closed_is_no_data() -> None:
    only_open = ({"case_id": "A", "opened_at": "2026-07-01 09:00"},)
    value = one(data_of(cases=only_open), "resolution_median")
    assert (value.value, value.status, value.coverage) == (None, "no_data", 0.0)


def test_no_case_in_a_period_of_a_register_that_is_kept_is_a_zero() -> None:
    old = ({"case_id": "A", "opened_at": "2026-02-01 09:00", "closed_at": "2026-02-02 09:00"},)
    value = one(data_of(cases=old), "cases_opened")
    assert (value.value, value.status, value.coverage, value.prior) == (0, "no_target", 1.0, 0)


def test_a_register_without_a_row_of_the_client_was_not_supplied() -> None:
    others = ({"client": "other", "case_id": "A", "opened_at": "2026-02-01 09:00"},)
    space = workspace(timezones={"acme": "UTC", "other": "UTC"})
    value = one(metric_data(build_cube(world({"cases": others}), space)), "cases_opened")
    assert (value.value, value.status, value.coverage) == (None, "no_data", None)


def answers(*scores: int, on: str = "2026-07-15", instrument: str = "nps") -> list[dict[str, Any]]:
    return [{"responded_on": on, "instrument": instrument, "score": score} for score in scores]


def test_nps_is_promoters_less_detractors() -> None:
    rows = [*answers(10, 9, 9, 8, 7, 6, 0), *answers(5, instrument="csat"),
            *answers(0, on="2026-10-01")]  # fmt: skip
    value = one(data_of(surveys=rows), "nps")
    assert (value.numerator, value.denominator, value.n) == (1, 7, 7)
    assert value.value == pytest.approx(14.285714285714286)
    assert value.unit == "score"
    assert value.status == "low_volume"


def test_nps_interval_of_few_equal_answers_is_not_a_point() -> None:
    # Three promoters: adjusted shares 3.75/6 and 0.75/6, so 50 ± 1.96 √((0.75 − 0.25)/6) × 100.
    value = one(data_of(surveys=answers(9, 10, 10)), "nps")
    assert value.value == 100.0
    assert value.interval == pytest.approx((50 - 56.5792, 100.0), abs=1e-3)
