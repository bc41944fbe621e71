"""What was agreed in an approved review reaches the next one, each audience its own."""

from __future__ import annotations

import json
from pathlib import Path

from houses import write_house

from reviewkit.build import Listener, Selection, approve_pack, build, extract
from reviewkit.build.agreed import last_agreed
from reviewkit.extract.read import read_extract
from reviewkit.periods import GREGORIAN, parse
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


def test_a_review_follows_the_last_approved_one_of_its_own_kind(tmp_path: Path) -> None:
    for period in ("2026Q2", "2026-07", "2026-08"):
        agreed = {"client": {"period": period}}
        approval = {
            "client": "tiny",
            "period": period,
            "by": "Dana Example",
            "at": "2026-10-01T00:00:00+00:00",
            "hash": "00",
            "files": {},
            "agreed": agreed,
        }
        folder = tmp_path / "reports" / "tiny" / period
        folder.mkdir(parents=True)
        (folder / "approval.json").write_text(json.dumps(approval))

    def before(period: str) -> str:
        return last_agreed(tmp_path, "tiny", parse(period), GREGORIAN)["client"].period

    # A quarter follows its quarter, whatever months were approved since.
    assert before("2026Q3") == "2026Q2"
    assert before("2026-09") == "2026-08"
    assert before("2026-08") == "2026-07"
    # Where there is none of its kind, it follows the latest of another.
    assert before("2026-07") == "2026Q2"
    assert before("2026H2") == "2026-08"
