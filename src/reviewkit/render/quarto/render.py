"""One executed notebook through Quarto, in a folder of its own that is gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from reviewkit.errors import RenderError, UsageError, nearest
from reviewkit.render.document import read_document
from reviewkit.render.quarto.prepare import prepared
from reviewkit.render.quarto.program import quarto_program, run_quarto
from reviewkit.render.typeface import FONT_FOLDER

FORMATS = {"html": "reviewkit-html", "pdf": "reviewkit-typst"}
"""Quarto's name of each format, by the ending of its file."""

_EXTENSION = "_extensions/reviewkit"
_UNDATED = 946684800
"""The first second of 2000 dates a PDF without a data cut-off; the clock is never read."""

SECONDS = 300.0
"""How long one run of Quarto may take; the first of a machine fills its cache."""


def render_quarto(
    notebook: NotebookNode,
    stem: str,
    formats: Sequence[str],
    *,
    quarto: Path | None = None,
    extension: Path | None = None,
    seconds: float = SECONDS,
) -> dict[str, bytes]:
    """Return the executed `notebook` in each of `formats` ("html", "pdf"), made by Quarto.

    `stem` names a notebook that has no title. `extension` is a folder with the format
    extension, a workspace's own for one; by default the one that comes with reviewkit.
    Raises `UsageError` where Quarto is not installed or a format is not its to make, and
    `RenderError` where it fails, or is not done with a format within `seconds`.
    """
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f'Quarto does not make "{name}". {nearest(name, FORMATS)}')
    program = quarto_program(quarto)
    document = read_document(notebook, stem)
    text = str(nbformat.writes(prepared(document)))
    generated = document.front.generated
    added = {
        "SOURCE_DATE_EPOCH": str(int(generated.timestamp()) if generated else _UNDATED),
        "TYPST_FONT_PATHS": str(FONT_FOLDER),
    }
    with tempfile.TemporaryDirectory(prefix="reviewkit-quarto-") as name:
        folder = Path(name).resolve()
        shutil.copytree(extension or extension_folder(), folder / _EXTENSION)
        made = {}
        for suffix in formats:
            (folder / "report.ipynb").write_text(text, encoding="utf-8")
            run_quarto(program, _arguments(suffix), folder, added, seconds)
            made[suffix] = _written(folder / f"report.{suffix}")
        return made


def extension_folder() -> Path:
    """Return the folder of the format extension, from the wheel or from a checkout."""
    package = Path(__file__).resolve().parents[2]
    for root in (package / "_workspace", package.parents[1]):
        folder = root / "notebooks" / _EXTENSION
        if (folder / "_extension.yml").is_file():
            return folder
    raise RenderError(
        f"{package} does not carry its Quarto extension: install reviewkit from its wheel, or "
        "from a checkout with pip install -e ."
    )


def _arguments(suffix: str) -> tuple[str, ...]:
    # --quiet would silence errors too.
    return (
        *("render", "report.ipynb", "--to", FORMATS[suffix]),
        *("--no-execute", "--log-level", "warning"),
    )


def _written(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RenderError(
            f"quarto ended without an error but wrote no {path.suffix[1:]} file. "
            "Try quarto check, or leave --engine away."
        ) from error
