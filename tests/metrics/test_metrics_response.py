"""Times to answer and to close with open cases censored, and satisfaction, by hand."""

from __future__ import annotations

import datetime as dt
import statistics
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import AS_OF, metric_data, workspace, world

from reviewkit.metrics.cube import build_cube
from reviewkit.metrics.data import MetricData, MetricValue
from reviewkit.metrics.evaluate import evaluate
from reviewkit.periods import parse

Row = dict[str, Any]


def data_of(zone: str = "UTC", **tables: Any) -> MetricData:
    return metric_data(build_cube(world(tables), workspace(timezones={"acme": zone})))


def one(data: MetricData, metric: str, period: str = "2026Q3") -> MetricValue:
    (value,) = evaluate(data, [metric], parse(period), as_of=AS_OF)
    return value


def case(number: int, opened: str, answered: str | None, closed: str | None = None) -> Row:
    return {"case_id": f"C{number}", "opened_at": opened, "first_response_at": answered,
            "closed_at": closed}  # fmt: skip


ANSWERED = [
    case(1, "2026-07-01 08:00", "2026-07-01 09:00"),  # 1 h
    case(2, "2026-07-02 08:00", "2026-07-02 11:00"),  # 3 h
    case(3, "2026-07-03 08:00", "2026-07-03 18:30"),  # 10.5 h
]


def test_the_median_of_the_answers() -> None:
    value = one(data_of(cases=ANSWERED), "first_response_median")
    assert (value.value, value.n, value.coverage) == (3.0, 3, 1.0)
    assert one(data_of(cases=ANSWERED), "first_response_p90").value == 10.5


def test_an_unanswered_case_is_censored_not_absent() -> None:
    # Without it the median is 3 h. It has been waiting for months: of four, two have an answer
    # after 3 h, so that the median lies between that and the third answer: 6.75 h.
    rows = [*ANSWERED, case(4, "2026-07-04 08:00", None)]
    value = one(data_of(cases=rows), "first_response_median")
    assert (value.value, value.n, value.coverage) == (6.75, 3, 0.75)
    assert one(data_of(cases=rows), "first_response_p90").value is None  # a quarter still waits


def test_a_case_of_the_last_hours_says_little() -> None:
    # Opened two hours before the quarter ends: at risk until 2 h, when one of four had its
    # answer. 3/4, then 3/4 × 1/2 = 3/8 at 3 h, which is beyond the half.
    rows = [*ANSWERED, case(4, "2026-09-30 22:00", None)]
    assert one(data_of(cases=rows), "first_response_median").value == 3.0


def test_an_answer_after_the_period_has_not_come_yet_in_it() -> None:
    rows = [case(1, "2026-07-31 23:00", "2026-08-01 05:00")]
    july = one(data_of(cases=rows), "first_response_median", "2026-07")
    assert (july.value, july.n, july.coverage) == (None, 0, 0.0)
    assert one(data_of(cases=rows), "first_response_median").value == 6.0


def test_days_end_where_the_client_is() -> None:
    # 03:30 in UTC on the first of August is still July in Chicago.
    rows = [case(1, "2026-08-01 03:30", "2026-08-01 04:30")]
    assert one(data_of("America/Chicago", cases=rows), "first_response_median", "2026-07").n == 1
    assert one(data_of(cases=rows), "first_response_median", "2026-07").n == 0


def test_hours_across_a_change_of_the_clocks_are_hours() -> None:
    # On 29 March 2026 clocks go from 02:00 to 03:00 in Berlin: seven hours, not eight.
    rows = [case(1, "2026-03-28 23:00", "2026-03-29 06:00")]
    assert one(data_of("Europe/Berlin", cases=rows), "first_response_p90", "2026Q1").value == 7.0


def test_nine_of_ten_closed_with_the_open_ones_censored() -> None:
    rows = [
        case(at, "2026-07-01 00:00", None, f"2026-07-{at + 1:02d} 00:00") for at in range(1, 20)
    ]
    # 19 closed after 1 to 19 days: 17 are less than nine tenths, 18 are more.
    assert one(data_of(cases=rows), "resolution_p90").value == 18 * 24.0
    # Three more are open since May: 19 of 22 are less than nine tenths.
    old = [case(20 + at, "2026-05-01 00:00", None) for at in range(3)]
    value = one(data_of(cases=[*rows, *old]), "resolution_p90")
    assert (value.value, value.n, value.coverage) == (None, 19, pytest.approx(19 / 22))


def test_resolution_takes_the_cases_that_were_open_in_the_period() -> None:
    rows = [
        case(1, "2026-05-01 00:00", None, "2026-06-30 23:59"),  # closed before it
        case(2, "2026-06-30 00:00", None, "2026-07-01 00:00"),
        case(3, "2026-10-01 00:00", None, "2026-10-02 00:00"),  # opened after it
    ]
    value = one(data_of(cases=rows), "resolution_p90")
    assert (value.value, value.n, value.coverage) == (24.0, 1, 1.0)


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=15))
@settings(max_examples=15, deadline=None)
def test_with_all_answered_it_is_the_median_of_the_hours(minutes: list[int]) -> None:
    opened = dt.datetime(2026, 7, 1)  # noqa: DTZ001  UTC without a zone, as account tables have it
    rows = [
        case(at, str(opened), str(opened + dt.timedelta(minutes=took)))
        for at, took in enumerate(minutes)
    ]
    value = one(data_of(cases=rows), "first_response_median").value
    assert value == pytest.approx(statistics.median(minutes) / 60)


def test_satisfaction_is_the_top_two_of_five() -> None:
    scores = [5, 4, 3, 1, 5]
    rows = [{"responded_on": "2026-07-05", "instrument": "csat", "score": item} for item in scores]
    rows += [{"responded_on": "2026-07-05", "instrument": "nps", "score": 10},
             {"responded_on": "2026-07-05", "instrument": "csat", "score": 9}]  # fmt: skip
    value = one(data_of(surveys=rows), "csat")
    assert (value.numerator, value.denominator, value.value) == (3, 5, 0.6)
    assert value.status == "low_volume"
    assert value.interval is not None
