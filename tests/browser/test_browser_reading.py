"""What a reader does with a page: sorts, points, asks behind a number, finds the way about."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sample_pages import SECTIONS

pytestmark = pytest.mark.browser


def column(page: Page, at: int) -> list[str]:
    """Return the texts of a column of the sortable table, without its note and mark."""
    cells = page.locator(".rk-sortable tbody tr").locator(f":scope > :nth-child({at})")
    return [text.strip() for text in cells.all_inner_texts()]


def head(page: Page, name: str) -> Locator:
    return page.locator(".rk-sortable thead").get_by_role("button", name=name)


LISTED = ["Paris", "Lyon", "Ghent", "Éire", "Łódź", "All"]


def test_heads_sort_by_value_and_then_give_the_order_back(opened, pages) -> None:
    with opened(pages("review")) as tab:
        assert column(tab.page, 1) == LISTED
        head(tab.page, "Deliveries").click()
        # 12,345 before 1,200 before 310: as numbers, not as words; the total stays last.
        assert column(tab.page, 2) == ["12,345", "1,200", "310", "90", "0", "13,945"]
        assert tab.page.locator("th[aria-sort=descending]").inner_text().endswith("Deliveries")
        head(tab.page, "Deliveries").click()
        assert column(tab.page, 2) == ["0", "90", "310", "1,200", "12,345", "13,945"]
        head(tab.page, "Deliveries").click()
        assert column(tab.page, 1) == LISTED
        assert tab.page.locator("th[aria-sort]").count() == 0


def test_names_sort_as_the_language_does_and_nothing_comes_last(opened, pages) -> None:
    with opened(pages("review")) as tab:
        head(tab.page, "Site").press("Enter")
        assert column(tab.page, 1) == ["Éire", "Ghent", "Łódź", "Lyon", "Paris", "All"]
        head(tab.page, "On time").click()
        assert column(tab.page, 3) == ["97.2", "96.1", "96.0", "85.0", "–", "97.0"]
        head(tab.page, "On time").click()
        assert column(tab.page, 3) == ["85.0", "96.0", "96.1", "97.2", "–", "97.0"]


def test_states_sort_by_what_they_ask_for(opened, pages) -> None:
    with opened(pages("review")) as tab:
        head(tab.page, "Status").click()
        assert column(tab.page, 1)[:2] == ["Lyon", "Paris"] or column(tab.page, 1)[:2] == [
            "Paris",
            "Lyon",
        ]
        assert column(tab.page, 1)[2:] == ["Éire", "Ghent", "Łódź", "All"]


def test_rows_sort_within_their_group_and_its_name_stays_at_its_head(opened, pages) -> None:
    with opened(pages("groups")) as tab:
        rows = tab.page.locator(".rk-sortable tbody tr")
        assert [text.strip() for text in rows.all_inner_texts()] == [
            "North\tb\t20",
            "a\t3",
            "c\t100",
            "South\te\t5",
            "d\t70",
            "All\t198",
        ]
        head(tab.page, "Cases").click()
        sorted_rows = ["North\tc\t100", "b\t20", "a\t3", "South\td\t70", "e\t5", "All\t198"]
        assert [text.strip() for text in rows.all_inner_texts()] == sorted_rows
        assert tab.page.locator("tr.rk-opens").count() == 2
        head(tab.page, "Cases").click()
        head(tab.page, "Cases").click()
        assert rows.first.inner_text() == "North\tb\t20"


def test_cards_on_a_phone_sort_by_a_list(opened, pages) -> None:
    with opened(pages("review"), 390) as tab:
        tab.page.get_by_label("Sort by").select_option("Deliveries")
        assert column(tab.page, 1) == ["Ghent", "Paris", "Éire", "Lyon", "Łódź", "All"]
        tab.page.get_by_label("Sort by").select_option("As listed")
        assert column(tab.page, 1) == LISTED


def test_pointing_at_a_mark_tells_its_value(opened, pages) -> None:
    with opened(pages("review")) as tab:
        chart = tab.page.locator(".rk-wide svg").nth(1)
        chart.scroll_into_view_if_needed()
        chart.locator("[data-tip^='Lyon, May']").hover()
        tip = tab.page.locator(".rk-tip")
        # The second row and second month: 9, then 1, then 1.
        expect(tip).to_have_text("Lyon, May 2026: 91.1")
        assert chart.locator(".rk-lit").count() == 1
        tab.page.locator("h1").hover()
        expect(tip).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
def test_arrow_keys_go_from_point_to_point(opened, pages, width: int) -> None:
    with opened(pages("review"), width) as tab:
        chart = tab.page.locator(".rk-chart svg:visible").first
        chart.focus()
        tip = tab.page.locator(".rk-tip")
        for key, told in (
            ("ArrowRight", "Apr 91.0"),
            ("ArrowRight", "Jun 96.5"),
            ("End", "Sept 94.0"),
            ("ArrowRight", "Sept 94.0"),
            ("ArrowLeft", "Aug 93.0"),
        ):
            tab.page.keyboard.press(key)
            expect(tip).to_have_text(told)
        assert tip.get_attribute("role") == "status"
        tab.page.keyboard.press("Escape")
        expect(tip).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_number_opens_what_stands_behind_it(opened, pages, axe, width: int) -> None:
    with opened(pages("review"), width) as tab:
        number = tab.page.locator(".rk-tile").nth(1).get_by_role("button", name="94.6")
        number.focus()
        tab.page.keyboard.press("Enter")
        box = tab.page.get_by_role("dialog", name="What stands behind 94.6")
        expect(box).to_be_visible()
        expect(box).to_contain_text("Share of deliveries due in the period that arrived in time.")
        expect(box).to_contain_text("delivered by promise ÷ due")
        assert box.locator("dt").all_inner_texts() == ["Made of", "Source"]
        assert box.locator("dd").all_inner_texts() == ["8,778 ÷ 9,275", "Transport system"]
        edges = box.bounding_box()
        assert edges is not None
        assert edges["x"] >= 0
        assert edges["x"] + edges["width"] <= width
        assert number.get_attribute("aria-expanded") == "true"
        assert tab.breaches(axe) == []
        tab.page.keyboard.press("Escape")
        expect(box).to_be_hidden()
        expect(number).to_be_focused()
        assert number.get_attribute("aria-expanded") == "false"
        assert tab.said == []


def test_the_way_leads_from_a_number_to_its_definition(opened, pages) -> None:
    with opened(pages("review")) as tab:
        tab.page.locator(".rk-tile button.rk-num").first.click()
        tab.page.get_by_role("link", name="To the definition").click()
        expect(tab.page.get_by_role("dialog")).to_be_hidden()
        assert tab.page.url.endswith("#def-on_time")


def test_numbers_of_a_table_are_one_stop_and_arrows_lead_on(opened, pages) -> None:
    with opened(pages("review")) as tab:
        numbers = tab.page.locator(".rk-sortable button.rk-num")
        assert [numbers.nth(at).get_attribute("tabindex") for at in range(4)] == [
            None,
            "-1",
            "-1",
            "-1",
        ]
        numbers.first.focus()
        tab.page.keyboard.press("ArrowDown")
        expect(numbers.nth(1)).to_be_focused()
        tab.page.keyboard.press("ArrowUp")
        expect(numbers.first).to_be_focused()
        assert numbers.nth(1).get_attribute("tabindex") == "-1"


def test_the_contents_mark_the_section_being_read(opened, pages) -> None:
    with opened(pages("review")) as tab:
        for name in (*SECTIONS[1:], SECTIONS[0]):
            tab.page.locator(".rk-contents").get_by_role("link", name=name).click()
            marked = tab.page.locator(".rk-contents a[aria-current]")
            expect(marked).to_have_text(name)
            # It stands in sight, under the bar that stays.
            top = tab.page.get_by_role("banner").bounding_box()
            assert top is not None
            assert top["y"] <= 0.5


def test_contents_of_many_words_stand_clear_of_the_page(opened, pages) -> None:
    """Below who it is of, on a wide screen beside the text; the page is read under neither."""
    with opened(pages("german"), 1280) as tab:
        contents, client = (tab.page.locator(name) for name in (".rk-contents", ".rk-client"))
        assert contents.bounding_box()["y"] >= client.bounding_box()["y"] + 20
        tab.page.get_by_role("link", name="Months").click()
        heading = tab.page.get_by_role("heading", name="Months", exact=True)
        below = contents.bounding_box()["y"] + contents.bounding_box()["height"]
        assert heading.bounding_box()["y"] >= below
        tab.page.set_viewport_size({"width": 1920, "height": 900})
        aside = contents.bounding_box()
        assert aside["x"] >= 0
        assert aside["x"] + aside["width"] <= heading.bounding_box()["x"]


def test_on_a_phone_the_contents_open_and_close_again(opened, pages) -> None:
    with opened(pages("review"), 390) as tab:
        link = tab.page.locator(".rk-contents").get_by_role("link", name="Months")
        assert not link.is_visible()
        tab.page.get_by_role("button", name="Sections").press("Enter")
        expect(link).to_be_visible()
        link.click()
        expect(link).to_be_hidden()
        assert tab.page.get_by_role("heading", name="Months").bounding_box()["y"] < 300


def test_a_live_chart_answers_to_being_dragged_over(opened, pages) -> None:
    """Twenty points, 0 to 19, even and odd ones; of 1 to 10 they are five of either."""
    with opened(pages("live")) as tab:
        tab.page.wait_for_selector(".rk-drawn")
        bars = tab.page.locator(".rk-live .mark-rect.role-mark path[aria-roledescription=bar]")
        counted = "[...document.querySelectorAll('.rk-live path[aria-roledescription=bar]')]"
        assert tab.page.evaluate(f"{counted}.map(bar => bar.ariaLabel).sort()") == [
            "Count of Records: 10; c: x",
            "Count of Records: 10; c: y",
        ]
        assert bars.count() == 2
        plot = tab.page.locator(".rk-live .mark-group.role-scope .background").first.bounding_box()
        assert plot is not None
        # The axis runs from 0 to 20 over 260 pixels, 13 to each: from 0.5 to 10.5.
        left, top = plot["x"] + (plot["width"] - 260) / 2, plot["y"] + 40
        tab.page.mouse.move(left + 6.5, top)
        tab.page.mouse.down()
        tab.page.mouse.move(left + 136.5, top + 5, steps=4)
        tab.page.mouse.up()
        for bar in (bars.first, bars.last):
            expect(bar).to_have_attribute("aria-label", re.compile(r"Count of Records: 5; c: [xy]"))
        assert tab.said == []


def test_a_live_chart_follows_the_reader_from_day_to_night(opened, pages) -> None:
    """Words in the page's ink (#1A2028 by day, #E9ECEF by night) on no paper of their own."""
    with opened(pages("live")) as tab:
        tab.page.wait_for_selector(".rk-drawn")
        word = tab.page.locator(".rk-live .role-axis-label text").first
        paper = tab.page.locator(".rk-live svg.marks")
        for scheme, ink in (("light", "rgb(26, 32, 40)"), ("dark", "rgb(233, 236, 239)")):
            tab.looked_at(1280, scheme)
            assert word.evaluate("node => getComputedStyle(node).fill") == ink
            shown = paper.evaluate("node => getComputedStyle(node).backgroundColor")
            assert shown == "rgba(0, 0, 0, 0)"


def test_a_page_with_a_live_chart_stays_within_its_weight(pages) -> None:
    assert pages("live").stat().st_size < 1_600_000
    assert pages("review").stat().st_size < 600_000
