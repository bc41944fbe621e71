"""What a header must be, whatever it is the header of."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.errors import SourceError


def require_names(where: str, names: Sequence[str]) -> None:
    """Raise `SourceError` for names that are missing, stand twice, or hold a null byte."""
    if "" in names:
        place = names.index("") + 1
        raise SourceError(f"{where}: column {place} of the header has no name. Give it one.")
    # Databases do not tell Id from ID.
    folded = [name.lower() for name in names]
    twice = list(dict.fromkeys(name for name in names if folded.count(name.lower()) > 1))
    if twice:
        raise SourceError(
            f"{where}: the header names {' and '.join(twice)} more than once. "
            "Rename one (capitals do not tell names apart)."
        )
    if any("\0" in name for name in names):
        raise SourceError(f"{where}: the header holds a null byte. Export it as plain text.")


def require_same(headers: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Raise `SourceError` where one of (place, names) differs from the first, and in what."""
    first, wanted = headers[0]
    for where, names in headers[1:]:
        if list(names) != list(wanted):
            raise SourceError(
                f"{where}: its columns differ from those of {first}. {_difference(names, wanted)}"
            )


def _difference(names: Sequence[str], wanted: Sequence[str]) -> str:
    parts = [
        f"{verb} {', '.join(found)}"
        for verb, found in (
            ("lacks", [name for name in wanted if name not in names]),
            ("adds", [name for name in names if name not in wanted]),
        )
        if found
    ]
    if not parts:
        return "They stand in another order. Export both alike."
    return f"It {' and '.join(parts)}. Export both alike, or give each a source of its own."
