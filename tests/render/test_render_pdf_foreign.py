"""Notebooks that never heard of us as PDF: nothing stops the page."""

from __future__ import annotations

import base64
import io
import re
import struct
import zlib

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from reviewkit.render.document import read_document
from reviewkit.render.pdf import write_pdf


def png(width: int = 40, height: int = 20) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    rows = b"".join(b"\x00" + b"\x1b\x4b\x8f" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def pdf_text(*cells: NotebookNode) -> tuple[bytes, str]:
    pdf = write_pdf(read_document(new_notebook(cells=list(cells)), "foreign"))
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return pdf, text


def output(**data: str) -> NotebookNode:
    bundle = {key.replace("__", "+").replace("_", "/", 1): value for key, value in data.items()}
    return new_code_cell("x", outputs=[new_output("display_data", data=bundle)])


FRAME = """<style>td {color: red}</style>
<table border="1" class="dataframe"><thead>
<tr><th></th><th colspan="2">Deliveries</th></tr><tr><th>lane</th><th>due</th><th>late</th></tr>
</thead><tbody>
<tr><th rowspan="2">Lyon</th><td>2308</td><td>12.5</td></tr>
<tr><td>2640</td><td>7.25</td></tr>
<tr><th>#read("x")</th><td>1,480</td><td>−3</td></tr>
</tbody></table>"""


def test_a_data_frame_becomes_a_table() -> None:
    pdf, text = pdf_text(output(text_html=FRAME))
    for words in ("Deliveries", "lane", "due", "late", "Lyon", "2308", "7.25", '#read("x")', "−3"):
        assert words in text
    assert "color: red" not in text
    assert text.count("Lyon") == 1
    assert b"/TH" in pdf or b"pdfuaid" in pdf


def test_code_output_and_tracebacks_are_shown() -> None:
    cell = new_code_cell(
        "frame.head()",
        outputs=[
            new_output("stream", text="\x1b[32mready\x1b[0m\n"),
            new_output("error", ename="KeyError", evalue="lane", traceback=["KeyError: lane"]),
        ],
    )
    _, text = pdf_text(cell)
    for words in ("frame.head()", "ready", "KeyError: lane"):
        assert words in text


def test_markdown_in_all_its_forms() -> None:
    _, text = pdf_text(
        new_markdown_cell(
            "# Title\n\nText with **bold**, *emphasis*, ~~gone~~, `code` and $a^2 + b^2$.\n\n"
            "1. one\n2. two\n   - nested\n\n> quoted\n\n```python\nprint(1)\n```\n\n---\n\n"
            "#### Deep\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n\n$$\\frac{x}{y}$$\n"
        )
    )
    for words in ("Title", "bold", "emphasis", "gone", "one", "nested", "quoted", "print(1)"):
        assert words in text
    assert "Deep" in text


def test_one_cell_does_not_swallow_the_next() -> None:
    _, text = pdf_text(
        new_markdown_cell("```\nnever closed"), new_markdown_cell("**second** cell"), output()
    )
    assert "never closed" in text
    assert "second cell" in text


def test_pictures_are_set_and_far_ones_are_named(caplog: pytest.LogCaptureFixture) -> None:
    pdf, text = pdf_text(
        output(image_png=base64.b64encode(png()).decode(), text_plain="a blue field"),
        new_markdown_cell("![far](https://example.org/x.png) ![near](../../secret.png)"),
    )
    assert b"/Image" in pdf
    assert "far" in text
    assert "https://example.org/x.png" in caplog.text
    assert "../../secret.png" in caplog.text


def test_an_svg_cannot_ask_for_files() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">'
        '<image href="file:///etc/passwd" width="9" height="9"/><text y="12">drawn</text></svg>'
    )
    pdf, _ = pdf_text(output(image_svg__xml=svg))
    assert b"pdfuaid" in pdf


def test_damaged_pictures_and_formulas_do_not_stop_the_page(
    caplog: pytest.LogCaptureFixture,
) -> None:
    cut = png()[:60]
    pdf, text = pdf_text(
        new_markdown_cell("# Still here\n\n$\\nosuchmacro{x}$ and $#read(1)$"),
        output(image_png=base64.b64encode(cut).decode(), text_plain="a damaged field"),
        output(image_png="bm90IGEgcGljdHVyZQ==", text_plain="no picture"),
    )
    assert pdf.startswith(b"%PDF")
    for words in ("Still here", "nosuchmacro", "#read(1)", "a damaged field", "no picture"):
        assert words in re.sub(r"(?<=\w)\n(?=\w)", "", text)
    assert "cell 2: a picture is damaged and left out: a damaged field" in caplog.text
    assert "cell 3: a picture (image/png) cannot be read" in caplog.text
    assert caplog.text.count("a damaged field") == 1
    assert b"pdfuaid" in pdf


def test_the_first_heading_may_be_of_any_rank() -> None:
    pdf, _ = pdf_text(new_markdown_cell("### Third\n\n###### Sixth\n\n# First"))
    assert b"pdfuaid" in pdf


def test_a_notebook_with_nothing_in_it_is_a_page() -> None:
    pdf, _ = pdf_text()
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
