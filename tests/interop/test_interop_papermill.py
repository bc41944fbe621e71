"""Our notebooks run by papermill itself, in a workspace, and converted by nbconvert."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pikepdf
import pytest
from converting import nbconvert, words
from demos import copied

from reviewkit.blocks import MIME

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(demo_cubed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo workspace in which papermill has run the executive review."""
    root = copied(demo_cubed, tmp_path_factory.mktemp("workspace"))
    hidden = ("PYTHONWARNINGS", "REVIEWKIT_EXTRACT")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "papermill", "notebooks/executive.ipynb", "out.ipynb"),
            *("-p", "client", "acme", "-p", "period", "2026Q3", "--no-progress-bar"),
        ],
        cwd=root,
        capture_output=True,
        text=True,
        env={key: value for key, value in os.environ.items() if key not in hidden},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return root


def test_papermill_runs_our_notebook_with_its_parameters(folder: Path) -> None:
    notebook = nbformat.read(folder / "out.ipynb", as_version=4)
    nbformat.validate(notebook)
    injected = [
        cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", ())
    ]
    assert len(injected) == 1
    assert 'period = "2026Q3"' in injected[0].source
    assert any(
        MIME in output.get("data", {})
        for cell in notebook.cells
        for output in cell.get("outputs", ())
    )


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_nbconvert_makes_of_it_the_clients_review(folder: Path, form: str) -> None:
    said = nbconvert(folder, form, ["out"])
    assert "WARNING" not in said
    text = words(folder / f"out.{form}")
    assert "on time" in text
    # A review shows no code, and nothing of the house.
    assert "open_review" not in text
    assert "INTERNAL" not in text
    if form == "pdf":
        with pikepdf.open(folder / "out.pdf") as pdf, pdf.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
            assert "July to September 2026" in str(facts["dc:title"])


def test_code_is_shown_in_a_review_where_that_is_asked_for(folder: Path) -> None:
    nbconvert(folder, "pdf", ["out"], "--PdfExporter.show_code=True")
    assert "open_review" in words(folder / "out.pdf")
