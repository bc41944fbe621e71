"""What is too much, too long, too little or nothing at all: pages hold it, and do not lie."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import enormous
import pdf_checks
import pytest

from reviewkit.blocks import Block, Chart, Front, Heading, Table, walk
from reviewkit.display.fitting import fitted
from reviewkit.display.formats import Formats
from reviewkit.render.document import Document
from reviewkit.render.html import write_html
from reviewkit.render.pdf import write_pdf

CASES = {
    "far too much": ("qbr", enormous.far_too_much, "internal", "de-DE"),
    "far too much, briefly": ("executive", enormous.far_too_much, "client", "en-GB"),
    "far too many movements": ("activity", enormous.far_too_much, "client", "en-GB"),
    "one delivery": ("qbr", enormous.one_delivery, "client", "en-GB"),
    "one delivery, seen from inside": ("strategic", enormous.one_delivery, "internal", "de-DE"),
    "nothing": ("qbr", enormous.nothing, "client", "en-GB"),
    "nothing, seen from inside": ("monthly", enormous.nothing, "internal", "de-DE"),
}


@pytest.fixture(scope="module")
def shown() -> dict[str, list[Block]]:
    """What each case shows, its front first."""
    return {
        name: enormous.blocks_of(kind, world(audience, locale))
        for name, (kind, world, audience, locale) in CASES.items()
    }


@pytest.fixture(scope="module")
def printed(shown, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each case as PDF."""
    folder = tmp_path_factory.mktemp("stress")
    out = {}
    for name, blocks in shown.items():
        out[name] = folder / f"{name}.pdf"
        out[name].write_bytes(write_pdf(_document(blocks)))
    return out


def _document(blocks: list[Block]) -> Document:
    front = blocks[0]
    assert isinstance(front, Front)
    return Document(front=front, parts=tuple(blocks[1:]), ours=True)


@pytest.mark.parametrize("name", CASES)
def test_it_is_a_whole_document_with_no_row_torn(printed, name: str) -> None:
    assert pdf_checks.identity_faults(printed[name]) == []
    assert pdf_checks.split_rows(printed[name]) == []


@pytest.mark.skipif(not pdf_checks.POPPLER, reason="pdftotext is not installed")
@pytest.mark.parametrize("name", CASES)
def test_nothing_leaves_the_page_or_covers_anything(printed, name: str) -> None:
    read = pdf_checks.Read(printed[name])
    assert pdf_checks.strays(read) == []
    assert pdf_checks.collisions(read) == []


@pytest.mark.parametrize("name", CASES)
def test_it_is_a_page_for_the_screen_too(shown, name: str) -> None:
    html = write_html(_document(shown[name]))
    assert "</html>" in html
    assert len(html.encode()) < 1_600_000
    for heading in (part for block in shown[name] for part in walk(block)):
        if isinstance(heading, Heading):
            assert heading.text.strip()


def test_parts_add_up_to_what_was_given(shown) -> None:
    rows = [row for row in enormous.deliveries() if "2026-07" <= row.month <= "2026-09"]
    total = sum(row.due for row in rows)
    numbers = Formats("de-DE", "EUR", "UTC")
    table = _table(shown["far too much"], "Sendungen nach Leistung")
    parts = [row.cells[2] for row in table.rows]
    assert sum(int(str(cell.value)) for cell in parts) == total
    assert any(numbers.number(total) in text for text in _headings(shown["far too much"]))


def test_invoices_add_up_to_what_was_given(shown) -> None:
    amounts = [
        Decimal(row["amount"])
        for row in enormous.invoices()
        if "2026-07" <= row["issued_on"] <= "2026-09-31"
    ]
    net = Formats("de-DE", "EUR", "UTC").money(sum(amounts, Decimal(0)))
    assert any(net in text for text in _headings(shown["far too much"]))


def test_a_chart_of_credits_goes_below_its_axis_and_prints_what_is_left(shown) -> None:
    chart = next(
        part
        for block in shown["far too much"]
        for part in walk(block)
        if isinstance(part, Chart) and part.alt.startswith("Berechnet")
    )
    assert chart.plot is not None
    assert chart.plot.low < 0 < chart.plot.high
    assert max(len(text) for series in chart.plot.series for text in series.texts) <= 9


def test_names_too_long_for_a_drawing_stay_apart() -> None:
    lanes = [f"{site} → {enormous.SITES[at]}" for at, site in enumerate(enormous.SITES[1:])]
    short = fitted(lanes, 112)
    assert len(set(short)) == len(lanes)
    assert max(len(name) for name in short) <= 29


def _table(blocks: list[Block], summary: str) -> Table:
    return next(
        part
        for block in blocks
        for part in walk(block)
        if isinstance(part, Table) and part.summary == summary
    )


def _headings(blocks: list[Block]) -> list[str]:
    return [part.text for block in blocks for part in walk(block) if isinstance(part, Heading)]
