"""Rules between tables: rows that refer to nothing, and ids that no client folder claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from looked import Looked, look

BOTH = {"column": "who", "keys": {"A": "acme", "B": "borealis"}}
SHIPPED = {"shipment_id": "id", "shipped_at": "left"}
TENDERED = {"tender_id": "id", "shipment_id": "of", "tendered_at": "day"}

SHIPMENTS = "who,id,left\nA,S1,2026-09-01\nA,S2,2026-09-02\nB,S3,2026-09-03\n"


def table(text: str, columns: dict[str, str]) -> dict[str, Any]:
    return {"text": text, "columns": columns, "client": BOTH}


def tenders(root: Path, rows: str, shipments: str = SHIPMENTS, **checks) -> Looked:
    tables = {
        "shipments": table(shipments, SHIPPED),
        "tenders": table(f"who,id,of,day\n{rows}", TENDERED),
    }
    return look(root, checks, tables)


SOUND = "A,T1,S1,2026-09-05\nA,T2,S2,2026-09-05\nB,T3,S3,2026-09-05\n"
LOST = SOUND + "A,T4,S8,2026-09-06\nA,T5,S9,2026-09-06\n"


def test_rows_that_refer_to_one_that_is_there_are_sound(tmp_path: Path) -> None:
    looked = tenders(tmp_path, SOUND)
    assert looked.of("orphan") == looked.of("stranger") == []
    assert looked.report.ok


def test_a_row_that_refers_to_nothing_is_told_and_kept(tmp_path: Path) -> None:
    looked = tenders(tmp_path, LOST)
    said = "2 rows not in shipments.shipment_id"
    assert looked.of("orphan") == [("warning", "acme", "shipment_id", said)]
    assert looked.examples("orphan") == [("S8", "S9")]
    assert looked.quarantined["tenders"] == []
    assert looked.report.ok


def test_as_an_error_it_is_set_aside(tmp_path: Path) -> None:
    looked = tenders(tmp_path, LOST, orphan="error")
    assert looked.quarantined["tenders"] == [
        ("4", "orphan", "shipment_id", "S8"),
        ("5", "orphan", "shipment_id", "S9"),
    ]
    assert looked.of("orphan") == []
    assert not looked.report.ok
    ours = [part for part in looked.report.clients if part.table == "tenders"]
    assert [(part.client, part.rows_in, part.rows_out, part.quarantined) for part in ours] == [
        ("acme", 4, 2, 2),
        ("borealis", 1, 1, 0),
    ]


def test_it_may_be_an_error_in_one_table_and_off_elsewhere(tmp_path: Path) -> None:
    checks = {"severity": "off", "tables": {"tenders": "error"}}
    assert len(tenders(tmp_path, LOST, orphan=checks).quarantined["tenders"]) == 2
    off = tenders(tmp_path, LOST, orphan="off")
    assert off.of("orphan") == off.quarantined["tenders"] == []


def test_another_client_s_row_is_not_what_is_meant(tmp_path: Path) -> None:
    looked = tenders(tmp_path, "B,T1,S1,2026-09-05\n")
    assert [told[1] for told in looked.of("orphan")] == ["borealis"]


def test_a_row_set_aside_is_not_there_to_be_referred_to(tmp_path: Path) -> None:
    broken = SHIPMENTS.replace("S2,2026-09-02", "S2,never")
    looked = tenders(tmp_path, SOUND, broken)
    assert looked.examples("orphan") == [("S2",)]


def test_an_empty_reference_refers_to_nothing(tmp_path: Path) -> None:
    assert tenders(tmp_path, "A,T1,,2026-09-05\n").of("orphan") == []


def test_without_the_other_table_nothing_is_told(tmp_path: Path) -> None:
    text = f"who,id,of,day\n{LOST}"
    looked = look(tmp_path, {}, {"tenders": table(text, TENDERED)})
    assert looked.of("orphan") == []


@pytest.mark.parametrize(("rows", "orphans"), [("", 0), ("A,T1,S1,2026-09-05\n", 1)])
def test_a_table_of_no_shipments_leaves_every_tender_without_one(tmp_path, rows, orphans) -> None:
    looked = tenders(tmp_path, rows, "who,id,left\n")
    assert len(looked.of("orphan")) == orphans


def test_ids_without_a_folder_are_noted_those_of_most_rows_first(tmp_path: Path) -> None:
    rows = "Y,S4,2026-09-01\nZ,S5,2026-09-01\nZ,S6,2026-09-01\n,S7,2026-09-01\n"
    looked = look(tmp_path, {}, {"shipments": table(SHIPMENTS + rows, SHIPPED)})
    said = "4 rows of 3 ids in shipments.csv"
    assert looked.of("stranger") == [("note", "", "", said)]
    assert looked.examples("stranger") == [("Z (2)", "no id (1)", "Y (1)")]
    assert looked.report.ok
    (nobody,) = [part for part in looked.report.clients if not part.client]
    assert (nobody.rows_in, nobody.rows_out, nobody.other_clients) == (4, 0, 4)


def test_of_many_ids_ten_are_named(tmp_path: Path) -> None:
    rows = "".join(f"Z{n:02},T{n},2026-09-01\n" for n in range(12))
    looked = look(tmp_path, {}, {"shipments": table(SHIPMENTS + rows, SHIPPED)})
    assert looked.of("stranger")[0][3] == "12 rows of 12 ids in shipments.csv"
    assert looked.examples("stranger") == [tuple(f"Z{n:02} (1)" for n in range(10))]


def test_a_control_character_of_an_id_does_not_reach_a_terminal(tmp_path: Path) -> None:
    rows = "\x1b[31m,S4,2026-09-01\n"
    looked = look(tmp_path, {}, {"shipments": table(SHIPMENTS + rows, SHIPPED)})
    assert looked.examples("stranger") == [("\ufffd[31m (1)",)]


def test_strangers_may_be_an_error_or_off(tmp_path: Path) -> None:
    tables = {"shipments": table(SHIPMENTS + "Z,S4,2026-09-01\n", SHIPPED)}
    assert look(tmp_path, {"stranger": "off"}, tables).of("stranger") == []
    grave = look(tmp_path, {"stranger": "error"}, tables)
    assert [told[0] for told in grave.of("stranger")] == ["error"]
    assert not grave.report.ok
    assert grave.quarantined["shipments"] == []
