"""The people at a client: who is missing among them, and who has not been met for long."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reviewkit.analysis import cells
from reviewkit.analysis.figures import Figures
from reviewkit.params.models import Plan, Stakeholder

Role = Literal["sponsor", "decision_maker", "champion"]
ROLES: tuple[Role, ...] = ("sponsor", "decision_maker", "champion")
"""Roles that an account needs somebody in."""

MET = frozenset({"meeting", "visit", "call"})
"""Kinds of CRM activities in which people speak with each other; a mail is none."""

OFTEN = 3
"""Contacts within a year from which a person of the CRM belongs on the map."""


@dataclass(frozen=True)
class Person:
    """A stakeholder with the last contact, as noted or as the CRM has it, whichever is later.

    `silent` are days since then, `None` where no contact is known; `long` tells that they are
    more than the plan allows.
    """

    who: Stakeholder
    last: dt.date | None
    silent: int | None
    long: bool


@dataclass(frozen=True)
class People:
    """The map of people: who is on it, which roles nobody has, and who is met but not on it."""

    items: tuple[Person, ...]
    missing: tuple[Role, ...]
    unmapped: tuple[tuple[str, int], ...]


def people(plan: Plan, figures: Figures) -> People:
    """Return the stakeholders of `plan` as they stand, and the gaps among them.

    The CRM's contact is a stakeholder's if it is their name or role, case apart.
    """
    contacts = _contacts(figures)
    spelt = _spelt(figures)
    items = tuple(_person(plan, who, figures.as_of, contacts) for who in plan.stakeholders)
    return People(
        items=items,
        missing=tuple(role for role in ROLES if not any(_has(p.who, role) for p in items)),
        unmapped=tuple(
            (spelt[name], times) for name, times in _unmapped(plan, contacts, figures.as_of)
        ),
    )


def _has(who: Stakeholder, role: Role) -> bool:
    return who.stance == role or (role == "decision_maker" and who.decides)


def _person(
    plan: Plan, who: Stakeholder, as_of: dt.date, contacts: Mapping[str, list[dt.date]]
) -> Person:
    days = [day for name in (who.name, who.role) for day in contacts.get(name.casefold(), ())]
    last = max([*days, *([who.last_contact] if who.last_contact else [])], default=None)
    silent = (as_of - last).days if last else None
    return Person(who, last, silent, silent is None or silent > plan.silence_days)


def _contacts(figures: Figures) -> dict[str, list[dt.date]]:
    """Return the days of conversations by whom they were with."""
    found: dict[str, list[dt.date]] = {}
    if not figures.has("crm_activities", "contact"):
        return found
    for row in figures.register("crm_activities").to_dict("records"):
        day, name = cells.day(row["at"]), cells.text(row["contact"]).strip().casefold()
        kind = cells.text(row["kind"]).strip().casefold()
        if day and name and day <= figures.as_of and (not kind or kind in MET):
            found.setdefault(name, []).append(day)
    return found


def _spelt(figures: Figures) -> dict[str, str]:
    """Return the CRM's contacts as they are written there, by their name in small letters."""
    if not figures.has("crm_activities", "contact"):
        return {}
    names = (cells.text(name).strip() for name in figures.register("crm_activities")["contact"])
    return {name.casefold(): name for name in names}


def _unmapped(
    plan: Plan, contacts: Mapping[str, list[dt.date]], as_of: dt.date
) -> tuple[tuple[str, int], ...]:
    mapped = {name.casefold() for who in plan.stakeholders for name in (who.name, who.role)}
    since = as_of - dt.timedelta(days=365)
    counts = Counter({name: sum(day > since for day in days) for name, days in contacts.items()})
    often = [(name, n) for name, n in counts.items() if n >= OFTEN and name not in mapped]
    return tuple(sorted(often, key=lambda item: (-item[1], item[0])))
