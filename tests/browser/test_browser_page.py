"""Pages in a real browser: they ask for nothing, complain of nothing, and bar nobody."""

from __future__ import annotations

import itertools

import pytest
from sample_pages import PAGES

pytestmark = pytest.mark.browser

LOOKS = list(itertools.product((390, 1280), ("light", "dark")))
"""What a page is looked at in: one kind in all of them, the others once at each."""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_fits_its_window(opened, pages, axe, name: str) -> None:
    """At both widths, by day and by night, and nobody is barred: axe knows of no breach."""
    with opened(pages(name)) as tab:
        if name == "live":
            tab.page.wait_for_selector(".rk-drawn")
        assert [url[:60] for url in tab.asked if not url.startswith("data:")] == [tab.page.url[:60]]
        assert tab.page.locator("script").count() == 1
        assert tab.page.locator("a[href^='javascript:']").count() == 0
        assert tab.page.title() != "owned"
        for width, scheme in LOOKS if name == "internal" else (LOOKS[1], LOOKS[2]):
            tab.looked_at(width, scheme)
            where = f"{name} at {width}, {scheme}"
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= width, where
            assert tab.breaches(axe) == [], where
        assert tab.said == []


def test_axe_finds_what_is_there_to_find(opened, pages, axe) -> None:
    with opened(pages("review")) as tab:
        tab.page.evaluate("document.querySelector('main').append(document.createElement('button'))")
        found = tab.breaches(axe)
        assert len(found) == 1
        assert found[0].startswith("button-name")


@pytest.mark.parametrize("name", ["review", "german"])
@pytest.mark.parametrize("width", [768, 1920])
def test_widths_between_and_beyond_hold_the_page_too(opened, pages, name: str, width: int) -> None:
    with opened(pages(name), width) as tab:
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["review", "internal"])
def test_headings_follow_one_another_without_a_gap(opened, pages, name: str) -> None:
    with opened(pages(name)) as tab:
        levels = [
            int(tag[1])
            for tag in tab.page.evaluate(
                "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(item => item.tagName)"
            )
        ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_page_reads_without_scripts(opened, pages) -> None:
    with opened(pages("review"), scripts=False) as tab:
        assert tab.page.locator(".rk-num").first.inner_text() == "94.6"
        assert tab.page.locator("th[data-sort]").first.inner_text() == "Site"
        assert tab.page.locator(".rk-chart svg:visible").count() == 2
        assert tab.page.get_by_role("link", name="Scorecard").is_visible()
        assert tab.page.locator("#def-on_time").is_visible()


def test_a_phone_breaks_no_word_of_a_name_beside_the_wide_logo_of_the_provider(
    opened, pages
) -> None:
    wide = (
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='300' height='56'></svg>"
    )
    with opened(pages("review"), 390) as tab:
        # As lines one by one: a word that is broken takes two boxes.
        boxes = tab.page.evaluate(
            """async wide => {
                const logo = document.querySelector(".rk-header>div>.rk-logo") || new Image();
                logo.className = "rk-logo";
                logo.src = wide;
                document.querySelector(".rk-header>div").append(logo);
                await logo.decode();
                const name = document.querySelector(".rk-client");
                name.textContent = "Elderwick Electronics";
                document.querySelector(".rk-open-contents").textContent = "Abschnitte";
                return [[0, 9], [10, 21]].map(([from, to]) => {
                    const word = document.createRange();
                    word.setStart(name.firstChild, from);
                    word.setEnd(name.firstChild, to);
                    return word.getClientRects().length;
                });
            }""",
            wide,
        )
        assert boxes == [1, 1]
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_paper_it_is_the_wide_charts_and_no_controls(opened, pages) -> None:
    with opened(pages("review"), 390) as tab:
        assert tab.page.locator(".rk-narrow svg:visible").count() == 2
        tab.page.emulate_media(media="print")
        assert tab.page.locator(".rk-narrow svg:visible").count() == 0
        assert tab.page.locator(".rk-wide svg:visible").count() == 2
        assert not tab.page.locator(".rk-sort-list").first.is_visible()
        assert not tab.page.locator(".rk-open-contents").is_visible()


def test_paper_is_white_by_night_too_and_says_whose_it_is(opened, pages) -> None:
    """Ink #1A2028 whatever the reader's setting; the band's ground is printed with it."""
    with opened(pages("internal")) as tab:
        tab.page.emulate_media(media="print", color_scheme="dark")
        ink = tab.page.locator("h1").evaluate("node => getComputedStyle(node).color")
        assert ink == "rgb(26, 32, 40)"
        band = tab.page.locator(".rk-band").evaluate(
            "node => getComputedStyle(node).printColorAdjust"
        )
        assert band == "exact"


def test_a_page_tells_no_figure_beyond_what_is_printed(pages) -> None:
    """The evidence's typed values (0.94641509), and those behind charts and ranks, stay out."""
    html = pages("review").read_text(encoding="utf-8")
    assert "8,778 ÷ 9,275" in html
    assert "0.9464" not in html
    assert "0.961" not in html
