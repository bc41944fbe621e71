"""Finds the column that says whose row it is, and which of its ids is the new client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ibis.backends.duckdb import Backend

from reviewkit.accounts.duck import literal, quoted
from reviewkit.accounts.suggest.names import folded, likeness, vocabulary
from reviewkit.accounts.suggest.profile import Profile
from reviewkit.errors import UsageError, nearest

_SURE = 0.6
_MOST_IDS = 20_000
SHOWN = 12
"""Ids that a draft lists for a person to choose from."""


@dataclass(frozen=True)
class Given:
    """What the user said of the client: its folder, its printed name, its ids in the files.

    `all_rows` says that a file without a column of clients holds this one's rows alone.
    `known` are the ids of all clients that house.yaml lists already, each with its folder.
    """

    slug: str
    name: str = ""
    ids: tuple[str, ...] = ()
    all_rows: bool = False
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Whose:
    """The column of the client's id, and the ids taken for the client, with why.

    Without a `column` the file names no client; without `keys` no id could be told to be it.
    `seen` are the most frequent ids with their rows, and the name that stands beside each.
    """

    column: str | None
    score: float
    keys: Mapping[str, str] = field(default_factory=dict)
    evidence: str = ""
    seen: tuple[tuple[str, int, str], ...] = ()
    distinct: int = 0


def client_column(columns: Sequence[Profile], given: Given) -> tuple[Profile | None, float]:
    """Return the column that looks most like the id of a client, and how much.

    Without one that is called so, it is the only column in which the client's name stands.
    """
    known = vocabulary()["whose"]["id"]
    fitting = [
        (likeness(column.name, known)[0], column)
        for column in columns
        if column.filled and not column.is_date and (column.is_whole or not column.is_number)
    ]
    score, found = max(fitting, key=lambda pair: pair[0], default=(0.0, None))
    if score >= _SURE:
        return found, score
    naming = [
        column
        for column in columns
        if not column.is_number and sum(_is(given, word) for word in column.words) == 1
    ]
    return (naming[0], _SURE) if len(naming) == 1 else (None, 0.0)


def name_column(columns: Sequence[Profile], id_column: Profile) -> Profile | None:
    """Return the column that spells the client's name beside its id, if there is one."""
    known = (*vocabulary()["whose"]["name"], *vocabulary()["whose"]["id"])
    likely = [
        (likeness(column.name, known)[0], column)
        for column in columns
        if column is not id_column and column.filled and not column.is_number
    ]
    score, found = max(likely, key=lambda pair: pair[0], default=(0.0, None))
    return found if score >= 0.9 else None


def whose(con: Backend, table: str, columns: Sequence[Profile], given: Given) -> Whose:
    """Return whose rows those of `table` are; raises `UsageError` for a given id not in it."""
    column, score = client_column(columns, given)
    if column is None:
        told = "no column names a client"
        return Whose(None, 0.0, evidence=f"{told}: all rows as said" if given.all_rows else told)
    beside = name_column(columns, column)
    ids = _ids(con, table, column, beside)
    keys, evidence = _keys(ids, given, column.name)
    return Whose(column.name, score, keys, evidence, tuple(ids[:SHOWN]), column.distinct)


def _ids(
    con: Backend, table: str, column: Profile, beside: Profile | None
) -> list[tuple[str, int, str]]:
    """Return the ids as they stand, blanks included, the most frequent first."""
    own = quoted(column.name)
    text = f"CAST({own} AS VARCHAR)"
    if column.native == "number":
        text = f"CAST(TRY_CAST({own} AS BIGINT) AS VARCHAR)"
    name = f"mode(CAST({quoted(beside.name)} AS VARCHAR))" if beside else "''"
    rows = con.raw_sql(
        f"SELECT {text} AS id, count(*) AS n, {name} FROM {quoted(table)}"
        f" WHERE {own} IS NOT NULL AND trim({text}) <> {literal('')}"
        f" GROUP BY 1 ORDER BY n DESC, id LIMIT {_MOST_IDS}"
    ).fetchall()
    return [(str(one), int(count), str(name or "")) for one, count, name in rows]


def _keys(
    ids: Sequence[tuple[str, int, str]], given: Given, column: str
) -> tuple[dict[str, str], str]:
    if given.ids:
        present = {one for one, _, _ in ids}
        # Each system has ids of its own: one that no file holds is told by `require_ids`.
        said = [one for one in given.ids if one in present]
        told = "as said with --id" if said else f"no id said with --id is in {column}"
        return dict.fromkeys(said, given.slug), told
    listed = [one for one, _, _ in ids if given.known.get(one) == given.slug]
    if listed:
        return dict.fromkeys(listed, given.slug), "as house.yaml has it for another source"
    fitting = [one for one, _, name in ids if _is(given, one) or (name and _is(given, name))]
    if len(fitting) == 1:
        (one,) = fitting
        shown = next(name for other, _, name in ids if other == one)
        told = f"{one}, {shown}," if shown and not _is(given, one) else one
        return {one: given.slug}, f"{told} fits the client's name; no other id does"
    if fitting:
        return {}, f"{len(fitting)} ids fit the client's name"
    return {}, "no id fits the client's name"


def require_ids(found: Sequence[Whose], given: Given) -> None:
    """Raise `UsageError` for an id given that stands in none of the files."""
    used = {key for one in found for key in one.keys}
    for one in given.ids:
        if one not in used:
            seen = {known for each in found for known, _, _ in each.seen}
            raise UsageError(f'No file holds the id "{one}" of a client. {nearest(one, seen)}')


def _is(given: Given, text: str) -> bool:
    """Tell whether an id or a name spells the client: the same words, or its name begins so."""
    words = folded(text.lower()).split()
    for known in (given.slug, given.name):
        wanted = folded(known.lower()).split()
        if not wanted or not words:
            continue
        if "".join(words) == "".join(wanted) or words[: len(wanted)] == wanted:
            return True
        # c17850 is the folder of 17850: a folder cannot begin with a digit.
        if text.isdigit() and "".join(wanted) == f"c{text}":
            return True
    return False
