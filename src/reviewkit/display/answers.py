"""The answer of a review in a sentence: from its findings, else from the figures there are.

That tables are missing is an answer only where no figure makes one.
"""

from __future__ import annotations

from reviewkit.analysis.figures import RUN
from reviewkit.analysis.findings import judged
from reviewkit.analysis.model import Finding
from reviewkit.display import counted, sentences, standing, tiles, words
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say

LACKING = frozenset({"half_supplied", "not_supplied"})


def answer(view: View) -> str:
    """Return what a reader who reads nothing else must know."""
    told = _found(view)
    if told:
        return told
    met = judged(view.figures, view.lead)
    if met:
        return _met_answer(view, met)
    partial = [v for v in map(view.figures.one, view.lead) if v.partial and v.denominator]
    if partial:
        return say(
            "{period} is not complete: {metric} stands at {now} so far.",
            period=view.head(view.period),
            metric=words.within(METRICS[partial[0].metric]),
            now=view.text.value(partial[0]),
        )
    return _unjudged_answer(view)


def streak(view: View) -> Finding | None:
    """Return the target met again and again that the headline tells; none where it does not."""
    if view.facts.headline or _found(view) or not judged(view.figures, view.lead):
        return None
    return _streak(view)


def _found(view: View) -> str:
    """Return what the findings answer by themselves: a claim, or a figure that fell short."""
    found = [item for item in view.findings if item.kind not in LACKING]
    told = sentences.answer(view, found[0]) if found else ""
    if told:
        return told
    top = next((item for item in found if item.kind == "miss"), None)
    top = top or next((item for item in found if item.kind == "near"), None)
    return _short_answer(view, top) if top and top.value else ""


def _streak(view: View) -> Finding | None:
    return next((item for item in view.findings if item.kind == "streak"), None)


def lacking(view: View) -> str:
    """Return which tables are missing where they are half of all, or more; else nothing."""
    found = next((item for item in view.findings if item.kind == "half_supplied"), None)
    return sentences.body(view, found) if found else ""


def _unjudged_answer(view: View) -> str:
    if view.figures.supplied("shipments"):
        return f"{sentences.shipped(view)} {_unjudged(view)}"
    without = say("{period}: no deliveries were supplied.", period=view.title)
    return counted.sentence(view) or lacking(view) or without


def _unjudged(view: View) -> str:
    few = [v for v in map(view.figures.one, view.lead) if v.status == "low_volume"]
    if not few:
        return say("No target is in force.")
    return say(
        "{metric} is {counts}, too few for a status.",
        metric=words.name(METRICS[few[0].metric]),
        counts=view.text.counts(few[0]),
    )


def _short_answer(view: View, finding: Finding) -> str:
    value = finding.value
    assert value is not None  # noqa: S101  asked by the caller
    metric = METRICS[value.metric]
    opening = standing.standing(view, finding)
    if metric.rollup != "difference":
        opening = say(
            "{standing} against a target of {target}", standing=opening, target=view.text.aim(value)
        )
    carried = standing.carried(view, finding)
    opening = f"{opening}: {carried}." if carried else f"{opening}."
    back = finding.recovery.back_on_target if finding.recovery else ""
    return f"{opening} {say('It is due back on target in {date}.', date=back)}" if back else opening


def _met_answer(view: View, met: tuple[MetricValue, ...]) -> str:
    said = _met(view, met)
    found = _streak(view)
    if not found or not found.value:
        return said
    about = {
        "metric": words.name(METRICS[found.value.metric]),
        "now": view.text.value(found.value),
    }
    if found.periods < RUN:
        run = say(
            "{metric} stands at {now}, on target for the {ordinal} {period} in a row.",
            **about,
            ordinal=words.ordinal(found.periods),
            period=view.noun,
        )
    else:
        # Nobody has looked further back.
        run = say(
            "{metric} stands at {now}, on target for at least {count} {periods} in a row.",
            **about,
            count=words.count(found.periods),
            periods=view.nouns,
        )
    return run if len(met) == 1 else f"{said} {run}"


def _met(view: View, met: tuple[MetricValue, ...]) -> str:
    """Return that all met their targets; of a single one its figure says more."""
    if len(met) > 1 or METRICS[met[0].metric].rollup == "difference":
        return f"{tiles.all_met(len(met))}."
    return say(
        "{metric} stands at {now} and meets its target of {target}.",
        metric=words.name(METRICS[met[0].metric]),
        now=view.text.value(met[0]),
        target=view.text.aim(met[0]),
    )
