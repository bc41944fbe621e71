"""The score as a page shows it: parts that add up as printed, and what lacks in words."""

from __future__ import annotations

from decimal import Decimal

from reviews import Due, figures, view

from reviewkit.blocks import Group, Heading, NotSupplied, Prose, Table
from reviewkit.display.score import overall
from reviewkit.display.view import View

FALL = (
    # The second quarter: 97.0% of 900; the third: 94.0%. All in full.
    *(Due(f"2026-0{m}", "Venlo → Lyon", 300, 291) for m in (4, 5, 6)),
    *(Due(f"2026-0{m}", "Venlo → Lyon", 300, 282) for m in (7, 8, 9)),
)
AIMS = {"on_time_delivery": 0.96, "in_full": 0.985, "nps": 40.0}


def _shown(own: View) -> tuple[Heading, Table]:
    block = overall(own)
    assert isinstance(block, Group)
    heading, table = block.blocks
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    return heading, table


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_score_shows_each_part_of_it_and_of_its_change() -> None:
    own = view(figures(FALL, targets=AIMS), weights={"on_time_delivery": 2, "in_full": 1})
    heading, table = _shown(own)
    # (2 × 50 + 100) ÷ 3 = 66.7, from 100; on time earns 2/3 × 50 = 33.3 and takes 33.3.
    assert heading.text == (
        "The score is 66.7 of 100 points, −33.3 on the prior period; "
        "on-time delivery moved it most, by −33.3"
    )
    assert _texts(table) == [
        [
            "On-time delivery, %",
            "66.7%",
            "≥ 96.0",
            "92.0",
            "94.0",
            "50.0",
            "33.4",
            "100.0",
            "−33.3",
        ],
        ["In full, %", "33.3%", "≥ 98.5", "97.0", "100.0", "100.0", "33.3", "100.0", "0.0"],
        ["Score", "100%", "", "", "", "", "66.7", "100.0", "−33.3"],
    ]


def test_printed_parts_add_up_to_the_printed_score_and_change() -> None:
    own = view(figures(FALL, targets=AIMS), weights={"on_time_delivery": 7, "in_full": 4})
    *rows, whole = _texts(_shown(own)[1])
    for column in (6, 8):
        parts = [Decimal(row[column].replace("−", "-")) for row in rows]
        assert sum(parts) == Decimal(whole[column].replace("−", "-"))
    printed = [Decimal(whole[column].replace("−", "-")) for column in (6, 7, 8)]
    assert printed[0] - printed[1] == printed[2]


def test_what_lacks_is_named_with_its_weight() -> None:
    weights = {"on_time_delivery": 6, "in_full": 2, "nps": 1, "invoice_accuracy": 1}
    heading, table = _shown(view(figures(FALL, targets=AIMS), weights=weights))
    (note,) = heading.note
    assert note.text == (
        "Judged: 80% of the weight. Not judged: net promoter score (not supplied, 10%) and "
        "invoice accuracy (not supplied, 10%)."
    )
    lacking = [row for row in _texts(table) if "not supplied" in row]
    assert [row[0] for row in lacking] == ["Net promoter score, points", "Invoice accuracy, %"]
    assert all(row[6:] == ["–", "–", "–"] for row in lacking)


def test_without_a_target_there_is_no_score_and_it_is_said() -> None:
    block = overall(view(figures(FALL)))
    assert block == NotSupplied(what="Overall score")


def test_a_score_of_nothing_judged_is_no_score() -> None:
    own = view(figures(FALL), weights={"nps": 1})
    for block in (overall(own), overall(own, brief=True)):
        assert isinstance(block, Prose)
        said = "".join(span.text for span in block.paragraphs[0])
        assert said == "There is no score. Not judged: net promoter score (not supplied, 100%)."


def test_the_house_is_told_the_clients_score_and_the_client_nothing_of_the_house() -> None:
    rows = [Due("2026-08", "Venlo → Lyon", 900, 846, revenue=1000, cost=900)]
    weights = {"on_time_delivery": 1, "gross_margin": 1}
    aims = AIMS | {"gross_margin": 0.2}
    house = _shown(view(figures(rows, targets=aims, audience="internal"), weights=weights))[1]
    told = [note.text for note in house.footnotes if note.lead == "For the client."]
    assert told == [
        "The client’s version counts the one measure that the client may know: 50.0 points."
    ]
    client = _shown(view(figures(rows, targets=AIMS), weights={"on_time_delivery": 1}))[1]
    assert [row[1] for row in _texts(client)] == ["100%", "100%"]
    assert not any(note.lead == "For the client." for note in client.footnotes)


def test_in_brief_what_moved_it_stands_under_the_heading() -> None:
    # Without weights on time and in full count the same: (50 + 100) ÷ 2 = 75, from 100.
    own = view(figures(FALL, targets={"on_time_delivery": 0.96, "in_full": 0.985}))
    block = overall(own, brief=True)
    assert isinstance(block, Heading)
    assert block.text.startswith("The score is 75.0 of 100 points, −25.0 on the prior period")
    assert block.note[0].text == "What moved it: on-time delivery −25.0."


def test_in_brief_a_score_that_stays_says_what_was_judged() -> None:
    for aims, told in (
        ({"in_full": 0.985}, "Judged: its only measure."),
        ({"in_full": 0.985, "on_time_delivery": 0.9}, "Judged: both measures, 100% of the weight."),
    ):
        own = view(figures(FALL, targets=aims))
        block = overall(own, brief=True)
        assert isinstance(block, Heading)
        assert block.text.startswith("The score stays at 100.0 of 100 points")
        assert [note.text for note in block.note] == [told]
        # The table under the whole score shows as much.
        assert _shown(own)[0].note == ()
