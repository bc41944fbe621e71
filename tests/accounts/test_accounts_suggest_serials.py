"""Dates that a workbook holds as bare numbers of days are seen, in the workbook's own system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from drafts import columns, export, house, propose

from reviewkit.accounts import open_accounts
from reviewkit.scaffold.drafted import draft_client
from reviewkit.workspace import open_workspace

# Days since the last of 1899, as Excel counts them: 1 September 2026 is the 46,266th. A Mac
# that counts from 1904 begins 1,462 days later.
SEPTEMBER_1, LATER = 46_266, 1_462

Book = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return house(tmp_path / "house")


@pytest.fixture
def book(root: Path) -> Book:
    """Writes data/list.xlsx of these rows, cells as they are: numbers have no date's format."""

    def write(rows: Sequence[Sequence[Any]], **options: Any) -> Path:
        made = xlsxwriter.Workbook(root / "data" / "list.xlsx", options)
        day = made.add_format({"num_format": "dd.mm.yyyy"})
        sheet = made.add_worksheet("List")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                form = day if isinstance(cell, dt.date) else None
                sheet.write(number, place, cell, form)
        made.close()
        return root / "data" / "list.xlsx"

    return write


def invoices(first: int) -> list[tuple[Any, ...]]:
    head = ("Invoice", "Line", "Customer", "Invoice Date", "Service", "Qty", "Price", "Amount")
    lines = [
        (f"R{n}", n, "Acme", first + n, "Storage", 10 + n, 2.5, 2.5 * (10 + n)) for n in range(1, 6)
    ]
    return [head, *lines]


@pytest.mark.parametrize(
    ("date_1904", "form", "start"), [(False, "excel", "1900"), (True, "excel-1904", "1904")]
)
def test_an_invoice_list_with_dates_as_numbers_is_one(
    root: Path, book: Book, date_1904: bool, form: str, start: str
) -> None:
    file = book(invoices(SEPTEMBER_1 - LATER * date_1904), date_1904=date_1904)
    drafted = draft_client(root, "acme", [file])
    (draft,) = drafted.proposal.drafts
    assert draft.table.name == "invoice_lines"
    (entry,) = [one for one in draft.entries if one.name == "issued_on"]
    assert entry.given == {"column": "Invoice Date", "format": form}
    assert entry.confidence == "likely"
    assert entry.evidence == (
        "a usual name",
        "numbers that are days between 1990 and 2060",
        f"numbered from {start}, as the workbook says it counts",
    )
    # The last is issued on the 6th of September; the data are complete up to its end.
    assert draft.cutoff is not None
    assert draft.cutoff.replace(tzinfo=None) == dt.datetime(2026, 9, 7)  # noqa: DTZ001
    with open_accounts(open_workspace(root)) as accounts:
        table = accounts.tables["invoice_lines"].select("invoice_id", "issued_on")
        found = accounts.con.to_pyarrow(table).to_pylist()
    assert {row["invoice_id"]: row["issued_on"] for row in found} == {
        f"R{n}": dt.date(2026, 9, 1 + n) for n in range(1, 6)
    }


def test_moments_and_cells_shown_as_dates_may_stand_among_the_numbers(
    root: Path, book: Book
) -> None:
    # The 1st at a quarter past six in the evening, then the 2nd, shown as a date.
    opened = [SEPTEMBER_1 + 18.25 / 24, dt.date(2026, 9, 2), SEPTEMBER_1 + 2.5]
    rows = [(f"C{n}", "Acme", day, "late") for n, day in enumerate(opened)]
    file = book([("Case", "Customer", "Opened", "Category"), *rows])
    drafted = draft_client(root, "acme", [file])
    (draft,) = drafted.proposal.drafts
    assert columns(drafted.proposal)["opened_at"] == {"column": "Opened", "format": "excel"}
    assert not any("days without a time" in told for one in draft.entries for told in one.evidence)
    # The last is two and a half days after the 1st began: the 3rd, noon, a full hour already.
    assert draft.cutoff is not None
    assert draft.cutoff.replace(tzinfo=None) == dt.datetime(2026, 9, 3, 12)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Opened", [SEPTEMBER_1, 12]),  # one of them is no day of our times
        ("Opened", [32_873, SEPTEMBER_1]),  # 31 December 1989
        ("Reference", [SEPTEMBER_1, SEPTEMBER_1 + 1]),  # a number of something else
    ],
)
def test_other_numbers_are_no_dates(root: Path, book: Book, name: str, values: list[int]) -> None:
    rows = [(f"C{n}", "Acme", "2026-09-01", day, "late") for n, day in enumerate(values)]
    file = book([("Case", "Customer", "Created", name, "Category"), *rows])
    (draft,) = propose(root, file).drafts
    (profile,) = [one for one in draft.seen.columns if one.name == name]
    assert profile.forms == ()
    assert profile.is_number


def test_a_text_file_does_not_say_from_when_it_counts(root: Path) -> None:
    rows = ["case_id,customer,created,closed", f"C1,Acme,2026-09-01,{SEPTEMBER_1}"]
    (draft,) = propose(root, export(root, "cases.csv", rows)).drafts
    assert "closed_at" not in {one.name for one in draft.entries}
