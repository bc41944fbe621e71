"""The account plan's entries: which are new since the last review, old, or without evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from reviewkit.extract.agreed import PARTS, Agreed, AgreedEntry
from reviewkit.params.models import Entry, Plan

COMPETITORS = "competitors"


@dataclass(frozen=True)
class PlanEntry:
    """One entry as it stands: `new` since the last review, `aged` over a year, without evidence.

    `changed` tells that its date or evidence differs from what the last approved review knew.
    """

    part: str
    entry: Entry
    new: bool
    aged: bool
    unproved: bool
    changed: bool

    @property
    def wants_work(self) -> bool:
        """Tell whether somebody has to look at it again."""
        return self.aged or self.unproved or self.entry.date is None


@dataclass(frozen=True)
class Entries:
    """All entries of a plan, and those that the last approved review knew and that are gone.

    `since` is the day from which an entry counts as new; `None` where no review is known.
    """

    since: dt.date | None
    items: tuple[PlanEntry, ...]
    gone: tuple[AgreedEntry, ...]


def entries(
    plan: Plan, as_of: dt.date, met: dt.date | None = None, agreed: Agreed | None = None
) -> Entries:
    """Return the entries of `plan` as they stand on `as_of`.

    An entry is new if it is dated after `met`, the last review's meeting; old if it is dated
    more than a year back. Entries are the same if part and text are.
    """
    before = {(item.part, item.text): item for item in agreed.entries} if agreed else {}
    items = tuple(
        PlanEntry(
            part=part,
            entry=entry,
            new=met is not None and entry.date is not None and entry.date > met,
            aged=entry.date is not None and entry.date < year_before(as_of),
            unproved=not entry.evidence.strip(),
            changed=_changed(before.get((part, entry.text)), entry),
        )
        for part, entry in _all(plan)
    )
    still = {(item.part, item.entry.text) for item in items}
    gone = tuple(item for key, item in before.items() if key not in still)
    return Entries(met, items, gone)


def year_before(day: dt.date) -> dt.date:
    """Return the same day a year earlier; of 29 February the last of the month.

    >>> year_before(dt.date(2024, 2, 29))
    datetime.date(2023, 2, 28)
    """
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _all(plan: Plan) -> Iterator[tuple[str, Entry]]:
    for part in PARTS:
        for entry in getattr(plan.swot, part):
            yield part, entry
    for entry in plan.competitors:
        yield COMPETITORS, entry


def _changed(before: AgreedEntry | None, entry: Entry) -> bool:
    return before is not None and (before.date, before.evidence) != (entry.date, entry.evidence)
