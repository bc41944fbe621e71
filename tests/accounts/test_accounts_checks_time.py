"""Rules of time: rows that are missing, more or fewer than a year ago, or old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest
from little import CUTOFF
from looked import Looked, look

DAY = dt.timedelta(days=1)
LAST = dt.date(2026, 10, 5)  # the last whole day before the cut-off of the little source
COLUMNS = {"case_id": "id", "opened_at": "opened"}


def spell(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + DAY * n for n in range((last - first).days + 1)]


def text(days: Iterable[dt.date]) -> str:
    return "id,opened\n" + "".join(f"C{n},{day}T09:00\n" for n, day in enumerate(days))


def cases(root: Path, days: Iterable[dt.date], **checks) -> Looked:
    return look(root, checks, {"cases": {"text": text(days), "columns": COLUMNS}})


def timed(looked: Looked) -> list[str]:
    return [
        f.rule for f in looked.report.findings if f.rule in ("gap", "volume", "freshness", "unit")
    ]


QUARTER = spell(dt.date(2026, 7, 1), LAST)


def without(first: dt.date, last: dt.date) -> list[dt.date]:
    return [day for day in QUARTER if not first <= day <= last]


def test_rows_of_every_day_up_to_the_cutoff_are_complete(tmp_path: Path) -> None:
    assert timed(cases(tmp_path, QUARTER)) == []


@pytest.mark.parametrize("days", [[], [dt.date(2026, 10, 5)]])
def test_a_table_of_no_row_or_of_one_has_no_gap(tmp_path: Path, days) -> None:
    looked = cases(tmp_path, days)
    assert timed(looked) == []
    assert looked.report.tables[0].rows_in == len(days)


def test_days_without_rows_are_told_with_the_first_and_the_last(tmp_path: Path) -> None:
    looked = cases(tmp_path, without(dt.date(2026, 8, 10), dt.date(2026, 8, 14)))
    said = "none from 2026-08-10 to 2026-08-14"
    assert looked.of("gap") == [("warning", "acme", "opened_at", said)]
    assert looked.examples("gap") == [("2026-08-10 to 2026-08-14",)]
    assert looked.report.ok


def test_a_gap_begins_with_as_many_days_as_the_house_says(tmp_path: Path) -> None:
    five = without(dt.date(2026, 8, 10), dt.date(2026, 8, 14))
    assert cases(tmp_path, five, gap={"threshold": 6}).of("gap") == []
    assert len(cases(tmp_path, five, gap={"threshold": 5}).of("gap")) == 1
    assert cases(tmp_path, five, gap={"tables": {"cases": "off"}}).of("gap") == []
    ((severity, *_),) = cases(tmp_path, five, gap={"severity": "error", "threshold": 5}).of("gap")
    assert severity == "error"


def test_two_days_are_no_gap(tmp_path: Path) -> None:
    assert cases(tmp_path, without(dt.date(2026, 8, 11), dt.date(2026, 8, 12))).of("gap") == []


def test_weekends_without_rows_are_no_gap_and_a_week_is_one(tmp_path: Path) -> None:
    weekdays = [day for day in QUARTER if day.weekday() < 5]
    assert cases(tmp_path, weekdays).of("gap") == []
    week = [day for day in weekdays if not dt.date(2026, 8, 10) <= day <= dt.date(2026, 8, 14)]
    # Monday to Friday are missing, and the weekends on both sides are usual.
    looked = cases(tmp_path, week)
    assert looked.examples("gap") == [("2026-08-08 to 2026-08-16",)]


def test_a_history_of_less_than_eight_weeks_has_nothing_usual(tmp_path: Path) -> None:
    days = [*spell(LAST - DAY * 55, LAST - DAY * 30), *spell(LAST - DAY * 20, LAST)]
    assert cases(tmp_path, days).of("gap") == []
    longer = [*spell(LAST - DAY * 56, LAST - DAY * 30), *spell(LAST - DAY * 20, LAST)]
    assert len(cases(tmp_path, longer).of("gap")) == 1


def test_an_export_that_ends_early_is_told_from_the_cutoff(tmp_path: Path) -> None:
    stopped = spell(dt.date(2026, 6, 1), LAST - DAY * 20)
    said = "none since 2026-09-15"
    assert cases(tmp_path, stopped).of("gap") == [("warning", "acme", "opened_at", said)]


@pytest.mark.parametrize(("days", "told"), [(14, False), (15, True)])
def test_a_newest_row_is_old_after_a_fortnight(tmp_path: Path, days: int, told: bool) -> None:
    looked = cases(tmp_path, spell(dt.date(2026, 7, 1), LAST - DAY * days))
    said = "the newest row is of 2026-09-20, 15 days before the cut-off"
    assert looked.of("freshness") == ([("warning", "", "opened_at", said)] if told else [])


def test_how_old_is_old_is_for_the_house_to_say(tmp_path: Path) -> None:
    days = spell(dt.date(2026, 7, 1), LAST - DAY * 15)
    assert cases(tmp_path, days, freshness={"threshold": 15}).of("freshness") == []
    assert cases(tmp_path, days, freshness="off").of("freshness") == []


@pytest.mark.parametrize(("days", "told"), [(14, False), (15, True)])
def test_a_table_far_behind_another_is_told(tmp_path: Path, days: int, told: bool) -> None:
    surveys = {"responded_on": "day", "instrument": "what", "score": "score"}
    behind = CUTOFF - DAY * days
    looked = look(
        tmp_path,
        {},
        {
            "cases": {
                "text": text(spell(dt.date(2026, 8, 1), behind.date() - DAY)),
                "columns": COLUMNS,
                "cutoff": behind,
            },
            "surveys": {"text": "day,what,score\n2026-10-05,nps,9\n", "columns": surveys},
        },
    )
    said = "complete up to 2026-09-21, while another table goes up to 2026-10-06"
    assert looked.of("freshness") == ([("warning", "", "", said)] if told else [])


def yearly(before: int, now: int) -> list[dt.date]:
    """A row a day from August 2025; more in September, of last year and of this."""
    days = spell(dt.date(2025, 8, 1), LAST)
    more = [dt.date(2025, 9, 15)] * (before - 30) + [dt.date(2026, 9, 15)] * (now - 30)
    return sorted([*days, *more])


def test_a_month_far_from_that_of_last_year_is_told(tmp_path: Path) -> None:
    looked = cases(tmp_path, yearly(100, 250))
    said = "2026-09: 250 after 100"
    assert looked.of("volume") == [("warning", "acme", "opened_at", said)]
    assert looked.examples("volume") == [(said,)]


def test_fewer_rows_are_told_like_more(tmp_path: Path) -> None:
    assert [told[3] for told in cases(tmp_path, yearly(250, 100)).of("volume")] == [
        "2026-09: 100 after 250"
    ]


def test_volume_begins_with_the_share_that_the_house_says(tmp_path: Path) -> None:
    # 350 less 200 is three quarters of 200; 300 less 200 is one half and not more.
    assert len(cases(tmp_path, yearly(200, 350)).of("volume")) == 1
    assert cases(tmp_path, yearly(200, 350), volume={"threshold": 0.75}).of("volume") == []
    assert cases(tmp_path, yearly(200, 300)).of("volume") == []


def test_a_few_rows_may_differ_by_chance(tmp_path: Path) -> None:
    # 60 less 30 is more than half, but less than four times the root of 90, which is 38.
    assert cases(tmp_path, yearly(30, 60)).of("volume") == []


def test_the_clients_of_a_table_are_told_apart(tmp_path: Path) -> None:
    lines = ["who,id,opened"]
    for day in QUARTER:
        lines.append(f"A,A{day},{day}")
        if not dt.date(2026, 8, 10) <= day <= dt.date(2026, 8, 14):
            lines.append(f"B,B{day},{day}")
    given = {
        "text": "\n".join([*lines, ""]),
        "columns": COLUMNS,
        "client": {"column": "who", "keys": {"A": "acme", "B": "borealis"}},
    }
    looked = look(tmp_path, {}, {"cases": given})
    assert [told[1] for told in looked.of("gap")] == ["borealis"]


def test_a_table_of_months_misses_a_month(tmp_path: Path) -> None:
    months = [dt.date(2026, month, 1) for month in (1, 2, 3, 4, 5, 7, 8, 9, 10)]
    looked = cases(tmp_path, months)
    assert looked.examples("gap") == [("2026-06-01 to 2026-06-30",)]
