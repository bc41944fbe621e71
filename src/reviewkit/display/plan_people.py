"""The map of people at a client, and its gaps; for the own house."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.analysis.plan_people import People, Person, Role
from reviewkit.analysis.plan_people import people as found_people
from reviewkit.blocks import (
    Block,
    Cell,
    Column,
    Group,
    Heading,
    NotSupplied,
    Prose,
    Row,
    Span,
    Table,
)
from reviewkit.display import words
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.speech import say, say_number

MOST = 6
"""People of the CRM named who are not on the map."""


def people(view: View) -> Block:
    """Return who decides at the client, which roles nobody has, and who was not met for long."""
    found = found_people(view.params.plan, view.figures)
    if not found.items:
        return NotSupplied(
            what=say("No stakeholder is recorded: neither sponsor nor decision maker is known."),
            detail=say("They stand in plan.yaml."),
        )
    table = Table(
        columns=(
            Column(key="name", label=say("Name"), role="actual", grow=1.5, card="title"),
            Column(key="role", label=say("Role"), grow=2),
            Column(key="stance", label=say("Stance")),
            Column(key="contact", label=say("Last contact"), align="right"),
            Column(key="silent", label=say("Days since"), align="right", card="lead"),
            Column(key="note", label=say("What we know"), grow=3),
        ),
        rows=tuple(_person(view, item) for item in found.items),
        summary=say("People at the client"),
    )
    heading = Heading(
        role="section", text=_heading(view, found), note=_note(view, found), internal=True
    )
    return Group(blocks=(heading, table, *_unmapped(found)), keep=True)


def _heading(view: View, found: People) -> str:
    if found.missing:
        roles = _either([role_word(role) for role in found.missing])
        return say("Nobody is known as {roles}", roles=roles)
    silent = [item for item in found.items if item.long]
    if silent:
        return _silent(view, max(silent, key=lambda item: item.silent or 0))
    return say("Sponsor, decision maker and champion are known, and all were met")


def _note(view: View, found: People) -> tuple[Span, ...]:
    silent = [item for item in found.items if item.long]
    count = say_number("{number} person on the map", "{number} people on the map", len(found.items))
    if not silent:
        return (Span(text=count),)
    days = view.params.plan.silence_days
    told = say_number(
        "{number} not met for more than {days} days",
        "{number} not met for more than {days} days",
        len(silent),
        days=days,
    )
    return (Span(text=f"{count}; {told}"),)


def _silent(view: View, item: Person) -> str:
    if item.silent is None:
        return say("No contact with {name} is known", name=item.who.name)
    return say_number(
        "{name} was not met for {days} day",
        "{name} was not met for {days} days",
        item.silent,
        name=item.who.name,
        days=view.formats.number(item.silent),
    )


def _person(view: View, item: Person) -> Row:
    who = item.who
    last = view.formats.day(item.last, year=True) if item.last else say("Never known")
    return Row(
        cells=(
            Cell(text=who.name),
            Cell(text=who.role or NOTHING),
            Cell(text=words.capital(stance_word(who.stance)), note=_decides(item)),
            Cell(text=last),
            Cell(
                text=view.formats.number(item.silent) if item.silent is not None else NOTHING,
                value=item.silent,
                tone="strong" if item.long else None,
            ),
            Cell(text=" ".join(who.note.split()) or NOTHING),
        )
    )


def _decides(item: Person) -> str:
    return say("Decides") if item.who.decides else ""


def _unmapped(found: People) -> tuple[Block, ...]:
    if not found.unmapped:
        return ()
    named = words.listed(
        say("{name} ({times}×)", name=name, times=times) for name, times in found.unmapped[:MOST]
    )
    text = say(
        "Met often in the last year and not on this map, by the CRM: {people}.", people=named
    )
    return (Prose(paragraphs=((Span(text=text),),), small=True),)


def role_word(role: Role) -> str:
    """Return a role that an account needs somebody in."""
    return stance_word(role)


def stance_word(stance: str) -> str:
    """Return a stance inside a sentence."""
    return {
        "sponsor": say("sponsor"),
        "decision_maker": say("decision maker"),
        "champion": say("champion"),
        "neutral": say("neutral"),
        "critic": say("critic"),
        "unknown": say("unknown"),
    }.get(stance, stance)


def _either(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return say("{first} or {last}", first=", ".join(names[:-1]), last=names[-1])
