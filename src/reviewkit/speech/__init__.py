"""What pages say, in the reader's language.

A text is known by its English, as in gettext: `say("{name} fell", name=...)` is looked up in
the catalogue of the language that is spoken, `<language>.po` beside this file, and then
filled in. English needs no catalogue; a text that a catalogue lacks is said in English, and
a test holds every catalogue complete.

The language is that of the page being made: whoever makes one opens `speaking(language)`
around it, so that functions deep below need not be handed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from importlib.resources import files

from babel.messages.pofile import read_po

_Key = tuple[str, str]
"""A text and what tells it from another of the same English."""


@dataclass(frozen=True)
class Catalogue:
    """The texts of one language: forms by text, and which form a number takes."""

    texts: Mapping[_Key, tuple[str, ...]]
    form: Callable[[int], int]


_ENGLISH = Catalogue({}, lambda number: int(number != 1))
_SPOKEN: ContextVar[str] = ContextVar("language", default="en")


def languages() -> tuple[str, ...]:
    """Return the languages that pages can be written in, English first."""
    found = (item.name for item in files(__name__).iterdir())
    return ("en", *sorted(name.removesuffix(".po") for name in found if name.endswith(".po")))


def spoken() -> str:
    """Return the language that is spoken here and now, as "de"."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything within in `language` ("de", "de-CH"); in English where it has no catalogue."""
    name = language.replace("_", "-").split("-")[0].lower()
    token = _SPOKEN.set(name if name in languages() else "en")
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def say(text: str, /, *, context: str = "", **values: object) -> str:
    """Return `text` in the language spoken, its `{names}` filled in from `values`.

    `context` tells a text from another of the same English: "open" of cases, of amounts.

    >>> say("{part} of {whole}", part="two", whole="five")
    'two of five'
    """
    forms = catalogue(spoken()).texts.get((text, context))
    return _filled(forms[0] if forms else text, values)


def say_number(one: str, many: str, /, number: int, *, context: str = "", **values: object) -> str:
    """Return the form of a text that goes with `number`, which may stand in it as `{number}`.

    >>> say_number("{number} case", "{number} cases", 3), say_number("one case", "cases", 1)
    ('3 cases', 'one case')
    """
    own = catalogue(spoken())
    forms = own.texts.get((one, context))
    if forms and len(forms) > 1:
        text = forms[own.form(number)]
    else:
        text = (one, many)[_ENGLISH.form(number)]
    return _filled(text, {"number": number, **values})


@cache
def catalogue(language: str) -> Catalogue:
    """Return the texts of `language`, read once."""
    if language == "en":
        return _ENGLISH
    with (files(__name__) / f"{language}.po").open("rb") as file:
        read = read_po(file, locale=language)
    texts: dict[_Key, tuple[str, ...]] = {}
    for message in read:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if not message.id or not all(forms):
            continue
        own = message.id if isinstance(message.id, str) else message.id[0]
        texts[own, message.context or ""] = tuple(str(form) for form in forms)
    return Catalogue(texts, c2py(read.plural_expr))


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text.format_map(values) if values else text
