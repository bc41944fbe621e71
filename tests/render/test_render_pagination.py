"""Short chapters share a page, full ones do not."""

from __future__ import annotations

import io
import re

import pypdf

from reviewkit.blocks import Cell, Column, Front, Heading, NotSupplied, Row, Table
from reviewkit.render.document import Document
from reviewkit.render.pagination import FOLLOWS_ON, TIGHT, End, share_pages, worth_tightening
from reviewkit.render.pdf import write_pdf

FRONT = Front(client="A", report="R", period="P", provider="H", title="T", language="en-GB")


def table(rows: int) -> Table:
    cells = [Row(cells=(Cell(text=f"row {number}"),)) for number in range(rows)]
    return Table(columns=(Column(key="a", label="A"),), rows=tuple(cells), summary="rows")


def pages(*chapters: tuple[str, int]) -> list[str]:
    """Set a headline and chapters of so many rows; return the text of each page."""
    parts = [Heading(role="headline", text="Opening"), NotSupplied(what="Nothing here.")]
    for name, rows in chapters:
        parts += [Heading(role="page", text=name), table(rows)]
    made = write_pdf(Document(front=FRONT, parts=tuple(parts), ours=True))
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]


def test_short_chapters_share_a_page() -> None:
    (page,) = pages(("First", 3), ("Second", 4))
    assert page.index("Opening") < page.index("First") < page.index("Second")


def test_a_chapter_that_does_not_fit_begins_a_page() -> None:
    # 37 rows of 15.4 points, with heads and heading, take 621 of 716 points however tight; with
    # an opening of 63 and 40 between them that is 724.
    first, second, third = pages(("First", 37), ("Second", 37))
    assert "Opening" in first
    assert "First" in second
    assert "Second" in third


def test_a_short_chapter_follows_a_short_one_after_a_full_page() -> None:
    found = pages(("First", 30), ("Second", 3), ("Third", 3))
    assert [("Second" in page, "Third" in page) for page in found][-1] == (True, True)


def test_no_table_is_torn_that_would_fit_on_a_page_of_its_own() -> None:
    found = pages(("First", 3), ("Second", 30))
    (holding,) = [page for page in found if "row 29" in page]
    assert "row 0" in holding


def test_a_chapter_that_spills_a_few_rows_is_set_tighter_and_keeps_its_page() -> None:
    # 716 points less 48 of heading and heads hold 37 rows of 18 points; at 15.4 points 43.
    for rows in (37, 38, 42):
        opening, only = pages(("First", rows))
        assert "Opening" in opening
        assert f"row {rows - 1}" in only


def test_an_answer_of_more_than_a_hundred_signs_is_set_a_step_smaller() -> None:
    def size(text: str) -> float:
        part = Heading(role="headline", text=text)
        made = write_pdf(Document(front=FRONT, parts=(part,), ours=True))
        sizes: list[float] = []
        pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text(
            visitor_text=lambda *found: sizes.append(round(found[4], 1))
        )
        return max(sizes)

    assert size("word " * 19 + "words") == 22
    assert size("word " * 19 + "wordss") == 19


def follows(*ends: End) -> list[bool]:
    """Share pages of 700 points among chapters that end there; tell which follow on."""
    parts = [{"role": "page", "text": "chapter"} for _ in ends]
    share_pages(parts, ends, 700.0)
    return [FOLLOWS_ON in part for part in parts[1:]]


def test_chapters_follow_on_as_long_as_all_of_them_fit() -> None:
    # 200 + 40 + 200 = 440; 440 + 40 + 218 = 698, the most that fits; one point more does not.
    assert follows(End(1, 200), End(2, 200), End(3, 218)) == [True, True]
    assert follows(End(1, 200), End(2, 200), End(3, 219)) == [True, False]


def test_a_chapter_of_several_pages_never_follows_and_lends_its_last_page() -> None:
    # The second chapter takes pages 2 and 3, of which 100 points: 100 + 40 + 300 = 440.
    assert follows(End(1, 100), End(3, 100), End(4, 300)) == [False, True]


def set_tight(wide: list[End], tight: list[End]) -> list[str]:
    """Return of each chapter whether it begins a page (B) or follows on (F), and is tight (T)."""
    parts = [{"role": "page", "text": "chapter"} for _ in wide]
    share_pages(parts, wide, 700.0, tight)
    return [("F" if FOLLOWS_ON in part else "B") + ("T" if TIGHT in part else "") for part in parts]


def test_a_chapter_is_set_tight_only_where_that_saves_a_page_or_a_spill() -> None:
    wide = [End(1, 600), End(2, 600), End(3, 600)]
    assert set_tight(wide, [End(1, 500), End(2, 500), End(3, 500)]) == ["B", "B", "B"]
    # The second spills 60 points over; tight it takes one page, and the third begins another.
    wide = [End(1, 600), End(3, 60), End(4, 600)]
    assert set_tight(wide, [End(1, 500), End(2, 690), End(3, 500)]) == ["B", "BT", "B"]
    # 340 + 40 + 330 = 710 is too much; with the second tight it is 700, with both 690 of 698.
    wide = [End(1, 340), End(2, 330)]
    assert set_tight(wide, [End(1, 330), End(2, 320)]) == ["BT", "FT"]
    # Tight the second brings over what left a gap on its first page: 400 less 170 points of its
    # last page are more than closer rows save. 130 are not, and alone on a page they are thin.
    wide = [End(1, 600), End(3, 400), End(4, 500)]
    assert set_tight(wide, [End(1, 500), End(3, 230), End(4, 450)]) == ["B", "BT", "B"]
    assert set_tight(wide, [End(1, 500), End(3, 270), End(4, 450)]) == ["B", "B", "B"]
    # 130 + 40 + 500 fit: the page is not thin where the next chapter follows.
    assert set_tight(wide, [End(1, 500), End(3, 130), End(4, 450)]) == ["B", "BT", "F"]
    wide = [End(1, 600), End(3, 400), End(4, 690)]
    assert set_tight(wide, [End(1, 500), End(3, 130), End(4, 600)]) == ["B", "B", "B"]
    # As many pages either way: the fourth could follow the spill, yet no spill is better.
    wide = [End(2, 60), End(3, 500)]
    assert set_tight(wide, [End(1, 690), End(2, 450)]) == ["BT", "B"]


def test_a_second_layout_is_made_only_where_it_can_gain() -> None:
    # Two pages of 600 and 500: three quarters of them, 825, do not fit on one of 700.
    assert not worth_tightening([End(1, 600), End(2, 500)], 700.0)
    # Of 400 and 360 they do: 570.
    assert worth_tightening([End(1, 400), End(2, 360)], 700.0)
    # 300 and 300 share a page as they are.
    assert not worth_tightening([End(1, 300), End(2, 300)], 700.0)
    # Whatever takes two pages may spill, or leave a gap.
    assert worth_tightening([End(2, 600)], 700.0)
    assert not worth_tightening([End(1, 650)], 700.0)


def test_a_small_group_of_a_table_stays_on_one_page_and_a_large_one_goes_on() -> None:
    def torn(size: int) -> set[str]:
        """Return the groups of so many rows that stand on two pages; 60 rows take two."""
        rows = tuple(
            Row(
                group="" if at % size else f"group {at // size}",
                cells=(Cell(text=f"row {at // size}:{at}"),),
            )
            for at in range(60)
        )
        grouped = Table(columns=(Column(key="a", label="A"),), rows=rows, summary="rows")
        made = write_pdf(Document(front=FRONT, parts=(grouped,), ours=True))
        texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
        assert len(texts) == 2
        first, second = ({name for name, _ in _ROW.findall(text)} for text in texts)
        return first & second

    # 45 rows fit a page: eleven groups of four and part of the twelfth, one of thirty and half
    # of the second.
    assert torn(4) == set()
    assert torn(30) == {"1"}


_ROW = re.compile(r"row (\d+):(\d+)")
