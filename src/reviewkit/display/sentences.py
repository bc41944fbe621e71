"""Findings in words: a title with its number, what happened, and what follows from it.

A cause is named only where the data record one or people wrote it down; otherwise the
sentence says what moved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor

from reviewkit.analysis.findings import Finding
from reviewkit.analysis.movement import exact, number
from reviewkit.display import standing, words
from reviewkit.display.figures import UNITS
from reviewkit.display.formats import rounded_to
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.params.models import Recovery

Say = Callable[[View, Finding], str]


def title(view: View, finding: Finding) -> str:
    """Return a finding as a heading, with its number."""
    return _WORDS[finding.kind][0](view, finding)


def body(view: View, finding: Finding) -> str:
    """Return what happened, in a few sentences."""
    return _WORDS[finding.kind][1](view, finding)


def so_what(view: View, finding: Finding) -> str:
    """Return what follows: the remedy people wrote down, or what the numbers imply."""
    return _WORDS[finding.kind][2](view, finding)


# --- a figure that fell short of its target ---------------------------------------------


def _short_title(view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    if METRICS[value.metric].rollup == "difference":
        return standing.standing(view, finding)
    if finding.moved and finding.moved.told and len(finding.contributors) == 1:
        part = finding.contributors[0]
        metric = METRICS[value.metric]
        lost = "lost" if part.total < 0 else "added"
        whole = view.text.step(metric, abs(finding.moved.delta), word=True)
        name = standing.part_name(part.key)
        return f"{name} {lost} {view.text.step(metric, abs(part.total))} of the {whole}"
    short = view.text.step(METRICS[value.metric], _gap(value), word=True)
    return f"{METRICS[value.metric].label} is {short} short of target"


def _short_body(view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    metric = METRICS[value.metric]
    target = f"(target {view.text.aim(value)})"
    if metric.rollup == "difference":
        actual, plan = number(value.numerator), number(value.denominator)
        opening = (
            f"{view.formats.money(actual)} was invoiced against a budget of "
            f"{view.formats.money(plan)}."
        )
        return f"{opening} {words.sentence(standing.carried(view, finding))}".strip()
    if finding.moved and finding.moved.told:
        before = view.text.reference(finding.moved.before, finding.moved.before.value)
        verb = "fell" if finding.moved.delta < 0 else "rose"
        sign = UNITS[metric.unit].sign
        text = f"{metric.label} {verb} from {before}{sign} to {view.text.value(value)} {target}."
        return " ".join(
            [
                text,
                *(standing.part_moved(view, part) for part in finding.contributors[:1]),
                standing.recorded(view, finding),
            ]
        ).strip()
    return f"{standing.counted(view, value)} {standing.recorded(view, finding)}".strip()


def _short_so_what(view: View, finding: Finding) -> str:
    if finding.recovery and (finding.recovery.remedy or finding.recovery.back_on_target):
        return recovery(finding.recovery)
    value = standing.value_of(finding)
    metric = METRICS[value.metric]
    if metric.rollup == "proportion" and metric.better == "higher" and value.target is not None:
        need = ceil(number(value.target) * value.n) - int(value.numerator or 0)
        cases = words.CASES[metric.id]
        return (
            f"{view.formats.number(need)} more {cases.many} {cases.saved} would have met the "
            "target. No remedy is recorded."
        )
    return "No remedy is recorded."


def recovery(found: Recovery) -> str:
    """Return a remedy with the date and effect that people gave for it."""
    parts = [words.sentence(found.remedy)] if found.remedy else []
    if found.back_on_target:
        effect = f" ({found.effect})" if found.effect else ""
        parts.append(f"Back on target: {found.back_on_target}{effect}.")
    return " ".join(parts)


# --- actions ----------------------------------------------------------------------------


def _late_title(view: View, finding: Finding) -> str:
    late = len(finding.actions)
    worst = finding.actions[0].late
    verb = "is" if late == 1 else "are"
    many = words.of(late, finding.open_actions, "open actions")
    return f"{words.capital(many)} {verb} late, one by {view.formats.number(worst)} days"


def _late_body(view: View, finding: Finding) -> str:
    out = []
    for action in finding.actions[:2]:
        owner = f" ({action.owner})" if action.owner else ""
        first = f"was first due on {view.formats.day(action.first_due)}" if action.first_due else ""
        slips = f"postponed {_times(action.postponed)}" if action.postponed else ""
        out.append(f"“{action.title}”{owner} {words.listed(p for p in (first, slips) if p)}.")
    return " ".join(out)


def _late_so_what(view: View, finding: Finding) -> str:
    dates = [action.due for action in finding.actions if action.due]
    sides = {action.side for action in finding.actions}
    both = "Both sides owe one. " if {"client", "provider"} <= sides else ""
    if not dates:
        return f"{both}No new date is given.".strip()
    last = view.formats.full_day(max(dates))
    all_of_them = "It is" if len(finding.actions) == 1 else "All are"
    return f"{both}{all_of_them} now due by {last}."


def _times(number_: int) -> str:
    return {1: "once", 2: "twice"}.get(number_, f"{words.count(number_)} times")


# --- a recorded cause, volume, streaks, and what is missing -----------------------------


def _cause_title(view: View, finding: Finding) -> str:
    cause = finding.causes[0]
    share = view.formats.number(cause.share * 100)
    return f"“{cause.name}” is the main cause: {share}% of late deliveries"


def _cause_body(view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    return f"{standing.counted(view, value)} {standing.recorded(view, finding)}"


def _cause_so_what(view: View, finding: Finding) -> str:
    value, cause = standing.value_of(finding), finding.causes[0]
    better = Fraction(int(value.numerator or 0) + cause.late, value.n)
    rate = view.formats.number(better * 100, METRICS[value.metric].decimals)
    return f"Had these been on time, on-time delivery would stand at {rate}%."


def _growth_title(view: View, finding: Finding) -> str:
    assert finding.moved is not None  # noqa: S101  growth always moved
    before, now = finding.moved.before, finding.moved.now
    share = abs(finding.moved.delta) / before.n if before.n else Fraction(0)
    verb = "grew" if finding.moved.delta > 0 else "fell"
    percent = view.formats.number(share * 100, 0 if share >= Fraction(1, 10) else 1)
    return f"Shipments {verb} {percent}% on a year ago, to {view.text.value(now)}"


def _growth_body(view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    year_ago, prior = view.period.year_ago(), view.period.prior()
    return (
        f"{view.text.value(value)} shipments left in {view.head(view.period)}, against "
        f"{view.text.reference(value, value.year_ago)} in {view.head(year_ago)} and "
        f"{view.text.reference(value, value.prior)} in {view.head(prior)}."
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
    step = view.formats.number(abs(share) * 100)
    return (
        f"A year ago the next {view.period.noun} brought {step}% "
        f"{'more' if share >= 0 else 'fewer'}; the same step would now mean "
        f"{view.formats.number(rounded_to(view.figures.one('shipments').n * (1 + share), 0))}."
    )


def _streak_title(view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    return (
        f"{METRICS[value.metric].label} at {view.text.value(value)}: on target for the "
        f"{words.ordinal(finding.periods)} {view.period.noun} in a row"
    )


def _streak_so_what(view: View, finding: Finding) -> str:
    value = standing.value_of(finding)
    metric = METRICS[value.metric]
    if metric.rollup != "proportion" or metric.better != "higher" or value.target is None:
        return ""
    spare = floor(int(value.numerator or 0) - number(value.target) * value.n)
    if not spare:
        return ""
    cases = words.CASES[metric.id]
    return (
        f"The target leaves room for {view.formats.number(spare)} more of "
        f"{view.formats.number(value.n)} {cases.many} to fail."
    )


def _missing_title(_view: View, finding: Finding) -> str:
    verb = "was" if len(finding.tables) == 1 else "were"
    return f"{words.capital(words.plural(len(finding.tables), 'table'))} {verb} not supplied"


def _missing_body(view: View, finding: Finding) -> str:
    names = words.listed(words.TABLES[name][0] for name in finding.tables)
    without = [metric for metric in view.scored if metric.missing(view.figures.data)]
    return (
        f"{words.capital(names)} are missing: "
        f"{words.of(len(without), len(view.scored), 'measures')} have no figure."
    )


def _missing_so_what(_view: View, finding: Finding) -> str:
    gains = words.listed(words.TABLES[name][1] for name in finding.tables)
    return f"With them this review shows {gains}."


def _gap(value: MetricValue) -> Fraction:
    return abs(exact(value) - number(value.target))


def _counted_body(view: View, finding: Finding) -> str:
    return standing.counted(view, standing.value_of(finding))


_WORDS: Mapping[str, tuple[Say, Say, Say]] = {
    "miss": (_short_title, _short_body, _short_so_what),
    "near": (_short_title, _short_body, _short_so_what),
    "late_actions": (_late_title, _late_body, _late_so_what),
    "cause": (_cause_title, _cause_body, _cause_so_what),
    "growth": (_growth_title, _growth_body, _growth_so_what),
    "streak": (_streak_title, _counted_body, _streak_so_what),
    "not_supplied": (_missing_title, _missing_body, _missing_so_what),
}
"""Title, body and consequence of each kind of finding."""
