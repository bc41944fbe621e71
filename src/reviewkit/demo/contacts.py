"""Deals, milestones and contacts of the demo's accounts, as the CRM and the project list hold them.

Deals and milestones are written by people, client by client in `reviewkit.demo.records`;
contacts are drawn.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reviewkit.demo.profile import CUTOFF, Account


@dataclass(frozen=True)
class Deal:
    """One opportunity; money a year in whole units, an empty `closed` means that it is open."""

    number: str
    account: str
    name: str
    product: str
    site: str
    stage: str
    amount: int
    probability: float
    created: str
    expected: str
    closed: str = ""
    won: bool = False


@dataclass(frozen=True)
class Milestone:
    """One milestone of a project; dates are ISO days, an empty `done` means still to come."""

    account: str
    project: str
    name: str
    planned: str
    forecast: str
    done: str
    owner: str


@dataclass(frozen=True)
class Contact:
    """One call, mail, visit or meeting, in UTC."""

    number: str
    account: str
    at: dt.datetime
    kind: str
    subject: str
    role: str
    deal: str


KINDS = ("call", "mail", "meeting", "visit")
SUBJECTS = (
    "Weekly service call",
    "Open invoices",
    "Volumes of the coming weeks",
    "Review preparation",
    "Claims",
    "Contract",
)
SHARE = 0.6
FIRST = dt.date(2025, 7, 1)


def contacts(account: Account, roles: tuple[str, ...], deals: tuple[Deal, ...]) -> list[Contact]:
    """Return the contacts with the account's people since July 2025, about one a week.

    More than half of them belong to a deal that was open at the time.
    """
    draws = account.draws("contacts")
    out: list[Contact] = []
    day = FIRST
    while day <= CUTOFF.date():
        kind, subject = (
            int(draws.pick(1, (5, 3, 2, 1))[0]),
            int(draws.pick(1, (5, 2, 3, 2, 2, 1))[0]),
        )
        role, chance = roles[int(draws.whole(1, 0, len(roles) - 1)[0])], float(draws.unit(1)[0])
        minute = int(draws.whole(1, 0, 7 * 60)[0])
        open_then = [d for d in deals if d.created <= f"{day}" and (d.closed or "9999") >= f"{day}"]
        deal = (
            open_then[int(chance * len(open_then) / SHARE)]
            if open_then and chance < SHARE
            else None
        )
        out.append(
            Contact(
                number=f"K{account.number[2:]}-{len(out) + 1:04d}",
                account=account.number,
                at=dt.datetime.combine(day, dt.time(8)) + dt.timedelta(minutes=minute),
                kind=KINDS[kind],
                subject=deal.name if deal else SUBJECTS[subject],
                role=role,
                deal=deal.number if deal else "",
            )
        )
        day += dt.timedelta(days=int(draws.whole(1, 4, 11)[0]))
        day += dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
    return [item for item in out if item.at <= CUTOFF]
