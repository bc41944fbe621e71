"""Compares what a file calls a column with what systems call ours, in several languages."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from reviewkit.accounts.tables import TABLES
from reviewkit.params.yaml import Source, read_yaml

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST = 120
_SAME = {
    "no": "id", "nr": "id", "num": "id", "number": "id", "nummer": "id", "numero": "id",
    "identifier": "id", "key": "id", "quantity": "qty", "quantite": "qty",
    "gid": "id", "uid": "id", "canceled": "cancelled", "cust": "customer", "ordernr": "order id",
    "appt": "appointment", "amt": "amount", "doc": "document", "act": "actual", "wt": "weight",
    "sched": "scheduled", "est": "estimated", "req": "requested", "addr": "address",
}  # fmt: skip
"""Words that are written in several ways, and the one that they are compared as."""

_NOISE = frozenset((
    "date", "datum", "dt", "day", "time", "zeit", "uhrzeit", "ts", "timestamp", "utc", "gmt",
    "cet", "local", "at", "on", "am", "um", "vom", "of", "the", "der", "die", "das", "den", "de",
    "la", "le", "eur", "usd", "gbp", "chf", "sek", "pln", "our", "a", "an",
))  # fmt: skip
"""Words that say little of what a column holds."""

_ZONES = frozenset(("utc", "gmt", "cet", "local"))
_AHEAD = frozenset((
    "planned", "scheduled", "promised", "requested", "required", "appointment", "estimated", "due",
    "target", "expected", "soll", "termin", "liefertermin", "geplant", "plan", "gepland", "prevue",
))  # fmt: skip
_DONE = frozenset(("actual", "ist", "real", "effective", "tatsaechlich", "werkelijk", "reel"))
"""Words that say that something is still to come, or that it came about."""

_DATES = ("date", "datum", "fecha")
_SURE = 0.9
_WEAK = 0.7
_CLOSE = 0.86


@dataclass(frozen=True)
class Phrase:
    """Folded words, and how much a column called so tells: 1, or less for a weak phrase."""

    words: tuple[str, ...]
    weight: float


def folded(text: str) -> str:
    """Return `text` in small letters without accents and signs, words apart by one blank.

    >>> folded("Fällig_am"), folded("RequiredDate"), folded("POD-Nr.")
    ('faellig am', 'required date', 'pod nr')
    """
    plain = _HUMP.sub(" ", text[:_LONGEST]).lower().translate(_GERMAN)
    parts = unicodedata.normalize("NFKD", plain)
    letters = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def flat(text: str) -> str:
    """Return a code as `folded` does, but in one word where capitals follow small letters."""
    return folded(text.lower())


@lru_cache(maxsize=10_000)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: `no`, `nr` and `number` are one."""
    return tuple(part for word in folded(text).split() for part in _SAME.get(word, word).split())


def phrases(text: str) -> tuple[Phrase, ...]:
    """Return the phrases of a list as it stands in words.yaml."""
    found = [part.strip() for part in text.split(",")]
    return tuple(
        Phrase(words_of(part.rstrip("?")), _WEAK if part.endswith("?") else 1.0) for part in found
    )


@cache
def vocabulary() -> Mapping[str, Mapping[str, tuple[Phrase, ...]]]:
    """Return words.yaml: its parts, each with its entries and their phrases."""
    path = Path(__file__).with_name("words.yaml")
    source = read_yaml(path, path.name)
    assert isinstance(source, Source), source  # noqa: S101 - part of the package
    return {
        part: {name: phrases(text) for name, text in entries.items()}
        for part, entries in source.data.items()
    }


@lru_cache(maxsize=50_000)
def likeness(name: str, known: tuple[Phrase, ...]) -> tuple[float, str]:
    """Return how well `name` fits the best of `known`, 0 to 1, and that phrase."""
    words = words_of(name)
    best, which = 0.0, ""
    for phrase in known:
        score = _score(words, phrase.words) * phrase.weight
        if score > best:
            best, which = score, " ".join(phrase.words)
    return best, which


def names_date(name: str) -> bool:
    """Tell whether `name` is that of a date: it says so, or is a date's sooner than another's.

    >>> names_date("Customer Invoice Date"), names_date("Shipped"), names_date("Invoice")
    (True, True, False)
    """
    if any(word.endswith(_DATES) for word in folded(name).split()):
        return True
    dates, others = _by_kind()
    like = likeness(name, dates)[0]
    return like >= _SURE and like >= likeness(name, others)[0]


@cache
def _by_kind() -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """Return what columns that hold dates are called, and what all others are."""
    dated = {
        name
        for table in TABLES.values()
        for column in table.columns
        if column.type in ("date", "timestamp")
        for name in (column.name, f"{table.name}.{column.name}")
    }
    found: tuple[list[Phrase], list[Phrase]] = ([], [])
    for name, known in vocabulary()["columns"].items():
        found[name not in dated].extend(known)
    return tuple(found[0]), tuple(found[1])


def _score(words: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    if not words or not phrase:
        return 0.0
    if words == phrase or "".join(words) == "".join(phrase):
        return 1.0
    core, wanted = _core(words), _core(phrase)
    if core == wanted or set(core) == set(wanted):
        return 0.95
    if bool(_AHEAD & {*words}) != bool(_AHEAD & {*phrase}) or (
        bool(_DONE & {*words}) != bool(_DONE & {*phrase}) and _AHEAD & {*words, *phrase}
    ):
        return 0.0  # What was planned is never what was done, however alike they are called.
    if set(wanted) < set(core):
        return 0.5 + 0.35 * len("".join(wanted)) / len("".join(core))
    if set(core) < set(wanted) and "".join(core) not in ("id", ""):
        return 0.3 + 0.35 * len("".join(core)) / len("".join(wanted))
    return _letters("".join(core), "".join(wanted))


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    zoneless = tuple(word for word in words if word not in _ZONES)
    return tuple(word for word in words if word not in _NOISE) or zoneless or words


def _letters(name: str, phrase: str) -> float:
    """Compare compounds and misspellings: `rechnungsnr` holds `rechnung`."""
    if len(phrase) >= 6 and phrase in name:
        return 0.35 + 0.35 * len(phrase) / len(name)
    if min(len(name), len(phrase)) < 5:
        return 0.0
    if 2 * min(len(name), len(phrase)) < _CLOSE * (len(name) + len(phrase)):
        return 0.0  # Not even with all letters in common.
    ratio = difflib.SequenceMatcher(None, name, phrase).ratio()
    return 0.85 * ratio if ratio >= _CLOSE else 0.0
