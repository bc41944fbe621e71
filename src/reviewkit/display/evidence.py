"""What stands behind the figures of a block, in words: definition, parts, cases, source."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from reviewkit.analysis.evidence import Behind, behind, unknown
from reviewkit.analysis.movement import number
from reviewkit.blocks import Block, figures
from reviewkit.display import words
from reviewkit.display.figures import UNITS
from reviewkit.display.view import View
from reviewkit.evidence import Backing, Definition, Evidence, Line, identity
from reviewkit.metrics.data import MetricValue, Number
from reviewkit.metrics.judge import Goal
from reviewkit.metrics.metric import Metric
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say, say_number


def evidence(view: View, block: Block) -> Evidence:
    """Return what stands behind every figure that `block` prints, each figure once.

    A figure that this review cannot trace has no evidence.
    """
    printed = {identity(figure): figure for figure, _, _ in figures(block)}
    found = [item for item in (behind(view.figures, one) for one in printed.values()) if item]
    metrics = dict.fromkeys(item.value.metric for item in found)
    return Evidence(
        definitions=tuple(_definition(METRICS[name]) for name in metrics),
        figures=tuple(_backing(view, item) for item in found),
    )


def _definition(metric: Metric) -> Definition:
    return Definition(
        metric=metric.id,
        label=words.name(metric),
        definition=say(metric.definition),
        formula=say(metric.formula),
        counted=say(
            "{cases}, dated by {date}.",
            cases=words.capital(say(metric.grain)),
            date=say(words.DATES.get(metric.date, metric.date)),
        ),
        exclusions=words.sentences(metric.exclusions),
        standard=metric.standard,
    )


def _backing(view: View, item: Behind) -> Backing:
    value, goal = item.value, item.goal
    if item.figure.role == "target":
        lines = tuple(_agreed(view, item, goal)) if goal else ()
        return Backing(figure=item.figure, at=item.at.id, lines=lines, value=value.target)
    tables = METRICS[value.metric].tables
    cutoffs = [view.figures.data.cutoffs[name] for name in tables if _complete(view, name)]
    return Backing(
        figure=item.figure,
        at=item.at.id,
        lines=tuple(_lines(view, item)),
        value=value.value,
        numerator=value.numerator,
        denominator=value.denominator,
        n=value.n,
        unknown=unknown(value),
        partial=value.partial,
        cutoff=min(cutoffs).isoformat() if cutoffs else "",
        version=version(view, METRICS[value.metric]),
    )


def version(view: View, metric: Metric) -> str:
    """Return what changes with a metric's definition and with the client's rules for it."""
    rules: tuple[object, ...] = (view.figures.data.timezone, view.figures.data.currency)
    if "shipments" in metric.tables:
        rules += view.params.contract.delivery
    return hashlib.sha256(f"{metric.version} {rules!r}".encode()).hexdigest()[:16]


def _complete(view: View, table: str) -> bool:
    return table in view.figures.data.cutoffs


def _lines(view: View, item: Behind) -> Iterator[Line]:
    value = item.value
    yield Line(key="period", label=say("Period"), text=view.formats.dates(item.at))
    if made_of := _made_of(view, value):
        yield Line(key="made_of", label=say("Made of"), text=made_of)
    yield Line(key="n", label=say("Cases"), text=_cases(view, value))
    if value.coverage is not None:
        yield Line(key="coverage", label=say("Known"), text=_coverage(view, value))
    if interval := _interval(view, value):
        yield Line(key="interval", label=say("95% interval"), text=interval)
    if value.status == "low_volume":
        few = say("fewer than {least} cases: no status", least=view.house.minimum_n)
        yield Line(key="status", label=say("Status"), text=few)
    if value.partial:
        partial = say("not compared with whole periods")
        yield Line(key="partial", label=say("Partial"), text=partial)
    yield from _supplied(view, METRICS[value.metric])


def _supplied(view: View, metric: Metric) -> Iterator[Line]:
    sources = [name for table in metric.tables for name in view.house.sources.get(table, ())]
    if sources:
        named = words.listed(dict.fromkeys(sources))
        yield Line(key="source", label=say("Source"), text=named)
    days = [day for table in metric.tables if (day := view.figures.data.cutoff_day(table))]
    if days:
        last = view.formats.day(min(days), year=True)
        yield Line(key="cutoff", label=say("Complete to"), text=last)


def _made_of(view: View, value: MetricValue) -> str:
    """Return the two numbers that a figure is made of, as its formula writes them."""
    if value.numerator is None or value.denominator is None:
        return ""
    metric = METRICS[value.metric]
    first, second = (_part(view, at) for at in (value.numerator, value.denominator))
    return _MADE_OF.get(metric.rollup, _divided)(first, second)


def _divided(first: str, second: str) -> str:
    return say("{numerator} ÷ {denominator}", numerator=first, denominator=second)


def _less(first: str, second: str) -> str:
    return say("{first} − {second}", first=first, second=second)


def _held_against(first: str, second: str) -> str:
    return say("{first} of {second}", first=first, second=second)


_MADE_OF: Mapping[str, Callable[[str, str], str]] = {
    "difference": _less,
    "charged": _held_against,
}
"""How a roll-up puts its two numbers together; the others divide."""


def _part(view: View, at: Number) -> str:
    """Return a numerator or denominator as printed: money as money, whole numbers as such."""
    amount = number(at)
    return view.formats.money(amount) if isinstance(at, str) else view.formats.number(amount)


def _cases(view: View, value: MetricValue) -> str:
    cases = words.CASES.get(value.metric)
    count = view.formats.number(value.n)
    return say("{count} {cases}", count=count, cases=say(cases.many)) if cases else count


def _coverage(view: View, value: MetricValue) -> str:
    share = view.formats.number(number(value.coverage) * 100, 1)
    missing = unknown(value)
    if not missing:
        return say("{share}%", share=share)
    return say_number(
        "{share}%; one case has no recorded outcome and is left out",
        "{share}%; {count} cases have no recorded outcome and are left out",
        missing,
        share=share,
        count=view.formats.number(missing),
    )


def _interval(view: View, value: MetricValue) -> str:
    if value.interval is None:
        return ""
    metric = METRICS[value.metric]
    unit = UNITS[metric.unit]
    low, high = (
        view.formats.number(number(end) * unit.scale, max(metric.decimals, 1))
        for end in value.interval
    )
    return say("{low} to {high}{unit}", low=low, high=high, unit=unit.sign)


def _agreed(view: View, item: Behind, goal: Goal) -> Iterator[Line]:
    aim = view.text.target(item.value) + _sign(METRICS[item.value.metric])
    yield Line(key="agreed", label=say("Target"), text=_SOURCES[goal.source](goal, aim))
    if goal.tolerance:
        step = view.text.step(METRICS[item.value.metric], Fraction(goal.tolerance))
        near = say(
            "short by no more than {step}{unit} is near",
            step=step,
            unit=_sign(METRICS[item.value.metric]),
        )
        yield Line(key="tolerance", label=say("Tolerance"), text=near)


def _sign(metric: Metric) -> str:
    return "" if metric.unit == "money" else UNITS[metric.unit].sign


def _contract(goal: Goal, aim: str) -> str:
    if goal.clause:
        return say("{aim}, by the contract, {clause}", aim=aim, clause=goal.clause)
    return say("{aim}, by the contract", aim=aim)


def _set(_: Goal, aim: str) -> str:
    return say("{aim}, as set for this account", aim=aim)


def _of_itself(_: Goal, aim: str) -> str:
    return say("{aim}, by the measure's own definition", aim=aim)


_SOURCES: Mapping[str, Callable[[Goal, str], str]] = {
    "sla": _contract,
    "target": _set,
    "definition": _of_itself,
}
"""How it is told where a target comes from."""
