"""Bursts of complaints: one cause far above its usual count, and whether its fix held.

A count is compared with the months before, per delivery where deliveries are known: more
deliveries bring more complaints. Complaints come in clusters, so a cause that has always
come in clusters must come in a larger one to be told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from reviewkit.analysis.chance import upper_binomial
from reviewkit.analysis.change import CONFIDENCE
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.history import MONTHS, Floats

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


@dataclass(frozen=True)
class _Course:
    """The complaints in time: the day of each, and the months before with their weights.

    `month` is the place of each complaint's month among those before, which the period
    follows, and negative where it is in none of them. `share` is the period's of the weight.
    """

    days: pd.Series[Any]
    month: npt.NDArray[np.intp]
    before: Floats
    share: float


def bursts(figures: Figures) -> tuple[Burst, ...]:
    """Return the bursts of the period, largest first, none of them told twice."""
    if not figures.supplied("cases_opened") or figures.one("cases_opened").partial:
        return ()
    cases = figures.register("cases")
    cases = cases[cases["opened_at"].notna()]
    course = _course(figures, cases)
    if course is None:
        return ()
    columns = [name for name in BY if figures.has("cases", name)]
    parts = {
        (name, key): np.flatnonzero((cases[name] == key).fillna(False).to_numpy(dtype=bool))
        for name in columns
        for key in _keys(cases, name)
    }
    found = [
        _told(figures, name, key, cases.iloc[here], (course.days.iloc[here], *told))
        for (name, key), here in parts.items()
        for told in _burst(course, course.month[here], len(parts))
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


def _course(figures: Figures, cases: pd.DataFrame) -> _Course | None:
    period = figures.period
    months = [m for m in period.months()[0].prior().run(MONTHS) if _begun(figures, m.start)]
    if not months:
        return None
    days = _days(figures, cases)
    starts = np.array([*(m.start for m in months), period.start], dtype="datetime64[D]")
    day = days.to_numpy().astype("datetime64[D]")
    month = np.searchsorted(starts, day, side="right") - 1
    month[day > np.datetime64(period.end)] = -1
    before, now = (
        np.array([_weight(figures, month) for month in span], float)
        for span in (months, period.months())
    )
    whole = before.sum() + now.sum()
    return _Course(days, month, before, float(now.sum() / whole) if whole else 0.0)


def _burst(
    course: _Course, month: npt.NDArray[np.intp], looks: int
) -> Iterator[tuple[npt.NDArray[np.bool_], float, float]]:
    """Yield which of a part's complaints are its burst, what was usual, and in which clusters."""
    inside = month == len(course.before)
    past = np.bincount(month[(month >= 0) & ~inside], minlength=len(course.before))
    count, share = int(inside.sum()), course.share
    expected = float(past.sum() * share / (1 - share)) if 0 < share < 1 else 0.0
    if count - expected < LEAST or count < 2 * expected:
        return
    usual = course.before * past.sum() / max(course.before.sum(), 1.0)
    clusters = _clusters(past, usual)
    chance = upper_binomial(count / clusters, past.sum() / clusters, share) * looks
    if chance < 1 - CONFIDENCE:
        yield inside, expected, clusters


def _told(
    figures: Figures,
    by: str,
    key: str,
    part: pd.DataFrame,
    found: tuple[pd.Series[Any], npt.NDArray[np.bool_], float, float],
) -> Burst:
    days, inside, expected, clusters = found
    rows, opened = part[inside], days[inside]
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
