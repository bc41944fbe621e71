"""Findings in words: a title with its number, what happened, and what follows from it.

A cause is named only where the data record one or people wrote it down; otherwise the
sentence says what moved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import floor

from reviewkit.analysis.figures import RUN
from reviewkit.analysis.model import Finding
from reviewkit.analysis.movement import number
from reviewkit.display import discoveries, moves, shortfalls, standing, words
from reviewkit.display.formats import rounded_to
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number

Say = Callable[[View, Finding], str]


def title(view: View, finding: Finding) -> str:
    """Return a finding as a heading, with its number."""
    return _WORDS[finding.kind][0](view, finding)


def body(view: View, finding: Finding) -> str:
    """Return what happened, in a few sentences."""
    return _WORDS[finding.kind][1](view, finding)


def answer(view: View, finding: Finding) -> str:
    """Return a finding as the answer of a page; empty for a kind that answers for nothing."""
    made = _ANSWERS.get(finding.kind)
    return made(view, finding) if made else ""


def so_what(view: View, finding: Finding) -> str:
    """Return what follows: the remedy people wrote down, or what the numbers imply."""
    return _WORDS[finding.kind][2](view, finding)


# --- actions ----------------------------------------------------------------------------


def _late_title(view: View, finding: Finding) -> str:
    late, whole = len(finding.actions), finding.open_actions
    worst = finding.actions[0].late
    days = say_number(
        "{count} day", "{count} days", worst, count=view.formats.number(worst), context="by"
    )
    if late == whole:
        text = say_number(
            "The only open action is late, by {days}",
            "{every} open actions are late, one by {days}",
            whole,
            every=words.every(whole),
            days=days,
        )
        return words.capital(text)
    text = say_number(
        "{part} of {whole} open actions is late, one by {days}",
        "{part} of {whole} open actions are late, one by {days}",
        late,
        part=words.count(late),
        whole=words.count(whole),
        days=days,
    )
    return words.capital(text)


def _late_body(view: View, finding: Finding) -> str:
    out = []
    for action in finding.actions[:2]:
        owner = f" ({action.owner})" if action.owner else ""
        about = {"action": action.title, "owner": owner, "times": words.times(action.postponed)}
        day = view.formats.day(action.first_due) if action.first_due else ""
        if day and action.postponed:
            text = say(
                "“{action}”{owner} was first due on {day} and postponed {times}.", day=day, **about
            )
        elif day:
            text = say("“{action}”{owner} was first due on {day}.", day=day, **about)
        elif action.postponed:
            text = say("“{action}”{owner} was postponed {times}.", **about)
        else:
            text = say("“{action}”{owner} has no date.", **about)
        out.append(text)
    return " ".join(out)


def _late_so_what(view: View, finding: Finding) -> str:
    dates = [action.due for action in finding.actions if action.due]
    sides = {action.side for action in finding.actions}
    both = [say("Both sides owe one.")] if {"client", "provider"} <= sides else []
    if not dates:
        return " ".join([*both, say("No new date is given.")])
    due = say_number(
        "It is now due by {day}.",
        "All are now due by {day}.",
        len(finding.actions),
        day=view.formats.full_day(max(dates)),
    )
    return " ".join([*both, due])


# --- a recorded cause, volume, streaks, and what is missing -----------------------------


def _cause_title(view: View, finding: Finding) -> str:
    cause = finding.causes[0]
    share = view.formats.number(cause.share * 100)
    return say(
        "“{cause}” is the main cause: {share}% of late deliveries", cause=cause.name, share=share
    )


def _cause_body(view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    return f"{standing.counted(view, value)} {standing.recorded(view, finding)}"


def _cause_so_what(view: View, finding: Finding) -> str:
    value, cause = standing.value_of(finding), finding.causes[0]
    better = Fraction(int(value.numerator or 0) + cause.late, value.n)
    rate = view.formats.number(better * 100, METRICS[value.metric].decimals)
    return say("Had these been on time, on-time delivery would stand at {rate}%.", rate=rate)


def _growth_title(view: View, finding: Finding) -> str:
    assert finding.moved is not None  # noqa: S101  growth always moved
    before, now = finding.moved.before, finding.moved.now
    share = abs(finding.moved.delta) / before.n if before.n else Fraction(0)
    about = {
        "share": view.formats.number(share * 100, 0 if share >= Fraction(1, 10) else 1),
        "now": view.text.value(now),
    }
    if finding.moved.delta > 0:
        return say("Shipments grew {share}% on a year ago, to {now}", **about)
    return say("Shipments fell {share}% on a year ago, to {now}", **about)


def _growth_body(view: View, _finding: Finding) -> str:
    return shipped(view)


def shipped(view: View) -> str:
    """Return how many shipments left, beside the prior period and the year before."""
    value = view.figures.one("shipments")
    now = words.shipments(value.n, view.text.value(value))
    if value.prior is None or value.year_ago is None:
        return say("{shipments} left in {period}.", shipments=now, period=view.title)
    year_ago, prior = view.period.year_ago(), view.period.prior()
    told = {
        "shipments": now,
        "period": view.head(view.period),
        "then": view.text.reference(value, value.year_ago),
        "year_ago": view.head(year_ago),
    }
    if prior == year_ago:
        return say("{shipments} left in {period}, against {then} in {year_ago}.", **told)
    return say(
        "{shipments} left in {period}, against {then} in {year_ago} and {before} in {prior}.",
        **told,
        before=view.text.reference(value, value.prior),
        prior=view.head(prior),
    )


def _growth_so_what(view: View, _finding: Finding) -> str:
    steps = view.period.per_year
    following = view.period.run(steps)[0] if steps > 1 else None
    if following is None:
        return ""
    base = view.figures.one("shipments", view.period.year_ago())
    then = view.figures.one("shipments", following)
    if base.partial or then.partial or not base.n:
        return ""
    share = Fraction(then.n - base.n, base.n)
    about = {
        "period": view.noun,
        "step": view.formats.number(abs(share) * 100),
        "then": view.formats.number(rounded_to(view.figures.one("shipments").n * (1 + share), 0)),
    }
    if about["step"] == view.formats.number(0):
        return say(
            "A year ago the next {period} brought about as many; the same step would now mean "
            "{then}.",
            **about,
        )
    if share >= 0:
        return say(
            "A year ago the next {period} brought {step}% more; the same step would now mean "
            "{then}.",
            **about,
        )
    return say(
        "A year ago the next {period} brought {step}% fewer; the same step would now mean {then}.",
        **about,
    )


def _streak_title(view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    about = {
        "metric": words.name(METRICS[value.metric]),
        "now": view.text.value(value),
        "ordinal": words.ordinal(finding.periods),
        "count": words.count(finding.periods),
        "period": view.noun,
        "periods": view.nouns,
    }
    if finding.periods >= RUN:
        return say("{metric} at {now}: on target for at least {count} {periods} in a row", **about)
    return say("{metric} at {now}: on target for the {ordinal} {period} in a row", **about)


def _streak_so_what(view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    metric = METRICS[value.metric]
    if metric.rollup != "proportion" or metric.better != "higher" or value.target is None:
        return ""
    spare = floor(int(value.numerator or 0) - number(value.target) * value.n)
    if not spare:
        return ""
    return say(
        "The target leaves room for {spare} more of {whole} {cases} to fail.",
        spare=view.formats.number(spare),
        whole=view.formats.number(value.n),
        cases=words.cases(metric.id),
    )


def _missing_title(_view: View, finding: Finding) -> str:
    text = say_number(
        "{count} table was not supplied",
        "{count} tables were not supplied",
        len(finding.tables),
        count=words.count(len(finding.tables)),
    )
    return words.capital(text)


def _missing_body(view: View, finding: Finding) -> str:
    names = words.listed(words.table(name) for name in finding.tables)
    without = [metric for metric in view.scored if metric.missing(view.figures.data)]
    return say_number(
        "Without {tables} {part} of {whole} measures has no figure.",
        "Without {tables} {part} of {whole} measures have no figure.",
        len(without),
        tables=names,
        part=words.count(len(without)),
        whole=words.count(len(view.scored)),
    )


def _missing_so_what(_view: View, finding: Finding) -> str:
    gains = words.listed(words.gives(name) for name in finding.tables)
    return say("With them this review shows {gains}.", gains=gains)


def _counted_body(view: View, finding: Finding) -> str:
    return standing.counted(view, standing.value_of(finding))


_WORDS: Mapping[str, tuple[Say, Say, Say]] = {
    "miss": (shortfalls.title, shortfalls.body, shortfalls.so_what),
    "near": (shortfalls.title, shortfalls.body, shortfalls.so_what),
    "late_actions": (_late_title, _late_body, _late_so_what),
    "cause": (_cause_title, _cause_body, _cause_so_what),
    "growth": (_growth_title, _growth_body, _growth_so_what),
    "streak": (_streak_title, _counted_body, _streak_so_what),
    "not_supplied": (_missing_title, _missing_body, _missing_so_what),
    "half_supplied": (_missing_title, _missing_body, _missing_so_what),
    "unbilled": (
        discoveries.unbilled_title,
        discoveries.unbilled_body,
        discoveries.unbilled_so_what,
    ),
    "burst": (discoveries.burst_title, discoveries.burst_body, discoveries.burst_so_what),
    "renewal": (discoveries.renewal_title, discoveries.renewal_body, discoveries.renewal_so_what),
    "partial": (discoveries.partial_title, discoveries.partial_body, discoveries.partial_so_what),
    "moved": (moves.title, moves.body, moves.so_what),
    "slid": (moves.slid_title, moves.slid_body, moves.slid_so_what),
}
"""Title, body and consequence of each kind of finding."""

_ANSWERS: Mapping[str, Say] = {
    "unbilled": discoveries.unbilled_answer,
    "burst": discoveries.burst_answer,
    "renewal": discoveries.renewal_answer,
    "partial": discoveries.partial_answer,
    "moved": moves.answer,
    "slid": moves.slid_answer,
}
"""Kinds of findings that answer for the whole review where they come first."""
