"""Workbooks and decks of the demo: every figure equals its block, another program opens them."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import pypdf
import pytest
from pptx import Presentation

from reviewkit.blocks import Block, Chart, Plot, Table, walk
from reviewkit.render.document import Document, read_document
from reviewkit.render.formats import write

PACKS = (
    ("acme/2026Q3", "qbr-internal"),
    ("acme/2026Q3", "executive-client"),
    ("damson/2026Q3", "qbr-client"),
    ("harebell/FY2026Q4", "qbr-client"),
)
SPACES = re.compile("[\u00a0\u202f\u2009\u200b\\s]+")


class Pack:
    """A report's blocks beside the files that were made from them."""

    def __init__(self, path: Path, folder: Path) -> None:
        notebook = nbformat.read(path, 4)
        self.document: Document = read_document(notebook, path.stem)
        self.stem = f"{path.parts[-3]}-{path.stem}"
        self.paths: dict[str, Path] = {}
        for form, data in write(notebook, path.stem, ("pptx", "xlsx")).items():
            self.paths[form] = folder / f"{self.stem}-{form}.{form}"
            self.paths[form].write_bytes(data)
        self.book: Any = openpyxl.load_workbook(self.paths["xlsx"])
        self.deck: Any = Presentation(str(self.paths["pptx"]))

    def blocks(self) -> Iterator[Block]:
        for part in self.document.parts:
            yield from walk(part)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def packs(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Pack]:
    folder = tmp_path_factory.mktemp("office")
    executed = demo / ".reviewkit" / "executed"
    return [Pack(executed / where / f"{name}.ipynb", folder) for where, name in PACKS]


def loose(text: str) -> str:
    return SPACES.sub(" ", text).strip()


def number(text: str, decimal: str) -> float | None:
    """The number that a text prints, read another way than the package does."""
    digits = re.sub(rf"[^\d{re.escape(decimal)}]", "", text).replace(decimal, ".")
    if not re.fullmatch(r"\d+(\.\d+)?", digits):
        return None
    return -float(digits) if re.search(r"[−-]", text) else float(digits)


def values(page: Any) -> tuple[set[float], set[str]]:
    """The numbers of a sheet, percentages as printed, and its words."""
    numbers, words = set(), set()
    for cell in (cell for row in page.iter_rows() for cell in row):
        if isinstance(cell.value, str):
            words.add(loose(cell.value))
        elif isinstance(cell.value, int | float):
            percent = "%" in re.sub('"[^"]*"', "", cell.number_format)
            numbers.add(round(cell.value * (100 if percent else 1), 9))
    return numbers, words


def test_every_figure_of_a_workbook_equals_its_block(packs: list[Pack]) -> None:
    for pack in packs:
        decimal = pack.document.front.decimal
        days = {
            value.date() if isinstance(value, dt.datetime) else value
            for page in pack.book
            for row in page.iter_rows(values_only=True)
            for value in row
            if isinstance(value, dt.date)
        }
        numbers, words = set(), set()
        for page in pack.book:
            found = values(page)
            numbers |= found[0]
            words |= found[1]
        checked = 0
        for table in (block for block in pack.blocks() if isinstance(block, Table)):
            cells = (zip(table.columns, row.cells, strict=True) for row in table.rows)
            for column, cell in (pair for pairs in cells for pair in pairs):
                if not cell.text or column.role == "graphic":
                    continue
                if cell.type == "date":
                    assert dt.date.fromisoformat(str(cell.value)[:10]) in days, cell.text
                    checked += 1
                    continue
                texts = {loose(cell.text), f"{loose(cell.text)} ({cell.mark})"}
                said = any(loose(cell.text) in word for word in words) if cell.status else False
                assert said or texts & words or number(cell.text, decimal) in numbers, cell.text
                checked += 1
        assert checked > 50


def test_no_number_of_a_workbook_is_finer_than_print(packs: list[Pack]) -> None:
    """What a cell holds is what its format prints: rounding it changes nothing."""
    for pack in packs:
        for cell in (c for page in pack.book for row in page.iter_rows() for c in row):
            if not isinstance(cell.value, int | float):
                continue
            plain = re.sub('"[^"]*"', "", cell.number_format.split(";")[0])
            places = len(match[1]) if (match := re.search(r"0\.(0+)", plain)) else 0
            printed = cell.value * (100 if "%" in plain else 1)
            assert printed == pytest.approx(round(printed, places), abs=1e-9), cell.coordinate


def plots(pack: Pack) -> list[Plot]:
    """The figures of every chart; a series without any is not drawn."""
    found = [block.plot for block in pack.blocks() if isinstance(block, Chart) and block.plot]
    return [
        plot.model_copy(update={"series": tuple(s for s in plot.series if any(s.texts))})
        for plot in found
    ]


def charts(pack: Pack) -> list[Any]:
    shapes = (shape for slide in pack.deck.slides for shape in slide.shapes)
    return [shape.chart for shape in shapes if getattr(shape, "has_chart", False)]


def test_every_chart_is_native_and_equals_its_block(packs: list[Pack]) -> None:
    for pack in packs:
        decimal = pack.document.front.decimal
        drawn = [
            {series.name: tuple(series.values) for plot in chart.plots for series in plot.series}
            for chart in charts(pack)
        ]
        wanted = [
            {s.name: tuple(number(text, decimal) for text in s.texts) for s in plot.series}
            for plot in plots(pack)
            if plot.form != "heat"
        ]
        assert drawn == wanted
        pictures = [s for slide in pack.deck.slides for s in slide.shapes if s.shape_type == 13]
        assert pictures == []


def test_workbooks_inside_a_deck_hold_what_is_displayed(packs: list[Pack]) -> None:
    for pack in packs:
        decimal = pack.document.front.decimal
        flat = [plot for plot in plots(pack) if plot.form != "heat"]
        for chart, plot in zip(charts(pack), flat, strict=True):
            blob = chart.part.chart_workbook.xlsx_part.blob
            book = openpyxl.load_workbook(io.BytesIO(blob))
            held = [[cell.value for cell in row] for row in book.active.iter_rows()]
            assert book.sheetnames == [book.active.title]
            assert held == [
                [None, *(series.name for series in plot.series)],
                *(
                    [name, *(number(series.texts[at], decimal) for series in plot.series)]
                    for at, name in enumerate(plot.categories)
                ),
            ]


def words(slide: Any) -> Iterator[str]:
    todo = list(slide.shapes)
    while todo:
        shape = todo.pop()
        if shape.shape_type == 6:
            todo += list(shape.shapes)
        elif shape.has_text_frame:
            yield shape.text_frame.text
        elif getattr(shape, "has_table", False):
            yield from (c.text_frame.text for row in shape.table.rows for c in row.cells)


def test_every_cell_of_every_table_is_in_the_deck(packs: list[Pack]) -> None:
    for pack in packs:
        said = {loose(text) for slide in pack.deck.slides for text in words(slide)}
        joined = " | ".join(said)
        for table in (block for block in pack.blocks() if isinstance(block, Table)):
            for cell in (cell for row in table.rows for cell in row.cells):
                assert not cell.text or loose(cell.text) in joined, cell.text


def test_a_clients_deck_has_no_notes(packs: list[Pack]) -> None:
    for pack in packs:
        internal = pack.document.front.audience == "internal"
        assert any(slide.has_notes_slide for slide in pack.deck.slides) == internal


def test_another_program_opens_them(packs: list[Pack], tmp_path: Path) -> None:
    """LibreOffice turns each into pages: one a slide, every title and sheet among them."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip(
            "needs LibreOffice (Debian: apt-get install libreoffice-calc libreoffice-impress)"
        )
    opened = (packs[0], packs[2])
    files = [path for pack in opened for path in pack.paths.values()]
    done = subprocess.run(
        [
            program,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)),
            *map(str, files),
        ],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for pack in opened:
        slides, sheets = (pages(tmp_path / f"{pack.paths[f].stem}.pdf") for f in ("pptx", "xlsx"))
        assert len(slides) == len(pack.deck.slides)
        for text, slide in zip(slides, pack.deck.slides, strict=True):
            assert squeezed(slide.shapes.title.text_frame.text) in squeezed(text)
        assert len(sheets) >= len(pack.book.sheetnames)
        printed = squeezed(" ".join(sheets))
        for page in pack.book:
            assert squeezed(page["A2"].value) in printed
            # A number too wide for its column would print as hashes.
        assert "##" not in printed


def pages(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def squeezed(text: str) -> str:
    """Text without blanks, which programs set and read as they like."""
    return re.sub(r"\s", "", text)
