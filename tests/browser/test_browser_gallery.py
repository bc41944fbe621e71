"""The gallery in a browser, from the disk: found by search and filters, and who may read what."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from reviewkit.blocks import Audience
from reviewkit.render.gallery import Card, Link, Listed, Standing, write_gallery_page
from reviewkit.speech import speaking

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=document.title='owned'>"


def card(slug: str, name: str, period: str, standing: Standing, *kinds: str) -> Card:
    """Return a pack with the reports of `kinds`, "qbr" for the client and "qbr!" for the house."""
    reports = []
    for kind in kinds:
        audience: Audience = "internal" if kind.endswith("!") else "client"
        own = kind.rstrip("!")
        links = (Link("HTML", f"{slug}/{period}/{own}.html"), Link("PDF", f"{slug}/{own}.pdf"))
        reports.append(Listed(own, own.upper(), audience, links))
    return Card(
        client=name,
        slug=slug,
        period=period,
        period_title=f"Period {period}",
        standing=standing,
        standing_note="",
        headline=f"Headline of {name}",
        picture="",
        reports=tuple(reports),
        cutoff="Data to 6 Oct 2026",
    )


CARDS = (
    card("acme", "Acme Motors", "2026Q3", "approved", "qbr", "qbr!", "executive"),
    card("acme", "Acme Motors", "2026Q2", "posted", "executive"),
    card("lodz", "Łódź Pharma", "2026Q3", "built", "qbr!"),
    card("bad", f"Bad {HOSTILE}", "2026Q3", "changed", "monthly"),
)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gallery of four packs of three clients."""
    path = tmp_path_factory.mktemp("gallery") / "index.html"
    page = write_gallery_page("Meridian", "#FFD400", CARDS, [Link("Data check", "checks.html")])
    path.write_text(page, encoding="utf-8")
    return path


def test_the_gallery_asks_for_nothing_and_bars_nobody(opened, gallery, axe) -> None:
    with opened(gallery) as tab:
        for width, scheme in ((390, "dark"), (1280, "light")):
            tab.looked_at(width, scheme)
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
            assert tab.breaches(axe) == []
        assert [url for url in tab.asked if not url.startswith("data:")] == [tab.page.url]
        assert tab.page.title() == "Meridian: account reviews"
        assert tab.said == []


def test_a_german_gallery_speaks_german_also_in_what_it_answers(opened, tmp_path, axe) -> None:
    path = tmp_path / "index.html"
    with speaking("de-CH"):
        path.write_text(write_gallery_page("Meridian", "#FFD400", CARDS), encoding="utf-8")
    with opened(path) as tab:
        page = tab.page
        assert page.title() == "Meridian: Kundenberichte"
        assert page.locator("html").get_attribute("lang") == "de"
        expect(page.locator("#count")).to_have_text("4 Mappen")
        page.get_by_label("Suche").fill("lodz PHARMA")
        expect(page.locator("#count")).to_have_text("1 von 4 Mappen")
        assert page.locator(".g-who:visible").all_inner_texts() == ["NUR INTERN"]
        page.get_by_label("Suche").fill("xyz")
        expect(page.get_by_text("Keine Mappe passt.")).to_be_visible()
        page.get_by_label("Suche").fill("")
        page.get_by_role("button", name="1 Freigegeben").click()
        expect(page.locator("#count")).to_have_text("1 von 4 Mappen")
        assert tab.breaches(axe) == []


def test_packs_are_found_by_words_and_by_filters(opened, gallery) -> None:
    with opened(gallery) as tab:
        page = tab.page
        shown = page.locator(".g-card:visible")
        count = page.locator("#count")
        expect(count).to_have_text("4 packs")

        page.get_by_label("Search").fill("lodz PHARMA")
        expect(count).to_have_text("1 of 4 packs")
        expect(page.locator("h2:visible")).to_have_text("Łódź Pharma")
        page.get_by_label("Search").fill("")

        page.locator("#client").select_option("Acme Motors")
        assert shown.count() == 2
        page.locator("#period").select_option("Period 2026Q2")
        assert shown.count() == 1
        page.locator("#kind").select_option("QBR")
        expect(page.get_by_text("No pack matches")).to_be_visible()


def test_a_version_that_is_not_looked_for_is_out_of_sight(opened, gallery) -> None:
    with opened(gallery) as tab:
        page = tab.page
        assert page.locator(".g-who:visible", has_text="INTERNAL").count() == 2
        page.locator("#audience").select_option("For the client")
        assert page.locator(".g-who:visible", has_text="INTERNAL").count() == 0
        assert page.locator(".g-card:visible").count() == 3
        page.locator("#kind").select_option("QBR")
        left = page.locator(".g-card:visible li:visible")
        assert left.count() == 1
        assert left.get_by_role("link").first.get_attribute("href") == "acme/2026Q3/qbr.html"


def test_what_is_chosen_can_be_kept_as_a_bookmark(opened, gallery) -> None:
    with opened(gallery) as tab:
        tab.page.get_by_role("button", name="1 Approved").click()
        assert tab.page.locator(".g-card:visible").count() == 1
        assert tab.page.url.endswith("#standing=approved")
        tab.page.reload()
        expect(tab.page.locator("#count")).to_have_text("1 of 4 packs")
        assert tab.page.locator("#standing").input_value() == "approved"
        tab.page.get_by_role("button", name="1 Approved").click()
        expect(tab.page.locator("#count")).to_have_text("4 packs")


def test_without_scripts_every_pack_is_there(opened, gallery) -> None:
    with opened(gallery, scripts=False) as tab:
        assert tab.page.locator(".g-card:visible").count() == 4
        assert not tab.page.get_by_label("Search").is_visible()


def test_a_thousand_packs_are_a_page_still(opened, tmp_path: Path) -> None:
    """Each of four reports in two formats: three kilobytes a pack at most, and all found."""
    kinds = ("executive", "qbr", "executive!", "qbr!")
    cards = [
        card(f"client-{at // 4}", f"Client {at // 4}", f"202{at % 4}Q3", "built", *kinds)
        for at in range(1000)
    ]
    path = tmp_path / "index.html"
    path.write_text(write_gallery_page("Meridian", "#1B4B8F", cards), encoding="utf-8")
    assert path.stat().st_size < 3_000_000
    with opened(path) as tab:
        tab.page.get_by_label("Search").fill("client 249 2023Q3")
        expect(tab.page.locator("#count")).to_have_text("1 of 1000 packs")
