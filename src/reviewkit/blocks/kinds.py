"""The blocks: one class for each kind, told apart by `kind`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field

from reviewkit.blocks.base import Audience, BlockModel, Picture, Span, State, Status
from reviewkit.blocks.cells import Column, Footnote, Plot, Row, Tile


class Front(BlockModel):
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


class Heading(BlockModel):
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


class Prose(BlockModel):
    """Computed paragraphs. `lead` prints a size larger, under a headline."""

    kind: Literal["prose"] = "prose"
    paragraphs: tuple[tuple[Span, ...], ...]
    lead: bool = False
    small: bool = False


class Markdown(BlockModel):
    """A person's own words, in Markdown; `author` tells them from computed ones."""

    kind: Literal["markdown"] = "markdown"
    source: str
    author: str = ""


class Tiles(BlockModel):
    """Lead measures, three to a row."""

    kind: Literal["tiles"] = "tiles"
    tiles: tuple[Tile, ...]
    legend: tuple[Status, ...] = ()
    note: str = ""


class Table(BlockModel):
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


class Chart(BlockModel):
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


class Callout(BlockModel):
    """The one thing not to miss on a page: shape, bold first sentence, then the rest."""

    kind: Literal["callout"] = "callout"
    state: State
    lead: str
    text: str = ""


class NotSupplied(BlockModel):
    """A section whose data is absent: says what is missing and what would fill it.

    `known` tells that there is nothing to show because nothing happened ("no case is open"):
    an answer, which stands in its place. What is missing is told at one place of a review.
    """

    kind: Literal["not_supplied"] = "not_supplied"
    what: str
    detail: str = ""
    known: bool = False


class Columns(BlockModel):
    """Blocks side by side. `weights` are twelfths of the measure and sum to 12."""

    kind: Literal["columns"] = "columns"
    columns: tuple[tuple[Block, ...], ...]
    weights: tuple[int, ...] = ()


class Group(BlockModel):
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
