"""A pack is approved, its data change, and the pack of the next month says so: all of it built."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from houses import write_house, write_notebook

from reviewkit.build import Listener, Selection, build
from reviewkit.build.release import approve_pack
from reviewkit.params import load_workspace

OPEN = "from reviewkit import open_review\nreview = open_review(client, period, audience)"
CELLS = (OPEN, "review.front('Small review')", "review.scorecard()", "review.restatements()")


def house(root: Path) -> Path:
    """Write forty deliveries, all on time: 27 due in July and 13 in August."""
    write_house(root)
    params = root / "params" / "house.yaml"
    params.write_text(json.dumps(json.loads(params.read_text()) | {"minimum_n": 5}))
    write_notebook(root / "notebooks" / "small.ipynb", *CELLS)
    return root


def page(root: Path, period: str) -> str:
    """Build the client's page of a month, and return its text."""
    chosen = Selection(period=period, audiences=("client",), formats=("html",), jobs=1)
    assert not build(load_workspace(root), chosen, Listener()).failed
    (made,) = (root / "reports" / "tiny" / period).glob("*.html")
    told = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", made.read_text(), flags=re.DOTALL)
    return " ".join(html.unescape(told).split())


def test_what_an_approved_pack_said_and_no_longer_holds_is_in_the_next(tmp_path: Path) -> None:
    root = house(tmp_path / "house")
    assert "Rows were corrected" not in page(root, "2026-07")
    assert approve_pack(load_workspace(root), "tiny", "2026-07", "N. Vale").period == "2026-07"

    data = root / "data" / "shipments.csv"
    rows = data.read_text()
    # One delivery of July is recorded late, and two that were on time came a day too late.
    for day in (2, 3):
        early = f",2026-07-0{day} 12:00,"
        assert rows.count(early) == 1
        rows = rows.replace(early, f",2026-07-0{day + 2} 12:00,")
    data.write_text(rows + "0-41,tiny,2026-07-30,2026-07-30 06:00,2026-07-30 12:00,1\n")

    said = page(root, "2026-08")
    # 27 of 27 were on time, and 26 of 28 are: 92.857 %.
    assert "Shipments Jul 2026 27 28 +1 One case was recorded later." in said
    assert (
        "On-time delivery, % Jul 2026 100.0 92.9 −7.1 One case was recorded later; rows were "
        "corrected. Small review, Jul 2026" in said
    )
    # In full were 27 of 27 and are 28 of 28: the same figure is no restatement.
    assert "In full, % Jul 2026 100.0" not in said
