"""What lies behind the page of all accounts: alerts, notice deadlines and late actions."""

from __future__ import annotations

from reviewkit.analysis.actions import Action
from reviewkit.analysis.alerts import Aged, Alert
from reviewkit.analysis.portfolio import Account
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
from reviewkit.display.alert_words import severity_status
from reviewkit.display.alerts import text
from reviewkit.display.figures import dated
from reviewkit.display.formats import NOTHING
from reviewkit.display.portfolio import Overview
from reviewkit.speech import say, say_number

EXCEPTIONS = 30
ACTIONS = 24
"""Most rows that are listed."""


def exceptions(own: Overview) -> Block:
    """Return the alerts of all accounts that are more than for information, gravest first."""
    found = [
        (item, alert)
        for severity in ("critical", "warning")
        for item in own.whole.accounts
        for alert in item.alerts
        if alert.severity == severity
    ]
    if not found:
        return NotSupplied(what=say("No alert is in force."), known=True)
    told = [pair for pair in found if not _of_an_action(*pair)]
    shown = told[:EXCEPTIONS]
    table = Table(
        columns=(
            Column(key="severity", label=say("Severity"), role="status", card="lead"),
            Column(key="account", label=say("Account"), grow=2, card="title"),
            Column(key="what", label=say("What"), grow=6),
            Column(key="owner", label=say("Owner"), grow=2),
            Column(key="due", label=say("By"), align="right"),
        ),
        rows=tuple(_exception(own, item, alert) for item, alert in shown),
        summary=say("Alerts of all accounts"),
    )
    critical = sum(alert.severity == "critical" for _, alert in found)
    heading = Heading(
        role="page",
        text=words.capital(
            say(
                "{critical} critical alerts and {warnings} warnings are in force",
                critical=words.count(critical),
                warnings=words.count(len(found) - critical),
            )
        ),
        nav=say("Exceptions"),
        note=(*_elsewhere(len(found) - len(told)), *_more(len(told) - len(shown))),
    )
    return Group(blocks=(heading, table) if shown else (heading,))


def _of_an_action(item: Account, alert: Alert) -> bool:
    """Tell whether an alert is of actions that the list of late actions names."""
    listed = {action.id for action in item.overdue}
    return (
        isinstance(alert.found, Aged)
        and alert.found.of == "actions"
        and listed.issuperset(alert.found.names)
    )


def _elsewhere(alerts: int) -> tuple[Span, ...]:
    """Say how many alerts stand as late actions further down, and are not told twice."""
    if not alerts:
        return ()
    told = say_number(
        "One of them is of a late action and stands in the list of late actions. ",
        "{number} of them are of late actions and stand in the list of late actions. ",
        alerts,
    )
    return (Span(text=told),)


def _more(left: int) -> tuple[Span, ...]:
    if not left:
        return ()
    told = say_number("One more is not shown.", "{number} more are not shown.", left)
    return (Span(text=told),)


def _exception(own: Overview, item: Account, alert: Alert) -> Row:
    answer = alert.answer
    return Row(
        cells=(
            Cell(status=severity_status(alert.severity), value=alert.severity),
            Cell(text=item.name),
            Cell(text=text(own.views[item.slug], alert)),
            Cell(text=answer.owner or NOTHING),
            dated(own.formats, answer.due),
        )
    )


def renewals(own: Overview) -> Block:
    """Return the contracts in their notice window, the nearest deadline first."""
    found = [(item, item.notice) for item in own.whole.accounts if item.notice]
    if not found:
        return NotSupplied(what=say("No contract is in its notice window."), known=True)
    found.sort(key=lambda pair: (pair[1].notice, pair[0].name))
    table = Table(
        columns=(
            Column(key="account", label=say("Account"), grow=3, role="actual", card="title"),
            Column(key="notice", label=say("Notice by"), align="right", card="lead"),
            Column(key="days", label=say("Days left"), align="right"),
            Column(key="end", label=say("Ends"), align="right", role="reference"),
            Column(key="then", label=say("Without notice"), grow=2),
            Column(key="manager", label=say("Account manager"), grow=2),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=item.name),
                    dated(own.formats, notice.notice, year=True),
                    Cell(text=own.formats.number(notice.days), value=notice.days, type="int"),
                    dated(own.formats, notice.end, year=True),
                    Cell(text=say("renews by itself") if notice.auto_renewal else say("ends")),
                    Cell(text=item.manager or NOTHING),
                )
            )
            for item, notice in found
        ),
        summary=say("Contracts in their notice window"),
    )
    first, notice = found[0]
    heading = Heading(
        role="section",
        text=words.capital(
            say_number(
                "One contract is in its notice window: {name}, {day}",
                "{count} contracts are in their notice window, {name} first on {day}",
                len(found),
                count=words.count(len(found)),
                name=first.name,
                day=own.formats.full_day(notice.notice, year=True),
            )
        ),
        nav=say("Renewals"),
    )
    return Group(blocks=(heading, table), keep=True)


def late_actions(own: Overview) -> Block:
    """Return the actions past the day first promised, the latest first."""
    found = [(item, action) for item in own.whole.accounts for action in item.overdue]
    if not found:
        return NotSupplied(what=say("No action is late."), known=True)
    found.sort(key=lambda pair: (-pair[1].late, pair[0].name, pair[1].id))
    shown = found[:ACTIONS]
    table = Table(
        columns=(
            Column(key="account", label=say("Account"), grow=2, card="title"),
            Column(key="action", label=say("Action"), grow=4),
            Column(key="owner", label=say("Owner"), grow=2.5),
            Column(key="first", label=say("First due"), align="right", role="reference"),
            Column(key="late", label=say("Days late"), align="right", role="actual", card="lead"),
            Column(key="postponed", label=say("Postponed")),
        ),
        rows=tuple(_late(own, item, action) for item, action in shown),
        summary=say("Late actions of all accounts"),
    )
    heading = Heading(
        role="section",
        text=words.capital(
            say_number(
                "One action is late, by {days} days",
                "{count} actions are late, the latest by {days} days",
                len(found),
                count=words.count(len(found)),
                days=own.formats.number(found[0][1].late),
            )
        ),
        nav=say("Late actions"),
        note=_more(len(found) - len(shown)),
    )
    return Group(blocks=(heading, table))


def _late(own: Overview, item: Account, action: Action) -> Row:
    slips = Cell(text=say("none"), tone="quiet")
    if action.postponed:
        slips = Cell(text=str(action.postponed), squares=action.postponed, value=action.postponed)
    return Row(
        cells=(
            Cell(text=item.name),
            Cell(text=action.title),
            Cell(text=action.owner or NOTHING),
            dated(own.formats, action.first_due, year=True),
            Cell(text=own.formats.number(action.late), value=action.late, type="int"),
            slips,
        )
    )
