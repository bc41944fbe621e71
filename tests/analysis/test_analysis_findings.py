"""Findings are ranked, carry their facts, and name a cause only where one is recorded."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from reviews import PERIOD, SLIDE, STILL, Due, figures

from reviewkit.analysis.actions import current_actions
from reviewkit.analysis.causes import lane_causes, late_causes
from reviewkit.analysis.findings import findings, missing_tables
from reviewkit.analysis.movement import explained, movement
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
