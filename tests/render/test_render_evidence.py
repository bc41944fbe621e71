"""The evidence of a document: that of the figures it prints, merged, and no other."""

from __future__ import annotations

from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from reviewkit import evidence
from reviewkit.blocks import MIME, Cell, Column, Figure, Front, Row, Table, to_json
from reviewkit.errors import RenderError
from reviewkit.evidence import Backing, Definition, Evidence
from reviewkit.render.document import read_document

FRONT = Front(client="Halden", report="QBR", period="Q3", provider="Meridian", title="Halden Q3")


def _known(metric: str) -> Evidence:
    figure = Figure(metric=metric, period="2026Q3")
    definition = Definition(
        metric=metric, label=metric, definition="What.", formula="a ÷ b", counted="One."
    )
    return Evidence(
        definitions=(definition,), figures=(Backing(figure=figure, at="2026Q3", lines=(), n=7),)
    )


def _cell(metric: str, told: Any, *tags: str) -> NotebookNode:
    cell = Cell(text="7", value=7, type="int", figure=Figure(metric=metric, period="2026Q3"))
    table = Table(
        columns=(Column(key="a", label="A"),), rows=(Row(cells=(cell,)),), summary="Figures"
    )
    data = {MIME: to_json(table), evidence.MIME: told}
    output = new_output("display_data", data=data)
    return new_code_cell("show()", outputs=[output], metadata={"tags": list(tags)})


def _document(audience: str, *cells: NotebookNode) -> Any:
    front = FRONT.model_copy(update={"audience": audience})
    opening = new_code_cell(
        "front()", outputs=[new_output("display_data", data={MIME: to_json(front)})]
    )
    return read_document(new_notebook(cells=[opening, *cells]))


@pytest.mark.parametrize(
    ("audience", "expected"), [("client", ["otif"]), ("internal", ["otif", "gross_margin"])]
)
def test_a_client_is_told_nothing_of_an_internal_cell(audience: str, expected: list[str]) -> None:
    cells = (
        _cell("otif", evidence.to_json(_known("otif"))),
        _cell("gross_margin", evidence.to_json(_known("gross_margin")), "internal"),
    )
    found = _document(audience, *cells).evidence
    assert [item.figure.metric for item in found.figures] == expected
    assert [item.metric for item in found.definitions] == expected


def test_evidence_of_what_is_not_printed_is_left_out() -> None:
    told = evidence.merged((_known("otif"), _known("in_full")))
    found = _document("client", _cell("otif", evidence.to_json(told))).evidence
    assert found == _known("otif")


def test_evidence_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(RenderError, match="evidence of a figure cannot be read"):
        _document("client", _cell("otif", {"figures": [{"figure": "otif"}]}))
