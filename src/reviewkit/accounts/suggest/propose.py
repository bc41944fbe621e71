"""Puts together what was seen: for each file a source that could stand in house.yaml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import quoted
from reviewkit.accounts.room import bounded
from reviewkit.accounts.suggest.derive import Material, made
from reviewkit.accounts.suggest.entries import Entry, Habits, entry, habits, of_made
from reviewkit.accounts.suggest.match import NEAR, Candidate, candidates
from reviewkit.accounts.suggest.profile import Profile
from reviewkit.accounts.suggest.read import Seen, seen
from reviewkit.accounts.suggest.times import in_order, last_moment, with_offset, zone
from reviewkit.accounts.suggest.whose import Given, Whose, require_ids, whose
from reviewkit.accounts.tables import TableSpec
from reviewkit.errors import SourceError
from reviewkit.params.undecided import DECIDE

_SAME = 0.5


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


def suggest(root: Path, files: Sequence[Path], given: Given, *, timezone: str) -> Proposal:
    """Look at every cell of `files` and propose how they become account tables of a client.

    `root` is the workspace's folder, `timezone` the house's. Nothing is written, apart from
    what the database spills below `root`. Raises `SourceError` for a file that cannot be
    read, and where no file is an account table; `UsageError` for an id in none of them.
    """
    con = ibis.duckdb.connect()
    try:
        with bounded(con, root):
            looked = [_draft(con, one, given, timezone) for one in seen(con, root, files)]
            drafts = [one for group in looked for one in group if isinstance(one, Draft)]
            rejected = [one for group in looked for one in group if isinstance(one, Rejected)]
            if not drafts:
                raise SourceError("\n".join(map(told, rejected)))
            drafts = _with_client(_once(con, drafts), given)
    finally:
        con.disconnect()
    require_ids([one.whose for one in drafts], given)
    return Proposal(given, tuple(_dated(drafts)), tuple(rejected))


def told(one: Rejected) -> str:
    """Return why a file is no account table, in a sentence."""
    lacks = f" lacks {', '.join(one.missing)}" if one.missing else " explains too few columns"
    listed = ", ".join(one.columns[:8])
    more = f" and {len(one.columns) - 8} more" if len(one.columns) > 8 else ""
    return (
        f"{one.name}: no account table is seen in it. The nearest, {one.nearest},{lacks}. "
        f"Its columns: {listed}{more}. docs/tables.md lists what each table needs."
    )


def _draft(con: Backend, one: Seen, given: Given, timezone: str) -> list[Draft | Rejected]:
    whom = whose(con, one.table, one.columns, given)
    columns = [column for column in one.columns if column.name != whom.column]
    ranked = candidates(one.label, columns)
    best = ranked[0]
    if not best.holds:
        listed = tuple(column.name for column in one.columns)
        nearest = max(ranked, key=lambda each: each.worth)
        return [
            Rejected(
                one.name,
                one.source.file or "",
                one.label,
                listed,
                nearest.table.name,
                nearest.missing,
            )
        ]
    rivals = [each for each in ranked if each.holds and best.worth - each.worth < NEAR]
    drafts = [_of_candidate(con, one, each, columns, whom, given, timezone) for each in rivals]
    whole = [each for each in drafts if each is not None]
    if not whole:
        listed = tuple(column.name for column in one.columns)
        return [
            Rejected(
                one.name,
                one.source.file or "",
                one.label,
                listed,
                best.table.name,
                _still_missing(best),
            )
        ]
    if len(whole) == 1:
        return list(whole)
    return [
        replace(
            each,
            asks=True,
            aside="as likely as "
            + " and ".join(other.table.name for other in whole if other is not each)
            + ": keep one",
        )
        for each in whole
    ]


def _still_missing(candidate: Candidate) -> tuple[str, ...]:
    have = {match.spec.name for match in candidate.matches}
    return tuple(c.name for c in candidate.table.columns if c.required and c.name not in have)


def _of_candidate(
    con: Backend,
    one: Seen,
    candidate: Candidate,
    columns: Sequence[Profile],
    whom: Whose,
    given: Given,
    timezone: str,
) -> Draft | None:
    """Return `one` as a table, or None where a required column cannot be made either."""
    matches, spec = candidate.matches, candidate.table
    used = {match.profile.name for match in matches}
    left = [column for column in columns if column.name not in used]
    habit = habits(matches)
    matched = {match.spec.name: match for match in matches}
    made_of = made(Material(con, one.table, spec, matched, left, habit.decimal))
    entries = {match.spec.name: entry(match, habit) for match in matches}
    entries |= {each.name: of_made(each) for each in made_of}
    if any(column.required and column.name not in entries for column in spec.columns):
        return None
    for later, (shown, sound) in in_order(con, one.table, spec, entries, matches).items():
        old = entries[later]
        entries[later] = replace(
            old,
            evidence=(*old.evidence, shown),
            confidence=old.confidence if sound else "guess",
        )
    ordered = tuple(entries[name] for name in spec.names if name in entries)
    taken = used | {name for each in ordered for name in each.uses}
    zoned, zone_told = zone(matches, timezone)
    last = last_moment(con, one.table, entries, matches)
    return Draft(
        seen=one,
        table=spec,
        worth=candidate.worth,
        named=candidate.named,
        entries=ordered,
        whose=whom,
        habits=habit,
        timezone=zoned,
        timezone_told=zone_told,
        cutoff=with_offset(last[0], zoned or timezone) if last else None,
        cutoff_told=f"the latest of {last[1]}" if last else "",
        unused=tuple(column for column in left if column.name not in taken),
        decisions=tuple(_decisions(one.name, ordered, whom, habit, given)),
    )


def _decisions(
    name: str, entries: Sequence[Entry], whom: Whose, habit: Habits, given: Given
) -> Iterable[str]:
    if habit.decimal == DECIDE:
        yield f"{name}: which sign stands before decimals. {habit.told}"
    if whom.column is None and not given.all_rows:
        yield f"{name}: whose rows these are. No column names a client: --all-rows says all are"
    if whom.column is not None and not whom.keys and not given.ids:
        yield f"{name}: which id in {whom.column} is {given.slug}. {whom.evidence}: --id says it"
    for each in entries:
        if each.decide:
            yield f"{name}: {each.decide}: {' or '.join(each.choices)}"


def _once(con: Backend, drafts: Sequence[Draft]) -> list[Draft]:
    """Put aside what would bring the same rows twice: another view of them, or a copy."""
    kept: list[Draft] = []
    why: dict[str, str] = {}
    for one in sorted(drafts, key=lambda each: -each.worth):
        twin = next((other for other in kept if _same_rows(con, one, other)), None)
        if twin:
            why[one.seen.name] = f"holds rows that {twin.seen.name} holds too: keep one"
        else:
            kept.append(one)
    # Where one reading of a file repeats what another file has, nobody need choose among them.
    return [
        replace(one, aside=why[one.seen.name], asks=False) if one.seen.name in why else one
        for one in drafts
    ]


def _with_client(drafts: Sequence[Draft], given: Given) -> list[Draft]:
    """Put aside what names no client, where other files do: a question there stops them all."""
    named = any(one.whose.column and not one.aside for one in drafts)
    if given.all_rows or not named:
        return list(drafts)
    why = "names no client: join it with a file that does, or say --all-rows"
    return [one if one.whose.column or one.aside else replace(one, aside=why) for one in drafts]


def _same_rows(con: Backend, one: Draft, other: Draft) -> bool:
    if one.table is not other.table or other.aside:
        return False
    first, second = _key(one), _key(other)
    if not first or not second:
        return False
    shared, rows = con.raw_sql(
        f"SELECT count(*) FILTER (v IN (SELECT {second} FROM {quoted(other.seen.table)})), count(*)"
        f" FROM (SELECT DISTINCT {first} AS v FROM {quoted(one.seen.table)})"
    ).fetchall()[0]
    return bool(rows) and shared / rows >= _SAME


def _key(draft: Draft) -> str | None:
    """Return SQL for the identifier of a row, as far as one column of the file tells it."""
    given = {one.name: one.given for one in draft.entries}
    for name in draft.table.key:
        if name.endswith("_id") and "column" in given.get(name, {}):
            return f"trim(CAST({quoted(given[name]['column'])} AS VARCHAR))"
    return None


def _dated(drafts: Sequence[Draft]) -> Iterable[Draft]:
    """Give a file without dates of things done the cut-off of the others; else ask for it."""
    known = [one.cutoff for one in drafts if one.cutoff]
    for one in drafts:
        if one.cutoff:
            yield one
        elif known:
            yield replace(one, cutoff=max(known), cutoff_told="as the latest of the other files")
        else:
            why = "no date of an event can be read"
            asked = f"{one.seen.name}: up to which moment it is complete: {why} in it"
            yield replace(one, decisions=(*one.decisions, asked))
