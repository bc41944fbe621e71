"""The signs that every page of an internal version carries, in the language of the page.

A pack that is to leave the house is searched for them in all languages.
"""

from __future__ import annotations

from reviewkit.speech import languages, say, speaking


def internal() -> str:
    """Return the sign itself, in capitals."""
    return say("INTERNAL")


def version() -> str:
    """Return how a report's internal version is called."""
    return say("internal version")


def warning() -> str:
    """Return what is never to be done with it."""
    return say("Never send to the client")


def of_all_languages() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return all signs: those to be found in whatever case, and those in capitals only."""
    words: list[str] = []
    capitals: list[str] = []
    for language in languages():
        with speaking(language):
            words += (warning(), version())
            capitals.append(internal())
    return tuple(dict.fromkeys(words)), tuple(dict.fromkeys(capitals))
