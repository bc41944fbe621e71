"""Executed notebooks by way of Quarto: what it is given, how it is run, what is said of a failure.

Quarto itself is a download; `quarto_stand_in.py` asks what it asks and converts as it does.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import pickle
import shutil
import stat
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from reviewkit.blocks import (
    MIME,
    Block,
    Cell,
    Chart,
    Column,
    Front,
    Heading,
    Row,
    Table,
    to_json,
)
from reviewkit.errors import RenderError, UsageError
from reviewkit.render.quarto import extension_folder, quarto_program, render_quarto

FRONT = Front(
    client='Halden #read("/etc/passwd")',
    report="QBR",
    period="Q3 2026",
    provider="Meridian",
    title="Halden: QBR $1",
    source="Data to 30 Sept",
    confidentiality="Confidential",
    generated=dt.datetime(2026, 10, 6, 18, 0, tzinfo=dt.UTC),
)
CHART = Chart(
    spec={
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [{"x": "a", "y": 3}]},
        "mark": "bar",
        "encoding": {"x": {"field": "x"}, "y": {"field": "y", "type": "quantitative"}},
    },
    alt="Bars: 'a' is\\' 3",
)
TABLE = Table(
    columns=(Column(key="lane", label="Lane"), Column(key="n", label="n", align="right")),
    rows=(
        Row(cells=(Cell(text="Venlo | Lyon"), Cell(text="1,520", value=1520, type="int"))),
        Row(cells=(Cell(text="All"), Cell(text="9,301", value=9301, type="int")), total=True),
    ),
    summary="Deliveries by lane",
)


def block(item: Block, *tags: str) -> NotebookNode:
    bundle = {MIME: to_json(item), "text/html": "<p>page</p>", "text/plain": "alt.Chart(...)"}
    return new_code_cell(
        "show()", outputs=[new_output("display_data", bundle)], metadata={"tags": list(tags)}
    )


def review(*more: NotebookNode) -> NotebookNode:
    head = Heading(role="headline", text="On time fell to 94.6%")
    return new_notebook(cells=[block(FRONT), block(head), block(TABLE), *more])


def program(folder: Path, source: str) -> Path:
    """Write a program called quarto; `source` is Python, run by this Python."""
    path = folder / "quarto"
    path.write_text(f"#!{sys.executable}\n{source}", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def quarto(tmp_path: Path) -> Path:
    stand_in = Path(__file__).with_name("quarto_stand_in.py")
    return program(tmp_path, stand_in.read_text(encoding="utf-8"))


def words(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_review_becomes_a_page_and_a_pdf(quarto: Path) -> None:
    made = render_quarto(review(block(CHART)), "qbr", ("html", "pdf"), quarto=quarto)
    page, text = made["html"].decode(), words(made["pdf"])
    assert "On time fell to 94.6%" in text
    assert "Venlo | Lyon" in text
    assert "9,301" in text
    assert 'Halden #read("/etc/passwd")' in text
    assert "alt.Chart" not in text
    assert "On time fell to 94.6%" in " ".join(page.split())
    assert 'class="rk"' in page
    assert "Bars: &#39;a&#39; is/&#39; 3" in page or "Bars: 'a' is/' 3" in page
    assert "<img" in page
    assert "data:image/svg+xml" in page


def test_the_same_notebook_gives_the_same_bytes_and_stays_as_it_was(quarto: Path) -> None:
    book = review(block(CHART))
    before = pickle.dumps(book)
    call = pickle.loads(pickle.dumps(partial(render_quarto, quarto=quarto)))
    assert call(book, "qbr", ("html",)) == call(book, "qbr", ("html",))
    assert pickle.dumps(book) == before


def test_internal_cells_stay_out_of_a_client_version(quarto: Path) -> None:
    secret = Heading(role="section", text="Margin of 12.3%")
    made = render_quarto(review(block(secret, "internal")), "qbr", ("html", "pdf"), quarto=quarto)
    assert b"Margin" not in made["html"]
    assert "Margin" not in words(made["pdf"])


def test_an_internal_version_says_so_on_every_page(quarto: Path) -> None:
    house = FRONT.model_copy(update={"audience": "internal"})
    page_two = new_markdown_cell("\n\n".join(["A line of words."] * 120))
    book = new_notebook(cells=[block(house), block(TABLE), page_two])
    made = render_quarto(book, "qbr", ("html", "pdf"), quarto=quarto)
    pages = PdfReader(io.BytesIO(made["pdf"])).pages
    assert len(pages) > 1
    assert all("INTERNAL Meridian only" in " ".join(p.extract_text().split()) for p in pages)
    assert b"<strong>INTERNAL</strong> Meridian only" in made["html"].replace(b"\n", b" ")


def test_a_notebook_of_strangers_keeps_its_title_and_output(quarto: Path) -> None:
    printed = new_code_cell("print(1)", outputs=[new_output("stream", text="one\n")])
    book = new_notebook(
        cells=[new_markdown_cell("# Stock count\n\n| a | b |\n|-|-|\n| 1 | 2 |"), printed]
    )
    text = words(render_quarto(book, "count", ("pdf",), quarto=quarto)["pdf"])
    for part in ("Stock count", "print(1)", "one", "a b 1 2"):
        assert part in text


def test_only_what_quarto_needs_is_in_its_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAREHOUSE_PASSWORD", "hunter2")
    told = program(tmp_path, "import os\nopen('report.html', 'w').write(repr(dict(os.environ)))\n")
    seen = render_quarto(review(), "qbr", ("html",), quarto=told)["html"].decode()
    assert "WAREHOUSE_PASSWORD" not in seen
    # 2026-10-06 18:00 UTC, counted from 1970: 20,732 days and 18 hours.
    assert "'SOURCE_DATE_EPOCH': '1791309600'" in seen


def test_its_folder_is_gone_afterwards(tmp_path: Path) -> None:
    told = program(tmp_path, "import os\nopen('report.html', 'w').write(os.getcwd())\n")
    folder = Path(render_quarto(review(), "qbr", ("html",), quarto=told)["html"].decode())
    assert not folder.exists()


def test_a_failure_is_told_by_its_first_telling_line(tmp_path: Path) -> None:
    source = (
        "import sys\n"
        "sys.stderr.write('Rendering\\n\\x1b[31mERROR: no such format\\x1b[39m\\nStack trace\\n')\n"
        "sys.exit(3)\n"
    )
    with pytest.raises(RenderError, match=r"^quarto ended with 3: ERROR: no such format$"):
        render_quarto(review(), "qbr", ("html",), quarto=program(tmp_path, source))


def test_an_end_without_a_file_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="wrote no pdf file"):
        render_quarto(review(), "qbr", ("pdf",), quarto=program(tmp_path, ""))


@pytest.mark.skipif(os.name != "posix", reason="process groups")
def test_a_run_that_does_not_end_is_stopped_with_all_it_started(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    source = (
        "import subprocess, sys, pathlib\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(pid)!r}).write_text(str(child.pid))\n"
        "child.wait()\n"
    )
    with pytest.raises(RenderError, match="did not end within 2 s"):
        render_quarto(review(), "qbr", ("html",), quarto=program(tmp_path, source), seconds=2)
    for _ in range(100):
        if not alive(int(pid.read_text())):
            return
        time.sleep(0.05)
    pytest.fail("what quarto started runs on")


def alive(pid: int) -> bool:
    try:
        stat_line = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    # A process that nobody has asked after yet is a zombie: it runs no more.
    return stat_line.rpartition(")")[2].split()[0] != "Z"


def test_without_quarto_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(UsageError) as said:
        render_quarto(review(), "qbr", ("html",))
    assert str(said.value) == (
        "quarto is not installed: pip install quarto-cli, or leave --engine away."
    )


def test_quarto_is_found_beside_this_python(
    tmp_path: Path, quarto: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert quarto_program() == quarto


def test_a_format_that_is_not_quartos_to_make_is_named() -> None:
    with pytest.raises(UsageError, match=r'Quarto does not make "xlsx"\. Valid: html, pdf\.'):
        render_quarto(review(), "qbr", ("xlsx",))


def test_a_workspace_may_bring_its_own_extension(tmp_path: Path, quarto: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(extension_folder(), own)
    show = own / "typst-show.typ"
    show.write_text(
        show.read_text(encoding="utf-8").replace("line-text: [", "line-text: [House style, "),
        encoding="utf-8",
    )
    made = render_quarto(review(), "qbr", ("pdf",), quarto=quarto, extension=own)
    assert "House style, QBR, Q3 2026" in words(made["pdf"])
