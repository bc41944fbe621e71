"""The deck: native tables and charts, nothing beyond what is shown, no slide too full."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from look_pages import executive, internal, scorecard, why
from office_reading import deck, document, loose, tables, words
from pptx import Presentation
from pptx.util import Pt

from reviewkit.blocks import (
    Cell,
    Chart,
    Column,
    Columns,
    Group,
    Heading,
    Markdown,
    NotSupplied,
    Plot,
    Prose,
    Row,
    Series,
    Span,
    Table,
    Tile,
    Tiles,
)
from reviewkit.errors import RenderError
from reviewkit.render.pptx import write_pptx

SECRET = 0.9464150943396227
NAME = Column(key="name", label="Lane")
NOW = Column(key="now", label="Q3 2026", align="right", role="actual")
LOOK = document(*executive(), *scorecard(), *why(), *internal())


def table(count: int, name: str = "Lane", columns: tuple[Column, ...] = (NAME, NOW)) -> Table:
    rows = tuple(Row(cells=(Cell(text=f"{name} {n}"), Cell(text=f"{n}.5"))) for n in range(count))
    return Table(columns=columns, rows=rows, summary="Lanes")


def line(**more: Any) -> Chart:
    series = (
        Series(name="On time", texts=("94.4", "", "94.1")),
        Series(name="Target", texts=("96.5",) * 3, tone="strong", dashed=True),
    )
    known = {"form": "lines", "categories": ("Jul", "Aug", "Sept"), "series": series}
    plot = Plot(**(known | {"low": 94.0, "high": 97.0} | more))
    spec = {"data": {"values": [{"y": SECRET}]}, "mark": "line"}
    return Chart(spec=spec, alt="On-time delivery by month", plot=plot)


def page(text: str = "Venlo → Lyon fell to 94.6%") -> Heading:
    return Heading(role="page", text=text, nav="On time")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def shapes(slides: Any, kind: str) -> list[Any]:
    return [s for slide in slides for s in slide.shapes if getattr(s, f"has_{kind}", False)]


def test_slides_are_wide_and_titles_state_the_finding() -> None:
    found = deck(write_pptx(document(page(), line())))
    assert found.slide_width / found.slide_height == pytest.approx(16 / 9)
    first, second = found.slides
    assert first.shapes.title.text_frame.text == "Quarterly business review"
    assert second.shapes.title.text_frame.text == "Venlo → Lyon fell to 94.6%"


def test_every_figure_of_every_table_stands_in_the_deck() -> None:
    found = deck(write_pptx(LOOK))
    texts = {loose(text) for slide in found.slides for text in words(slide)}
    listed = " | ".join(texts)
    for given in tables(LOOK):
        for row in given.rows:
            for cell in row.cells:
                assert not cell.text or loose(cell.text) in listed, cell.text


def test_tables_are_native_and_say_what_they_hold() -> None:
    found = shapes(deck(write_pptx(document(page(), table(3)))).slides, "table")
    assert len(found) == 1
    own = found[0].table
    texts = [[cell.text_frame.text for cell in row.cells] for row in own.rows]
    assert texts == [["Lane", "Q3 2026"], ["Lane 0", "0.5"], ["Lane 1", "1.5"], ["Lane 2", "2.5"]]
    assert found[0]._element.xpath(".//p:cNvPr")[0].get("descr") == "Lanes"


def test_a_chart_is_native_and_its_workbook_holds_what_is_printed() -> None:
    data = write_pptx(document(page(), line()))
    (shape,) = shapes(deck(data).slides, "chart")
    assert [(s.name, tuple(s.values)) for s in shape.chart.plots[0].series] == [
        ("On time", (94.4, None, 94.1)),
        ("Target", (96.5, 96.5, 96.5)),
    ]
    assert shape._element.xpath(".//p:cNvPr")[0].get("descr") == "On-time delivery by month"
    (inner,) = [part for name, part in parts_of(data).items() if name.endswith(".xlsx")]
    held = openpyxl.load_workbook(io.BytesIO(inner))
    assert len(held.sheetnames) == 1
    assert [[cell.value for cell in row] for row in held.active.iter_rows()] == [
        [None, "On time", "Target"],
        ["Jul", 94.4, 96.5],
        ["Aug", None, 96.5],
        ["Sept", 94.1, 96.5],
    ]


def dots(series: Any) -> list[int]:
    """The points of a line that are drawn."""
    marked = series._element.xpath(".//c:dPt[c:marker/c:symbol[@val='circle']]/c:idx/@val")
    return [int(at) for at in marked]


def test_points_that_no_line_leads_to_are_drawn_and_so_is_the_last() -> None:
    # July and September stand alone beside a gap; a line of three shows its end only.
    (shape,) = shapes(deck(write_pptx(document(page(), line()))).slides, "chart")
    on_time, target = shape.chart.plots[0].series
    assert (dots(on_time), dots(target)) == ([0, 2], [])
    whole = line(series=(Series(name="On time", texts=("94.4", "94.2", "94.1")),))
    (shape,) = shapes(deck(write_pptx(document(page(), whole))).slides, "chart")
    assert dots(shape.chart.plots[0].series[0]) == [2]


def test_a_series_without_a_figure_is_not_in_the_legend() -> None:
    """A year before that is not known: its name would stand for nothing."""
    series = (
        Series(name="Shipments", texts=("3", "", "4")),
        Series(name="Year before", texts=("", "", ""), tone="strong", line=True),
    )
    (shape,) = shapes(
        deck(write_pptx(document(page(), line(form="stack", series=series)))).slides, "chart"
    )
    assert [own.name for plot in shape.chart.plots for own in plot.series] == ["Shipments"]
    assert not shape.chart.has_legend


def test_the_first_slide_answers_with_its_measures_whatever_was_decided() -> None:
    none = NotSupplied(what="No decision is sought.", known=True)
    tiles = Tiles(tiles=(Tile(label="On time", text="94.6"),))
    blocks = (
        Heading(role="headline", text="It fell", nav="Summary"),
        Prose(paragraphs=((Span(text="Of one measure one missed."),),), lead=True),
        *(none, Heading(role="section", text="One measure"), tiles),
    )
    slides = list(deck(write_pptx(document(*blocks))).slides)
    assert len(slides) == 2
    said = [shape.text_frame.text for shape in slides[1].shapes if shape.has_text_frame]
    told = [text for text in said if text in ("One measure", "94.6", "94.6 ", none.what)]
    assert [text.strip() for text in told] == ["One measure", "94.6", "No decision is sought."]


def test_bars_that_add_up_carry_their_printed_total() -> None:
    series = (
        Series(name="Freight", texts=("2", "1,200", "5")),
        Series(name="Parcel", texts=("1", "0", "5"), tone="quiet"),
        Series(name="Total", texts=("3", "1,200", "10"), line=True, total=True),
        Series(name="Year before", texts=("", "901", "9"), line=True, dashed=True),
    )
    chart = line(form="stack", series=series, low=0.0, high=2000.0)
    (shape,) = shapes(deck(write_pptx(document(page(), chart))).slides, "chart")
    bars, lines = shape.chart.plots
    assert [series.name for series in bars.series] == ["Freight", "Parcel"]
    assert [tuple(series.values) for series in lines.series] == [(3, 1200, 10), (None, 901, 9)]


def test_nothing_finer_than_print_is_in_any_part() -> None:
    exact = Cell(text="94.6", value=SECRET, type="float")
    given = Table(columns=(NAME, NOW), rows=(Row(cells=(Cell(text="a"), exact)),), summary="s")
    data = write_pptx(document(page(), given, line()))
    for name, part in flat(data):
        assert b"0.94641" not in part, name
        assert b"94.641" not in part, name


def flat(data: bytes) -> list[tuple[str, bytes]]:
    found = []
    for name, part in parts_of(data).items():
        found += flat(part) if name.endswith(".xlsx") else [(name, part)]
    return found


def test_a_heat_map_is_a_table_with_tints() -> None:
    chart = line(
        form="heat",
        series=(Series(name="Venlo", texts=("", "91.0", "97.0")),),
        weights=((None, 0.9, 0.0),),
    )
    (shape,) = shapes(deck(write_pptx(document(page(), chart))).slides, "table")
    row = shape.table.rows[1].cells
    assert [cell.text_frame.text for cell in row] == ["Venlo", "", "91.0", "97.0"]
    assert [cell.fill.type is not None for cell in row] == [False, False, True, False]


def test_a_chart_that_hands_no_figures_on_is_a_picture_named_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    axes = {name: {"field": name, "type": "quantitative"} for name in "xy"}
    spec = {"data": {"values": [{"x": 1, "y": 2}, {"x": 2, "y": 3}]}, "mark": "line"}
    bare = line().model_copy(update={"plot": None, "spec": spec | {"encoding": axes}})
    found = deck(write_pptx(document(page(), bare)))
    pictures = [s for s in found.slides[1].shapes if s.shape_type == 13]
    assert len(pictures) == 1
    assert pictures[0]._element.xpath(".//p:cNvPr")[0].get("descr") == bare.alt
    assert "a picture: On-time delivery by month" in caplog.text


def test_long_tables_go_on_overleaf_with_their_heads() -> None:
    found = deck(write_pptx(document(page(), table(60))))
    parts = [shape.table for shape in shapes(found.slides, "table")]
    assert len(parts) > 2
    listed = [row.cells[0].text_frame.text for part in parts for row in list(part.rows)[1:]]
    assert listed == [f"Lane {n}" for n in range(60)]
    assert {part.cell(0, 1).text_frame.text for part in parts} == {"Q3 2026"}
    titles = {slide.shapes.title.text_frame.text for slide in list(found.slides)[1:]}
    assert titles == {"Venlo → Lyon fell to 94.6%"}


def test_a_group_is_named_again_overleaf() -> None:
    rows = tuple(
        Row(cells=(Cell(text=f"Lane {n}"), Cell(text="1")), group="Delivery" if n == 0 else "")
        for n in range(60)
    )
    given = Table(columns=(NAME, NOW), rows=rows, summary="Lanes")
    parts = shapes(deck(write_pptx(document(page(), given))).slides, "table")
    assert len(parts) > 1
    assert {part.table.cell(1, 0).text_frame.text for part in parts} == {"Delivery"}


def bottoms(data: bytes) -> list[tuple[str, float, float]]:
    """Where tables, charts and words end, as the file says, beside where the footer begins."""
    found = deck(data)
    out = []
    for slide in list(found.slides)[1:]:
        for shape in slide.shapes:
            if not shape.is_placeholder:
                out.append(
                    (
                        shape.name,
                        (shape.top + shape.height) / 12700,
                        (shape.left + shape.width) / 12700,
                    )
                )
    return out


STRESS = document(
    page("x" * 150),
    table(60, "A name that is as long as a hundred and twenty letters make it " * 2),
    Heading(role="section", text="Two beside each other"),
    Columns(
        columns=(
            (Heading(role="section", text="Left"), line()),
            (Heading(role="section", text="Right"), table(30)),
        )
    ),
    Heading(role="section", text="None"),
    Table(columns=(NAME, NOW), rows=(), summary="None", empty="No lane was late."),
    NotSupplied(what="Costs were not supplied."),
    Heading(role="section", text="One point"),
    line(
        categories=("Jul",), series=(Series(name="On time", texts=("0.01",)),), low=None, high=None
    ),
    Markdown(source="A *long* word of the manager. " * 60, author="Juno Fairweather"),
)


def test_nothing_leaves_a_slide() -> None:
    found = bottoms(write_pptx(STRESS))
    assert found
    assert [item for item in found if item[1] > 506 or item[2] > 920] == []


@pytest.mark.parametrize(
    "name", ["东京 → 大阪", "الرياض", "🚚 Lyon 🧊", "x" * 200, "=1+1", "A&B <i>", "\x00Lyon\x1b"]
)
def test_any_name_survives(name: str) -> None:
    chart = line(series=(Series(name=name, texts=("1.0", "2.0", "3.0")),))
    given = document(page(name), table(1, name), chart, client=name, report=name)
    found = deck(write_pptx(given))
    kept = re.sub(r"[\x00-\x1f]", "", name)
    assert found.slides[1].shapes.title.text_frame.text == kept
    assert any(f"{kept} 0" == text for slide in found.slides for text in words(slide))
    (shape,) = shapes(found.slides, "chart")
    assert shape.chart.plots[0].series[0].name == kept


def test_the_client_gets_no_notes_and_the_house_gets_definitions() -> None:
    scores = Table(
        columns=(NAME, NOW),
        rows=(Row(cells=(Cell(text="On time", link="#def-otd"), Cell(text="94.6"))),),
        summary="Scores",
    )
    meaning = Table(
        columns=(NAME, Column(key="d", label="Definition")),
        rows=(Row(cells=(Cell(text="On time"), Cell(text="By the promise.")), anchor="def-otd"),),
        summary="Definitions",
    )
    parts = (page("Scores"), scores, page("Meanings"), meaning)
    for audience in ("client", "internal"):
        data = write_pptx(document(*parts, audience=audience))
        notes = [
            s.notes_slide.notes_text_frame.text for s in deck(data).slides if s.has_notes_slide
        ]
        assert notes == ([] if audience == "client" else ["On time: By the promise."])
        assert ("notesSlide" in " ".join(parts_of(data))) == (audience == "internal")


def test_every_slide_has_its_number_and_footer_and_language() -> None:
    data = write_pptx(document(page(), line(), table(2), language="de-DE", decimal="."))
    for slide in deck(data).slides:
        texts = " ".join(words(slide))
        assert "Confidential. Prepared for Acme Motors." in texts
        assert slide._element.xpath(".//a:fld[@type='slidenum']")
        assert {run.get("lang") for run in slide._element.xpath(".//a:rPr")} == {"de-DE"}


def test_no_two_shapes_of_a_slide_have_one_number(house: Path) -> None:
    for own in (None, house):
        for slide in deck(write_pptx(LOOK, own)).slides:
            numbers = slide._element.xpath(".//p:cNvPr/@id")
            assert len(numbers) == len(set(numbers))


def test_an_internal_version_says_so_on_every_slide() -> None:
    for slide in deck(write_pptx(document(page(), table(2), audience="internal"))).slides:
        texts = words(slide)
        assert any(text.startswith("INTERNAL. ") for text in texts)
        assert any("internal version" in text for text in texts)


def test_the_same_document_gives_the_same_bytes() -> None:
    given = document(page(), line(), table(3), generated="2026-10-06T18:00:00+02:00")
    data = write_pptx(given)
    assert data == write_pptx(given)
    for name, part in flat(data):
        if name == "docProps/core.xml":
            dates = set(re.findall(rb">(\d{4}-[^<]+)<", part))
            assert dates == {b"2026-10-06T18:00:00Z"}


def test_columns_with_headings_stand_side_by_side() -> None:
    half = tuple((Group(blocks=(Heading(role="section", text=name), line())),) for name in "AB")
    found = deck(write_pptx(document(page(), Columns(columns=half, weights=(6, 6)))))
    assert len(found.slides) == 2
    left, right = shapes(found.slides, "chart")
    assert left.left + left.width < right.left


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The house's own deck: another size and theme, a slide of its own, people and a picture."""
    own = Presentation()
    own.slide_width, own.slide_height = Pt(800), Pt(450)
    slide = own.slides.add_slide(own.slide_layouts[5])
    slide.shapes.title.text_frame.text = "Offer to Borealis Foods"
    slide.notes_slide.notes_text_frame.text = "Borealis pays less"
    own.core_properties.author = "Caspar Underhill"
    own.core_properties.title = "Borealis"
    path = tmp_path / "house.pptx"
    own.save(str(path))
    return path


def test_a_houses_deck_lends_its_layouts_and_nothing_else(house: Path) -> None:
    data = write_pptx(document(page(), line(), table(40)), house)
    found = deck(data)
    assert found.slide_width == Pt(800)
    assert [slide.slide_layout.name for slide in list(found.slides)[:2]] == [
        "Title Slide",
        "Title Only",
    ]
    everything = b"".join(part for _, part in flat(data))
    assert b"Borealis" not in everything
    assert b"Underhill" not in everything
    assert found.core_properties.title == "Acme Motors: Quarterly business review"


def test_the_face_is_the_pages_or_that_of_the_houses_deck(house: Path) -> None:
    """It is the theme's; no word of a slide and no chart has a face of its own."""
    for deck_, face in ((None, "Source Sans Pro"), (house, "Calibri")):
        parts = dict(flat(write_pptx(document(page(), line(), table(4)), deck_)))
        themes = {part for name, part in parts.items() if "ppt/theme" in name}
        slides = {part for name, part in parts.items() if "/slides/" in name or "/charts/" in name}
        faces = {found for part in slides for found in re.findall(rb'typeface="([^"]*)"', part)}
        assert faces == {b"+mn-lt"}
        assert all(f'<a:latin typeface="{face}"'.encode() in part for part in themes)


def test_a_houses_deck_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "house.pptx"
    path.write_bytes(b"no deck")
    with pytest.raises(RenderError, match=r"house\.pptx cannot be read as the house's deck"):
        write_pptx(document(page(), table(1)), path)


def test_no_part_tells_of_the_program_that_wrote_it() -> None:
    names = parts_of(write_pptx(document(page(), line())))
    assert not [
        n for n in names if re.search(r"printer|thumbnail|comment|custom|vba", n, re.IGNORECASE)
    ]
    assert b"On-screen" not in names["docProps/app.xml"]
