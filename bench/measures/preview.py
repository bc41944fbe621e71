"""From a save to the page that a browser shows anew, with a preview running."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.measuring import REVIEWKIT, Bench, Line, command
from reviewkit.demo import write_demo

CLIENT = "acme"
UNDER = 2.0
_PATIENCE = 60_000
_NEWER = "shown => Number(document.body.dataset.page) > shown"


def measure(bench: Bench) -> Iterator[Line]:
    """Save the commentary, the facts of the review and the notebook in turn, for two reports.

    The peer is the command that makes the same page of the same workspace: what an author
    would type after each save.
    """
    workspace = bench.once("demo", write_demo)
    for report in ("executive", "qbr"):
        with _shown(workspace, report) as page:
            ours = [_saved(page, path) for path in _files(workspace, report) * bench.size(5, 1)]
        build = (REVIEWKIT, "build", CLIENT, "--report", report, "--audience", "client")
        where = ("--format", "html", "--force", "--workspace", workspace)
        theirs = [command(*build, *where).seconds for _ in range(bench.size(5, 1))]
        mine, peer = statistics.median(ours), statistics.median(theirs)
        yield Line(
            what=f"save to reloaded page, {report}, preview running",
            against="building the page anew",
            ours=mine,
            peer=peer,
            unit="s",
            ratio=peer / mine,
            aim=f"< {UNDER:.0f} s",
            met=mine < UNDER,
            note=f"slowest of {len(ours)}: {max(ours):.1f} s",
        )


def _files(workspace: Path, report: str) -> list[Path]:
    params = workspace / "params" / CLIENT
    return [params / "2026Q3.md", params / "2026Q3.yaml", workspace / f"notebooks/{report}.ipynb"]


@contextmanager
def _shown(workspace: Path, report: str) -> Iterator[Page]:
    """Run a preview and look at it; give the browser's page once the first one is there."""
    process = subprocess.Popen(  # noqa: S603 - the words are this package's own
        [REVIEWKIT, "preview", CLIENT, "--report", report, "--workspace", str(workspace)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    if process.stdout is None:
        raise RuntimeError("the preview says nothing")
    chromium = shutil.which("chromium")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=quiet)
            page = browser.new_page(bypass_csp=True)
            page.goto(process.stdout.readline().strip())
            page.wait_for_selector("body[data-page='1']", timeout=_PATIENCE)
            yield page
            browser.close()
    finally:
        # Started in the background, it would not hear an interrupt.
        process.terminate()
        process.wait()


def _saved(page: Page, path: Path) -> float:
    """Return the seconds from a save of `path` to the page that shows it; it ends as it was."""
    text = path.read_text(encoding="utf-8")
    took = _written(page, path, text + "\n")
    _written(page, path, text)
    return took


def _written(page: Page, path: Path, text: str) -> float:
    shown = int(page.get_attribute("body", "data-page") or 0)
    began = time.monotonic()
    path.write_text(text, encoding="utf-8")
    # Waiting for a selector looks only twice a second.
    page.wait_for_function(_NEWER, arg=shown, polling=10, timeout=_PATIENCE)
    return time.monotonic() - began
