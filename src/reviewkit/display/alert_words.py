"""Alerts in words: what each kind of finding says, and what its action is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from reviewkit.analysis.alerts import Aged, Crossed, Dearer, Noticed, Signal, Stale
from reviewkit.analysis.movement import number
from reviewkit.blocks import State, Status
from reviewkit.display import words
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.params.alerts import AlertSeverity, ControlTest
from reviewkit.periods import parse
from reviewkit.speech import say, say_number

FEW = 3
"""Identifiers that a sentence names before it says how many more there are."""


def severity_status(severity: AlertSeverity) -> Status:
    """Return a severity as it is printed: a drawn shape and its word."""
    state, word = _SEVERITIES[severity]
    return Status(state=state, word=word())


_SEVERITIES: Mapping[AlertSeverity, tuple[State, Callable[[], str]]] = {
    "critical": ("missed", lambda: say("Critical")),
    "warning": ("at_risk", lambda: say("Warning", context="severity")),
    "info": ("no_target", lambda: say("Info")),
}


def _crossed(view: View, found: Crossed) -> str:
    value = found.value
    over = number(value.value) > Fraction(found.limit)
    filled = {
        "metric": words.name(METRICS[value.metric]),
        "value": view.text.value(value),
        "limit": view.text.aim(value)
        if found.targeted
        else view.text.printed(value, str(found.limit)),
        "when": _when(view, value),
    }
    if found.periods > 1:
        filled["times"] = view.formats.number(found.periods)
    return _CROSSED[over, found.targeted, found.periods > 1](filled)


_CROSSED: Mapping[tuple[bool, bool, bool], Callable[[Mapping[str, str]], str]] = {
    (True, True, False): lambda f: say("{metric} {value} in {when}, target {limit}", **f),
    (False, True, False): lambda f: say("{metric} {value} in {when}, target {limit}", **f),
    (True, True, True): lambda f: say(
        "{metric} {value} in {when}, target {limit}, missed {times} times in a row", **f
    ),
    (False, True, True): lambda f: say(
        "{metric} {value} in {when}, target {limit}, missed {times} times in a row", **f
    ),
    (True, False, False): lambda f: say("{metric} {value} in {when}, above {limit}", **f),
    (False, False, False): lambda f: say("{metric} {value} in {when}, below {limit}", **f),
    (True, False, True): lambda f: say(
        "{metric} {value} in {when}, above {limit} {times} times in a row", **f
    ),
    (False, False, True): lambda f: say(
        "{metric} {value} in {when}, below {limit} {times} times in a row", **f
    ),
}
"""By side of the limit, whether it is the target, and whether it was crossed more than once."""


def _when(view: View, value: MetricValue) -> str:
    return view.head(parse(value.period, view.figures.data.calendar))


def _signal(view: View, found: Signal) -> str:
    value = found.value
    return say(
        "{metric} {value} in {when}: {test} (course {centre}, limits {low} to {high})",
        metric=words.name(METRICS[value.metric]),
        value=view.text.value(value),
        when=_when(view, value),
        test=test_words(found.test),
        centre=view.text.printed(value, found.centre),
        low=view.text.printed(value, _possible(value, found.low)),
        high=view.text.printed(value, _possible(value, found.high)),
    )


def _possible(value: MetricValue, limit: float) -> float:
    """Keep the limit of a proportion where a proportion can be."""
    return min(1.0, max(0.0, limit)) if METRICS[value.metric].rollup == "proportion" else limit


def test_words(test: ControlTest) -> str:
    """Return what a control chart's test found, in words."""
    return {
        "beyond_3_sigma": say("the month lies beyond three sigma"),
        "two_of_three_beyond_2_sigma": say("two of three months beyond two sigma"),
        "four_of_five_beyond_1_sigma": say("four of five months beyond one sigma"),
        "eight_on_one_side": say("eight months on one side of the course"),
        "nine_on_one_side": say("nine months on one side of the course"),
        "six_trending": say("six months running in one direction"),
        "fourteen_alternating": say("fourteen months up and down in turns"),
        "fifteen_within_1_sigma": say("fifteen months closer together than chance"),
        "eight_beyond_1_sigma": say("eight months beyond one sigma on both sides"),
    }[test]


def _dearer(view: View, found: Dearer) -> str:
    value = found.value
    filled = {
        "metric": words.name(METRICS[value.metric]),
        "value": view.text.value(value),
        "before": view.text.printed(value, str(found.before)),
        "rise": view.formats.number(found.rise * 100, 1),
    }
    service = value.by.get("service", "")
    if service:
        filled["service"] = service
    return _DEARER[found.against == "prior", bool(service)](filled)


_DEARER: Mapping[tuple[bool, bool], Callable[[Mapping[str, str]], str]] = {
    (True, False): lambda f: say(
        "{metric} {value}, {rise}% above {before} of the prior period", **f
    ),
    (False, False): lambda f: say("{metric} {value}, {rise}% above {before} of a year ago", **f),
    (True, True): lambda f: say(
        "{metric} of {service} {value}, {rise}% above {before} of the prior period", **f
    ),
    (False, True): lambda f: say(
        "{metric} of {service} {value}, {rise}% above {before} of a year ago", **f
    ),
}
"""By whether the prior period is compared with, and whether one service is told of."""


def _aged(view: View, found: Aged) -> str:
    filled: dict[str, str] = {
        "days": view.formats.number(found.days),
        "oldest": view.formats.number(found.oldest),
        "amount": view.formats.money(found.amount) if found.amount is not None else "",
        "names": _few(found.names),
    }
    return _AGED[found.of](found, filled)


def _few(names: tuple[str, ...]) -> str:
    first, rest = ", ".join(names[:FEW]), len(names) - FEW
    return say("{names} and {rest} more", names=first, rest=rest) if rest > 0 else first


def _aged_action(found: Aged, filled: Mapping[str, str]) -> str:
    if not found.postponed:
        return say("Action {names} is {oldest} days late", **filled)
    if not found.oldest:
        return say_number(
            "Action {names} was put off once",
            "Action {names} was put off {number} times",
            found.postponed,
            **filled,
        )
    return say_number(
        "Action {names} is {oldest} days late and was put off once",
        "Action {names} is {oldest} days late and was put off {number} times",
        found.postponed,
        **filled,
    )


_AGED: Mapping[str, Callable[[Aged, Mapping[str, str]], str]] = {
    "receivables": lambda found, f: say_number(
        "{amount} of {number} invoice is past due by more than {days} days, at most {oldest}",
        "{amount} of {number} invoices is past due by more than {days} days, at most {oldest}",
        found.count,
        **f,
    ),
    "disputes": lambda found, f: say_number(
        "{number} disputed line is undecided after more than {days} days, at most {oldest}",
        "{number} disputed lines are undecided after more than {days} days, at most {oldest}",
        found.count,
        **f,
    ),
    "cases": lambda found, f: say_number(
        "{number} case is open for more than {days} days, at most {oldest}: {names}",
        "{number} cases are open for more than {days} days, at most {oldest}: {names}",
        found.count,
        **f,
    ),
    "actions": _aged_action,
}


def _noticed(view: View, found: Noticed) -> str:
    filled = {
        "day": view.formats.day(found.notice, year=True),
        "end": view.formats.day(found.end, year=True),
    }
    if found.days >= 0:
        return say_number(
            "Notice falls due on {day}, in {number} day; the contract ends on {end}",
            "Notice falls due on {day}, in {number} days; the contract ends on {end}",
            found.days,
            **filled,
        )
    if found.auto_renewal:
        return say(
            "The notice deadline of {day} has passed; the contract goes on after {end}", **filled
        )
    return say("The notice deadline of {day} has passed; the contract ends on {end}", **filled)


def _stale(view: View, found: Stale) -> str:
    day = view.formats.day(found.cutoff, year=True)
    days = view.formats.number(found.days)
    return say_number(
        "The table {tables} ends on {day}, {days} days ago",
        "{number} tables end on {day}, {days} days ago: {tables}",
        len(found.tables),
        tables=_few(found.tables),
        day=day,
        days=days,
    )


SAID: Mapping[type, Callable[[View, Any], str]] = {
    Crossed: _crossed,
    Signal: _signal,
    Dearer: _dearer,
    Aged: _aged,
    Noticed: _noticed,
    Stale: _stale,
}
"""What each kind of finding says."""


def _aged_title(_view: View, found: Aged) -> str:
    return {
        "receivables": say("Collect what is long past due"),
        "disputes": say("Decide the old disputes"),
        "cases": say("Close the old cases"),
        "actions": say("Agree on a new date, or drop it"),
    }[found.of]


def _within(metric_id: str) -> str:
    return words.within(METRICS[metric_id])


TITLES: Mapping[type, Callable[[View, Any], str]] = {
    Crossed: lambda _, found: say(
        "Bring {metric} back within its limit", metric=_within(found.value.metric)
    ),
    Signal: lambda _, found: say(
        "Find out what moved {metric}", metric=_within(found.value.metric)
    ),
    Dearer: lambda _, found: say("Find out why {metric} rose", metric=_within(found.value.metric)),
    Aged: _aged_title,
    Noticed: lambda view, found: say(
        "Decide on renewal before {day}", day=view.formats.day(found.notice, year=True)
    ),
    Stale: lambda _, found: say_number(
        "Bring the table {tables} up to date",
        "Bring {number} tables up to date: {tables}",
        len(found.tables),
        tables=_few(found.tables),
    ),
}
"""What the action that answers each kind of finding is called."""
