"""The word that a drafted source holds where a person must decide, and how it is refused."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.params.sources import Source
from reviewkit.params.yaml import Path_

DECIDE = "decide"
"""Stands in a draft for what its file leaves open."""


def undecided(place: Path_, item: Source) -> Iterator[tuple[Path_, str, str]]:
    """Tell every place of a source that still holds `DECIDE`, and what to write instead."""
    if item.client.constant == DECIDE or DECIDE in item.client.keys:
        hint = "Write the client's id in the file, or constant: and its folder."
        yield (*place, "client"), "whose rows they are is still to be decided.", hint
    for name, column in item.columns.items():
        here = (*place, "columns", name)
        if column.format == DECIDE:
            hint = "Write %d/%m/%Y where the day stands first, %m/%d/%Y where the month does."
            yield (*here, "format"), "is still to be decided.", hint
        for code, word in column.values.items():
            if word == DECIDE:
                hint = "Write a word of the contract beside it, or leave the column out."
                yield (*here, "values", code), "what it means is still to be decided.", hint
