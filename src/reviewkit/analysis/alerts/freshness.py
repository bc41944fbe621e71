"""Data that ends too long ago."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from reviewkit.analysis.alerts.model import Stale, Watch
from reviewkit.params.alerts import Freshness
from reviewkit.params.base import FOR_EVERYONE


def stale(watch: Watch, rule: Freshness) -> Iterator[tuple[str, Stale]]:
    """Yield the tables whose cut-off lies more than `rule.days` before the day looked on.

    Those of one cut-off are told together. What holds until it says otherwise, rates of
    exchange and sites, ages only where the rule names it.
    """
    data = watch.figures.data
    known = tuple(name for name in data.supplied if name not in FOR_EVERYONE)
    ends: dict[dt.date, list[str]] = defaultdict(list)
    for table in rule.tables or known:
        cutoff = data.cutoff_day(table) if table in data.supplied else None
        if cutoff and (watch.today - cutoff).days > rule.days:
            ends[cutoff].append(table)
    for cutoff, tables in sorted(ends.items()):
        yield f"data:{cutoff}", Stale(tuple(tables), cutoff, (watch.today - cutoff).days)
