"""Actions agreed in reviews: which are late, how often postponed, which are closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures


@dataclass(frozen=True)
class Action:
    """One action as it stands on the day `as_of`.

    `late` counts days since the date first promised, for actions that are still open;
    zero where it is not past or was never given.
    """

    id: str
    title: str
    owner: str
    side: str
    metric: str
    review: str
    first_due: dt.date | None
    due: dt.date | None
    postponed: int
    closed: dt.date | None
    evidence: str
    late: int
    raised: dt.date | None = None


def current_actions(figures: Figures) -> tuple[Action, ...]:
    """Return open actions and those closed since the period began.

    The latest ones first, then open ones by their date, then closed ones.
    """
    rows = every_action(figures)
    kept = [row for row in rows if row.closed is None or row.closed >= figures.period.start]
    return tuple(sorted(kept, key=_order))


def every_action(figures: Figures) -> tuple[Action, ...]:
    """Return all actions on the list, in its order; none where it was not supplied."""
    if "actions" not in figures.data.registers:
        return ()
    rows = figures.register("actions").to_dict("records")
    return tuple(_action(row, figures.as_of) for row in rows)


def _order(action: Action) -> tuple[bool, int, dt.date, str]:
    return (action.closed is not None, -action.late, action.due or dt.date.max, action.id)


def _action(row: dict[Any, Any], as_of: dt.date) -> Action:
    first = cells.day(row["first_due_on"]) or cells.day(row["due_on"])
    closed = cells.day(row["closed_on"])
    late = (as_of - first).days if first and not closed else 0
    return Action(
        id=cells.text(row["action_id"]),
        title=cells.text(row["title"]),
        owner=cells.text(row["owner"]),
        side=cells.text(row["side"]),
        metric=cells.text(row["metric"]),
        review=cells.text(row["review"]),
        first_due=first,
        due=cells.day(row["due_on"]) or first,
        postponed=cells.whole(row["postponed"]),
        closed=closed,
        evidence=cells.text(row["evidence"]),
        late=max(0, late),
        raised=cells.day(row["raised_on"]),
    )
