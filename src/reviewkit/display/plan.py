"""For the own house: the account plan at work, from the renewal to what is still to be sold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from reviewkit.analysis.alerts.renewal import notice_day
from reviewkit.analysis.plan_changes import Changed, Kind, changes
from reviewkit.analysis.plan_entries import Entries, entries
from reviewkit.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Group,
    Heading,
    NotSupplied,
    Prose,
    Row,
    Span,
    State,
    Table,
)
from reviewkit.display import words
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.plan_entries import noted
from reviewkit.display.plan_people import people, stance_word
from reviewkit.display.plan_roadmap import roadmap
from reviewkit.display.plan_space import white_space
from reviewkit.display.view import View
from reviewkit.speech import say, say_number

SOON = 90
"""Days before the notice deadline from which the renewal is marked."""


def plan(view: View) -> Block:
    """Return the account plan: renewal, changes, people, position, white space, roadmap."""
    blocks: list[Block] = [
        Heading(role="page", text=_heading(view), nav=say("Account plan"), internal=True)
    ]
    renewal = _renewal(view)
    if renewal:
        blocks.append(renewal)
    strategy = " ".join(view.params.contract.renewal_strategy.split())
    if strategy:
        blocks.append(Prose(paragraphs=((Span(text=strategy),),)))
    found = _entries(view)
    blocks += [
        _changes(view, found),
        people(view),
        noted(view, found),
        white_space(view),
        roadmap(view),
    ]
    return Group(blocks=tuple(blocks))


def _since(view: View) -> tuple[dt.date, bool]:
    """Return the day after which things are new, and whether it is that of the last review."""
    before = view.params.reviews.get(view.period.prior().id)
    if before and before.meeting:
        return before.meeting, True
    return view.period.start - dt.timedelta(days=1), False


def _entries(view: View) -> Entries:
    return entries(view.params.plan, view.figures.as_of, _since(view)[0], view.house.agreed)


def _heading(view: View) -> str:
    notice = notice_day(view.params.contract)
    if notice is None:
        return say("The contract of {client} has no end in the parameters", client=view.client)
    days = (notice - view.figures.as_of).days
    day = view.formats.full_day(notice, year=True)
    if days < 0:
        return say("The notice deadline of {day} has passed", day=day)
    return say_number(
        "Notice falls due on {day}, in {days} day",
        "Notice falls due on {day}, in {days} days",
        days,
        day=day,
        days=view.formats.number(days),
    )


def _renewal(view: View) -> Block | None:
    contract, notice = view.params.contract, notice_day(view.params.contract)
    if notice is None or contract.end is None:
        return None
    days = (notice - view.figures.as_of).days
    state: State = "missed" if days < 0 else "at_risk" if days <= SOON else "no_target"
    filled = {
        "contract": contract.reference or NOTHING,
        "end": view.formats.full_day(contract.end, year=True),
    }
    lead = (
        say("Contract {contract} runs to {end} and then renews by itself.", **filled)
        if contract.auto_renewal
        else say("Contract {contract} runs to {end} and then ends.", **filled)
    )
    text = say(
        "Notice is {notice} days; payment terms are {terms} days.",
        notice=contract.notice_days or 0,
        terms=contract.payment_terms_days,
    )
    return Callout(state=state, lead=lead, text=text)


def _changes(view: View, found: Entries) -> Block:
    """Return what changed since the last review, by day where it is known."""
    since, reviewed = _since(view)
    told = changes(view.params.plan, view.figures, found, since, view.house.agreed)
    day = view.formats.full_day(since)
    if not told:
        text = say("Nothing has changed in the account plan since {day}.", day=day)
        # Of a plan that holds nothing it is no answer: it goes with what is not recorded.
        return NotSupplied(what=text, known=bool(found.items or view.params.plan.stakeholders))
    text = words.capital(
        say_number(
            "{count} change since the review of {day}",
            "{count} changes since the review of {day}",
            len(told),
            count=words.count(len(told)),
            day=day,
        )
        if reviewed
        else say_number(
            "{count} change since {day}",
            "{count} changes since {day}",
            len(told),
            count=words.count(len(told)),
            day=day,
        )
    )
    table = Table(
        columns=(
            Column(key="what", label=say("What changed"), role="actual", grow=1.4),
            Column(key="text", label=say("Of what"), grow=4, card="title"),
            Column(key="day", label=say("Day"), align="right", card="lead"),
        ),
        rows=tuple(_change(view, item) for item in told),
        summary=say("What changed in the account since the last review"),
    )
    return Group(blocks=(Heading(role="section", text=text, internal=True), table))


def _change(view: View, item: Changed) -> Row:
    note = ""
    if item.kind == "stance":
        note = say(
            "from {before} to {now}", before=stance_word(item.before), now=stance_word(item.now)
        )
    if item.amount is not None:
        note = say("{amount} a year", amount=view.formats.money(item.amount))
    return Row(
        cells=(
            Cell(text=_kind_words()[item.kind]),
            Cell(text=item.text, note=note),
            dated(view.formats, item.day, year=True),
        )
    )


def _kind_words() -> Mapping[Kind, str]:
    return {
        "entry_new": say("New entry"),
        "entry_changed": say("Entry changed"),
        "entry_gone": say("Entry gone"),
        "person_new": say("New person"),
        "person_gone": say("Person gone"),
        "stance": say("Stance changed"),
        "initiative_done": say("Step done"),
        "deal_opened": say("Deal opened"),
        "deal_won": say("Deal won"),
        "deal_lost": say("Deal lost"),
    }
