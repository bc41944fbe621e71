"""Workbooks and JSON that are damaged, locked, disguised, or not tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from bad_case import ROWS, Bad, Change, from_file, put, together
from spoil import cut, zipped

TABLE = [line.split(",") for line in ROWS.splitlines()]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def book(spoil: Callable[[Any], object] = lambda _: None) -> Change:
    """Write the rows as data/cases.xlsx, after `spoil` has had the workbook."""

    def change(root: Path) -> None:
        made = openpyxl.Workbook()
        made.active.title = "Cases"
        for row in TABLE:
            made.active.append(row)
        spoil(made)
        made.save(root / "data" / "cases.xlsx")

    return change


def bomb() -> bytes:
    """Return a workbook of some kilobytes whose sheet would unpack to 300 MB."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(75):
                sheet.write(bytes(4_000_000))
    return data.getvalue()


def workbook(
    name: str, make: Change, what: str, remedy: str, *, where: str = "cases.xlsx", more: str = ""
) -> Bad:
    """A workbook that cannot be used."""
    change = from_file("cases.xlsx", make, more=more)
    return Bad(name, change, where=where, what=what, remedy=remedy)


def written(data: str | bytes) -> Change:
    """Give the workbook's file these bytes."""
    return put("data/cases.xlsx", data)


def lines(name: str, text: str | bytes, where: str, what: str, remedy: str) -> Bad:
    """A file of JSON lines that cannot be used."""
    change = from_file("cases.jsonl", put("data/cases.jsonl", text))
    return Bad(name, change, where=where, what=what, remedy=remedy)


SOUND = '{"id": "C1", "who": "A", "opened": "2026-09-01", "what": "late"}\n'

WORKBOOKS = [
    workbook("an empty workbook", written(""), "is empty", "Export it again."),
    workbook("text that is called a workbook", written(ROWS), "is text", "Set kind: csv"),
    workbook(
        "a web page that is called a workbook",
        written("<html><table><tr><td>id</td></tr></table></html>"),
        "is a web page",
        "save it as .xlsx",
    ),
    workbook("an archive that is called a workbook", written(zipped()), "is a zip file", "Unpack"),
    workbook("a bomb that is called a workbook", written(bomb()), "would unpack to", "Export"),
    workbook("an old workbook", written(OLE), "old Excel format", "save it as .xlsx"),
    workbook(
        "a workbook with a password",
        written(OLE + "EncryptedPackage".encode("utf-16-le")),
        "is locked with a password",
        "Save it without one.",
    ),
    workbook(
        "a workbook cut off half-way",
        together(book(), cut("data/cases.xlsx", 0.5)),
        "is cut short or damaged",
        "Copy or export it again.",
    ),
    workbook(
        "a sheet that is misspelt",
        book(),
        'has no sheet "Case"',
        'Did you mean "Cases"?',
        more="excel: {sheet: Case}",
    ),
    workbook(
        "two sheets and none named",
        book(lambda made: made.create_sheet("More").append(["id", "who"])),
        "holds the sheets Cases, More",
        "Say which: excel: {sheet: Cases}.",
    ),
    workbook(
        "a workbook without a row",
        book(lambda made: made.active.delete_rows(1, 3)),
        "no visible sheet holds a row",
        "Export it again.",
    ),
    workbook(
        "a header that names a column twice",
        book(lambda made: made.active.cell(1, 5, "ID")),
        "the header names id and ID more than once",
        "Rename one",
        where="cases.xlsx, sheet Cases",
    ),
    workbook(
        "a formula that nobody has computed",
        book(lambda made: made.active.cell(2, 4, "=UPPER(A2)")),
        "holds a formula that was never computed",
        "Open it in Excel and save it.",
        where="Cases!D2",
    ),
]

JSON = [
    lines("an empty file of JSON lines", "", "cases.jsonl", "holds no row", "Export it again."),
    lines(
        "a broken line of JSON",
        SOUND + '{"id": "C2", "who": \n',
        "cases.jsonl, line 2",
        "is not JSON",
        "Write one whole object on each line.",
    ),
    lines(
        "a line of JSON that is a list",
        SOUND + '["C2", "B"]\n',
        "cases.jsonl, line 2",
        "is a list, not an object",
        "Each row is",
    ),
    lines(
        "a key twice in a line of JSON",
        SOUND.replace('"who"', '"id"'),
        "cases.jsonl, line 1",
        'names "id" more than once',
        "Write it once.",
    ),
    lines(
        "a number that JSON does not have",
        SOUND.replace('"late"', "NaN"),
        "cases.jsonl, line 1",
        "NaN is no number in JSON",
        "write null",
    ),
    lines(
        "JSON in Windows letters",
        SOUND.encode() + SOUND.replace("late", "spät").encode("cp1252"),
        "cases.jsonl, line 2",
        "is not UTF-8 text",
        "Write the file again.",
    ),
    lines("JSON in UTF-16", SOUND.encode("utf-16"), "cases.jsonl", "is UTF-16 text", "UTF-8"),
    lines(
        "JSON a hundred thousand levels deep",
        '{"id": ' + "[" * 100_000 + "]" * 100_000 + "}",
        "cases.jsonl, line 1",
        "is nested too deeply",
        "Write plain objects.",
    ),
]

RECORDS = [*WORKBOOKS, *JSON]
