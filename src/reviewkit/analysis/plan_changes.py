"""What changed in an account since its last review: entries, people, roadmap, deals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pandas as pd

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.plan_entries import Entries
from reviewkit.extract.agreed import Agreed
from reviewkit.params.models import Initiative, Plan

Kind = Literal[
    "entry_new",
    "entry_changed",
    "entry_gone",
    "person_new",
    "person_gone",
    "stance",
    "initiative_done",
    "deal_opened",
    "deal_won",
    "deal_lost",
]


@dataclass(frozen=True)
class Changed:
    """One change: what kind, of what, on which day where it is known.

    `before` and `now` hold a stance before and after; `amount` a deal's, in the client's
    currency.
    """

    kind: Kind
    text: str
    day: dt.date | None = None
    before: str = ""
    now: str = ""
    amount: Decimal | None = None


def changes(
    plan: Plan, figures: Figures, found: Entries, since: dt.date, agreed: Agreed | None = None
) -> tuple[Changed, ...]:
    """Return what changed after `since`, entries first.

    What was there before and is no longer is known only where an earlier review was approved.
    """
    return (
        *_of_entries(found),
        *_of_people(plan, agreed),
        *(
            Changed("initiative_done", step.title, step.done)
            for step in plan.roadmap
            if step.done and since < step.done <= figures.as_of
        ),
        *_of_deals(figures, since),
    )


def days_late(step: Initiative, as_of: dt.date) -> int:
    """Return by how many days a step of the roadmap is late; zero where it is done or not due."""
    if step.done or step.due is None:
        return 0
    return max(0, (as_of - step.due).days)


def _of_entries(found: Entries) -> Iterator[Changed]:
    for item in found.items:
        if item.new:
            yield Changed("entry_new", item.entry.text, item.entry.date)
        elif item.changed:
            yield Changed("entry_changed", item.entry.text, item.entry.date)
    for gone in found.gone:
        yield Changed("entry_gone", gone.text, gone.date)


def _of_people(plan: Plan, agreed: Agreed | None) -> Iterator[Changed]:
    if agreed is None or not agreed.people:
        return
    now = {who.name: who.stance for who in plan.stakeholders}
    for name, stance in now.items():
        before = agreed.people.get(name)
        if before is None:
            yield Changed("person_new", name, now=stance)
        elif before != stance:
            yield Changed("stance", name, before=before, now=stance)
    for name, was in agreed.people.items():
        if name not in now:
            yield Changed("person_gone", name, before=was)


def _of_deals(figures: Figures, since: dt.date) -> Iterator[Changed]:
    if not figures.has("opportunities"):
        return
    for row in figures.register("opportunities").to_dict("records"):
        name = cells.text(row["name"]) or cells.text(row["opportunity_id"])
        amount = None if pd.isna(row["amount"]) else cells.money(row["amount"])
        closed, created = cells.day(row["closed_on"]), cells.day(row["created_on"])
        if closed and closed > since and not pd.isna(row["won"]):
            yield Changed("deal_won" if row["won"] else "deal_lost", name, closed, amount=amount)
        elif created and created > since and closed is None:
            yield Changed("deal_opened", name, created, amount=amount)
