"""Reviews as PDF: what is printed, how it is tagged, and how it breaks into pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import look_pages
import pikepdf
import pytest
from pypdf import PdfReader

from reviewkit.blocks import (
    Cell,
    Chart,
    Column,
    Columns,
    Group,
    Heading,
    Prose,
    Row,
    Span,
    Table,
    Tiles,
)
from reviewkit.errors import RenderError
from reviewkit.render.document import Document, Part
from reviewkit.render.pdf import write_pdf


def document(*parts: Part, **changes: Any) -> Document:
    return Document(front=look_pages.front(**changes), parts=parts, ours=True)


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def printed(part: Any) -> Iterator[str]:
    """Every text a block prints, found by the names of its fields."""
    shown = {"text", "label", "word", "detail", "note", "lead", "over", "unit", "what"}
    if isinstance(part, dict):
        for key, value in part.items():
            if key in shown and isinstance(value, str):
                yield value
            elif key not in ("spec", "figure"):
                yield from printed(value)
    elif isinstance(part, list | tuple):
        for item in part:
            yield from printed(item)


@pytest.fixture(scope="module")
def whole() -> bytes:
    return write_pdf(document(*look_pages.executive(), *look_pages.scorecard(), *look_pages.why()))


def test_every_text_of_every_block_is_printed(whole: bytes) -> None:
    text = squeezed("".join(pages(whole)))
    parts = (*look_pages.executive(), *look_pages.scorecard(), *look_pages.why())
    for part in parts:
        for words in printed(part.model_dump(mode="json")):
            assert squeezed(words) in text, words


def test_pages_begin_with_their_headings(whole: bytes) -> None:
    texts = pages(whole)
    assert len(texts) == 3
    assert "Eight of fourteen measures" in texts[1]
    assert "On-time delivery fell 2.0 points" in texts[2]
    for number, text in enumerate(texts, start=1):
        assert f"{number} / 3" in text
        assert "Halden Motors" in text
        assert "Prepared for Halden Motors" in text


def test_the_same_document_gives_the_same_bytes(whole: bytes) -> None:
    again = document(*look_pages.executive(), *look_pages.scorecard(), *look_pages.why())
    assert write_pdf(again) == whole


def test_it_is_tagged_and_says_what_it_is(whole: bytes) -> None:
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        meta = pdf.open_metadata()
        assert meta["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert meta["dc:title"].startswith("Halden Motors: quarterly business review")
        assert meta["dc:creator"] == ["Meridian Logistics"]
        assert "2026Q3" in str(meta["pdf:Keywords"])
        assert "2026-10-06" in str(meta["xmp:CreateDate"])


def test_bookmarks_are_the_short_names(whole: bytes) -> None:
    def titles(items: Any) -> Iterator[tuple[str, int]]:
        for item in items:
            yield str(item.title), len(list(item.children))

    with pikepdf.open(io.BytesIO(whole)) as pdf, pdf.open_outline() as outline:
        (first,) = outline.root
        assert first.title == "The answer"
        below = dict(titles(first.children))
    assert below["Scorecard"] == 2
    assert below["On-time delivery"] == 4
    assert "Decisions" in below


def structure(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    found: list[pikepdf.Object] = []

    def visit(item: Any) -> None:
        if isinstance(item, pikepdf.Array):
            for child in item:
                visit(child)
        elif isinstance(item, pikepdf.Dictionary):
            if "/S" in item and "/P" in item:
                found.append(item)
            if "/K" in item:
                visit(item.K)

    visit(pdf.Root.StructTreeRoot.K)
    return found


def test_tables_have_heads_and_charts_have_words(whole: bytes) -> None:
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        items = structure(pdf)
        kinds = [str(item.S) for item in items]
        assert kinds.count("/Table") == 7
        # The head of the scorecard: a cell above the groups, and eight columns.
        assert kinds.count("/TH") >= 5 + 9 + 4 + 7
        assert {"/H1", "/H2", "/H3"} <= set(kinds)
        figures = [str(item.Alt) for item in items if str(item.S) == "/Figure" and "/Alt" in item]
    assert "On-time delivery by month falls from 96.7 to 93.6." in figures


def test_the_internal_version_says_so_three_times() -> None:
    (text,) = pages(write_pdf(document(*look_pages.internal(), audience="internal")))
    assert "INTERNAL" in text.splitlines()[0]
    assert "Meridian Logistics only: shows cost and margin. Never send to the client." in text
    assert "Quarterly business review, internal version, July to September 2026" in text
    assert "INTERNAL. Confidential." in text


def test_the_client_version_bears_no_internal_sign(whole: bytes) -> None:
    assert "internal" not in "".join(pages(whole)).lower()


def test_letter_is_letter() -> None:
    pdf = write_pdf(document(*look_pages.scorecard(), paper="letter"))
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (612, 792)


def test_links_lead_to_anchors_and_dead_ones_are_dropped() -> None:
    table = Table(
        columns=(Column(key="a", label="A"),),
        rows=(
            Row(cells=(Cell(text="there", link="#target"),)),
            Row(cells=(Cell(text="nowhere", link="#gone"),)),
            Row(cells=(Cell(text="target"),), anchor="target"),
            Row(cells=(Cell(text="twice"),), anchor="target"),
        ),
        summary="Links",
    )
    pdf = write_pdf(document(Heading(role="headline", text="Links"), table))
    annotations = PdfReader(io.BytesIO(pdf)).pages[0].get("/Annots", ())
    assert len(annotations) == 1


def test_a_table_over_many_pages_repeats_its_head_and_splits_no_row() -> None:
    rows = tuple(Row(cells=(Cell(text=f"first {i} second"), Cell(text=str(i)))) for i in range(120))
    table = Table(
        columns=(Column(key="a", label="Lane"), Column(key="b", label="Late", align="right")),
        rows=rows,
        summary="Many",
    )
    texts = pages(write_pdf(document(Heading(role="headline", text="Many"), table)))
    assert len(texts) > 2
    assert all("Lane" in text and "Late" in text for text in texts)
    assert sum(len(re.findall(r"first \d+ second", text)) for text in texts) == 120


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    filler = tuple(Prose(paragraphs=((Span(text=f"line {i}"),),)) for i in range(24))
    for more in range(8):
        parts = (
            Heading(role="headline", text="Top"),
            *filler,
            *(Prose(paragraphs=((Span(text="x"),),)) for _ in range(more)),
            Heading(role="section", text="A lone heading"),
            Table(
                columns=(Column(key="a", label="Head"),),
                rows=(Row(cells=(Cell(text="first row"),)),) * 3,
                summary="t",
            ),
        )
        texts = pages(write_pdf(document(*parts)))
        with_heading = next(text for text in texts if "A lone heading" in text)
        assert "first row" in with_heading


def test_empty_blocks_are_set() -> None:
    nothing = Table(
        columns=(Column(key="a", label="A"),), rows=(), summary="t", empty="None were raised."
    )
    parts = (
        Heading(role="headline", text="Nothing"),
        nothing,
        Prose(paragraphs=()),
        Tiles(tiles=()),
        Columns(columns=((), ())),
        Group(blocks=()),
    )
    assert "None were raised." in "".join(pages(write_pdf(document(*parts))))


def test_no_heading_skips_a_level() -> None:
    roles = ("finding", "section", "finding", "page", "section", "headline", "finding")
    parts = [Heading(role=role, text=role) for role in roles]  # type: ignore[arg-type]
    with pikepdf.open(io.BytesIO(write_pdf(document(*parts)))) as pdf:
        levels = [int(str(item.S)[2:]) for item in structure(pdf) if re.match(r"/H\d", str(item.S))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_chart_that_cannot_be_drawn_is_an_error_that_names_it() -> None:
    chart = Chart(spec={"title": "Late by lane", "mark": {"type": "no such mark"}}, alt="x")
    with pytest.raises(RenderError, match="Late by lane"):
        write_pdf(document(Heading(role="headline", text="x"), chart))
