"""Working days of sites, against calendars on the wall, and mistakes in `sites:`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.errors import ParamsError
from reviewkit.params import load_workspace
from reviewkit.params.sites import Site
from reviewkit.workdays import next_working_day, working_days, works_on

D = dt.date


@pytest.mark.parametrize(
    ("site", "start", "end", "count"),
    [
        # 22 weekdays in May 2026, less Labour Day, Ascension (14th) and Whit Monday (25th).
        (Site(country="DE"), D(2026, 5, 1), D(2026, 5, 31), 18),
        # Weekdays of May 2026 in the Netherlands, where 1 May is worked.
        (Site(country="NL"), D(2026, 5, 1), D(2026, 5, 31), 19),
        # Corpus Christi, Thursday 4 June 2026, is kept in Bavaria and not in Berlin.
        (Site(country="DE", subdivision="BY"), D(2026, 6, 1), D(2026, 6, 5), 4),
        (Site(country="DE", subdivision="BE"), D(2026, 6, 1), D(2026, 6, 5), 5),
        # 4 July 2026 is a Saturday: the Friday before is off.
        (Site(country="US"), D(2026, 6, 29), D(2026, 7, 3), 4),
        # Without a country there are no holidays; six days a week, 1 May 2026 is a Friday.
        (
            Site(working_days=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")),
            D(2026, 4, 27),
            D(2026, 5, 3),
            6,
        ),
        (Site(closed=(D(2026, 5, 5),), open=(D(2026, 5, 9),)), D(2026, 5, 4), D(2026, 5, 10), 5),
        # A site may work on a public holiday.
        (Site(country="DE", open=(D(2026, 5, 1),)), D(2026, 5, 1), D(2026, 5, 1), 1),
        (Site(), D(2026, 5, 2), D(2026, 5, 1), 0),
    ],
)
def test_working_days_are_counted(site: Site, start: D, end: D, count: int) -> None:
    assert working_days(site, start, end) == count


def test_the_next_working_day_leaps_over_weekends_and_holidays() -> None:
    dutch = Site(country="NL")
    # Easter 2026 is 5 April; Thursday 2 April is the last working day in Germany before it.
    assert next_working_day(Site(country="DE"), D(2026, 4, 2)) == D(2026, 4, 7)
    # King's Day is Monday 27 April 2026.
    assert next_working_day(dutch, D(2026, 4, 24)) == D(2026, 4, 28)
    assert next_working_day(dutch, D(2026, 12, 31)) == D(2027, 1, 4)


@given(st.dates(D(1990, 1, 1), D(2090, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_working_days_of_two_parts_add_up(start: D, first: int, second: int) -> None:
    site = Site(country="FR")
    middle = start + dt.timedelta(days=first)
    end = middle + dt.timedelta(days=second + 1)
    parts = working_days(site, start, middle) + working_days(
        site, middle + dt.timedelta(days=1), end
    )
    assert parts == working_days(site, start, end)


@given(st.dates(D(1990, 1, 1), D(2090, 1, 1)))
def test_no_working_day_lies_before_the_next(day: D) -> None:
    site = Site(country="GB", subdivision="ENG")
    following = next_working_day(site, day)
    assert works_on(site, following)
    assert working_days(site, day + dt.timedelta(days=1), following) == 1


def mistake(root: Path, sites: str) -> str:
    (root / "params").mkdir()
    house = root / "params" / "house.yaml"
    house.write_text(f"name: House\nsites:\n  Venlo: {sites}\n", encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_workspace(root)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("params/house.yaml", 3)
    return f"{problem.key}: {problem.what} {problem.hint}"


@pytest.mark.parametrize(
    ("sites", "said"),
    [
        ("{country: XX}", 'sites.Venlo.country: "XX" is no country whose holidays are known.'),
        ("{country: DEU1}", 'Did you mean "DE"?'),
        ("{country: DE, subdivision: BYE}", 'Did you mean "BY"?'),
        ("{country: NL, subdivision: ZH}", "Remove it: they are the same everywhere."),
        ("{subdivision: BY}", "needs its country. Add country."),
        ("{working_days: []}", "working_days: names no day."),
        ("{working_days: [mon]}", "'monday'"),
        ("{closed: [2026-05-01], open: [2026-05-01]}", "2026-05-01 stands in closed too."),
        ("{closed: [soon]}", "is not a date"),
        ("{county: NL}", 'Did you mean "country"?'),
    ],
)
def test_a_mistake_in_a_site(tmp_path: Path, sites: str, said: str) -> None:
    assert said in mistake(tmp_path, sites)
