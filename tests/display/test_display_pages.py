"""What stands on a page: headings with numbers, sentences without invented causes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from reviews import SLIDE, STILL, Due, figures, view

from reviewkit import periods
from reviewkit.blocks import (
    Block,
    Chart,
    Heading,
    NotSupplied,
    Prose,
    Table,
    Tiles,
    from_json,
    to_json,
    walk,
)
from reviewkit.blocks import (
    figures as printed_figures,
)
from reviewkit.display import (
    agreed,
    billing,
    care,
    causes,
    change,
    definitions,
    followed,
    heats,
    opening,
    pages,
    rating,
    scorecard,
    tiles,
    trends,
    volume,
)
from reviewkit.display.view import View
from reviewkit.errors import UsageError
from reviewkit.params.models import Decision, Recovery, ReviewFacts

TARGETS = {"on_time_delivery": 0.96, "otif": 0.95, "in_full": 0.98}
LEAD = ("on_time_delivery", "otif", "in_full", "shipments")
SLIDING = view(figures(SLIDE, targets=TARGETS), lead_metrics=LEAD)
ANSWER = {"responded_on": "2026-08-01", "instrument": "nps", "score": 9}
QUIET = view(
    figures(STILL, targets={"on_time_delivery": 0.96}, surveys=[ANSWER]),
    lead_metrics=LEAD,
    name="Cobalt Labs",
)


def headings(block: Block) -> list[str]:
    return [part.text for part in walk(block) if isinstance(part, Heading)]


def prose(block: Block) -> str:
    return " ".join(
        "".join(span.text for span in paragraph)
        for part in walk(block)
        if isinstance(part, Prose)
        for paragraph in part.paragraphs
    )


def table(block: Block) -> Table:
    return next(part for part in walk(block) if isinstance(part, Table))


def shown(own: View) -> list[Block]:
    return [
        opening.headline(own),
        tiles.tiles(own),
        opening.themes(own),
        scorecard.scorecard(own),
        pages.page(own, "on_time_delivery"),
        trends.trend(own, "on_time_delivery"),
        pages.change_of(own, "on_time_delivery"),
        heats.heat(own, "on_time_delivery", "lane"),
        causes.causes(own),
        volume.volume(own),
        definitions.definitions(own),
        definitions.data_notes(own),
    ]


def test_the_answer_says_what_moved_and_which_lane_carries_it() -> None:
    # 97.0% to 91.0%: Lyon alone from 97% to 85% at half the deliveries.
    assert headings(opening.headline(SLIDING)) == [
        (
            "On-time delivery fell 6.0 points to 91.0% against a target of 96.0%: Venlo → Lyon "
            "accounts for 6.0 points of the fall."
        )
    ]


def test_the_reviews_own_headline_goes_before_a_computed_one() -> None:
    own = view(figures(SLIDE, targets=TARGETS), ReviewFacts(headline="We lost Lyon."))
    assert headings(opening.headline(own)) == ["We lost Lyon."]


def test_a_cause_stands_only_where_it_is_recorded() -> None:
    told = prose(opening.themes(SLIDING))
    assert "“No capacity” is recorded for 360 of the 450 late deliveries there (80%)." in told
    blind = view(
        figures(
            SLIDE,
            targets=TARGETS,
            supplied={"shipments": ["promised_at", "delivered_at", "shipped_at", "lane"]},
        ),
        lead_metrics=LEAD,
    )
    everything = " ".join(str(to_json(block)) for block in shown(blind))
    assert "capacity" not in everything
    assert "No remedy is recorded." in prose(opening.themes(blind))


def test_a_remedy_is_the_one_that_people_wrote_down() -> None:
    note = Recovery(
        metric="on_time_delivery",
        cause="Fridays were dropped",
        remedy="Second carrier from November",
        back_on_target="Dec 2026",
        effect="+5 points",
    )
    own = view(figures(SLIDE, targets=TARGETS), ReviewFacts(recoveries=(note,)))
    told = prose(opening.themes(own))
    assert "Second carrier from November. Back on target: Dec 2026 (+5 points)." in told
    assert "back on target in Dec 2026" in headings(opening.headline(own))[0]
    row = table(agreed.misses(own)).rows[0]
    assert [cell.text for cell in row.cells][1:3] == [
        "Fridays were dropped",
        "Second carrier from November",
    ]


def test_every_heading_changes_or_disappears_with_another_clients_data() -> None:
    first = {text for block in shown(SLIDING) for text in headings(block)}
    second = {text for block in shown(QUIET) for text in headings(block)}
    assert first & second == set()


def test_headings_carry_a_number_or_a_name_from_the_data() -> None:
    numbers = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "both",
    ]
    for block in shown(SLIDING):
        for text in headings(block):
            words = text.lower().split()
            assert any(sign.isdigit() for sign in text) or set(words) & set(numbers), text


def test_rate_and_mix_are_printed_so_that_they_add_up() -> None:
    rows = table(change.change(SLIDING, "on_time_delivery", "lane")).rows
    effects = [[Decimal(str(cell.value)) for cell in row.cells[-3:]] for row in rows]
    assert all(rate + mix == total for rate, mix, total in effects)
    assert [sum(column) for column in zip(*effects[:-1], strict=True)] == effects[-1]
    lyon = rows[0].cells
    assert (lyon[0].text, lyon[3].text, lyon[4].text, lyon[-1].text) == (
        "Venlo → Lyon",
        "97.0",
        "85.0",
        "−6.00",
    )
    assert lyon[-1].tone == "strong"
    assert rows[1].cells[-1].tone is None


def test_only_real_parts_of_a_change_have_an_identity_and_it_leads_to_their_figure() -> None:
    # Ten lanes, of which one is new: six stand alone, four are added up in one row.
    lanes = [f"A → {end}" for end in "BCDEFGHIJK"]
    slides = [
        Due(month, lane, 100, 95 if month < "2026-07" else 94 - 2 * at)
        for at, lane in enumerate(lanes)
        for month in ("2026-04", "2026-07")
        if (lane, month) != ("A → K", "2026-04")
    ]
    block = change.change(view(figures(slides)), "on_time_delivery", "lane")
    rows = table(block).rows
    named = {
        row.cells[0].text: [cell.figure.by for cell in row.cells if cell.figure] for row in rows
    }
    assert named.pop("Four other lanes") == []
    assert named.pop("All lanes") == [{}, {}]
    assert named.pop("A → K (new)") == [{"lane": "A → K"}]
    assert named == {lane: [{"lane": lane}] * 2 for lane in named}
    assert len(named) == 5


def test_no_change_beyond_chance_is_said_so() -> None:
    assert headings(change.change(QUIET, "on_time_delivery", "lane"))[0].startswith(
        "No change beyond chance in any of 2 lanes"
    )


def test_the_largest_effect_is_told_as_its_row_prints_it() -> None:
    # Of 100,000 deliveries 64 and 4 more are on time: 0.064 and 0.004 points would print as 0.06
    # and 0.00, but make 0.068, which prints as 0.07. What lacks is given to the first.
    rows = [
        *(Due("2026-05", lane, 50_000, 48_000) for lane in ("A → B", "A → C")),
        Due("2026-07", "A → B", 50_000, 48_064),
        Due("2026-07", "A → C", 50_000, 48_004),
    ]
    block = change.change(view(figures(rows)), "on_time_delivery", "lane")
    assert [row.cells[-1].text for row in table(block).rows] == ["+0.07", "0.00", "+0.07"]
    assert headings(block)[0].endswith("A → B the largest, +0.07")


def test_a_scorecard_says_status_references_and_reservations() -> None:
    rows = [
        Due("2026-07", "A → B", 24, 22),
        *(Due(f"2026-0{m}", "A → B", 10, 9) for m in (4, 5, 6)),
    ]
    own = view(figures(rows, targets={"on_time_delivery": 0.96}))
    found = table(scorecard.scorecard(own))
    row = next(row for row in found.rows if row.cells[0].text.startswith("On-time"))
    assert [cell.text for cell in row.cells[1:3]] == ["22 of 24", "≥ 96.0"]
    assert row.cells[3].status is not None
    assert row.cells[3].status.word == "Few cases"
    assert row.cells[4].text == "27 of 30"
    assert row.cells[6].trend is None
    # 22 of 24: Wilson's interval is 74.2% to 97.7%.
    assert any("between 74% and 98%" in note.text for note in found.footnotes)


def test_tiles_hold_three_references_and_a_trend_without_figures() -> None:
    block = next(part for part in walk(tiles.tiles(SLIDING)) if isinstance(part, Tiles))
    tile = block.tiles[0]
    assert (tile.label, tile.text, tile.unit, tile.link) == (
        "On-time delivery",
        "91.0",
        "%",
        "#def-on_time_delivery",
    )
    assert [(item.label, item.text) for item in tile.references] == [
        ("Target", "≥ 96.0"),
        ("Q2 2026", "97.0"),
        ("Q3 2025", "–"),
    ]
    assert tile.trend is not None
    assert tile.trend.points[-2:] == (1.0, 0.0)
    # The target, 96.0, stands five sixths of the way from 91.0 to 97.0.
    assert tile.trend.target == pytest.approx(5 / 6, abs=0.001)


def test_every_printed_figure_keeps_its_identity() -> None:
    found = {
        (identity.metric, identity.role)
        for identity, _, _ in printed_figures(scorecard.scorecard(SLIDING))
    }
    assert {("on_time_delivery", role) for role in ("value", "target", "prior")} <= found


def test_blocks_survive_a_notebook() -> None:
    for block in [*shown(SLIDING), *shown(QUIET)]:
        assert from_json(to_json(block)) == block


def test_charts_say_what_they_show_and_hold_their_data() -> None:
    charts = [part for block in shown(SLIDING) for part in walk(block) if isinstance(part, Chart)]
    assert len(charts) == 3
    for chart in charts:
        assert any(sign.isdigit() for sign in chart.alt)
        assert "url" not in str(chart.spec.get("data", "")) + str(chart.spec.get("datasets", ""))
    left, right = (charts[0].spec["padding"][side] for side in ("left", "right"))
    assert charts[0].spec["width"] + left + right == 504


def test_sections_without_data_say_so_and_only_the_house_is_told_how_to_mend() -> None:
    for own, mends in ((SLIDING, False), (view(figures(SLIDE, audience="internal")), True)):
        blocks = [
            billing.billing(own),
            care.cases(own),
            rating.rating(own),
            followed.prior_actions(own),
        ]
        assert all(isinstance(block, NotSupplied) for block in blocks)
        assert all(("Map" in block.detail) is mends for block in blocks)  # type: ignore[union-attr]


def test_a_period_that_is_not_over_is_never_judged() -> None:
    rows = [*SLIDE, Due("2026-10", "Venlo → Lyon", 100, 90)]
    own = view(
        figures(rows, targets=TARGETS, period=periods.parse("2026Q4")),
        lead_metrics=("on_time_delivery",),
    )
    assert headings(opening.headline(own)) == [
        "Q4 2026 is not complete: on-time delivery stands at 90.0% so far."
    ]
    row = next(
        row
        for row in table(scorecard.scorecard(own)).rows
        if row.cells[0].text.startswith("On-time")
    )
    assert row.cells[3].status is not None
    assert row.cells[3].status.word == "Partial"
    assert [cell.text for cell in row.cells[4:6]] == ["–", "–"]
    # The last whole month is September: 850 + 970 of 2,000.
    assert "Sept closed at 91.0%" in headings(trends.trend(own, "on_time_delivery"))[0]


def test_decisions_are_numbered_and_dated() -> None:
    facts = ReviewFacts(
        meeting=dt.date(2026, 10, 20),
        decisions=(
            Decision(title="Add a carrier", decider="Director", by=dt.date(2026, 10, 23)),
            Decision(title="Open on Saturdays"),
        ),
    )
    block = agreed.decisions(view(figures(SLIDE), facts))
    assert headings(block) == ["Two decisions we ask for on 20 October"]
    assert [[cell.text for cell in row.cells] for row in table(block).rows] == [
        ["1", "Add a carrier", "", "Director", "23 Oct"],
        ["2", "Open on Saturdays", "", "", "–"],
    ]


def test_definitions_are_the_targets_of_links() -> None:
    anchors = {row.anchor for row in table(definitions.definitions(SLIDING)).rows}
    links = {
        cell.link.removeprefix("#")
        for row in table(scorecard.scorecard(SLIDING)).rows
        for cell in row.cells
        if cell.link
    }
    assert links <= anchors
    assert "def-gross_margin" not in anchors


def test_a_client_is_never_told_of_internal_measures() -> None:
    everything = " ".join(str(to_json(block)) for block in shown(SLIDING)).lower()
    assert "margin" not in everything
    assert "budget" not in everything


def test_a_change_along_what_a_measure_has_not_is_refused_with_what_it_has() -> None:
    with pytest.raises(UsageError, match="It can by: lane, service, site, carrier, late_cause"):
        pages.change_of(view(figures(SLIDE)), "on_time_delivery", "at_fault")
