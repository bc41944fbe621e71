"""What an account manager sends to IT: read back as IT would, and as the check does."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reviewkit.accounts.tables import TABLES
from reviewkit.accounts.template import printed, template
from reviewkit.errors import UsageError

each_table = pytest.mark.parametrize("name", TABLES)


def book(name: str) -> Any:
    """The workbook of a table, as a spreadsheet program finds it."""
    with warnings.catch_warnings():
        # openpyxl tells the time in a way that newer Pythons deplore.
        warnings.simplefilter("ignore", DeprecationWarning)
        return openpyxl.load_workbook(io.BytesIO(template(name, "xlsx")))


def texts(sheet: Any) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


@each_table
def test_the_csv_is_accepted_as_it_is(load: Any, name: str) -> None:
    data = template(name, "csv")
    head, example = csv.reader(io.StringIO(data.decode()))
    assert head == ["client", *TABLES[name].names]
    columns = {column: column for column in TABLES[name].names}
    accounts = load(name, data, columns=columns)
    assert accounts.check().ok, accounts.check().to_json()
    (found,) = accounts.con.to_pyarrow(accounts.tables[name]).to_pylist()
    empty = {column for column, cell in zip(head, example, strict=True) if not cell}
    assert {column for column, value in found.items() if value is None} == empty


@each_table
def test_the_same_contract_gives_the_same_bytes(name: str) -> None:
    for form in ("csv", "xlsx"):
        assert template(name, form) == template(name, form)  # type: ignore[arg-type]


def test_no_clock_is_in_the_workbook() -> None:
    with zipfile.ZipFile(io.BytesIO(template("cases", "xlsx"))) as parts:
        assert {item.date_time[:3] for item in parts.infolist()} == {(1980, 1, 1)}
        assert b"2000-01-01T00:00:00Z" in parts.read("docProps/core.xml")


@each_table
def test_the_workbook_explains_every_column(name: str) -> None:
    columns, table = book(name).worksheets
    rows = texts(columns)
    assert rows[0][0] == name
    assert TABLES[name].grain in rows[2][0]
    place = rows.index(["Column", "Needed", "Type", "Unit", "Example", "Allowed words", "Meaning"])
    told = {row[0]: row for row in rows[place + 1 :]}
    for column in TABLES[name].columns:
        row = told[column.name]
        assert row[1] == ("required" if column.required else "optional")
        assert row[2:5] == [column.type, column.unit, column.example]
        assert row[6].startswith(column.about)
        assert all(word in row[5].split(", ") for word in column.values)
    assert [cell.value for cell in table[1]] == ["client", *TABLES[name].names]
    assert table.max_row == 1


@each_table
def test_nothing_in_a_workbook_runs(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(template(name, "xlsx"))) as parts:
        names = parts.namelist()
        sheets = [parts.read(part).decode() for part in names if part.startswith("xl/worksheets/")]
    assert not [part for part in names if part.endswith(".bin") or "external" in part]
    assert len(sheets) == 2
    assert not [text for text in sheets if "<f>" in text or "<hyperlink" in text]
    cells = [
        cell for row in csv.reader(io.StringIO(template(name, "csv").decode())) for cell in row
    ]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


@each_table
def test_it_prints_on_a4_across(name: str) -> None:
    columns, table = book(name).worksheets
    for sheet in (columns, table):
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert columns.freeze_panes == "B6"
    assert columns.print_title_rows == "$5:$5"
    assert table.freeze_panes == "A2"


def test_the_empty_table_keeps_zeros_and_offers_the_words() -> None:
    sheet = book("shipments").worksheets[1]
    places = {cell.value: cell.column_letter for cell in sheet[1]}
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    at_fault, flag = places["at_fault"], places["documents_ok"]
    assert lists[f"{at_fault}2:{at_fault}1048576"] == '"provider,client,carrier,other"'
    assert lists[f"{flag}2:{flag}1048576"] == '"yes,no"'
    # Neighbours of one width and form are written, and found, as one.
    found = sheet.column_dimensions.values()
    numbers = {name: openpyxl.utils.column_index_from_string(at) for name, at in places.items()}
    forms = {
        name: next(item.number_format for item in found if item.min <= number <= item.max)
        for name, number in numbers.items()
    }
    texts = {c.name for c in TABLES["shipments"].columns if c.type in ("text", "timestamp")}
    assert {forms[name] for name in {"client", *texts}} == {"@"}
    assert forms["ordered_units"] == "0"


def test_rows_are_high_enough_for_what_they_tell() -> None:
    sheet = book("shipments").worksheets[0]
    rows = {row[0].value: row for row in sheet.iter_rows()}
    # 62 letters of meaning in a column 58 wide; 32 of words allowed in one 22 wide.
    for name in ("service", "at_fault"):
        assert sheet.row_dimensions[rows[name][0].row].height == 30
    assert sheet.row_dimensions[rows["origin"][0].row].height is None


def test_the_text_tells_grain_columns_and_rules() -> None:
    lines = printed("payments").splitlines()
    assert lines[:3] == [
        "payments",
        "Payments applied to invoices.",
        (
            "One row is one application of a payment. "
            "No two rows of a client agree in payment_id, invoice_id, paid_on, amount."
        ),
    ]
    assert lines[4].split() == ["column", "needed", "type", "unit", "example", "meaning"]
    assert [line.split()[0] for line in lines[5:10]] == ["client", *TABLES["payments"].names]
    assert "0012347 stays 0012347" in lines[-3]


def test_a_name_that_is_no_table_gets_the_nearest() -> None:
    with pytest.raises(UsageError, match=r'shipment is no .* Did you mean "shipments"'):
        template("shipment", "csv")
    with pytest.raises(UsageError, match="is no account table"):
        printed("xyz")


def test_a_format_that_is_none_names_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"pdf is no format of a template\. Valid: csv, xlsx\."):
        template("cases", "pdf")  # type: ignore[arg-type]


def test_a_spreadsheet_keeps_what_is_typed_into_the_template(tmp_path: Path) -> None:
    # What a person types into a cell of the form "text" stays text, zeros and all.
    filled = book("cases")
    sheet = filled.worksheets[1]
    sheet["A2"], sheet["B2"] = "0012347", "0031877"
    filled.save(tmp_path / "cases.xlsx")
    again = openpyxl.load_workbook(tmp_path / "cases.xlsx").worksheets[1]
    assert [again["A2"].value, again["B2"].value] == ["0012347", "0031877"]
