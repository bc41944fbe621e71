"""Any notebook through `jupyter nbconvert --to reviewkit-pdf` and `--to reviewkit-html`."""

from __future__ import annotations

import base64
import itertools
import re
from pathlib import Path
from typing import Any

import notebook_files as nb
import pikepdf
import pytest
import strangers
from converting import NOTEBOOKS, Converted, nbconvert
from pypdf import PdfReader

SHOWN: list[tuple[str, list[str]]] = [
    ("words", ["Late deliveries", "bold", "emphasis", "gone", "code", "Lyon", "2308", "Porto"]),
    (
        "words",
        ["one", "nested", "quoted", "done", "Said below.", "far", "Centred", "North", "both"],
    ),
    ("maths", ["it cost $5 and $6.", "cost = '$x$ and $$y$$'", "$z$", "Lyon", "nosuchmacro{x}"]),
    ("pictures", ["unreadable field", "a scan"]),
    ("tables", ["measure_1 ", "measure_40", "3040.25", "Late by lane", "12.5 %", "Łódź", "lane"]),
    ("tables", ["Lanes of the quarter", "Q3 2026", "Measures", "North of the river", "€12.50"]),
    ("tables", ["Source: the carrier", "Both weeks together, which is a long remark", "word2999"]),
    ("programs", ["KeyError", "frame['lane']", "100%|###| 3/3", "12 of 96", "ac", "0029 last"]),
    ("programs", ["Pipeline(steps)", "end'", "stop", '"Łódź"']),
    ("huge", ["step 000000 of the run", "step 000199", "step 419800", "step 419999"]),
    (
        "raw",
        ["A title from Quarto", "plain raw words", "raw html", "raw markdown words", "Raw latex"],
    ),
    ("never_run", ["import pandas as pd", "late.csv"]),
    ("markdown_only", ["Only words", "Nothing else."]),
    ("old_3", ["An old heading", "Old words", "plot()", "old stream", "old html", "old error"]),
    ("interactive", ["Plotly figure: Dock to stock", "Loaded", "rows 96 / 128", "Lag: 3"]),
    ("interactive", ["Lane: Ghent", "caught by a widget", "Widget(not-saved)", "Before", "After"]),
    ("interactive", ["https://example.com/map", "output not shown: application/x-carrier"]),
    ("charts", ["Far data", "Alone"]),
    *((f"minor_{minor}", [f"Minor {minor}", "1 + 1", "two"]) for minor in range(6)),
]

HIDDEN: list[tuple[str, list[str]]] = [
    ("words", ["alert("]),
    ("tables", ["background-color", "font-family"]),
    ("programs", ["\x1b", "[0;31m", "33%", "8;;https"]),
    ("programs", ["pages of documentation", "please rerun"]),
    ("huge", ["step 000200 ", "step 419799 "]),
    ("raw", ["raw rst", "author: nobody", "alert("]),
    ("interactive", ["alert(", "embed_document", "newPlot"]),
    ("charts", ["vegaEmbed"]),
]

NAMED: list[tuple[str, str]] = [
    ("words", "cell 2: a picture named by its address is left out: https://example.com/far.png"),
    ("maths", r"cell 5: a formula cannot be set and is shown as it was typed: \nosuchmacro{x}"),
    ("pictures", "cell 5: a picture (image/png) is damaged and left out: unreadable field"),
    ("huge", "cell 1: a printed output is shown by its first and last lines; 419,600 lines"),
    (
        "interactive",
        (
            "cell 1: plotly figure without a static image: shown as text; install kaleido and "
            "set the renderer to png"
        ),
    ),
    ("interactive", "cell 3: a widget is shown as the words it held when it was saved"),
    ("interactive", "cell 5: a widget whose state was not saved: shown as text"),
    ("interactive", "cell 6: an output drawn by a script (application/vnd.bokehjs_exec.v0+json)"),
    ("interactive", "cell 7: an output drawn by a script (application/javascript) is left out"),
    ("interactive", "cell 8: a page cannot play iframe; its address stands in place"),
    ("interactive", "cell 8: a picture named by its address is left out: https://example.com/far"),
    ("interactive", "cell 9: an output is of a kind that no page carries: application/x-carrier"),
    ("charts", "cell 6: a chart takes its data from https://example.com/late.csv"),
    ("charts", "cell 7: a chart cannot be drawn"),
    ("charts", "cell 8: a chart (Alone) cannot be drawn"),
]

QUIET = ["empty", "never_run", "markdown_only", "tables", "programs", "old_3", "raw", "minor_5"]


@pytest.mark.parametrize(("name", "expected"), SHOWN)
def test_what_a_notebook_holds_is_there(
    converted: Converted, name: str, expected: list[str]
) -> None:
    text = converted.words(name)
    found = re.sub(r"\s", "", text)
    for said in expected:
        # Lines may break anywhere within what a program printed.
        assert re.sub(r"\s", "", said) in found, (said, text[:3000])


@pytest.mark.parametrize(("name", "hidden"), HIDDEN)
def test_what_does_not_belong_on_paper_is_not(
    converted: Converted, name: str, hidden: list[str]
) -> None:
    text = converted.words(name)
    for said in hidden:
        assert said not in text


@pytest.mark.parametrize(("name", "said"), NAMED)
def test_what_cannot_be_carried_is_named_once_with_its_cell(
    converted: Converted, name: str, said: str
) -> None:
    found = [line for line in converted.said(name) if line.startswith(said)]
    assert len(found) == 1, converted.said(name)


@pytest.mark.parametrize("name", QUIET)
def test_where_all_is_carried_nothing_is_said(converted: Converted, name: str) -> None:
    assert converted.said(name) == []


@pytest.mark.parametrize("name", list(NOTEBOOKS))
def test_every_pdf_is_whole_and_tagged(pdfs: Converted, name: str) -> None:
    with pikepdf.open(pdfs.path(name)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as facts:
            # A PDF as picture is the one thing that PDF/UA-1 does not allow here.
            assert facts.get("pdfuaid:part") == (None if name == "pdf_picture" else "1")


@pytest.mark.parametrize("name", list(NOTEBOOKS))
def test_every_page_runs_only_its_own_script_and_asks_for_nothing(
    pages: Converted, name: str
) -> None:
    html = pages.path(name).read_text(encoding="utf-8")
    assert html.count("<script") == 1
    main = html.partition("<main")[2].partition("</main>")[0]
    assert not re.search(r"<(script|iframe|video|audio|object|embed|link|style)\b", main)
    assert not re.search(r"\son\w+\s*=", re.sub(r">[^<]*<", "><", main))
    assert "javascript:" not in main
    sources = re.findall(r"""\ssrc\s*=\s*["']([^"']{,20})""", main)
    assert all(source.startswith("data:image/") for source in sources)
    assert "url(http" not in html


def pictures_of(pdf: pikepdf.Pdf) -> set[int]:
    """Return the widths of the pictures in a PDF, those within drawings too."""
    return {
        int(item.Width)
        for item in pdf.objects
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
    }


PICTURES = [("words", {37, 38}), ("pictures", {41, 1, 800}), ("old_3", {43}), ("charts", {46})]
PICTURES += [("interactive", {44, 45})]


@pytest.mark.parametrize(("name", "widths"), PICTURES)
def test_pictures_are_in_the_pdf(pdfs: Converted, name: str, widths: set[int]) -> None:
    with pikepdf.open(pdfs.path(name)) as pdf:
        assert pictures_of(pdf) >= widths


@pytest.mark.parametrize(("name", "widths"), PICTURES)
def test_pictures_are_in_the_page(pages: Converted, name: str, widths: set[int]) -> None:
    html = pages.path(name).read_text(encoding="utf-8")
    for width in widths - {1}:
        assert base64.b64encode(nb.png(width)).decode() in html


def test_only_a_damaged_picture_is_left_out(pdfs: Converted) -> None:
    assert "cut field" in pdfs.words("pictures")
    assert "cell 6: a picture is damaged and left out: cut field" in pdfs.said("pictures")


def test_a_pdf_is_a_vector_drawing_on_the_page(pdfs: Converted) -> None:
    with pikepdf.open(pdfs.path("pdf_picture")) as pdf:
        assert pictures_of(pdf) == set()
        forms = [
            bytes(item.read_bytes())
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
        ]
    assert any(b"20 20 100 50 re" in form for form in forms)
    assert "cannot claim PDF/UA-1" in " ".join(pdfs.said("pdf_picture"))


def test_a_pdf_in_a_page_is_named(pages: Converted) -> None:
    assert "red" in pages.words("pdf_picture")
    assert pages.said("pdf_picture")[0].startswith("cell 2: a picture (application/pdf) cannot")


@pytest.mark.parametrize("words", ["Late by lane, version 4", "Late by lane, from Altair's script"])
def test_charts_are_drawn_with_their_words(converted: Converted, words: str) -> None:
    if converted.form == "pdf":
        with pikepdf.open(converted.path("charts")) as pdf:
            said = {
                str(item.get("/Alt"))
                for item in pdf.objects
                if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
            }
        assert words in said
    else:
        html = converted.path("charts").read_text(encoding="utf-8").replace("&#x27;", "'")
        assert f'role="img" aria-label="{words}"' in html


def test_a_wide_table_is_split_between_its_columns(pdfs: Converted) -> None:
    text = pdfs.words("tables")
    spans = [(int(a), int(b)) for a, b in re.findall(r"Columns (\d+) to (\d+) of 40", text)]
    assert spans[0][0] == 1
    assert spans[-1][1] == 40
    assert all(before[1] + 1 == after[0] for before, after in itertools.pairwise(spans))
    # The names of the rows stand with every piece.
    assert text.count("lane 3 ") == len(spans)


@pytest.mark.parametrize("name", ["tables", "programs", "words", "huge"])
def test_nothing_runs_off_the_page(pdfs: Converted, name: str) -> None:
    places: list[tuple[float, float, str]] = []

    def note(text: str, cm: Any, tm: Any, _font: Any, _size: float) -> None:
        if text.strip():
            x = float(cm[4]) + float(cm[0]) * float(tm[4])
            y = float(cm[5]) + float(cm[3]) * float(tm[5])
            places.append((x, y, text))

    for page in PdfReader(pdfs.path(name)).pages:
        page.extract_text(visitor_text=note)
    assert places
    # The last word of a line begins well before the margin of 45.6 points.
    assert all(45 <= x < 595.28 - 45.6 and 10 < y < 835 for x, y, _ in places)


def test_formulas_are_set_as_mathematics(converted: Converted) -> None:
    if converted.form == "html":
        html = converted.path("maths").read_text(encoding="utf-8")
        assert html.count("<math") == 9
        return
    with pikepdf.open(converted.path("maths")) as pdf:
        roles = [
            str(item.get("/S"))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/S" in item
        ]
    assert roles.count("/Formula") == 9


def test_cells_keep_the_colours_of_a_styler(converted: Converted) -> None:
    if converted.form == "html":
        html = converted.path("tables").read_text(encoding="utf-8")
        assert 'style="background-color:#ffcc00;color:#000000"' in html
        assert 'style="background-color:#46327e;color:#ffffff"' in html
        return
    drawn = b"".join(
        page.get_contents().get_data() for page in PdfReader(converted.path("tables")).pages
    )
    assert re.search(rb"\b1 0\.8 0 (rg|scn|sc)", drawn)


def test_fonts_that_are_missing_are_named_once(pdfs: Converted) -> None:
    found = [line for line in pdfs.said("signs") if "U+13000" in line]
    assert len(found) == 1
    assert "Install a font" in found[0]


def test_a_table_cell_holds_mathematics_and_links(pdfs: Converted) -> None:
    links = {
        note.get_object()["/A"]["/URI"]
        for page in PdfReader(pdfs.path("words")).pages
        for note in page.get("/Annots", [])
    }
    assert links == {"https://example.com/wiki", "https://example.com"}


def test_the_same_notebook_gives_the_same_bytes(pdfs: Converted, tmp_path: Path) -> None:
    nb.write(tmp_path, "words", strangers.WORDS)
    nbconvert(tmp_path, "pdf", ["words"])
    assert (tmp_path / "words.pdf").read_bytes() == pdfs.path("words").read_bytes()
