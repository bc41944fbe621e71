"""Executed notebooks as documents: what is taken of an output, what is left out, in what order."""

from __future__ import annotations

import base64
import copy
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from reviewkit.blocks import (
    MIME,
    Block,
    Chart,
    Front,
    Group,
    Heading,
    Markdown,
    Prose,
    Span,
    to_json,
)
from reviewkit.errors import RenderError
from reviewkit.render.document import Levels, flat, read_document
from reviewkit.render.parts import CodePart, HtmlPart, ImagePart, TextPart
from reviewkit.render.showing import Showing

FRONT = Front(client="Halden", report="QBR", period="Q3", provider="Meridian", title="Halden Q3")
SPEC = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "mark": "bar"}


def shown(data: dict[str, Any], tags: tuple[str, ...] = ()) -> NotebookNode:
    output = new_output("display_data", data=data)
    return new_code_cell("show()", outputs=[output], metadata={"tags": list(tags)})


def block(item: Block, tags: tuple[str, ...] = ()) -> NotebookNode:
    return shown({MIME: to_json(item), "text/html": "<p>html</p>", "text/plain": "text"}, tags)


def paragraph(text: str) -> Prose:
    return Prose(paragraphs=((Span(text=text),),))


def test_our_notebook_has_its_front_and_hides_code() -> None:
    book = new_notebook(cells=[block(FRONT), new_markdown_cell("# Words"), block(paragraph("a"))])
    document = read_document(book)
    assert document.ours
    assert document.front == FRONT
    assert document.parts == (Markdown(source="# Words"), paragraph("a"))


def test_code_is_shown_where_it_is_asked_for() -> None:
    document = read_document(new_notebook(cells=[block(FRONT)]), showing=Showing(code=True))
    assert document.parts == (CodePart("show()", "python"),)


@pytest.mark.parametrize(
    ("audience", "expected"), [("client", ("public",)), ("internal", ("public", "secret"))]
)
def test_internal_cells_are_dropped_for_the_client(
    audience: Any, expected: tuple[str, ...]
) -> None:
    cells = [
        block(FRONT.model_copy(update={"audience": audience})),
        block(paragraph("public")),
        block(paragraph("secret"), tags=("internal",)),
    ]
    parts = read_document(new_notebook(cells=cells)).parts
    assert parts == tuple(paragraph(text) for text in expected)


def test_internal_markdown_is_dropped_too() -> None:
    secret = new_markdown_cell("margin 17.2%", metadata={"tags": ["internal"]})
    assert read_document(new_notebook(cells=[block(FRONT), secret])).parts == ()


def test_the_callers_notebook_is_not_changed() -> None:
    book = new_notebook(cells=[block(FRONT), new_markdown_cell("x")])
    before = copy.deepcopy(book)
    read_document(book)
    assert book == before


@pytest.mark.parametrize(
    ("metadata", "cells", "name", "expected"),
    [
        ({"title": "From metadata"}, ["# Heading"], "file", "From metadata"),
        ({}, ["text", "## First heading ##\n# Second"], "file", "First heading"),
        ({}, ["no heading"], "file", "file"),
        ({}, [], "", "Notebook"),
    ],
)
def test_a_foreign_notebook_gets_a_front(
    metadata: dict[str, str], cells: list[str], name: str, expected: str
) -> None:
    book = new_notebook(metadata=metadata, cells=[new_markdown_cell(cell) for cell in cells])
    document = read_document(book, name)
    assert not document.ours
    assert document.front.title == expected


PNG = base64.b64encode(b"png").decode()

PREFERENCES: list[tuple[dict[str, Any], Any]] = [
    ({MIME: to_json(paragraph("block")), "image/png": PNG}, paragraph("block")),
    (
        {"application/vnd.vegalite.v6+json": SPEC, "image/svg+xml": "<svg/>"},
        Chart(spec=SPEC, alt="Chart"),
    ),
    (
        {"application/vnd.vegalite.v5+json": SPEC | {"description": "Late by lane"}},
        Chart(spec=SPEC | {"description": "Late by lane"}, alt="Late by lane"),
    ),
    (
        {"image/svg+xml": "<svg/>", "image/png": PNG, "text/plain": "a figure"},
        ImagePart("image/svg+xml", b"<svg/>", "a figure"),
    ),
    ({"image/png": PNG, "text/html": "<img>"}, ImagePart("image/png", b"png", "Image")),
    ({"image/jpeg": PNG}, ImagePart("image/jpeg", b"png", "Image")),
    ({"text/markdown": "*md*", "text/html": "<i>"}, Markdown(source="*md*")),
    ({"text/html": "<b>x</b>", "text/latex": "x", "text/plain": "x"}, HtmlPart("<b>x</b>")),
    ({"text/html": "<script>draw()</script>", "text/plain": "a plot"}, TextPart("a plot")),
    ({"text/latex": "$x$", "text/plain": "x"}, Markdown(source="$x$")),
    ({"text/plain": "\x1b[31mred\x1b[0m"}, TextPart("red")),
]


@pytest.mark.parametrize(("data", "expected"), PREFERENCES)
def test_the_best_form_of_an_output_is_taken(data: dict[str, Any], expected: Any) -> None:
    document = read_document(new_notebook(cells=[shown(data)]), showing=Showing(code=False))
    assert document.parts == (expected,)


def test_streams_and_errors_are_text_as_it_would_stand_on_paper() -> None:
    cell = new_code_cell(
        "run()",
        outputs=[
            new_output("stream", text="10%\r50%\rdone\n\x1b[1mbold\x1b[0m\n"),
            new_output(
                "error", ename="KeyError", evalue="'x'", traceback=["\x1b[0;31mKeyError\x1b[0m: x"]
            ),
        ],
    )
    parts = read_document(new_notebook(cells=[cell])).parts
    assert parts == (
        CodePart("run()", "python"),
        TextPart("done\nbold"),
        TextPart("KeyError: x"),
    )


def test_order_is_the_notebooks_own() -> None:
    cells = [block(FRONT), *(block(paragraph(str(i))) for i in range(5))]
    parts = read_document(new_notebook(cells=cells)).parts
    assert parts == tuple(paragraph(str(i)) for i in range(5))


def test_attachments_travel_with_their_text() -> None:
    cell = new_markdown_cell("![map](attachment:map.png)")
    cell["attachments"] = {"map.png": {"image/png": PNG}}
    (part,) = read_document(new_notebook(cells=[cell])).parts
    assert part == Markdown(source=f"![map](data:image/png;base64,{PNG})")


def test_a_block_of_another_version_is_an_error_that_says_so() -> None:
    book = new_notebook(cells=[shown({MIME: {"kind": "prose", "shape": "round"}})])
    with pytest.raises(RenderError, match="another version of reviewkit"):
        read_document(book)


def test_levels_follow_the_nesting_and_skip_none() -> None:
    levels = Levels()
    roles = ("headline", "section", "finding", "page", "section", "finding", "page", "finding")
    found = [levels.of(Heading(role=role, text="x")) for role in roles]  # type: ignore[arg-type]
    assert found == [1, 2, 3, 2, 3, 4, 2, 3]


def test_levels_start_at_one_whatever_comes_first() -> None:
    levels = Levels()
    assert [levels.at(depth) for depth in (4, 3, 4, 1, 3)] == [1, 1, 2, 1, 2]


def test_groups_are_opened_unless_they_stay_together() -> None:
    a, b, c = (paragraph(text) for text in "abc")
    kept = Group(blocks=(b, c), keep=True)
    assert flat((Group(blocks=(a, Group(blocks=(b,)))), kept)) == (a, b, kept)
