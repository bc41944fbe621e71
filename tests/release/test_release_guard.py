"""The guard finds what may not leave the house, wherever in a file it stands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from pptx import Presentation

from reviewkit.blocks import Cell, Chart, Column, Front, Plot, Row, Series, Table
from reviewkit.errors import ReleaseError
from reviewkit.release import forbidden_words, search
from reviewkit.render.document import Document
from reviewkit.render.pptx import write_pptx
from reviewkit.render.xlsx import write_xlsx

NAMES = {"acme": "Acme Motors", "borealis": "Borealis Foods", "cobalt": "Crème & Söhne"}
WORDS = forbidden_words("acme", NAMES, ("gross margin", "buy rate"))


def hits(folder) -> set[tuple[str, str]]:
    files = sorted(folder.glob("executive-client.*"))
    assert len(files) == 2
    return {(hit.path.suffix, hit.forbidden.word) for hit in search(files, WORDS)}


def test_a_clean_pack_passes(make_pack) -> None:
    assert hits(make_pack("Acme Motors did well; the margin of safety is a board away.")) == set()


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("as we did for Borealis Foods in May", "Borealis Foods"),
        ("as we did for BOREALIS   foods in May", "Borealis Foods"),
        ("as for creme & sohne", "Crème & Söhne"),
        ("Gross\nmargin is 18%", "gross margin"),
        ("the carrier's buy-rate rose", "buy rate"),
        ("INTERNAL", "INTERNAL"),
        ("x" * 60 + " then Borealis Foods " + "y" * 60, "Borealis Foods"),
    ],
)
def test_words_are_found_in_every_format(make_pack, said: str, word: str) -> None:
    assert hits(make_pack(said)) == {(".html", word), (".pdf", word)}


@pytest.mark.parametrize(
    "said", ["Acme Motorsport", "our internal process", "Borealis Foodservice", "a margin, gross"]
)
def test_other_words_are_not(make_pack, said: str) -> None:
    assert hits(make_pack(said)) == set()


def test_properties_are_read(make_pack) -> None:
    assert hits(make_pack(title="Draft for Borealis Foods")) == {
        (".html", "Borealis Foods"),
        (".pdf", "Borealis Foods"),
    }


def test_scripts_comments_and_attributes_are_read(make_pack) -> None:
    folder = make_pack()
    page = folder / "executive-client.html"
    for hidden in (
        "<!-- Borealis Foods -->",
        "<script>var a='Borealis Foods'</script>",
        '<p title="Borealis Foods"></p>',
        "<style>.x{content:'Borealis Foods'}</style>",
    ):
        page.write_text(re.sub("</body>", f"{hidden}</body>", make_page(folder)))
        assert [hit.forbidden.word for hit in search([page], WORDS)][:1] == ["Borealis Foods"]


def make_page(folder) -> str:
    return (folder / "qbr-client.html").read_text()


@pytest.mark.parametrize(
    "said", ['"Cr\\u00e8me \\u0026 S\\u00f6hne"', '"Cr\u00e8me \\u0026 S\u00f6hne"']
)
def test_words_are_found_however_a_script_escapes_them(make_pack, said: str) -> None:
    folder = make_pack("Acme Motors did well")
    page = folder / "executive-client.html"
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace("</body>", f"<script>var a={said};</script></body>"), "utf-8")
    assert hits(folder) == {(".html", "Crème & Söhne")}


def test_alternative_texts_and_attachments_are_read(make_pack) -> None:
    folder = make_pack()
    path = folder / "executive-client.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, b"notes")
        pdf.save(path)
    with pytest.raises(ReleaseError, match="has files attached"):
        search([path], WORDS)
    path = folder / "qbr-client.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.StructTreeRoot.K[0].Alt = pikepdf.String("Chart of Borealis Foods")
        pdf.save(path)
    found = search([path], WORDS)
    assert [(hit.place, hit.forbidden.word) for hit in found] == [
        ("alternative texts", "Borealis Foods")
    ]


def test_what_cannot_be_opened_is_not_sent(make_pack) -> None:
    folder = make_pack()
    broken = folder / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing more")
    odd = folder / "table.csv"
    odd.write_text("a")
    for path in (broken, odd, folder / "absent.html"):
        with pytest.raises(ReleaseError, match="it is not sent"):
            search([path], WORDS)


def test_the_clients_own_name_is_allowed_even_inside_anothers() -> None:
    names = {"acme": "Acme Motors Europe", "group": "Acme Motors"}
    assert "Acme Motors" not in {item.word for item in forbidden_words("acme", names, ())}
    assert "Acme Motors Europe" in {item.word for item in forbidden_words("group", names, ())}


MAKERS: dict[str, Callable[[Document], bytes]] = {"pptx": write_pptx, "xlsx": write_xlsx}


def office(form: str, folder: Path, name: str = "Lyon", title: str = "Acme: review") -> Path:
    """A workbook or deck whose table and chart say `name`."""
    told = Table(
        columns=(Column(key="a", label="Lane"), Column(key="b", label="Due", align="right")),
        rows=(Row(cells=(Cell(text=name), Cell(text="12"))),),
        summary="Lanes",
    )
    series = (Series(name=name, texts=("94.4", "94.1")),)
    plot = Plot(form="lines", categories=("Aug", "Sept"), series=series)
    chart = Chart(spec={}, alt="Months", plot=plot)
    front = Front(
        client="Acme Motors",
        report="Business review",
        period="July to September 2026",
        provider="Meridian Logistics",
        title=title,
    )
    path = folder / f"qbr-client.{form}"
    path.write_bytes(MAKERS[form](Document(front=front, parts=(told, chart), ours=True)))
    return path


def words_in(path: Path) -> set[tuple[str, str]]:
    return {(hit.place.rpartition("/")[2], hit.forbidden.word) for hit in search([path], WORDS)}


@pytest.mark.parametrize("form", MAKERS)
def test_a_clean_workbook_and_deck_pass(form: str, tmp_path: Path) -> None:
    assert words_in(office(form, tmp_path)) == set()


@pytest.mark.parametrize("form", MAKERS)
def test_words_are_found_in_their_cells(form: str, tmp_path: Path) -> None:
    assert words_in(office(form, tmp_path, "Borealis\u00a0Foods")) != set()
    assert {word for _, word in words_in(office(form, tmp_path, "BOREALIS foods"))} == {
        "Borealis Foods"
    }


@pytest.mark.parametrize("form", MAKERS)
def test_words_are_found_in_their_properties(form: str, tmp_path: Path) -> None:
    found = words_in(office(form, tmp_path, title="Draft for Borealis Foods"))
    assert ("core.xml", "Borealis Foods") in found


def test_words_are_found_in_a_charts_workbook(tmp_path: Path) -> None:
    path = office("pptx", tmp_path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    inner = next(name for name in parts if name.endswith(".xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(parts[inner]))
    book.active["D9"] = "Borealis Foods"
    out = io.BytesIO()
    book.save(out)
    parts[inner] = out.getvalue()
    write(path, parts)
    places = {hit.place for hit in search([path], WORDS)}
    assert places
    assert all(place.startswith(f"{inner}, xl/") for place in places)


def write(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)


def test_words_are_found_across_runs_and_in_notes(tmp_path: Path) -> None:
    path = office("pptx", tmp_path)
    deck = Presentation(str(path))
    paragraph = deck.slides[0].shapes.title.text_frame.paragraphs[0]
    for part in (" Bore", "alis Foods"):
        paragraph.add_run().text = part
    deck.slides[1].notes_slide.notes_text_frame.text = "the buy rate rose"
    deck.save(str(path))
    assert words_in(path) == {
        ("slide1.xml", "Borealis Foods"),
        ("notesSlide1.xml", "buy rate"),
    }


def hide_sheet(book: openpyxl.Workbook) -> None:
    book.create_sheet("Costs").sheet_state = "veryHidden"


def hide_row(book: openpyxl.Workbook) -> None:
    book.active.row_dimensions[3].hidden = True


def hide_column(book: openpyxl.Workbook) -> None:
    book.active.column_dimensions["C"].hidden = True


def comment(book: openpyxl.Workbook) -> None:
    book.active["A1"].comment = openpyxl.comments.Comment("see costs", "Caspar")


def hide_name(book: openpyxl.Workbook) -> None:
    name = openpyxl.workbook.defined_name.DefinedName("x", attr_text="Contents!$A$1", hidden=True)
    book.defined_names["x"] = name


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (hide_sheet, "a hidden sheet"),
        (hide_row, "a hidden row or column"),
        (hide_column, "a hidden row or column"),
        (comment, "a comment"),
        (hide_name, "a hidden name"),
    ],
)
def test_what_is_hidden_in_a_workbook_is_refused(
    spoil: Callable[[openpyxl.Workbook], None], told: str, tmp_path: Path
) -> None:
    path = office("xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    spoil(book)
    book.save(path)
    with pytest.raises(ReleaseError, match=told):
        search([path], WORDS)


def test_a_hidden_slide_is_refused(tmp_path: Path) -> None:
    path = office("pptx", tmp_path)
    deck = Presentation(str(path))
    deck.slides[1]._element.set("show", "0")
    deck.save(str(path))
    with pytest.raises(ReleaseError, match="a hidden slide"):
        search([path], WORDS)


@pytest.mark.parametrize("form", MAKERS)
def test_a_part_that_no_one_can_read_is_refused(form: str, tmp_path: Path) -> None:
    path = office(form, tmp_path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\x00macro")
    with pytest.raises(ReleaseError, match="no one can search it"):
        search([path], WORDS)
    path.write_bytes(b"no package")
    with pytest.raises(ReleaseError, match="no office document"):
        search([path], WORDS)
