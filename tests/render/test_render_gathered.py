"""What a review cannot show: one list before the notes on the data, and no heading over nothing."""

from __future__ import annotations

from reviewkit.blocks import (
    Block,
    Columns,
    Front,
    Group,
    Heading,
    NotSupplied,
    Prose,
    Span,
    Table,
)
from reviewkit.render.gathered import gather

HOUSE = Front(
    client="Halden",
    report="QBR",
    period="Q3",
    provider="Meridian",
    title="Halden Q3",
    audience="internal",
)
CLIENT = HOUSE.model_copy(update={"audience": "client"})
LACK = NotSupplied(what="The rate card is not supplied.", detail="Map `rate_cards`.")
KNOWN = NotSupplied(what="No case is open.", known=True)
SAID = Prose(paragraphs=((Span(text="All is well."),),))
NOTES = Heading(role="page", text="What the data are", anchor="data")


def page(text: str) -> Heading:
    return Heading(role="page", text=text)


def gathered(*blocks: Block, front: Front = HOUSE) -> list[Block]:
    return [part for part, _ in gather(front, [(block, 1) for block in blocks])]


def words(table: Block) -> list[tuple[str, ...]]:
    assert isinstance(table, Table)
    return [
        tuple(" / ".join(filter(None, (cell.text, cell.note))) for cell in row.cells)
        for row in table.rows
    ]


def test_what_is_missing_stands_once_before_the_notes_on_the_data() -> None:
    made = gathered(page("Rates"), SAID, LACK, page("Credits"), SAID, LACK, NOTES, SAID)
    heads = [block.text for block in made if isinstance(block, Heading)]
    listed = "One part of this review has nothing to show yet"
    assert heads == ["Rates", "Credits", listed, "What the data are"]
    assert not any(isinstance(block, NotSupplied) for block in made)
    table = made[made.index(NOTES) - 1]
    assert words(table) == [("The rate card is not supplied.", "Map rate_cards.")]


def test_a_chapter_left_without_content_goes_and_opens_its_line() -> None:
    made = gathered(page("Rates"), LACK, page("Volume"), SAID)
    assert next(block.text for block in made if isinstance(block, Heading)) == "Volume"
    assert words(made[-1]) == [("Rates / The rate card is not supplied.", "Map rate_cards.")]


def test_notes_on_the_data_are_no_content_of_the_chapter_before_them() -> None:
    notes = Group(blocks=(NOTES.model_copy(update={"role": "section"}), SAID), keep=True)
    made = gathered(page("Rates"), SAID, page("Account plan"), LACK, notes)
    heads = [block.text for block in made if isinstance(block, Heading)]
    assert heads == ["Rates", "One part of this review has nothing to show yet"]
    assert made[-1] == notes


def test_a_client_reads_no_column_of_what_would_fill_it() -> None:
    bare = LACK.model_copy(update={"detail": ""})
    made = gathered(page("Volume"), SAID, bare, front=CLIENT)
    assert words(made[-1]) == [("The rate card is not supplied.",)]


def test_an_answer_stays_in_its_place() -> None:
    blocks = (page("Cases"), KNOWN)
    assert gathered(*blocks) == list(blocks)


def test_a_column_left_alone_takes_the_whole_width() -> None:
    made = gathered(page("Cases"), Columns(columns=((SAID,), (LACK,)), weights=(6, 6)))
    assert made[1] == SAID


def test_what_is_kept_together_stays_so() -> None:
    kept = Group(blocks=(Heading(role="section", text="Open"), SAID, LACK), keep=True)
    made = gathered(page("Cases"), kept)
    assert made[1] == kept.model_copy(update={"blocks": kept.blocks[:2]})


def test_the_list_speaks_the_language_of_its_review() -> None:
    german = HOUSE.model_copy(update={"language": "de"})
    made = gathered(page("Volume"), SAID, LACK, front=german)
    listed = [block.text for block in made if isinstance(block, Heading)][-1]
    assert "nothing to show" not in listed
    assert listed.startswith("Zu einem Teil ")
