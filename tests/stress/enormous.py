"""Worlds at the ends of what a review can be given: far too much, one case, none at all.

Sixty sites, forty services, names of 120 characters, amounts from a cent to a trillion,
negative and zero, values missing everywhere; and the same review of a single delivery, and
of nothing.
"""

from __future__ import annotations

import ast
import datetime as dt
import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

from reviews import Due, figures, view

from reviewkit.blocks import Block
from reviewkit.display.formats import Formats
from reviewkit.display.shown import Shown
from reviewkit.display.view import View
from reviewkit.params.models import ClientParams, Decision, Recovery, ReviewFacts
from reviewkit.review.review import Review

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)][9:33]
AMOUNTS = ("0.01", "999999.99", "1000000000000.00", "-1000000000000.00", "0", "123456.78")


def long(text: str, *, unbroken: bool = False) -> str:
    """Return `text` drawn out to 120 characters, of words or of one word."""
    filler = "Donaudampfschiff" if unbroken else " of the Greater Metropolitan Area"
    return (text + filler * 8)[:120].rstrip().ljust(120, "x")


SITES = [long(f"Distribution Centre {at:02d}", unbroken=at % 7 == 0) for at in range(60)]
SERVICES = [long(f"Value-added Service {at:02d}", unbroken=at % 9 == 0) for at in range(40)]
CAUSES = [long(f"Cause {at}", unbroken=at == 2) for at in range(12)]


def deliveries() -> list[Due]:
    """Return sixty lanes a month for two years, each with one of forty services."""
    out = []
    for month_at, month in enumerate(MONTHS):
        for at, site in enumerate(SITES):
            due = (0, 1, 40, 1000, 123_456)[(at + month_at) % 5]
            late = due // (20 if month < "2026-07" else 8 if at < 3 else 18)
            out.append(
                Due(
                    month,
                    f"{site} → {SITES[(at + 1) % 60]}",
                    due,
                    due - late,
                    {CAUSES[at % 12]: late // 2} if late > 1 else None,
                    service=SERVICES[(at + month_at) % 40],
                    revenue=1_000_000_000 * (at % 3),
                    cost=900_000_000 * (at % 4),
                    unknown=at % 2,
                )
            )
    return out


def invoices() -> Iterator[dict[str, Any]]:
    """Yield charges and credits from a cent to a trillion."""
    amounts = cycle(AMOUNTS)
    for at in range(420):
        amount = next(amounts)
        credit = amount.startswith("-")
        disputed = at % 11 == 0
        yield {
            "client": "acme",
            "invoice_id": f"INVOICE-NUMBER-{at:012d}",
            "line": "001",
            "issued_on": f"2026-{at % 9 + 1:02d}-15",
            "due_on": f"2026-{at % 9 + 1:02d}-28",
            "service": SERVICES[at % 40],
            "site": SITES[at % 60],
            "charge_code": SERVICES[-at % 40],
            "amount": amount,
            "currency": "EUR",
            "credit_reason": CAUSES[at % 12] if credit else None,
            "credits_invoice": f"INVOICE-NUMBER-{at - 1:012d}" if credit else None,
            "disputed_on": "2026-09-20" if disputed and not credit else None,
            "dispute_outcome": ("upheld", "rejected", "open", None)[at % 4] if disputed else None,
        }


def _cases() -> list[dict[str, Any]]:
    return [
        {
            "client": "acme",
            "case_id": f"CASE-{at:020d}",
            "opened_at": f"2026-0{at % 9 + 1}-0{at % 9 + 1}T10:00:00",
            "closed_at": f"2026-0{at % 9 + 1}-28T10:00:00" if at % 3 else None,
            "category": SERVICES[at % 40],
            "severity": ("low", "medium", "high", "critical")[at % 4],
            "site": SITES[at % 60],
            "root_cause": CAUSES[at % 12] if at % 2 else None,
        }
        for at in range(80)
    ]


def _surveys() -> list[dict[str, Any]]:
    return [
        {
            "client": "acme",
            "responded_on": "2026-08-01",
            "instrument": "nps",
            "score": at % 11,
            "role": long(f"Role {at % 14}"),
        }
        for at in range(50)
    ]


def _actions() -> list[dict[str, Any]]:
    return [
        {
            "client": "acme",
            "action_id": f"ACTION-{at:09d}",
            "title": long(f"Action {at}", unbroken=at == 4),
            "owner": long(f"Owner {at}"),
            "side": ("provider", "client")[at % 2],
            "review": "Q2 2026",
            "raised_on": "2026-07-01",
            "first_due": "2026-07-31",
            "due": None if at % 5 == 0 else "2026-12-31",
            "postponed": at % 6,
            "closed_on": "2026-09-01" if at % 4 == 0 else None,
        }
        for at in range(12)
    ]


FACTS = ReviewFacts(
    headline="",
    meeting=dt.date(2026, 10, 20),
    decisions=tuple(
        Decision(
            title=long(f"Decision {at}", unbroken=at == 1),
            effect=long("Effect"),
            decider=long("Decider", unbroken=at == 2),
            by=dt.date(2026, 10, 23) if at else None,
        )
        for at in range(5)
    ),
    recoveries=(
        Recovery(
            metric="on_time_delivery",
            cause=long("Cause"),
            remedy=long("Remedy", unbroken=True),
            effect=long("effect"),
            back_on_target=long("December"),
        ),
    ),
)

TARGETS = {"on_time_delivery": 0.96, "otif": 0.955, "in_full": 0.98, "invoice_accuracy": 0.999}
LEAD = ("shipments", "on_time_delivery", "otif", "in_full", "invoice_accuracy", "nps")
PLAN: dict[str, Any] = {
    "objectives": [
        {"title": long("Objective"), "owner": long("Owner"), "metric": "otif", "target": "0.99"},
        {"title": long("Objective", unbroken=True), "due": "2026-12-31"},
    ],
    "risks": [
        {"title": long("Risk"), "what": long("What") * 3, "needs": long("Needs", unbroken=True)}
    ],
}


def _view(audience: str, locale: str, rows: dict[str, Any], **client: Any) -> View:
    given = {"targets": TARGETS, "audience": audience, **rows}
    deliveries = given.pop("deliveries", ())
    own = view(figures(deliveries, **given), FACTS if rows else None, lead_metrics=LEAD, **client)
    params = own.params.model_dump() | ({"plan": PLAN} if rows else {})
    formats = Formats(locale, "EUR", "Europe/Amsterdam")
    changed = {"params": ClientParams.model_validate(params), "formats": formats}
    return View(**{**{name: getattr(own, name) for name in ("figures", "house")}, **changed})


def far_too_much(audience: str = "client", locale: str = "en-GB") -> View:
    """Return a review of sixty sites and forty services, all of their names too long."""
    rows = {
        "deliveries": deliveries(),
        "invoice_lines": list(invoices()),
        "cases": _cases(),
        "surveys": _surveys(),
        "actions": _actions(),
    }
    return _view(audience, locale, rows, name=long("Acme Motors"))


def one_delivery(audience: str = "client", locale: str = "en-GB") -> View:
    """Return a review of a single delivery, late, of one line of one cent, of one answer."""
    line = {"client": "acme", "invoice_id": "1", "line": "1", "issued_on": "2026-09-30"}
    answer = {"client": "acme", "responded_on": "2026-08-01", "instrument": "nps", "score": 0}
    rows = {
        "deliveries": [Due("2026-09", "Venlo → Lyon", 1, 0)],
        "invoice_lines": [line | {"amount": "0.01", "currency": "EUR"}],
        "surveys": [answer],
    }
    return _view(audience, locale, rows)


def nothing(audience: str = "client", locale: str = "en-GB") -> View:
    """Return a review for which no table was supplied."""
    return _view(audience, locale, {})


def blocks_of(kind: str, own: View) -> list[Block]:
    """Run the cells of a kind's notebook on a review; return what they show, in order."""
    found: list[Block] = []
    review = Review(extract=None, view=own)  # type: ignore[arg-type]
    cells = json.loads((NOTEBOOKS / f"{kind}.ipynb").read_text(encoding="utf-8"))["cells"][2:]
    with patch.object(Shown, "show", lambda shown: found.append(shown.block)):
        for cell in cells:
            source = "".join(cell["source"])
            if isinstance(ast.parse(source).body[-1], ast.Expr):
                found.append(eval(source, {"review": review}).block)
            else:
                exec(source, {"review": review})
    return found
