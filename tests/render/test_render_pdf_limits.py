"""Words and rows that no line and no page could hold: they go on, nothing is cut."""

from __future__ import annotations

import io
from typing import Any

import look_pages
import pytest
from pypdf import PdfReader

from reviewkit.blocks import Cell, Column, Heading, Reference, Row, Table, Tile, Tiles
from reviewkit.render.document import Document
from reviewkit.render.pdf import write_pdf

LONG = "W" * 60


def pages_of(*parts: Any) -> list[list[tuple[float, float, str]]]:
    """Return the words of each page with their place in points from the lower left."""
    heading = Heading(role="headline", text="H")
    pdf = write_pdf(Document(front=look_pages.front(), parts=(heading, *parts), ours=True))
    found: list[list[tuple[float, float, str]]] = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        words: list[tuple[float, float, str]] = []

        def note(text: str, cm: Any, tm: Any, _f: Any, _s: float, words: list[Any] = words) -> None:
            said = text.replace("\u200b", "").strip()
            if said:
                x = float(cm[4]) + float(cm[0]) * float(tm[4])
                words.append((x, float(cm[5]) + float(cm[3]) * float(tm[5]), said))

        page.extract_text(visitor_text=note)
        found.append(words)
    return found


@pytest.mark.parametrize(
    "long",
    [{"label": LONG, "text": "1"}, {"label": "a", "text": LONG}, {"label": "a", "unit": LONG}],
    ids=["label", "text", "unit"],
)
def test_a_tile_keeps_its_width_and_what_follows_stands_below(long: dict[str, str]) -> None:
    reference = Reference(label="target", text="96.5")
    tile = Tile(**({"text": "1"} | long), references=(reference,))
    (words,) = pages_of(Tiles(tiles=(tile, Tile(label="beside", text="2"))))
    beside = next(x for x, _, text in words if text == "beside")
    wide = [(x, y, text) for x, y, text in words if "WW" in text]
    assert wide
    assert all(x < beside - 12 for x, _, _ in wide)
    target = next(y for _, y, text in words if "target" in text)
    assert target < min(y for _, y, _ in wide)


def test_a_row_taller_than_a_page_goes_on_over_the_next() -> None:
    text = " ".join(f"word{number}" for number in range(4000))
    table = Table(
        summary="t",
        columns=(Column(key="a", label="a"), Column(key="b", label="n")),
        rows=(Row(cells=(Cell(text=text), Cell(text="1"))),),
    )
    pages = pages_of(table)
    assert len(pages) > 1
    for words in pages:
        assert all(20 < y < 830 for _, y, _ in words)
    assert "word3999" in " ".join(text for _, _, text in pages[-1])
