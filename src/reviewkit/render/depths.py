"""Text nested deeper than a page can show."""

from __future__ import annotations

from typing import Any

DEEPEST = 12
"""Levels of lists and quotations within each other."""


def all_words(nodes: list[Any]) -> list[str]:
    """Return the words in a tree however deep, in their order."""
    found: list[str] = []
    waiting: list[Any] = nodes[::-1]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict) and item.get("t") in ("Str", "Code", "CodeBlock"):
            content = item["c"]
            found.append(str(content if isinstance(content, str) else content[1]))
        elif isinstance(item, dict):
            waiting.append(item.get("c"))
        elif isinstance(item, list):
            waiting += item[::-1]
    return found
