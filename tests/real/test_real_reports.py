"""Both reports of three real customers, from files nobody made for this."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest

from reviewkit.build import Selection, build
from reviewkit.params import load_workspace
from reviewkit.scaffold import init_workspace

CUSTOMERS = {
    "savea": "Save-a-lot Markets",
    "ernsh": "Ernst Handel",
    "quick": "QUICK-Stop",
}


@pytest.fixture(scope="module")
def built(northwind_workspace) -> Path:
    """Northwind from SQLite, its client-facing reports built."""
    root = northwind_workspace("sqlite")
    init_workspace(root)
    made = build(
        load_workspace(root), Selection(audiences=("client",)), lambda _: None, lambda *_: None
    )
    assert [outcome.error for outcome in made.failed] == []
    return root


@pytest.mark.slow
@pytest.mark.parametrize("client", CUSTOMERS)
def test_both_reports_come_in_both_formats_and_name_the_customer(built: Path, client: str) -> None:
    folder = built / "reports" / client / "1998Q1"
    for kind in ("executive", "qbr"):
        page = (folder / f"{kind}-client.html").read_text()
        text = "\n".join(
            item.extract_text() for item in pypdf.PdfReader(folder / f"{kind}-client.pdf").pages
        )
        for shown in (page, text):
            assert CUSTOMERS[client] in shown
            assert "Northwind Traders" in shown
            others = {name for slug, name in CUSTOMERS.items() if slug != client}
            assert not any(name in shown for name in others)


@pytest.mark.slow
@pytest.mark.parametrize("client", CUSTOMERS)
def test_shipments_and_late_ones_are_those_of_the_orders(
    built: Path, client: str, shared_data: Path
) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(shared_data / "northwind" / "northwind.db")) as db:
        shipped, due, late = db.execute(
            """
            SELECT
              SUM(ShippedDate BETWEEN '1998-01-01' AND '1998-03-31 24'),
              SUM(RequiredDate BETWEEN '1998-01-01' AND '1998-03-31 24'),
              SUM(RequiredDate BETWEEN '1998-01-01' AND '1998-03-31 24'
                  AND (ShippedDate IS NULL OR date(ShippedDate) > date(RequiredDate)))
            FROM Orders WHERE CustomerID = ?
            """,
            [client.upper()],
        ).fetchone()
    published = json.loads((built / "reports" / client / "1998Q1" / "figures.json").read_text())
    values = {
        figure["metric"]: figure
        for figure in published["figures"]
        if figure["report"] == "qbr" and not figure["by"] and figure["role"] == "value"
    }
    assert values["shipments"]["value"] == shipped
    assert values["on_time_delivery"]["value"] == pytest.approx((due - late) / due)
