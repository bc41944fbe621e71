"""One browser for all tests, and pages that are made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sample_pages import PAGES, RULES

CHROMIUM = shutil.which("chromium")


@dataclass
class Tab:
    """A page in the browser, what it asked for and what it complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def looked_at(self, width: int, scheme: str) -> None:
        """Look at the page in another window, by day ("light") or by night."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]

    def breaches(self, axe: str) -> list[str]:
        """Return what axe finds: the rule, and where."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe)
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, "
            "resultTypes: ['violations']})",
            RULES,
        )
        return [
            f"{item['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
            for item in found["violations"]
            for node in item["nodes"]
        ]


OpenTab = Callable[..., AbstractContextManager[Tab]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as Debian ships it, without its own calls home."""
    if not CHROMIUM:
        pytest.skip("needs Chromium: apt-get install chromium")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script that looks for barriers, as its package ships it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives the file of a page by its name; it is made when first asked for."""
    folder = tmp_path_factory.mktemp("pages")

    def made(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(PAGES[name](), encoding="utf-8")
        return path

    return made


@pytest.fixture(scope="session")
def opened(browser: Browser) -> OpenTab:
    """Opens a file, offline: `opened(path, width=390, scheme="dark", scripts=False)`."""

    @contextmanager
    def opened(
        path: Path, width: int = 1280, scheme: str = "light", *, scripts: bool = True
    ) -> Iterator[Tab]:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            offline=True,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        tab = Tab(context.new_page())
        tab.page.on("request", lambda request: tab.asked.append(request.url))
        tab.page.on("console", lambda message: tab.said.append(message.text))
        tab.page.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.page.goto(path.as_uri())
        yield tab
        context.close()

    return opened
