"""JSON lines and lists: nested keys, mixed rows, and the line of each that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from little import Open, refusal, rows

CASES = {"case_id": "id", "opened_at": "opened", "category": "what"}
C1 = '{"id": "C1", "opened": "2026-09-01", "what": "late"}'
C2 = '{"id": "C2", "opened": "2026-09-02", "what": null}'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rows.jsonl", f"{C1}\n{C2}\n"),
        ("rows.ndjson", f"{C1}\r\n{C2}"),
        ("rows.jsonl", f"\ufeff{C1}\n\n  {C2}  \n\n"),
        ("rows.json", f"[{C1},\n {C2}]"),
        ("rows.json", f"\ufeff \n[\n{C1}, {C2}]\n"),
        ("rows.json", f"{C1}\n{C2}\n"),
    ],
    ids=["lines", "crlf", "bom and blanks", "list", "list with bom", "lines called .json"],
)
def test_lines_and_lists_give_the_same_rows(
    load: Open, tmp_path: Path, name: str, data: str
) -> None:
    (tmp_path / name).write_bytes(data.encode())
    accounts = load("cases", file=name, columns=CASES)
    assert accounts.check().ok
    assert rows(accounts, "cases", "case_id", "category") == [("C1", "late"), ("C2", None)]


def test_nested_keys_are_joined_by_points_and_lists_stay(load: Open, tmp_path: Path) -> None:
    row = '{"case": {"id": "C1", "at": {"day": "2026-09-01"}}, "tags": ["a", {"b": 1.50}, null]}'
    (tmp_path / "rows.jsonl").write_text(row)
    accounts = load(
        "cases",
        file="rows.jsonl",
        columns={"case_id": "case.id", "opened_at": "case.at.day", "category": "tags"},
    )
    assert rows(accounts, "cases", "case_id", "category") == [("C1", '["a",{"b":1.50},null]')]


def test_types_may_differ_from_line_to_line_and_columns_may_come_late(
    load: Open, tmp_path: Path
) -> None:
    lines = (
        '{"doc": 12345678901234567890, "day": "2026-09-01", "eur": 10.10}',
        '{"doc": "007", "day": "2026-09-02", "eur": "2.5", "late": true}',
        '{"doc": true, "day": "2026-09-03", "eur": "x"}',
    )
    (tmp_path / "rows.jsonl").write_text("\n".join(lines))
    accounts = load(
        "payments",
        file="rows.jsonl",
        columns={"invoice_id": "doc", "paid_on": "day", "amount": "eur"},
        where="late IS NULL OR late = 'true'",
    )
    (check,) = accounts.check().tables
    # A number keeps every digit; the third row's amount is none.
    assert (check.rows_in, check.rows_out, check.quarantined) == (3, 2, 1)
    assert check.amounts == {"amount": "12.6000"}
    assert rows(accounts, "payments", "invoice_id") == [("007",), ("12345678901234567890",)]


def test_more_rows_than_one_chunk(load: Open, tmp_path: Path) -> None:
    lines = [f'{{"id": "C{n}", "opened": "2026-09-01"}}' for n in range(20_001)]
    (tmp_path / "a.jsonl").write_text("\n".join([*lines, C1.replace("C1", "last")]))
    accounts = load("cases", file="*.jsonl", columns=CASES)
    (check,) = accounts.check().tables
    assert (check.rows_in, check.rows_out) == (20_002, 20_002)
    found = accounts.tables["cases"]
    late = accounts.con.to_pyarrow(found.filter(found.category == "late")).to_pylist()
    assert [row["case_id"] for row in late] == ["last"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("r.jsonl", b"", "r.jsonl: holds no row, so no column. Export it again."),
        ("r.json", b"[]", "r.json: holds no row"),
        ("r.jsonl", C1.encode() + b"\n{\n", "r.jsonl, line 2: is not JSON: expecting property"),
        ("r.jsonl", C1.encode() + b"\n\n" + C2.encode()[:-4], "r.jsonl, line 3: is not JSON: "),
        ("r.jsonl", (C1 + C2).encode(), "r.jsonl, line 1: is not JSON: extra data at column 53."),
        ("r.json", f"[{C1},\n{C2}".encode(), "r.json, line 2: is not JSON: "),
        ("r.json", f"[{C1},\n\n\n5]".encode(), "r.json, row 2: is a number, not an object."),
        ("r.jsonl", f'{C1}\n["C2"]\n'.encode(), "r.jsonl, line 2: is a list, not an object."),
        ("r.jsonl", f"{C1}\nnull\n".encode(), "r.jsonl, line 2: is null, not an object."),
        ("r.jsonl", b'{"id": 1, "id": 2}', 'r.jsonl, line 1: names "id" more than once.'),
        ("r.jsonl", b'{"a.b": 1, "a": {"b": 2}}', 'line 1: gives "a.b" more than once.'),
        ("r.jsonl", C1.encode() + b'\n{"ID": 1}', 'line 2: names "ID" what was "id" before.'),
        ("r.jsonl", b'{"id": NaN}', "r.jsonl, line 1: NaN is no number in JSON."),
        ("r.jsonl", b'{"": 1}', "r.jsonl, line 1: has a key without a name"),
        ("r.jsonl", C1.encode() + b'\n{"id": "\xe9"}', "r.jsonl, line 2: is not UTF-8 text."),
        ("r.json", b"[" + C1.encode() + b',\n{"id": "\xe9"}]', "r.json, line 2: is not UTF-8"),
        ("r.jsonl", C1.encode("utf-16"), "r.jsonl: is UTF-16 text. JSON is UTF-8"),
        ("r.jsonl", b'{"a":' * 5000 + b"1" + b"}" * 5000, "line 1: is nested too deeply."),
        ("r.jsonl", b'{"id": "' + b"x" * 20_000_001, "r.jsonl, line 1: is longer than 20 MB."),
    ],
    ids=lambda value: None if isinstance(value, bytes) else str(value)[-24:],
)
def test_what_cannot_be_read_is_told_by_its_line(
    load: Open, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    message = refusal(load("cases", file=name, columns=CASES))
    assert said in message
    assert message.startswith("r.json")
    assert "\n" not in message
