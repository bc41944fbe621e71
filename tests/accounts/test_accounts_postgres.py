"""Sources in PostgreSQL: facts are checked and aggregated there, the rest is fetched."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psycopg
import pyarrow.parquet as pq
import pytest
from little import CUTOFF, aside, refusal, rows, source, workspace
from postgres import running

from reviewkit.accounts import open_accounts
from reviewkit.accounts.fingerprints import source_fingerprints
from reviewkit.demo import write_demo
from reviewkit.errors import ParamsError
from reviewkit.metrics.cube import build_cube
from reviewkit.params import Workspace, load_workspace
from reviewkit.params.models import ClientMap, ColumnMap, Keep

TYPES = {
    "string": "text",
    "large_string": "text",
    "timestamp[us]": "timestamp",
    "bool": "boolean",
    "int64": "bigint",
    "double": "double precision",
    "decimal128(18, 4)": "numeric(18,4)",
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    # Another user runs the server, and pytest keeps its own folders from everybody.
    made = tempfile.TemporaryDirectory(prefix="reviewkit-postgres-", ignore_cleanup_errors=True)
    with made as name, running(Path(name)) as url:
        yield url


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    """The demo's clean shipments as Parquet, and a workspace that reads them from there."""
    root = tmp_path_factory.mktemp("demo")
    write_demo(root)
    own = load_workspace(root)
    path = root / "shipments.parquet"
    with open_accounts(own) as accounts:
        pq.write_table(accounts.con.to_pyarrow(accounts.tables["shipments"]), path)
    return own, path


def with_shipments(own: Workspace, path: Path, **where: str) -> Workspace:
    names = [name for name in pq.read_schema(path).names if name != "client"]
    shipments = source(
        client=ClientMap(column="client", keys={slug: slug for slug in own.clients}),
        columns={name: ColumnMap(column=name) for name in names},
        **where,
    )
    house = own.house.model_copy(update={"sources": {"shipments": (shipments,)}})
    return own.model_copy(update={"house": house})


def loaded(url: str, path: Path, table: str, spoil: str = "") -> None:
    """Copy a Parquet file into a table, and run what spoils it."""
    found = pq.read_table(path)
    columns = ", ".join(f'"{field.name}" {TYPES[str(field.type)]}' for field in found.schema)
    with psycopg.connect(url, autocommit=True) as con, con.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TABLE {table} ({columns})")
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in zip(*(column.to_pylist() for column in found.columns), strict=True):
                copy.write_row(row)
        for statement in filter(None, [*spoil.split(";"), f"ANALYZE {table}"]):
            cursor.execute(statement)


def test_the_cube_of_a_database_is_the_cube_of_the_files(server, demo, monkeypatch) -> None:
    own, path = demo
    loaded(server, path, "deliveries")
    monkeypatch.setenv("ERP_PASSWORD", "plum")
    url = server.replace("plum", "${ERP_PASSWORD}")
    here = with_shipments(own, path, file=str(path))
    there = with_shipments(own, path, url=url, table="public.deliveries")
    with open_accounts(here) as files, open_accounts(there) as database:
        shipments = database.tables["shipments"]
        assert shipments._find_backend().name == "postgres"
        copies = database.con.raw_sql("SELECT table_name FROM duckdb_tables()").fetchall()
        fetched = [name for (name,) in copies if "shipments" in name]
        rows = [database.con.table(name).count().execute() for name in fetched]
        assert not any(rows)  # only what is set aside is fetched, and here nothing is
        expected, found = build_cube(files, here), build_cube(database, there)
        pd.testing.assert_frame_equal(found.facts["shipments"], expected.facts["shipments"])
        assert len(found.facts["shipments"]) > 1000
        (mine,), (theirs,) = database.check().tables, files.check().tables
        assert (mine.rows_in, mine.rows_out) == (theirs.rows_in, theirs.rows_out)
        assert {k: float(v) for k, v in mine.amounts.items()} == {
            k: float(v) for k, v in theirs.amounts.items()
        }


def test_rows_that_break_the_contract_are_set_aside_in_the_database(server, demo) -> None:
    own, path = demo
    first = "(SELECT ctid FROM dirty WHERE client = 'acme' AND shipped_at IS NOT NULL LIMIT 1)"
    loaded(
        server,
        path,
        "dirty",
        "CREATE INDEX ON dirty (shipment_id);"
        f"INSERT INTO dirty SELECT * FROM dirty WHERE ctid = {first};"
        "UPDATE dirty SET ordered_units = -3 WHERE ctid IN"
        " (SELECT ctid FROM dirty WHERE client = 'borealis' LIMIT 2);"
        "UPDATE dirty SET client = 'stranger' WHERE ctid IN"
        " (SELECT ctid FROM dirty WHERE client = 'cobalt' LIMIT 5)",
    )
    there = with_shipments(own, path, url=server, table="dirty")
    with open_accounts(there) as accounts:
        (check,) = accounts.check().tables
        total = pq.read_metadata(path).num_rows + 1
        assert (check.rows_in, check.other_clients, check.quarantined) == (total, 5, 3)
        assert check.rows_out == total - 5 - 3
        told = sorted((rule, column) for _, rule, column, _ in aside(accounts, "shipments"))
        assert told == [
            ("duplicate", "shipment_id"),
            ("minimum", "ordered_units"),
            ("minimum", "ordered_units"),
        ]
        assert all("shipment_id=" in row["raw"] for row in accounts.quarantine["shipments"])
        left = accounts.tables["shipments"].count().to_pyarrow().as_py()
        assert left == check.rows_out


def test_a_register_and_text_that_must_be_parsed_are_fetched(server, tmp_path) -> None:
    with psycopg.connect(server, autocommit=True) as con:
        con.execute("CREATE TABLE tickets (id text, seen text)")
        con.execute("INSERT INTO tickets VALUES ('C1', '03.07.2026 08:00'), ('C2', 'soon')")
    columns = {
        "case_id": ColumnMap(column="id"),
        "opened_at": ColumnMap(column="seen", format="%d.%m.%Y %H:%M"),
    }
    own = workspace(tmp_path, {"cases": (source(url=server, table="tickets", columns=columns),)})
    with open_accounts(own) as accounts:
        assert [row[0] for row in rows(accounts, "cases", "case_id")] == ["C1"]
        assert aside(accounts, "cases") == [("2", "type", "opened_at", "soon")]


def test_a_fact_with_versions_and_units_is_fetched_and_says_why(server, tmp_path) -> None:
    with psycopg.connect(server, autocommit=True) as con:
        con.execute("CREATE TABLE versions (id text, at timestamp, lb numeric, sent int)")
        con.execute(
            "INSERT INTO versions VALUES ('S1', '2026-07-03', 100, 2), ('S1', '2026-07-03', 50, 1),"
            " ('S2', '2026-07-04', 200, 1)"
        )
    versions = source(
        url=server,
        table="versions",
        columns={
            "shipment_id": "id",
            "shipped_at": "at",
            "weight_kg": ColumnMap(column="lb", unit="lb"),
        },
        keep=Keep(by=("shipment_id",), last="sent"),
    )
    with open_accounts(workspace(tmp_path, {"shipments": (versions,)})) as accounts:
        (check,) = accounts.check().tables
        assert (check.rows_in, check.rows_out, check.excluded) == (3, 2, 1)
        assert [problem.hint for problem in check.problems if problem.rule == "fetched"] == [
            "keep: is computed here. Leave the rows out with query.",
            "weight_kg: its unit is converted here. Convert it in query.",
        ]
        assert rows(accounts, "shipments", "shipment_id", "weight_kg") == [
            ("S1", pytest.approx(45.359237)),
            ("S2", pytest.approx(90.718474)),
        ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"table": "nowhere"}, "holds no nowhere"),
        ({"url": "postgresql://reader:wrong@{host}"}, "authentication failed"),
        ({"url": "postgresql://reader:plum@127.0.0.1:9/x"}, "Check the url"),
        ({"url": "postgresql://reader:${NOT_SET}@{host}"}, "the environment holds no NOT_SET"),
        ({"query": "SELECT nothing FROM nowhere", "table": None}, "nowhere"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_clear_message(
    server, tmp_path, change: dict[str, str], said: str
) -> None:
    host = server.partition("@")[2]
    given = {"url": server, "table": "deliveries"} | change
    given["url"] = given["url"].replace("{host}", host)
    columns = {"shipment_id": ColumnMap(column="shipment_id")}
    own = workspace(tmp_path, {"shipments": (source(columns=columns, **given),)})
    with open_accounts(own) as accounts:
        told = refusal(accounts)
    assert said in told
    assert "plum" not in told
    assert "wrong" not in told


def test_a_fingerprint_changes_with_the_rows(server, tmp_path) -> None:
    with psycopg.connect(server, autocommit=True) as con:
        con.execute("CREATE TABLE stocked (id text, units bigint)")
        con.execute("INSERT INTO stocked VALUES ('a', 1)")
        columns = {"shipment_id": ColumnMap(column="id")}
        own = workspace(
            tmp_path, {"shipments": (source(url=server, table="stocked", columns=columns),)}
        )
        before = source_fingerprints(own)
        assert before == source_fingerprints(own)
        con.execute("UPDATE stocked SET units = 2")
        assert source_fingerprints(own) != before


def stocked(server: str, tmp_path: Path, table: str, **given: str) -> Workspace:
    """A workspace over a new table of two rows; `table` may be a view over it."""
    columns = {"shipment_id": ColumnMap(column="id")}
    with psycopg.connect(server, autocommit=True) as con:
        con.execute("DROP TABLE IF EXISTS shelf CASCADE")
        con.execute("CREATE TABLE shelf (id text, units bigint)")
        con.execute("INSERT INTO shelf VALUES ('a', 1), ('b', 1)")
        con.execute("CREATE VIEW seen AS SELECT * FROM shelf")
    where = {"url": server, "table": table} | given
    return workspace(tmp_path, {"shipments": (source(columns=columns, **where),)})


def test_a_change_begun_earlier_and_committed_later_is_a_change(server, tmp_path) -> None:
    own = stocked(server, tmp_path, "shelf")
    with psycopg.connect(server) as early, psycopg.connect(server, autocommit=True) as late:
        early.execute("UPDATE shelf SET units = 2 WHERE id = 'a'")
        late.execute("UPDATE shelf SET units = 2 WHERE id = 'b'")
        before = source_fingerprints(own)
        assert before == source_fingerprints(own)
        early.commit()
        assert source_fingerprints(own) != before


@pytest.mark.parametrize("table", ["parted", "gathered"])
def test_a_table_in_parts_or_kept_from_a_query_has_a_fingerprint(
    server, tmp_path, table: str
) -> None:
    own = stocked(server, tmp_path, table)
    with psycopg.connect(server, autocommit=True) as con:
        con.execute("DROP TABLE IF EXISTS parted")
        con.execute("CREATE TABLE parted (id text, units bigint) PARTITION BY LIST (units)")
        con.execute("CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1)")
        con.execute("INSERT INTO parted SELECT * FROM shelf")
        con.execute("CREATE MATERIALIZED VIEW gathered AS SELECT * FROM shelf")
        before = source_fingerprints(own)
        assert before == source_fingerprints(own)
        con.execute("UPDATE parted SET id = 'c' WHERE id = 'b'")
        con.execute("UPDATE shelf SET id = 'c' WHERE id = 'b'")
        con.execute("REFRESH MATERIALIZED VIEW gathered")
        assert source_fingerprints(own) != before


def test_a_view_is_read_each_time_unless_a_query_tells_of_its_changes(server, tmp_path) -> None:
    assert source_fingerprints(stocked(server, tmp_path, "seen")) is None
    told = "SELECT max(units) FROM seen"
    own = stocked(server, tmp_path, "seen", fingerprint=told)
    before = source_fingerprints(own)
    with psycopg.connect(server, autocommit=True) as con:
        con.execute("UPDATE shelf SET units = 7 WHERE id = 'a'")
    assert source_fingerprints(own) != before


def test_all_is_read_as_it_stood_when_it_was_opened(server, tmp_path) -> None:
    with open_accounts(stocked(server, tmp_path, "shelf")) as accounts:
        with psycopg.connect(server, autocommit=True) as con:
            con.execute("INSERT INTO shelf VALUES ('c', 1)")
        (check,) = accounts.check().tables
        left = accounts.tables["shipments"].count().to_pyarrow().as_py()
        assert (check.rows_out, left) == (2, 2)


def test_a_password_may_hold_the_signs_that_part_a_url(server, tmp_path, monkeypatch) -> None:
    secret = "p@ss/w:rd%40?#"
    own = stocked(server, tmp_path, "shelf", url=server.replace("reader:plum", "odd:${ODD}"))
    with psycopg.connect(server, autocommit=True) as con:
        con.execute("DROP ROLE IF EXISTS odd")
        con.execute(f"CREATE ROLE odd LOGIN SUPERUSER PASSWORD '{secret}'")
    monkeypatch.setenv("ODD", secret)
    with open_accounts(own) as accounts:
        assert accounts.check().ok, accounts.check().to_json()
    monkeypatch.setenv("ODD", f"{secret}!")
    with open_accounts(own) as accounts:
        told = refusal(accounts)
        assert "authentication failed" in told
        assert "p@ss" not in told


def test_the_whole_url_may_come_from_the_environment(server, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("REVIEWKIT_ERP_URL", server)
    own = stocked(server, tmp_path, "shelf", url="${REVIEWKIT_ERP_URL}")
    with open_accounts(own) as accounts:
        assert accounts.check().ok, accounts.check().to_json()


def test_a_password_in_the_file_is_refused(tmp_path) -> None:
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "house.yaml").write_text(
        "name: House\nsources:\n  shipments:\n"
        "    - url: postgresql://reader:plum@erp/wms\n      table: deliveries\n"
        f"      cutoff: {CUTOFF.isoformat()}\n      client: {{column: c}}\n"
        "      columns: {shipment_id: id}\n"
    )
    with pytest.raises(ParamsError, match="a password stands in the file") as caught:
        load_workspace(tmp_path)
    assert "plum" not in str(caught.value)
