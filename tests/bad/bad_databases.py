"""Parquet, SQLite and DuckDB files that are damaged, cut off, or asked for what they lack."""

from __future__ import annotations

from bad_case import ROWS, Bad, from_file, put, together
from spoil import FILLED, cut, duck, flip_footer, from_the_future, overwrite, parquet, sqlite

DATABASES = [
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
