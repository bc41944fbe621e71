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

from reviewkit.blocks.base import (
    MIME,
    Audience,
    Figure,
    Picture,
    Scalar,
    Span,
    State,
    Status,
    Tone,
)
from reviewkit.blocks.cells import (
    Bar,
    BarSegment,
    Cell,
    Column,
    Dots,
    Footnote,
    Plot,
    Reference,
    Row,
    Series,
    Sparkline,
    Tile,
)
from reviewkit.blocks.kinds import (
    Block,
    Callout,
    Chart,
    Columns,
    Front,
    Group,
    Heading,
    Markdown,
    NotSupplied,
    Prose,
    Table,
    Tiles,
)
from reviewkit.blocks.reading import (
    figures,
    from_json,
    to_json,
    walk,
)

__all__ = [
    "MIME",
    "Audience",
    "Bar",
    "BarSegment",
    "Block",
    "Callout",
    "Cell",
    "Chart",
    "Column",
    "Columns",
    "Dots",
    "Figure",
    "Footnote",
    "Front",
    "Group",
    "Heading",
    "Markdown",
    "NotSupplied",
    "Picture",
    "Plot",
    "Prose",
    "Reference",
    "Row",
    "Scalar",
    "Series",
    "Span",
    "Sparkline",
    "State",
    "Status",
    "Table",
    "Tile",
    "Tiles",
    "Tone",
    "figures",
    "from_json",
    "to_json",
    "walk",
]
