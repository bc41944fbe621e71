"""The action list of a review: what was promised, by whom, and where each promise stands."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.analysis.actions import Action, current_actions
from reviewkit.analysis.promises import DONE, Promise, Promises
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Table
from reviewkit.display import words
from reviewkit.display.figures import dated
from reviewkit.display.promised import SIDES, done, found, side_name
from reviewkit.display.view import View
from reviewkit.params.models import Decision
from reviewkit.speech import say, say_number


def prior_actions(view: View, *, page: bool = False) -> Block:
    """Return what was promised and what is new since, action by action, by side.

    Open ones first, the latest at the top; then what was closed since the last review.
    """
    if not view.figures.has("actions"):
        return NotSupplied(
            what=say("Actions of earlier reviews were not supplied."),
            detail=view.remedy(
                say("Map the table `actions` in house.yaml to follow up what was agreed.")
            ),
        )
    kept = found(view)
    told = {item.action.id for item in kept.items}
    fresh = [action for action in current_actions(view.figures) if action.id not in told]
    # What was closed before the last review was told there.
    new = [Promise(action, "on_track") for action in fresh if action.closed is None]
    if not kept.items and not new:
        today = view.formats.day(view.figures.as_of)
        return NotSupplied(what=say("No action is open on {day}.", day=today), known=True)
    table = Table(
        columns=(
            Column(key="id", label="", role="id", card="hide"),
            Column(key="action", label=say("Action"), grow=5, card="title"),
            Column(key="owner", label=say("Owner"), grow=3),
            Column(key="first_due", label=say("First due"), align="right", role="reference"),
            Column(key="due", label=say("Now due"), align="right"),
            Column(key="postponed", label=say("Postponed")),
            Column(key="state", label=_today(view), grow=2, card="lead"),
        ),
        rows=(
            *_grouped(view, (*kept.items, *new), {action.id for action in fresh}),
            *_sought(view, kept.decisions),
        ),
        summary=say("Actions as of {day}", day=view.formats.day(view.figures.as_of, year=True)),
    )
    text = _heading(kept, len(new)) if kept.items else _new_only(len(new))
    heading = Heading(role="page" if page else "section", text=text, nav=say("Actions"))
    return Group(blocks=(heading, table))


def _today(view: View) -> str:
    return say("State, {day}", day=view.formats.day(view.figures.as_of))


def _heading(kept: Promises, new: int) -> str:
    """Return how many are open, late and closed; the front of the review tells the promises."""
    still = [item for item in kept.items if not done(item) and item.fate != "dropped"]
    return words.capital(
        say_number(
            "{open} action open, {late} late; {closed} closed since the last review",
            "{open} actions open, {late} of them late; {closed} closed since the last review",
            len(still) + new,
            open=words.count(len(still) + new),
            late=words.count(sum(item.days > 0 for item in still)),
            closed=words.count(len(kept.of(*DONE))),
        )
    )


def _new_only(count: int) -> str:
    return words.capital(
        say_number(
            "{count} action is agreed",
            "{count} actions are agreed",
            count,
            count=words.count(count),
        )
    )


def _grouped(view: View, found: tuple[Promise, ...], fresh: set[str]) -> list[Row]:
    """Return the rows of each side under its name, open ones before closed ones."""
    rows = []
    for side in SIDES:
        own = [item for item in found if item.action.side == side]
        own.sort(key=lambda item: (done(item), item.fate == "dropped", -item.days))
        for at, item in enumerate(own):
            group = side_name(view, side) if at == 0 else ""
            rows.append(_row(view, item, group, new=item.action.id in fresh))
    return rows


def _sought(view: View, decisions: tuple[Decision, ...]) -> Iterator[Row]:
    """Yield the decisions that the last review sought, each with what became of it."""
    for at, item in enumerate(decisions):
        told = " ".join(item.outcome.split())
        state = (
            Cell(text=say("Answered"), tone="quiet")
            if told
            else Cell(text=say("No outcome recorded"), tone="strong")
        )
        yield Row(
            group=say("Decisions") if at == 0 else "",
            cells=(
                Cell(),
                Cell(text=item.title, note=told),
                Cell(text=item.decider),
                dated(view.formats, item.by),
                Cell(),
                Cell(),
                state,
            ),
        )


def _row(view: View, item: Promise, group: str, *, new: bool) -> Row:
    action = item.action
    slips = Cell(text=say("none", context="postponed"), tone="quiet")
    if action.postponed:
        slips = Cell(text=str(action.postponed), squares=action.postponed, value=action.postponed)
    return Row(
        group=group,
        cells=(
            Cell(text=action.id),
            Cell(text=action.title, note=_proof(action)),
            Cell(text=action.owner),
            dated(view.formats, action.first_due),
            dated(view.formats, action.due),
            slips,
            _state(view, item, new=new),
        ),
    )


def _proof(action: Action) -> str:
    """Return what shows that an action is done; that nothing does is told as well."""
    if action.closed is None:
        return ""
    return action.evidence or say("Closed without evidence")


def _state(view: View, item: Promise, *, new: bool) -> Cell:
    action, formats = item.action, view.formats
    if item.fate == "dropped":
        return Cell(text=say("Gone from the list"), tone="strong")
    if action.closed:
        closed = formats.day(action.closed)
        if not item.days:
            return Cell(text=say("Closed {day}", day=closed), tone="quiet")
        late = say_number(
            "{days} day after its first date",
            "{days} days after its first date",
            item.days,
            days=formats.number(item.days),
        )
        return Cell(text=say("Closed {day}", day=closed), note=late, tone="quiet")
    if item.days:
        text = say_number(
            "{days} day late", "{days} days late", item.days, days=formats.number(item.days)
        )
        return Cell(text=text, tone="strong")
    if new:
        return Cell(text=say("New since the last review"))
    return Cell(text=say("On track") if action.due else say("No date"))
