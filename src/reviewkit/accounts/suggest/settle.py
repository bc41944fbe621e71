"""Settles drafts among each other: no row twice, none of nobody, and one cut-off for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import quoted
from reviewkit.accounts.suggest.proposal import Draft
from reviewkit.accounts.suggest.whose import Given

_SAME = 0.5
"""Share of a file's keys from which on it is another view of the rows that hold them too."""


def once(con: Backend, drafts: Sequence[Draft]) -> list[Draft]:
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


def only_with_client(drafts: Sequence[Draft], given: Given) -> list[Draft]:
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


def dated(drafts: Sequence[Draft]) -> Iterable[Draft]:
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
