"""Notebooks as committed: clean, valid, and made of prose and short calls."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest

from reviewkit.build.notebooks import usual_period
from reviewkit.review import Portfolio, Review

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("**/*.ipynb"))


OFFERED = {"review": Review, "portfolio": Portfolio}
"""What a notebook's calls begin with, and what offers them."""


def code(cell: Any) -> ast.Module:
    return ast.parse(cell.source)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> Any:
    return nbformat.read(request.param, as_version=4)


def test_every_report_kind_is_there() -> None:
    kinds = {"activity", "executive", "monthly", "portfolio", "qbr", "strategic"}
    assert {path.stem for path in NOTEBOOKS} >= kinds


def test_it_is_committed_without_outputs_and_valid(notebook: Any) -> None:
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


def test_its_first_code_cell_holds_the_parameters(notebook: Any) -> None:
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert first.metadata.tags == ["parameters"]
    assert first.source in (
        'client = "acme"\nperiod = ""\naudience = "client"',
        'client = "acme"\nperiod = "month"\naudience = "client"',
        'client = "portfolio"\nperiod = ""\naudience = "internal"',
    )


def test_a_monthly_review_is_of_a_month_and_the_others_of_the_usual_period() -> None:
    own = {path.stem: usual_period(path) for path in NOTEBOOKS}
    assert own.pop("monthly") == "month"
    assert set(own.values()) == {"quarter"}


def test_it_defines_nothing_and_calls_only_what_a_review_offers(notebook: Any) -> None:
    for cell in notebook.cells:
        for node in ast.walk(code(cell)):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in OFFERED
            ):
                assert hasattr(OFFERED[node.value.id], node.attr), node.attr


def test_internal_parts_stand_in_internal_cells_behind_their_condition(notebook: Any) -> None:
    for cell in notebook.cells:
        internal = "internal" in cell.metadata.get("tags", ())
        asked = any(name in cell.source for name in ("margin", "budget", "receivables", ".plan("))
        assert internal == ("review.internal" in cell.source)
        if asked and "other_commentary" not in cell.source:
            assert internal
