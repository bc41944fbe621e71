"""A client's fiscal calendar in client.yaml: what is read, and what is told of its mistakes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reviewkit.errors import ParamsError, PeriodError, Problem
from reviewkit.params import Workspace, load_workspace
from reviewkit.params.calendar import year_end
from reviewkit.periods import FiscalCalendar, YearEnd, parse

D = dt.date


def write(root: Path, client: str, *files: str) -> Path:
    folder = root / "params" / "acme"
    folder.mkdir(parents=True)
    (root / "params" / "house.yaml").write_text("name: House\n", encoding="utf-8")
    text = f"name: Acme\ncurrency: EUR\n{client}\n"
    (folder / "client.yaml").write_text(text, encoding="utf-8")
    for name in files:
        (folder / name).write_text("{}\n", encoding="utf-8")
    return root


def read(root: Path, client: str, *files: str) -> Workspace:
    return load_workspace(write(root, client, *files))


def problems(root: Path, client: str, *files: str) -> list[Problem]:
    with pytest.raises(ParamsError) as caught:
        read(root, client, *files)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("client", "expected"),
    [
        ("", FiscalCalendar()),
        ("fiscal_year_start: 4", FiscalCalendar(first_month=4)),
        (
            "fiscal_year_start: 4\ncalendar: {named_by: start}",
            FiscalCalendar(first_month=4, named_by="start"),
        ),
        (
            "calendar: {pattern: 4-4-5, ends: last saturday of january}",
            FiscalCalendar("4-4-5", ends=YearEnd("last", 5, 1)),
        ),
        (
            (
                "calendar:\n  pattern: 4-5-4\n  ends: Nearest Saturday to the end of January\n"
                "  named_by: start\n  long_period: 3"
            ),
            FiscalCalendar("4-5-4", ends=YearEnd("nearest", 5, 1), named_by="start", long_period=3),
        ),
        (
            "calendar: {pattern: 13x4, first_day: 2025-12-29, long_years: [2032, 2026, 2026]}",
            FiscalCalendar("13x4", first_day=D(2025, 12, 29), long_years=(2026, 2032)),
        ),
    ],
)
def test_a_calendar_is_read(tmp_path: Path, client: str, expected: FiscalCalendar) -> None:
    assert read(tmp_path, client).clients["acme"].client.fiscal_calendar == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("last saturday of january", YearEnd("last", 5, 1)),
        ("nearest sunday to december", YearEnd("nearest", 6, 12)),
        ("  Last  Friday of June ", YearEnd("last", 4, 6)),
        ("first saturday of january", None),
        ("last saturday", None),
        ("last caturday of january", None),
        ("last saturday of janvier", None),
        ("", None),
    ],
)
def test_a_year_end_in_words(text: str, expected: YearEnd | None) -> None:
    assert year_end(text) == expected


@pytest.mark.parametrize(
    ("client", "line", "key", "said"),
    [
        ("calendar: {pattern: 445}", 3, "calendar.pattern", "is not one of"),
        ("calendar: {pattern: 4-4-6}", 3, "calendar.pattern", "'4-4-5'"),
        ("calendar: {patern: 4-4-5}", 3, "calendar.patern", 'Did you mean "pattern"?'),
        ("calendar: {pattern: 4-4-5}", 3, "calendar", "needs either ends or first_day"),
        (
            "calendar: {pattern: 4-4-5, ends: last sunday of may, first_day: 2026-01-04}",
            3,
            "calendar",
            "needs either ends or first_day",
        ),
        (
            "calendar:\n  pattern: 4-4-5\n  ends: last saterday of january",
            5,
            "calendar.ends",
            'Did you mean "saturday"?',
        ),
        (
            "calendar:\n  pattern: 4-4-5\n  ends: last saturday of januari",
            5,
            "calendar.ends",
            'Did you mean "january"?',
        ),
        (
            "calendar:\n  pattern: 4-4-5\n  ends: 31 January",
            5,
            "calendar.ends",
            'Write it as "last saturday of january"',
        ),
        (
            "calendar:\n  ends: last saturday of january",
            4,
            "calendar.ends",
            "Add pattern: 4-4-5, 4-5-4, 5-4-4, 13x4.",
        ),
        (
            "fiscal_year_start: 4\ncalendar: {pattern: 13x4, first_day: 2026-01-04}",
            3,
            "fiscal_year_start",
            "Remove it.",
        ),
        (
            "calendar:\n  pattern: 4-4-5\n  ends: last sunday of may\n  long_years: [2026]",
            6,
            "calendar.long_years",
            "Remove it.",
        ),
        (
            "calendar: {pattern: 4-4-5, ends: last sunday of may, long_period: 13}",
            3,
            "calendar.long_period",
            "13 is no period of a year of 12. Give a number from 1 to 12.",
        ),
        (
            "calendar: {pattern: 4-4-5, ends: last sunday of may, long_period: 0}",
            3,
            "calendar.long_period",
            "at least 1",
        ),
        (
            "calendar: {pattern: 4-4-5, first_day: 0026-01-04}",
            3,
            "calendar.first_day",
            "lies in 26.",
        ),
        ("calendar: {pattern: 4-4-5, first_day: soon}", 3, "calendar.first_day", "not a date"),
        ("calendar: {named_by: middle}", 3, "calendar.named_by", "'end' or 'start'"),
        ("calendar: 4-4-5", 3, "calendar", "not a mapping"),
    ],
)
def test_a_mistake_in_a_calendar(
    tmp_path: Path, client: str, line: int, key: str, said: str
) -> None:
    (problem,) = problems(tmp_path, client, "FY2026Q3.yaml")
    assert (problem.path, problem.line, problem.key) == ("params/acme/client.yaml", line, key)
    assert said in f"{problem.what} {problem.hint}"


def test_files_of_a_client_are_named_by_its_own_periods(tmp_path: Path) -> None:
    thirteen = "calendar: {pattern: 13x4, ends: last saturday of december}"
    own = read(tmp_path / "a", thirteen, "FY2026-P13.yaml", "2026Q3.yaml").clients["acme"]
    assert set(own.reviews) == {"FY2026-P13", "2026Q3"}
    (problem,) = problems(tmp_path / "b", "", "FY2026-P13.yaml")
    assert problem.path == "params/acme/FY2026-P13.yaml"
    with pytest.raises(PeriodError):
        parse("FY2026-P13", FiscalCalendar())
