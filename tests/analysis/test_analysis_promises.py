"""What became of what was promised, on an action list written down by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from reviews import figures, view

from reviewkit.analysis.promises import Promise, promises
from reviewkit.blocks import Heading, Table, walk
from reviewkit.display import followed
from reviewkit.display import promised as shown
from reviewkit.extract.agreed import Agreed, AgreedAction
from reviewkit.params.models import Decision, ReviewFacts

MET = dt.date(2026, 7, 21)
BEFORE = ReviewFacts(
    meeting=MET,
    decisions=(
        Decision(title="Second carrier", outcome="Agreed on 3 August"),
        Decision(title="Saturdays"),
    ),
)


def action(name: str, **more: Any) -> dict[str, Any]:
    return {
        "action_id": name,
        "raised_on": "2026-07-21",
        "title": f"Do {name}",
        "side": "provider",
        **more,
    }


LIST = (
    action("kept", due_on="2026-09-01", closed_on="2026-09-01", evidence="Log of 1 September"),
    action("kept-late", due_on="2026-09-01", closed_on="2026-09-11"),
    action("on-track", due_on="2026-11-30"),
    action("moved", first_due_on="2026-09-15", due_on="2026-10-23", postponed=2, side="client"),
    action("late", due_on="2026-09-30", side="client"),
    action("no-date", side="client"),
    # Closed before the last review: it was told there.
    action("told", raised_on="2026-04-21", due_on="2026-07-01", closed_on="2026-07-10"),
    # Raised since: new, not promised.
    action("new", raised_on="2026-09-02", due_on="2026-12-01"),
)


def by_id(items: tuple[Promise, ...]) -> dict[str, tuple[str, int]]:
    return {item.action.id: (item.fate, item.days) for item in items}


def test_each_promise_has_one_fate() -> None:
    found = promises(figures(audience="internal", actions=LIST), BEFORE)
    # As of 6 October: 15 September is 21 days past, 30 September 6; closed 10 days late.
    assert by_id(found.items) == {
        "kept": ("kept", 0),
        "kept-late": ("kept_late", 10),
        "on-track": ("on_track", 0),
        "moved": ("postponed", 21),
        "late": ("open_late", 6),
        "no-date": ("no_date", 0),
    }
    assert [item.action.id for item in found.items if item.unproved] == ["kept-late"]
    assert found.met == MET
    assert len(found.of("open_late", "no_date", side="client")) == 2
    assert found.of("open_late", side="provider") == ()


def test_what_an_approved_review_knew_as_open_and_the_list_no_longer_has_was_dropped() -> None:
    agreed = Agreed(
        period="2026Q2",
        actions=(
            AgreedAction(id="gone", title="Audit Lyon", owner="Site", side="provider"),
            AgreedAction(id="late", title="Do late"),
        ),
    )
    found = promises(figures(audience="internal", actions=LIST), BEFORE, agreed)
    assert by_id(found.of("dropped")) == {"gone": ("dropped", 0)}
    # Without any list nothing is known to be missing from it.
    assert promises(figures(audience="internal"), BEFORE, agreed).items == ()


def test_without_a_known_meeting_the_period_decides() -> None:
    found = promises(figures(audience="internal", actions=LIST), None)
    # All that is open, and what was closed since 1 July.
    assert set(by_id(found.items)) == {str(row["action_id"]) for row in LIST}
    assert found.met is None


def test_the_front_tells_by_side_what_was_kept() -> None:
    at = view(figures(actions=LIST))
    params = at.params.model_copy(update={"reviews": {"2026Q2": BEFORE}})
    block = shown.promised(_with(at, params))
    heading = next(part for part in walk(block) if isinstance(part, Heading))
    assert heading.text == "Promised by 21 July: two of six kept, four open, of these two late"
    sides, decisions = (part for part in walk(block) if isinstance(part, Table))
    assert [[cell.text for cell in row.cells] for row in sides.rows] == [
        ["Meridian Logistics", "3", "1", "1", "1", "–", "–", "–"],
        ["Acme Motors", "3", "–", "–", "–", "1", "1", "1"],
    ]
    assert [row.cells[-1].text for row in decisions.rows] == ["Agreed on 3 August", "Not recorded"]


def test_in_brief_each_side_has_a_line() -> None:
    at = view(figures(actions=LIST))
    params = at.params.model_copy(update={"reviews": {"2026Q2": BEFORE}})
    heading = shown.promised(_with(at, params), brief=True)
    assert isinstance(heading, Heading)
    assert heading.note[0].text == (
        "Meridian Logistics: 2 of 3 kept; Acme Motors: 0 of 3 kept; "
        "One of two decisions sought last time have an outcome"
    )


def test_the_list_tells_evidence_slips_and_what_is_new() -> None:
    at = view(figures(actions=LIST))
    params = at.params.model_copy(update={"reviews": {"2026Q2": BEFORE}})
    block = followed.prior_actions(_with(at, params))
    heading = next(part for part in walk(block) if isinstance(part, Heading))
    # The four promised ones and the new one; 21 and 6 days late.
    assert heading.text == ("Five actions open, two of them late; two closed since the last review")
    table = next(part for part in walk(block) if isinstance(part, Table))
    told = {row.cells[0].text: row for row in table.rows if row.cells[0].text}
    decided = {row.cells[1].text: row for row in table.rows if not row.cells[0].text}
    assert decided["Second carrier"].cells[1].note == "Agreed on 3 August"
    assert decided["Saturdays"].cells[-1].text == "No outcome recorded"
    assert "told" not in told
    assert told["kept"].cells[1].note == "Log of 1 September"
    assert told["kept-late"].cells[1].note == "Closed without evidence"
    assert told["kept-late"].cells[-1].note == "10 days after its first date"
    assert told["moved"].cells[-1].text == "21 days late"
    assert told["moved"].cells[5].squares == 2
    assert told["new"].cells[-1].text == "New since the last review"
    assert [row.group for row in table.rows if row.group] == [
        "Meridian Logistics",
        "Acme Motors",
        "Decisions",
    ]


def _with(at: Any, params: Any) -> Any:
    return type(at)(figures=at.figures, params=params, house=at.house, formats=at.formats)
