"""A client whose fiscal year is made of weeks: axes, sentences and comparisons of unlike length."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from reviews import Due, figures, view

from reviewkit.blocks import Block, Chart, Heading, Table, walk
from reviewkit.display import charts, heats, lengths, scorecard, trends, volume
from reviewkit.display.view import View
from reviewkit.extract.model import SiteDays
from reviewkit.periods import FiscalCalendar, Period, YearEnd, parse

RETAIL = FiscalCalendar("4-5-4", ends=YearEnd("nearest", 5, 1), named_by="start")
THIRTEEN = FiscalCalendar("13x4", ends=YearEnd("last", 5, 12))

# One delivery run of each month, counted on its first day: it lies in one fiscal period.
MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)][:33]
RUNS = [
    Due(month, f"{site} – Leeds", 100, 97, service=service)
    for month in ["2023-11", "2023-12", *MONTHS]
    for site, service in (("Venlo", "Freight"), ("Metz", "Returns"))
]


def of(text: str, calendar: FiscalCalendar) -> View:
    return view(figures(RUNS, period=parse(text, calendar), targets={"on_time_delivery": 0.96}))


def texts(block: Block) -> list[str]:
    out = []
    for part in walk(block):
        if isinstance(part, Heading):
            out += [part.text, *(span.text for span in part.note)]
        if isinstance(part, Chart):
            out.append(part.alt)
        if isinstance(part, Table):
            out += [column.label for column in part.columns]
    return out


def test_an_axis_names_fiscal_periods() -> None:
    own = of("FY2024Q4", RETAIL)
    assert own.axis(own.year)[0] == ("P01", "FY2024")
    assert own.axis(own.year)[-1] == ("P12", "FY2024")
    assert own.step == "period"
    plain = view(figures(RUNS))
    assert plain.axis(plain.year)[-1] == ("Sept", 2026)
    assert plain.step == "month"


def test_a_year_of_thirteen_periods_shows_them_all() -> None:
    own = of("FY2025Q4", THIRTEEN)
    assert [name for name, _ in own.axis(own.year)] == [f"P{n:02d}" for n in range(1, 14)]
    (chart,) = [part for part in walk(trends.trend(own, "shipments")) if isinstance(part, Chart)]
    assert "by period: 200 in P01 FY2025" in chart.alt
    assert "200 in P13 FY2025" in chart.alt


@pytest.mark.parametrize(
    "make",
    [
        volume.volume,
        lambda own: trends.trend(own, "on_time_delivery"),
        lambda own: heats.heat(own, "on_time_delivery", "site"),
    ],
)
def test_no_month_is_named_where_there_are_none(make) -> None:  # type: ignore[no-untyped-def]
    told = texts(make(of("FY2024Q4", RETAIL)))
    assert any("P12" in text or "period" in text for text in told)
    names = ("month", "Jan", "Nov", "Dec", "Feb")
    assert not [text for text in told if any(name in text for name in names)]


def test_unlike_lengths_are_told_and_not_adjusted() -> None:
    own = of("FY2024Q4", RETAIL)
    told = "Compared are 13 against 14 weeks in Q4 FY2023; nothing is adjusted."
    assert lengths.unlike(own) == told
    assert told in texts(volume.volume(own))
    assert any(text.endswith(told) for text in texts(scorecard.scorecard(own)))
    # 200 on the first of a month: three lie in 13 weeks from 3 November 2024, and four in the
    # 14 weeks from 29 October 2023.
    value = own.figures.one("shipments")
    assert (value.value, value.year_ago) == (600, 800)


def test_equal_lengths_and_months_say_nothing() -> None:
    assert lengths.unlike(of("FY2026Q1", RETAIL)) == ""
    assert lengths.unlike(view(figures(RUNS))) == ""


def test_both_comparisons_of_a_period_may_differ() -> None:
    # P12 of 53-week 2023 had five weeks; P11 has five in every year.
    assert lengths.unlike(of("FY2024-P12", RETAIL)) == (
        "Compared are 4 against 5 weeks in P11 FY2024 and 4 against 5 weeks in P12 FY2023; "
        "nothing is adjusted."
    )


def test_events_stand_in_their_fiscal_period() -> None:
    year: tuple[Period, ...] = parse("FY2024", RETAIL).months()
    assert charts.position(dt.date(2024, 2, 4), year) == -0.5
    # Eight of the 28 days of P01 have passed by 12 February.
    assert charts.position(dt.date(2024, 2, 12), year) == pytest.approx(-0.5 + 8 / 28)
    months = parse("2024").months()
    assert charts.position(dt.date(2024, 3, 16), months) == pytest.approx(1.5 + 15 / 31)


SLOW = SiteDays(site="Metz", period=62, prior=61, year_ago=64)
FAST = SiteDays(site="Venlo", period=64, prior=61, year_ago=65)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((), ""),
        # 600 deliveries in the quarter and in the year before: 9.375 and 9.23 a day.
        (
            (FAST, FAST.model_copy(update={"site": "Metz"})),
            "64 working days (65 a year ago), each with 9.4 shipments on average (9.2).",
        ),
        (
            (SLOW, FAST, FAST.model_copy(update={"site": "Lyon"})),
            "Working days, and those a year ago: 62 (64) in Metz; 64 (65) in Venlo and Lyon.",
        ),
        ((SLOW.model_copy(update={"period": 0}),), ""),
    ],
)
def test_working_days_stand_under_the_volume(days: tuple[SiteDays, ...], said: str) -> None:
    own = view(figures(RUNS))
    own = replace(own, house=replace(own.house, working_days=days))
    assert lengths.worked(own, own.figures.one("shipments")) == said
    assert any(said in text for text in texts(volume.volume(own)))


def test_a_period_that_is_not_over_tells_no_working_days() -> None:
    own = view(figures(RUNS, period=parse("2026Q4")))
    own = replace(own, house=replace(own.house, working_days=(FAST,)))
    assert lengths.worked(own, own.figures.one("shipments")) == ""
