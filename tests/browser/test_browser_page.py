"""A page in a real browser: it asks for nothing, complains of nothing, and fits its window."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from reviewkit.blocks import (
    Cell,
    Chart,
    Column,
    Front,
    Heading,
    Markdown,
    Prose,
    Reference,
    Row,
    Span,
    Status,
    Table,
    Tile,
    Tiles,
)
from reviewkit.render.document import Document
from reviewkit.render.html import write_html

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium"),
]

HOSTILE = "<script>document.title='owned'</script>"
CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"m": "Jul", "v": 1}, {"m": "Aug", "v": 2}]},
    "mark": "bar",
    "encoding": {"x": {"field": "m"}, "y": {"field": "v", "type": "quantitative"}},
    "width": 440,
    "height": 120,
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a block of most kinds, and names that would like to be code."""
    tile = Tile(
        label="On-time delivery",
        text="94.6",
        unit="%",
        status=Status(state="missed", word="Missed", detail="by 1.9"),
        references=(Reference(label="Target", text="≥ 96.5"),),
    )
    columns = [Column(key=f"c{n}", label=f"Column {n}", align="right") for n in range(9)]
    rows = [Row(cells=tuple(Cell(text=f"{n * 1_234_567:,}") for n in range(9))) for _ in range(3)]
    parts = (
        Heading(role="headline", text=f"All is well {HOSTILE}"),
        Prose(paragraphs=((Span(text="A long name: " + "x" * 200),),)),
        Tiles(tiles=(tile,) * 6),
        Heading(role="page", text="Figures", nav="Figures"),
        Table(columns=tuple(columns), rows=tuple(rows), summary="Figures"),
        Chart(spec=CHART, alt="Two months"),
        Markdown(source=f"Words {HOSTILE} and [a link](javascript:alert(1))", author="A. Person"),
    )
    front = Front(
        client=HOSTILE,
        report="Review",
        period="July to September 2026",
        provider="House",
        title="A review",
        language="en-GB",
    )
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(write_html(Document(front=front, parts=parts, ours=True)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as Debian ships it, without its own calls home."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_asks_for_nothing_and_fits_its_window(browser, page, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    tab = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(page.as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1
    assert said == []
    assert tab.title() == "A review"
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.locator("script").count() == 1
    assert tab.locator("a[href^='javascript:']").count() == 0
    context.close()


def test_headings_follow_one_another_without_a_gap(browser, page) -> None:
    tab = browser.new_page()
    tab.goto(page.as_uri())
    levels = [
        int(name[1])
        for name in tab.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(item => item.tagName)"
        )
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    tab.close()
