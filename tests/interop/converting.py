"""Notebooks run through nbconvert as a user would, and what a reader finds in the result."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import interactive
import strangers
from pypdf import PdfReader

NOTEBOOKS: Mapping[str, Any] = {
    "words": strangers.WORDS,
    "maths": strangers.MATHS,
    "pictures": strangers.PICTURES,
    "pdf_picture": strangers.PDF_PICTURE,
    "tables": strangers.TABLES,
    "programs": strangers.PROGRAMS,
    "huge": strangers.HUGE,
    "raw": strangers.RAW,
    "signs": strangers.SIGNS,
    "empty": strangers.EMPTY,
    "never_run": strangers.NEVER_RUN,
    "markdown_only": strangers.MARKDOWN_ONLY,
    "old_3": strangers.OLD_3,
    "tagged": strangers.TAGGED,
    "interactive": interactive.INTERACTIVE,
    "charts": interactive.CHARTS,
    **{f"minor_{minor}": strangers.old_version(minor) for minor in range(6)},
}


def nbconvert(folder: Path, form: str, names: list[str], *options: str) -> str:
    """Run nbconvert as a user would; return what it said."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONWARNINGS"}
    done = subprocess.run(
        [
            *(sys.executable, "-m", "nbconvert", "--to", f"reviewkit-{form}", *options),
            *(f"{name}.ipynb" for name in names),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        env=environment | {"JUPYTER_CONFIG_DIR": str(folder)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def words(path: Path) -> str:
    """Return what a reader finds in a PDF or page, with single spaces."""
    if path.suffix == ".pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    else:
        body = path.read_text(encoding="utf-8").partition("<main")[2].partition("</main>")[0]
        text = unescape(re.sub(r"<[^>]*>", " ", body))
    return " ".join(text.replace("\u200b", "").split())


@dataclass(frozen=True)
class Converted:
    """What nbconvert made of every notebook in one format, and what it said of each."""

    form: str
    folder: Path
    log: str

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.{self.form}"

    def words(self, name: str) -> str:
        return words(self.path(name))

    def said(self, name: str) -> list[str]:
        """Return the warnings about one notebook."""
        part = self.log.partition(f"Converting notebook {name}.ipynb")[2]
        part = part.partition("Converting notebook")[0]
        return re.findall(r"WARNING \| (.*)", part)
