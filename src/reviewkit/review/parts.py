"""Parts of a review that belong to one kind of report: `review.activity`, `review.strategy`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reviewkit.display import activity, contracted, history, joint, rolled, work
from reviewkit.display.shown import Shown

Show = Callable[..., Shown]
"""Makes a part of the review in the words of its reader, as `Review` does."""


@dataclass(frozen=True)
class ActivityParts:
    """What was done in a period, for whoever runs the operations or pays the invoices."""

    _shown: Show

    def headline(self) -> Shown:
        """Return what came in, what went out, what is in store, and until when it is known."""
        return self._shown(activity.headline)

    def tiles(self) -> Shown:
        """Return receipts, orders, shipments, returns and billable events of the period."""
        return self._shown(activity.tiles)

    def roll_forward(self) -> Shown:
        """Return the stock by site: opening, in, out, adjusted, closing, difference."""
        return self._shown(rolled.roll_forward)

    def exceptions(self) -> Shown:
        """Return what did not go as it should, as shares of what was done."""
        return self._shown(activity.exceptions)

    def billable(self) -> Shown:
        """Return billable work by service and charge against what was invoiced."""
        return self._shown(work.billable)

    def queries(self) -> Shown:
        """Return disputed lines and cases that wait for an answer."""
        return self._shown(work.queries)


@dataclass(frozen=True)
class StrategyParts:
    """The account over years: what became of its measures, its contract, its projects."""

    _shown: Show

    def history(self) -> Shown:
        """Return a page on the measures in the same period of up to three years."""
        return self._shown(history.history)

    def contract(self) -> Shown:
        """Return a page on term, notice, and the service levels with their record."""
        return self._shown(contracted.contract)

    def roadmap(self) -> Shown:
        """Return the milestones of the projects and their slips."""
        return self._shown(joint.roadmap)

    def forecast(self) -> Shown:
        """Return the outlook on volume."""
        return self._shown(joint.forecast)

    def governance(self) -> Shown:
        """Return who takes part in the reviews, and when both sides meet."""
        return self._shown(joint.governance)
