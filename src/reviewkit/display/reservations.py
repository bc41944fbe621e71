"""Footnotes of a scorecard: what must be said beside a figure that cannot stand alone."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from reviewkit.blocks import Footnote
from reviewkit.display import words
from reviewkit.display.view import View
from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.registry import METRICS
from reviewkit.speech import say

FULL = Fraction(99, 100)
"""Coverage below which a footnote says what is not known."""


class Reservations:
    """Footnotes of a scorecard: one letter per kind of reservation, in order of appearance."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.found: dict[str, list[MetricValue]] = {}

    def mark(self, value: MetricValue) -> str:
        """Return the letters of what must be said about a figure."""
        kinds = [kind for kind, applies, _, _ in _KINDS if applies(value)]
        for kind in kinds:
            self.found.setdefault(kind, []).append(value)
        order = list(self.found)
        return "".join(sorted("abcdefgh"[order.index(kind)] for kind in kinds))

    def written(self) -> tuple[Footnote, ...]:
        """Return the notes, in the order of their letters."""
        texts = {kind: (lead, write) for kind, _, lead, write in _KINDS}
        return tuple(
            Footnote(
                mark="abcdefgh"[at],
                lead=say(texts[kind][0]),
                # The same reservation about several figures is told once.
                text=" ".join(
                    dict.fromkeys(
                        [say(_INTRO[kind]), *(texts[kind][1](self.view, value) for value in values)]
                    )
                ),
            )
            for at, (kind, values) in enumerate(self.found.items())
        )


def _few(view: View, value: MetricValue) -> str:
    name = words.name(METRICS[value.metric])
    if not value.interval or METRICS[value.metric].unit != "ratio":
        return f"{name}: {view.formats.number(value.n)}."
    low, high = (view.formats.number(end * 100) for end in value.interval)
    return say(
        "{metric}, {counts}: the true rate lies between {low}% and {high}% (95% interval).",
        metric=name,
        counts=view.text.counts(value),
        low=low,
        high=high,
    )


def _uncovered(view: View, value: MetricValue) -> str:
    assert value.coverage is not None  # noqa: S101  asked by the kind's own condition
    unknown = round(value.n / value.coverage) - value.n if value.coverage else 0
    share = view.formats.coverage(value.coverage)
    return say(
        "{metric}: {unknown} unknown, {share}% known.",
        metric=words.name(METRICS[value.metric]),
        unknown=view.formats.number(unknown),
        share=share,
    )


def _stops(view: View, value: MetricValue) -> str:
    metric = METRICS[value.metric]
    ends = [view.figures.data.cutoff_day(table) for table in metric.tables]
    early = [end for end in ends if end and end < view.period.end]
    if early:
        return say("Data to {day}.", day=view.formats.day(min(early)))
    if not view.period.is_over(view.figures.as_of):
        return say("Known to {day}.", day=view.formats.day(view.figures.as_of))
    begins = [view.figures.data.begins.get(table) for table in metric.tables]
    return say("Data from {day}.", day=view.formats.day(max(filter(None, begins)), year=True))


_KINDS: tuple[
    tuple[str, Callable[[MetricValue], bool], str, Callable[[View, MetricValue], str]], ...
] = (
    ("few", lambda value: value.status == "low_volume", "Few cases.", _few),
    (
        "coverage",
        lambda value: value.coverage is not None and value.coverage < FULL and value.n > 0,
        "Coverage.",
        _uncovered,
    ),
    ("partial", lambda value: value.partial and value.value is not None, "Partial.", _stops),
)
"""Reservations: when they apply, their lead, and what is said of each figure."""

_INTRO = {
    "few": "The count stands instead of a status.",
    "coverage": "What is not known is left out, not counted as met.",
    "partial": "Shown, but not compared with full periods.",
}
