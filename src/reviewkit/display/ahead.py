"""What lies ahead: goals, risks, what falls due, and the account manager's own words."""

from __future__ import annotations

import datetime as dt

from reviewkit.analysis.actions import current_actions
from reviewkit.analysis.movement import number
from reviewkit.blocks import (
    Block,
    Cell,
    Column,
    Group,
    Heading,
    Markdown,
    NotSupplied,
    Row,
    Span,
    State,
    Status,
    Table,
)
from reviewkit.display import words
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.params.models import Objective
from reviewkit.speech import say, say_number


def risks(view: View, *, page: bool = False) -> Block:
    """Return the risks and what each needs from whom, on a page of their own if `page`."""
    found = view.params.plan.risks
    if not found:
        return NotSupplied(
            what=say("No risk is recorded."),
            detail=view.remedy(
                say("Risks stand in params/{client}/plan.yaml.", client=view.params.slug)
            ),
        )
    rest = len(found) - 1
    text = found[0].title
    if rest:
        text = say_number(
            "{risk}, and {count} more risk",
            "{risk}, and {count} more risks",
            rest,
            risk=text,
            count=words.count(rest),
        )
    table = Table(
        columns=(
            Column(key="risk", label=say("Risk"), grow=3, role="actual", card="title"),
            Column(key="what", label=say("What it means"), grow=5),
            Column(key="needs", label=say("What it needs"), grow=3),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=item.title),
                    Cell(text=" ".join(item.what.split()) or NOTHING),
                    Cell(text=" ".join(item.needs.split()) or NOTHING),
                )
            )
            for item in found
        ),
        summary=say("Risks and what they need"),
    )
    heading = Heading(role="page" if page else "section", text=text, nav=say("Risks"))
    return Group(blocks=(heading, table))


def outcomes(view: View) -> Block:
    """Return the goals agreed with the client and where each stands."""
    found = view.params.plan.objectives
    if not found:
        return NotSupplied(
            what=say("No goal is recorded."),
            detail=view.remedy(
                say(
                    "Goals stand as objectives in params/{client}/plan.yaml.",
                    client=view.params.slug,
                )
            ),
        )
    table = Table(
        columns=(
            Column(key="goal", label=say("Goal"), grow=5, card="title"),
            Column(key="owner", label=say("Owner"), grow=3),
            Column(key="due", label=say("By"), align="right"),
            Column(key="aim", label=say("Aim"), align="right", role="reference"),
            Column(
                key="now", label=view.head(view.period), align="right", role="actual", card="lead"
            ),
            Column(key="state", label=say("Where it stands"), role="status", grow=2.5),
        ),
        rows=tuple(_goal(view, item) for item in found),
        summary=say("Goals and where they stand"),
    )
    measured = [state for state in (_reached(view, item) for item in found) if state]
    met = sum(state == "met" for state in measured)
    text = _reached_of(met, len(measured))
    if not measured:
        text = say_number(
            "{count} goal, none measured",
            "{count} goals, none measured",
            len(found),
            count=words.count(len(found)),
        )
    heading = Heading(role="section", text=words.capital(text), nav=say("Goals"))
    return Group(blocks=(heading, table))


def _reached_of(met: int, measured: int) -> str:
    if measured == 1:
        if met:
            return say("The only measured goal is reached")
        return say("The only measured goal is not reached")
    if met == measured == 2:
        return say("Both measured goals are reached")
    if met == measured:
        return say("All {whole} measured goals are reached", whole=words.count(measured))
    return say_number(
        "{part} of {whole} measured goals is reached",
        "{part} of {whole} measured goals are reached",
        met,
        part=words.count(met),
        whole=words.count(measured),
    )


def _goal(view: View, item: Objective) -> Row:
    state = _reached(view, item)
    value = view.figures.one(item.metric) if state and item.metric else None
    aim = NOTHING
    if value is not None:
        at = item.target if item.target is not None else value.target
        aim = _aim(view, value, at)
    status = Cell(text=item.outcome or say("Not measured"))
    later = item.due is not None and item.due > view.figures.as_of
    if state == "missed" and later:
        status = Cell(text=say("Not yet"), note=item.outcome)
        state = None
    if state:
        word = say("Reached") if state == "met" else say("Not reached")
        status = Cell(status=Status(state=state, word=word), note=item.outcome)
    return Row(
        cells=(
            Cell(text=item.title),
            Cell(text=item.owner or NOTHING),
            dated(view.formats, item.due, year=True),
            Cell(text=aim),
            Cell(text=view.text.value(value) if value is not None else NOTHING),
            status,
        )
    )


def _aim(view: View, value: MetricValue, at: object) -> str:
    if at is None:
        return NOTHING
    sign = "≤" if METRICS[value.metric].better == "lower" else "≥"
    return f"{sign} {view.text.printed(value, str(at))}"


def _reached(view: View, item: Objective) -> State | None:
    if not item.metric or item.metric not in view.figures.published():
        return None
    value = view.figures.one(item.metric)
    if value.value is None or value.partial or value.status == "low_volume":
        return None
    at = item.target if item.target is not None else value.target
    if at is None:
        return None
    sign = -1 if METRICS[item.metric].better == "lower" else 1
    return "met" if sign * (number(value.value) - number(str(at))) >= 0 else "missed"


def due(view: View) -> Block:
    """Return what falls due next, by date: decisions, open actions and goals of both sides."""
    rows = sorted(_due_rows(view))
    if not rows:
        return NotSupplied(what=say("Nothing with a date is agreed for the time ahead."))
    first = view.formats.day(rows[0][0])
    sides = sum(bool(who) for _, _, who, _ in rows)
    count = words.count(len(rows))
    text = (
        say_number(
            "{count} date ahead, the first on {day}",
            "{count} dates ahead, the first on {day}",
            len(rows),
            count=count,
            day=first,
        )
        if sides
        else say_number("{count} date ahead", "{count} dates ahead", len(rows), count=count)
    )
    table = Table(
        columns=(
            Column(key="day", label=say("By"), role="actual", card="lead"),
            Column(key="what", label=say("What"), grow=4, card="title"),
            Column(key="who", label=say("Who"), grow=2),
            Column(key="kind", label=say("Agreed as"), role="reference"),
        ),
        rows=tuple(
            Row(
                cells=(
                    dated(view.formats, day, year=True),
                    Cell(text=what),
                    Cell(text=who or NOTHING),
                    Cell(text=kind),
                )
            )
            for day, what, who, kind in rows
        ),
        summary=say("What falls due next"),
    )
    day = view.formats.day(view.figures.as_of, year=True)
    note = Span(text=say("After {day}, of both sides", day=day))
    heading = Heading(role="section", text=words.capital(text), note=(note,))
    return Group(blocks=(heading, table))


def _due_rows(view: View) -> list[tuple[dt.date, str, str, str]]:
    today = view.figures.as_of
    rows = [
        (item.by, item.title, item.decider, say("Decision {number}", number=at))
        for at, item in enumerate(view.facts.decisions, start=1)
        if item.by
    ]
    rows += [
        (item.due, item.title, item.owner, say("Action {id}", id=item.id))
        for item in current_actions(view.figures)
        if item.due and item.closed is None
    ]
    rows += [
        (item.due, item.title, item.owner, say("Goal"))
        for item in view.params.plan.objectives
        if item.due
    ]
    return [row for row in rows if row[0] >= today]


def commentary(view: View, heading: str) -> Block:
    """Return the account manager's own words under a heading of the commentary file."""
    names = _names(heading)
    return Group(
        blocks=tuple(
            _words(view, item.text)
            for item in view.comments
            if item.heading.strip().lower() in names
        )
    )


def other_commentary(view: View, shown: tuple[str, ...]) -> Block:
    """Return the words under all headings but `shown`, each under its own heading."""
    names = {name for heading in shown for name in _names(heading)}
    blocks: list[Block] = []
    for item in view.comments:
        if item.heading.strip().lower() not in names:
            blocks += [Heading(role="section", text=item.heading), _words(view, item.text)]
    return Group(blocks=tuple(blocks))


def _names(heading: str) -> set[str]:
    """Return how a heading is known: as a notebook calls it, and in the page's language."""
    return {name.strip().lower() for name in (heading, say(heading))}


def _words(view: View, text: str) -> Markdown:
    author = view.params.client.account_manager
    return Markdown(
        source=text, author=say("{name}, account manager", name=author) if author else ""
    )
