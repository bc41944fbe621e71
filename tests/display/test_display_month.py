"""A review of one month: what it says where months follow each other closely."""

from __future__ import annotations

from reviews import Due, figures, view

from reviewkit.blocks import Block, Heading, walk
from reviewkit.display import answers, opening, trends, volume
from reviewkit.display.view import View
from reviewkit.periods import parse
from reviewkit.speech import speaking

COUNTS = (500, 510, 505, 495, 500, 515, 505, 520, 700, 650, 715, 717)
"""What left in each month from October 2025 to September 2026."""

ROWS = (
    *(Due(f"2024-{month:02d}", "A → B", 450, 440) for month in (10, 11, 12)),
    *(Due(f"2025-{month:02d}", "A → B", 450, 440) for month in range(1, 9)),
    Due("2025-09", "A → B", 498, 485),
    *(
        Due(f"{2025 + (at > 2)}-{(at + 9) % 12 + 1:02d}", "A → B", count, count - 10)
        for at, count in enumerate(COUNTS)
    ),
)


def seen(period: str = "2026-09", rows: tuple[Due, ...] = ROWS) -> View:
    own = figures(rows, period=parse(period), targets={"on_time_delivery": 0.96})
    return view(own, lead_metrics=("shipments", "on_time_delivery"))


def headings(block: Block) -> list[str]:
    return [part.text for part in walk(block) if isinstance(part, Heading)]


def test_it_is_held_against_the_month_before_and_that_of_a_year_ago() -> None:
    # 717 against 498 is 44.0% more; 717 against 715 is level.
    page, months, *_ = headings(volume.volume(seen()))
    assert page == "717 shipments left: 44% more than in Sept 2025 and level with Aug 2026"
    # The busiest month is the one under review, and is not told twice.
    assert months == "Sept 2026 was the busiest of twelve months with 717"


def test_a_busier_month_before_stands_beside_the_last() -> None:
    rows = (*ROWS[:-1], Due("2026-09", "A → B", 680, 670))
    page, months, *_ = headings(volume.volume(seen(rows=rows)))
    # 680 against 715 is 4.9% fewer, which may be chance: 35 apart, √(715 + 680) = 37.
    assert page.endswith("and 4.9% fewer than in Aug 2026 (within chance)")
    assert months == "Aug 2026 was the busiest month with 715; Sept closed at 680"


def test_a_run_as_long_as_the_look_back_is_at_least_that_long() -> None:
    # 98.6% in September; all twelve months are above 97%, and eight of them are looked at.
    assert answers.answer(seen()) == (
        "On-time delivery stands at 98.6%, on target for at least eight months in a row."
    )
    with speaking("de"):
        assert "mindestens 8 Monate in Folge im Ziel" in answers.answer(seen())


def test_a_course_short_of_its_target_names_the_measure() -> None:
    # Of 715 and 717 six hundred came on time, 84%, after eleven months above 96%.
    one = (*ROWS[:-1], Due("2026-09", "A → B", 717, 600))
    assert headings(trends.trend(seen(rows=one), "on_time_delivery"))[0] == (
        "On-time delivery met its target in eleven of twelve months; Sept closed at 83.7%"
    )
    two = (*ROWS[:-2], Due("2026-08", "A → B", 715, 600), one[-1])
    assert headings(trends.trend(seen(rows=two), "on_time_delivery"))[0] == (
        "On-time delivery has been short of target since Aug 2026; Sept closed at 83.7%"
    )


def test_a_month_as_large_as_the_one_before_it_a_year_ago_is_no_growth_in_numbers() -> None:
    # A year ago 500 followed 498: 0.4%, and 717 × 500 / 498 = 719.9.
    (told,) = [
        "".join(span.text for paragraph in part.paragraphs for span in paragraph)
        for part in walk(opening.themes(seen()))
        if "A year ago" in str(part) and hasattr(part, "paragraphs")
    ]
    assert told.endswith(
        "A year ago the next month brought about as many; the same step would now mean 720."
    )
