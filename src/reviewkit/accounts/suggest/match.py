"""Decides which account table a file is, and which of its columns is which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reviewkit.accounts.suggest.assign import best_pairs
from reviewkit.accounts.suggest.fit import fit
from reviewkit.accounts.suggest.names import Phrase, likeness, vocabulary
from reviewkit.accounts.suggest.profile import Profile
from reviewkit.accounts.tables import TABLES, ColumnSpec, TableSpec

Confidence = Literal["high", "likely", "guess"]

_HIGH, _LIKELY, _GUESS = 0.9, 0.65, 0.45
_ENOUGH = 0.42
"""Worth below which a file is no account table."""

_MADE = 0.6
"""What a required column counts that can be made of others."""

_FIRST = 0.5
"""How much more a pair is worth whose column is required."""

NEAR = 0.04
"""Distance of worth within which two tables are as likely as each other."""

NEEDED_LATER = frozenset((("invoice_lines", "line"), ("invoice_lines", "amount"),
                          ("order_lines", "line")))  # fmt: skip
"""Required columns that may be made of others, see `derive`."""


@dataclass(frozen=True)
class Match:
    """A column of the contract, the column of the file that is taken for it, and why."""

    spec: ColumnSpec
    profile: Profile
    score: float
    evidence: tuple[str, ...]

    @property
    def confidence(self) -> Confidence:
        return confidence(self.score)


@dataclass(frozen=True)
class Candidate:
    """A table that a file may be: the columns matched, the required ones missing, its worth."""

    table: TableSpec
    matches: tuple[Match, ...]
    missing: tuple[str, ...]
    worth: float
    named: str

    @property
    def holds(self) -> bool:
        return not self.missing and self.worth >= _ENOUGH and len(self.matches) > 1


def confidence(score: float) -> Confidence:
    """Return the word for a score of 0 to 1."""
    return "high" if score >= _HIGH else "likely" if score >= _LIKELY else "guess"


def candidates(name: str, columns: Sequence[Profile]) -> tuple[Candidate, ...]:
    """Return every account table as a candidate for `columns`, the best first.

    `name` is of the file or database table. The client's column is not among `columns`.
    """
    found = [_candidate(spec, name, columns) for spec in TABLES.values()]
    return tuple(sorted(found, key=lambda one: (-bool(one.holds), -one.worth)))


def _candidate(spec: TableSpec, name: str, columns: Sequence[Profile]) -> Candidate:
    found = [[_match(spec, column, profile) for profile in columns] for column in spec.columns]
    # Of an export with hundreds of columns, those that are like nothing here need no pairing.
    likely = [
        place for place in range(len(columns)) if any(row[place].score >= _GUESS for row in found)
    ]
    pairs = best_pairs([[_weight(row[place]) for place in likely] for row in found])
    matches = tuple(found[row][likely[column]] for row, column in pairs.items())
    missing = tuple(
        column.name
        for column in spec.columns
        if column.required
        and (spec.name, column.name) not in NEEDED_LATER
        and column.name not in {match.spec.name for match in matches}
    )
    like, phrase = likeness(name, vocabulary()["tables"][spec.name])
    return Candidate(spec, matches, missing, _worth(spec, matches, columns, like), phrase)


def _weight(match: Match) -> float:
    """Return what a pair is worth in the pairing, where a required column goes first.

    So an order's number is the delivery's where there is no other.
    """
    return match.score + _FIRST * match.spec.required if match.score >= _GUESS else 0.0


def _worth(
    spec: TableSpec, matches: Sequence[Match], columns: Sequence[Profile], like: float
) -> float:
    """Return what speaks for a table: columns explained, required ones found, and its name."""
    # An export may be much wider than any table: what of the table is found counts as well.
    total = sum(match.score for match in matches)
    explained = total / max(min(len(columns), len(spec.columns)), 1)
    wanted = [column.name for column in spec.columns if column.required]
    have = {match.spec.name: match.score for match in matches}
    made = {name: _MADE for table, name in NEEDED_LATER if table == spec.name}
    needed = sum(have.get(name, made.get(name, 0.0)) for name in wanted) / max(len(wanted), 1)
    return 0.5 * explained + 0.35 * needed + 0.15 * like


def _match(table: TableSpec, column: ColumnSpec, profile: Profile) -> Match:
    fitting = fit(profile, column, key=table.key == (column.name,))
    if not fitting.factor:
        return Match(column, profile, 0.0, ())
    like, phrase = likeness(profile.name, _known(table, column))
    if likeness(profile.name, vocabulary()["others"]["name"])[0] > like:
        like = 0.0
    score = like * fitting.factor
    told = [_named(like, phrase)] if like >= _GUESS else []
    if fitting.alone > score:
        score, told = fitting.alone, ["by its values alone"]
    if fitting.told:
        told.append(fitting.told)
    return Match(column, profile, min(score, 1.0), tuple(told))


def _named(like: float, phrase: str) -> str:
    return "a usual name" if like >= _HIGH else f'its name is near "{phrase}"'


@cache
def _known(table: TableSpec, column: ColumnSpec) -> tuple[Phrase, ...]:
    words: Mapping[str, tuple[Phrase, ...]] = vocabulary()["columns"]
    own = words.get(f"{table.name}.{column.name}", ())
    # A column that is called "id" and nothing else is the table's own key.
    key = (Phrase(("id",), 0.7),) if table.key == (column.name,) else ()
    return (*words.get(column.name, ()), *own, *key, Phrase(tuple(column.name.split("_")), 1.0))
