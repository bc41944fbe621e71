"""All alerts of one client: every rule of every kind, the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from reviewkit.analysis.alerts.ageing import aged
from reviewkit.analysis.alerts.answers import answer
from reviewkit.analysis.alerts.cost import dearer
from reviewkit.analysis.alerts.freshness import stale
from reviewkit.analysis.alerts.model import GRAVE, Alert, Found, Watch
from reviewkit.analysis.alerts.renewal import noticed
from reviewkit.analysis.alerts.threshold import crossed
from reviewkit.analysis.alerts.trend import drifting
from reviewkit.analysis.following import MADE_OF
from reviewkit.params.alerts import KINDS, Alerts

_FAMILIES: Mapping[str, Callable[[Watch, Any], Iterable[tuple[str, Found]]]] = {
    "threshold": crossed,
    "trend": drifting,
    "cost_to_serve": dearer,
    "ageing": aged,
    "renewal": noticed,
    "freshness": stale,
}
"""What looks for each kind of rule in `Alerts`."""


def alerts(watch: Watch, rules: Alerts) -> tuple[Alert, ...]:
    """Return what there is to be told of one client, the gravest first.

    Of several rules of a kind that tell of the same thing, the gravest alone is told. A
    metric that follows from another one told is named with that one, unless it is graver.
    """
    found: dict[tuple[str, str], Alert] = {}
    client = watch.figures.data.client
    for kind in KINDS:
        for name, rule in getattr(rules.of(client), kind).items():
            for subject, what in _FAMILIES[kind](watch, rule):
                made = Alert(
                    *(client, kind, name, rule.severity, subject, what),
                    answer(watch, subject, what, rule),
                )
                before = found.get((kind, subject))
                if before is None or _rank(made) < _rank(before):
                    found[kind, subject] = made
    return tuple(sorted(_each_event_once(found), key=_order))


def _each_event_once(found: Mapping[tuple[str, str], Alert]) -> Iterator[Alert]:
    """Yield the alerts that tell of something new, with the metrics that follow from each."""
    also: dict[tuple[str, str], list[str]] = {key: [] for key in found}
    for (kind, subject), alert in found.items():
        causes = ((kind, name) for name in MADE_OF.get(subject, ()))
        told = (key for key in causes if key in found and _rank(found[key]) <= _rank(alert))
        first = next(told, None)
        if first:
            also[first].append(subject)
    following = {(kind, name) for (kind, _), names in also.items() for name in names}
    for key, alert in found.items():
        if key not in following:
            yield replace(alert, also=tuple(also[key]))


def _rank(alert: Alert) -> int:
    return GRAVE.index(alert.severity)


def _order(alert: Alert) -> tuple[int, int]:
    # The order in which rules and metrics stand decides between equals.
    return _rank(alert), KINDS.index(alert.kind)
