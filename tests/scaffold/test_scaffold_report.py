"""A further report kind from nothing but a notebook, which builds as it stands."""

from __future__ import annotations

import html
import json
from pathlib import Path

import nbformat
import pytest
from houses import write_house

from reviewkit.build import Selection, build
from reviewkit.build.notebooks import usual_period
from reviewkit.build.reports import Listener
from reviewkit.errors import UsageError
from reviewkit.params import load_workspace
from reviewkit.scaffold.report import new_report


def test_a_new_kind_builds_at_once(tmp_path: Path) -> None:
    root = write_house(tmp_path)
    path = new_report(root, "peak-plan", title='Peak "plan" & Söhne {x}')
    assert path == root / "notebooks" / "peak-plan.ipynb"
    wanted = Selection(reports=("peak-plan",), audiences=("client",), formats=("html",), jobs=1)
    built = build(load_workspace(root), wanted, Listener())
    assert built.ok, built.failed
    page = (root / "reports" / "tiny" / "2026Q3" / "peak-plan-client.html").read_text("utf-8")
    assert 'Peak "plan" & Söhne {x}' in html.unescape(page)


def test_it_is_a_notebook_as_those_of_the_house_are(tmp_path: Path) -> None:
    path = new_report(tmp_path, "safety")
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].metadata.tags == ["parameters"]
    assert notebook.cells[2].source == 'review.front("Safety")'
    for cell in notebook.cells:
        internal = "internal" in cell.metadata.get("tags", ())
        assert internal == ("review.internal" in cell.source)
    # The first client there is stands in it, so that it runs interactively too.
    assert notebook.cells[0].source.startswith('client = "acme"')
    write_house(tmp_path / "own", "borea")
    own = json.loads(new_report(tmp_path / "own", "safety").read_text())
    assert own["cells"][0]["source"][0] == 'client = "borea"\n'
    assert own["cells"][0]["source"][1] == 'period = ""\n'


def test_it_may_be_of_a_month(tmp_path: Path) -> None:
    assert usual_period(new_report(tmp_path, "safety", period="month")) == "month"
    with pytest.raises(UsageError, match='"mont" is no word'):
        new_report(tmp_path, "other", period="mont")
    assert not (tmp_path / "notebooks" / "other.ipynb").exists()


@pytest.mark.parametrize(
    "kind", ["", "Peak", "peak plan", "../qbr", "a/b", "-x", "x-", "1st", "x" * 41, "ä", "x.ipynb"]
)
def test_a_name_that_cannot_be_one_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(UsageError, match="small letters"):
        new_report(tmp_path, kind)
    assert list(tmp_path.iterdir()) == []


def test_the_houses_own_kind_is_not_a_clients(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="all clients"):
        new_report(tmp_path, "portfolio")


def test_what_exists_is_left_as_it_is(tmp_path: Path) -> None:
    path = new_report(tmp_path, "safety")
    path.write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        new_report(tmp_path, "safety")
    assert path.read_text() == "mine"


def test_a_title_of_two_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="line break"):
        new_report(tmp_path, "safety", title="Safety\nfirst")
