"""Says how well the cells of one column fit one column of the contract, whatever it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from babel.numbers import list_currencies

from reviewkit.accounts.suggest.codes import WORDS
from reviewkit.accounts.suggest.names import flat
from reviewkit.accounts.suggest.profile import MOST_WORDS, Profile
from reviewkit.accounts.tables import ColumnSpec, ColumnType

_COMPACT = ("%Y%m%d", "%Y%m")
_MOSTLY = 0.9
_FEW_WORDS = ("service", "cancel_cause", "mode", "uom", "stage", "category")
"""Columns whose words are few in any business."""


@dataclass(frozen=True)
class Fit:
    """`factor` by which a likeness of names counts; `alone` is what the cells say by themselves."""

    factor: float
    told: str = ""
    alone: float = 0.0


def fit(profile: Profile, spec: ColumnSpec, *, key: bool = False) -> Fit:
    """Return how the cells of `profile` fit `spec`; a factor of 0 rules the pair out.

    With `key` the column alone tells the rows of its table apart.
    """
    if not profile.filled:
        return Fit(0.0 if spec.required else 0.6, "empty in this file")
    if spec.values:
        return _listed(profile, spec)
    if spec.name == "currency":
        return _currency(profile)
    found = _TYPES[spec.type](profile, spec)
    return _apart(profile, found) if key and found.factor else found


@cache
def known_codes(column: str) -> Mapping[str, str]:
    """Return the codes of `column`, flat, and our word for each."""
    return {
        code.strip(): word
        for word, codes in WORDS.get(column, {}).items()
        for code in codes.split(",")
    }


def meaning(column: str, code: str) -> str | None:
    """Return our word for a code of `column`, also where its parts agree: "2 - High" is high."""
    codes = known_codes(column)
    plain = flat(code)
    if plain in codes:
        return codes[plain]
    meant = {codes[part] for part in plain.split() if part in codes}
    return meant.pop() if len(meant) == 1 else None


def _listed(profile: Profile, spec: ColumnSpec) -> Fit:
    if not profile.words or len(profile.words) > MOST_WORDS:
        return Fit(0.0)
    meant = {word: meaning(spec.name, word) for word in profile.words}
    known = sum(count for word, count in profile.words.items() if meant[word])
    share = known / profile.filled
    if not share:
        return Fit(0.5, "none of its codes is known")
    distinct = len(set(meant.values()))
    alone = 0.55 if share > 0.9 and distinct > 1 and not profile.is_number else 0.0
    return Fit(0.6 + 0.4 * share, f"codes known in {share:.0%} of its cells", alone)


def _currency(profile: Profile) -> Fit:
    codes = list_currencies()
    if not profile.words or sum(n for w, n in profile.words.items() if w not in codes) > (
        profile.tolerated
    ):
        return Fit(0.0)
    return Fit(1.0, "ISO 4217 codes", 0.5)


def _apart(profile: Profile, found: Fit) -> Fit:
    """Weigh how well a key tells rows apart: some rows may be there twice, not all."""
    if profile.unique:
        return Fit(found.factor, "no two rows alike", found.alone)
    share = profile.distinct / profile.rows
    if share > _MOSTLY:
        return Fit(found.factor, f"{profile.distinct:,} in {profile.rows:,} rows", found.alone)
    return Fit(0.6 * found.factor, f"only {profile.distinct:,} in {profile.rows:,} rows")


def _text(profile: Profile, spec: ColumnSpec) -> Fit:
    forms = profile.forms
    if profile.is_date and not (forms and forms[0].form in _COMPACT):
        return Fit(0.0)
    if profile.is_number and not profile.is_whole:
        return Fit(0.3)
    codes = known_codes(spec.name)
    known = sum(count for word, count in profile.words.items() if flat(word) in codes)
    if codes and known:
        return Fit(1.0, f"codes known in {known / profile.filled:.0%} of its cells", 0.45)
    return Fit(0.5 if spec.name in _FEW_WORDS and profile.distinct > MOST_WORDS else 1.0)


def _dated(profile: Profile, spec: ColumnSpec) -> Fit:
    if not profile.is_date:
        return Fit(0.0)
    form = profile.forms[0].form if profile.forms else ""
    if profile.forms and profile.forms[0].numbered:
        return Fit(0.85, "numbers that are days between 1990 and 2060")
    if form and "%d" not in form:
        return Fit(1.0 if spec.name in ("month", "service_period") else 0.3, "months")
    if profile.forms and profile.forms[0].missed:
        return Fit(0.9, "")
    return Fit(1.0, "dates in all filled cells")


def _number(profile: Profile, spec: ColumnSpec) -> Fit:
    if not profile.is_number or profile.counts["padded"] > profile.tolerated:
        return Fit(0.0)
    if spec.minimum == 0 and profile.counts["negative"] > profile.tolerated:
        return Fit(0.6, f"negative cells: {profile.counts['negative']:,}")
    return Fit(1.0, "numbers in all filled cells")


def _integer(profile: Profile, spec: ColumnSpec) -> Fit:
    return _number(profile, spec) if profile.is_whole else Fit(0.0)


def _flag(profile: Profile, _: ColumnSpec) -> Fit:
    return Fit(1.0, "yes or no in all filled cells") if profile.is_flag else Fit(0.0)


_TYPES: Mapping[ColumnType, Callable[[Profile, ColumnSpec], Fit]] = {
    "text": _text,
    "timestamp": _dated,
    "date": _dated,
    "integer": _integer,
    "number": _number,
    "money": _number,
    "boolean": _flag,
}
