"""Until when a client's tables are complete: as its own sources say, whatever others do."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from reviewkit.metrics.calendar import cutoffs_of, horizon
from reviewkit.params import load_workspace
from reviewkit.params.models import Workspace

EARLY = "2026-09-16T18:00:00-04:00"
LATE = "2026-10-06T18:00:00+02:00"


def workspace(root: Path) -> Workspace:
    """Two clients; the deliveries of one come from a source that ended early."""
    columns = {"shipment_id": "id"}
    shipments = [
        {"file": "a.csv", "cutoff": LATE, "client": {"column": "c", "keys": {"1": "anna"}}},
        {"file": "b.csv", "cutoff": EARLY, "client": {"constant": "bert"}},
    ]
    cases = {"file": "c.csv", "cutoff": LATE, "columns": {"case_id": "id", "opened_at": "at"}}
    house = {
        "name": "House",
        "timezone": "Europe/Amsterdam",
        "sources": {
            "shipments": [{**source, "columns": columns} for source in shipments],
            "cases": [{**cases, "client": {"column": "c", "keys": {"1": "anna", "2": "bert"}}}],
        },
    }
    members = {"both": ["anna", "bert"], "top": ["both", "carl"]}
    for name in ("anna", "bert", "carl", *members):
        folder = root / "params" / name
        folder.mkdir(parents=True)
        client = {"name": name, "currency": "EUR", "members": members.get(name, [])}
        (folder / "client.yaml").write_text(json.dumps(client))
    (root / "params" / "house.yaml").write_text(json.dumps(house))
    return load_workspace(root)


def test_a_source_that_ended_holds_up_its_own_clients_only(tmp_path: Path) -> None:
    own = workspace(tmp_path)
    early, late = (dt.datetime.fromisoformat(text) for text in (EARLY, LATE))
    whole = {"shipments": early, "cases": late}
    assert cutoffs_of(own, "anna", whole) == {"shipments": late, "cases": late}
    assert cutoffs_of(own, "bert", whole) == {"shipments": early, "cases": late}
    # No source names carl: what holds for the tables holds for him.
    assert cutoffs_of(own, "carl", whole) == whole
    assert cutoffs_of(own, "anna", {"": early}) == {"": early}


def test_what_is_known_of_a_client_ends_with_its_own_sources(tmp_path: Path) -> None:
    own = workspace(tmp_path)
    early, late = (dt.datetime.fromisoformat(text) for text in (EARLY, LATE))
    whole = {"shipments": early, "cases": late}
    anna, bert = (horizon(own, client, whole) for client in ("anna", "bert"))
    assert anna.as_of == dt.date(2026, 10, 6)
    assert anna.due_until.isoformat() == "2026-10-06T16:00:00"
    # 22:00 UTC on 16 September is midnight in Amsterdam: the next day has begun.
    assert bert.as_of == dt.date(2026, 9, 17)
    assert bert.due_until.isoformat() == "2026-09-16T22:00:00"


def test_a_global_account_is_complete_as_far_as_the_earliest_of_its_members(tmp_path: Path) -> None:
    own = workspace(tmp_path)
    early, late = (dt.datetime.fromisoformat(text) for text in (EARLY, LATE))
    whole = {"shipments": late, "cases": late}
    for name in ("both", "top"):
        assert cutoffs_of(own, name, whole) == {"shipments": early, "cases": late}


def test_old_rates_and_sites_hold_up_nobody(tmp_path: Path) -> None:
    own = workspace(tmp_path)
    late = dt.datetime.fromisoformat(LATE)
    old = late.replace(year=2025)
    whole = {"cases": late, "shipments": late, "fx": old, "sites": old}
    assert horizon(own, "anna", whole).as_of == dt.date(2026, 10, 6)
    assert horizon(own, "anna", {"fx": old}).as_of == dt.date(2025, 10, 6)
