"""The themes of a first page: things that differ, each called by something of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from reviews import Due, figures, view

from reviewkit.analysis.themes import themes
from reviewkit.blocks import Block, Heading, Prose, walk
from reviewkit.display import answers, opening, sentences
from reviewkit.display.view import View
from reviewkit.params.models import ReviewFacts
from reviewkit.speech import speaking

GOOD = tuple(
    # 72 of 2,400 late in a quarter: 97.0%; 30 of the 72 (42%) by traffic.
    Due(f"2026-0{month}", "Basel → Munich", 800, 776, {"Traffic": 10})
    for month in range(4, 10)
)
TARGETS = {"on_time_delivery": 0.96, "otif": 0.95, "in_full": 0.98}
LEAD = ("on_time_delivery", "otif", "in_full")


def action(name: str, late: int) -> dict[str, object]:
    """Return an open action that was due `late` days before the day of the figures, 6 October."""
    due = dt.date(2026, 10, 6) - dt.timedelta(days=late)
    told = {"action_id": name, "title": f"Do {name}", "owner": "Ops"}
    return told | {"raised_on": "2026-01-20", "first_due_on": due, "due_on": "2026-11-30"}


def good(*late: int, facts: ReviewFacts | None = None, **targets: float) -> View:
    """Return a review whose targets are met for the second quarter, with actions so late."""
    actions = [action(f"A-{at}", days) for at, days in enumerate(late)]
    own = figures(GOOD, targets=targets or TARGETS, actions=actions)
    return view(own, facts, lead_metrics=LEAD)


def headings(block: Block) -> list[str]:
    return [part.text for part in walk(block) if isinstance(part, Heading)]


def bodies(block: Block) -> list[str]:
    return [
        "".join(span.text for span in part.paragraphs[0])
        for part in walk(block)
        if isinstance(part, Prose)
    ]


def test_three_themes_are_three_things_and_none_is_the_headlines_streak() -> None:
    own = good(36)
    assert headings(opening.headline(own))[0] == (
        "All three lead measures with a target met it. On-time delivery stands at 97.0%, on "
        "target for the second quarter in a row."
    )
    shown = opening.themes(own)
    # Invoices, cases and surveys are missing, three of five: that goes before what is routine.
    assert headings(shown)[0] == (
        "Three themes: three tables not supplied, one late action and “Traffic” (42% of late "
        "deliveries)"
    )
    assert len(set(bodies(shown))) == 3


def test_a_routine_finding_gives_way_where_its_metric_is_told() -> None:
    late, cause, *streaks = (item for item in good(36).findings if item.kind != "half_supplied")
    on_time, in_full, both = streaks
    assert (late.kind, cause.kind) == ("late_actions", "cause")
    assert [item.value.metric for item in streaks if item.value] == [
        "on_time_delivery",
        "in_full",
        "otif",
    ]
    # On-time delivery is told by its cause, on time in full follows from it.
    assert themes((late, cause, *streaks), 3) == (late, cause, in_full)
    assert themes((cause, both, in_full), 2) == (cause, in_full)
    # Where nothing else is there, what follows takes the place; the same metric never does.
    assert themes((late, cause, on_time, both), 3) == (late, cause, both)
    assert themes((late, cause, on_time), 3) == (late, cause)
    assert themes((late, on_time, in_full), 3, on_time) == (late, in_full)
    # A page whose only finding is that of its headline shows it: there is no other.
    assert themes((on_time,), 3, on_time) == (on_time,)


def test_what_a_review_claims_is_never_left_out() -> None:
    on_time = next(item for item in good().findings if item.kind == "streak")
    missed, slid = replace(on_time, kind="miss"), replace(on_time, kind="slid")
    assert themes((missed, slid, on_time), 3) == (missed, slid)


def test_a_headline_of_the_reviews_own_tells_no_streak() -> None:
    own = good(facts=ReviewFacts(headline="A good summer."), on_time_delivery=0.96)
    assert answers.streak(own) is None
    found = answers.streak(good(on_time_delivery=0.96))
    assert found is not None
    assert found.kind == "streak"


@pytest.mark.parametrize(
    ("late", "title", "german"),
    [
        (
            (1,),
            "The only open action is late, by 1 day",
            "Die einzige offene Maßnahme ist überfällig, um 1 Tag",
        ),
        (
            (113, 2),
            "Both open actions are late, one by 113 days",
            "Beide offenen Maßnahmen sind überfällig, eine um 113 Tage",
        ),
        (
            (5, -20),
            "One of two open actions is late, one by 5 days",
            "1 von 2 offenen Maßnahmen überfällig, um 5 Tage",
        ),
    ],
)
def test_one_late_action_is_not_one_of_one(late: tuple[int, ...], title: str, german: str) -> None:
    own = good(*late)
    found = next(item for item in own.findings if item.kind == "late_actions")
    assert sentences.title(own, found) == title
    with speaking("de"):
        assert sentences.title(own, found) == german
