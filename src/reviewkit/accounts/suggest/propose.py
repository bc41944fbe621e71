"""Puts together what was seen: for each file a source that could stand in house.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from reviewkit.accounts.room import bounded
from reviewkit.accounts.suggest.derive import Material, made
from reviewkit.accounts.suggest.entries import Entry, Habits, entry, habits, of_made
from reviewkit.accounts.suggest.join import with_clients
from reviewkit.accounts.suggest.match import NEAR, Candidate, candidates
from reviewkit.accounts.suggest.profile import Profile
from reviewkit.accounts.suggest.proposal import Draft, Proposal, Rejected, told
from reviewkit.accounts.suggest.read import Seen, seen
from reviewkit.accounts.suggest.settle import dated, once, only_with_client
from reviewkit.accounts.suggest.times import in_order, last_moment, with_offset, zone
from reviewkit.accounts.suggest.whose import Given, Whose, require_ids, whose
from reviewkit.errors import SourceError
from reviewkit.params.undecided import DECIDE


def suggest(root: Path, files: Sequence[Path], given: Given, *, timezone: str) -> Proposal:
    """Look at every cell of `files` and propose how they become account tables of a client.

    `root` is the workspace's folder, `timezone` the house's. Nothing is written, apart from
    what the database spills below `root`. Raises `SourceError` for a file that cannot be
    read, and where no file is an account table; `UsageError` for an id in none of them.
    """
    con = ibis.duckdb.connect()
    try:
        with bounded(con, root):
            opened = seen(con, root, files)
            looks = opened if given.all_rows else with_clients(con, root, opened, given)
            looked = [_draft(con, one, given, timezone) for one in looks]
            drafts = [one for group in looked for one in group if isinstance(one, Draft)]
            rejected = [one for group in looked for one in group if isinstance(one, Rejected)]
            if not drafts:
                raise SourceError("\n".join(map(told, rejected)))
            drafts = only_with_client(once(con, drafts), given)
    finally:
        con.disconnect()
    require_ids([one.whose for one in drafts], given)
    return Proposal(given, tuple(dated(drafts)), tuple(rejected))


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
