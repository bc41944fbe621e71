"""The notebooks run on the demo, for both audiences, and say what its stories are."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
import pytest
from demos import DemoCube

from reviewkit import periods
from reviewkit.blocks import MIME, Front, Heading, from_json, walk
from reviewkit.extract.write import write_extracts

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
PERIODS = {"acme": "2026Q3", "borealis": "FY2026Q4", "cobalt": "FY2027Q2"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def extracts(
    demo_cube: DemoCube, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Path]:
    """The extracts of all demo clients, by client and audience."""
    own = demo_cube.beside(tmp_path_factory.mktemp("extracts"))
    out = {}
    for client, name in PERIODS.items():
        period = periods.parse(name, own.clients[client].client.fiscal_calendar)
        client_folder, internal = write_extracts(own, demo_cube.of(client), client, period)
        out[client, "client"], out[client, "internal"] = client_folder, internal
    return out


@pytest.fixture(scope="module")
def run(
    extracts: dict[tuple[str, str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[object]:
    """Run a notebook as papermill does, once per report, client and audience."""
    done: dict[tuple[str, str, str], list[object]] = {}
    folder = tmp_path_factory.mktemp("executed")
    patch = pytest.MonkeyPatch()
    # Any program can have its kernels forked; tests/interop runs papermill on ordinary ones.
    patch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "reviewkit-warm")

    def blocks(report: str, client: str, audience: str) -> list[object]:
        key = (report, client, audience)
        if key not in done:
            patch.setenv("REVIEWKIT_EXTRACT", str(extracts[client, audience]))
            target = folder / f"{report}-{client}-{audience}.ipynb"
            papermill.execute_notebook(
                str(NOTEBOOKS / f"{report}.ipynb"),
                str(target),
                parameters={"client": client, "period": PERIODS[client], "audience": audience},
                progress_bar=False,
                log_output=False,
            )
            notebook = nbformat.read(target, as_version=4)
            nbformat.validate(notebook)
            done[key] = [
                part
                for cell in notebook.cells
                for output in cell.get("outputs", ())
                if MIME in output.get("data", {})
                for part in walk(from_json(output.data[MIME]))
            ]
        return done[key]

    yield blocks
    patch.undo()


def headings(parts: list[object]) -> list[str]:
    return [part.text for part in parts if isinstance(part, Heading)]


def test_the_first_thing_shown_is_the_documents_identity(run) -> None:  # type: ignore[no-untyped-def]
    for report in ("executive", "qbr"):
        first = run(report, "acme", "client")[0]
        assert isinstance(first, Front)
        assert (first.client, first.audience, first.paper) == ("Acme Motors", "client", "a4")


def test_stories_of_the_demo_are_told_in_headlines(run) -> None:  # type: ignore[no-untyped-def]
    acme = headings(run("executive", "acme", "client"))[0]
    assert "On-time delivery fell" in acme
    assert "Venlo → Lyon accounts for" in acme
    told = " ".join(headings(run("qbr", "borealis", "internal")))
    assert "below budget: price took" in told
    cobalt = " ".join(headings(run("executive", "cobalt", "client")))
    assert "Three tables were not supplied" in cobalt


def test_every_heading_changes_from_client_to_client(run) -> None:  # type: ignore[no-untyped-def]
    for report, clients in (("executive", PERIODS), ("qbr", ("acme", "borealis"))):
        found = [set(headings(run(report, client, "client"))) for client in clients]
        for first, second in itertools.combinations(found, 2):
            assert first & second == set()


def test_internal_words_stay_in_the_internal_version(run) -> None:  # type: ignore[no-untyped-def]
    client = " ".join(str(part) for part in run("qbr", "acme", "client")).lower()
    internal = " ".join(str(part) for part in run("qbr", "acme", "internal")).lower()
    for word in (
        "gross margin",
        "budget",
        "receivable",
        "notice falls due",
        "stakeholder",
        "vantrell",
    ):
        assert word not in client
    for word in ("gross margin", "budget", "notice falls due", "vantrell"):
        assert word in internal


@pytest.mark.parametrize("report", ["activity", "monthly", "strategic"])
def test_every_other_kind_runs_and_keeps_the_houses_words_in_the_house(run, report: str) -> None:  # type: ignore[no-untyped-def]
    parts = run(report, "acme", "client")
    assert isinstance(parts[0], Front)
    assert len(headings(parts)) > 4
    said = " ".join(str(part) for part in parts).lower()
    for word in ("gross margin", "budget", "receivable", "stakeholder", "vantrell", "premium"):
        assert word not in said


def test_the_stock_of_the_demo_ties_to_the_unit(run) -> None:  # type: ignore[no-untyped-def]
    told = headings(run("activity", "acme", "client"))
    assert told[0].endswith("the books tie")
    assert any(heading.startswith("Stock ties to the unit") for heading in told)


def test_the_internal_strategic_review_adds_money_plan_and_alerts(run) -> None:  # type: ignore[no-untyped-def]
    internal = " ".join(str(part) for part in run("strategic", "acme", "internal")).lower()
    for word in ("gross margin", "notice falls due", "vantrell", "alerts in force"):
        assert word in internal
