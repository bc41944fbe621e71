"""Anchors that links may lead to, and the links that lead to none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reviewkit.blocks import Columns, Group, Heading, Table
from reviewkit.render.parts import Part


def anchors_of(parts: Iterable[Part]) -> frozenset[str]:
    found: set[str] = set()
    for part in parts:
        match part:
            case Heading(anchor=anchor):
                found.add(anchor)
            case Table(rows=rows):
                found |= {row.anchor for row in rows}
            case Group(blocks=blocks):
                found |= anchors_of(blocks)
            case Columns(columns=columns):
                for column in columns:
                    found |= anchors_of(column)
            case _:
                pass
    return frozenset(found - {""})


class Anchors:
    """Drops links that lead nowhere, and anchors that stand already: a PDF refuses both."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._known = anchors_of(parts)
        self._placed: set[str] = set()

    def live(self, data: Any) -> Any:
        """Return template data with the links and anchors that hold."""
        if isinstance(data, list):
            return [self.live(value) for value in data]
        if not isinstance(data, dict):
            return data
        kept = {key: self.live(value) for key, value in data.items()}
        if kept.get("link") and str(kept["link"]).lstrip("#") not in self._known:
            del kept["link"]
        if isinstance(kept.get("anchor"), str):
            if kept["anchor"] in self._placed:
                del kept["anchor"]
            else:
                self._placed.add(kept["anchor"])
        return kept
