"""Nothing internal and nothing of another client is in a client's extract.

Planted values are searched in every cell, key and byte of the folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from planting import Planter
from worlds import workspace, world

from reviewkit.accounts.tables import TABLES
from reviewkit.extract.write import write_extracts
from reviewkit.metrics.cube import build_cube
from reviewkit.periods import parse

Q3 = parse("2026Q3")


@dataclass(frozen=True)
class Planted:
    """Texts of both extracts of acme, and what was planted."""

    client: str
    internal: str
    secrets: list[str]
    others: list[str]


def text_of(folder: Path) -> str:
    """Return all that the files of an extract say: names, keys, cells, and raw bytes."""
    parts = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            parts += [path.name, path.read_bytes().decode("utf-8", "replace")]
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            parts += [str(table.schema), *(str(row) for row in table.to_pylist())]
    return "\n".join(parts)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    own, other = Planter(7310000), Planter(9540000)
    tables = {
        name: [own.row(name, "acme"), other.row(name, "borealis", secret=True)] for name in TABLES
    }
    tables["actions"] += [
        own.row("actions", "acme", secret=True) | {"internal": True},
        own.row("actions", "acme", secret=True) | {"metric": "gross_margin", "internal": False},
    ]
    space = workspace(
        str(tmp_path_factory.mktemp("leak")), timezones={"acme": "UTC", "borealis": "UTC"}
    )
    space = space.model_copy(
        update={"clients": {slug: planter.client(slug, Q3.id)
                            for slug, planter in (("acme", own), ("borealis", other))}}
    )  # fmt: skip
    cube = build_cube(world(tables), space)
    client, internal = write_extracts(space, cube, "acme", Q3)
    return Planted(text_of(client), text_of(internal), own.secrets, other.secrets)


def test_what_was_planted_is_worth_searching(planted: Planted) -> None:
    assert len(planted.secrets) > 60
    assert all(sum(char.isdigit() for char in secret) >= 5 for secret in planted.secrets)
    missing = [secret for secret in planted.secrets if secret not in planted.internal]
    # An action's metric is overwritten above; all else reaches the house's own extract.
    assert len(missing) <= 1


def test_nothing_internal_is_in_the_clients_extract(planted: Planted) -> None:
    found = [secret for secret in planted.secrets if secret in planted.client]
    assert found == []


def test_no_internal_name_is_in_the_clients_extract(planted: Planted) -> None:
    names = [table.name for table in TABLES.values() if table.internal]
    names += [c.name for t in TABLES.values() for c in t.columns if c.internal and c.name != "cost"]
    names += ["gross_margin", "revenue_against_budget", "margin_", "renewal_strategy", "swot"]
    assert {"payments", "budget", "margin_", "swot"} <= {n for n in names if n in planted.internal}
    assert [name for name in names if name in planted.client] == []


@pytest.mark.parametrize("audience", ["client", "internal"])
def test_another_clients_world_is_absent(planted: Planted, audience: str) -> None:
    text = getattr(planted, audience)
    assert "borealis" not in text
    assert [secret for secret in planted.others if secret in text] == []
