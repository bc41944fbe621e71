"""All foreign notebooks converted by nbconvert, once per format, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable

import notebook_files as nb
import pytest
from converting import NOTEBOOKS, Converted, nbconvert


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Converted]:
    """Convert all notebooks to a format; each format once."""
    done: dict[str, Converted] = {}

    def made(form: str) -> Converted:
        if form not in done:
            folder = tmp_path_factory.mktemp(form)
            before = {
                name: nb.write(folder, name, notebook).read_bytes()
                for name, notebook in NOTEBOOKS.items()
            }
            log = nbconvert(folder, form, list(NOTEBOOKS))
            after = {name: (folder / f"{name}.ipynb").read_bytes() for name in NOTEBOOKS}
            assert after == before
            done[form] = Converted(form, folder, log)
        return done[form]

    return made


@pytest.fixture(params=["pdf", "html"])
def converted(request: pytest.FixtureRequest, convert: Callable[[str], Converted]) -> Converted:
    return convert(request.param)


@pytest.fixture
def pdfs(convert: Callable[[str], Converted]) -> Converted:
    return convert("pdf")


@pytest.fixture
def pages(convert: Callable[[str], Converted]) -> Converted:
    return convert("html")
