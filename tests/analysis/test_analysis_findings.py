"""Findings are ranked, carry their facts, and name a cause only where one is recorded."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from reviews import PERIOD, SLIDE, STILL, Due, figures, view

from reviewkit.analysis.actions import current_actions
from reviewkit.analysis.causes import lane_causes, late_causes
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.findings import findings, missing_tables
from reviewkit.analysis.movement import explained, movement
from reviewkit.display import sentences
from reviewkit.display.called import called
from reviewkit.params.models import Recovery, ReviewFacts

LEAD = ("on_time_delivery", "otif", "in_full")
TARGETS = {"on_time_delivery": 0.96, "otif": 0.95, "in_full": 0.98}


def test_a_slide_is_found_on_its_lane_with_its_recorded_cause() -> None:
    found = findings(figures(SLIDE, targets=TARGETS), ReviewFacts(), LEAD)
    first = found[0]
    assert first.kind == "miss"
    assert first.value is not None
    assert first.value.metric == "on_time_delivery"
    assert [part.key for part in first.contributors] == ["Venlo → Lyon"]
    assert first.moved is not None
    assert first.moved.told
    # 450 of 3,000 on the lane were late, 360 of them with the cause recorded.
    cause = first.causes[0]
    assert (cause.name, cause.late, int(cause.late / cause.share)) == ("No capacity", 360, 450)
    assert first.recovery is None


def test_what_follows_from_another_miss_is_no_finding_of_its_own() -> None:
    found = findings(figures(SLIDE, targets=TARGETS), ReviewFacts(), LEAD)
    assert [item.value.metric for item in found if item.kind == "miss" and item.value] == [
        "on_time_delivery"
    ]


def test_what_people_wrote_down_is_carried() -> None:
    note = Recovery(metric="on_time_delivery", cause="Fridays were dropped", remedy="New carrier")
    found = findings(figures(SLIDE, targets=TARGETS), ReviewFacts(recoveries=(note,)), LEAD)
    assert found[0].recovery == note


def test_nothing_moves_and_nothing_is_explained() -> None:
    own = figures(STILL, targets=TARGETS)
    assert explained(own, "on_time_delivery") is None
    moved = movement(own, "on_time_delivery", PERIOD.prior())
    assert moved is not None
    assert not moved.told
    assert moved.delta == 0
    kinds = {item.kind for item in findings(own, ReviewFacts(), LEAD)}
    # Four of its six tables are missing.
    assert kinds == {"streak", "half_supplied"}


def test_a_few_cases_more_are_chance() -> None:
    rows = [
        Due("2026-04", "A → B", 400, 380),
        Due("2026-07", "A → B", 400, 376),
    ]
    moved = movement(figures(rows), "on_time_delivery", PERIOD.prior())
    assert moved is not None
    assert moved.delta == Fraction(-1, 100)
    assert not moved.told


def test_causes_are_counted_and_the_unrecorded_comes_last() -> None:
    own = figures(SLIDE)
    found = late_causes(own)
    # 3 × (150 + 30) late; 3 × (120 + 10) with a cause.
    assert [(cause.name, cause.late) for cause in found] == [
        ("No capacity", 360),
        ("Traffic", 30),
        ("", 150),
    ]
    assert found[-1].cumulative == 1
    assert [cause.late for cause in lane_causes(own, "Venlo → Paris")] == [30, 60]


def test_causes_that_were_not_supplied_are_not_invented() -> None:
    own = figures(SLIDE, supplied={"shipments": ["promised_at", "delivered_at", "lane"]})
    assert late_causes(own) == ()
    assert findings(own, ReviewFacts(), LEAD)[0].causes == ()


def test_missing_tables_are_those_that_the_audience_may_see() -> None:
    assert missing_tables(figures(STILL)) == ("invoice_lines", "cases", "surveys", "actions")
    assert missing_tables(figures(STILL, audience="internal")) == (
        "invoice_lines",
        "payments",
        "budget",
        "cases",
        "surveys",
        "actions",
    )


def action(name: str, **more: object) -> dict[str, object]:
    return {"action_id": name, "raised_on": "2026-01-20", "title": f"Do {name}", **more}


def test_actions_are_late_against_the_date_first_promised() -> None:
    own = figures(
        actions=[
            action("A-1", due_on="2026-10-30", first_due_on="2026-09-30", postponed=2),
            action("A-2", due_on="2026-11-30", first_due_on="2026-11-30"),
            action("A-3", due_on="2026-08-31", closed_on="2026-08-30"),
            action("A-4", due_on="2026-03-31", closed_on="2026-03-30"),
            action("A-5"),
        ]
    )
    found = current_actions(own)
    # A-4 was closed before the period began.
    assert [item.id for item in found] == ["A-1", "A-2", "A-5", "A-3"]
    assert [item.late for item in found] == [6, 0, 0, 0]
    assert found[0].postponed == 2
    assert found[3].closed == dt.date(2026, 8, 30)


def test_late_actions_are_a_finding() -> None:
    own = figures(
        actions=[
            action("A-1", due_on="2026-10-30", first_due_on="2026-09-30"),
            action("A-2", due_on="2026-11-30"),
        ]
    )
    found = next(f for f in findings(own, ReviewFacts(), ()) if f.kind == "late_actions")
    assert (found.kind, len(found.actions), found.open_actions) == ("late_actions", 1, 2)


def hidden(lille: int = 2910, **more: object) -> Figures:
    """Return a review in which Lyon slides by as many deliveries as Lille gains.

    Lyon: 2,910 of 3,000 before (97.0 %), 2,760 now (92.0 %). Lille: 8,580 of 9,000 before
    (95.33 %), 8,730 now (97.0 %). Together 11,490 of 12,000 both times: 95.75 %.
    """
    lanes = {"Venlo → Lyon": (970, 920, 1000), "Kassel → Lille": (2860, lille, 3000)}
    rows = [
        Due(month, lane, due, now if month in NOW else before, {"Strike": due - now}
            if month in NOW and lane == "Venlo → Lyon" else None)
        for lane, (before, now, due) in lanes.items()
        for month in (*PAST, *NOW)
    ]  # fmt: skip
    return figures(rows, **more)


NOW = ("2026-07", "2026-08", "2026-09")
PAST = tuple(f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13))[3:18]


def test_a_lane_that_slides_while_the_whole_stays_is_a_finding_of_its_own() -> None:
    own = hidden()
    assert own.one("on_time_delivery").numerator == 11490
    assert own.one("on_time_delivery", PERIOD.prior()).numerator == 11490
    found = findings(own, ReviewFacts(), LEAD)
    slid = [item for item in found if item.kind == "slid"]
    # OTIF is late where on-time delivery is, and Venlo is where its lane to Lyon is: told once.
    assert [(item.value.metric, item.change.by) for item in slid if item.value and item.change] == [
        ("on_time_delivery", "lane")
    ]
    (part,) = slid[0].contributors
    # A quarter of the deliveries in both quarters: 0.25 × (0.92 − 0.97) = −0.0125.
    assert (part.key, part.rate) == ("Venlo → Lyon", Fraction(-1, 80))
    assert [(cause.name, cause.late) for cause in slid[0].causes] == [("Strike", 240)]
    assert found[0].kind == "slid"


def test_a_slide_is_put_into_words_with_what_it_took_from_the_whole() -> None:
    own = hidden()
    shown = view(own)
    slid = next(item for item in findings(own, ReviewFacts(), LEAD) if item.kind == "slid")
    assert sentences.title(shown, slid) == (
        "On-time delivery of Venlo → Lyon fell 5.0 points to 92.0%"
    )
    # 240 + 270 deliveries of 12,000 were late; on the lane 240, all with the cause recorded.
    assert sentences.body(shown, slid) == (
        "Venlo → Lyon went from 97.0% to 92.0%. "
        "On-time delivery as a whole stands unchanged at 95.8%. "
        "“Strike” is recorded for 240 of the 240 late deliveries there (100%)."
    )
    assert sentences.so_what(shown, slid) == "Alone Venlo → Lyon took 1.3 points from the whole."
    assert called(shown, slid) == "Venlo → Lyon (on-time delivery)"


def test_a_lane_that_slides_against_an_explained_rise_is_told_beside_it() -> None:
    # Lille gains 3 × 120 of 9,000 deliveries, 360 − 150 more in all: 11,490 → 11,700 of 12,000,
    # 95.75 % → 97.5 %. Lyon slides as before.
    own = hidden(lille=2980)
    told = {
        item.kind: item
        for item in findings(own, ReviewFacts(), LEAD)
        if item.value and item.value.metric == "on_time_delivery"
    }
    assert [part.key for part in told["moved"].contributors] == ["Kassel → Lille"]
    (part,) = told["slid"].contributors
    assert (part.key, part.rate) == ("Venlo → Lyon", Fraction(-1, 80))
    shown = view(own)
    assert sentences.body(shown, told["slid"]).startswith(
        "Venlo → Lyon went from 97.0% to 92.0%. "
        "On-time delivery as a whole went from 95.8% to 97.5%."
    )
    assert sentences.title(shown, told["moved"]).startswith("On-time delivery rose 1.8 points")
    # Where the whole falls, its main part tells it, and a lesser one makes no finding of its own.
    kinds = {item.kind for item in findings(hidden(lille=2500), ReviewFacts(), LEAD)}
    assert "moved" in kinds
    assert "slid" not in kinds


def test_a_target_missed_all_along_does_not_hide_the_slide() -> None:
    found = findings(hidden(targets={"on_time_delivery": 0.98}), ReviewFacts(), LEAD)
    assert {"miss", "slid"} <= {item.kind for item in found}


def test_a_lane_that_gets_better_is_no_slide_and_a_small_lane_is_not_seen() -> None:
    kinds = {item.kind for item in findings(figures(SLIDE), ReviewFacts(), LEAD)}
    assert "slid" not in kinds
    # 100 of 100,100 deliveries × 47 points are 0.05 points: below the tenth that is printed.
    lanes = {"A → B": (97, 50, 100), "C → D": (95_000, 95_047, 100_000)}
    rows = [
        Due(month, lane, due, now if month in NOW else before)
        for lane, (before, now, due) in lanes.items()
        for month in (*PAST, *NOW)
    ]
    assert "slid" not in {item.kind for item in findings(figures(rows), ReviewFacts(), LEAD)}
