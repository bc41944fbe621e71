"""A preview at work: a save reaches the browser, a mistake is told over the last good page."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from houses import HEADING, write_house, write_notebook
from playwright.sync_api import Browser, Page, expect
from sample_pages import RULES

from reviewkit.build.preview.server import serving
from reviewkit.build.preview.shown import Made, Shown

pytestmark = pytest.mark.browser

PATIENCE = 120_000
"""Milliseconds for what a busy machine may take long for."""


@dataclass
class Preview:
    """A running preview: its workspace, its process, and a browser that looks at it."""

    root: Path
    process: subprocess.Popen[str]
    page: Page
    said: list[str]

    def shows(self, count: int) -> None:
        """Wait until the page of that number is there."""
        self.page.wait_for_selector(f"body[data-page='{count}']", timeout=PATIENCE)

    @property
    def heading(self) -> str:
        """The headline of the report."""
        return self.page.frame_locator("iframe:not(.waiting)").locator("h1").inner_text()


@pytest.fixture(scope="module")
def running(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the smallest workspace, its first page shown."""
    root = write_house(tmp_path_factory.mktemp("preview") / "house", "tiny")
    process = subprocess.Popen(
        [sys.executable, "-m", "reviewkit", "preview", "tiny", "--workspace", str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        # Tests that run in the background were told to ignore it, and it would be inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        page.goto(process.stdout.readline().strip())
        preview = Preview(root, process, page, said)
        preview.shows(1)
        yield preview
    finally:
        page.close()
        process.kill()
        process.communicate()


def test_a_preview_from_the_first_page_to_ctrl_c(running: Preview) -> None:
    """One run of it: each step needs the one before."""
    assert running.heading == "Forty deliveries"
    notebook = running.root / "notebooks" / "small.ipynb"
    long = "show(Heading(role='page', text='Below'))\n" * 60

    # A save reaches the page, and the reader stays where they were.
    write_notebook(notebook, HEADING.replace("Forty", "Forty-one"), long)
    running.shows(2)
    assert running.heading == "Forty-one deliveries"
    running.page.locator("iframe:not(.waiting)").evaluate(
        "frame => frame.contentWindow.scrollTo({top: 900, behavior: 'instant'})"
    )
    write_notebook(notebook, HEADING.replace("Forty", "Forty-two"), long)
    running.shows(3)
    assert running.heading == "Forty-two deliveries"
    at = running.page.locator("iframe:not(.waiting)").evaluate("f => f.contentWindow.scrollY")
    assert at == 900

    # A mistake in a file is told in words, over the last good page.
    client = running.root / "params" / "tiny" / "client.yaml"
    good = client.read_text()
    client.write_text("name: [")
    error = running.page.get_by_role("alert")
    expect(error).to_be_visible(timeout=PATIENCE)
    expect(error).to_contain_text("params/tiny/client.yaml:")
    assert running.heading == "Forty-two deliveries"
    client.write_text(good)
    running.shows(4)
    expect(error).to_be_hidden()

    # So is a cell that fails.
    write_notebook(notebook, "1 / 0")
    expect(error).to_be_visible(timeout=PATIENCE)
    expect(error).to_contain_text("ZeroDivisionError")
    write_notebook(notebook, HEADING)
    running.shows(5)

    # The file is the page, and nothing was added to either; no pack was touched.
    made = running.root / ".reviewkit" / "preview" / "tiny" / "2026Q3" / "small-client.html"
    html = made.read_text(encoding="utf-8")
    assert "EventSource" not in html
    assert running.page.evaluate("fetch('page').then(answer => answer.text())") == html
    assert not (running.root / "reports").exists()
    assert running.said == []

    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(60) == 0
    expect(running.page.get_by_role("status")).to_have_text("The preview has ended")


def test_the_frame_around_a_page_bars_nobody(browser: Browser, axe: str) -> None:
    shown = Shown()
    shown.put(Made(b"<!DOCTYPE html><html lang=en><title>A</title><main><h1>A</h1></main></html>"))
    shown.put(Made(error="params/tiny/client.yaml:1: no YAML. " * 20))
    for scheme, locale, sorry in (
        ("light", "en-GB", "This save cannot be shown. Below stands the last one that could."),
        ("dark", "de-DE", "Der gespeicherte Stand lässt sich nicht anzeigen. "),
    ):
        with serving(shown, "Tiny, small, client", 0, locale) as address:
            page = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 700})  # type: ignore[arg-type]
            page.goto(address)
            expect(page.get_by_role("alert")).to_be_visible()
            expect(page.get_by_role("alert")).to_contain_text(sorry)
            assert page.locator("html").get_attribute("lang") == locale[:2]
            page.evaluate(f"{axe};0")
            found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", RULES)
            assert found["violations"] == []
            page.close()
