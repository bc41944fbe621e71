"""What both sides do together: the roadmap of projects, the forecast, and who meets whom."""

from __future__ import annotations

from reviewkit.analysis.projects import Milestone, milestones
from reviewkit.blocks import Block, Cell, Column, Group, Heading, NotSupplied, Row, Span, Table
from reviewkit.display import words
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.speech import say, say_number


def roadmap(view: View) -> Block:
    """Return the milestones of the projects, with what slips; then what was not supplied."""
    found = milestones(view.figures)
    missing = NotSupplied(what=say("Gain-share: not supplied."))
    if not found:
        return Group(
            blocks=(NotSupplied(what=say("No project is under way."), known=True), missing)
        )
    rows, before = [], ""
    for item in found:
        rows.append(_milestone(view, item, item.project if item.project != before else ""))
        before = item.project
    table = Table(
        columns=(
            Column(key="milestone", label=say("Milestone"), grow=4, card="title"),
            Column(key="owner", label=say("Owner"), grow=2),
            Column(key="planned", label=say("Planned"), align="right", role="reference"),
            Column(key="expected", label=say("Now"), align="right", role="actual", card="lead"),
            Column(key="slip", label=say("Slip, days"), align="right"),
            Column(key="state", label=say("State"), grow=1),
        ),
        rows=tuple(rows),
        summary=say("Milestones of the projects"),
    )
    note = say("As of {day}.", day=view.formats.day(view.figures.as_of, year=True))
    heading = Heading(
        role="section", text=_heading(found), nav=say("Roadmap"), note=(Span(text=note),)
    )
    return Group(blocks=(heading, table, missing))


def _milestone(view: View, item: Milestone, group: str) -> Row:
    slip = item.slip
    if item.done:
        state = Cell(text=say("Done"), tone="quiet")
    elif item.late:
        state = Cell(text=say("Overdue"), tone="strong")
    else:
        state = Cell(text=say("Open"))

    return Row(
        group=group,
        cells=(
            Cell(text=item.name or NOTHING),
            Cell(text=item.owner or NOTHING),
            dated(view.formats, item.planned, year=True),
            dated(view.formats, item.expected, year=True),
            Cell(
                text=view.formats.number(slip, signed=True) if slip else NOTHING,
                value=slip,
                type="none" if slip is None else "int",
            ),
            state,
        ),
    )


def _heading(found: tuple[Milestone, ...]) -> str:
    slips = [item for item in found if item.done is None and (item.slip or 0) > 0]
    counted = _done(found)
    if not slips and len(found) == 1:
        return counted
    if not slips:
        return say("{counted}, and none of the others slips", counted=counted)
    worst = max(slips, key=lambda item: item.slip or 0)
    return say_number(
        "{counted}; {what} slips by one day",
        "{counted}; {what} slips by {number} days",
        worst.slip or 0,
        counted=counted,
        what=_called(worst),
    )


def _done(found: tuple[Milestone, ...]) -> str:
    done = sum(item.done is not None for item in found)
    if len(found) == 1:
        return say("The only milestone is done") if done else say("The only milestone is not done")
    text = say_number(
        "{done} of {whole} milestones is done",
        "{done} of {whole} milestones are done",
        done,
        done=words.count(done),
        whole=words.count(len(found)),
    )
    return words.capital(text)


def _called(item: Milestone) -> str:
    if not item.name:
        return item.project
    return say("{project}, {milestone},", project=item.project, milestone=words.inside(item.name))


def forecast(_view: View) -> Block:
    """Return the outlook on volume, which nothing computes yet."""
    return NotSupplied(what=say("Volume forecast: not supplied."))


def governance(view: View) -> Block:
    """Return who receives which report on the client's side, and when both sides meet."""
    people = view.params.client.contacts
    if not people:
        return NotSupplied(what=say("Who takes part in the reviews is not recorded."))
    table = Table(
        columns=(
            Column(key="name", label=say("Name"), grow=2, role="actual", card="title"),
            Column(key="role", label=say("Role"), grow=3, card="lead"),
            Column(key="receives", label=say("Receives"), grow=3),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=person.name),
                    Cell(text=person.role or NOTHING),
                    Cell(text=_receives(person.receives)),
                )
            )
            for person in people
        ),
        summary=say("Who takes part in the reviews"),
    )
    meeting = view.facts.meeting
    number = len(people)
    if meeting:
        text = say_number(
            "One person takes part for the client; the review is on {day}",
            "{people} people take part for the client; the review is on {day}",
            number,
            people=words.capital(words.count(number)),
            day=view.formats.full_day(meeting, year=True),
        )
    else:
        text = say_number(
            "One person takes part for the client; no meeting is dated",
            "{people} people take part for the client; no meeting is dated",
            number,
            people=words.capital(words.count(number)),
        )
    author = view.params.client.account_manager
    note = say("Account manager at {house}: {name}.", house=view.house.name, name=author)
    heading = Heading(
        role="section",
        text=text,
        nav=say("Governance"),
        note=(Span(text=note),) if author else (),
    )
    return Group(blocks=(heading, table), keep=True)


def _receives(kinds: tuple[str, ...]) -> str:
    known = {
        "executive": say("executive review"),
        "qbr": say("quarterly business review"),
        "monthly": say("monthly review"),
        "activity": say("activity report"),
        "strategic": say("strategic review"),
    }
    if not kinds:
        return say("No report by mail")
    return words.capital(words.listed(known.get(kind, kind) for kind in kinds))
