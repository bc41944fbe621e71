"""All foreign notebooks converted by nbconvert, once per format, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import notebook_files as nb
import pytest
from converting import NOTEBOOKS, Converted, nbconvert
from sharing import Once


@pytest.fixture(scope="session")
def convert(once: Once) -> Callable[[str], Converted]:
    """Convert all notebooks to a format; each format once."""

    def made(form: str) -> Converted:
        folder = once(f"converted-{form}", partial(_convert_all, form))
        return Converted(form, folder, (folder / "log.txt").read_text(encoding="utf-8"))

    return made


def _convert_all(form: str, folder: Path) -> None:
    before = {
        name: nb.write(folder, name, notebook).read_bytes() for name, notebook in NOTEBOOKS.items()
    }
    log = nbconvert(folder, form, list(NOTEBOOKS))
    after = {name: (folder / f"{name}.ipynb").read_bytes() for name in NOTEBOOKS}
    assert after == before
    (folder / "log.txt").write_text(log, encoding="utf-8")


@pytest.fixture(params=["pdf", "html"])
def converted(request: pytest.FixtureRequest, convert: Callable[[str], Converted]) -> Converted:
    return convert(request.param)


@pytest.fixture
def pdfs(convert: Callable[[str], Converted]) -> Converted:
    return convert("pdf")


@pytest.fixture
def pages(convert: Callable[[str], Converted]) -> Converted:
    return convert("html")
