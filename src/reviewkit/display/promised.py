"""What was promised in earlier reviews, by which side, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from reviewkit.analysis.promises import DONE, FATES, Fate, Promise, Promises, promises
from reviewkit.blocks import (
    Block,
    Cell,
    Column,
    Group,
    Heading,
    NotSupplied,
    Row,
    Span,
    Table,
)
from reviewkit.display import words
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.params.models import Decision
from reviewkit.speech import say, say_number

SIDES = ("provider", "client", "")
"""Whose duties, in the order of a page; the last owes nobody said."""


def promised(view: View, *, brief: bool = False) -> Block:
    """Return the account of the last review: promises by side, decisions and their outcome.

    It belongs at the front of a review, before anything new is asked for; `brief` is a
    sentence, with a line on each side.
    """
    told = found(view)
    if not told.items and not told.decisions:
        return NotSupplied(
            what=say("Nothing is known to have been promised in an earlier review."),
            detail=view.remedy(
                say("Map the table `actions` in house.yaml to follow up what was agreed.")
            ),
        )
    if brief:
        note = Span(text="; ".join(_kept(view, told)))
        return Heading(role="section", text=_summary(view, told), note=(note,))
    blocks: list[Block] = [
        Heading(role="section", text=_summary(view, told), nav=say("Promised last time"))
    ]
    if told.items:
        blocks.append(_by_side(view, told))
    if told.decisions:
        blocks.append(_decisions(view, told.decisions))
    return Group(blocks=tuple(blocks), keep=True)


def found(view: View) -> Promises:
    """Return what was promised up to the last review, as this audience may know it."""
    before = view.params.reviews.get(view.period.prior().id)
    return promises(view.figures, before, view.house.agreed)


def _summary(view: View, found: Promises) -> str:
    """Return in a sentence how many of the promises were kept, are late, or are gone."""
    if not found.items:
        return _decided(found.decisions)
    filled: dict[str, str] = {
        "all": words.count(len(found.items)),
        "kept": words.count(len(found.of(*DONE))),
        "open": words.count(len(found.items) - len(found.of(*DONE, "dropped"))),
        "late": words.count(len([item for item in found.items if item.days and not done(item)])),
        "dropped": words.count(len(found.of("dropped"))),
        "day": view.formats.full_day(found.met) if found.met else "",
    }
    kind = bool(found.met), bool(found.of("dropped"))
    return words.capital(_SUMMARIES[kind](filled))


def _kept(view: View, told: Promises) -> list[str]:
    """Return of each side how many of its promises it kept, and how many decisions are told."""
    lines = [
        say("{side}: {kept} of {all} kept", side=side_name(view, side), kept=kept, all=whole)
        for side in SIDES
        if (whole := len(told.of(*FATES, side=side)))
        for kept in (len(told.of(*DONE, side=side)),)
    ]
    return [*lines, *([_decided(told.decisions)] if told.decisions and told.items else [])]


def done(item: Promise) -> bool:
    """Tell whether a promise was kept, in time or late."""
    return item.fate in DONE


_SUMMARIES: Mapping[tuple[bool, bool], Callable[[Mapping[str, str]], str]] = {
    (True, False): lambda f: say(
        "Promised by {day}: {kept} of {all} kept, {open} open, of these {late} late", **f
    ),
    (True, True): lambda f: say(
        "Promised by {day}: {kept} of {all} kept, {open} open, of these {late} late; "
        "{dropped} gone from the list without a word",
        **f,
    ),
    (False, False): lambda f: say(
        "Promised earlier: {kept} of {all} kept, {open} open, of these {late} late", **f
    ),
    (False, True): lambda f: say(
        "Promised earlier: {kept} of {all} kept, {open} open, of these {late} late; "
        "{dropped} gone from the list without a word",
        **f,
    ),
}
"""By whether the day of the last review is known, and whether a promise is gone."""


def _decided(decisions: tuple[Decision, ...]) -> str:
    told = sum(bool(item.outcome) for item in decisions)
    return words.capital(
        say_number(
            "{told} of {count} decision sought last time has an outcome",
            "{told} of {count} decisions sought last time have an outcome",
            len(decisions),
            told=words.count(told),
            count=words.count(len(decisions)),
        )
    )


def fate_word(fate: Fate) -> str:
    """Return what became of a promise as a table's head says it."""
    return {
        "kept": say("Kept"),
        "kept_late": say("Kept late"),
        "on_track": say("On track"),
        "postponed": say("Postponed"),
        "open_late": say("Late"),
        "no_date": say("No date"),
        "dropped": say("Dropped"),
    }[fate]


def _by_side(view: View, found: Promises) -> Block:
    """Return a small table: each side's duties and what became of them."""
    counts = {side: Counter(item.fate for item in found.of(*FATES, side=side)) for side in SIDES}
    shown = [fate for fate in FATES if any(counts[side][fate] for side in SIDES)]
    head = [Column(key="side", label=say("Side"), role="actual", grow=3, card="title")]
    head.append(Column(key="all", label=say("Promised"), align="right", card="lead"))
    head += [Column(key=fate, label=fate_word(fate), align="right") for fate in shown]
    rows = [
        Row(
            cells=(
                Cell(text=side_name(view, side)),
                _count(sum(counts[side].values())),
                *(_count(counts[side][fate], fate) for fate in shown),
            )
        )
        for side in SIDES
        if counts[side]
    ]
    return Table(
        columns=tuple(head),
        rows=tuple(rows),
        summary=say("What each side promised and what became of it"),
    )


def _count(number: int, fate: Fate | None = None) -> Cell:
    heavy = fate in ("open_late", "dropped") and number
    return Cell(
        text=str(number) if number else NOTHING,
        value=number,
        type="int",
        tone="strong" if heavy else None,
    )


def side_name(view: View, side: str) -> str:
    """Return whose duties: the provider's, the client's, or nobody's that was named."""
    names = {"provider": view.house.name, "client": view.client}
    return names.get(side) or say("Side not said")


def _decisions(view: View, sought: tuple[Decision, ...]) -> Block:
    return Table(
        columns=(
            Column(key="decision", label=say("Decision sought last time"), grow=5, card="title"),
            Column(key="decider", label=say("Who decides"), grow=2.5),
            Column(key="by", label=say("By"), align="right"),
            Column(key="outcome", label=say("What became of it"), grow=4, card="lead"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=item.title),
                    Cell(text=item.decider or NOTHING),
                    dated(view.formats, item.by),
                    Cell(text=" ".join(item.outcome.split()))
                    if item.outcome.strip()
                    else Cell(text=say("Not recorded"), tone="strong"),
                )
            )
            for item in sought
        ),
        summary=say("Decisions sought in the last review and their outcome"),
    )
