"""Fiscal years of weeks, against published year ends, then properties that all of them keep."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.errors import PeriodError
from reviewkit.periods import (
    FiscalCalendar,
    Kind,
    Pattern,
    Period,
    YearEnd,
    last_complete,
    parse,
    resolve,
)

D = dt.date
SATURDAY, SUNDAY = 5, 6

RETAIL = FiscalCalendar("4-5-4", ends=YearEnd("nearest", SATURDAY, 1), named_by="start")
"""The retail calendar: years named by their start end on the Saturday nearest to 31 January."""

SEPTEMBER = FiscalCalendar("4-4-5", ends=YearEnd("last", SATURDAY, 9), long_period=3)
"""Years end on the last Saturday of September; a 53rd week belongs to the first quarter."""

ISO = FiscalCalendar("4-4-5", ends=YearEnd("nearest", SUNDAY, 12))
"""ISO 8601 years: they end on the Sunday nearest to 31 December."""

THIRTEEN = FiscalCalendar("13x4", ends=YearEnd("last", SATURDAY, 12))


@pytest.mark.parametrize(
    ("rule", "year", "closes"),
    [
        # 31 January 2024 is a Wednesday: Saturday 3 February is nearer than 27 January.
        (YearEnd("nearest", SATURDAY, 1), 2024, D(2024, 2, 3)),
        (YearEnd("last", SATURDAY, 1), 2024, D(2024, 1, 27)),
        # 31 January 2026 is itself a Saturday.
        (YearEnd("nearest", SATURDAY, 1), 2026, D(2026, 1, 31)),
        (YearEnd("last", SATURDAY, 1), 2026, D(2026, 1, 31)),
        (YearEnd("last", SUNDAY, 2), 2024, D(2024, 2, 25)),
        (YearEnd("nearest", SUNDAY, 2), 2024, D(2024, 3, 3)),
    ],
)
def test_a_year_ends_on_the_last_or_the_nearest_weekday(
    rule: YearEnd, year: int, closes: D
) -> None:
    assert rule.of(year) == closes


def test_retail_years_have_53_weeks_when_the_published_calendar_has() -> None:
    long = [year for year in range(2000, 2025) if parse(f"FY{year}", RETAIL).weeks == 53]
    assert long == [2000, 2006, 2012, 2017, 2023]
    year = parse("FY2023", RETAIL)
    assert (year.start, year.end, year.days) == (D(2023, 1, 29), D(2024, 2, 3), 371)
    # The 53rd week lengthens the last period: January has five weeks instead of four.
    january = parse("FY2023-P12", RETAIL)
    assert (january.start, january.end, january.weeks) == (D(2023, 12, 31), D(2024, 2, 3), 5)
    assert parse("FY2024", RETAIL).start == D(2024, 2, 4)
    assert [period.weeks for period in parse("FY2024", RETAIL).months()] == [4, 5, 4] * 4


def test_a_53rd_week_may_belong_to_another_period() -> None:
    # Fiscal 2023 of a well-known maker of phones: a first quarter of 14 weeks to 31 December
    # 2022, a year of 53 to 30 September 2023, after one that ended on 24 September 2022.
    assert parse("FY2022", SEPTEMBER).end == D(2022, 9, 24)
    year, first = parse("FY2023", SEPTEMBER), parse("FY2023Q1", SEPTEMBER)
    assert (year.end, year.weeks) == (D(2023, 9, 30), 53)
    assert (first.end, first.weeks) == (D(2022, 12, 31), 14)
    assert [part.weeks for part in first.months()] == [4, 4, 6]
    assert parse("FY2023Q2", SEPTEMBER).weeks == 13


@given(st.integers(1950, 2900))
def test_iso_years_are_those_of_the_standard_library(year: int) -> None:
    found = parse(f"FY{year}", ISO)
    assert found.start == D.fromisocalendar(year, 1, 1)
    assert found.weeks == D(year, 12, 28).isocalendar().week


def test_thirteen_periods_of_four_weeks() -> None:
    year = parse("FY2026", THIRTEEN)
    assert (year.start, year.end) == (D(2025, 12, 28), D(2026, 12, 26))
    assert [period.id for period in year.months()][-1] == "FY2026-P13"
    assert {period.weeks for period in year.months()} == {4}
    assert [parse(f"FY2026Q{n}", THIRTEEN).weeks for n in (1, 2, 3, 4)] == [12, 12, 12, 16]
    assert [parse(f"FY2026H{n}", THIRTEEN).weeks for n in (1, 2)] == [24, 28]
    # Calendar months stay what they are.
    with pytest.raises(PeriodError, match="a month is numbered 1 to 12"):
        parse("2026-13", THIRTEEN)
    with pytest.raises(PeriodError, match="a period is numbered 1 to 13"):
        parse("FY2026-P14", THIRTEEN)
    with pytest.raises(PeriodError, match="numbered 1 to 12"):
        parse("FY2026-P13", RETAIL)
    with pytest.raises(PeriodError, match='Did you mean "FY2026-P13"'):
        parse("fy2026-13", THIRTEEN)


def test_a_first_day_and_the_long_years_make_a_calendar() -> None:
    own = FiscalCalendar("5-4-4", first_day=D(2025, 12, 29), long_years=(2026, 2032))
    assert (parse("FY2026", own).start, parse("FY2026", own).end) == (
        D(2025, 12, 29),
        D(2027, 1, 3),
    )
    assert [period.weeks for period in parse("FY2026Q4", own).months()] == [5, 4, 5]
    assert parse("FY2027", own).start == D(2027, 1, 4)
    assert parse("FY2025", own).start == D(2024, 12, 30)
    assert parse("FY2033", own).start - parse("FY2032", own).start == dt.timedelta(weeks=53)
    summer = dt.date(2025, 6, 29)
    assert parse("FY2026", FiscalCalendar("13x4", first_day=summer)).start == summer
    by_start = FiscalCalendar("13x4", first_day=summer, named_by="start")
    assert parse("FY2025", by_start).start == summer


def test_a_year_of_months_may_be_named_by_its_start() -> None:
    own = FiscalCalendar(first_month=4, named_by="start")
    assert parse("FY2026Q1", own).start == D(2026, 4, 1)
    assert parse("FY2026-P12", own).title == "March 2027"
    assert resolve("", D(2026, 10, 6), own).id == "FY2026Q2"


@pytest.mark.parametrize(
    ("text", "label", "title"),
    [
        ("FY2026-P10", "P10 FY2026", "P10 FY2026 (1 Nov – 28 Nov 2026)"),
        ("FY2026Q4", "Q4 FY2026", "Q4 FY2026 (1 Nov 2026 – 30 Jan 2027)"),
        ("FY2026H2", "H2 FY2026", "H2 FY2026 (2 Aug 2026 – 30 Jan 2027)"),
        ("FY2026", "FY2026", "FY2026 (1 Feb 2026 – 30 Jan 2027)"),
        ("2026Q3", "Q3 2026", "July to September 2026"),
    ],
)
def test_a_period_of_weeks_tells_its_days(text: str, label: str, title: str) -> None:
    period = parse(text, RETAIL)
    assert (period.label, period.title) == (label, title)


def test_a_year_ago_is_the_same_number_and_tells_another_length() -> None:
    now, long = parse("FY2024Q4", RETAIL), parse("FY2023Q4", RETAIL)
    assert now.year_ago() == long
    assert (now.weeks, long.weeks) == (13, 14)
    assert now.length_against(long) == "13 against 14 weeks"
    assert long.length_against(now) == "14 against 13 weeks"
    assert now.length_against(parse("FY2025Q4", RETAIL)) == ""
    # Months are never of one length, and nobody is told.
    assert parse("2026-02").length_against(parse("2026-01")) == ""
    assert parse("2026-02").weeks is None
    # P12 follows a P11 of five weeks in any 4-5-4 year; P10 has four.
    assert parse("FY2024-P12", RETAIL).length_against(parse("FY2024-P11", RETAIL)) == (
        "4 against 5 weeks"
    )


def test_a_year_to_date_of_weeks_moves_by_periods() -> None:
    span = parse("FY2024Q3", RETAIL).year_to_date()
    assert (span.start, span.end) == (D(2024, 2, 4), D(2024, 11, 2))
    ago = span.year_ago()
    assert (ago.start, ago.end) == (D(2023, 1, 29), D(2023, 10, 28))
    assert len(span.months()) == 9
    assert span.title == "4 Feb – 2 Nov 2024"
    before = span.prior()
    assert (before.end, len(before.months())) == (D(2024, 2, 3), 9)


def test_the_default_is_a_fiscal_quarter() -> None:
    assert resolve("", D(2026, 10, 31), RETAIL).id == "FY2026Q3"
    assert resolve("", D(2026, 10, 30), RETAIL).id == "FY2026Q2"
    # 44 weeks from 28 December 2025 end on 31 October 2026.
    assert last_complete("month", D(2026, 10, 31), THIRTEEN).id == "FY2026-P11"
    assert last_complete("month", D(2026, 10, 30), THIRTEEN).id == "FY2026-P10"
    # P10 of RETAIL ends on 28 November: the day before, P09 is the last whole one.
    assert resolve("month", D(2026, 11, 28), RETAIL).id == "FY2026-P10"
    assert resolve("month", D(2026, 11, 27), RETAIL).id == "FY2026-P09"


def test_weeks_and_months_seldom_share_their_days() -> None:
    assert parse("FY2026Q3", RETAIL).twin() is None
    assert parse("2026Q3", RETAIL).twin() is None
    # A February of 28 days that begins on a Sunday is four weeks: the P01 of fiscal 2026.
    assert parse("2026-02", RETAIL).twin() == parse("FY2026-P01", RETAIL)


patterns: st.SearchStrategy[Pattern] = st.sampled_from(["4-4-5", "4-5-4", "5-4-4", "13x4"])
rules = st.builds(
    YearEnd, st.sampled_from(["last", "nearest"]), st.integers(0, 6), st.integers(1, 12)
)


@st.composite
def calendars(draw: st.DrawFn) -> FiscalCalendar:
    """Any calendar of weeks."""
    pattern = draw(patterns)
    periods = 13 if pattern == "13x4" else 12
    named_by = draw(st.sampled_from(["end", "start"]))
    longer = draw(st.none() | st.integers(1, periods))
    if draw(st.booleans()):
        return FiscalCalendar(pattern, ends=draw(rules), long_period=longer, named_by=named_by)
    return FiscalCalendar(
        pattern,
        first_day=draw(st.dates(D(2000, 1, 1), D(2030, 12, 31))),
        long_years=tuple(draw(st.sets(st.integers(1990, 2040), max_size=6))),
        long_period=longer,
        named_by=named_by,
    )


years = st.integers(1960, 2080)
kinds: st.SearchStrategy[Kind] = st.sampled_from(["month", "quarter", "half", "year"])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any fiscal period of any calendar of weeks."""
    own, kind, year = draw(calendars()), draw(kinds), draw(years)
    most = {"month": 13 if own.pattern == "13x4" else 12, "quarter": 4, "half": 2, "year": 1}
    number = draw(st.integers(1, most[kind]))
    forms = {"month": f"-P{number:02d}", "quarter": f"Q{number}", "half": f"H{number}", "year": ""}
    return parse(f"FY{year}{forms[kind]}", own)


@given(calendars(), years)
def test_a_year_has_52_or_53_weeks_and_its_parts_tile_it(own: FiscalCalendar, year: int) -> None:
    whole = parse(f"FY{year}", own)
    assert whole.days in (52 * 7, 53 * 7)
    assert whole.end + dt.timedelta(days=1) == parse(f"FY{year + 1}", own).start
    parts = [
        whole.months(),
        [parse(f"FY{year}Q{number}", own) for number in (1, 2, 3, 4)],
        [parse(f"FY{year}H{number}", own) for number in (1, 2)],
    ]
    for run in parts:
        assert (run[0].start, run[-1].end) == (whole.start, whole.end)
        for before, after in itertools.pairwise(run):
            assert before.end + dt.timedelta(days=1) == after.start
            assert before == after.prior()
    lengths = sorted(part.days // 7 for part in whole.months())
    assert sum(lengths) == whole.weeks


@given(periods())
def test_an_id_reads_back_as_the_same_period(period: Period) -> None:
    assert parse(period.id, period.calendar) == period


@given(periods())
def test_the_prior_of_the_next_is_the_period_itself(period: Period) -> None:
    following = last_complete(period.kind, period.end, period.calendar)
    assert following == period
    prior, run = period.prior(), period.run(3)
    assert prior.end + dt.timedelta(days=1) == period.start
    assert run == (prior.prior(), prior, period)
    assert (prior.kind, prior.calendar) == (period.kind, period.calendar)


@given(periods())
def test_a_year_ago_has_the_same_number_of_the_year_before(period: Period) -> None:
    ago = period.year_ago()
    assert (ago.kind, ago.number, ago.year) == (period.kind, period.number, period.year - 1)
    assert abs(ago.days - period.days) in (0, 7)


@given(periods())
def test_the_periods_of_a_year_to_date_add_up(period: Period) -> None:
    span = period.year_to_date()
    assert span.end == period.end
    assert sum(part.days for part in span.months()) == span.days
    assert sum(item.days for item in period.run(period.number)) == span.days
    assert span.year_ago().end == period.year_ago().end
