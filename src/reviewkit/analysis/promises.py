"""What was promised in the last review, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reviewkit.analysis.actions import Action, every_action
from reviewkit.analysis.figures import Figures
from reviewkit.extract.agreed import Agreed
from reviewkit.params.models import Decision, ReviewFacts

Fate = Literal["kept", "kept_late", "on_track", "postponed", "open_late", "no_date", "dropped"]
"""What became of a promise, from best to worst; `dropped` is gone from the list unclosed."""

FATES: tuple[Fate, ...] = (
    "kept",
    "kept_late",
    "on_track",
    "postponed",
    "open_late",
    "no_date",
    "dropped",
)
DONE: tuple[Fate, ...] = ("kept", "kept_late")


@dataclass(frozen=True)
class Promise:
    """One action promised earlier and what became of it.

    `days` is how many days after the day first promised it was closed, or is open still.
    `unproved` tells that it was closed without evidence.
    """

    action: Action
    fate: Fate
    days: int = 0
    unproved: bool = False


@dataclass(frozen=True)
class Promises:
    """What was promised up to the last review, held on `met`, and the decisions sought there.

    Without a known day of that review, it is all that was on the list since the period began.
    """

    met: dt.date | None
    items: tuple[Promise, ...]
    decisions: tuple[Decision, ...]

    def of(self, *fates: Fate, side: str | None = None) -> tuple[Promise, ...]:
        """Return the promises with one of `fates`, of one side where it is given."""
        return tuple(
            item for item in self.items if item.fate in fates and side in (None, item.action.side)
        )


def promises(
    figures: Figures, before: ReviewFacts | None, agreed: Agreed | None = None
) -> Promises:
    """Return what was promised up to the last review and what became of it.

    `before` is what people wrote of the review of the prior period, `agreed` what an approved
    one was told: an action that was open then and is no longer on the list was dropped.
    """
    met = before.meeting if before else None
    since = met or figures.period.start - dt.timedelta(days=1)
    every = every_action(figures)
    found = [
        _promise(action, figures.as_of)
        for action in every
        if (met is None or action.raised is None or action.raised <= met)
        and (action.closed is None or action.closed > since)
    ]
    # Without the list nothing can be told to be missing from it.
    if agreed and figures.has("actions"):
        found += _dropped(agreed, {action.id for action in every})
    found.sort(key=lambda item: (-FATES.index(item.fate), -item.days, item.action.id))
    return Promises(met, tuple(found), before.decisions if before else ())


def _promise(action: Action, as_of: dt.date) -> Promise:
    first = action.first_due
    if action.closed:
        days = max(0, (action.closed - first).days) if first else 0
        return Promise(action, "kept_late" if days else "kept", days, not action.evidence)
    if action.due is None:
        return Promise(action, "no_date")
    if action.due < as_of:
        return Promise(action, "open_late", action.late)
    moved = action.postponed > 0 or (first is not None and action.due > first)
    return Promise(action, "postponed" if moved else "on_track", action.late)


def _dropped(agreed: Agreed, known: set[str]) -> Iterable[Promise]:
    for item in agreed.actions:
        if item.id not in known:
            gone = Action(
                id=item.id,
                title=item.title,
                owner=item.owner,
                side=item.side,
                metric="",
                review=agreed.period,
                first_due=item.due,
                due=item.due,
                postponed=0,
                closed=None,
                evidence="",
                late=0,
            )
            yield Promise(gone, "dropped")
