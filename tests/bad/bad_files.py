"""Files that are missing, empty, damaged, locked, or not what their name says."""

from __future__ import annotations

import gzip
import io
import os
import sqlite3
import zipfile
from pathlib import Path

import duckdb
from bad_case import ROWS, Bad, Change, from_file, house, put, together

DATA = "data/cases.csv"
FILLED = "SELECT 'C1' AS id, 'A' AS who, '2026-09-01' AS opened, 'late' AS what"


def parquet(select: str = FILLED, name: str = "data/cases.parquet") -> Change:
    """Write the rows of `select` as Parquet."""

    def change(root: Path) -> None:
        with duckdb.connect() as con:
            con.execute(f"COPY ({select}) TO '{root / name}' (FORMAT parquet)")

    return change


def cut(name: str, keep: float) -> Change:
    """Keep only the first part of a file."""

    def change(root: Path) -> None:
        data = (root / name).read_bytes()
        (root / name).write_bytes(data[: int(len(data) * keep)])

    return change


def overwrite(name: str, at: int, data: bytes) -> Change:
    """Overwrite bytes in the middle of a file."""

    def change(root: Path) -> None:
        with (root / name).open("r+b") as file:
            file.seek(at)
            file.write(data)

    return change


def sqlite(*statements: str, name: str = "data/cases.db") -> Change:
    """Write an SQLite file with the cases, and do `statements` in it."""

    def change(root: Path) -> None:
        with sqlite3.connect(root / name) as db:
            db.execute(f"CREATE TABLE cases AS {FILLED}")
            for statement in statements:
                db.execute(statement)
        db.close()

    return change


def duck(*statements: str, name: str = "data/cases.duckdb") -> Change:
    """Write a DuckDB file with the cases, and do `statements` in it."""

    def change(root: Path) -> None:
        with duckdb.connect(str(root / name)) as db:
            db.execute(f"CREATE TABLE cases AS {FILLED}")
            for statement in statements:
                db.execute(statement)

    return change


def remove(name: str) -> Change:
    """Remove a file."""
    return lambda root: (root / name).unlink()


def folder(name: str) -> Change:
    """Make a folder where a file is wanted."""

    def change(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).mkdir()

    return change


def link(name: str, aim: str) -> Change:
    """Make `name` a link to `aim`."""

    def change(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).symlink_to(aim)

    return change


def pipe(name: str) -> Change:
    """Make `name` a pipe into which nobody writes."""

    def change(root: Path) -> None:
        (root / name).unlink()
        os.mkfifo(root / name)

    return change


def zipped() -> bytes:
    """Return a ZIP archive with the rows in it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("cases.csv", ROWS)
    return data.getvalue()


TEXT = [
    Bad(
        "a file that is not there",
        remove(DATA),
        where=DATA,
        what="there is no such file",
        remedy="holds no file",
    ),
    Bad(
        "a file whose name is misspelt",
        house(DATA, "data/case.csv"),
        where="data/case.csv",
        what="there is no such file",
        remedy='Did you mean "cases.csv"?',
    ),
    Bad(
        "a folder that is not there",
        house(DATA, "export/cases.csv"),
        where="export/cases.csv",
        what="there is no such file",
        remedy="There is no folder export.",
    ),
    Bad(
        "a folder in place of a file",
        folder(DATA),
        where=DATA,
        what="is a folder",
        remedy="Name a file in it",
    ),
    Bad(
        "a pattern that matches nothing",
        house(DATA, "data/*.tsv"),
        where="data/*.tsv",
        what="no file matches",
        remedy="Valid: cases.csv.",
    ),
    Bad(
        "a link to itself",
        link(DATA, "cases.csv"),
        where=DATA,
        what="link",
        remedy="Check where it leads",
    ),
    Bad(
        "a link to nothing",
        link(DATA, "gone.csv"),
        where=DATA,
        what="link",
        remedy="Check where it leads",
    ),
    Bad(
        "a pipe into which nobody writes",
        pipe(DATA),
        where=DATA,
        what="is no file",
        remedy="Name a file",
    ),
    Bad(
        "a name without an ending",
        together(put("data/cases", ROWS), house(DATA, "data/cases")),
        where="data/cases",
        what="cannot tell its kind",
        remedy="Add kind: one of csv",
    ),
    Bad(
        "an ending that we do not read",
        together(put("data/cases.ods", zipped()), house(DATA, "data/cases.ods")),
        where="data/cases.ods",
        what="cannot tell its kind",
        remedy="Add kind: one of csv",
    ),
    Bad(
        "an empty file",
        put(DATA, ""),
        where="cases.csv",
        what="is empty; not even a header",
        remedy="Export it again.",
    ),
    Bad(
        "blank lines alone",
        put(DATA, "\n\n\n"),
        where="cases.csv",
        what="is empty; not even a header",
        remedy="Export it again.",
    ),
    Bad(
        "a title above the header",
        put(DATA, f"Cases of September\n\n{ROWS}"),
        where="cases.csv",
        what="2 columns, the header has 1",
        remedy="Remove what stands above the header.",
    ),
    Bad(
        "rows without a header",
        put(DATA, "C1,A,2026-09-01,late\nC2,B,2026-09-02,damage\n"),
        where="data/cases.csv",
        what="no column of the mapping is in the source, which has C1, A, 2026-09-01, late",
        remedy="Is the first line the header?",
    ),
    Bad(
        "a header that names a column twice",
        put(DATA, "id,who,opened,what,ID\nC1,A,2026-09-01,late,x\n"),
        where="cases.csv",
        what="the header names id and ID more than once",
        remedy="Rename one",
    ),
    Bad(
        "a header with a blank name",
        put(DATA, "id,who,opened,what, \nC1,A,2026-09-01,late,x\n"),
        where="cases.csv: column 5 of the header",
        what="has no name",
        remedy="Give it one.",
    ),
    Bad(
        "a null byte in the header",
        put(DATA, "id\0,who,opened,what\nC1,A,2026-09-01,late\n"),
        where="cases.csv: the header",
        what="holds a null byte",
        remedy="Export it as plain text.",
    ),
    Bad(
        "a null byte in an identifier",
        put(DATA, "id,who,opened,what\nC\0001,A,2026-09-01,late\n"),
        where="cases.case_id in data/cases.csv",
        what="null byte",
        remedy="Mend it at its source.",
    ),
    Bad(
        "a row with a cell too many",
        put(DATA, f"{ROWS}C3,A,2026-09-03,late,by far\n"),
        where="cases.csv, line 4",
        what="5 columns, the header has 4",
        remedy="Check quotes and delimiters there.",
    ),
    Bad(
        "a row with a cell too few",
        put(DATA, "id,who,opened,what\nC1,A,2026-09-01\nC2,B,2026-09-02,late\n"),
        where="cases.csv, line 2",
        what="3 columns, the header has 4",
        remedy="Check quotes and delimiters there.",
    ),
    Bad(
        "a file cut off within a row",
        put(DATA, f"{ROWS}C3,A"),
        where="cases.csv, line 4",
        what="2 columns, the header has 4",
        remedy="Check quotes and delimiters there.",
    ),
    Bad(
        "a quote that is never closed",
        put(DATA, f'{ROWS}C3,A,2026-09-03,"late\n'),
        where="cases.csv, line 4",
        what="a quote is not closed",
        remedy="Double a quote that belongs to the text.",
    ),
    Bad(
        "a quote in the middle of a cell",
        put(DATA, f'{ROWS}C3,A,2026-09-03,"late" by 2"\n'),
        where="cases.csv, line 4",
        what="quote",
        remedy="Double a quote that belongs to the text.",
    ),
    Bad(
        "a quote in the header that is never closed",
        put(DATA, 'id,who,opened,"what\nC1,A,2026-09-01,late\n'),
        where="cases.csv",
        what="a quote is not closed",
        remedy="Double a quote",
    ),
    Bad(
        "both kinds of line ends",
        put(DATA, "id,who,opened,what\r\nC1,A,2026-09-01,late\nC2,B,2026-09-02,x\r\n"),
        where="cases.csv",
        what="both kinds of line ends",
        remedy="Export it again.",
    ),
    Bad(
        "a cell of 25 MB",
        put(DATA, f"{ROWS}C3,A,2026-09-03,{'x' * 25_000_000}\n"),
        where="cases.csv, line 4",
        what="longer than 20 MB",
        remedy="Is a quote not closed?",
    ),
    Bad(
        "null bytes alone",
        put(DATA, bytes(4096)),
        where="cases.csv",
        what="holds null bytes alone",
        remedy="Copy or export it again.",
    ),
    Bad(
        "semicolons where commas are expected",
        put(DATA, ROWS.replace(",", ";")),
        where="cases.csv",
        what="has one column",
        remedy='Set csv: {delimiter: ";"}.',
    ),
    Bad(
        "compressed, but called CSV",
        put(DATA, gzip.compress(ROWS.encode(), mtime=0)),
        where="cases.csv",
        what="compressed",
        remedy="Unpack it",
    ),
    Bad(
        "an archive, but called CSV",
        put(DATA, zipped()),
        where="cases.csv",
        what="compressed",
        remedy="Unpack it",
    ),
    Bad(
        "a web page, but called CSV",
        put(DATA, "<!DOCTYPE html>\n<html><body>Please sign in</body></html>\n"),
        where="cases.csv",
        what="web page",
        remedy="Export it again",
    ),
    Bad(
        "two files of one pattern with other columns",
        together(
            put("data/cases-2.csv", "id,who,opened,kind\nC3,A,2026-09-03,late\n"),
            house(DATA, "data/cases*.csv"),
        ),
        where="cases.csv",
        what="its columns differ from those of cases-2.csv",
        remedy="Export both alike",
    ),
]

TYPED = [
    Bad(
        "text that is called Parquet",
        from_file("cases.parquet", put("data/cases.parquet", ROWS)),
        where="cases.parquet",
        what="is not a Parquet file, or is damaged",
        remedy="Copy or export it again.",
    ),
    Bad(
        "an empty Parquet file",
        from_file("cases.parquet", put("data/cases.parquet", "")),
        where="cases.parquet",
        what="is not a Parquet file, or is damaged",
        remedy="Copy or export it again.",
    ),
    Bad(
        "Parquet cut off half-way",
        from_file("cases.parquet", together(parquet(), cut("data/cases.parquet", 0.5))),
        where="cases.parquet",
        what="is not a Parquet file, or is damaged",
        remedy="Copy or export it again.",
    ),
    Bad(
        "Parquet whose pages are damaged",
        from_file(
            "cases.parquet",
            together(parquet(), overwrite("data/cases.parquet", 4, b"\xff" * 60)),
        ),
        where="data/cases.parquet",
        what="damaged",
        remedy="Copy or export it again.",
    ),
    Bad(
        "Parquet whose footer is damaged",
        from_file(
            "cases.parquet",
            together(parquet(), lambda root: flip_footer(root / "data" / "cases.parquet")),
        ),
        where="cases.parquet",
        what="is not a Parquet file, or is damaged",
        remedy="Copy or export it again.",
    ),
    Bad(
        "Parquet files of one pattern with other types",
        from_file(
            "cases*.parquet",
            together(
                parquet(),
                parquet(
                    f"SELECT * REPLACE ([1, 2] AS what) FROM ({FILLED})", "data/cases-2.parquet"
                ),
            ),
        ),
        where="cases",
        what='Column "what" is VARCHAR in one file only',
        remedy="export all files alike",
    ),
    Bad(
        "text that is called SQLite",
        from_file("cases.db", put("data/cases.db", ROWS)),
        where="cases.db",
        what="is not an SQLite file, or is damaged",
        remedy="Copy or export it again.",
    ),
    Bad(
        "an SQLite file without a table",
        from_file("cases.db", together(sqlite("DROP TABLE cases"))),
        where="cases.db",
        what="It holds no table",
        remedy="say which table",
    ),
    Bad(
        "an SQLite file with two tables and none named",
        from_file("cases.db", sqlite("CREATE TABLE others (id TEXT)")),
        where="cases.db",
        what="It holds cases, others.",
        remedy="say which table",
    ),
    Bad(
        "an SQLite table that is misspelt",
        from_file("cases.db", sqlite(), more="table: case"),
        where="cases.db",
        what='holds no table "case"',
        remedy='Did you mean "cases"?',
    ),
    Bad(
        "SQLite cut off half-way",
        from_file("cases.db", together(sqlite(), cut("data/cases.db", 0.5))),
        where="cases.db",
        what="is not an SQLite file, or is damaged",
        remedy="Copy or export it again.",
    ),
    Bad(
        "SQLite with a damaged page",
        from_file("cases.db", together(sqlite(), overwrite("data/cases.db", 4096, b"\xff" * 900))),
        where="cases.db",
        what="is not an SQLite file, or is damaged",
        remedy="Copy or export it again.",
    ),
    Bad(
        "an SQLite query that writes",
        from_file("cases.db", sqlite(), more="query: DELETE FROM cases"),
        where="cases.db",
        what="readonly",
        remedy="Check the query.",
    ),
    Bad(
        "an SQLite query of two statements",
        from_file("cases.db", sqlite(), more='query: "SELECT * FROM cases; SELECT 1"'),
        where="cases.db",
        what="one statement at a time",
        remedy="Check the query.",
    ),
    Bad(
        "text that is called DuckDB",
        from_file("cases.duckdb", put("data/cases.duckdb", ROWS)),
        where="cases.duckdb",
        what="is not a DuckDB file",
        remedy="Check its name, or set kind.",
    ),
    Bad(
        "DuckDB cut off half-way",
        from_file("cases.duckdb", together(duck(), cut("data/cases.duckdb", 0.3))),
        where="cases.duckdb",
        what="damaged",
        remedy="Copy or export it again.",
    ),
    Bad(
        "DuckDB of a version to come",
        from_file(
            "cases.duckdb",
            together(duck(), lambda root: from_the_future(root / "data" / "cases.duckdb")),
        ),
        where="cases.duckdb",
        what="version",
        remedy="Export",
    ),
    Bad(
        "a DuckDB table that is misspelt",
        from_file("cases.duckdb", duck(), more="table: case"),
        where="cases.duckdb",
        what='holds no table "case"',
        remedy='Did you mean "cases"?',
    ),
    Bad(
        "a query with a slip",
        from_file("cases.duckdb", duck(), more="query: SELEC * FROM cases"),
        where="cases.duckdb",
        what='syntax error at or near "SELEC"',
        remedy="Check the query.",
    ),
    Bad(
        "a query of a table that is not there",
        from_file("cases.duckdb", duck(), more="query: SELECT * FROM case_file"),
        where="cases.duckdb",
        what="case_file does not exist",
        remedy="Check the query.",
    ),
]


def flip_footer(path: Path) -> None:
    """Damage the metadata at the end of a Parquet file, but not its mark."""
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[-8:-4], "little")
    data[-8 - size : -8] = b"\xff" * size
    path.write_bytes(data)


def from_the_future(path: Path) -> None:
    """Give a DuckDB file a version of its storage that does not exist yet, all else sound."""
    data = bytearray(path.read_bytes())
    data[12:20] = (9999).to_bytes(8, "little")
    checksum = 5381
    for place in range(8, 4096, 8):
        checksum ^= int.from_bytes(data[place : place + 8], "little") * 0xBF58476D1CE4E5B9
    data[:8] = (checksum & (2**64 - 1)).to_bytes(8, "little")
    path.write_bytes(data)


FILES = [*TEXT, *TYPED]
