"""What a chart hands on of its figures is what it prints, and no more."""

from __future__ import annotations

from dataclasses import replace

from reviewkit.blocks import Series
from reviewkit.display import charts, plots
from reviewkit.display.formats import Formats
from reviewkit.display.marks import Scale

ENGLISH = Formats("en-GB", "EUR", "UTC")
MONTHS = (("Dec", 2025), ("Jan", 2026))
STACK = charts.Stack(
    months=MONTHS,
    # December is 1.4 + 1.4 = 2.8, printed 3: one of the parts is printed 2, the other 1.
    series=(("Freight", (1.4, 1200.2)), ("Parcel", (1.4, 0.0))),
    texts=("3", "1,200"),
    scale=Scale((0.0, 1000.0, 2000.0), ("0", "1,000", "2,000")),
    reference_name="Year before",
    reference=(None, 900.7),
    printed=ENGLISH.parts,
)


def test_stacked_parts_add_up_as_printed() -> None:
    plot = plots.of_stack(STACK)
    assert plot is not None
    assert [series.texts for series in plot.series] == [
        ("2", "1,200"),
        ("1", "0"),
        ("3", "1,200"),
        ("", "901"),
    ]
    assert [series.line for series in plot.series] == [False, False, True, True]
    assert plot.categories == ("Dec 2025", "Jan 2026")
    assert (plot.low, plot.high, plot.step) == (0.0, 2000.0, 1000.0)


def test_a_stack_that_says_no_rounding_hands_nothing_on() -> None:
    assert plots.of_stack(replace(STACK, printed=None)) is None


def test_a_heat_map_keeps_its_gaps() -> None:
    grid = charts.Grid(("Venlo", "Gent"), MONTHS, ((0, 1, 0.256, "91.0"), (1, 0, 0.9, "97.1")))
    plot = plots.of_heat(grid)
    assert [series.texts for series in plot.series] == [("", "91.0"), ("97.1", "")]
    assert plot.weights == ((None, 0.26), (0.9, None))


def test_bars_are_named_by_their_categories() -> None:
    plot = plots.of_bars((("Traffic", 12.34, "12"), ("Weather", 3.0, "3")))
    assert plot.categories == ("Traffic", "Weather")
    assert plot.series == (Series(name="", texts=("12", "3")),)
