"""Findings in words: a title with its number, what happened, and what follows from it.

A cause is named only where the data record one or people wrote it down; otherwise the
sentence says what moved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from reviewkit.analysis.change import Part
from reviewkit.analysis.findings import Finding
from reviewkit.analysis.movement import exact, number
from reviewkit.analysis.variance import Line
from reviewkit.display import effects, words
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


def standing(view: View, finding: Finding) -> str:
    """Return where a figure stands: "On-time delivery fell 2.0 points to 94.6%"."""
    value = _value(finding)
    metric = METRICS[value.metric]
    now = view.text.value(value)
    if metric.rollup == "difference":
        side = "below" if exact(value) < 0 else "above"
        return f"Revenue was {view.formats.money(abs(exact(value)))} {side} budget"
    if finding.moved and finding.moved.told:
        verb = "fell" if finding.moved.delta < 0 else "rose"
        return f"{metric.label} {verb} {moved_by(view, finding)} to {now}"
    return f"{metric.label} stands at {now}"


def moved_by(view: View, finding: Finding) -> str:
    """Return the size of a movement with its word: 2.0 points."""
    assert finding.moved is not None  # noqa: S101  asked by callers
    metric = METRICS[finding.moved.now.metric]
    return view.text.step(metric, abs(finding.moved.delta), word=True)


def carried(view: View, finding: Finding) -> str:
    """Return which parts carry the change: "Venlo → Lyon accounts for 1.7 of them"."""
    if finding.lines:
        return _by_effect(view, finding.lines)
    if not finding.contributors or not finding.change or not (finding.moved and finding.moved.told):
        return ""
    named = finding.contributors[:2]
    total = sum((part.total for part in named), Fraction(0))
    names = words.listed(part_name(part.key) for part in named)
    verb = "accounts" if len(named) == 1 else "account"
    step = view.text.step(METRICS[finding.change.metric], abs(total), word=True)
    way = "fall" if finding.moved.delta < 0 else "rise"
    return f"{names} {verb} for {step} of the {way}"


def part_name(key: str) -> str:
    """Return the name of a part; what has none in the data is told so."""
    return key or "not recorded"


def _by_effect(view: View, lines: tuple[Line, ...]) -> str:
    found = effects.printed(lines)
    told = [
        effect_of(view, "price", sum((item.price for item in found), Decimal(0))),
        effect_of(view, "volume", sum((item.volume for item in found), Decimal(0))),
    ]
    main = max(found, key=lambda item: abs(item.total))
    alone = ""
    if len(found) > 1:
        side = "short" if main.total < 0 else "above"
        alone = f"; {main.line.service} alone is {view.formats.money(abs(main.total))} {side}"
    return words.listed(told) + alone


def effect_of(view: View, name: str, amount: Decimal) -> str:
    """Return an effect on an amount as a verb: price took €1,200, volume added €300."""
    verb = "took" if amount < 0 else "added"
    return f"{name} {verb} {view.formats.money(abs(amount))}"


def _short_title(view: View, finding: Finding) -> str:
    value = _value(finding)
    if METRICS[value.metric].rollup == "difference":
        return standing(view, finding)
    if finding.moved and finding.moved.told and len(finding.contributors) == 1:
        part = finding.contributors[0]
        metric = METRICS[value.metric]
        lost = "lost" if part.total < 0 else "added"
        whole = view.text.step(metric, abs(finding.moved.delta), word=True)
        name = part_name(part.key)
        return f"{name} {lost} {view.text.step(metric, abs(part.total))} of the {whole}"
    short = view.text.step(METRICS[value.metric], _gap(value), word=True)
    return f"{METRICS[value.metric].label} is {short} short of target"


def _short_body(view: View, finding: Finding) -> str:
    value = _value(finding)
    metric = METRICS[value.metric]
    target = f"(target {view.text.aim(value)})"
    if metric.rollup == "difference":
        actual, plan = number(value.numerator), number(value.denominator)
        opening = (
            f"{view.formats.money(actual)} was invoiced against a budget of "
            f"{view.formats.money(plan)}."
        )
        return f"{opening} {words.sentence(carried(view, finding))}".strip()
    if finding.moved and finding.moved.told:
        before = view.text.reference(finding.moved.before, finding.moved.before.value)
        verb = "fell" if finding.moved.delta < 0 else "rose"
        sign = UNITS[metric.unit].sign
        text = f"{metric.label} {verb} from {before}{sign} to {view.text.value(value)} {target}."
        return " ".join(
            [text, *(_part(view, part) for part in finding.contributors[:1]), _cause(view, finding)]
        ).strip()
    return f"{_counted(view, value)} {_cause(view, finding)}".strip()


def _counted(view: View, value: MetricValue) -> str:
    metric = METRICS[value.metric]
    target = view.text.aim(value)
    cases = words.CASES[metric.id]
    if metric.rollup == "proportion" and cases.short:
        failed = value.n - int(value.numerator or 0)
        if metric.better == "lower":
            failed = int(value.numerator or 0)
        return (
            f"{view.formats.number(failed)} of {view.formats.number(value.n)} {cases.many} "
            f"{cases.short}: {view.text.value(value)} against a target of {target}."
        )
    return f"{metric.label} is {view.text.value(value)} against a target of {target}."


def _part(view: View, part: Part) -> str:
    if not part.before or not part.now:
        return ""
    before, now = (view.formats.number(item.rate * 100, 1) for item in (part.before, part.now))
    return f"{part_name(part.key)} went from {before}% to {now}%."


def _cause(view: View, finding: Finding) -> str:
    if not finding.causes:
        return ""
    cause = finding.causes[0]
    whole = int(cause.late / cause.share)
    where = ""
    if finding.change and finding.change.by == "lane" and finding.contributors:
        where = " there"
    share = view.formats.number(cause.share * 100)
    return (
        f"“{cause.name}” is recorded for {view.formats.number(cause.late)} of the "
        f"{view.formats.number(whole)} late deliveries{where} ({share}%)."
    )


def _short_so_what(view: View, finding: Finding) -> str:
    if finding.recovery and (finding.recovery.remedy or finding.recovery.back_on_target):
        return recovery(finding.recovery)
    value = _value(finding)
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
    value = _value(finding)
    return f"{_counted(view, value)} {_cause(view, finding)}"


def _cause_so_what(view: View, finding: Finding) -> str:
    value, cause = _value(finding), finding.causes[0]
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
    value = _value(finding)
    year_ago, prior = view.period.year_ago(), view.period.prior()
    return (
        f"{view.text.value(value)} shipments left in {view.head(view.period)}, against "
        f"{view.text.reference(value, value.year_ago)} in {view.head(year_ago)} and "
        f"{view.text.reference(value, value.prior)} in {view.head(prior)}."
    )


def _growth_so_what(view: View, _finding: Finding) -> str:
    steps = 12 // len(view.period.months())
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
        f"A year ago the next {view.period.kind} brought {step}% "
        f"{'more' if share >= 0 else 'fewer'}; the same step would now mean "
        f"{view.formats.number(rounded_to(view.figures.one('shipments').n * (1 + share), 0))}."
    )


def _streak_title(view: View, finding: Finding) -> str:
    value = _value(finding)
    return (
        f"{METRICS[value.metric].label} at {view.text.value(value)}: on target for the "
        f"{words.ordinal(finding.periods)} {view.period.kind} in a row"
    )


def _streak_so_what(view: View, finding: Finding) -> str:
    value = _value(finding)
    metric = METRICS[value.metric]
    if metric.rollup != "proportion" or metric.better != "higher" or value.target is None:
        return ""
    spare = floor(int(value.numerator or 0) - number(value.target) * value.n)
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


def _value(finding: Finding) -> MetricValue:
    assert finding.value is not None  # noqa: S101  every kind that asks carries one
    return finding.value


def _gap(value: MetricValue) -> Fraction:
    return abs(exact(value) - number(value.target))


def _counted_body(view: View, finding: Finding) -> str:
    return _counted(view, _value(finding))


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
