"""Workbooks as people keep them: sheet, header, cells; and those that are refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from little import Open, aside, refusal, rows

from reviewkit.params.models import ColumnMap, Excel

CASES = {"case_id": "id", "opened_at": "opened", "category": "what"}
HEAD = ("id", "opened", "what")
TWO = (("C1", "2026-09-01", "late"), ("C2", "2026-09-02", "lost"))

Book = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Writes `rows.xlsx`: `book({"Sheet": rows})`, each row a tuple of cells."""

    def write(
        sheets: dict[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = (), **options: Any
    ) -> Path:
        made = xlsxwriter.Workbook(tmp_path / "rows.xlsx", options)
        forms = {name: made.add_format({"num_format": name}) for name in _FORMS}
        for title, lines in sheets.items():
            sheet = made.add_worksheet(title)
            for number, line in enumerate(lines):
                for place, cell in enumerate(line):
                    value, form = cell if isinstance(cell, tuple) else (cell, None)
                    if isinstance(value, str):
                        sheet.write_string(number, place, value)
                    else:
                        sheet.write(number, place, value, forms.get(form))
            if title in hidden:
                sheet.hide()
        made.close()
        return tmp_path / "rows.xlsx"

    return write


_DAY, _MOMENT, _PADDED = "dd.mm.yyyy", "dd.mm.yyyy hh:mm", "00000"
_FORMS = (_DAY, _MOMENT, _PADDED)

# Days since the last of 1899, as Excel counts them: 1 September 2026 is the 46,266th.
SEPTEMBER_1 = 46_266


def test_the_only_filled_sheet_is_read_as_it_stands(load: Open, book: Book) -> None:
    book({"Sheet1": (HEAD, *TWO), "Sheet2": (), "Sheet3": ()})
    accounts = load("cases", file="rows.xlsx", columns=CASES)
    assert accounts.check().ok
    assert rows(accounts, "cases", "case_id", "category") == [("C1", "late"), ("C2", "lost")]


# --- which sheet ------------------------------------------------------------------------


def test_of_several_filled_sheets_one_must_be_named(load: Open, book: Book) -> None:
    book({"Cases": (HEAD, *TWO), "Notes": (("a",),)})
    message = refusal(load("cases", file="rows.xlsx", columns=CASES))
    assert message == (
        "rows.xlsx: holds the sheets Cases, Notes. Say which: excel: {sheet: Cases}."
    )
    accounts = load("cases", file="rows.xlsx", columns=CASES, excel=Excel(sheet="Cases"))
    assert len(rows(accounts, "cases", "case_id")) == 2


def test_a_hidden_sheet_is_read_only_where_it_is_named(load: Open, book: Book) -> None:
    book({"Cases": (HEAD, *TWO), "Old": (HEAD, ("C0", "2020-01-01", "x"))}, hidden=["Old"])
    assert len(rows(load("cases", file="rows.xlsx", columns=CASES), "cases", "case_id")) == 2
    found = load("cases", file="rows.xlsx", columns=CASES, excel=Excel(sheet="Old"))
    assert rows(found, "cases", "case_id") == [("C0",)]


def test_with_only_hidden_rows_they_are_told(load: Open, book: Book) -> None:
    book({"Front": (), "Old": (HEAD, *TWO)}, hidden=["Old"])
    message = refusal(load("cases", file="rows.xlsx", columns=CASES))
    assert message.startswith("rows.xlsx: no visible sheet holds a row. Hidden: Old.")


def test_a_pattern_reads_several_sheets_whose_headers_agree(load: Open, book: Book) -> None:
    book({"2026 Sep": (HEAD, TWO[0]), "2026 Oct": (HEAD, TWO[1]), "Notes": (("x",),)})
    accounts = load("cases", file="rows.xlsx", columns=CASES, excel=Excel(sheet="2026*"))
    assert rows(accounts, "cases", "case_id") == [("C1",), ("C2",)]
    book({"2026 Sep": (HEAD, TWO[0]), "2026 Oct": (("id", "opened", "cause"), TWO[1])})
    message = refusal(load("cases", file="rows.xlsx", columns=CASES, excel=Excel(sheet="2026*")))
    assert message == (
        "rows.xlsx, sheet 2026 Oct: its columns differ from those of rows.xlsx, sheet 2026 Sep. "
        "It lacks what and adds cause. Export both alike, or give each a source of its own."
    )


def test_a_sheet_that_is_not_there(load: Open, book: Book) -> None:
    book({"Cases": (HEAD, *TWO)})
    message = refusal(load("cases", file="rows.xlsx", columns=CASES, excel=Excel(sheet="Case")))
    assert message == 'rows.xlsx: has no sheet "Case". Did you mean "Cases"?'


# --- which header -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "above",
    [
        (),
        (("Complaints of September",),),
        (("Complaints",), (), ("Printed on", "6 October")),
        ((), ()),
    ],
    ids=["none", "title", "title, blank, printed on", "blank"],
)
def test_rows_above_the_header_are_passed_over(
    load: Open, book: Book, above: Sequence[Sequence[str]]
) -> None:
    head = (*HEAD, "customer", "site")
    book({"S": (*above, head, *((*row, "A", "X") for row in TWO), (), ())})
    accounts = load("cases", file="rows.xlsx", columns=CASES)
    (check,) = accounts.check().tables
    assert (check.rows_in, check.rows_out) == (2, 2)


def test_a_merged_title_is_no_header(load: Open, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["Complaints of September"])
    sheet.merge_cells("A1:C1")
    for line in (HEAD, *TWO):
        sheet.append(line)
    made.save(tmp_path / "rows.xlsx")
    assert len(rows(load("cases", file="rows.xlsx", columns=CASES), "cases", "case_id")) == 2


def test_a_head_of_two_rows_is_joined_where_asked(load: Open, book: Book) -> None:
    book(
        {
            "S": (
                ("Report",),
                ("No", "Case", None, "Site"),
                (None, "Opened", "What", None),
                ("C1", "2026-09-01", "late", "X"),
            )
        }
    )
    accounts = load(
        "cases",
        file="rows.xlsx",
        excel=Excel(header=2, header_rows=2),
        columns={
            "case_id": "No",
            "opened_at": "Case Opened",
            "category": "Case What",
            "site": "Site",
        },
    )
    assert rows(accounts, "cases", "case_id", "category", "site") == [("C1", "late", "X")]


def test_a_header_is_named_across_lines_and_blanks(load: Open, book: Book) -> None:
    book({"S": (("id ", "opened\nat", "what"), *TWO)})
    accounts = load("cases", file="rows.xlsx", columns=CASES | {"opened_at": "opened at"})
    assert len(rows(accounts, "cases", "case_id")) == 2


@pytest.mark.parametrize(
    ("lines", "form", "said"),
    [
        ((("C1", 5, "x"), ("C2", 6, "y")), {}, "sheet S: row 1 looks like data, not like a header"),
        ((HEAD, *TWO), {"header": 9}, "sheet S: row 9 holds no column names. Correct excel: head"),
        ((("id", "opened", "ID"), *TWO), {}, "the header names id and ID more than once."),
    ],
)
def test_a_header_that_cannot_be_one(
    load: Open, book: Book, lines: Any, form: dict[str, Any], said: str
) -> None:
    book({"S": lines})
    message = refusal(load("cases", file="rows.xlsx", columns=CASES, excel=Excel(**form)))
    assert message.startswith("rows.xlsx, ")
    assert said in message


# --- cells ------------------------------------------------------------------------------


def test_ids_numbers_and_dates_are_what_the_sheet_shows(load: Open, book: Book) -> None:
    book(
        {
            "S": (
                ("doc", "day", "eur"),
                ("0042", (SEPTEMBER_1, _DAY), 0.1 + 0.2),
                ((42, _PADDED), "2026-09-02", "7.50"),
                (12347, (SEPTEMBER_1 + 2, _DAY), -3),
            )
        }
    )
    accounts = load(
        "payments",
        file="rows.xlsx",
        columns={"invoice_id": "doc", "paid_on": "day", "amount": "eur"},
    )
    assert accounts.check().ok
    found = rows(accounts, "payments", "invoice_id", "paid_on", "amount")
    assert sorted(tuple(map(str, row)) for row in found) == [
        ("00042", "2026-09-02", "7.5000"),
        ("0042", "2026-09-01", "0.3000"),
        ("12347", "2026-09-03", "-3.0000"),
    ]


@pytest.mark.parametrize("date_1904", [False, True], ids=["1900", "1904"])
@pytest.mark.parametrize("form", [None, "excel", "excel-1904", "%d.%m.%Y %H:%M"])
def test_dates_in_both_systems_whatever_the_format(
    load: Open, book: Book, *, date_1904: bool, form: str | None
) -> None:
    # Half past six in the evening; the 1904 system begins 1,462 days later.
    serial = SEPTEMBER_1 - (1462 if date_1904 else 0) + 18.5 / 24
    book({"S": (HEAD, ("C1", (serial, _MOMENT), "x"))}, date_1904=date_1904)
    opened = ColumnMap(column="opened", format=form)
    accounts = load("cases", file="rows.xlsx", columns=CASES | {"opened_at": opened})
    assert [str(at) for (at,) in rows(accounts, "cases", "opened_at")] == ["2026-09-01 18:30:00"]


@pytest.mark.parametrize("date_1904", [False, True], ids=["1900", "1904"])
def test_dates_left_as_bare_numbers_are_read_where_asked(
    load: Open, book: Book, *, date_1904: bool
) -> None:
    first = SEPTEMBER_1 - (1462 if date_1904 else 0)
    lines = (HEAD, ("C1", first, "x"), ("C2", str(first + 1), "y"), ("C3", 12, "z"))
    book({"S": lines}, date_1904=date_1904)
    accounts = load("cases", file="rows.xlsx", columns=CASES)
    assert len(aside(accounts, "cases")) == 3
    opened = ColumnMap(column="opened", format="excel")
    accounts = load("cases", file="rows.xlsx", columns=CASES | {"opened_at": opened})
    shown = [(case, str(at)) for case, at in rows(accounts, "cases", "case_id", "opened_at")]
    expected = [("C1", "2026-09-01 00:00:00"), ("C2", "2026-09-02 00:00:00")]
    # The twelfth day of 1904 is a date; that of 1900 lies where Excel's calendar is wrong.
    assert [item for item in shown if item[0] != "C3"] == expected
    assert len(shown) == (3 if date_1904 else 2)


def test_dates_as_text_beside_dates_as_dates(load: Open, book: Book) -> None:
    book({"S": (HEAD, ("C1", (SEPTEMBER_1, _DAY), "x"), ("C2", "02.09.2026", "y"))})
    opened = ColumnMap(column="opened", format="%d.%m.%Y")
    accounts = load("cases", file="rows.xlsx", columns=CASES | {"opened_at": opened})
    assert [str(at) for (at,) in rows(accounts, "cases", "opened_at")] == [
        "2026-09-01 00:00:00",
        "2026-09-02 00:00:00",
    ]


def test_numbers_kept_as_text_beside_numbers(load: Open, book: Book) -> None:
    book(
        {"S": (("doc", "day", "eur"), ("R1", "2026-09-01", "1.234,50"), ("R2", "2026-09-01", 2.5))}
    )
    accounts = load(
        "payments",
        file="rows.xlsx",
        excel=Excel(decimal=","),
        columns={"invoice_id": "doc", "paid_on": "day", "amount": "eur"},
    )
    assert accounts.check().tables[0].amounts == {"amount": "1237.0000"}


def test_an_error_sets_its_row_aside_and_is_told_by_its_address(load: Open, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Cases"
    for line in (HEAD, *TWO, ("C3", "2026-09-03", "x")):
        sheet.append(line)
    for address, error in (("C2", "#REF!"), ("B3", "#N/A")):
        sheet[address] = error
        sheet[address].data_type = "e"
    made.save(tmp_path / "rows.xlsx")
    accounts = load("cases", file="rows.xlsx", columns=CASES)
    assert rows(accounts, "cases", "case_id") == [("C3",)]
    assert aside(accounts, "cases") == [
        ("1", "type", "category", "#REF! in Cases!C2"),
        ("2", "type", "opened_at", "#N/A in Cases!B3"),
    ]


def _rewritten(path: Path, given: bytes, wanted: bytes) -> None:
    """Write a workbook again, its first sheet changed."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert given in parts[sheet]
    parts[sheet] = parts[sheet].replace(given, wanted)
    path.write_bytes(_zipped(**parts))


def test_a_formula_is_what_it_was_when_it_was_saved(load: Open, tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(tmp_path / "rows.xlsx")
    sheet = made.add_worksheet()
    for place, name in enumerate(HEAD):
        sheet.write(0, place, name)
    sheet.write_formula("A2", '="C"&1', value="C1")
    sheet.write_formula("B2", '=TEXT(1,"x")', value="2026-09-01")
    sheet.write_formula("C2", '=IF(1,"","x")', value="nothing")
    made.close()
    # What Excel itself writes for a formula that gives an empty text.
    _rewritten(tmp_path / "rows.xlsx", b"<v>nothing</v>", b"<v></v>")
    accounts = load("cases", file="rows.xlsx", columns=CASES)
    assert rows(accounts, "cases", "case_id", "category") == [("C1", None)]


def test_a_formula_that_was_never_computed_is_refused(load: Open, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for line in (HEAD, *TWO, ("C3", "2026-09-03", "=A2")):
        sheet.append(line)
    made.save(tmp_path / "rows.xlsx")
    assert refusal(load("cases", file="rows.xlsx", columns=CASES)) == (
        "rows.xlsx: Sheet!C4 holds a formula that was never computed. Open it in Excel and save it."
    )


def test_blank_rows_are_none_and_cells_beside_the_table_are_not_read(
    load: Open, book: Book
) -> None:
    lines = (HEAD, TWO[0], (), (" ", None, None), (*TWO[1], None, "note"), (None,) * 4 + ("note",))
    book({"S": (*lines, (), ())})
    (check,) = load("cases", file="rows.xlsx", columns=CASES).check().tables
    assert (check.rows_in, check.rows_out) == (2, 2)


def test_a_workbook_that_is_open_leaves_no_file_in_the_way(
    load: Open, book: Book, tmp_path: Path
) -> None:
    book({"S": (HEAD, *TWO)})
    for name in ("~$rows.xlsx", "._rows.xlsx"):
        (tmp_path / name).write_bytes(b"\0" * 165)
    assert len(rows(load("cases", file="*.xlsx", columns=CASES), "cases", "case_id")) == 2


def test_a_workbook_may_be_joined_with_other_files(load: Open, book: Book, tmp_path: Path) -> None:
    book({"S": (HEAD, *TWO)})
    (tmp_path / "sites.csv").write_text("case,site\nC1,Rotterdam\n")
    (tmp_path / "names.jsonl").write_text('{"site": "Rotterdam", "place": {"name": "Maasvlakte"}}')
    accounts = load(
        "cases",
        files={"cases": "rows.xlsx", "sites": "sites.csv", "names": "names.jsonl"},
        query=(
            'SELECT id, opened, "place.name" AS place FROM cases'
            ' LEFT JOIN sites ON id = "case" LEFT JOIN names USING (site) ORDER BY id'
        ),
        columns={"case_id": "id", "opened_at": "opened", "site": "place"},
    )
    assert rows(accounts, "cases", "case_id", "site") == [("C1", "Maasvlakte"), ("C2", None)]


# --- workbooks that are refused -----------------------------------------------------------


def _zipped(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/"), data)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("rows.xlsx", b"", "is empty. Export it again."),
        ("rows.xls", b"<html><table><tr><td>id</td></tr></table>", "is a web page or XML"),
        ("rows.xls", b"\xef\xbb\xbf <?xml version='1.0'?><Workbook/>", "is a web page or XML"),
        ("rows.xls", b"id,opened,what\n", "is text, not a workbook. Set kind: csv"),
        ("rows.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old Excel format (.xls)"),
        (
            "rows.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "is locked with a password. Save it without one.",
        ),
        ("rows.xlsx", b"PK\x03\x04" + b"x" * 99, "is cut short or damaged."),
        ("rows.xlsx", b"\x89PNG\r\n\x1a\n\0\0", "is no Excel workbook, or is damaged."),
        ("rows.xlsx", _zipped(a=b"x"), "is a zip file, not an Excel workbook. Unpack it."),
        ("rows.xlsb", _zipped(xl__workbook__bin=b"x").replace(b"k/bin", b"k.bin"), "(.xlsb)"),
        ("rows.xlsx", _zipped(**{"[Content_Types].xml": b"<a>"}), "is a damaged workbook."),
        (
            "rows.xlsx",
            _zipped(**{"[Content_Types].xml": b"<a/>", "xl__sharedStrings.xml": b" " * (60 << 20)}),
            "would unpack to far more than a workbook of its size holds.",
        ),
    ],
    ids=lambda value: None if isinstance(value, bytes) else str(value)[:24],
)
def test_a_file_that_is_no_sound_workbook(
    load: Open, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    message = refusal(load("cases", file=name, columns=CASES))
    assert message.startswith(f"{name}: ")
    assert said in message
    assert "\n" not in message


def test_a_workbook_cut_short_at_any_place_is_refused(
    load: Open, book: Book, tmp_path: Path
) -> None:
    whole = book({"S": (HEAD, *TWO)}).read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        (tmp_path / "rows.xlsx").write_bytes(whole[: int(len(whole) * share)])
        message = refusal(load("cases", file="rows.xlsx", columns=CASES))
        assert message.startswith("rows.xlsx: is cut short or damaged.")


def test_a_row_beyond_the_last_that_a_sheet_can_have_is_not_waited_for(
    load: Open, book: Book
) -> None:
    _rewritten(book({"S": (HEAD, *TWO)}), b'<row r="3"', b'<row r="99999999999"')
    assert rows(load("cases", file="rows.xlsx", columns=CASES), "cases", "case_id") == [("C1",)]


def test_entities_that_swell_are_refused(load: Open, book: Book) -> None:
    swelling = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 99}">' for n in range(9)
    )
    path = book({"S": (HEAD, ("C1", "2026-09-01", 77))})
    _rewritten(path, b"<worksheet", f"<!DOCTYPE a [{swelling}]><worksheet".encode())
    _rewritten(path, b"<v>77</v>", b"<v>&e8;</v>")
    message = refusal(load("cases", file="rows.xlsx", columns=CASES))
    assert message.startswith("rows.xlsx: is a damaged workbook.")


def test_a_sheet_whose_text_is_broken_is_refused(load: Open, book: Book, tmp_path: Path) -> None:
    _rewritten(book({"S": (HEAD, *TWO)}), b"</sheetData>", b"")
    assert refusal(load("cases", file="rows.xlsx", columns=CASES)) == (
        "rows.xlsx: is a damaged workbook. Open it in Excel and save it as .xlsx."
    )
