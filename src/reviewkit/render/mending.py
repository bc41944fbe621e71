"""What stands in place of a picture or formula that cannot be set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reviewkit.render.notes import Notes

UNSET = "a formula cannot be set and is shown as it was typed: {}"


def as_typed(run: dict[str, Any]) -> None:
    """Make of a formula's run the text that was typed."""
    run.pop("typst", None)
    run |= {"kind": "code"} if run.get("kind") else {"marks": ["code"]}


def mended(data: Any, holds: Callable[[dict[str, Any]], bool], notes: Notes) -> bool:
    """Replace what does not hold in template `data`; tell whether anything was replaced.

    `holds` tries one picture or formula by itself.
    """
    found = [item for item in _tried(data) if not holds(item)]
    for item in found:
        cell = item.get("cell", 0)
        if "typst" in item:
            notes.add(cell, UNSET.format(str(item.get("text", ""))[:80]))
            as_typed(item)
        else:
            alt = item.pop("alt")
            notes.add(cell, f"a picture is damaged and left out: {alt[:80]}")
            del item["file"]
            item |= {"text": alt} | ({"kind": "text"} if "kind" in item else {})
    return bool(found)


def _tried(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for value in data:
            yield from _tried(value)
    elif isinstance(data, dict):
        if "typst" in data or ("file" in data and "cell" in data):
            yield data
        for value in list(data.values()):
            yield from _tried(value)
