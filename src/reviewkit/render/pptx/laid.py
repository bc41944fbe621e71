"""Tables laid out for a slide: parts of long ones, and heat maps, whose cells are tinted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reviewkit.blocks import Cell, Chart, Column, Plot, Row, Table
from reviewkit.render.parts import Part
from reviewkit.render.pptx import tables
from reviewkit.render.pptx.look import Box


@dataclass(frozen=True)
class Laid:
    """A table as a slide shows it: a part of one in the `size` of the whole, or a heat map.

    `weights` tells how deep each cell of a heat map is, by row and month.
    """

    table: Table
    size: float = 0.0
    weights: tuple[tuple[float | None, ...], ...] = ()


def heat(part: Chart, plot: Plot) -> Laid:
    """Return a chart of that form as a table: a row for each series."""
    months = (
        Column(key=f"c{at}", label=name, align="right") for at, name in enumerate(plot.categories)
    )
    rows = tuple(
        Row(cells=(Cell(text=series.name), *(Cell(text=text) for text in series.texts)))
        for series in plot.series
    )
    columns = (Column(key="row", label="", grow=1.0), *months)
    return Laid(Table(columns=columns, rows=rows, summary=part.alt), weights=plot.weights)


Shown = Part | Laid
"""What stands on a slide."""


def add_laid(slide: Any, box: Box, part: Laid) -> None:
    """Write a table into `box` in its size, its cells tinted as their weights tell."""
    own = tables.add_table(slide, box, part.table, part.size)
    first = len(own.rows) - len(part.weights)
    for row, weights in enumerate(part.weights):
        for column, weight in enumerate(weights, start=1):
            if weight:
                tables.tint(own.cell(first + row, column), weight)
