"""A year is held against one year, and not against the same one twice."""

from __future__ import annotations

from reviews import Due, figures, view

from reviewkit.blocks import Table, Tiles, walk
from reviewkit.display import scorecard, tiles, volume
from reviewkit.display.once import once
from reviewkit.display.plain import text
from reviewkit.display.view import View
from reviewkit.periods import Period, parse

ROWS = [
    Due(f"{year}-{month:02d}", lane, 100 * count, 90 * count)
    for year, count in ((2024, 3), (2025, 4))
    for month in range(1, 13)
    for lane in ("Venlo → Lyon", "Basel → Lyon")
]


def seen(period: Period) -> View:
    return view(figures(ROWS, period=period, targets={"on_time_delivery": 0.95}))


def heads(own: View) -> list[str]:
    (table,) = (
        part for part in walk(once(own, scorecard.scorecard(own))) if isinstance(part, Table)
    )
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    return [column.label for column in table.columns]


def test_the_scorecard_of_a_year_has_the_year_before_in_one_column() -> None:
    assert heads(seen(parse("2025"))).count("2024") == 1
    quarter = heads(seen(parse("2025Q3")))
    assert ("Q2 2025" in quarter, "Q3 2024" in quarter) == (True, True)


def test_the_tiles_of_a_year_name_it_once_and_keep_their_order() -> None:
    own = seen(parse("2025"))
    block = once(own, tiles.tiles(own))
    (drawn,) = (part for part in walk(block) if isinstance(part, Tiles))
    assert [item.label for item in drawn.tiles[0].references] == ["Target", "2024"]
    own = seen(parse("2025Q3"))
    (drawn,) = (part for part in walk(once(own, tiles.tiles(own))) if isinstance(part, Tiles))
    assert [item.label for item in drawn.tiles[0].references] == ["Target", "Q2 2025", "Q3 2024"]


def test_the_heading_of_the_volume_says_it_once() -> None:
    # 300 on each of two lanes in each of twelve months, then 400: a third more.
    said = text(volume.volume(seen(parse("2025")))).splitlines()[0]
    assert said == "9,600 shipments left: 33% more than in 2024"
