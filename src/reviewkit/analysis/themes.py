"""Which findings a review opens with: things that differ, not one thing told twice.

What a review claims always counts. What is routine (the cause recorded most, growth, a
target met again) gives way where its metric is told already, be it by a finding before it or
by the headline.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reviewkit.analysis.following import follows
from reviewkit.analysis.model import Finding

ROUTINE = frozenset({"cause", "growth", "streak"})


def themes(
    found: Sequence[Finding], limit: int, headline: Finding | None = None
) -> tuple[Finding, ...]:
    """Return up to `limit` findings in their order, no routine one about a metric told already.

    `headline` is the routine finding that the headline tells. A metric that follows from one
    that is told has its place only where nothing else takes it.
    """
    chosen: list[Finding] = []
    for new in (_independent, _other):
        for item in found:
            if len(chosen) < limit and item not in chosen and _tells(item, headline, chosen, new):
                chosen.append(item)
    return tuple(item for item in found if item in chosen) or tuple(found[:1])


def _tells(
    item: Finding,
    headline: Finding | None,
    chosen: Sequence[Finding],
    new: Callable[[str, frozenset[str]], bool],
) -> bool:
    if item.kind not in ROUTINE or item.value is None:
        return True
    told = frozenset(other.value.metric for other in chosen if other.value)
    return item != headline and new(item.value.metric, told)


def _other(metric_id: str, told: frozenset[str]) -> bool:
    return metric_id not in told


def _independent(metric_id: str, told: frozenset[str]) -> bool:
    return metric_id not in told and not follows(metric_id, told)
