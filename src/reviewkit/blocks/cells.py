"""The parts of tables, tiles and charts: cells and what is drawn in them, columns, series."""

from __future__ import annotations

from typing import Literal

from reviewkit.blocks.base import Figure, Model, Scalar, State, Status, Tone


class Sparkline(Model):
    """A small trend, drawn by the template; heights run from 0 (bottom) to 1 (top).

    `points` holds one height per period, oldest first, `None` where there is no figure.
    The heights are rounded and scaled, so that the line carries no hidden figures.
    `state` colours the last point; `None` draws no last point (a partial period).
    """

    points: tuple[float | None, ...]
    target: float | None = None
    state: State | None = None


class BarSegment(Model):
    """A stretch of a bar between two positions, 0 (left end of the scale) to 1 (right end)."""

    start: float
    end: float
    tone: Literal["accent", "quiet"] = "accent"


class Bar(Model):
    """Bars inside a table cell. `zero` is the position of the axis, drawn through all rows."""

    zero: float = 0.0
    segments: tuple[BarSegment, ...] = ()


class Dots(Model):
    """Two or three values on one scale inside a table cell, 0 (left) to 1 (right)."""

    value: float | None
    reference: float | None = None
    target: float | None = None


class Cell(Model):
    """One cell of a table: its typed value, and the text shown for it.

    `note` is a second, smaller line; `mark` a footnote letter. At most one of `status`,
    `trend`, `bar`, `dots` and `squares` is drawn, before the text. `squares` draws that
    many counted squares (postponements). `tone` overrides the column's.
    """

    text: str = ""
    value: Scalar = None
    type: Literal["text", "int", "float", "decimal", "date", "none"] = "text"
    note: str = ""
    mark: str = ""
    tone: Tone | None = None
    status: Status | None = None
    trend: Sparkline | None = None
    bar: Bar | None = None
    dots: Dots | None = None
    squares: int | None = None
    link: str = ""
    figure: Figure | None = None


class Column(Model):
    """One column of a table.

    `align` "decimal" lines figures up on the decimal point. `role` sets type and colour:
    `actual` is the figure under review (600), `reference` what it is compared with (n7),
    `id` a quiet identifier, `graphic` a bar, dots or trend drawn across the row's height.
    `over` is a spanning head shared with neighbours of the same `over`. `grow` shares out
    the width left over (0: as narrow as its content). `tint` puts a neutral tint behind
    the column. `tone` is for heads such as "Rate" that carry a legend colour.
    `card` says where the cell goes when a narrow screen turns rows into cards.
    """

    key: str
    label: str
    align: Literal["left", "right", "decimal", "center"] = "left"
    role: Literal["text", "actual", "reference", "id", "graphic", "status"] = "text"
    over: str = ""
    grow: float = 0.0
    tint: bool = False
    tone: Tone | None = None
    card: Literal["title", "lead", "line", "hide"] = "line"


class Row(Model):
    """One row; `group` names the block of rows it opens (printed once, on the left).

    `anchor` makes the row a target of `Cell.link` and `Tile.link` ("#anchor").
    """

    cells: tuple[Cell, ...]
    group: str = ""
    total: bool = False
    anchor: str = ""


class Footnote(Model):
    """A note under a table: its letter, a bold lead and the sentence."""

    mark: str
    lead: str
    text: str


class Reference(Model):
    """A value beside a tile's own: target, prior period, prior year."""

    label: str
    text: str
    figure: Figure | None = None


class Tile(Model):
    """One lead measure: label and status above, the value large, its references below.

    `unit` stands after the value, or before it when `unit_first` ("€"). `n` is the
    number of cases behind it; `link` leads to the definition ("#def-otif").
    """

    label: str
    text: str
    unit: str = ""
    unit_first: bool = False
    value: Scalar = None
    status: Status | None = None
    references: tuple[Reference, ...] = ()
    trend: Sparkline | None = None
    n: str = ""
    link: str = ""
    figure: Figure | None = None


class Series(Model):
    """One series of a plot: its figures as the page prints them, "" where there is none.

    `line` draws a line across bars, `dashed` one that is aimed at or compared with; `total`
    is what stacked series add up to, which is written and not drawn.
    """

    name: str
    texts: tuple[str, ...]
    tone: Tone = "accent"
    line: bool = False
    dashed: bool = False
    total: bool = False


class Plot(Model):
    """The figures behind a chart, for formats that draw it anew or list what it shows.

    Every series has a text for each category: what is finer than the print is not here.
    `low` and `high` are the ends of the scale, `step` lies between its lines; `weights` tell
    how deep a cell of a heat map is (0 to 1, by series and category), `notes` what is written
    into the chart.
    """

    form: Literal["lines", "stack", "bars", "heat"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    low: float | None = None
    high: float | None = None
    step: float | None = None
    weights: tuple[tuple[float | None, ...], ...] = ()
    notes: tuple[str, ...] = ()
