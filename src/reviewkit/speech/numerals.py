"""Small numbers as words, in languages where they do not bend with what they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SMALL: Mapping[str, Sequence[str]] = {
    "en": "none one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
}


def numeral(number: int, language: str) -> str:
    """Return a number up to twelve in words, a larger one in figures.

    >>> numeral(3, "en"), numeral(13, "en"), numeral(3, "de")
    ('three', '13', '3')
    """
    small = SMALL.get(language, ())
    return small[number] if 0 <= number < len(small) else str(number)
