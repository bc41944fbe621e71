"""A figure that fell short of its target, in words: what happened and what mends it."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from reviewkit.analysis.model import Finding
from reviewkit.analysis.movement import exact, number
from reviewkit.display import standing, words
from reviewkit.display.figures import UNITS
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.params.models import Recovery
from reviewkit.speech import say, say_number


def title(view: View, finding: Finding) -> str:
    """Return where the figure falls short, or what carries its change."""
    value = standing.value_of(finding)
    if METRICS[value.metric].rollup == "difference":
        return standing.standing(view, finding)
    if finding.moved and finding.moved.told and len(finding.contributors) == 1:
        part = finding.contributors[0]
        metric = METRICS[value.metric]
        about = {
            "part": standing.part_name(part.key),
            "step": view.text.step(metric, abs(part.total)),
            "whole": view.text.step(metric, abs(finding.moved.delta), word=True),
        }
        if part.total < 0:
            return say("{part} lost {step} of the {whole}", **about)
        return say("{part} added {step} of the {whole}", **about)
    return say(
        "{metric} is {step} short of target",
        metric=words.name(METRICS[value.metric]),
        step=view.text.step(METRICS[value.metric], _gap(value), word=True),
    )


def body(view: View, finding: Finding) -> str:
    """Return what happened to the figure."""
    value = standing.value_of(finding)
    metric = METRICS[value.metric]
    if metric.rollup == "difference":
        actual, plan = number(value.numerator), number(value.denominator)
        opening = say(
            "{actual} was invoiced against a budget of {plan}.",
            actual=view.formats.money(actual),
            plan=view.formats.money(plan),
        )
        return f"{opening} {words.sentence(standing.carried(view, finding))}".strip()
    if finding.moved and finding.moved.told:
        return " ".join(
            [
                _moved(view, finding),
                *(standing.part_told(view, finding, part) for part in finding.contributors[:1]),
                standing.recorded(view, finding),
            ]
        ).strip()
    return f"{standing.counted(view, value)} {standing.recorded(view, finding)}".strip()


def _moved(view: View, finding: Finding) -> str:
    assert finding.moved is not None  # noqa: S101  asked by the caller
    value = standing.value_of(finding)
    metric = METRICS[value.metric]
    before = view.text.reference(finding.moved.before, finding.moved.before.value)
    about = {
        "metric": words.name(metric),
        "before": f"{before}{UNITS[metric.unit].sign}",
        "now": view.text.value(value),
        "target": view.text.aim(value),
    }
    if finding.moved.delta < 0:
        return say("{metric} fell from {before} to {now} (target {target}).", **about)
    return say("{metric} rose from {before} to {now} (target {target}).", **about)


def so_what(view: View, finding: Finding) -> str:
    """Return the remedy people wrote down, or how much was lacking."""
    if finding.recovery and (finding.recovery.remedy or finding.recovery.back_on_target):
        return recovery(finding.recovery)
    value = standing.value_of(finding)
    metric = METRICS[value.metric]
    if metric.rollup == "proportion" and metric.better == "higher" and value.target is not None:
        need = ceil(number(value.target) * value.n) - int(value.numerator or 0)
        cases = words.CASES[metric.id]
        more = say_number(
            "{need} more {cases} {saved} would have met the target.",
            "{need} more {cases} {saved} would have met the target.",
            need,
            need=view.formats.number(need),
            cases=words.cases(metric.id, need),
            saved=say(cases.saved),
        )
        return f"{more} {say('No remedy is recorded.')}"
    return say("No remedy is recorded.")


def recovery(found: Recovery) -> str:
    """Return a remedy with the date and effect that people gave for it."""
    parts = [words.sentence(found.remedy)] if found.remedy else []
    if found.back_on_target:
        effect = f" ({found.effect})" if found.effect else ""
        date = f"{found.back_on_target}{effect}"
        parts.append(say("Back on target: {date}.", date=date))
    return " ".join(parts)


def _gap(value: MetricValue) -> Fraction:
    return abs(exact(value) - number(value.target))
