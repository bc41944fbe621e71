"""What was agreed in an approved review reaches the next one, each audience its own."""

from __future__ import annotations

import json
from pathlib import Path

from houses import write_house

from reviewkit.build import Listener, Selection, approve_pack, build, extract
from reviewkit.extract.read import read_extract
from reviewkit.review import Review
from reviewkit.workspace import open_workspace

HEAD = "id,client,raised,title,side,due,closed,secret\n"
OPEN = "A-1,tiny,2026-07-02,Audit the dock,provider,2026-08-10,,no\n"
SECRET = "A-2,tiny,2026-07-02,Raise the price,provider,2026-08-10,,yes\n"
CLOSED = "A-3,tiny,2026-07-02,Paint the gate,client,2026-07-20,2026-07-20,no\n"
STAYS = "A-4,tiny,2026-07-02,Scan at the gate,client,2026-11-01,,no\n"


def house(root: Path) -> Path:
    write_house(root)
    path = root / "params" / "house.yaml"
    written = json.loads(path.read_text())
    written["sources"]["actions"] = [
        {
            "file": "data/actions.csv",
            "cutoff": "2026-10-06T18:00:00+00:00",
            "client": {"column": "client", "keys": {"tiny": "tiny"}},
            "columns": {
                "action_id": "id",
                "raised_on": "raised",
                "title": "title",
                "side": "side",
                "due_on": "due",
                "closed_on": "closed",
                "internal": "secret",
            },
        }
    ]
    path.write_text(json.dumps(written))
    return root


def test_what_is_gone_from_the_list_is_told_and_secrets_stay_secret(tmp_path: Path) -> None:
    root = house(tmp_path / "house")
    actions = root / "data" / "actions.csv"
    actions.write_text(HEAD + OPEN + SECRET + CLOSED + STAYS)
    workspace = open_workspace(root)
    july = Selection(period="2026-07", formats=("html",), jobs=1)
    assert build(workspace, july, Listener()).ok
    # Built and not approved: nobody has been told anything.
    august = Selection(clients=("tiny",), period="2026-08")
    assert read_extract(extract(workspace, "tiny", august, "client")).agreed is None

    approve_pack(workspace, "tiny", "2026-07", "Dana Example")
    actions.write_text(HEAD + STAYS)
    dropped: dict[str, list[str]] = {}
    for audience in ("client", "internal"):
        folder = extract(workspace, "tiny", august, audience)  # type: ignore[arg-type]
        own = read_extract(folder)
        assert own.agreed is not None
        assert own.agreed.period == "2026-07"
        dropped[audience] = sorted({item.id for item in own.agreed.actions} - {"A-4"})
        shown = str(Review.of(own).prior_actions().block.model_dump())
        assert "Gone from the list" in shown
        assert ("Raise the price" in shown) is (audience == "internal")
        if audience == "client":
            assert "A-2" not in (folder / "params.json").read_text()
    # What was closed then is not missed now.
    assert dropped == {"client": ["A-1"], "internal": ["A-1", "A-2"]}
