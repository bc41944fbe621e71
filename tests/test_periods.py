"""Periods worked out on paper, then properties that every calendar keeps."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.errors import PeriodError
from reviewkit.periods import Period, last_complete, parse, resolve

D = dt.date
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@pytest.mark.parametrize(
    ("text", "start", "opens", "closes", "label", "title"),
    [
        ("2026-09", 1, D(2026, 9, 1), D(2026, 9, 30), "Sep 2026", "September 2026"),
        ("2024-02", 1, D(2024, 2, 1), D(2024, 2, 29), "Feb 2024", "February 2024"),
        ("2026Q3", 1, D(2026, 7, 1), D(2026, 9, 30), "Q3 2026", "July to September 2026"),
        ("2026Q3", 4, D(2026, 7, 1), D(2026, 9, 30), "Q3 2026", "July to September 2026"),
        ("2026H2", 1, D(2026, 7, 1), D(2026, 12, 31), "H2 2026", "July to December 2026"),
        ("2026", 1, D(2026, 1, 1), D(2026, 12, 31), "2026", "January to December 2026"),
        # A fiscal year is named by the year it ends in.
        ("FY2026-P01", 10, D(2025, 10, 1), D(2025, 10, 31), "Oct 2025", "October 2025"),
        ("FY2026-P09", 10, D(2026, 6, 1), D(2026, 6, 30), "Jun 2026", "June 2026"),
        ("FY2026-P12", 10, D(2026, 9, 1), D(2026, 9, 30), "Sep 2026", "September 2026"),
        ("FY2026Q4", 10, D(2026, 7, 1), D(2026, 9, 30), "Q4 FY2026", "July to September 2026"),
        (
            "FY2027Q4",
            4,
            D(2027, 1, 1),
            D(2027, 3, 31),
            "Q4 FY2027",
            "January to March 2027",
        ),
        (
            "FY2026Q2",
            9,
            D(2025, 12, 1),
            D(2026, 2, 28),
            "Q2 FY2026",
            "December 2025 to February 2026",
        ),
        ("FY2026H1", 4, D(2025, 4, 1), D(2025, 9, 30), "H1 FY2026", "April to September 2025"),
        ("FY2026", 4, D(2025, 4, 1), D(2026, 3, 31), "FY2026", "April 2025 to March 2026"),
        ("FY2026", 1, D(2026, 1, 1), D(2026, 12, 31), "FY2026", "January to December 2026"),
    ],
)
def test_a_period_is_read_into_its_days_and_names(
    text: str, start: int, opens: D, closes: D, label: str, title: str
) -> None:
    period = parse(text, start)
    assert (period.start, period.end) == (opens, closes)
    assert (period.id, period.label, period.title) == (text, label, title)
    assert period.days == (closes - opens).days + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", '"" is not a period'),
        ("Q3 2026", "is not a period"),
        ("2026q3", "is not a period"),
        ("2026-9", "is not a period"),
        ("2026-09-01", "is not a period"),
        (" 2026Q3", "is not a period"),
        ("2026Q3\n", "is not a period"),
        ("٢٠٢٦Q3", "is not a period"),
        ("../2026Q3", "is not a period"),
        ("FY2026-09", "mixes calendar and fiscal months"),
        ("2026-P09", "mixes calendar and fiscal months"),
        ("2026-13", "a month is numbered 1 to 12"),
        ("2026-00", "a month is numbered 1 to 12"),
        ("2026Q5", "a quarter is numbered 1 to 4"),
        ("2026Q0", "a quarter is numbered 1 to 4"),
        ("2026H3", "a half is numbered 1 to 2"),
        ("0000", "between 1900 and 2999"),
        ("9999Q4", "between 1900 and 2999"),
    ],
)
def test_what_is_no_period_is_told_with_the_forms_accepted(text: str, said: str) -> None:
    with pytest.raises(PeriodError, match=r"^\"") as caught:
        parse(text)
    message = str(caught.value)
    assert said in message
    assert said.startswith("between") or "2026Q3" in message


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (" 2026Q3", "2026Q3"),
        ("2026Q3\n", "2026Q3"),
        ("2026q3", "2026Q3"),
        ("2026 Q3", "2026Q3"),
        ("2026-Q3", "2026Q3"),
        ("q3 2026", "2026Q3"),
        ("Q3-2026", "2026Q3"),
        ("2026h1", "2026H1"),
        ("2026-9", "2026-09"),
        ("2026/09", "2026-09"),
        ("FY2026-9", "FY2026-P09"),
        ("FY2026-09", "FY2026-P09"),
        ("2026-P09", "FY2026-P09"),
        ("fy26 q3", "FY2026Q3"),
        ("Q2 FY2027", "FY2027Q2"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_what_was_meant(text: str, meant: str) -> None:
    with pytest.raises(PeriodError) as caught:
        parse(text)
    assert f'Did you mean "{meant}"? Write 2026-09,' in str(caught.value)


@pytest.mark.parametrize("text", ["", "2026q5", "q5 2026", "2026-99", "soon", "2026Q3x", "26Q3"])
def test_no_period_is_guessed_where_none_is_meant(text: str) -> None:
    with pytest.raises(PeriodError) as caught:
        parse(text)
    assert "Did you mean" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "start", "twin"),
    [
        ("2026Q3", 1, "FY2026Q3"),
        ("2026Q3", 4, "FY2027Q2"),
        ("FY2027Q2", 4, "2026Q3"),
        ("2026Q3", 10, "FY2026Q4"),
        ("FY2026-P09", 10, "2026-06"),
        ("2026-01", 2, "FY2026-P12"),
        ("2026H1", 7, "FY2026H2"),
        ("FY2026", 1, "2026"),
        ("2026Q3", 2, None),
        ("2026H2", 4, None),
        ("2026", 4, None),
    ],
)
def test_the_same_days_may_have_a_name_in_the_other_calendar(
    text: str, start: int, twin: str | None
) -> None:
    found = parse(text, start).twin()
    assert (found and found.id) == twin
    assert parse(text, start).year_to_date().twin() is None


@pytest.mark.parametrize(
    ("text", "start", "prior", "year_ago"),
    [
        ("2026-01", 1, "2025-12", "2025-01"),
        ("2026Q1", 1, "2025Q4", "2025Q1"),
        ("2026H1", 1, "2025H2", "2025H1"),
        ("2026", 1, "2025", "2025"),
        ("FY2027-P01", 4, "FY2026-P12", "FY2026-P01"),
        ("FY2027Q2", 4, "FY2027Q1", "FY2026Q2"),
        ("FY2026Q1", 10, "FY2025Q4", "FY2025Q1"),
    ],
)
def test_prior_and_year_ago(text: str, start: int, prior: str, year_ago: str) -> None:
    period = parse(text, start)
    assert period.prior() == parse(prior, start)
    assert period.year_ago() == parse(year_ago, start)


@pytest.mark.parametrize(
    ("text", "start", "opens", "closes"),
    [
        ("2026Q3", 1, D(2026, 1, 1), D(2026, 9, 30)),
        # A calendar period counts from January, whatever the client's fiscal year.
        ("2026Q3", 4, D(2026, 1, 1), D(2026, 9, 30)),
        ("FY2027Q2", 4, D(2026, 4, 1), D(2026, 9, 30)),
        ("FY2026Q4", 10, D(2025, 10, 1), D(2026, 9, 30)),
        ("FY2026-P04", 10, D(2025, 10, 1), D(2026, 1, 31)),
        ("2026-01", 1, D(2026, 1, 1), D(2026, 1, 31)),
    ],
)
def test_year_to_date_runs_from_the_years_first_day(
    text: str, start: int, opens: D, closes: D
) -> None:
    span = parse(text, start).year_to_date()
    assert (span.kind, span.start, span.end) == ("span", opens, closes)
    ago = span.year_ago()
    assert (ago.start, ago.end) == (opens.replace(year=opens.year - 1), _year_back(closes))
    assert [month.end for month in span.months()][-1] == closes


def _year_back(day: D) -> D:
    return day.replace(year=day.year - 1)


def test_a_span_that_ends_in_february_keeps_its_months_a_year_ago() -> None:
    span = parse("2024-02").year_to_date()
    assert span.end == D(2024, 2, 29)
    assert span.year_ago().end == D(2023, 2, 28)
    assert span.label == span.title == "January to February 2024"
    assert span.id == "2024-01-01..2024-02-29"


def test_months_and_runs_come_oldest_first() -> None:
    quarter = parse("FY2026Q2", 9)
    assert [month.id for month in quarter.months()] == ["FY2026-P04", "FY2026-P05", "FY2026-P06"]
    assert [item.id for item in parse("2026Q1").run(3)] == ["2025Q3", "2025Q4", "2026Q1"]
    assert parse("2026Q1").run(1) == (parse("2026Q1"),)


def test_a_period_is_over_once_the_day_after_its_last_begins() -> None:
    quarter = parse("2026Q3")
    assert not quarter.is_over(D(2026, 9, 30))
    assert quarter.is_over(D(2026, 10, 1))
    assert quarter.contains(D(2026, 7, 1))
    assert quarter.contains(D(2026, 9, 30))
    assert not quarter.contains(D(2026, 10, 1))


@pytest.mark.parametrize(
    ("day", "start", "expected"),
    [
        (D(2026, 10, 6), 1, "2026Q3"),
        (D(2026, 9, 30), 1, "2026Q3"),
        (D(2026, 9, 29), 1, "2026Q2"),
        (D(2026, 1, 1), 1, "2025Q4"),
        (D(2026, 10, 6), 4, "FY2027Q2"),
        (D(2026, 10, 6), 10, "FY2026Q4"),
        # Quarters of a year from February end in April, July, October and January.
        (D(2026, 10, 6), 2, "FY2027Q2"),
        (D(2026, 10, 31), 2, "FY2027Q3"),
    ],
)
def test_the_default_is_the_last_complete_quarter_of_the_clients_own_calendar(
    day: D, start: int, expected: str
) -> None:
    assert resolve("", day, start).id == expected


def test_last_complete_of_every_kind() -> None:
    day = D(2026, 10, 6)
    assert last_complete("month", day).id == "2026-09"
    assert last_complete("half", day).id == "2026H1"
    assert last_complete("year", day).id == "2025"
    assert last_complete("year", day, 10).id == "FY2026"


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("month", 1, "2026-09"),
        ("quarter", 1, "2026Q3"),
        ("", 1, "2026Q3"),
        ("half", 1, "2026H1"),
        ("year", 1, "2025"),
        # A year that begins in October ends with September: its last month is P12.
        ("month", 10, "FY2026-P12"),
        ("year", 10, "FY2026"),
        ("2026-08", 10, "2026-08"),
    ],
)
def test_a_word_is_the_last_complete_period_and_an_id_is_itself(
    text: str, start: int, expected: str
) -> None:
    assert resolve(text, D(2026, 9, 30), start).id == expected


@pytest.mark.parametrize("text", ["Month", "last month", "months", " mnth "])
def test_a_word_written_almost_right_is_answered_with_it(text: str) -> None:
    with pytest.raises(PeriodError, match=r'Did you mean "month"\? .* or month, quarter, half'):
        resolve(text, D(2026, 9, 30))


def test_a_word_names_no_period_where_one_is_named() -> None:
    with pytest.raises(PeriodError, match=r"moves with the data\. Name the month itself"):
        parse("month")


starts = st.integers(1, 12)
kinds = st.sampled_from(["month", "quarter", "half", "year"])
days = st.dates(D(1950, 1, 1), D(2900, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any period of any kind, calendar or fiscal."""
    kind, year, fiscal = draw(kinds), draw(st.integers(1950, 2900)), draw(st.booleans())
    number = draw(st.integers(1, 12 // MONTHS_IN[kind]))
    form = {
        "month": f"-P{number:02d}" if fiscal else f"-{number:02d}",
        "quarter": f"Q{number}",
        "half": f"H{number}",
        "year": "",
    }
    return parse(f"{'FY' if fiscal else ''}{year}{form[kind]}", draw(starts))


@given(periods())
def test_an_id_reads_back_as_the_same_period(period: Period) -> None:
    assert parse(period.id, period.calendar) == period


@given(periods())
def test_a_twin_has_the_same_days_and_the_same_twin(period: Period) -> None:
    twin = period.twin()
    assert twin is None or (twin.start, twin.end, twin.twin()) == (period.start, period.end, period)


@given(days, starts)
def test_the_default_period_is_over_once_the_cut_off_has_passed(day: D, start: int) -> None:
    assert resolve("", day, start).is_over(day + dt.timedelta(days=1))


@given(periods())
def test_the_prior_period_ends_the_day_before(period: Period) -> None:
    prior = period.prior()
    assert prior.end + dt.timedelta(days=1) == period.start
    assert (prior.kind, prior.fiscal) == (period.kind, period.fiscal)


@given(periods())
def test_a_year_ago_is_twelve_months_of_priors_away(period: Period) -> None:
    steps = 12 // MONTHS_IN[period.kind]
    walked = period
    for _ in range(steps):
        walked = walked.prior()
    assert walked == period.year_ago()
    assert walked.number == period.number
    assert walked.year == period.year - 1


@given(periods())
def test_months_partition_the_period(period: Period) -> None:
    months = period.months()
    assert len(months) == MONTHS_IN[period.kind]
    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert all(
        before.end + dt.timedelta(days=1) == after.start
        for before, after in itertools.pairwise(months)
    )
    assert sum(month.days for month in months) == period.days


@given(periods())
def test_the_periods_of_a_year_to_date_add_up(period: Period) -> None:
    span = period.year_to_date()
    assert span.contains(period.start)
    assert span.end == period.end
    assert sum(item.days for item in period.run(period.number)) == span.days


@given(days, kinds, starts)
def test_the_last_complete_period_leaves_less_than_one_period_open(
    day: D, kind: str, start: int
) -> None:
    period = last_complete(kind, day, start)  # type: ignore[arg-type]
    months_since = (day.year - period.end.year) * 12 + day.month - period.end.month
    month_is_over = (day + dt.timedelta(days=1)).day == 1
    assert period.end <= day
    assert months_since < MONTHS_IN[period.kind] + (0 if month_is_over else 1)
    assert period.is_over(day + dt.timedelta(days=1))
