"""Every PDF of the demo, read by programs that did not write it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pdf_checks
import pytest

BUDGETS = {
    "executive": {"client": (2, 3), "internal": (2, 3)},
    "qbr": {"client": (8, 12), "internal": (8, 16)},
    "monthly": {"client": (4, 6), "internal": (4, 9)},
    "activity": {"client": (2, 4), "internal": (2, 4)},
    "strategic": {"client": (6, 16), "internal": (8, 16)},
    "portfolio": {"internal": (1, 6)},
}
"""Pages of each kind of report; an internal version adds what is for the own house alone."""

needs_poppler = pytest.mark.skipif(not pdf_checks.POPPLER, reason="pdftotext is not installed")


def faults(demo: Path, check: Callable[[Path], list[str]]) -> list[str]:
    """Return what a check finds in the PDFs of all packs, each with its file."""
    found = sorted((demo / "reports").glob("*/*/*.pdf"))
    assert len(found) >= 32
    return [f"{path.relative_to(demo)}: {fault}" for path in found for fault in check(path)]


def test_each_claims_its_standards_and_carries_what_it_needs(demo) -> None:
    assert faults(demo, pdf_checks.identity_faults) == []


def test_every_picture_says_what_it_shows_with_its_numbers(demo) -> None:
    assert faults(demo, pdf_checks.figure_faults) == []


def test_no_row_of_a_table_is_torn(demo) -> None:
    assert faults(demo, pdf_checks.split_rows) == []


@needs_poppler
def test_each_keeps_within_the_pages_of_its_kind(demo) -> None:
    def budget(path: Path) -> list[str]:
        kind, _, audience = path.stem.rpartition("-")
        least, most = BUDGETS[kind][audience]
        pages = len(pdf_checks.Read(path).pages)
        return [] if pages <= most and (pages >= least or kind == "qbr") else [f"{pages} pages"]

    assert faults(demo, budget) == []


@needs_poppler
def test_no_text_leaves_the_page_or_covers_other_text(demo) -> None:
    assert faults(demo, lambda path: pdf_checks.strays(pdf_checks.Read(path))) == []
    assert faults(demo, lambda path: pdf_checks.collisions(pdf_checks.Read(path))) == []


@needs_poppler
def test_no_page_is_left_all_but_empty(demo) -> None:
    assert faults(demo, lambda path: pdf_checks.sparse(pdf_checks.Read(path))) == []


@needs_poppler
def test_a_table_that_goes_on_repeats_its_heads(demo) -> None:
    def headless(path: Path) -> list[str]:
        read = pdf_checks.Read(path)
        return [
            f"page {later} has no heads"
            for first, *rest in pdf_checks.split_tables(path)
            for later in rest
            if not pdf_checks.heads_again(read, first, later)
        ]

    assert faults(demo, headless) == []


def test_a_german_client_reads_german(demo) -> None:
    folder = demo / "reports" / "elderwick" / "2026Q3"
    english = re.compile(r"\b(the|of|is|were|and|not|with|from|by|are|for|to|no)\b", re.IGNORECASE)
    for path in sorted(folder.glob("*.pdf")):
        assert pdf_checks.language(path) == "de-DE"
    for path in sorted(folder.glob("*.html")):
        html = path.read_text(encoding="utf-8")
        assert '<html lang="de-DE"' in html
        shown = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " | ", shown))
        lines = {part.strip() for part in text.split("|") if english.search(part)}
        assert lines <= GIVEN, path.name


GIVEN = {"Handling at the hub", "Load not secured"}
"""What the provider's systems call things, in their own language."""
