"""Data in a PDF: never markup, never off the page, and replaced where no font prints it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import look_pages
import pytest
from pypdf import PdfReader

from reviewkit.blocks import (
    Cell,
    Column,
    Heading,
    Markdown,
    Prose,
    Row,
    Span,
    Table,
)
from reviewkit.render.document import Document, Part
from reviewkit.render.pdf import write_pdf


def document(*parts: Part, **changes: Any) -> Document:
    return Document(front=look_pages.front(**changes), parts=parts, ours=True)


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


HOSTILE = '#read("/etc/passwd") *bold* _x_ $x^2$ @ref <label> `raw` // note [b] {c} \\ #panic("x")'


def test_data_is_never_markup() -> None:
    parts = (
        Heading(role="headline", text=HOSTILE, nav=HOSTILE),
        Prose(paragraphs=((Span(text=HOSTILE, tone="accent"),),)),
        Table(
            columns=(Column(key="a", label=HOSTILE),),
            rows=(Row(cells=(Cell(text=HOSTILE, note=HOSTILE),), group=HOSTILE),),
            summary=HOSTILE,
        ),
    )
    text = "".join(pages(write_pdf(document(*parts, client="#read(1)", source=HOSTILE))))
    assert squeezed(text).count(squeezed(HOSTILE)) >= 5
    assert "#read(1)" in text
    assert "root:" not in text


def test_markdown_is_set_and_cannot_reach_the_compiler() -> None:
    source = (
        'The carrier **stopped** on 6 July. #read("/etc/passwd")\n\n'
        "| lane | late |\n|---|---:|\n| Lyon | 12 |\n\n"
        '```{=typst}\n#panic("fence")\n```\n\n`#panic("raw")`{=typst}\n\n'
        '\\#panic\n\n$#read("/etc/passwd")$ and $\\alpha$\n\n'
        "<script>alert(1)</script>\n\n[home](https://example.org) [bad](javascript:alert(2))\n"
    )
    text = "".join(pages(write_pdf(document(Markdown(source=source, author="A. Fairweather")))))
    for words in ("The carrier stopped on 6 July.", '#read("/etc/passwd")', "Lyon", "12", "𝛼"):
        assert words in text
    assert '#panic("fence")' in text
    assert "A. Fairweather" in text
    assert "alert(" not in text
    assert "root:" not in text


def test_long_words_and_names_stay_on_the_page() -> None:
    word = "Donaudampfschifffahrt" * 10
    name = "Consolidated Widgets and Fasteners of the Greater Northern Region " * 3
    table = Table(
        columns=(Column(key="a", label="Name"), Column(key="b", label="n", align="right")),
        rows=(
            Row(cells=(Cell(text=word), Cell(text="1,234")), group=word),
            Row(cells=(Cell(text=name), Cell(text="5,678"))),
        ),
        summary="t",
    )
    parts = (Heading(role="headline", text=word), table)
    page = PdfReader(io.BytesIO(write_pdf(document(*parts, client=word)))).pages[0]
    ends: list[float] = []

    def note(text: str, _cm: Any, tm: Any, _font: Any, size: float) -> None:
        if text.strip():
            ends.append(float(tm[4]))

    page.extract_text(visitor_text=note)
    assert max(ends) < 595.28 - 45.6


def test_signs_without_a_glyph_are_named_not_fatal(caplog: pytest.LogCaptureFixture) -> None:
    # Two signs of the supplementary private planes and an Egyptian hieroglyph.
    heading = Heading(role="headline", text="Stock at Łódź \U00013000 and Ünïversal")
    text = "".join(pages(write_pdf(document(heading))))
    assert "Stock at Łódź" in text
    assert "Ünïversal" in text
    if "\U00013000" not in text:
        assert "U+13000" in caplog.text


def test_control_characters_do_no_harm() -> None:
    text = "".join(
        pages(write_pdf(document(Heading(role="headline", text="A\x07B\u202ec\ud800d"))))
    )
    assert "AB" in text


def test_nothing_but_the_template_lies_beside_the_document(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    write_pdf(document(Heading(role="headline", text="x")))
    assert list(tmp_path.iterdir()) == []
