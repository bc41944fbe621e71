"""The account plan as the house reads it: findings first, gaps told, nothing to the client."""

from __future__ import annotations

import datetime as dt

import pytest
from reviews import Due, figures, view

from reviewkit.blocks import Heading, NotSupplied, Table, walk
from reviewkit.display import plan as shown
from reviewkit.display.view import View
from reviewkit.params.models import Contract, Entry, Initiative, Plan, Stakeholder, Swot

SHIPPED = [Due("2026-08", "Venlo → A", 600, 600), Due("2026-08", "Lyon → A", 100, 100)]
LINES = [
    {"invoice_id": "1", "line": "1", "issued_on": "2026-08-31", "amount": "120000.00"}
    | {"service": "Storage", "site": "Venlo"},
    {"invoice_id": "2", "line": "1", "issued_on": "2026-08-31", "amount": "900.00"}
    | {"service": "Freight", "site": "Lyon"},
]


def planned(plan: Plan, contract: Contract | None = None) -> View:
    at = view(figures(SHIPPED, audience="internal", invoice_lines=LINES))
    params = at.params.model_copy(update={"plan": plan, "contract": contract or Contract()})
    return View(figures=at.figures, params=params, house=at.house, formats=at.formats)


def headings(at: View) -> list[str]:
    return [part.text for part in walk(shown.plan(at)) if isinstance(part, Heading)]


def test_an_account_with_gaps_tells_them_as_headings() -> None:
    plan = Plan(
        swot=Swot(
            threats=(
                Entry(text="Prices compared", date=dt.date(2026, 8, 1), evidence="Mail"),
                Entry(text="A rival depot", date=dt.date(2025, 8, 1)),
            )
        ),
        stakeholders=(
            Stakeholder(name="Ada", stance="champion", last_contact=dt.date(2026, 3, 1)),
        ),
        roadmap=(Initiative(title="Rail", due=dt.date(2026, 9, 30)),),
    )
    contract = Contract(reference="ML-1", end=dt.date(2027, 1, 31), notice_days=90)
    assert headings(planned(plan, contract)) == [
        "Notice falls due on 2 Nov 2026, in 27 days",
        "One change since 30 June",
        "Nobody is known as sponsor or decision maker",
        "One of two entries is older than a year or rests on no evidence",
        # 120,000 ÷ 600 = 200 a shipment, times 100.
        "Two gaps among services and sites, first of all Storage in Lyon, about €20,000 a year",
        "Roadmap: 0 of 1 steps done, 1 late",
    ]


def test_an_account_in_order_says_so() -> None:
    ada = Stakeholder(name="Ada", stance="sponsor", decides=True, last_contact=dt.date(2026, 10, 1))
    bo = ada.model_copy(update={"name": "Bo", "stance": "champion"})
    plan = Plan(
        swot=Swot(strengths=(Entry(text="Near", date=dt.date(2026, 6, 1), evidence="Map"),)),
        stakeholders=(ada, bo),
    )
    told = [part.what for part in walk(shown.plan(planned(plan))) if isinstance(part, NotSupplied)]
    assert told[0] == "Nothing has changed in the account plan since 30 June."
    assert headings(planned(plan))[1:3] == [
        "Sponsor, decision maker and champion are known, and all were met",
        "One entry on position and competition, none older than a year",
    ]


def test_an_empty_plan_tells_what_is_missing() -> None:
    at = view(figures(audience="internal"))
    parts = list(walk(shown.plan(at)))
    missing = [part.what for part in parts if isinstance(part, NotSupplied) and not part.known]
    assert missing == [
        "Nothing has changed in the account plan since 30 June.",
        "No stakeholder is recorded: neither sponsor nor decision maker is known.",
        "Strengths, weaknesses and competitors are not recorded.",
        "White space cannot be told: invoices do not say service and site.",
    ]


@pytest.mark.parametrize("name", ["<b>Ada</b>", "Ada | Bo", "{name}", "#read(1)"])
def test_hostile_names_stay_text(name: str) -> None:
    own = planned(Plan(stakeholders=(Stakeholder(name=name, stance="sponsor"),)))
    tables = [part for part in walk(shown.plan(own)) if isinstance(part, Table)]
    assert any(row.cells[0].text == name for table in tables for row in table.rows)
