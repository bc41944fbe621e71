"""What a build says of its progress: all that was asked for, of which some is current."""

from __future__ import annotations

import dataclasses
import json
import time
from pathlib import Path

from reviewkit.build import Listener, Outcome, Selection, build
from reviewkit.build.progress import Progress
from reviewkit.params import load_workspace

HOUR = 3600.0


def begun(hours: float, **counts: int) -> Progress:
    """A build as it stands some hours after it began; a stall of the test changes nothing."""
    return Progress(**counts, _began=time.monotonic() - hours * HOUR)


def test_what_is_current_is_counted_and_makes_nothing_faster() -> None:
    # 60 reports in two hours, one in two minutes; 100 − 60 − 25 = 15 more take half an hour.
    assert str(begun(2, total=100, done=60, current=25)) == (
        "85/100, 25 current, 0 a minute, 30 min left"
    )
    # 120 in an hour, 2 a minute; 300 − 120 = 180 more take an hour and a half.
    assert str(begun(1, total=300, done=120)) == "120/300, 2 a minute, 1 h 30 min left"


def test_what_was_not_looked_into_may_be_current_too() -> None:
    told = str(begun(1, total=300, done=120, unseen=60))
    assert told == "120/300, 2 a minute, at most 1 h 30 min left"


def test_nothing_is_awaited_of_a_client_that_is_lost() -> None:
    own = begun(1, total=300, done=120, lost=180)
    assert (own.settled, own.left) == (300, 0)
    assert str(own) == "300/300, 2 a minute"


class Counting(Listener):
    def __init__(self) -> None:
        self.seen: list[Progress] = []

    def done(self, _outcome: Outcome, progress: Progress) -> None:
        self.seen.append(dataclasses.replace(progress))


def counted(root: Path) -> list[tuple[int, int, int]]:
    heard = Counting()
    selection = Selection(jobs=1, audiences=("client",), formats=("html",))
    assert build(load_workspace(root), selection, heard).ok
    return [(item.settled, item.total, item.current) for item in heard.seen]


def test_a_build_counts_all_reports_to_the_end(make_house) -> None:
    root = make_house("alpha", "beta", "gamma")
    assert [item[1:] for item in counted(root)] == [(3, 0)] * 3
    # Parameters of alpha move: beta and gamma are known to be current without a look.
    own = root / "params" / "alpha" / "client.yaml"
    own.write_text(json.dumps(json.loads(own.read_text()) | {"account_manager": "Dana Example"}))
    assert counted(root) == [(3, 3, 2)]
    # The data move: what becomes of the others is found while alpha is made.
    path = root / "data" / "shipments.csv"
    path.write_text(path.read_text().replace("2026-07-02 12:00", "2026-07-09 12:00", 1))
    (last,) = counted(root)
    assert last[1] == 3
    assert last[0] == 1 + last[2]
