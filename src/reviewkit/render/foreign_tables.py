"""Tables that people wrote in Markdown or HTML, read as tables like ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from reviewkit.blocks import Cell, Column, Row, Table

Words = Callable[[Any], str]
"""Gives the plain text of a cell's parsed blocks."""

_NUMBER = re.compile(r"[+−-]?[€$£]?\d[\d,.’'  ]*%?|nan|NaN|None|–|-?inf|")


def read_table(content: Any, words: Words) -> Table:
    """Return a parsed table as one of ours; columns that hold only figures stand right."""
    _, caption, specs, (_, head), bodies, (_, foot) = content
    heads = [_cells(row, len(specs), words) for row in head]
    rows = [row for body in bodies for part in body[2:] for row in part] + foot
    texts = _grid(rows, len(specs), words)
    labels = heads[-1] if heads else [""] * len(specs)
    over = heads[-2] if len(heads) > 1 else [""] * len(specs)
    numeric = [
        any(row[index] for row in texts) and all(_NUMBER.fullmatch(row[index]) for row in texts)
        for index in range(len(specs))
    ]
    columns = tuple(
        Column(
            key=str(index),
            label=labels[index],
            over=over[index],
            align="decimal" if numeric[index] else "left",
        )
        for index in range(len(specs))
    )
    body = tuple(Row(cells=tuple(Cell(text=text, value=text) for text in row)) for row in texts)
    return Table(columns=columns, rows=body, summary=words(caption[1]) or "Table")


def _cells(row: Any, width: int, words: Words) -> list[str]:
    """Return a head row's texts; a text that spans columns stands over each of them."""
    out: list[str] = []
    for _, _, _, span, blocks in row[1]:
        out += [words(blocks)] * span
    return (out + [""] * width)[:width]


def _grid(rows: list[Any], width: int, words: Words) -> list[list[str]]:
    """Return body texts; a cell that spans rows or columns is stated once."""
    out: list[list[str]] = []
    held = [0] * width
    for row in rows:
        cells = iter(row[1])
        texts = [""] * width
        index = 0
        while index < width:
            if held[index]:
                held[index] -= 1
                index += 1
                continue
            cell = next(cells, None)
            if cell is None:
                break
            _, _, down, across, blocks = cell
            texts[index] = words(blocks)
            for covered in range(index, min(index + across, width)):
                held[covered] = down - 1
            index += across
        out.append(texts)
    return out
