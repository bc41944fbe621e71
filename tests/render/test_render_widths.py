"""Widths of table columns: figures keep theirs, words share the rest, nothing leaves the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.blocks import Cell, Column, Row, Table
from reviewkit.render.fonts import broken, text_width
from reviewkit.render.tables import table_data
from reviewkit.render.widths import column_widths, group_spans, lines, pads, reach


def table(columns: list[Column], *rows: tuple[str, ...] | Row) -> Table:
    return Table(
        columns=tuple(columns),
        rows=tuple(
            row if isinstance(row, Row) else Row(cells=tuple(Cell(text=text) for text in row))
            for row in rows
        ),
        summary="t",
    )


def words(key: str, label: str = "", **more: object) -> Column:
    return Column(key=key, label=label, **more)  # type: ignore[arg-type]


def figures(key: str, label: str = "") -> Column:
    return Column(key=key, label=label, align="right")


def test_a_digit_is_as_wide_as_any_other() -> None:
    # 497 of 1000 units in the regular weight, 513 in the semibold.
    assert text_width("0123456789", 10) == pytest.approx(49.7)
    assert text_width("1", 10, 600) == pytest.approx(5.13)


def test_the_columns_fill_the_measure() -> None:
    found = column_widths(table([words("a"), figures("b")], ("Lyon", "1,234")), 504)
    assert sum(found.columns) + found.group == pytest.approx(504, abs=0.01)


def test_a_foreign_table_is_no_wider_than_its_words() -> None:
    found = column_widths(table([words("a"), figures("b")], ("Lyon", "12")), 504, fill=False)
    natural = text_width("Lyon", 9) + text_width("12", 9)
    # Half a point of slack and 6 points beside the gap, twice each.
    assert sum(found.columns) == pytest.approx(natural + 2 * 0.5 + 2 * 6, abs=0.01)


def test_what_grows_takes_the_rest_in_its_share() -> None:
    columns = [words("a", grow=3.0), words("b", grow=1.0), figures("c")]
    wide = column_widths(table(columns, ("x", "x", "1")), 504).columns
    narrow = column_widths(table(columns, ("x", "x", "1")), 404).columns
    assert wide[2] == narrow[2]
    assert wide[0] - narrow[0] == pytest.approx(75, abs=0.01)
    assert wide[1] - narrow[1] == pytest.approx(25, abs=0.01)


def test_words_give_way_and_figures_do_not() -> None:
    long = "Receiving hours at the largest consignees are full by ten in the morning " * 3
    found = column_widths(table([words("a"), words("b"), figures("c")], (long, "Owner", "1")), 504)
    assert found.inner(1) >= text_width("Owner", 9)
    assert found.inner(2) >= text_width("1", 9)
    assert lines(long, found.inner(0)) > 1


def test_a_spanning_head_has_room() -> None:
    over = "Deliveries that were due in the period"
    columns = [words("a", grow=1.0), words("b", "Q2", over=over), words("c", "Q3", over=over)]
    found = column_widths(table(columns, ("Lane", "1", "2")), 300)
    # Padded on its left; on its right the table ends.
    assert sum(found.columns[1:]) - found.pad >= text_width(over, 7.5)


def test_points_stand_in_line() -> None:
    column = Column(key="a", label="", align="decimal")
    lone = table([column], ("94.6",), ("0.06",), ("12",), ("22 of 24",), ("≥ 95 %",), ("",))
    digit = 0.497 * 9
    point = 0.249 * 9
    expected = [digit, 0.0, point + 2 * digit, 0.0, 0.0, 0.0]
    assert pads(lone, 0) == pytest.approx(expected, abs=0.001)


def test_groups_span_their_rows_and_totals_stand_apart() -> None:
    def row(group: str = "", *, total: bool = False) -> Row:
        return Row(cells=(Cell(text="x"),), group=group, total=total)

    rows = (row("Delivery"), row(), row("Billing"), row(total=True), row())
    found = group_spans(table([words("a")], *rows))
    assert found == (("Delivery", 2), ("Billing", 1), ("", 1), ("", 1))
    assert group_spans(table([words("a")], row(), row())) == ()


def test_a_label_runs_on_over_empty_cells_only_below_the_total() -> None:
    columns = [words("a"), words("b"), figures("c")]
    above = Row(cells=(Cell(text="DLV"), Cell(), Cell(text="1")))
    total = Row(cells=(Cell(text="Total"), Cell(), Cell(text="1")), total=True)
    share = Row(cells=(Cell(text="Share of expected"), Cell(), Cell(text="1%")))
    found = table(columns, above, total, share)
    assert [reach(found, position, 0) for position in range(3)] == [1, 2, 2]
    cells = table_data(found, 504)["rows"][2]["cells"]
    assert (cells[0]["across"], cells[1]["across"]) == (2, 0)


def test_only_words_that_no_line_holds_may_break_anywhere() -> None:
    assert broken("short words", 200, 9) == "short words"
    assert broken("long " + "W" * 9, 40, 9) == "long " + "\u200b".join("W" * 9)


cells = st.text(st.sampled_from("abc W0,. éß€"), max_size=60)


@given(st.lists(st.tuples(cells, cells, cells), max_size=5), st.sampled_from([246, 504, 520.8]))
def test_whatever_stands_in_them_columns_fill_the_measure(
    rows: list[tuple[str, str, str]], measure: float
) -> None:
    columns = [words("a", "Name", grow=1.0), words("b", "Owner"), figures("c", "Late")]
    found = column_widths(table(columns, *rows), measure)
    assert sum(found.columns) + found.group == pytest.approx(measure, abs=0.01)
    assert all(found.inner(index) > 0 for index in range(3))
