"""Milestones of the projects with a client: planned, expected, done, and by how much they slip."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures


@dataclass(frozen=True)
class Milestone:
    """One milestone on the day `as_of`; `slip` is in days, below zero where it comes early.

    `late` tells that it is not done and its expected day has passed.
    """

    project: str
    name: str
    owner: str
    planned: dt.date | None
    expected: dt.date | None
    done: dt.date | None
    late: bool

    @property
    def slip(self) -> int | None:
        """Days from the plan to what is expected or was done."""
        if self.planned is None or self.expected is None:
            return None
        return (self.expected - self.planned).days


def milestones(figures: Figures) -> tuple[Milestone, ...]:
    """Return milestones that are open or were done since the prior period began, by project."""
    if not figures.has("projects"):
        return ()
    since = figures.period.prior().start
    rows = figures.register("projects").to_dict("records")
    found = [_milestone(row, figures.as_of) for row in rows]
    kept = [item for item in found if item.done is None or item.done >= since]
    first: dict[str, dt.date] = {}
    for item in kept:
        day = item.expected or dt.date.max
        first[item.project] = min(day, first.get(item.project, day))
    return tuple(
        sorted(
            kept,
            key=lambda item: (
                first[item.project],
                item.project,
                item.expected or dt.date.max,
                item.name,
            ),
        )
    )


def _milestone(row: dict[Any, Any], as_of: dt.date) -> Milestone:
    planned, done = cells.day(row["planned_on"]), cells.day(row.get("done_on"))
    expected = done or cells.day(row.get("forecast_on")) or planned
    return Milestone(
        project=cells.text(row["project"]),
        name=cells.text(row["milestone"]),
        owner=cells.text(row.get("owner")),
        planned=planned,
        expected=expected,
        done=done,
        late=done is None and expected is not None and expected < as_of,
    )
