"""Bursts of complaints: one cause far above its usual count, and whether its fix held.

A count is compared with the months before, per delivery where deliveries are known: more
deliveries bring more complaints. Complaints come in clusters, so a cause that has always
come in clusters must come in a larger one to be told.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.analysis.chance import upper_binomial
from reviewkit.analysis.change import CONFIDENCE
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.history import MONTHS

BY = ("root_cause", "category", "site", "service")
"""Along what a burst is looked for; what is named first names the cause."""

LEAST = 5
"""Fewest complaints above the usual that are worth a sentence."""


@dataclass(frozen=True)
class Burst:
    """A part of the complaints that came far above its usual number in the period.

    `expected` is what the months before would have brought. `fixed` is the day on which its
    cause was recorded as removed, `after` how many were opened after that day, to `known`.
    """

    by: str
    key: str
    category: str
    count: int
    whole: int
    expected: float
    first: dt.date
    last: dt.date
    fixed: dt.date | None
    measure: str
    after: int
    known: dt.date
    deviations: float


def bursts(figures: Figures) -> tuple[Burst, ...]:
    """Return the bursts of the period, largest first, none of them told twice."""
    if not figures.supplied("cases_opened") or figures.one("cases_opened").partial:
        return ()
    cases = figures.register("cases")
    cases = cases[cases["opened_at"].notna()]
    columns = [name for name in BY if figures.has("cases", name)]
    parts = {
        (name, key): cases[cases[name] == key] for name in columns for key in _keys(cases, name)
    }
    found = [
        item
        for (name, key), rows in parts.items()
        for item in _burst(figures, name, key, rows, len(parts))
    ]
    found.sort(key=lambda item: BY.index(item.by))
    own: list[Burst] = []
    for item in found:
        # A category, or a site, that a cause already told fills for the most part is no second.
        if not any(told.count * 2 >= item.count for told in own):
            own.append(item)
    return tuple(sorted(own, key=lambda item: item.expected - item.count))


def _keys(cases: pd.DataFrame, name: str) -> list[str]:
    return sorted(str(key) for key in cases[name].dropna().unique() if str(key))


def _burst(figures: Figures, by: str, key: str, rows: pd.DataFrame, looks: int) -> list[Burst]:
    period = figures.period
    months = [m for m in period.months()[0].prior().run(MONTHS) if _begun(figures, m.start)]
    if not months:
        return []
    days = _days(figures, rows)
    past = np.array([_within(days, month.start, month.end).sum() for month in months])
    inside = _within(days, period.start, period.end)
    count = int(inside.sum())
    weights = np.array([_weight(figures, month) for month in (*months, *period.months())], float)
    share = weights[len(months) :].sum() / weights.sum() if weights.sum() else 0.0
    expected = float(past.sum() * share / (1 - share)) if 0 < share < 1 else 0.0
    usual = weights[: len(months)] * past.sum() / max(weights[: len(months)].sum(), 1.0)
    clusters = _clusters(past, usual)
    chance = upper_binomial(count / clusters, past.sum() / clusters, share) * looks
    if count - expected < LEAST or count < 2 * expected or chance >= 1 - CONFIDENCE:
        return []
    return [_told(figures, by, key, rows[inside], days, expected, clusters)]


def _told(
    figures: Figures,
    by: str,
    key: str,
    rows: pd.DataFrame,
    days: pd.Series[Any],
    expected: float,
    clusters: float,
) -> Burst:
    opened = _days(figures, rows)
    fixes = pd.to_datetime(rows["fixed_on"]).dropna()
    fixed = fixes.max().date() if len(fixes) and by == "root_cause" else None
    return Burst(
        by=by,
        key=key,
        category=_most(rows["category"]),
        count=len(rows),
        whole=figures.one("cases_opened").n,
        expected=expected,
        first=opened.min().date(),
        last=opened.max().date(),
        fixed=fixed,
        measure=_most(rows["corrective_action"]) if fixed else "",
        after=int((days > pd.Timestamp(fixed)).sum()) if fixed else 0,
        known=figures.data.cutoff_day("cases") or figures.as_of,
        deviations=(len(rows) - expected) / (clusters * max(expected, 1.0)) ** 0.5,
    )


def _begun(figures: Figures, day: dt.date) -> bool:
    begins = figures.data.begins.get("cases")
    return begins is None or begins <= day


def _days(figures: Figures, rows: pd.DataFrame) -> pd.Series[Any]:
    """Return the client's own day on which each case was opened."""
    moments = pd.to_datetime(rows["opened_at"]).dt.tz_localize("UTC")
    return moments.dt.tz_convert(figures.data.timezone).dt.tz_localize(None).dt.normalize()


def _within(days: pd.Series[Any], start: dt.date, end: dt.date) -> pd.Series[Any]:
    return (days >= pd.Timestamp(start)) & (days <= pd.Timestamp(end))


def _weight(figures: Figures, month: Any) -> float:
    if not figures.supplied("shipments"):
        return float(month.days)
    return float(figures.one("shipments", month).n)


def _clusters(past: Any, usual: Any) -> float:
    """Return how many times as much as single cases the months before varied; at least once."""
    here = usual > 0
    if here.sum() < 2:
        return 1.0
    squares = (past[here] - usual[here]) ** 2 / usual[here]
    return max(1.0, float(squares.sum() / (here.sum() - 1)))


def _most(values: pd.Series[Any]) -> str:
    counted = values.dropna().value_counts()
    return str(counted.index[0]) if len(counted) else ""
