"""Charts drawn while a notebook is still at work, or read: they take longer than all the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reviewkit.blocks import MIME
from reviewkit.render import charts


def draw_ahead(shown: Any, *, narrow: bool) -> None:
    """Begin to draw the charts that `shown` holds: a notebook, a cell, whatever shape it has.

    With `narrow` also as phones show them, which only pages need.
    """
    for chart in _charts(shown, inside=False):
        for spec in (chart.get("spec"), chart.get("narrow") if narrow else None):
            if isinstance(spec, dict):
                charts.begin(spec)


def _charts(item: Any, *, inside: bool) -> Iterator[dict[str, Any]]:
    """Yield the charts `inside` blocks of ours, in their order."""
    if isinstance(item, list):
        for part in item:
            yield from _charts(part, inside=inside)
    elif isinstance(item, dict):
        if inside and item.get("kind") == "chart":
            yield item
            return
        for name, part in item.items():
            yield from _charts(part, inside=inside or name == MIME)
