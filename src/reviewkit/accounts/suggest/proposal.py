"""What is proposed: a draft per file, what was rejected, and what is still open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reviewkit.accounts.suggest.entries import Entry, Habits
from reviewkit.accounts.suggest.profile import Profile
from reviewkit.accounts.suggest.read import Seen
from reviewkit.accounts.suggest.whose import Given, Whose
from reviewkit.accounts.tables import TableSpec


@dataclass(frozen=True)
class Draft:
    """One file, or table of a database, as a source of an account table, with all that shows it.

    `aside` says why it is written as a comment only: the same rows stand in another file, or
    another table is as likely, which `asks` for a choice. `decisions` are questions that only
    a person can answer.
    """

    seen: Seen
    table: TableSpec
    worth: float
    named: str
    entries: tuple[Entry, ...]
    whose: Whose
    habits: Habits
    timezone: str | None
    timezone_told: str
    cutoff: dt.datetime | None
    cutoff_told: str
    unused: tuple[Profile, ...]
    decisions: tuple[str, ...]
    aside: str = ""
    asks: bool = False

    @property
    def supplied(self) -> frozenset[str]:
        return frozenset(one.name for one in self.entries)


@dataclass(frozen=True)
class Rejected:
    """A file that is no account table: the nearest one, and what it lacks."""

    name: str
    file: str
    label: str
    columns: tuple[str, ...]
    nearest: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """What the files of one client seem to be; `open` are all questions of all drafts."""

    given: Given
    drafts: tuple[Draft, ...]
    rejected: tuple[Rejected, ...]

    @property
    def open(self) -> tuple[str, ...]:
        asked = [question for one in self.drafts if not one.aside for question in one.decisions]
        doubts = [f"{one.seen.name} as {one.table.name}: {one.aside}" for one in self.drafts
                  if one.asks]  # fmt: skip
        return (*asked, *doubts)


def told(one: Rejected) -> str:
    """Return why a file is no account table, in a sentence."""
    lacks = f" lacks {', '.join(one.missing)}" if one.missing else " explains too few columns"
    listed = ", ".join(one.columns[:8])
    more = f" and {len(one.columns) - 8} more" if len(one.columns) > 8 else ""
    return (
        f"{one.name}: no account table is seen in it. The nearest, {one.nearest},{lacks}. "
        f"Its columns: {listed}{more}. reviewkit template {one.nearest} prints what it needs."
    )
