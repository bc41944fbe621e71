"""A figure that moved beyond chance, whatever its target, in words."""

from __future__ import annotations

from reviewkit.analysis.model import Finding
from reviewkit.display import standing, words
from reviewkit.display.figures import UNITS
from reviewkit.display.view import View
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say


def title(view: View, finding: Finding) -> str:
    """Return where the figure stands now, and how far it moved."""
    return standing.standing(view, finding)


def body(view: View, finding: Finding) -> str:
    """Return what it moved from, and which parts carry that."""
    assert finding.moved is not None  # noqa: S101  its kind says so
    value = standing.value_of(finding)
    metric = METRICS[value.metric]
    before = view.text.reference(finding.moved.before, finding.moved.before.value)
    told = say(
        "{metric} was {before} in {period} and is {now}.",
        metric=words.name(metric),
        before=f"{before}{UNITS[metric.unit].sign}",
        period=view.head(view.period.prior()),
        now=view.text.value(value),
    )
    carried = words.sentence(standing.carried(view, finding))
    parts = (standing.part_told(view, finding, part) for part in finding.contributors[:1])
    return " ".join(item for item in (told, carried, *parts) if item)


def so_what(_view: View, _finding: Finding) -> str:
    """Return nothing: no target tells what follows."""
    return ""


def answer(view: View, finding: Finding) -> str:
    """Return the finding as the answer of a page."""
    told, carried = standing.standing(view, finding), standing.carried(view, finding)
    return f"{told}: {carried}." if carried else f"{told}."
