"""The pipeline of an account from deals written down by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from reviews import figures, view

from reviewkit.analysis.pipeline import pipeline
from reviewkit.blocks import Heading, NotSupplied, Table, walk
from reviewkit.display import pipeline as shown


def deal(name: str, **more: Any) -> dict[str, Any]:
    return {"opportunity_id": name, "name": f"Deal {name}", "created_on": "2026-05-01"} | more


DEALS = (
    deal("A", amount="100000.00", probability=0.4, close_on="2026-11-30", service="Freight"),
    deal("B", amount="50000.00", probability=0.5, close_on="2026-09-16", site="Lyon"),
    deal("C", amount="70000.00"),
    deal("D", amount="9.00", currency="USD", probability=0.9, close_on="2027-01-01"),
    deal("won", amount="30000.00", closed_on="2026-08-01", won=True),
    deal("lost", amount="20000.00", closed_on="2026-09-30", won=False),
    deal("earlier", amount="20000.00", closed_on="2026-06-30", won=True),
    deal("undecided", amount="20000.00", closed_on="2026-08-01"),
)
TOUCHED = (
    {"activity_id": "1", "at": "2026-10-01 09:00", "opportunity_id": "A"},
    {"activity_id": "2", "at": "2026-06-01 09:00", "opportunity_id": "A"},
    {"activity_id": "3", "at": "2026-07-01 09:00", "opportunity_id": "B"},
)


def test_open_deals_add_up_and_late_or_quiet_ones_are_told() -> None:
    found = pipeline(figures(audience="internal", opportunities=DEALS, crm_activities=TOUCHED))
    assert found is not None
    # By expected decision; without one last. What was closed without an outcome is not open.
    assert [item.id for item in found.open] == ["B", "A", "D", "C"]
    # Dollars have no rate: 100,000 + 50,000 + 70,000; 0.4 × 100,000 + 0.5 × 50,000.
    assert (found.amount, found.weighted) == (Decimal(220000), Decimal(65000))
    # 16 September to 6 October are 20 days.
    assert [(item.id, item.overdue) for item in found.overdue] == [("B", 20)]
    # B was touched 97 days ago; C and D never, and were entered 158 days ago; A 5 days ago.
    assert [(item.id, item.quiet) for item in found.silent] == [("B", 97), ("D", 158), ("C", 158)]
    assert [(item.id, item.won) for item in found.decided] == [("lost", False), ("won", True)]


def test_without_activities_no_deal_is_called_quiet() -> None:
    found = pipeline(figures(audience="internal", opportunities=DEALS))
    assert found is not None
    assert found.silent == ()
    assert {item.touched for item in found.open} == {None}


def test_the_page_leads_with_the_worth() -> None:
    at = view(figures(audience="internal", opportunities=DEALS, crm_activities=TOUCHED))
    block = shown.pipeline(at)
    heading = next(part for part in walk(block) if isinstance(part, Heading))
    assert heading.text == "Four open deals of €220,000 a year, €65,000 by their chance"
    assert "1 past its expected decision; 3 untouched for two months" in heading.note[0].text
    open_, decided = (part for part in walk(block) if isinstance(part, Table))
    first = [cell.text for cell in open_.rows[0].cells]
    assert first == ["Deal B", "Lyon", "–", "€50,000", "50%", "16 Sept 2026", "1 Jul"]
    assert open_.rows[0].cells[5].note == "20 days past"
    assert [row.cells[-1].text for row in decided.rows] == ["Lost", "Won"]


def test_no_deals_and_no_open_deal_are_told() -> None:
    assert isinstance(shown.pipeline(view(figures(audience="internal"))), NotSupplied)
    closed = [deal("x", closed_on=dt.date(2026, 8, 1), won=True)]
    block = shown.pipeline(view(figures(audience="internal", opportunities=closed)))
    assert next(part.text for part in walk(block) if isinstance(part, Heading)) == (
        "No deal is open"
    )
