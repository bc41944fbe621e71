"""Whole files as they come: German, messy, hostile, empty, repeated, or no account table at all."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from drafts import columns, export, house, propose

from reviewkit.accounts import open_accounts
from reviewkit.accounts.suggest import draft, render_proposal
from reviewkit.cli import cli
from reviewkit.cli import main as command
from reviewkit.errors import ParamsError, SourceError, UsageError
from reviewkit.scaffold.drafted import draft_client
from reviewkit.workspace import open_workspace

GERMAN = """\
Lieferschein-Nr.;Kd-Nr;Kunde;Lager;Zielort;Auftrag vom;Liefertermin;Zugestellt am;Menge best.;\
Menge gel.;Gewicht (kg);Verspätungsgrund;Verursacher;Fracht EUR;Bemerkung
000001;10042;Zenith Gärten;Köln;Graz;03.04.2025;05.04.2025;05.04.2025 13:35;26;\
26;1.250,50;;;111,00;
000002;10077;Müller Söhne;Kassel;Graz;28.04.2025;30.04.2025;01.05.2025 08:16;4;\
4;80,25;Stau;Spediteur;34,10;
000003;10042;Zenith Gärten;Köln;Linz;29.04.2025;02.05.2025;02.05.2025 09:00;7;\
6;95,00;Verladung;Kunde;40,00;bitte prüfen
""".splitlines()
"""What a German warehouse system writes, in cp1252."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return house(tmp_path / "house")


def run(root: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and all that was printed."""
    done = CliRunner().invoke(cli, [*arguments, "--workspace", str(root)])
    return done.exit_code, done.output


def test_a_messy_german_export_is_understood_whole(root: Path) -> None:
    file = export(root, "wms.csv", GERMAN, "cp1252")
    proposal = propose(root, file, slug="zenith")
    (one,) = proposal.drafts
    assert one.table.name == "shipments"
    assert (one.seen.source.csv.delimiter, one.seen.source.csv.encoding) == (";", "cp1252")
    assert one.habits.decimal == ","
    assert one.whose.column == "Kd-Nr"
    assert one.whose.keys == {"10042": "zenith"}  # by the name beside it
    assert columns(proposal) == {
        "shipment_id": "Lieferschein-Nr.",
        "site": "Lager",
        "ordered_at": {"column": "Auftrag vom", "format": "%d.%m.%Y"},
        "promised_at": {"column": "Liefertermin", "format": "%d.%m.%Y"},
        "delivered_at": {"column": "Zugestellt am", "format": "%d.%m.%Y %H:%M"},
        "origin": "Lager",
        "destination": "Zielort",
        "lane": {"expression": '"Lager" || \' → \' || "Zielort"'},
        "ordered_units": "Menge best.",
        "delivered_units": "Menge gel.",
        "weight_kg": "Gewicht (kg)",
        "late_cause": "Verspätungsgrund",
        "at_fault": {
            "column": "Verursacher",
            "values": {"Kunde": "client", "Spediteur": "carrier"},
        },
        "freight_revenue": "Fracht EUR",
    }
    assert [profile.name for profile in one.unused] == ["Kunde", "Bemerkung"]
    assert proposal.open == ()


def test_a_draft_without_questions_is_checked_without_a_further_edit(root: Path) -> None:
    export(root, "wms.csv", GERMAN, "cp1252")
    code, said = run(root, "new", "zenith", "--from", str(root / "data/wms.csv"))
    assert code == 0, said
    assert "next: read house.yaml, then: reviewkit check" in said
    assert not (root / "params/zenith/sources.draft").exists()
    code, said = run(root, "check", "--json")
    assert code == 0, said
    (table,) = json.loads(said)["tables"]
    assert (table["table"], table["rows_in"], table["rows_out"]) == ("shipments", 3, 2)


def test_what_stood_in_house_yaml_stays_to_the_letter(root: Path) -> None:
    path = root / "params/house.yaml"
    before = path.read_text()
    file = export(root, "wms.csv", GERMAN, "cp1252")
    draft_client(root, "zenith", [file])
    after = path.read_text()
    start, end = before.split("\nsources: {}\n")
    assert after.startswith(start)
    assert after.endswith(end)


def test_a_house_with_sources_gets_the_draft_beside_it(root: Path) -> None:
    first, second = (export(root, f"{name}.csv", GERMAN, "cp1252") for name in ("one", "two"))
    draft_client(root, "zenith", [first])
    before = (root / "params/house.yaml").read_text()
    drafted = draft_client(root, "mueller", [second], name="Müller Söhne")
    assert not drafted.in_house
    assert drafted.sources == root / "params/mueller/sources.draft"
    assert (root / "params/house.yaml").read_text() == before
    assert drafted.proposal.drafts[0].whose.keys == {"10077": "mueller"}
    open_workspace(root)  # the draft beside the parameters is no parameter
    with pytest.raises(UsageError, match=r"sources\.draft exists already"):
        draft_client(root, "mueller", [second])


def test_a_file_that_house_yaml_reads_already_is_not_read_twice(root: Path) -> None:
    file = export(root, "wms.csv", GERMAN, "cp1252")
    draft_client(root, "zenith", [file])
    before = (root / "params/house.yaml").read_text()
    code, said = run(root, "new", "mueller", "--from", str(file))
    assert code == 0, said
    assert "is read by house.yaml already" in said
    assert "next: add the client's id to the keys of the source in params/house.yaml" in said
    assert (root / "params/house.yaml").read_text() == before
    assert not (root / "params/mueller/sources.draft").exists()


def test_an_id_that_house_yaml_lists_is_known_in_the_next_file(root: Path) -> None:
    draft_client(root, "zenith", [export(root, "one.csv", GERMAN, "cp1252")])
    cases = export(root, "cases.csv", ["Ticket,Kd-Nr,Opened", "1,10042,2026-01-31"])
    drafted = draft_client(root, "zenith", [cases])
    assert drafted.proposal.drafts[0].whose.keys == {"10042": "zenith"}


def test_an_id_that_nothing_shows_is_asked_for_and_refused_until_given(root: Path) -> None:
    rows = [line.replace("Zenith Gärten", "A").replace("Müller Söhne", "B") for line in GERMAN]
    file = export(root, "wms.csv", rows, "cp1252")
    drafted = draft_client(root, "zenith", [file])
    (question,) = drafted.proposal.open
    assert "which id in Kd-Nr is zenith" in question
    text = drafted.sources.read_text()
    assert '"10042": 2 rows, A' in text
    with pytest.raises(ParamsError, match="whose rows they are is still to be decided"):
        open_workspace(root)
    drafted.sources.write_text(text.replace("{decide: zenith}", '{"10042": zenith}'))
    open_workspace(root)


def test_an_id_can_be_said(root: Path) -> None:
    file = export(root, "wms.csv", GERMAN, "cp1252")
    proposal = propose(root, file, slug="other", ids=("10077",))
    assert proposal.drafts[0].whose.keys == {"10077": "other"}
    assert proposal.open == ()
    with pytest.raises(UsageError, match='No file holds the id "10078"'):
        propose(root, file, slug="other", ids=("10078",))


def test_each_file_takes_the_ids_that_it_holds(root: Path) -> None:
    wms = export(root, "wms.csv", GERMAN, "cp1252")
    desk = export(root, "cases.csv", ["case_id,customer,opened", "1,C-7,2026-01-31"])
    crm = export(
        root, "crm.csv", ["activity_id,customer,date,type,subject", "1,C-8,2026-01-31,call,x"]
    )
    found = propose(root, wms, desk, crm, slug="other", ids=("10077", "C-7"))
    assert [dict(one.whose.keys) for one in found.drafts] == [
        {"10077": "other"},
        {"C-7": "other"},
        {},
    ]
    assert found.open == ()


def test_two_ids_that_fit_the_name_are_a_question(root: Path) -> None:
    rows = ["case_id,customer,opened", "1,Acme North,2026-01-31", "2,Acme South,2026-01-31"]
    proposal = propose(root, export(root, "cases.csv", rows))
    assert proposal.drafts[0].whose.keys == {}
    assert "2 ids fit the client's name" in proposal.open[0]


def test_a_file_that_names_no_client_is_not_taken_for_this_one(root: Path) -> None:
    file = export(root, "cases.csv", ["case_id,opened,severity", "1,2026-01-31,low"])
    drafted = draft_client(root, "zenith", [file])
    assert "--all-rows" in drafted.proposal.open[0]
    with pytest.raises(ParamsError, match="whose rows they are is still to be decided"):
        open_workspace(root)


def test_all_rows_says_that_they_are(root: Path) -> None:
    export(root, "cases.csv", ["case_id,opened,severity", "1,2026-01-31,low"])
    said = run(root, "new", "zenith", "--from", str(root / "data/cases.csv"), "--all-rows")
    assert said[0] == 0, said
    assert open_workspace(root).house.sources["cases"][0].client.constant == "zenith"


def test_a_file_that_is_no_account_table_is_said_to_be_none(root: Path) -> None:
    file = export(root, "staff.csv", ["Name,Extension,Room", "Jo Example,12,A3", "Al Other,14,A4"])
    with pytest.raises(SourceError, match=r"staff\.csv: no account table is seen in it") as told:
        draft_client(root, "zenith", [file])
    assert "Its columns: Name, Extension, Room" in str(told.value)
    assert not (root / "params/zenith").exists()


def test_a_file_that_is_none_does_not_hide_one_that_is(root: Path) -> None:
    staff = export(root, "staff.csv", ["Name,Extension,Room", "Jo Example,12,A3"])
    proposal = propose(root, staff, export(root, "wms.csv", GERMAN, "cp1252"))
    assert [one.seen.label for one in proposal.drafts] == ["wms"]
    assert [one.label for one in proposal.rejected] == ["staff"]
    assert "no account table is seen in:\n  data/staff.csv" in render_proposal(proposal)


def test_two_files_of_one_table_are_two_sources(root: Path) -> None:
    later = [
        GERMAN[0],
        *(line.replace("0000", "0001").replace("2025", "2026") for line in GERMAN[1:]),
    ]
    files = [
        export(root, "2025.csv", GERMAN, "cp1252"),
        export(root, "2026.csv", later, "cp1252"),
    ]
    draft_client(root, "zenith", files)
    sources = open_workspace(root).house.sources["shipments"]
    assert [source.file for source in sources] == ["data/2025.csv", "data/2026.csv"]


def test_the_same_rows_in_two_files_are_taken_once(root: Path) -> None:
    files = [export(root, name, GERMAN, "cp1252") for name in ("one.csv", "copy.csv")]
    drafted = draft_client(root, "zenith", files)
    first, second = drafted.proposal.drafts
    assert (first.aside, second.aside) == ("", "holds rows that data/one.csv holds too: keep one")
    assert len(open_workspace(root).house.sources["shipments"]) == 1
    assert "# - file: data/copy.csv" in drafted.sources.read_text()


def test_tables_as_likely_as_each_other_are_both_left_as_comments(root: Path) -> None:
    rows = ["id,customer,site,at,units,reason", "1,acme,Venlo,2026-01-31T10:00,3,damaged"]
    drafted = draft_client(root, "acme", [export(root, "export.csv", rows)])
    names = [one.table.name for one in drafted.proposal.drafts]
    assert names[:2] == ["returns", "stock_adjustments"]
    assert all(one.asks for one in drafted.proposal.drafts)
    assert not open_workspace(root).house.sources
    named = propose(root, export(root, "retouren.csv", rows))
    assert [one.table.name for one in named.drafts if not one.aside] == ["returns"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"id,customer,opened\n", "holds no rows"),
        (b"id,Customer,customer\n1,2,3\n", "more than once"),
    ],
)
def test_a_file_with_nothing_to_look_at_is_refused_and_nothing_written(
    root: Path, content: bytes, said: str
) -> None:
    (root / "data/odd.csv").write_bytes(content)
    with pytest.raises(SourceError, match=said):
        draft_client(root, "zenith", [root / "data/odd.csv"])
    assert not (root / "params/zenith").exists()


def test_a_file_that_is_not_there_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command(["new", "zenith", "--from", str(root / "nope.csv"), "--workspace", str(root)])
    assert ended.value.code == 1
    assert "nope.csv: there is no such file" in capsys.readouterr().err


def test_one_row_is_enough(root: Path) -> None:
    proposal = propose(root, export(root, "wms.csv", GERMAN[:2], "cp1252"), slug="zenith")
    (one,) = proposal.drafts
    assert one.table.name == "shipments"
    assert columns(proposal)["shipment_id"] == "Lieferschein-Nr."


HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd()",
    'say ""when""',
    "🚚 truck",
    "x" * 200,
    "a: b # c",
    "- dash",
    "{brace}",
    "'single'",
    "a\tb",
]


def test_headers_of_any_kind_stay_text(root: Path) -> None:
    quoted = ",".join(f'"{name}"' for name in HOSTILE)
    values = ",".join("v" for _ in HOSTILE)
    rows = [f"case_id,customer,opened,{quoted}", f"1,acme,2026-01-31,{values}"]
    rows.append(f"2,acme,2026-02-01,{values}")
    drafted = draft_client(root, "acme", [export(root, "cases.csv", rows)])
    unused = {profile.name for profile in drafted.proposal.drafts[0].unused}
    assert unused == {name.replace('""', '"').strip() for name in HOSTILE}
    assert set(open_workspace(root).house.sources) == {"cases"}
    shown = render_proposal(drafted.proposal)
    assert all(sign.isprintable() or sign == "\n" for sign in shown)


@pytest.mark.parametrize("name", [name for name in HOSTILE if len(name) < 100])
def test_a_hostile_name_that_is_used_is_written_as_it_is(root: Path, name: str) -> None:
    rows = [f'case_id,"customer {name}",opened', "1,acme,2026-01-31", "2,acme,2026-02-01"]
    drafted = draft_client(root, "acme", [export(root, "cases.csv", rows)])
    assert drafted.proposal.open == ()
    (source,) = open_workspace(root).house.sources["cases"]
    assert source.client.column == f"customer {name}".replace('""', '"').strip()


def test_a_database_gives_a_draft_per_table(root: Path) -> None:
    file = root / "data/desk.sqlite"
    with closing(sqlite3.connect(file)) as db:
        db.execute("create table tickets (ticket text, customer text, opened text, priority text)")
        db.execute("insert into tickets values ('T1', 'acme', '2026-01-31 10:00', 'P1')")
        db.execute("insert into tickets values ('T2', 'acme', '2026-01-31 11:00', 'P2')")
        db.execute("create table colours (red integer, green integer)")
        db.execute("insert into colours values (1, 2)")
        db.execute("create table empty (a text)")
        db.commit()
    proposal = propose(root, file)
    assert [(one.table.name, one.seen.source.table) for one in proposal.drafts] == [
        ("cases", "tickets")
    ]
    assert [one.label for one in proposal.rejected] == ["colours"]


def test_json_says_the_same(root: Path) -> None:
    export(root, "wms.csv", GERMAN, "cp1252")
    code, said = run(root, "new", "zenith", "--from", str(root / "data/wms.csv"), "--json")
    assert code == 0
    found = json.loads(said)
    (one,) = found["files"]
    assert (one["table"], one["decimal"], one["decide"]) == ("shipments", ",", [])
    assert one["columns"]["promised_at"]["format"] == "%d.%m.%Y"
    assert found["written"][-1].endswith("params/house.yaml")


def test_files_without_from_are_a_mistake_of_the_command(root: Path) -> None:
    code, said = run(root, "new", "zenith", "data/wms.csv")
    assert code == 2
    assert "--from" in said


def test_several_files_follow_one_from(root: Path) -> None:
    one = export(root, "wms.csv", GERMAN, "cp1252")
    two = export(root, "cases.csv", ["Ticket,Kd-Nr,Kunde,Opened", "1,10042,Zenith,2026-01-31"])
    code, said = run(root, "new", "zenith", "--from", str(one), str(two))
    assert code == 0, said
    assert set(open_workspace(root).house.sources) == {"shipments", "cases"}


def test_the_same_files_give_the_same_draft(root: Path) -> None:
    file = export(root, "wms.csv", GERMAN, "cp1252")
    assert draft(propose(root, file)) == draft(propose(root, file))


ORDERS = ["Order No,Customer,Order Date,Shipped", "0007,acme,2026-01-05,2026-01-07",
          "0008,other,2026-01-06,2026-01-08"]  # fmt: skip
LINES = ["order_nr,sku,qty ordered", "0007,A,3", "0007,B,4", "0008,A,5"]


def test_lines_that_name_no_client_are_joined_to_their_heads(root: Path) -> None:
    files = [export(root, "orders.csv", ORDERS), export(root, "order_lines.csv", LINES)]
    drafted = draft_client(root, "acme", files)
    assert drafted.proposal.open == ()
    with open_accounts(open_workspace(root)) as accounts:
        table = accounts.tables["order_lines"].order_by("line")
        found = accounts.con.to_pyarrow(
            table.select("client", "order_id", "line", "ordered_units")
        ).to_pylist()
    assert [tuple(row.values()) for row in found] == [
        ("acme", "0007", "A", 3),
        ("acme", "0007", "B", 4),
    ]


def test_a_database_joins_its_own_tables(root: Path) -> None:
    file = root / "data/erp.sqlite"
    with closing(sqlite3.connect(file)) as db:
        for name, (head, *rows) in {"orders": ORDERS, "Order Lines": LINES}.items():
            columns = ", ".join(f'"{column}" text' for column in head.split(","))
            db.execute(f'create table "{name}" ({columns})')
            for row in rows:
                cells = ", ".join(f"'{cell}'" for cell in row.split(","))
                db.execute(f'insert into "{name}" values ({cells})')
        db.commit()
    draft_client(root, "acme", [file])
    with open_accounts(open_workspace(root)) as accounts:
        assert accounts.check().ok
        assert accounts.con.to_pyarrow(accounts.tables["order_lines"].count()).as_py() == 2


@pytest.mark.parametrize(
    "lines",
    [
        ["order_nr,sku,qty ordered", "0001,A,3", "0001,B,4"],  # of other orders
        ["shop,sku,qty ordered", "0007,A,3", "0007,B,4"],  # called otherwise
    ],
)
def test_lines_without_heads_are_left_out_and_said(root: Path, lines: list[str]) -> None:
    heads = export(root, "orders.csv", ORDERS)
    drafted = draft_client(root, "acme", [heads, export(root, "order_lines.csv", lines)])
    assert set(open_workspace(root).house.sources) == {"shipments"}
    named = [one.seen.label for one in drafted.proposal.drafts if one.aside]
    assert "order_lines" in (*named, *(one.label for one in drafted.proposal.rejected))
