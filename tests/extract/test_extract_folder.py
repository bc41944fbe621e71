"""Extracts as folders: what is in them, that they are whole, and the same for the same inputs."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from worlds import AS_OF, workspace, world

from reviewkit.errors import ExtractError
from reviewkit.extract.model import SCHEMA, Manifest
from reviewkit.extract.read import read_extract
from reviewkit.extract.write import extract_folder, sign, write_extracts
from reviewkit.metrics.cube import Cube, build_cube
from reviewkit.metrics.evaluate import evaluate
from reviewkit.metrics.facts import FACTS
from reviewkit.params.models import Comment, ReviewFacts, Workspace
from reviewkit.periods import Period, parse

Q3 = parse("2026Q3")

SHIPMENT = {
    "shipment_id": "S1",
    "shipped_at": "2026-07-02 08:00",
    "promised_at": "2026-07-03 12:00",
    "delivered_at": "2026-07-03 11:00",
    "ordered_units": 3,
    "delivered_units": 3,
    "freight_revenue": "10.25",
    "freight_cost": "8.10",
    "lane": "Venlo → Lyon",
}
TABLES: dict[str, list[dict[str, Any]]] = {
    "shipments": [
        SHIPMENT,
        SHIPMENT | {"shipment_id": "S2", "shipped_at": "2023-09-30 12:00",
                    "promised_at": "2023-09-30 18:00", "delivered_at": "2023-09-30 17:00"},
        SHIPMENT | {"shipment_id": "S3", "shipped_at": "2026-10-01 12:00",
                    "promised_at": "2026-10-02 18:00", "delivered_at": None},
    ],
    "invoice_lines": [
        {"invoice_id": "R1", "line": "1", "issued_on": "2026-07-31", "amount": "10.25",
         "disputed_on": "2026-09-20", "dispute_outcome": "upheld"},
        {"invoice_id": "R2", "line": "1", "issued_on": "2026-10-05", "amount": "5.00"},
    ],
    "budget": [{"month": "2026-07-01", "revenue": "9.00", "cost": "7.00"}],
    "cases": [{"case_id": "C1", "opened_at": "2026-08-01 08:00", "closed_at": "2026-10-02 08:00"}],
    "surveys": [{"client": "other", "responded_on": "2026-08-01", "instrument": "nps", "score": 9}],
}  # fmt: skip


def space(root: Path, **client: Any) -> Workspace:
    return workspace(str(root), timezones={"acme": "UTC", "other": "UTC"}, **client)


@functools.cache
def cube_as_of(as_of: dt.date | None) -> Cube:
    return build_cube(world(TABLES), space(Path()), as_of)


def write(
    root: Path, *, period: Period = Q3, as_of: dt.date | None = None, **client: Any
) -> tuple[Path, Path]:
    folders = write_extracts(space(root, **client), cube_as_of(as_of), "acme", period)
    return folders[0], folders[1]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_per_audience_with_its_files(tmp_path: Path) -> None:
    client, internal = write(tmp_path)
    assert client == tmp_path / ".reviewkit" / "extracts" / "acme" / "2026Q3" / "client"
    assert client == extract_folder(space(tmp_path), "acme", Q3, "client")
    assert sorted(bytes_of(client)) == [
        "cube/shipments.parquet",
        "extract.json",
        "params.json",
        "registers/cases.parquet",
        "registers/invoice_lines.parquet",
    ]
    assert sorted(set(bytes_of(internal)) - set(bytes_of(client))) == ["registers/budget.parquet"]
    assert sorted(path.name for path in client.parent.iterdir()) == ["client", "internal"]


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    first = [bytes_of(folder) for folder in write(tmp_path / "a")]
    again = [bytes_of(folder) for folder in write(tmp_path / "b")]
    replaced = [bytes_of(folder) for folder in write(tmp_path / "a")]
    assert first == again == replaced


def test_an_older_extract_is_replaced_and_the_same_one_left_alone(tmp_path: Path) -> None:
    client, _ = write(tmp_path)
    before = client.stat().st_ino
    assert write(tmp_path)[0].stat().st_ino == before
    write(tmp_path, name="Acme Motors")
    assert read_extract(client).params.client.name == "Acme Motors"
    assert sorted(path.name for path in client.parent.iterdir()) == ["client", "internal"]


def test_the_order_of_rows_makes_no_difference(tmp_path: Path) -> None:
    made = space(tmp_path)
    turned = {name: list(reversed(rows)) for name, rows in TABLES.items()}
    (one,) = write_extracts(made, cube_as_of(None), "acme", Q3, ["internal"])
    before = bytes_of(one)
    (two,) = write_extracts(made, build_cube(world(turned), made), "acme", Q3, ["internal"])
    assert bytes_of(two) == before


def test_the_hash_changes_with_data_parameters_and_day(tmp_path: Path) -> None:
    hashes = {
        read_extract(folder).hash
        for folder in (
            *write(tmp_path / "a"),
            *write(tmp_path / "b", name="Acme Motors"),
            *write(tmp_path / "c", as_of=dt.date(2026, 10, 5)),
        )
    }
    assert len(hashes) == 6


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    _, folder = write(tmp_path)
    extract = read_extract(folder)
    assert (extract.client, extract.audience, extract.as_of) == ("acme", "internal", AS_OF)
    assert extract.period == Q3
    assert extract.cutoff == dt.datetime(2026, 10, 6, 16, tzinfo=dt.UTC)
    assert extract.house.name == "Meridian Logistics"
    assert extract.params.client.name == "acme"
    assert extract.registers["budget"]["cost"].tolist() == [Decimal("7.0000")]
    assert extract.manifest.tables["shipments"].sources == ("Transport system",)
    (margin,) = evaluate(extract.metric_data, ["gross_margin"], Q3, as_of=AS_OF)
    assert (margin.numerator, margin.denominator) == ("2.15", "10.25")


def test_a_table_without_a_row_of_the_client_is_not_supplied(tmp_path: Path) -> None:
    extract = read_extract(write(tmp_path)[0])
    assert "surveys" not in extract.manifest.tables
    (nps,) = evaluate(extract.metric_data, ["nps"], Q3, as_of=AS_OF)
    assert nps.status == "no_data"


def test_the_clients_extract_knows_no_internal_metric(tmp_path: Path) -> None:
    data = read_extract(write(tmp_path)[0]).metric_data
    values = evaluate(data, ["gross_margin", "revenue_against_budget"], Q3, as_of=AS_OF)
    assert {value.status for value in values} == {"no_data"}
    assert {value.value for value in values} == {None}


def test_a_shared_budget_comes_without_its_internal_columns(tmp_path: Path) -> None:
    extract = read_extract(write(tmp_path, shares=("budget",))[0])
    assert "cost" not in extract.registers["budget"]
    (value,) = evaluate(extract.metric_data, ["revenue_against_budget"], Q3, as_of=AS_OF)
    assert (value.value, value.unit) == ("1.25", "EUR")


def test_measures_reach_three_years_back_and_end_with_the_period(tmp_path: Path) -> None:
    months = read_extract(write(tmp_path)[0]).cube["shipments"]["month"]
    assert [month.date() for month in months] == [dt.date(2026, 7, 1)]
    begins = read_extract(write(tmp_path)[0]).manifest.tables["shipments"].begins
    assert begins == dt.date(2023, 10, 1)


def test_a_backdated_extract_knows_nothing_later(tmp_path: Path) -> None:
    extract = read_extract(write(tmp_path, as_of=dt.date(2026, 8, 31))[1])
    lines = extract.registers["invoice_lines"]
    assert lines["invoice_id"].tolist() == ["R1"]
    assert lines["disputed_on"].isna().all()
    assert lines["dispute_outcome"].isna().all()
    assert extract.registers["cases"]["closed_at"].isna().all()
    assert extract.as_of == dt.date(2026, 8, 31)


def test_reviews_and_commentary_are_those_of_the_period_and_its_references(tmp_path: Path) -> None:
    made = space(tmp_path)
    ids = ("2025Q3", "2026Q1", "2026Q2", "2026Q3", "2026Q4")
    own = made.clients["acme"].model_copy(
        update={
            "reviews": {name: ReviewFacts(headline=name) for name in ids},
            "commentary": {name: (Comment(heading="Outlook", text=name),) for name in ids},
        }
    )
    made = made.model_copy(update={"clients": made.clients | {"acme": own}})
    (folder,) = write_extracts(made, cube_as_of(None), "acme", Q3, ["client"])
    params = read_extract(folder).params
    assert sorted(params.reviews) == sorted(params.commentary) == ["2025Q3", "2026Q2", "2026Q3"]


def test_a_changed_added_or_missing_file_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path)[0]
    params = folder / "params.json"
    good = params.read_bytes()
    params.write_bytes(good.replace(b"Meridian", b"Meridien"))
    with pytest.raises(ExtractError, match=r"changed: params\.json"):
        read_extract(folder)
    params.write_bytes(good)
    (folder / "cube" / "other.parquet").write_bytes(b"")
    with pytest.raises(ExtractError, match=r"cube/other\.parquet"):
        read_extract(folder)
    (folder / "cube" / "other.parquet").unlink()
    (folder / "registers" / "cases.parquet").unlink()
    with pytest.raises(ExtractError, match=r"registers/cases\.parquet"):
        read_extract(folder)


def test_a_changed_manifest_another_version_and_no_extract_are_told(tmp_path: Path) -> None:
    folder = write(tmp_path)[0]
    manifest = folder / "extract.json"
    facts = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(facts | {"as_of": "2026-10-05"}))
    with pytest.raises(ExtractError, match="changed since it was written"):
        read_extract(folder)
    manifest.write_text(json.dumps(facts | {"schema_version": SCHEMA + 1}))
    with pytest.raises(ExtractError, match=f"its layout is {SCHEMA + 1}, not {SCHEMA}"):
        read_extract(folder)
    manifest.write_text("{")
    with pytest.raises(ExtractError, match="cannot be read as JSON"):
        read_extract(folder)
    manifest.write_text(json.dumps({"schema_version": SCHEMA}))
    with pytest.raises(ExtractError, match="is not an extract's"):
        read_extract(folder)
    with pytest.raises(ExtractError, match=r"extract\.json is missing"):
        read_extract(tmp_path / "nowhere")


def test_parameters_of_another_version_are_told(tmp_path: Path) -> None:
    folder = write(tmp_path)[0]
    params = folder / "params.json"
    said = json.loads(params.read_text())
    del said["house"]["paper"]
    params.write_text(json.dumps(said))
    # As the other version would have signed it.
    facts = json.loads((folder / "extract.json").read_text())
    facts["files"]["params.json"] = hashlib.sha256(params.read_bytes()).hexdigest()
    sign(folder, Manifest.model_validate(facts))
    with pytest.raises(ExtractError, match=r"params\.json is of another version .*house\.paper"):
        read_extract(folder)


def test_another_layout_is_another_version() -> None:
    layout = {
        name: [*fact.dims, *(f"{item.name}:{item.type}" for item in fact.measures)]
        for name, fact in FACTS.items()
    }
    found = hashlib.sha256(json.dumps(layout, sort_keys=True).encode()).hexdigest()[:16]
    # Where this fails, raise SCHEMA and pin what is found: an extract made before the change
    # would lack a column that figures are computed from.
    assert (SCHEMA, found) == (2, "d09a7faf1a00ff9b")
