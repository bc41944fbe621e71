"""The vocabulary that displays write and renderers read.

A block says what is shown, never how: it holds typed values beside the text printed
for them, and no colour, font or position. Displays build blocks from figures; each
renderer (HTML, PDF, XLSX, PPTX) is a table of functions, one per kind of
block. A block travels inside a notebook as JSON under `MIME`, so every model here
is frozen, refuses unknown keys, and round-trips through JSON unchanged.

Text in a block is plain text. It is never markup: a renderer escapes it or hands it
over as data. `Markdown` alone holds source in a markup language, and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    TypeAdapter,
    model_serializer,
)

MIME = "application/vnd.reviewkit.v1+json"

State = Literal["met", "at_risk", "missed", "no_target", "low_volume", "no_data", "partial"]
"""Outcome of a figure against its target; `at_risk` prints as "Near"."""

Audience = Literal["client", "internal"]
"""Who reads: the client, or the provider's own house."""

Tone = Literal["accent", "quiet", "strong", "plain", "missed"]
"""Weight of words and bars: one `accent` per chart, `quiet` for references."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Block(_Model):
    @model_serializer(mode="wrap")
    def _keep_kind(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # Defaults are left out of the JSON, but the tag that tells blocks apart stays.
        return {"kind": self.__class__.model_fields["kind"].default, **handler(self)}


class Span(_Model):
    """A run of words in one tone. A paragraph is a tuple of spans."""

    text: str
    tone: Tone = "plain"


class Figure(_Model):
    """The identity of a printed number: with it, the number can be asked and traced.

    `role` tells the figure under review from its references (`prior`, `year_ago`,
    `target`, ...). `by` holds the dimensions it is sliced by, empty for the total.
    """

    metric: str
    period: str
    by: dict[str, str] = Field(default_factory=dict)
    role: str = "value"


class Status(_Model):
    """A state as it is printed: a drawn shape, its word, and the gap to target if any."""

    state: State
    word: str
    detail: str = ""


class Sparkline(_Model):
    """A small trend, drawn by the template; heights run from 0 (bottom) to 1 (top).

    `points` holds one height per period, oldest first, `None` where there is no figure.
    The heights are rounded and scaled, so that the line carries no hidden figures.
    `state` colours the last point; `None` draws no last point (a partial period).
    """

    points: tuple[float | None, ...]
    target: float | None = None
    state: State | None = None


class BarSegment(_Model):
    """A stretch of a bar between two positions, 0 (left end of the scale) to 1 (right end)."""

    start: float
    end: float
    tone: Literal["accent", "quiet"] = "accent"


class Bar(_Model):
    """Bars inside a table cell. `zero` is the position of the axis, drawn through all rows."""

    zero: float = 0.0
    segments: tuple[BarSegment, ...] = ()


class Dots(_Model):
    """Two or three values on one scale inside a table cell, 0 (left) to 1 (right)."""

    value: float | None
    reference: float | None = None
    target: float | None = None


Scalar = str | int | float | bool | None
"""A typed value in JSON. Decimals and dates travel as text; `Cell.type` tells which."""


class Cell(_Model):
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


class Column(_Model):
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


class Row(_Model):
    """One row; `group` names the block of rows it opens (printed once, on the left).

    `anchor` makes the row a target of `Cell.link` and `Tile.link` ("#anchor").
    """

    cells: tuple[Cell, ...]
    group: str = ""
    total: bool = False
    anchor: str = ""


class Footnote(_Model):
    """A note under a table: its letter, a bold lead and the sentence."""

    mark: str
    lead: str
    text: str


class Reference(_Model):
    """A value beside a tile's own: target, prior period, prior year."""

    label: str
    text: str
    figure: Figure | None = None


class Tile(_Model):
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


Picture = Annotated[
    str, Field(pattern=r"^(data:image/(png|svg\+xml);base64,[A-Za-z0-9+/]+={0,2})?$")
]
"""A PNG or SVG as a data address, or nothing: a page never fetches one."""


class Front(_Block):
    """What a document is: stated once, first, and repeated in headers and footers.

    `source` and `confidentiality` are the two footer lines. `generated` is the data
    cut-off and dates the document; the clock is never read. `accent` is the client's
    brand colour as "#RRGGBB". `logo` is the client's, `provider_logo` the provider's, which
    stands in place of its name. `decimal` is the decimal sign of every printed number.
    """

    kind: Literal["front"] = "front"
    client: str
    report: str
    period: str
    provider: str
    title: str
    audience: Audience = "client"
    language: str = "en"
    paper: Literal["a4", "letter"] = "a4"
    accent: str = "#1B4B8F"
    logo: Picture = ""
    provider_logo: Picture = ""
    source: str = ""
    confidentiality: str = ""
    author: str = ""
    keywords: tuple[str, ...] = ()
    generated: dt.datetime | None = None
    decimal: str = "."


class Heading(_Block):
    """A heading that states the finding with its number.

    `headline` opens the document, `page` a chapter on a new page, `section` a part of
    it, `finding` a short text. `note` is the line below: what, unit, period, where the
    scale starts. `nav` is the short name for contents and bookmarks (else the text).
    Renderers derive the level from the nesting, so that no level is skipped.
    """

    kind: Literal["heading"] = "heading"
    role: Literal["headline", "page", "section", "finding"]
    text: str
    note: tuple[Span, ...] = ()
    nav: str = ""
    anchor: str = ""
    internal: bool = False


class Prose(_Block):
    """Computed paragraphs. `lead` prints a size larger, under a headline."""

    kind: Literal["prose"] = "prose"
    paragraphs: tuple[tuple[Span, ...], ...]
    lead: bool = False
    small: bool = False


class Markdown(_Block):
    """A person's own words, in Markdown; `author` tells them from computed ones."""

    kind: Literal["markdown"] = "markdown"
    source: str
    author: str = ""


class Tiles(_Block):
    """Lead measures, three to a row."""

    kind: Literal["tiles"] = "tiles"
    tiles: tuple[Tile, ...]
    legend: tuple[Status, ...] = ()
    note: str = ""


class Table(_Block):
    """A table: horizontal rules only, figures right-aligned, totals under an ink rule.

    `summary` says in a sentence what the table holds (for screen readers).
    `empty` is what stands in place of rows when there are none.
    """

    kind: Literal["table"] = "table"
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    summary: str
    footnotes: tuple[Footnote, ...] = ()
    empty: str = ""
    cards: bool = True


class Series(_Model):
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


class Plot(_Model):
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


class Chart(_Block):
    """A Vega-Lite chart with its data inside, and the sentence that replaces it.

    `spec` is complete (its own size and data, nothing fetched). `width` is the share of
    the page's measure it was drawn for: full 504 pt, half 246 pt, third 160 pt.
    `interactive` asks HTML to embed the Vega runtime (the chart declares selections).
    `plot` holds its figures as printed; without it a chart is a picture elsewhere.
    `narrow` is the same chart drawn for a phone, shown by HTML where `spec` would not fit.
    """

    kind: Literal["chart"] = "chart"
    spec: dict[str, Any]
    alt: str
    width: Literal["full", "half", "third"] = "full"
    interactive: bool = False
    plot: Plot | None = None
    narrow: dict[str, Any] | None = None


class Callout(_Block):
    """The one thing not to miss on a page: shape, bold first sentence, then the rest."""

    kind: Literal["callout"] = "callout"
    state: State
    lead: str
    text: str = ""


class NotSupplied(_Block):
    """A section whose data is absent: says what is missing and what would fill it."""

    kind: Literal["not_supplied"] = "not_supplied"
    what: str
    detail: str = ""


class Columns(_Block):
    """Blocks side by side. `weights` are twelfths of the measure and sum to 12."""

    kind: Literal["columns"] = "columns"
    columns: tuple[tuple[Block, ...], ...]
    weights: tuple[int, ...] = ()


class Group(_Block):
    """Blocks in reading order, shown by one call; kept together on a page if `keep`."""

    kind: Literal["group"] = "group"
    blocks: tuple[Block, ...]
    keep: bool = False


Block = Annotated[
    Front
    | Heading
    | Prose
    | Markdown
    | Tiles
    | Table
    | Chart
    | Callout
    | NotSupplied
    | Columns
    | Group,
    Field(discriminator="kind"),
]
"""Any block; `kind` tells which."""

Columns.model_rebuild()
Group.model_rebuild()

_ADAPTER: TypeAdapter[Block] = TypeAdapter(Block)


def to_json(block: Block) -> dict[str, Any]:
    """Return `block` as JSON for a notebook's output bundle; defaults are left out."""
    data: dict[str, Any] = _ADAPTER.dump_python(block, mode="json", exclude_defaults=True)
    return data


def from_json(data: Any) -> Block:
    """Read what `to_json` wrote; raises `pydantic.ValidationError` on anything else."""
    return _ADAPTER.validate_python(data)


def walk(block: Block) -> Iterator[Block]:
    """Yield `block` and every block inside it, in reading order."""
    yield block
    match block:
        case Group(blocks=children):
            for child in children:
                yield from walk(child)
        case Columns(columns=columns):
            for column in columns:
                for child in column:
                    yield from walk(child)
        case _:
            pass


def figures(block: Block) -> Iterator[tuple[Figure, Scalar, str]]:
    """Yield every published figure in `block` as (identity, typed value, text shown)."""
    for part in walk(block):
        match part:
            case Table(rows=rows):
                for row in rows:
                    for cell in row.cells:
                        if cell.figure:
                            yield cell.figure, cell.value, cell.text
            case Tiles(tiles=tiles):
                for tile in tiles:
                    if tile.figure:
                        yield tile.figure, tile.value, tile.text
                    for reference in tile.references:
                        if reference.figure:
                            yield reference.figure, None, reference.text
            case _:
                pass
