"""Files as they come: the same rows from every kind, and one clear line for each broken one."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import duckdb
import pytest
from little import Open, aside, refusal, rows, source, workspace

from reviewkit.accounts import open_accounts
from reviewkit.params.models import ClientMap, ColumnMap, Csv

CASES = {"case_id": "id", "opened_at": "opened", "category": "what"}
TEXT = "id,opened,what\nC1,2026-09-01,late\nC2,2026-09-02 08:30,\n"


# --- the same rows from every kind -----------------------------------------------------


def write_kind(kind: str, folder: Path) -> dict[str, str]:
    """Write four payments as `kind` and return the parts of the source that name them."""
    lines = [
        ("007", "2026-09-01", "10.50", "A"),
        ("R2", "2026-09-30", "-3.25", "A"),
        ("R3", "2026-09-02", "0.10", "Val2 "),
        ("R4", "2026-09-02", "7", "Val2"),
    ]
    if kind == "csv":
        body = "".join(f"{','.join(line)}\n" for line in lines)
        (folder / "pay.csv").write_text(f"doc,day,eur,who\n{body}")
        return {"file": "pay.csv"}
    if kind == "sqlite":
        with sqlite3.connect(folder / "pay.db") as db:
            db.execute("CREATE TABLE pay (doc TEXT, day TEXT, eur NUMERIC, who TEXT)")
            db.executemany("INSERT INTO pay VALUES (?, ?, ?, ?)", lines)
        db.close()
        return {"file": "pay.db", "table": "pay"}
    con = duckdb.connect(str(folder / "pay.duckdb") if kind == "duckdb" else ":memory:")
    con.execute("CREATE TABLE pay (doc VARCHAR, day DATE, eur DECIMAL(9, 2), who VARCHAR)")
    con.executemany("INSERT INTO pay VALUES (?, ?, ?, ?)", lines)
    if kind == "parquet":
        con.execute(f"COPY pay TO '{folder / 'pay.parquet'}' (FORMAT parquet)")
    con.close()
    return {"file": "pay.parquet"} if kind == "parquet" else {"file": "pay.duckdb", "table": "pay"}


@pytest.mark.parametrize("kind", ["csv", "parquet", "sqlite", "duckdb"])
def test_the_same_table_from_every_kind(load: Open, tmp_path: Path, kind: str) -> None:
    accounts = load(
        "payments",
        **write_kind(kind, tmp_path),
        client=ClientMap(column="who", keys={"A": "acme", "Val2 ": "borealis"}),
        columns={"invoice_id": "doc", "paid_on": "day", "amount": "eur"},
    )
    (check,) = accounts.check().tables
    # "Val2" without the blank is another customer.
    assert (check.rows_in, check.rows_out, check.other_clients) == (4, 3, 1)
    assert check.amounts == {"amount": "7.3500"}
    shown = rows(accounts, "payments", "client", "invoice_id", "paid_on", "amount")
    assert [tuple(map(str, row)) for row in shown] == [
        ("acme", "007", "2026-09-01", "10.5000"),
        ("acme", "R2", "2026-09-30", "-3.2500"),
        ("borealis", "R3", "2026-09-02", "0.1000"),
    ]


def test_two_tables_of_one_database(tmp_path: Path) -> None:
    write_kind("duckdb", tmp_path)
    payments = {"invoice_id": "doc", "paid_on": "day", "amount": "eur"}
    lines = {"invoice_id": "doc", "line": "doc", "issued_on": "day", "amount": "eur"}
    file = {"file": "pay.duckdb", "table": "pay"}
    sources = {
        "payments": (source(**file, columns=payments),),
        "invoice_lines": (
            source(file="pay.duckdb", query="SELECT * FROM pay WHERE eur > 1;", columns=lines),
        ),
    }
    with open_accounts(workspace(tmp_path, sources)) as accounts:
        assert accounts.check().ok
        assert len(rows(accounts, "payments", "invoice_id")) == 4
        assert len(rows(accounts, "invoice_lines", "invoice_id")) == 2


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_whole_number_beyond_38_digits_is_set_aside_with_its_row_alone(
    load: Open, tmp_path: Path, sign: str
) -> None:
    huge = f"{sign}{2**127 - 1}"
    con = duckdb.connect(str(tmp_path / "in.duckdb"))
    con.execute("CREATE TABLE r (id VARCHAR, n HUGEINT)")
    con.executemany("INSERT INTO r VALUES (?, CAST(? AS HUGEINT))", [("A", "7"), ("B", huge)])
    con.close()
    lines = {"order_id": "id", "line": "id", "ordered_units": "n"}
    accounts = load("order_lines", file="in.duckdb", columns=lines)
    (check,) = accounts.check().tables
    assert rows(accounts, "order_lines", "order_id", "ordered_units") == [("A", 7)]
    (problem,) = check.problems
    assert (problem.column, problem.rule, problem.examples) == ("ordered_units", "type", (huge,))
    assert problem.hint.startswith("Whole numbers are read as 1234. Mend the value at its source")


def test_identifiers_kept_as_real_numbers_are_the_numbers_without_a_point(
    load: Open, tmp_path: Path
) -> None:
    con = duckdb.connect()
    con.execute(
        f"COPY (SELECT 12347.0::DOUBLE AS who, 1.0::DOUBLE AS id, DATE '2026-09-01' AS d)"
        f" TO '{tmp_path / 'rows.parquet'}' (FORMAT parquet)"
    )
    with sqlite3.connect(tmp_path / "rows.db") as db:
        db.execute("CREATE TABLE t AS SELECT 12347.0 AS who, 1.0 AS id, '2026-09-01' AS d")
    db.close()
    for file in ("rows.parquet", "rows.db"):
        accounts = load(
            "cases",
            file=file,
            client=ClientMap(column="who", keys={"12347": "acme"}),
            columns={"case_id": "id", "opened_at": "d"},
        )
        assert rows(accounts, "cases", "case_id") == [("1",)]


def test_a_real_that_is_no_number_or_beyond_any_is_set_aside_with_its_row_alone(
    load: Open, tmp_path: Path
) -> None:
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE t (id DOUBLE, day DATE, w DOUBLE, u DOUBLE);"
            "INSERT INTO t VALUES (1, '2026-09-01', 'nan', 5), (2, '2026-09-02', 'inf', 5),"
            " (3, '2026-09-03', 7, 'nan'), (4, '2026-09-04', 7, 1e300), (5, '2026-09-05', 7, 2.5),"
            " (6, '2026-09-06', 7, 6)"
        )
        con.execute(f"COPY t TO '{tmp_path / 'rows.parquet'}' (FORMAT parquet)")
        con.execute(f"ATTACH '{tmp_path / 'rows.duckdb'}' AS f; CREATE TABLE f.t AS FROM t")
    columns = {"shipment_id": "id", "shipped_at": "day", "weight_kg": "w", "ordered_units": "u"}
    for where in ({"file": "rows.parquet"}, {"file": "rows.duckdb", "table": "t"}):
        accounts = load("shipments", columns=columns, **where)
        assert rows(accounts, "shipments", "shipment_id", "ordered_units") == [("6", 6)]
        assert aside(accounts, "shipments") == [
            ("1", "type", "weight_kg", "nan"),
            ("2", "type", "weight_kg", "inf"),
            ("3", "type", "ordered_units", "nan"),
            ("4", "type", "ordered_units", "1e+300"),
            ("5", "type", "ordered_units", "2.5"),
        ]


# --- text files -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (TEXT.encode(), {}),
        (TEXT.replace("\n", "\r\n").encode(), {}),
        (b"\xef\xbb\xbf" + TEXT.encode(), {}),
        (b"\xef\xbb\xbf" + TEXT.encode(), {"encoding": "UTF8"}),
        (TEXT.encode("utf-16"), {"encoding": "utf-16"}),
        (TEXT.replace(",", ";").encode(), {"delimiter": ";"}),
        (TEXT.replace(",", "\t").encode(), {"delimiter": "\t"}),
        (TEXT.replace("late", "'late'").encode(), {"quote": "'"}),
        (TEXT.replace("\n", "\n\n").encode(), {}),
        (TEXT.rstrip().encode(), {}),
        (TEXT.replace("id,opened", " id , opened ").encode(), {}),
    ],
    ids=[
        *("plain", "crlf", "bom", "bom UTF8", "utf-16", "semicolon", "tab", "quote"),
        *("blank lines", "no last line end", "blanks in header"),
    ],
)
def test_text_in_its_many_forms(load: Open, data: bytes, form: dict[str, str]) -> None:
    accounts = load("cases", data, csv=Csv(**form), columns=CASES)
    assert accounts.check().ok
    assert rows(accounts, "cases", "case_id", "category") == [("C1", "late"), ("C2", None)]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp850", "mac-roman", "utf-16-le"])
def test_accents_survive_their_encoding(load: Open, encoding: str) -> None:
    text = "id,opened,Stärke\nC1,2026-09-01,Überfällig\n"
    accounts = load(
        "cases",
        text.encode(encoding),
        csv=Csv(encoding=encoding),
        columns=CASES | {"category": "Stärke"},
    )
    assert rows(accounts, "cases", "category") == [("Überfällig",)]


def test_quotes_commas_and_line_ends_inside_a_cell(load: Open) -> None:
    accounts = load("cases", 'id,opened,what\nC1,2026-09-01,"a ""b"", c\nd"\n', columns=CASES)
    assert rows(accounts, "cases", "category") == [('a "b", c\nd',)]


def test_a_header_alone_is_a_table_without_rows(load: Open) -> None:
    accounts = load("cases", "id,opened,what\n", columns=CASES)
    assert accounts.check().ok
    assert rows(accounts, "cases", "case_id") == []
    assert accounts.supplied["cases"] == {"case_id", "opened_at", "category"}


def test_names_of_two_hundred_letters_pass_whole(load: Open) -> None:
    name = "ﬁ Ω " + "x" * 196
    accounts = load("cases", f"id,opened,what\nC1,2026-09-01,{name}\n", columns=CASES)
    assert rows(accounts, "cases", "category") == [(name,)]


def test_columns_of_the_source_may_bear_any_name(load: Open) -> None:
    text = 'client,__row,rule,SELECT,a b"c\nC1,2026-09-01,x,y,z\n'
    accounts = load(
        "cases",
        text,
        columns={
            "case_id": "client",
            "opened_at": "__row",
            "category": "SELECT",
            "root_cause": ColumnMap(expression="\"rule\" || '!'"),
        },
    )
    assert rows(accounts, "cases", "client", "case_id", "category", "root_cause") == [
        ("acme", "C1", "y", "x!")
    ]


@pytest.mark.parametrize(
    ("data", "form", "said"),
    [
        (b"", {}, "rows.csv: is empty; not even a header. Export it again."),
        (b"\n\n", {}, "rows.csv: is empty; not even a header. Export it again."),
        (b"id,opened,id\n", {}, "rows.csv: the header names id more than once."),
        (b"id,opened,ID\n", {}, "rows.csv: the header names id and ID more than once."),
        (b"id,,what\n", {}, "rows.csv: column 2 of the header has no name."),
        (b"id\0,opened,what\n", {}, "rows.csv: the header holds a null byte."),
        (TEXT.encode(), {"delimiter": ";"}, 'Set csv: {delimiter: ","}.'),
        (TEXT.replace(",", "\t").encode(), {}, r'Set csv: {delimiter: "\t"}.'),
        (TEXT.encode("utf-16"), {}, "rows.csv: not utf-8 text. Set csv: {encoding:"),
        ("id,opened,é\n".encode("latin-1"), {}, "rows.csv, line 1: not utf-8 text."),
        (
            "id,opened,what\nC1,2026-09-01,é\n".encode("latin-1") + b"C2,,x\n" * 9000,
            {},
            "not utf-8 text.",
        ),
        (TEXT.encode() * 2000 + b"C1,,\xe9\n", {}, "not utf-8 text."),
        (
            b"id,opened,what\nC1,,\x81\n",
            {"encoding": "cp1252"},
            "rows.csv, line 2: not cp1252 text.",
        ),
        (TEXT.encode(), {"encoding": "klingon"}, "no encoding is called klingon."),
        (
            b"id,opened,what\nC1,2026-09-01\n",
            {},
            "rows.csv, line 2: 2 columns, the header has 3. Check quotes and delimiters there.",
        ),
        (b"id,opened,what\nC1,2026-09-01,a,b\n", {}, "line 2: 4 columns, the header has 3."),
        (b'id,opened,what\nC1,,"open\nC2,,x\n', {}, "line 2: a quote is not closed."),
        (b'id,opened,what\nC1,,"a" b\n', {}, "line 2: a quote is not closed."),
        (b"id,opened,what\r\nC1,,a\nC2,,b\r\n", {}, "line 2: both kinds of line ends."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", {}, "not utf-8 text"),
    ],
)
def test_a_broken_text_file_is_refused_in_one_line(
    load: Open, data: bytes, form: dict[str, str], said: str
) -> None:
    message = refusal(load("cases", data, csv=Csv(**form), columns=CASES))
    assert said in message
    assert message.startswith("rows.csv")
    assert "\n" not in message
    assert "Error" not in message


def test_several_files_of_one_form_are_one_source(load: Open, tmp_path: Path) -> None:
    for month in ("07", "08"):
        (tmp_path / f"m{month}.csv").write_text(f"id,opened,what\nC{month},2026-{month}-01,x\n")
    accounts = load("cases", file="m*.csv", columns=CASES)
    assert [name for (name,) in rows(accounts, "cases", "case_id")] == ["C07", "C08"]
    (tmp_path / "m09.csv").write_text("id,what,opened\n")
    message = refusal(load("cases", file="m*.csv", columns=CASES))
    assert message.startswith("m09.csv: its columns differ from those of m07.csv. ")


def test_the_broken_one_of_several_files_is_named(load: Open, tmp_path: Path) -> None:
    (tmp_path / "m07.csv").write_text(TEXT)
    (tmp_path / "m08.csv").write_text(TEXT + "C3,2026-09-01\n")
    message = refusal(load("cases", file="m*.csv", columns=CASES))
    assert message.startswith("m08.csv, line 4: 2 columns")


# --- files that are not there, or not what their name says ------------------------------


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("row.csv", 'row.csv: there is no such file. Did you mean "rows.csv"?'),
        ("dota/rows.csv", "dota/rows.csv: there is no such file. There is no folder dota."),
        ("*.tsv", "*.tsv: no file matches. "),
        ("folder.csv", "folder.csv: is a folder."),
    ],
)
def test_a_file_that_is_not_there(load: Open, tmp_path: Path, file: str, said: str) -> None:
    (tmp_path / "rows.csv").write_text(TEXT)
    (tmp_path / "folder.csv").mkdir()
    assert refusal(load("cases", file=file, columns=CASES)).startswith(said)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that cannot be read: /proc")
def test_a_file_that_cannot_be_read(load: Open) -> None:
    message = refusal(load("cases", file="/proc/self/mem", kind="csv", columns=CASES))
    assert message == "mem: cannot be read: Input/output error. Check its rights, or copy it here."


@pytest.mark.parametrize(
    "data",
    [b"", b"id,opened\n", b"PAR1" + b"x" * 99 + b"PAR1", b"\0" * 64],
    ids=lambda data: f"{len(data)} bytes",
)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rows.parquet", "rows.parquet: is not a Parquet file, or is damaged."),
        ("rows.sqlite", "rows.sqlite: "),
        ("rows.duckdb", "rows.duckdb: "),
        ("rows.odd", "rows.odd: cannot tell its kind from its name. Add kind: one of csv,"),
    ],
)
def test_a_file_that_is_not_what_its_name_says(
    load: Open, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    message = refusal(load("cases", file=name, table="cases", columns=CASES))
    assert message.startswith(said)
    assert str(tmp_path) not in message
    assert "\n" not in message


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_table_that_is_not_in_the_database(load: Open, tmp_path: Path, kind: str) -> None:
    given = write_kind(kind, tmp_path) | {"table": "pya"}
    message = refusal(load("cases", **given, columns=CASES))
    assert message.endswith('holds no table "pya". Did you mean "pay"?')


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
@pytest.mark.parametrize(
    "query", ["SELECT nope FROM pay", "SELEC", "SELECT * FROM elsewhere", "DROP TABLE pay"]
)
def test_a_query_that_fails_leaves_the_database_alone(
    load: Open, tmp_path: Path, kind: str, query: str
) -> None:
    given = write_kind(kind, tmp_path)
    before = (tmp_path / given["file"]).read_bytes()
    message = refusal(load("cases", file=given["file"], query=query, columns=CASES))
    assert "Check the query." in message
    assert (tmp_path / given["file"]).read_bytes() == before
