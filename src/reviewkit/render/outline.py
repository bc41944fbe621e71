"""Levels of headings and the space before sections, given once all parts are known."""

from __future__ import annotations

from typing import Any

from reviewkit.render.document import Levels


def give_levels(data: Any, levels: Levels, base: int) -> None:
    """Give every heading in `data` its level, in reading order."""
    if isinstance(data, list):
        for item in data:
            give_levels(item, levels, base)
    elif isinstance(data, dict):
        if data.get("kind") == "heading":
            depth = Levels.DEPTH[data["role"]] if "role" in data else base + data["rank"]
            data["level"] = levels.at(depth)
        for key in ("blocks", "columns", "content", "items"):
            give_levels(data.get(key), levels, base)


def give_gaps(parts: list[dict[str, Any]]) -> None:
    """Give each section its distance from what stands before: wide on the opening page.

    A lead stands closer to its headline than what else follows one.
    """
    before: dict[str, Any] = {}
    wide = bool(parts) and parts[0].get("role") == "headline"
    for part in parts:
        wide = wide and part.get("role") != "page"
        if _opens_section(part):
            part["gap"] = 18 if before.get("role") == "page" else 36 if wide else 24
        if part.get("lead") and before.get("role") == "headline":
            before["after"] = 18
        before = part


def _opens_section(part: dict[str, Any]) -> bool:
    if part["kind"] == "heading":
        return bool(part.get("role") == "section")
    insides = [part.get("blocks", []), *(part.get("columns", []) if "widths" in part else [])]
    return any(inside and _opens_section(inside[0]) for inside in insides)
