"""Axes and labels of charts."""

from __future__ import annotations

import itertools

import altair as alt
from hypothesis import example, given
from hypothesis import strategies as st

from reviewkit.display import marks, theme
from reviewkit.display.marks import Frame, Scale, apart, lifted, nice_ticks
from reviewkit.display.theme import FONT
from reviewkit.render import typeface


def test_axes_are_round_and_have_at_most_four_steps() -> None:
    assert nice_ticks([94.1, 96.7, 96.5], zero=False) == (94.0, 95.0, 96.0, 97.0)
    assert nice_ticks([0.0, 9379.0], zero=True) == (0.0, 2500.0, 5000.0, 7500.0, 10000.0)


def test_a_level_line_does_not_look_like_mountains() -> None:
    ticks = nice_ticks([98.65, 98.75], zero=False, least=2.0)
    assert ticks[-1] - ticks[0] >= 2.0


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9), st.booleans())
@example(values=[5e-324], zero=False)  # the smallest number there is; a fourth of it is none
@example(values=[-5e-324, 1e-12], zero=True)
@example(values=[1e6, 1e6 + 1e-9], zero=False)
def test_axes_enclose_their_values(values: list[float], zero: bool) -> None:
    ticks = nice_ticks(values, zero=zero)
    room = 1e-6 * max(1.0, *(abs(value) for value in values))
    assert ticks[0] <= min(values) + room
    assert ticks[-1] >= max(values) - room
    assert 2 <= len(ticks) <= 6
    assert all(low < high for low, high in itertools.pairwise(ticks))


def test_labels_at_the_same_side_do_not_cover_each_other() -> None:
    scale = Scale((90.0, 95.0, 100.0), ("90", "95", "100"))
    frame = Frame("full", 150)
    placed = apart([{"y": 96.5}, {"y": 96.4}, {"y": 99.9}, {"y": 96.6}], scale, frame)
    heights = sorted(row["y"] for row in placed)
    plot = frame.height - frame.top - frame.bottom
    assert all((high - low) * plot / 10 >= 9.49 for low, high in itertools.pairwise(heights))
    assert heights[-1] <= 100


def test_layers_become_the_specification_that_altair_gives() -> None:
    frame = Frame("full", 150)
    layers = [
        marks.line([{"x": 0, "y": 1.5}, {"x": 1, "y": 2.5}], "#123456", 1.75, (2, 1)),
        marks.words([{"x": 1, "y": 2.5, "t": "2.5 %"}], "#123456", "left", dx=3),
    ]
    whole = alt.layer(*layers).properties(
        width=frame.inner,
        height=116,  # 150 less 8 above and 26 below
        padding={"left": 26, "right": 66, "top": 8, "bottom": 26},
        autosize=alt.AutoSizeParams(type="none"),
    )
    with alt.theme.enable("none"):
        wanted = whole.configure(**theme.config("#0B5FA5")).to_dict()
    wanted.pop("usermeta", None)
    assert marks.drawn(layers, "#0B5FA5", "a line", frame).spec == wanted


def test_charts_and_pages_share_a_typeface() -> None:
    assert FONT == typeface.FONT


def test_a_figure_above_a_bar_is_not_struck_through_by_a_line_just_over_it() -> None:
    # 100 of the scale on 100 points: a figure takes 14 above its bar.
    frame, scale = Frame(height=134, top=8, bottom=26), Scale((0.0, 100.0), ("0", "100"))
    bars = [{"x": at, "y": 50.0, "t": "50"} for at in range(5)]
    line = [{"x": at, "y": y} for at, y in enumerate((63.0, 65.0, 50.0, 40.0))]
    assert [row["y"] for row in lifted(bars, line, scale, frame)] == [63.0, 50.0, 50.0, 50.0, 50.0]
