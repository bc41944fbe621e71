"""The usual pipeline: papermill, then nbconvert to HTML and, through Chromium, to PDF.

Run as `python -m bench.peer REVIEWS PROCESSES FORMAT...`. Each process keeps its libraries,
as a script of an analyst's own would; kernels are ordinary ones.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.notebooks import Review, read_reviews

_ARGUMENTS = (
    # Without a sandbox of its own it runs as root and in containers;
    "--no-sandbox",
    # and the scripts that nbconvert's page names are not waited for.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def use_chromium() -> None:
    """Have nbconvert print with the system's Chromium; raises `RuntimeError` without one."""
    from playwright.async_api import BrowserType

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise RuntimeError("Chromium is needed. Debian: apt-get install chromium")
    launch: Any = BrowserType.launch

    async def launch_found(self: BrowserType, args: Any = (), **kw: Any) -> Any:
        return await launch(self, executable_path=found, args=[*args, *_ARGUMENTS], **kw)

    BrowserType.launch = launch_found  # type: ignore[method-assign]


def execute(review: Review) -> Path:
    """Run a review's notebook with papermill in an ordinary kernel; return the executed one."""
    import papermill

    executed = Path(review.folder) / f"{review.client}.ipynb"
    os.environ["REVIEWKIT_EXTRACT"] = review.extract
    papermill.execute_notebook(
        review.notebook,
        executed,
        parameters=review.parameters,
        kernel_name="python3",
        progress_bar=False,
    )
    return executed


def to_html(executed: Path) -> None:
    """Write an executed notebook as nbconvert's page."""
    from nbconvert.exporters import HTMLExporter

    page, _ = HTMLExporter().from_filename(str(executed))
    executed.with_suffix(".html").write_text(page)


def to_pdf(executed: Path) -> None:
    """Print an executed notebook as nbconvert's webpdf does."""
    from nbconvert.exporters import WebPDFExporter

    printed, _ = WebPDFExporter().from_filename(str(executed))
    executed.with_suffix(".pdf").write_bytes(printed)


FORMATS: dict[str, Callable[[Path], None]] = {"html": to_html, "pdf": to_pdf}


def make(review: Review, formats: list[str]) -> None:
    """Make one review in each of `formats`."""
    executed = execute(review)
    for name in formats:
        FORMATS[name](executed)


def main(listed: str, processes: str, *formats: str) -> None:
    """Make all reviews that are listed."""
    reviews = read_reviews(Path(listed))
    context = multiprocessing.get_context("spawn")
    with context.Pool(int(processes), initializer=use_chromium) as pool:
        pool.map(partial(make, formats=list(formats)), reviews, chunksize=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
