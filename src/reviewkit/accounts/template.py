"""What an account manager sends to IT: one table of the contract, explained and to fill in.

The CSV holds the header and one example row. The workbook explains every column on a sheet
made for print, and has the empty table on a second one. Bytes depend on the contract alone.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from reviewkit.accounts.reference import EXPORT_RULES, bounds, needed, note
from reviewkit.accounts.tables import CLIENT, TABLES, ColumnSpec, ColumnType, TableSpec
from reviewkit.errors import UsageError, nearest

_FIRST_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook holds no zone
_LAST_ROW = 1_048_575
_A4 = 9
_HEAD = ("Column", "Needed", "Type", "Unit", "Example", "Allowed words", "Meaning")
_WIDTHS = (20, 10, 11, 16, 26, 22, 58)
_BOLD = {"bold": True, "valign": "top"}
_CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
_HEADER = {"bold": True, "bg_color": "#E7EBF0", "border": 1, "border_color": "#BFBFBF"}
_FORMS: Mapping[ColumnType, str] = {
    "text": "@",
    # As text, a time keeps the offset that a spreadsheet cannot hold.
    "timestamp": "@",
    "date": "yyyy-mm-dd",
    "integer": "0",
    "number": "General",
    "money": "0.00##",
    "boolean": "@",
}
"""How a column's cells are formatted: text keeps leading zeros."""


def template(table: str, format: str) -> bytes:  # noqa: A002 - as the option is called
    """Return a file to send to IT for one account table; raises `UsageError` for no table.

    The same contract gives the same bytes. No cell is a formula or a link.
    """
    spec = _spec(table)
    if format not in _WRITERS:
        raise UsageError(f"{format} is no format of a template. {nearest(format, _WRITERS)}")
    return _WRITERS[format](spec)


def printed(table: str) -> str:
    """Return the columns of one account table as text; raises `UsageError` for no table."""
    spec = _spec(table)
    rows = [(c.name, needed(c), c.type, c.unit, c.example, note(c)) for c in _columns(spec)]
    head = ("column", "needed", "type", "unit", "example", "meaning")
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    ]
    rules = [line for rule in EXPORT_RULES for line in textwrap.wrap(rule, 96)]
    return "\n".join([*_intro(spec), "", *lines, "", *rules])


def _spec(table: str) -> TableSpec:
    if table not in TABLES:
        raise UsageError(f"{table} is no account table. {nearest(table, TABLES)}")
    return TABLES[table]


def _columns(spec: TableSpec) -> tuple[ColumnSpec, ...]:
    return (CLIENT, *spec.columns)


def _intro(spec: TableSpec) -> tuple[str, str, str]:
    key = ", ".join(column.name for column in _columns(spec) if column.name in spec.key)
    told = f"One row is {spec.grain}. No two rows of a client agree in {key}."
    return (spec.name, spec.about, told)


def _csv(spec: TableSpec) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in _columns(spec))
    writer.writerow(column.example for column in _columns(spec))
    return text.getvalue().encode()


# --- the workbook -----------------------------------------------------------------------


def _xlsx(spec: TableSpec) -> bytes:
    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"title": f"Template: {spec.name}", "created": _FIRST_DAY})
        _explain(book, spec)
        _blank(book, spec)
    return data.getvalue()


def _explain(book: xlsxwriter.Workbook, spec: TableSpec) -> None:
    """Write the sheet for print: what a row is, every column, and how to export."""
    sheet = book.add_worksheet("Columns")
    plain, bold = book.add_format(_CELL), book.add_format(_CELL | _BOLD)
    header = book.add_format(_HEADER)
    name, *lines = _intro(spec)
    sheet.write_string(0, 0, name, book.add_format({"bold": True, "font_size": 16}))
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line)
    top = len(lines) + 2
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
        sheet.write_string(top, place, _HEAD[place], header)
    columns = _columns(spec)
    for row, column in enumerate(columns, start=top + 1):
        weight = bold if column.required else plain
        for place, text in enumerate(_explained(column)):
            sheet.write_string(row, place, text, weight if place < 2 else plain)
        sheet.set_row(row, _height(column))
    below = top + len(columns) + 2
    sheet.write_string(below, 0, "How to export", book.add_format({"bold": True}))
    for row, rule in enumerate(EXPORT_RULES, start=below + 1):
        sheet.write_string(row, 0, f"{row - below}. {rule}")
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, below + len(EXPORT_RULES), len(_HEAD) - 1)
    _for_print(sheet, spec)


def _explained(column: ColumnSpec) -> tuple[str, ...]:
    words = ", ".join(_words(column))
    return (
        column.name, needed(column), column.type, column.unit, column.example, words, _told(column)
    )  # fmt: skip


def _told(column: ColumnSpec) -> str:
    found = [f"as in {column.refers}"] if "." in column.refers else []
    return "; ".join([column.about, *bounds(column), *found])


def _words(column: ColumnSpec) -> tuple[str, ...]:
    return ("yes", "no") if column.type == "boolean" else column.values


def _height(column: ColumnSpec) -> float:
    """Return the height of a row in points: a spreadsheet measures only what it opens itself."""
    cells = zip(_explained(column), _WIDTHS, strict=True)
    return 15.0 * max(len(textwrap.wrap(text, width)) or 1 for text, width in cells)


def _blank(book: xlsxwriter.Workbook, spec: TableSpec) -> None:
    """Write the sheet to fill in: the header, cells of the right form, and the words allowed."""
    sheet = book.add_worksheet("Table")
    columns = _columns(spec)
    forms = {form: book.add_format({"num_format": form}) for form in sorted(set(_FORMS.values()))}
    header = book.add_format(_HEADER)
    for place, column in enumerate(columns):
        width = max(len(column.name), len(column.example)) + 2
        sheet.set_column(place, place, width, forms[_FORMS[column.type]])
        sheet.write_string(0, place, column.name, header)
        if words := _words(column):
            letter = xl_col_to_name(place)
            allowed: dict[str, Any] = {"validate": "list", "source": list(words)}
            sheet.data_validation(f"{letter}2:{letter}{_LAST_ROW + 1}", allowed)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _for_print(sheet, spec)


def _for_print(sheet: Any, spec: TableSpec) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{spec.name}&R&P / &N")


_WRITERS: Mapping[str, Callable[[TableSpec], bytes]] = {"csv": _csv, "xlsx": _xlsx}
"""How each format is written."""
