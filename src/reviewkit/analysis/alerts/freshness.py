"""Data that ends too long ago."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.analysis.alerts.model import Stale, Watch
from reviewkit.params.alerts import Freshness


def stale(watch: Watch, rule: Freshness) -> Iterator[tuple[str, Stale]]:
    """Yield each table whose cut-off lies more than `rule.days` before the day looked on."""
    data = watch.figures.data
    for table in rule.tables or tuple(data.supplied):
        cutoff = data.cutoff_day(table) if table in data.supplied else None
        days = (watch.today - cutoff).days if cutoff else 0
        if cutoff and days > rule.days:
            yield table, Stale(table, cutoff, days)
