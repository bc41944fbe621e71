"""Pages for the browser: every block, in two languages, with names that would like to be code."""

from __future__ import annotations

import base64
from collections.abc import Callable

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from reviewkit.blocks import (
    Bar,
    BarSegment,
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Columns,
    Figure,
    Footnote,
    Front,
    Group,
    Heading,
    Markdown,
    NotSupplied,
    Prose,
    Reference,
    Row,
    Span,
    Sparkline,
    Status,
    Table,
    Tile,
    Tiles,
)
from reviewkit.display import charts
from reviewkit.display.marks import Frame, Scale
from reviewkit.evidence import Backing, Definition, Evidence, Line
from reviewkit.render.document import Document, read_document
from reviewkit.render.html import write_html

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""Levels A and AA of every version of the guidelines that axe knows."""

HOSTILE = "<script>document.title='owned'</script>"
LONG = "Straßengüterverkehrsabrechnungsvereinbarung " * 3
SECTIONS = ("Summary", "Scorecard", "Months", "Notes")

_FIGURE = Figure(metric="on_time", period="2026Q3")
_MONTHS = tuple((name, 2026) for name in ("Apr", "May", "Jun", "Jul", "Aug", "Sept"))
_SCALE = Scale((0.0, 50.0, 100.0), ("0", "50", "100"))
_PLACES = (
    # A name, cases, a share, and what became of it: in no order that a sort would leave.
    ("Paris", 1200, 0.961, "missed", "by 0.4"),
    ("Lyon", 90, 0.85, "missed", "by 11.5"),
    ("Ghent", 12345, 0.972, "met", ""),
    ("Éire", 310, 0.96, "at_risk", "by 0.5"),
    ("Łódź", 0, None, "no_data", ""),
)

LIVE = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"a": at, "b": at % 4, "c": "xy"[at % 2]} for at in range(20)]},
    "vconcat": [
        {
            "params": [{"name": "brush", "select": {"type": "interval", "encodings": ["x"]}}],
            "mark": {"type": "point", "filled": True},
            "encoding": {
                "x": {"field": "a", "type": "quantitative"},
                "y": {"field": "b", "type": "quantitative"},
            },
            "width": 260,
            "height": 80,
        },
        {
            "transform": [{"filter": {"param": "brush"}}],
            "mark": "bar",
            "encoding": {
                "x": {"aggregate": "count"},
                "y": {"field": "c", "type": "nominal"},
            },
            "width": 260,
        },
    ],
}
"""Points to drag over, and bars that count those chosen: ten of each kind while none is."""


def _evidence() -> Evidence:
    definition = Definition(
        metric="on_time",
        label="On-time delivery",
        definition="Share of deliveries due in the period that arrived in time.",
        formula="delivered by promise ÷ due",
        counted="One delivery, dated by its promise.",
    )
    lines = (
        Line(key="made_of", label="Made of", text="8,778 ÷ 9,275"),
        Line(key="source", label="Source", text="Transport system"),
    )
    backing = Backing(figure=_FIGURE, at="2026Q3", lines=lines, value=0.94641509, numerator=8778)
    places = tuple(Backing(figure=_of(name), at="2026Q3", lines=lines[:1]) for name, *_ in _PLACES)
    return Evidence(definitions=(definition,), figures=(backing, *places))


def _of(place: str) -> Figure:
    return Figure(metric="on_time", period="2026Q3", by={"site": place})


def _tile(label: str) -> Tile:
    return Tile(
        label=label,
        text="94.6",
        unit="%",
        figure=_FIGURE,
        status=Status(state="missed", word="Missed", detail="by 1.9"),
        trend=Sparkline(points=(0.2, 0.8, None, 0.1), target=0.9, state="missed"),
        references=(Reference(label="Target", text="≥ 96.5"), Reference(label="Q2", text="96.6")),
        n="9,275",
        link="#def-on_time",
    )


def places_table(name: str = "") -> Table:
    """Return a table that can be sorted: five rows and a total."""
    rows = [
        Row(
            cells=(
                Cell(text=place + name),
                Cell(text=f"{count:,}", value=count, type="int"),
                Cell(
                    text="–" if share is None else f"{100 * share:.1f}",
                    value=share,
                    type="none" if share is None else "float",
                    figure=_of(place),
                ),
                Cell(status=Status(state=state, word=state.capitalize(), detail=detail)),  # type: ignore[arg-type]
                Cell(bar=Bar(segments=(BarSegment(start=0, end=(share or 0)),))),
            )
        )
        for place, count, share, state, detail in _PLACES
    ]
    rows.append(
        Row(cells=tuple(Cell(text=t) for t in ("All", "13,945", "97.0", "", "")), total=True)
    )
    return Table(
        columns=(
            Column(key="site", label="Site", card="title"),
            Column(key="n", label="Deliveries", align="right"),
            Column(key="share", label="On time, %", align="decimal", role="actual"),
            Column(key="status", label="Status", role="status"),
            Column(key="bar", label="", role="graphic"),
        ),
        rows=tuple(rows),
        summary="On time by site",
        footnotes=(Footnote(mark="a", lead="Few.", text="Few cases."),),
    )


def _wide(name: str) -> Table:
    columns = tuple(Column(key=f"c{n}", label=f"Column {n}", align="right") for n in range(12))
    rows = tuple(
        Row(cells=tuple(Cell(text=f"{n * 1_234_567_890:,}") for n in range(12))) for _ in range(3)
    )
    return Table(columns=columns, rows=rows, summary=f"Figures {name}", cards=False)


def _definitions() -> Table:
    cells = (Cell(text="On-time delivery", note="by promise"), Cell(text="Share in time."))
    return Table(
        columns=(Column(key="m", label="Measure"), Column(key="d", label="Definition")),
        rows=(Row(cells=cells, anchor="def-on_time"),),
        summary="Definitions",
    )


def _trend() -> Chart:
    data = charts.Trend(
        months=_MONTHS,
        values=(91.0, None, 96.5, 95.0, 93.0, 94.0),
        texts=("Apr 91.0", "", "Jun 96.5", "Jul 95.0", "Aug 93.0", "Sept 94.0"),
        year_before=(90.0,) * 6,
        target=95.0,
        target_text="Target 95.0",
        scale=_SCALE,
        under_review=(3, 5),
        period="Q3 2026",
    )
    return charts.trend(data, "#1B4B8F", "On time by month: 91.0 to 94.0.", Frame())


def _heat(name: str) -> Chart:
    grid = charts.Grid(
        tuple(place + name for place, *_ in _PLACES),
        _MONTHS,
        tuple((row, x, (row + x) / 10, f"9{row}.{x}") for row in range(5) for x in range(6)),
    )
    return charts.heat(grid, "#1B4B8F", "On time by site and month.", Frame(left=112, right=2))


def _blocks(name: str) -> tuple[Block, ...]:
    prose = Prose(
        paragraphs=((Span(text="So what. ", tone="accent"), Span(text="Words. " + name)),)
    )
    return (
        Heading(role="headline", text=f"On-time delivery fell {name}", nav="Summary"),
        Prose(paragraphs=((Span(text=f"Of six measures three missed. {name}"),),), lead=True),
        Tiles(
            tiles=tuple(_tile(f"Measure {n} {name}") for n in range(6)),
            legend=(Status(state="met", word="Met"), Status(state="at_risk", word="Near")),
        ),
        Heading(role="page", text=f"Lyon missed {name}", nav="Scorecard"),
        places_table(f" {name}" if name else ""),
        _wide(name),
        Heading(role="page", text="Months", nav="Months"),
        Group(blocks=(Heading(role="section", text="By month"), _trend()), keep=True),
        _heat(name),
        Columns(columns=((Heading(role="finding", text="One"), prose), (prose,), (prose,))),
        Heading(role="page", text="Notes", nav="Notes"),
        Callout(state="missed", lead=f"Not to miss. {name}", text="The rest."),
        NotSupplied(what=f"Stock was not supplied. {name}", detail="Map it."),
        Markdown(source=f"Words {name} and [a link](javascript:alert(1))", author="A. Person"),
        _definitions(),
    )


def _page(name: str = "", language: str = "en-GB", *, internal: bool = False) -> str:
    front = Front(
        client=f"Halden Motors {name}",
        report="Quarterly business review",
        period="July to September 2026",
        provider=f"Meridian {name}",
        title="A review",
        audience="internal" if internal else "client",
        language=language,
        accent="#FFD400" if internal else "#1B4B8F",
        source=f"Source: transport system {name}",
        confidentiality="Confidential",
    )
    blocks = _blocks(name)
    return write_html(Document(front=front, parts=blocks, ours=True, evidence=_evidence()))


def _groups() -> str:
    """Return a page with a table of two groups of three and two rows, and a total."""
    front = Front(client="Halden", report="Review", period="", provider="Meridian", title="Groups")
    given = (("North", "b", 20), ("", "a", 3), ("", "c", 100), ("South", "e", 5), ("", "d", 70))
    rows = [
        Row(cells=(Cell(text=name), Cell(text=str(n), value=n, type="int")), group=group)
        for group, name, n in given
    ]
    rows.append(Row(cells=(Cell(text="All"), Cell(text="198", value=198, type="int")), total=True))
    table = Table(
        columns=(
            Column(key="name", label="Name", card="title"),
            Column(key="n", label="Cases", align="right"),
        ),
        rows=tuple(rows),
        summary="Cases by part",
    )
    parts = (Heading(role="headline", text="Groups"), table)
    return write_html(Document(front=front, parts=parts, ours=True))


def _live() -> str:
    front = Front(client="Halden", report="Review", period="", provider="Meridian", title="Live")
    parts = (
        Heading(role="headline", text="Points to choose from"),
        Chart(spec=LIVE, alt="Twenty points, ten of either kind."),
    )
    return write_html(Document(front=front, parts=parts, ours=True))


def _notebook() -> str:
    dot = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    outputs = [
        new_output("stream", name="stdout", text="x" * 300),
        new_output("display_data", data={"image/png": base64.b64encode(dot).decode()}),
        new_output("display_data", data={"text/html": "<table><tr><th>a</th></tr></table>"}),
    ]
    cells = [
        new_markdown_cell("# A notebook\n\nWords, $x^2$, and a list:\n\n- one\n- two"),
        new_code_cell("print('x' * 300)  # a line that no phone holds" * 3, outputs=outputs),
    ]
    return write_html(read_document(new_notebook(cells=cells), "notebook"))


PAGES: dict[str, Callable[[], str]] = {
    "review": _page,
    "internal": lambda: _page(internal=True),
    "german": lambda: _page(LONG, "de-DE"),
    "hostile": lambda: _page(HOSTILE + "x" * 120),
    "live": _live,
    "groups": _groups,
    "notebook": _notebook,
}
"""What makes each page, by its name."""
