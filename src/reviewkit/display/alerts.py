"""For the own house: the alerts in force, each as a sentence with the action that answers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from reviewkit.analysis.alerts import GRAVE, Alert, Answer, Watch
from reviewkit.analysis.alerts import alerts as raised
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
from reviewkit.display.alert_words import SAID, TITLES, severity_status
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number


def alerts(view: View) -> Block:
    """Return the alerts in force on the day of the newest cut-off, the gravest first."""
    rules = view.house.alerts
    if rules is None:
        return NotSupplied(what=say("The extract holds no rules for alerts."))
    today = newest(view)
    found = raised(Watch(view.figures, view.params, today), rules)
    if not found:
        return NotSupplied(what=say("No rule of the house tells of anything."), known=True)
    note = say("On {day}, by the rules in house.yaml", day=view.formats.day(today, year=True))
    heading = Heading(
        role="page",
        text=_heading(found),
        note=(Span(text=note),),
        nav=say("Alerts"),
        internal=True,
    )
    table = Table(
        columns=(
            Column(key="severity", label=say("Severity"), role="status", card="lead"),
            Column(key="what", label=say("What"), grow=5, card="title"),
            Column(key="action", label=say("Action"), grow=4),
            Column(key="owner", label=say("Owner"), grow=2),
            Column(key="due", label=say("By"), align="right"),
        ),
        rows=tuple(_row(view, alert) for alert in found),
        summary=say("Alerts in force with the actions that answer them"),
    )
    return Group(blocks=(heading, table))


def newest(view: View) -> dt.date:
    """Return the day up to which the newest data reach, which is that of the review or later."""
    data = view.figures.data
    days = [day for day in map(data.cutoff_day, data.supplied) if day]
    return max([view.figures.as_of, *days])


def text(view: View, alert: Alert) -> str:
    """Return what an alert tells, as a sentence without its full stop."""
    say_it: Callable[[View, Any], str] = SAID[type(alert.found)]
    told = say_it(view, alert.found)
    if not alert.also:
        return told
    names = words.listed(words.name(METRICS[name]) for name in alert.also)
    return say("{told} (and with it {metrics})", told=told, metrics=names)


def title(view: View, alert: Alert) -> str:
    """Return the title of the action that answers an alert, its own where there is one."""
    name: Callable[[View, Any], str] = TITLES[type(alert.found)]
    return alert.answer.title or name(view, alert.found)


def to_enter(view: View, alert: Alert, today: dt.date) -> dict[str, object] | None:
    """Return a proposed action as a row of the table `actions`; `None` where one is open.

    It is internal until a person decides otherwise.
    """
    answer = alert.answer
    if answer.open:
        return None
    day = answer.due.isoformat() if answer.due else None
    return {
        "action_id": answer.id,
        "raised_on": today.isoformat(),
        "review": view.period.id,
        "title": title(view, alert),
        "owner": answer.owner,
        "side": "provider",
        "due_on": day,
        "first_due_on": day,
        "postponed": 0,
        "metric": answer.metric or None,
        "internal": True,
    }


def _heading(found: tuple[Alert, ...]) -> str:
    critical = sum(alert.severity == GRAVE[0] for alert in found)
    if not critical:
        text = say_number(
            "{count} alert in force, not critical",
            "{count} alerts in force, none of them critical",
            len(found),
            count=words.count(len(found)),
        )
    elif len(found) == 1:
        text = say("the one alert in force is critical")
    else:
        text = say_number(
            "{critical} of {count} alerts in force is critical",
            "{critical} of {count} alerts in force are critical",
            critical,
            critical=words.count(critical),
            count=words.count(len(found)),
        )
    return words.capital(text)


def _row(view: View, alert: Alert) -> Row:
    answer = alert.answer
    return Row(
        cells=(
            Cell(status=severity_status(alert.severity), value=alert.severity),
            Cell(text=text(view, alert), note=f"{alert.kind}: {alert.rule}"),
            Cell(text=title(view, alert), note=_standing(answer)),
            Cell(text=answer.owner or NOTHING),
            dated(view.formats, answer.due, year=True),
        )
    )


def _standing(answer: Answer) -> str:
    if answer.open:
        return say("{id}, open", id=answer.id)
    return say("{id}, to be entered", id=answer.id)
