"""The appendix: typed figures at the rounding shown, nothing hidden, nothing that runs."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from look_pages import executive, internal, scorecard, why
from office_reading import book, document, head_row, loose, rows, shown, tables

from reviewkit.blocks import (
    Cell,
    Chart,
    Column,
    Footnote,
    Heading,
    Plot,
    Reference,
    Row,
    Series,
    Status,
    Table,
    Tile,
    Tiles,
)
from reviewkit.render.document import Document
from reviewkit.render.xlsx import write_xlsx
from reviewkit.render.xlsx.names import LONGEST_TEXT, Names, plain

SECRET = 0.9464150943396227
NAME = Column(key="name", label="Lane")
NOW = Column(key="now", label="Q3 2026", align="right", role="actual")


def table(*cells: tuple[Cell, ...], columns: tuple[Column, ...] = (NAME, NOW)) -> Table:
    return Table(columns=columns, rows=tuple(Row(cells=row) for row in cells), summary="Lanes")


def one(block: Table | Chart | Tiles, **front: object) -> object:
    """The sheet of a document that holds one block."""
    heading = Heading(role="page", text="Venlo → Lyon fell to 94.6%", nav="Lanes")
    return book(write_xlsx(document(heading, block, **front)))["Lanes"]


def test_numbers_are_rounded_as_printed_and_typed() -> None:
    page = one(
        table(
            (Cell(text="Rate"), Cell(text="94.6", value=SECRET, type="float")),
            (Cell(text="Money"), Cell(text="−€1,234.50", value="-1234.4961", type="decimal")),
            (Cell(text="Effect"), Cell(text="+0.03", value="0.0312", type="decimal")),
            (Cell(text="Aim"), Cell(text="≥ 96.5", value=0.965, type="float")),
            (Cell(text="Due"), Cell(text="30 Oct", value="2026-10-30", type="date")),
            (Cell(text="None"), Cell(text="–", type="none")),
        )
    )
    found = {row[0].value: row[1] for row in rows(page, head_row(page))}
    assert {name: cell.value for name, cell in found.items()} == {
        "Rate": 0.946,
        "Money": -1234.5,
        "Effect": 0.03,
        "Aim": 0.965,
        "Due": dt.datetime(2026, 10, 30),  # noqa: DTZ001 - a day has no zone
        "None": "–",
    }
    assert {name: shown(cell) for name, cell in found.items()} == {
        "Rate": "94.6%",
        "Money": "−€1,234.50",
        "Effect": "+0.03",
        "Aim": "≥ 96.5%",
        "Due": "30 Oct 2026",
        "None": "–",
    }


LOOK = document(*executive(), *scorecard(), *why(), *internal())


@pytest.mark.parametrize("number", range(len(list(tables(LOOK)))))
def test_every_figure_equals_its_block(number: int) -> None:
    """Every text of every table of the look stands in its sheet, a number as a number."""
    given = list(tables(LOOK))[number]
    page = one(given)
    listed = [loose(shown(cell)) for row in rows(page, head_row(page)) for cell in row]
    for row in given.rows:
        for column, cell in zip(given.columns, row.cells, strict=True):
            if column.role == "graphic":
                continue
            texts = {loose(cell.text), f"{loose(cell.text)}%", f"{loose(cell.text)} ({cell.mark})"}
            day = cell.type == "date"
            status = cell.status is not None
            assert not cell.text or day or status or texts & set(listed), cell.text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x.example")', "\t=1"],
)
def test_text_is_never_a_formula(text: str) -> None:
    data = write_xlsx(
        document(
            Heading(role="page", text=text, nav=text),
            table((Cell(text=text), Cell(text=text, value=text, type="decimal"))),
            source=text,
            client=text,
        )
    )
    for page in book(data):
        for cell in (cell for row in page.iter_rows() for cell in row):
            assert cell.data_type != "f"
    for name, part in parts_of(data).items():
        assert not re.search(rb"<f[ >]", part), name


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_links_lead_inside_alone() -> None:
    cell = Cell(text="http://evil.example/x", link="http://evil.example/x")
    data = write_xlsx(document(table((cell, Cell(text="1")))))
    external = [name for name, part in parts_of(data).items() if b'TargetMode="External"' in part]
    assert external == []


def test_a_measure_leads_to_its_definition() -> None:
    scores = table((Cell(text="On time", link="#def-otd"), Cell(text="94.6")))
    meaning = Table(
        columns=(NAME, Column(key="d", label="Definition")),
        rows=(
            Row(cells=(Cell(text="In full"), Cell(text="All units.")), anchor="def-if"),
            Row(cells=(Cell(text="On time"), Cell(text="By the promise.")), anchor="def-otd"),
        ),
        summary="Definitions",
    )
    found = book(
        write_xlsx(
            document(
                Heading(role="page", text="Scores", nav="Scorecard"),
                scores,
                Heading(role="page", text="Meanings", nav="Definitions"),
                meaning,
            )
        )
    )
    page = found["Scorecard"]
    link = rows(page, head_row(page))[0][0].hyperlink.location
    sheet, _, place = link.partition("!")
    assert found[sheet.strip("'")][place].value == "On time"


def test_contents_lead_to_every_sheet() -> None:
    found = book(write_xlsx(LOOK))
    page = found[found.sheetnames[0]]
    listed = rows(page, head_row(page))
    assert [row[0].value for row in listed] == found.sheetnames[1:]
    assert [row[0].hyperlink.location for row in listed] == [
        f"'{name}'!A1" for name in found.sheetnames[1:]
    ]
    assert [row[1].value for row in listed] == [found[n]["A2"].value for n in found.sheetnames[1:]]


def test_nothing_is_hidden_and_every_sheet_says_whose_it_is() -> None:
    data = write_xlsx(LOOK)
    found = book(data)
    for page in found:
        texts = [cell.value for row in page.iter_rows() for cell in row if cell.value]
        assert page.sheet_state == "visible"
        assert not any(item.hidden for item in page.row_dimensions.values())
        assert not any(item.hidden for item in page.column_dimensions.values())
        assert LOOK.front.source in texts
        assert LOOK.front.confidentiality in texts
        assert page.oddFooter.left.text.endswith(LOOK.front.confidentiality)
        assert page.page_setup.fitToWidth in (None, 1)
        assert page.page_setup.fitToHeight == 0
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows
    assert b"hidden" not in b"".join(parts_of(data).values())
    assert not [name for name in parts_of(data) if "comment" in name or "external" in name]


def test_an_internal_version_says_so_on_every_sheet() -> None:
    data = write_xlsx(document(*scorecard(), audience="internal"))
    for page in book(data):
        assert page["A1"].value.startswith("INTERNAL")
        assert "INTERNAL" in page.oddFooter.left.text
        assert page.sheet_properties.tabColor.rgb.endswith("000000")


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_xlsx(LOOK) == write_xlsx(LOOK)


def test_no_clock_is_in_it() -> None:
    core = parts_of(write_xlsx(document(*scorecard(), generated="2026-10-06T18:00:00+02:00")))
    assert core["docProps/core.xml"].count(b"2026-10-06T18:00:00Z") == 2
    with zipfile.ZipFile(io.BytesIO(write_xlsx(LOOK))) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def chart(form: str, *series: Series, **more: object) -> Chart:
    plot = Plot(form=form, categories=("Aug 2026", "Sept 2026"), series=series, **more)  # type: ignore[arg-type]
    spec = {"data": {"values": [{"y": SECRET}]}, "mark": "line"}
    return Chart(spec=spec, alt="On-time delivery by month", plot=plot)


def test_a_chart_lists_its_printed_figures_and_no_others() -> None:
    data = write_xlsx(
        document(
            Heading(role="page", text="Fell", nav="Lanes"),
            chart(
                "lines",
                Series(name="On time", texts=("94.4", "")),
                Series(name="Target", texts=("96.5",) * 2),
            ),
        )
    )
    page = book(data)["Lanes"]
    listed = [[cell.value for cell in row] for row in rows(page, head_row(page))]
    assert listed == [["Aug 2026", 94.4, 96.5], ["Sept 2026", None, 96.5]]
    assert b"0.94641" not in b"".join(parts_of(data).values())


def test_a_heat_map_keeps_its_shape() -> None:
    given = chart("heat", Series(name="Venlo", texts=("", "91.0")), weights=((None, 0.3),))
    page = one(given)
    assert [[cell.value for cell in row] for row in rows(page, head_row(page))] == [
        ["Venlo", None, 91]
    ]


def test_tiles_are_rows_with_what_they_are_compared_with() -> None:
    tile = Tile(
        label="On-time delivery",
        text="94.6",
        unit="%",
        value=SECRET,
        status=Status(state="missed", word="Missed", detail="by 1.9"),
        references=(Reference(label="Target", text="≥ 96.5"),),
        n="9,275",
    )
    page = one(Tiles(tiles=(tile,)))
    row = rows(page, head_row(page))[0]
    assert [shown(cell) for cell in row] == [
        *("On-time delivery", "94.6%", "%", "Missed by 1.9", "≥ 96.5%", "9,275")
    ]
    assert row[1].value == 0.946


def test_an_empty_table_says_so() -> None:
    page = one(Table(columns=(NAME, NOW), rows=(), summary="Lanes", empty="No lane was late."))
    assert rows(page, head_row(page))[0][0].value == "No lane was late."


def test_notes_and_marks_stand_below_and_beside() -> None:
    given = table((Cell(text="Lyon", mark="a", note="by road"), Cell(text="1")))
    noted = given.model_copy(update={"footnotes": (Footnote(mark="a", lead="Few.", text="26."),)})
    page = one(noted)
    texts = [cell.value for row in page.iter_rows() for cell in row if cell.value]
    assert "Lyon (a)" in texts
    assert "by road" in texts
    assert "a Few. 26." in texts


HOSTILE = (
    "东京 → 大阪",
    "الرياض → جدة",
    "🚚 Lyon 🧊",
    "x" * 200,
    "A&B <i>\"'",
    "\x00\x07Lyon\x1b",
    "_x0041_",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_survives(name: str) -> None:
    found = book(
        write_xlsx(
            document(
                Heading(role="page", text=name, nav=name), table((Cell(text=name), Cell(text="1")))
            )
        )
    )
    page = found[found.sheetnames[1]]
    kept = re.sub(r"[\x00-\x1f]", "", name)
    assert page["A2"].value.replace("_x005F", "") == kept
    assert rows(page, head_row(page))[0][0].value.replace("_x005F", "") == kept


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["Billing", "billing", "BILLING"], ["Billing", "billing 2", "BILLING 3"]),
        (["a/b\\c?d*e[f]:g"], ["a b c d e f g"]),
        (["'quoted'", "", "History"], ["quoted", "Sheet", "History 2"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 29 + " 2"]),
        (["🚚" * 20], ["🚚" * 15]),
    ],
)
def test_names_of_sheets_are_what_a_workbook_takes(wanted: list[str], names: list[str]) -> None:
    given = Names()
    assert [given.of(name) for name in wanted] == names


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    assert len(plain("x" * 40_000)) == LONGEST_TEXT
    assert plain("x" * 40_000).endswith("x…")
    assert plain("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT


def test_amounts_from_a_cent_to_a_trillion() -> None:
    page = one(
        table(
            (Cell(text="a"), Cell(text="0.01", value="0.01", type="decimal")),
            (Cell(text="b"), Cell(text="1,000,000,000,000.00", value="1e12", type="decimal")),
            (Cell(text="c"), Cell(text="12,345,678,901,234,567", value="1", type="decimal")),
        )
    )
    assert [row[1].value for row in rows(page, head_row(page))] == [
        0.01,
        1_000_000_000_000,
        "12,345,678,901,234,567",
    ]


def test_a_chart_without_figures_is_named_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    bare = Chart(spec={"data": {"values": [{"y": SECRET}]}, "mark": "line"}, alt="Their own chart")
    data = write_xlsx(document(bare))
    assert "Their own chart" in caplog.text
    assert book(data).sheetnames == ["Contents"]


def test_a_page_in_another_language_has_its_own_signs() -> None:
    page = one(table((Cell(text="a"), Cell(text="1.234,5"))), language="de-DE", decimal=",")
    cell = rows(page, head_row(page))[0][1]
    assert cell.value == 1234.5
    assert shown(cell, ",") == "1.234,5"


def test_a_document_may_hold_nothing() -> None:
    assert isinstance(LOOK, Document)
    assert book(write_xlsx(document())).sheetnames == ["Contents"]
