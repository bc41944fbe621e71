"""Where a figure stands, what carries its change, and the cause recorded for it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reviewkit.analysis.change import Part
from reviewkit.analysis.model import Finding
from reviewkit.analysis.movement import exact
from reviewkit.analysis.variance import Line
from reviewkit.display import effects, words
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number


def standing(view: View, finding: Finding) -> str:
    """Return where a figure stands: "On-time delivery fell 2.0 points to 94.6%"."""
    value = value_of(finding)
    metric = METRICS[value.metric]
    now = view.text.value(value)
    if metric.rollup == "difference":
        amount = view.formats.money(abs(exact(value)))
        if exact(value) < 0:
            return say("Revenue was {amount} below budget", amount=amount)
        return say("Revenue was {amount} above budget", amount=amount)
    name = words.name(metric)
    if value.partial:
        return say("{metric} stands at {now} so far", metric=name, now=now)
    if finding.moved and finding.moved.told:
        step = moved_by(view, finding)
        if finding.moved.delta < 0:
            return say("{metric} fell {step} to {now}", metric=name, step=step, now=now)
        return say("{metric} rose {step} to {now}", metric=name, step=step, now=now)
    return say("{metric} stands at {now}", metric=name, now=now)


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
    step = view.text.step(METRICS[finding.change.metric], abs(total), word=True)
    if finding.moved.delta < 0:
        return say_number(
            "{names} accounts for {step} of the fall",
            "{names} account for {step} of the fall",
            len(named),
            names=names,
            step=step,
        )
    return say_number(
        "{names} accounts for {step} of the rise",
        "{names} account for {step} of the rise",
        len(named),
        names=names,
        step=step,
    )


def part_name(key: str) -> str:
    """Return the name of a part; what has none in the data is told so."""
    return key or say("not recorded")


def _by_effect(view: View, lines: tuple[Line, ...]) -> str:
    found = effects.printed(lines)
    told = [
        effect_of(view, "price", sum((item.price for item in found), Decimal(0))),
        effect_of(view, "volume", sum((item.volume for item in found), Decimal(0))),
    ]
    main = max(found, key=lambda item: abs(item.total))
    if len(found) == 1:
        return words.listed(told)
    about = {
        "effects": words.listed(told),
        "service": main.line.service,
        "amount": view.formats.money(abs(main.total)),
    }
    if main.total < 0:
        return say("{effects}; {service} alone is {amount} short", **about)
    return say("{effects}; {service} alone is {amount} above", **about)


def effect_of(view: View, name: str, amount: Decimal) -> str:
    """Return an effect on an amount as a verb: price took €1,200, volume added €300."""
    text = view.formats.money(abs(amount))
    if amount < 0:
        return say("{effect} took {amount}", effect=say(name), amount=text)
    return say("{effect} added {amount}", effect=say(name), amount=text)


def counted(view: View, value: MetricValue) -> str:
    """Return how many cases fell short: "8 of 648 invoice lines were in error: ..."."""
    metric = METRICS[value.metric]
    target = view.text.aim(value)
    cases = words.CASES[metric.id]
    if metric.rollup == "proportion" and cases.short:
        failed = value.n - int(value.numerator or 0)
        if metric.better == "lower":
            failed = int(value.numerator or 0)
        return say(
            "{part} of {whole} {cases} {failed}: {value} against a target of {target}.",
            part=view.formats.number(failed),
            whole=view.formats.number(value.n),
            cases=words.cases(metric.id),
            failed=say(cases.short),
            value=view.text.value(value),
            target=target,
        )
    return say(
        "{metric} is {value} against a target of {target}.",
        metric=words.name(metric),
        value=view.text.value(value),
        target=target,
    )


def part_told(view: View, finding: Finding, part: Part) -> str:
    """Return what a part did: how its rate moved, or its share where that made the change."""
    found = finding.change
    if not found or not part.before or not part.now or abs(part.rate) >= abs(part.mix):
        return part_moved(view, part)
    shares = (
        part.before.denominator / found.before.denominator,
        part.now.denominator / found.now.denominator,
    )
    before, now = (view.formats.number(share * 100, 1) for share in shares)
    return say(
        "{part} went from {before}% to {now}% of the whole; its own rate is {rate}%.",
        part=part_name(part.key),
        before=before,
        now=now,
        rate=view.formats.number(part.now.rate * 100, 1),
    )


def part_moved(view: View, part: Part) -> str:
    """Return how the rate of a part moved: "Venlo → Lyon went from 96.8% to 85.0%."."""
    if not part.before or not part.now:
        return ""
    before, now = (view.formats.number(item.rate * 100, 1) for item in (part.before, part.now))
    return say(
        "{part} went from {before}% to {now}%.",
        part=part_name(part.key),
        before=before,
        now=now,
    )


def recorded(view: View, finding: Finding) -> str:
    """Return the most frequent recorded cause with its share; nothing where none is."""
    if not finding.causes:
        return ""
    cause = finding.causes[0]
    whole = int(cause.late / cause.share)
    about = {
        "cause": cause.name,
        "late": view.formats.number(cause.late),
        "whole": view.formats.number(whole),
        "share": view.formats.number(cause.share * 100),
    }
    if finding.change and finding.change.by == "lane" and finding.contributors:
        return say(
            "“{cause}” is recorded for {late} of the {whole} late deliveries there ({share}%).",
            **about,
        )
    return say(
        "“{cause}” is recorded for {late} of the {whole} late deliveries ({share}%).", **about
    )


def value_of(finding: Finding) -> MetricValue:
    """Return the figure that a finding is about; kinds without one do not ask."""
    assert finding.value is not None  # noqa: S101  every kind that asks carries one
    return finding.value
