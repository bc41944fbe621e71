"""Cost to serve that rose by more than the house wants to bear unseen."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reviewkit.analysis.alerts.model import Dearer, Watch
from reviewkit.params.alerts import CostToServe


def dearer(watch: Watch, rule: CostToServe) -> Iterator[tuple[str, Dearer]]:
    """Yield the cost that rose by more than `rule.rise` of what it was, by service if told.

    A cost without an earlier one to compare with, or of a partial period, is not judged.
    """
    figures = watch.figures
    if rule.metric not in figures.published() or not figures.supplied(rule.metric):
        return
    for value in figures.parts(rule.metric, ("service",) if rule.by_service else ()):
        earlier = value.prior if rule.against == "prior" else value.year_ago
        if value.partial or value.value is None or not earlier:
            continue
        now, before = Decimal(str(value.value)), Decimal(str(earlier))
        rise = (now - before) / before if before > 0 else Decimal(0)
        if rise > rule.rise:
            subject = ":".join((rule.metric, *value.by.values()))
            yield subject, Dearer(value, before, rise, rule.against)
