"""Lead measures on a slide: three to a row, a rule on top, the value large."""

from __future__ import annotations

from typing import Any

from reviewkit.blocks import Tile, Tiles
from reviewkit.render.fonts import text_width
from reviewkit.render.pptx import marks
from reviewkit.render.pptx.look import INK, LABEL, N6, N7, SMALL, STATES, Box, high
from reviewkit.render.pptx.words import Run, place

TILE, TILES_A_ROW, GUTTER = 116.0, 3, 24.0


def tiles_height(part: Tiles, width: float, _: str = "") -> float:
    """Return how high tiles stand with the note below."""
    rows = -(-len(part.tiles) // TILES_A_ROW)
    return rows * TILE + (high(part.note, width, SMALL) if part.note else 0.0)


def add_tiles(slide: Any, box: Box, part: Tiles) -> None:
    """Draw tiles into `box`, three to a row."""
    width = (box.width - GUTTER * (TILES_A_ROW - 1)) / TILES_A_ROW
    for at, tile in enumerate(part.tiles):
        row, column = divmod(at, TILES_A_ROW)
        left = box.left + column * (width + GUTTER)
        _tile(slide, Box(left, box.top + row * TILE, width, TILE - 14.0), tile)
    if part.note:
        rows = -(-len(part.tiles) // TILES_A_ROW)
        below = Box(box.left, box.top + rows * TILE, box.width, 14.0)
        place(slide, below, [[Run(part.note, SMALL, N6)]])


def _value_size(tile: Tile, room: float) -> float:
    """Return the size in which a tile's value and unit stand in one line."""
    return next(
        (
            size
            for size in (30.0, 26.0, 22.0, 19.0, 16.0)
            if text_width(tile.text, size, 600) + text_width(f"  {tile.unit}", size / 2) <= room
        ),
        14.0,
    )


def _tile(slide: Any, box: Box, tile: Tile) -> None:
    marks.stroke(slide.shapes, [(box.left, box.top), (box.left + box.width, box.top)], INK, 0.75)
    place(
        slide,
        Box(box.left, box.top + 5.0, box.width * 0.62, 16.0),
        [[Run(tile.label, 12.0, INK, bold=True)]],
    )
    if tile.status:
        sign, colour = STATES[tile.status.state]
        words = f"{tile.status.word} {tile.status.detail}".strip()
        strong = tile.status.state in ("missed", "at_risk")
        own = colour if tile.status.state == "missed" else INK if strong else N6
        shown = (
            [Run(f"{sign} ", 11.0, colour), Run(words, 11.0, own, strong)]
            if sign
            else [Run(words, 11.0, own)]
        )
        place(
            slide,
            Box(box.left + box.width * 0.55, box.top + 5.0, box.width * 0.45, 16.0),
            [shown],
            side="right",
        )
    room = box.width * 0.62
    size = _value_size(tile, room)
    unit = Run(tile.unit if tile.unit_first else f" {tile.unit.strip()}", size * 0.47, N7)
    value = Run(tile.text, size, INK, bold=True)
    line = [unit, value] if tile.unit_first else [value, unit]
    place(slide, Box(box.left, box.top + 22.0, room, 38.0), [line], stand="middle")
    if tile.trend:
        shapes = marks.group(slide, tile.label)
        marks.draw_trend(
            shapes,
            Box(box.left + box.width * 0.66, box.top + 30.0, box.width * 0.32, 24.0),
            tile.trend,
        )
    references = "     ".join(f"{item.label} {item.text}" for item in tile.references)
    size = LABEL if text_width(references, LABEL) <= box.width * 0.95 else SMALL
    place(slide, Box(box.left, box.top + 64.0, box.width, 14.0), [[Run(references, size, N6)]])
