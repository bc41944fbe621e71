"""A global account from its folder to its pack: what makes it stale, and whom it may name."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from houses import write_house, write_notebook

from reviewkit.build import Built, Listener, Selection, build, extract
from reviewkit.build.figures import figures
from reviewkit.build.lineage import lineage
from reviewkit.build.release import approve_pack
from reviewkit.errors import ReleaseError, UsageError
from reviewkit.extract import read_extract
from reviewkit.params import load_workspace

NAMES = 'show(Heading(role="headline", text="{}"))'
ONE = Selection(audiences=("client",), formats=("html",), jobs=1)


def house(root: Path, text: str = "Forty deliveries each") -> Path:
    """Write two members, a stranger, and the account of the members in another time zone."""
    write_house(root, "north", "south", "stranger")
    folder = root / "params" / "group"
    folder.mkdir()
    more = {"members": {"north": "EMEA", "south": "APAC"}, "timezone": "Asia/Tokyo"}
    client = {"name": "Client group", "currency": "EUR", "reports": ["small"]}
    (folder / "client.yaml").write_text(json.dumps(client | more))
    write_notebook(root / "notebooks" / "small.ipynb", NAMES.format(text))
    return root


def run(root: Path, *clients: str) -> Built:
    chosen = Selection(clients=clients, audiences=ONE.audiences, formats=ONE.formats, jobs=1)
    return build(load_workspace(root), chosen, Listener())


def test_a_global_account_is_built_and_made_anew_when_a_member_changes(tmp_path: Path) -> None:
    root = house(tmp_path / "house")
    assert len(run(root, "group").made) == 1
    assert run(root, "group").current == 1

    data = root / "data" / "shipments.csv"
    rows = data.read_text()
    data.write_text(rows.replace("1-40,south,2026-08-13,", "1-40,south,2026-08-12,"))
    assert data.read_text() != rows
    assert len(run(root, "group").made) == 1

    data.write_text(
        data.read_text().replace("2-40,stranger,2026-08-13,", "2-40,stranger,2026-08-12,")
    )
    assert run(root, "group").current == 1


def test_parameters_of_a_member_that_decide_make_it_stale(tmp_path: Path) -> None:
    root = house(tmp_path / "house")
    run(root, "group")
    rules = {"delivery": [{"tolerance_minutes": 600, "early_minutes": 0}]}
    (root / "params" / "stranger" / "contract.yaml").write_text(json.dumps(rules))
    assert run(root, "group").current == 1
    (root / "params" / "south" / "client.yaml").write_text(
        json.dumps({"name": "Client far south", "currency": "EUR", "reports": ["small"]})
    )
    assert len(run(root, "group").made) == 1


@pytest.mark.parametrize("audience", ["client", "internal"])
def test_figures_by_account_and_region(tmp_path: Path, audience: str) -> None:
    space = load_workspace(house(tmp_path / "house"))
    by = figures(space, "group", Selection(period="2026Q3"), audience, ("account", "region"))
    counted = {tuple(v.by.values()): v.n for v in by if v.metric == "shipments"}
    assert counted == {("Client north", "EMEA"): 40, ("Client south", "APAC"): 40}
    with pytest.raises(UsageError, match='no dimension "account"'):
        figures(space, "north", Selection(period="2026Q3"), audience, ("account",))


@pytest.mark.parametrize(
    ("by", "owners"),
    [
        ({}, {"1-": 40, "0-": 40}),
        ({"account": "Client south"}, {"1-": 40}),
        ({"region": "EMEA"}, {"0-": 40}),
    ],
)
def test_a_figure_of_a_global_account_is_explained_by_its_members_rows(
    tmp_path: Path, by: dict[str, str], owners: dict[str, int]
) -> None:
    """North's forty deliveries are numbered 0-1 to 0-40, south's 1-1 to 1-40."""
    space = load_workspace(house(tmp_path / "house"))
    for metric in ("shipments", "on_time_delivery", "otif"):
        found = lineage(space, "group", metric, Selection(period="2026Q3"), "client", by)
        assert found.agrees
        assert found.value.n == len(found.rows) == sum(owners.values())
        told = found.rows["shipment_id"].str[:2].value_counts().to_dict()
        assert told == owners


def test_the_extract_of_a_global_account_holds_its_members_and_nobody_else(tmp_path: Path) -> None:
    root = house(tmp_path / "house")
    folder = extract(load_workspace(root), "group", Selection(period="2026Q3"), "client")
    made = read_extract(folder)
    assert made.metric_data.members == {"Client north": "EMEA", "Client south": "APAC"}
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"stranger" not in held
    frame = pd.read_parquet(folder / "cube" / "shipments.parquet")
    assert "owned_by" not in frame
    own = extract(load_workspace(root), "north", Selection(period="2026Q3"), "client")
    assert "account" not in pd.read_parquet(own / "cube" / "shipments.parquet")
    assert b"south" not in b"".join(p.read_bytes() for p in own.rglob("*") if p.is_file())


@pytest.mark.parametrize(
    ("client", "named", "passes"),
    [
        ("group", "Client south", True),
        ("group", "Client stranger", False),
        ("south", "Client group", True),
        ("south", "Client north", False),
    ],
)
def test_the_guard_knows_who_belongs_together(
    tmp_path: Path, client: str, named: str, passes: bool
) -> None:
    root = house(tmp_path / "house", named)
    run(root, client)
    space = load_workspace(root)
    if passes:
        assert approve_pack(space, client, "2026Q3", "N. Vale").by == "N. Vale"
    else:
        with pytest.raises(ReleaseError, match="another client"):
            approve_pack(space, client, "2026Q3", "N. Vale")
