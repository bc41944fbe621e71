"""Mappings: what can be said of a column, what cannot work, and every row accounted for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from little import Open, aside, refusal, rows, source, workspace

from reviewkit.accounts import open_accounts, source_files
from reviewkit.errors import SourceError
from reviewkit.params.models import ClientMap, ColumnMap

CASES = {"case_id": "id", "opened_at": "opened", "category": "what"}
TEXT = "id,opened,what\nC1,2026-09-01,late\nC2,2026-09-02 08:30,\n"


# --- mapping ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"catgory": "id"}, '"catgory" is no column of cases. Did you mean "category"?'),
        ({"category": "waht"}, 'category: the source has no column "waht". Did you mean "what"?'),
        (
            {"category": ColumnMap(expression="waht || '!'")},
            "category: the expression \"waht || '!'\" cannot be computed:",
        ),
        (
            {"category": ColumnMap(expression="CAST(what AS INT)")},
            'category: the expression "CAST(what AS INT)" cannot be computed: Could not convert',
        ),
        (
            {"fixed_on": ColumnMap(column="what", format="%Q")},
            'fixed_on: "%Q" is not a date format. Write it with strptime directives',
        ),
    ],
)
def test_a_mapping_that_cannot_work(load: Open, columns: dict[str, object], said: str) -> None:
    message = refusal(load("cases", TEXT, columns=CASES | columns))
    assert message.startswith(said)


def test_a_required_column_must_be_mapped(load: Open) -> None:
    message = refusal(load("cases", TEXT, columns={"case_id": "id"}))
    assert message == 'cases needs "opened_at" (when it was opened). Map it under columns.'


def test_all_faults_of_a_mapping_are_told_together(load: Open) -> None:
    message = refusal(load("cases", TEXT, columns={"case_id": "di", "catgory": "what"}))
    assert len(message.splitlines()) == 3


def test_a_client_column_must_exist(load: Open) -> None:
    client = ClientMap(column="whom", keys={"A": "acme"})
    message = refusal(load("cases", TEXT, client=client, columns=CASES))
    assert message == 'client: the source has no column "whom". Valid: id, opened, what.'


@pytest.mark.parametrize("where", ["opend > 1", "what = 'x') OR true", "CAST(id AS INT) > 1"])
def test_a_condition_that_cannot_work(load: Open, where: str) -> None:
    message = refusal(load("cases", TEXT, columns=CASES, where=where))
    assert message.startswith(f'where: "{where}" cannot be computed:')


def test_constants_values_and_expressions(load: Open) -> None:
    accounts = load(
        "cases",
        "id,opened,prio\nC1,2026-09-01,P1\nC2,2026-09-01,P7\n",
        columns={
            "case_id": "id",
            "opened_at": "opened",
            "severity": ColumnMap(column="prio", values={"P1": "critical"}),
            "site": ColumnMap(constant="Venlo"),
            "service": ColumnMap(constant=7),
            "reopened": ColumnMap(constant=False),
            "category": ColumnMap(expression="lower(prio) || '-' || id", values={"p1-C1": "one"}),
        },
    )
    names = ("severity", "site", "service", "reopened", "category")
    assert rows(accounts, "cases", *names) == [("critical", "Venlo", "7", False, "one")]
    assert aside(accounts, "cases") == [("2", "values", "severity", "P7")]


@pytest.mark.parametrize("broken", [0, 2])
def test_codes_and_expressions_of_rows_read_in_place(
    load: Open, tmp_path: Path, broken: int
) -> None:
    """Parquet is not copied: what is mapped is computed over it, and counted in one scan."""
    bad = [("S4", "PCL", "GHO", "Ede", "100"), (None, "PCL", None, "Ede", "7")][:broken]
    good = [
        ("S1", " LTL ", "3PL", "Ede", "10.50"),
        ("S2", "PCL", None, " Gent ", "20.25"),
        ("S3", "AIR", "CUS", None, "4"),
    ]
    con = duckdb.connect()
    con.execute("CREATE TABLE s (no VARCHAR, kind VARCHAR, who VARCHAR, town VARCHAR, eur VARCHAR)")
    con.executemany("INSERT INTO s VALUES (?, ?, ?, ?, ?)", good + bad)
    con.execute(
        "COPY (SELECT * REPLACE (eur::DECIMAL(10, 2) AS eur) FROM s)"
        f" TO '{tmp_path / 'rows.parquet'}' (FORMAT parquet)"
    )
    accounts = load(
        "shipments",
        file="rows.parquet",
        columns={
            "shipment_id": "no",
            "service": ColumnMap(column="kind", values={"LTL": "Freight", "PCL": "Package"}),
            "at_fault": ColumnMap(column="who", values={"3PL": "provider", "CUS": "client"}),
            "lane": ColumnMap(expression="'Lier → ' || town", values={"Lier → Ede": "short"}),
            "freight_revenue": "eur",
        },
    )
    assert rows(accounts, "shipments", "shipment_id", "service", "at_fault", "lane") == [
        ("S1", "Freight", "provider", "short"),
        ("S2", "Package", None, "Lier →  Gent"),
        ("S3", "AIR", "client", None),
    ]
    (check,) = accounts.check().tables
    assert (check.rows_in, check.rows_out, check.quarantined) == (3 + broken, 3, broken)
    # 10.50 + 20.25 + 4; of rows set aside nothing is counted.
    assert check.amounts == {"freight_revenue": "34.7500"}
    told = [("4", "values", "at_fault", "GHO"), ("5", "required", "shipment_id", "")]
    assert aside(accounts, "shipments") == told[:broken]


def test_several_files_are_joined_by_a_query(load: Open, tmp_path: Path) -> None:
    (tmp_path / "heads.csv").write_text("no,day\nR1,2026-09-01\n")
    (tmp_path / "lines.csv").write_text("no,pos,eur\nR1,1,2.50\nR1,2,4\nR2,1,9\n")
    accounts = load(
        "invoice_lines",
        files={"h": "heads.csv", "l": "lines.csv"},
        query="SELECT l.*, h.day FROM l LEFT JOIN h USING (no);",
        columns={"invoice_id": "no", "line": "pos", "issued_on": "day", "amount": "eur"},
    )
    assert accounts.check().tables[0].amounts == {"amount": "6.5000"}
    assert aside(accounts, "invoice_lines") == [("3", "required", "issued_on", "")]


def test_a_query_over_files_that_fails_names_them(load: Open, tmp_path: Path) -> None:
    (tmp_path / "heads.csv").write_text("no,day\nR1,2026-09-01\n")
    (tmp_path / "lines.csv").write_text("no,pos\nR1\n")
    given = {"files": {"h": "heads.csv", "l": "lines.csv"}, "columns": CASES}
    message = refusal(load("cases", query="SELECT nope FROM h", **given))
    assert message.startswith("heads.csv, lines.csv: Referenced column")
    message = refusal(load("cases", query="SELECT * FROM h JOIN l USING (no)", **given))
    assert message.startswith("lines.csv, line 2: 1 columns")


def test_a_query_sees_no_variable_of_the_program(load: Open, tmp_path: Path) -> None:
    (tmp_path / "heads.csv").write_text("no\n1\n")
    given = {"files": {"h": "heads.csv"}, "columns": CASES}
    assert "accounts does not exist" in refusal(load("cases", query="FROM accounts", **given))


def test_two_sources_make_one_table_with_the_earlier_cutoff(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,opened\nC1,2026-09-01\nC2,2026-09-01\n")
    (tmp_path / "b.csv").write_text("id,opened,what\nC2,2026-09-02,late\nC3,2026-09-02,late\n")
    early = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    plain = {"case_id": "id", "opened_at": "opened"}
    sources = (
        source(file="a.csv", columns=plain),
        source(file="b.csv", columns=CASES, cutoff=early, name="Second desk"),
    )
    with open_accounts(workspace(tmp_path, {"cases": sources})) as accounts:
        assert accounts.cutoffs == {"cases": early}
        assert accounts.supplied["cases"] == {"case_id", "opened_at", "category"}
        assert accounts.names["cases"] == ("Second desk", "a.csv")
        assert [row for (row,) in rows(accounts, "cases", "case_id")] == ["C1", "C2", "C3"]
        assert [check.quarantined for check in accounts.check().tables] == [0, 1]
        assert accounts.quarantine["cases"][0]["source"] == "b.csv"


def test_a_source_that_fails_leaves_the_others_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TEXT)
    sources = {
        "cases": (source(file="a.csv", columns=CASES), source(file="no.csv", columns=CASES)),
        "cased": (source(file="a.csv", columns=CASES),),
    }
    with open_accounts(workspace(tmp_path, sources)) as accounts:
        assert len(rows(accounts, "cases", "case_id")) == 2
        with pytest.raises(SourceError) as caught:
            accounts.require_sources()
    assert str(caught.value).splitlines() == [
        'cases from no.csv: no.csv: there is no such file. Did you mean "a.csv"?',
        'cased from house.yaml: cased is no account table. Did you mean "cases"?',
    ]


def test_tables_can_be_narrowed_to_some_clients(tmp_path: Path) -> None:
    body = (
        "007,2026-09-01,10.50,A\nR2,2026-09-30,-3.25,A\nR4,2026-09-02,7,Val2\nR5,2026-09-02,7,Z\n"
    )
    (tmp_path / "pay.csv").write_text(f"doc,day,eur,who\n{body}")
    columns = {"invoice_id": "doc", "paid_on": "day", "amount": "eur"}
    client = ClientMap(column="who", keys={"A": "acme", "Val2": "borealis"})
    sources = {"payments": (source(file="pay.csv", client=client, columns=columns),)}
    space = workspace(tmp_path, sources)
    with open_accounts(space, clients=["acme"]) as accounts:
        assert {name for (name,) in rows(accounts, "payments", "client")} == {"acme"}
        assert accounts.check().tables[0].rows_out == 3
    assert source_files(space) == [tmp_path / "pay.csv"]


# --- every row is accounted for ---------------------------------------------------------

cells = st.sampled_from(
    ["", " ", "A", "A ", "B", "1", "1.5", "-2", "1,5", "2026-09-01", "2026-02-30", "x", "=1", "é\n"]
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(table=st.lists(st.tuples(cells, cells, cells, cells), max_size=12), where=st.booleans())
def test_every_row_is_used_set_aside_excluded_or_anothers(
    load: Open, table: list[tuple[str, ...]], where: bool
) -> None:
    quoted = ['"' + '","'.join(row) + '"\n' for row in table]
    accounts = load(
        "payments",
        "who,doc,day,eur\n" + "".join(quoted),
        client=ClientMap(column="who", keys={"A": "acme", "B": "borealis"}),
        columns={"invoice_id": "doc", "paid_on": "day", "amount": "eur"},
        where="doc <> 'x'" if where else None,
    )
    (check,) = accounts.check().tables
    anothers = [row for row in table if row[0] not in ("A", "B")]
    excluded = [row for row in table if where and (row[1] in ("", "x"))]
    assert check.rows_in == len(table)
    assert check.excluded == len(excluded)
    assert check.other_clients == len([row for row in anothers if row not in excluded])
    assert check.rows_out == len(rows(accounts, "payments", "client"))
    assert check.quarantined == len(aside(accounts, "payments"))
    assert check.rows_in == (
        check.rows_out + check.quarantined + check.excluded + check.other_clients
    )
    for _, document, day, amount in (row for row in table if row[0] in ("A", "B")):
        sound = document.strip() and day == "2026-09-01" and amount in ("1", "1.5", "-2")
        if sound and not (where and document == "x"):
            found = rows(accounts, "payments", "invoice_id", "amount")
            assert (document.strip(), float(amount)) in [(one, float(two)) for one, two in found]
