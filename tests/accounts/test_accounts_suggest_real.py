"""Real data and the demo's exports: what is proposed is right, and is checked without an edit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from drafts import columns, house, propose

from reviewkit.accounts import open_accounts
from reviewkit.accounts.suggest import Proposal
from reviewkit.cli import cli
from reviewkit.demo import write_demo
from reviewkit.params import Workspace
from reviewkit.params.yaml import Source, read_yaml
from reviewkit.scaffold.drafted import draft_client
from reviewkit.workspace import open_workspace

ENOUGH = 0.9
"""Share of the demo's columns that must be found, and of the found ones that must be right."""

SMALL = 2_500_000
"""Bytes of an export up to which it is read twice for a comparison."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return house(tmp_path / "house")


def checked(root: Path) -> dict[str, dict[str, Any]]:
    """What `reviewkit check` says of each table of the draft, as it was written."""
    done = CliRunner().invoke(cli, ["check", "--json", "--workspace", str(root)])
    assert done.exit_code == 0, done.output
    return {table["table"]: table for table in json.loads(done.output)["tables"]}


def test_northwinds_lines_are_joined_to_their_orders(shared_data: Path, root: Path) -> None:
    folder = shared_data / "northwind"
    draft_client(root, "savea", [folder / "OrderDetails.csv", folder / "Orders.csv"])
    tables = checked(root)
    # Counted with SQL: 2,155 lines, 116 of them of SAVEA.
    assert (tables["order_lines"]["rows_in"], tables["order_lines"]["rows_out"]) == (2_155, 116)


@pytest.mark.parametrize("name", ["Orders.csv", "northwind.db"])
def test_northwind_is_checked_as_drafted(shared_data: Path, root: Path, name: str) -> None:
    drafted = draft_client(root, "savea", [shared_data / "northwind" / name])
    assert drafted.proposal.open == ()
    assert drafted.in_house
    tables = checked(root)
    # Counted with SQL: 830 orders, 31 of them of SAVEA.
    assert (tables["shipments"]["rows_in"], tables["shipments"]["rows_out"]) == (830, 31)
    source = open_workspace(root).house.sources["shipments"][0]
    assert source.client.column == "CustomerID"
    found = {name: entry.column for name, entry in source.columns.items()}
    assert found["shipment_id"] == "OrderID"
    assert found["ordered_at"] == "OrderDate"
    assert found["promised_at"] == "RequiredDate"
    assert found["shipped_at"] == "ShippedDate"
    assert found["freight_revenue"] == "Freight"
    assert "delivered_at" not in found  # nothing in the file says when it arrived


def test_northwinds_database_takes_each_order_once(shared_data: Path, root: Path) -> None:
    draft_client(root, "savea", [shared_data / "northwind" / "northwind.db"])
    sources = open_workspace(root).house.sources
    assert {name: [one.table for one in held] for name, held in sources.items()} == {
        "shipments": ["Orders"],
        "order_lines": [None],  # a query: the lines joined to their orders, which name the client
        "invoice_lines": ["Invoices"],
    }
    with open_accounts(open_workspace(root)) as accounts:
        lines = accounts.tables["invoice_lines"]
        amount = accounts.con.to_pyarrow(lines.amount.sum()).as_py()
    # Net sales of SAVEA by plain SQL over the lines: 104,361.95, each line rounded to cents.
    assert float(amount) == pytest.approx(104_361.95, abs=0.5)


def test_online_retail_is_checked_as_drafted(shared_data: Path, root: Path) -> None:
    file = shared_data / "online_retail" / "online_retail.parquet"
    drafted = draft_client(root, "c17850", [file])
    assert drafted.proposal.open == ()
    tables = checked(root)
    assert (tables["invoice_lines"]["rows_in"], tables["invoice_lines"]["rows_out"]) == (
        541_909,
        312,
    )
    found = columns(drafted.proposal)
    assert found["invoice_id"] == "InvoiceNo"
    assert found["issued_on"] == "InvoiceDate"
    assert found["quantity"] == "Quantity"
    assert found["rate"] == "UnitPrice"
    assert set(found["amount"]) == {"expression"}  # no column holds it
    assert set(found["line"]) == {"expression"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Proposal]:
    """The demo's exports, and what is proposed for them knowing nothing of its house.yaml."""
    root = tmp_path_factory.mktemp("demo")
    write_demo(root)
    files = sorted(path for path in (root / "data").iterdir() if path.is_file())
    return root, propose(root, *files)


Choices = dict[tuple[str, str, str], str | None]


def written(root: Path) -> Choices:
    """Per table, file and column of the demo's house.yaml, the column of the file."""
    source = read_yaml(root / "params" / "house.yaml", "house.yaml")
    assert isinstance(source, Source)
    found: Choices = {}
    for table, held in source.data["sources"].items():
        for one in held:
            if "file" not in one:
                continue
            for name, entry in one["columns"].items():
                column = entry if isinstance(entry, str) else entry.get("column")
                found[table, one["file"], name] = column
            found[table, one["file"], "client"] = one["client"].get("column")
    return found


def proposed(proposal: Proposal) -> Choices:
    """The same of the proposal; an expression has no column."""
    found: Choices = {}
    for one in proposal.drafts:
        file = str(one.seen.source.file)
        for entry in one.entries:
            found[one.table.name, file, entry.name] = entry.given.get("column")
        found[one.table.name, file, "client"] = one.whose.column
    return found


@pytest.mark.slow
def test_the_demos_own_mapping_is_found(demo: tuple[Path, Proposal]) -> None:
    root, proposal = demo
    wanted, found = written(root), proposed(proposal)
    right = {place for place, column in wanted.items() if place in found and found[place] == column}
    assert len(wanted) > 80
    missed = sorted(set(wanted) - right)
    assert len(right) >= ENOUGH * len(wanted), missed
    assert len(right) >= ENOUGH * len(found), sorted(set(found) - right)


@pytest.mark.slow
def test_the_demos_files_are_the_tables_they_are(demo: tuple[Path, Proposal]) -> None:
    root, proposal = demo
    assert {(one.table.name, str(one.seen.source.file)) for one in proposal.drafts} == {
        (table, file) for table, file, _ in written(root)
    }
    assert proposal.rejected == ()


@pytest.mark.slow
def test_the_demos_formats_are_found(demo: tuple[Path, Proposal]) -> None:
    root, proposal = demo
    source = read_yaml(root / "params" / "house.yaml", "house.yaml")
    assert isinstance(source, Source)
    wanted = {
        (table, one.get("file"), name): entry["format"]
        for table, held in source.data["sources"].items()
        for one in held
        for name, entry in one["columns"].items()
        if isinstance(entry, dict) and "format" in entry
    }
    found = {
        (one.table.name, str(one.seen.source.file), entry.name): entry.given.get("format")
        for one in proposal.drafts
        for entry in one.entries
    }
    assert len(wanted) >= 4
    assert {place: found.get(place) for place in wanted} == wanted


@pytest.mark.slow
def test_the_demos_exports_are_used_as_its_own_mapping_uses_them(
    demo: tuple[Path, Proposal], root: Path
) -> None:
    """The ids of one client said: the same rows are taken, and the same set aside."""
    folder, _ = demo
    whole = open_workspace(folder)
    files = sorted(path for path in (folder / "data").iterdir() if path.stat().st_size < SMALL)
    named = {f"data/{path.name}" for path in files}
    sources = {
        table: tuple(one for one in held if one.file in named)
        for table, held in whole.house.sources.items()
    }
    kept = {table: held for table, held in sources.items() if held}
    own = whole.model_copy(update={"house": whole.house.model_copy(update={"sources": kept})})
    ids = {
        key
        for held in kept.values()
        for one in held
        for key, slug in one.client.keys.items()
        if slug == "acme"
    }
    drafted = draft_client(root, "acme", files, ids=sorted(ids))
    assert drafted.proposal.open == ()
    assert len(kept) >= 5

    def used(workspace: Workspace) -> dict[str, tuple[int, int]]:
        with open_accounts(workspace) as accounts:
            totals = accounts.check().clients
        return {one.table: (one.rows_in, one.rows_out) for one in totals if one.client == "acme"}

    assert used(open_workspace(root)) == used(own)
