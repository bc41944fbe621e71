"""The account plan at work, on plans and rows written down by hand, and the demo's plants."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from reviews import AS_OF, Due, figures

from reviewkit.analysis.plan_changes import changes, days_late
from reviewkit.analysis.plan_entries import entries, year_before
from reviewkit.analysis.plan_people import people
from reviewkit.analysis.plan_space import matrix
from reviewkit.extract.agreed import Agreed, AgreedEntry
from reviewkit.params.load import load_workspace
from reviewkit.params.models import ClientParams, Entry, Initiative, Plan, Stakeholder, Swot

MET = dt.date(2026, 7, 21)


def entry(text: str, date: str = "", evidence: str = "Minutes") -> Entry:
    return Entry(text=text, date=dt.date.fromisoformat(date) if date else None, evidence=evidence)


PLAN = Plan(
    swot=Swot(
        strengths=(entry("fresh", "2026-09-01"), entry("bare", "2026-07-01", "  ")),
        threats=(entry("old", "2025-10-05"), entry("a year to the day", "2025-10-06")),
    ),
    competitors=(entry("undated"),),
    stakeholders=(
        Stakeholder(name="Ada", role="Director", stance="champion", last_contact=MET),
        Stakeholder(name="Bo", role="Purchasing", stance="critic", last_contact=MET, decides=True),
        Stakeholder(name="Cy", role="Planner"),
    ),
    roadmap=(
        Initiative(title="Rail", done=dt.date(2026, 8, 1)),
        Initiative(title="Returns", due=dt.date(2026, 9, 15)),
    ),
)


def test_entries_are_new_old_or_rest_on_nothing() -> None:
    found = {item.entry.text: item for item in entries(PLAN, AS_OF, MET).items}
    assert [text for text, item in found.items() if item.new] == ["fresh"]
    # 6 October 2026 less a year is 6 October 2025: the day itself is not over a year ago.
    assert [text for text, item in found.items() if item.aged] == ["old"]
    assert [text for text, item in found.items() if item.unproved] == ["bare"]
    assert [text for text, item in found.items() if item.wants_work] == ["bare", "old", "undated"]
    assert year_before(dt.date(2028, 2, 29)) == dt.date(2027, 2, 28)


def test_what_an_approved_review_knew_tells_what_changed_and_what_is_gone() -> None:
    agreed = Agreed(
        period="2026Q2",
        entries=(
            AgreedEntry(part="strengths", text="bare", date=dt.date(2026, 7, 1), evidence="Visit"),
            AgreedEntry(part="strengths", text="old", date=dt.date(2025, 10, 5)),
            AgreedEntry(part="competitors", text="undated", evidence="Minutes"),
        ),
        people={"Ada": "neutral", "Bo": "critic", "Di": "sponsor"},
    )
    found = entries(PLAN, AS_OF, MET, agreed)
    assert [item.entry.text for item in found.items if item.changed] == ["bare"]
    # It stood among the strengths, and now stands among the threats.
    assert [(item.part, item.text) for item in found.gone] == [("strengths", "old")]
    deals = [
        {"opportunity_id": "1", "name": "Won", "created_on": "2026-01-01", "amount": "5.00"}
        | {"closed_on": "2026-08-02", "won": True},
        {"opportunity_id": "2", "name": "Lost before", "created_on": "2026-01-01"}
        | {"closed_on": "2026-07-21", "won": False},
        {"opportunity_id": "3", "name": "Opened", "created_on": "2026-07-22"},
        {"opportunity_id": "4", "name": "Open long", "created_on": "2026-07-01"},
    ]
    own = figures(audience="internal", opportunities=deals)
    told = changes(PLAN, own, found, MET, agreed)
    assert [(item.kind, item.text) for item in told] == [
        ("entry_new", "fresh"),
        ("entry_changed", "bare"),
        ("entry_gone", "old"),
        ("stance", "Ada"),
        ("person_new", "Cy"),
        ("person_gone", "Di"),
        ("initiative_done", "Rail"),
        ("deal_won", "Won"),
        ("deal_opened", "Opened"),
    ]
    # 15 September to 6 October.
    assert [days_late(step, AS_OF) for step in PLAN.roadmap] == [0, 21]


def contact(name: str, at: str, kind: str = "meeting") -> dict[str, Any]:
    return {"activity_id": f"{name}{at}", "at": f"{at} 09:00", "kind": kind, "contact": name}


def test_missing_roles_and_silence_are_found() -> None:
    crm = [
        contact("director", "2026-09-30"),
        contact("Purchasing", "2026-09-30", "mail"),
        *(contact("Workshop", f"2026-0{month}-01") for month in (5, 6, 7)),
        *(contact("Gate", f"2026-0{month}-01") for month in (5, 6)),
        *(contact("Retired", f"2025-0{month}-01") for month in (5, 6, 7)),
    ]
    found = people(PLAN, figures(audience="internal", crm_activities=crm))
    # A critic who decides is the decision maker; nobody is a sponsor.
    assert found.missing == ("sponsor",)
    # The director was met on 30 September, whatever is noted; a mail is no meeting: 21 July to
    # 6 October are 77 days. Of the planner no contact is known.
    assert [(item.who.name, item.silent, item.long) for item in found.items] == [
        ("Ada", 6, False),
        ("Bo", 77, False),
        ("Cy", None, True),
    ]
    assert found.unmapped == (("Workshop", 3),)
    strict = people(PLAN.model_copy(update={"silence_days": 76}), figures(audience="internal"))
    assert [item.long for item in strict.items] == [True, True, True]
    assert people(Plan(), figures()).missing == ("sponsor", "decision_maker", "champion")


def line(number: int, service: str, site: str, amount: str, **more: Any) -> dict[str, Any]:
    base = {"invoice_id": f"{number}", "line": "1", "issued_on": "2026-08-31"}
    return base | {"service": service, "site": site, "amount": amount} | more


LINES = [
    line(1, "Storage", "Venlo", "3000.00"),
    line(2, "Storage", "Basel", "500.00"),
    line(3, "Freight", "Lyon", "900.00"),
    line(4, "Returns", "Lyon", "80.00"),
    line(5, "Returns", "Lyon", "-80.00"),
    line(6, "Storage", "Lyon", "70.00", currency="USD"),
    line(7, "Storage", "Lyon", "70.00", issued_on="2025-09-30"),
]
SHIPPED = [
    Due("2026-08", "Venlo → A", 600, 600),
    Due("2026-08", "Basel → A", 200, 200),
    Due("2026-08", "Lyon → A", 100, 100),
    Due("2025-09", "Lyon → A", 900, 900),
]


def test_gaps_are_sized_from_the_clients_own_comparable_sites() -> None:
    deals = [
        {"opportunity_id": "D-1", "created_on": "2026-01-01", "service": "Storage", "site": "Lyon"},
        {"opportunity_id": "D-2", "created_on": "2026-01-01", "service": "Storage", "site": "Lyon"}
        | {"closed_on": "2026-05-01", "won": False},
    ]
    found = matrix(figures(SHIPPED, audience="internal", invoice_lines=LINES, opportunities=deals))
    assert found is not None
    assert (found.start, found.end) == (dt.date(2025, 10, 1), dt.date(2026, 9, 30))
    assert found.volume == {"Venlo": 600, "Basel": 200, "Lyon": 100}
    assert found.spaces["Storage", "Venlo"].revenue == Decimal(3000)
    gap = found.spaces["Storage", "Lyon"]
    # Storage is 5.00 a shipment in Venlo and 2.50 in Basel, 3.75 in the middle; Lyon ships 100.
    # Dollars without a rate, and what was invoiced before the year, are left out.
    assert (gap.size, gap.low, gap.high, gap.sites) == (
        Fraction(375),
        Fraction(250),
        Fraction(500),
        2,
    )
    assert gap.deals == ("D-1",)
    # Freight is 9.00 a shipment in Lyon alone: 600 × 9 in Venlo, 200 × 9 in Basel. What rests
    # on one site comes after what rests on two.
    assert [(s.service, s.site, s.size) for s in found.gaps] == [
        ("Storage", "Lyon", 375),
        ("Freight", "Venlo", 5400),
        ("Freight", "Basel", 1800),
    ]
    # What was invoiced and credited in full is bought nowhere.
    assert found.services == ("Freight", "Storage")


def test_without_service_and_site_there_is_no_matrix() -> None:
    assert matrix(figures(SHIPPED)) is None
    told = {"invoice_lines": ("invoice_id", "line", "amount", "issued_on")}
    assert matrix(figures(SHIPPED, invoice_lines=LINES, supplied=told)) is None
    assert matrix(figures(SHIPPED, invoice_lines=[LINES[6]])) is None


# --- planted in the demo


@pytest.fixture(scope="module")
def demo(repository: Path) -> dict[str, ClientParams]:
    return dict(load_workspace(repository).clients)


def test_the_demos_old_and_unproved_entries_are_found(demo: dict[str, ClientParams]) -> None:
    found = entries(demo["acme"].plan, AS_OF, MET)
    assert [item.entry.text[:22] for item in found.items if item.aged] == ["The gate in Venlo clos"]
    assert [item.entry.text[:15] for item in found.items if item.unproved] == ["The night shift"]
    # Nothing of the kind stands in another client's plan.
    for slug, params in demo.items():
        if slug != "acme":
            assert not any(item.wants_work for item in entries(params.plan, AS_OF).items), slug


def test_the_demos_missing_roles_and_silences_are_found(demo: dict[str, ClientParams]) -> None:
    gantry = people(demo["gantry"].plan, figures())
    assert gantry.missing == ("sponsor", "decision_maker")
    # 11 February to 6 October 2026.
    assert [(item.who.name, item.silent) for item in gantry.items if item.long] == [
        ("Joost Kantelaar", 237)
    ]
    acme = people(demo["acme"].plan, figures())
    assert acme.missing == ()
    assert [item.who.name for item in acme.items if item.long] == ["Caspar Underhill"]
