"""What people wrote down about the demo's accounts: actions, deals, milestones."""

from __future__ import annotations

from reviewkit.demo import actions
from reviewkit.demo.actions import Action
from reviewkit.demo.contacts import Deal, Milestone
from reviewkit.demo.records import acme, borealis, damson, elderwick, foxglove, gantry, harebell

_NEWER = (damson, elderwick, foxglove, gantry, harebell)
_ALL = (acme, borealis, *_NEWER)

ACTIONS: tuple[Action, ...] = (
    *actions.ACTIONS,
    *(item for client in _NEWER for item in client.ACTIONS),
)
DEALS: tuple[Deal, ...] = tuple(item for client in _ALL for item in client.DEALS)
MILESTONES: tuple[Milestone, ...] = tuple(item for client in _ALL for item in client.MILESTONES)


def deals_of(account: str) -> tuple[Deal, ...]:
    """Return the deals with one account, by its number."""
    return tuple(deal for deal in DEALS if deal.account == account)
