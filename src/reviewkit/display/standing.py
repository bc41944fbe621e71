"""Where a figure stands, what carries its change, and the cause recorded for it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reviewkit.analysis.change import Part
from reviewkit.analysis.findings import Finding
from reviewkit.analysis.movement import exact
from reviewkit.analysis.variance import Line
from reviewkit.display import effects, words
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS


def standing(view: View, finding: Finding) -> str:
    """Return where a figure stands: "On-time delivery fell 2.0 points to 94.6%"."""
    value = value_of(finding)
    metric = METRICS[value.metric]
    now = view.text.value(value)
    if metric.rollup == "difference":
        side = "below" if exact(value) < 0 else "above"
        return f"Revenue was {view.formats.money(abs(exact(value)))} {side} budget"
    if value.partial:
        return f"{metric.label} stands at {now} so far"
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


def counted(view: View, value: MetricValue) -> str:
    """Return how many cases fell short: "8 of 648 invoice lines were in error: ..."."""
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


def part_moved(view: View, part: Part) -> str:
    """Return how the rate of a part moved: "Venlo → Lyon went from 96.8% to 85.0%."."""
    if not part.before or not part.now:
        return ""
    before, now = (view.formats.number(item.rate * 100, 1) for item in (part.before, part.now))
    return f"{part_name(part.key)} went from {before}% to {now}%."


def recorded(view: View, finding: Finding) -> str:
    """Return the most frequent recorded cause with its share; nothing where none is."""
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


def value_of(finding: Finding) -> MetricValue:
    """Return the figure that a finding is about; kinds without one do not ask."""
    assert finding.value is not None  # noqa: S101  every kind that asks carries one
    return finding.value
