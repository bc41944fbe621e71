"""Text files in every form they come in: what is read, and what is told with its line."""

from __future__ import annotations

import codecs

import pytest
from little import Open, aside, refusal, rows

from reviewkit.params.models import Csv

CASES = {"case_id": "id", "opened_at": "opened", "category": "what"}
TEXT = "id,opened,what\nC1,2026-09-01,Größe\nC2,2026-09-02,größer\n"
READ = [("C1", "Größe"), ("C2", "größer")]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("latin-1"), "latin-1"),
        (TEXT.replace("\n", "\r\n").encode("cp1252"), "windows-1252"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode("cp1252"), "cp1252"),
    ],
)
def test_an_encoding_that_is_said_is_read(load: Open, data: bytes, encoding: str) -> None:
    accounts = load("cases", data, csv=Csv(encoding=encoding), columns=CASES)
    assert accounts.check().ok
    assert rows(accounts, "cases", "case_id", "category") == READ


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp850"])
def test_utf8_is_not_read_as_another_encoding_in_silence(load: Open, encoding: str) -> None:
    message = refusal(load("cases", TEXT.encode(), csv=Csv(encoding=encoding), columns=CASES))
    assert message == (f"rows.csv: is utf-8 text, not {encoding}. Set csv: {{encoding: utf-8}}.")


def test_plain_letters_are_the_same_in_every_encoding(load: Open) -> None:
    accounts = load(
        "cases", b"id,opened,what\nC1,2026-09-01,x\n", csv=Csv(encoding="cp1252"), columns=CASES
    )
    assert rows(accounts, "cases", "category") == [("x",)]


@pytest.mark.parametrize("line", [2, 3, 30_000])
def test_the_line_of_another_encoding_is_named(load: Open, line: int) -> None:
    lines = [
        b"id,opened,what",
        *(f"C{n},2026-09-01,gr\u00f6\u00dfer".encode() for n in range(30_000)),
    ]
    lines[line - 1] = "X,2026-09-01,größer".encode("cp1252")
    message = refusal(load("cases", b"\n".join(lines), columns=CASES))
    assert message.startswith(f"rows.csv, line {line}: not utf-8 text. ")


@pytest.mark.parametrize(
    ("ends", "line"),
    [(("\r\n", "\r\n", "\n"), 3), (("\n", "\r\n", "\n"), 2), (("\n", "\r", "\n"), 2)],
)
def test_the_line_with_another_end_is_named(load: Open, ends: tuple[str, ...], line: int) -> None:
    text = "".join(part + end for part, end in zip(TEXT.splitlines(), ends, strict=True))
    message = refusal(load("cases", text, columns=CASES))
    assert message == f"rows.csv, line {line}: both kinds of line ends. Export it again."


def test_a_cell_of_ten_megabytes_is_a_cell(load: Open) -> None:
    accounts = load("cases", f"{TEXT}C3,2026-09-03,{'x' * 10_000_000}\n", columns=CASES)
    found = accounts.tables["cases"]
    assert accounts.con.to_pyarrow(found.category.length().max()).as_py() == 10_000_000


@pytest.mark.parametrize(
    ("cell", "decimal", "amount"),
    [
        ("1234.50", ".", "1234.5000"),
        ("1.234,50", ",", "1234.5000"),
        ("1.234.567,8", ",", "1234567.8000"),
        ("-1.234", ",", "-1234.0000"),
        ("1234,5", ",", "1234.5000"),
        ("+7", ",", "7.0000"),
    ],
)
def test_amounts_in_the_decimal_sign_that_is_said(
    load: Open, cell: str, decimal: str, amount: str
) -> None:
    accounts = load(
        "payments",
        f"id;day;eur\nR1;2026-09-01;{cell}\n",
        csv=Csv(delimiter=";", decimal=decimal),
        columns={"invoice_id": "id", "paid_on": "day", "amount": "eur"},
    )
    assert accounts.check().tables[0].amounts == {"amount": amount}


@pytest.mark.parametrize(
    ("cell", "decimal"),
    [
        ("1,234.50", "."),
        ("1 234.50", "."),
        ("1'234.50", "."),
        ("1.23", ","),
        ("1.2345,6", ","),
        ("1,234.50", ","),
        ("12,5", "."),
        ("(5.00)", "."),
        ("5.00-", "."),
        ("EUR 5", "."),
    ],
)
def test_an_amount_that_could_mean_two_things_is_set_aside(
    load: Open, cell: str, decimal: str
) -> None:
    accounts = load(
        "payments",
        f"id;day;eur\nR1;2026-09-01;{cell}\n",
        csv=Csv(delimiter=";", decimal=decimal),
        columns={"invoice_id": "id", "paid_on": "day", "amount": "eur"},
    )
    assert aside(accounts, "payments") == [("1", "type", "amount", cell)]


@pytest.mark.parametrize(
    ("text", "form", "said"),
    [
        ("sep=;\nid;opened;what\n", {"delimiter": ";"}, "begins with sep=, a note to Excel."),
        ("id,opened,what,\nC1,2026-09-01,x,\n", {}, "column 4 of the header has no name."),
        ("id,opened,what\nC1,2026-09-01,x,y\n", {}, "line 2: 4 columns, the header has 3."),
        ("id,opened,Id\n", {}, "the header names id and Id more than once."),
        (f"{TEXT}C3,,{'x' * 21_000_000}\n", {}, "line 4: the line is longer than 20 MB."),
    ],
    ids=["sep", "delimiter at the end of all", "of one", "twice", "line of 21 MB"],
)
def test_what_cannot_be_read_is_told_with_a_remedy(
    load: Open, text: str, form: dict[str, str], said: str
) -> None:
    message = refusal(load("cases", text, csv=Csv(**form), columns=CASES))
    assert message.startswith("rows.csv")
    assert said in message
    assert "\n" not in message


def test_a_null_byte_sets_its_row_aside(load: Open) -> None:
    accounts = load("cases", TEXT + "C\x003,2026-09-03,x\n", columns=CASES)
    assert [item[:3] for item in aside(accounts, "cases")] == [("3", "type", "case_id")]
    assert rows(accounts, "cases", "case_id", "category") == READ
