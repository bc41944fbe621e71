"""Opening a review: from the extract a run is given, or from one made in a child process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from worlds import workspace, world

import reviewkit
from reviewkit import periods
from reviewkit.errors import ExtractError, UsageError
from reviewkit.extract.write import write_extracts
from reviewkit.metrics.cube import build_cube
from reviewkit.review import Review, open_review

ROWS = [
    {
        "shipment_id": f"S{month}-{number}",
        "promised_at": f"2026-{month:02d}-15 12:00",
        "shipped_at": f"2026-{month:02d}-14 12:00",
        "delivered_at": f"2026-{month:02d}-15 {'11' if number else '13'}:00",
        "ordered_units": 1,
        "delivered_units": 1,
        "lane": "A → B",
    }
    for month in range(4, 10)
    for number in range(40)
]


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The client's and the house's extract of one small client."""
    root = tmp_path_factory.mktemp("workspace")
    own = workspace(str(root))
    cube = build_cube(world({"shipments": ROWS}), own)
    client, internal = write_extracts(own, cube, "acme", periods.parse("2026Q3"))
    return client, internal


@pytest.fixture
def given(extracts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kernel that was given the client's extract."""
    monkeypatch.setenv("REVIEWKIT_EXTRACT", str(extracts[0]))
    return extracts[0]


@pytest.mark.usefixtures("given")
def test_a_given_extract_is_opened_whatever_its_default_period() -> None:
    review = open_review("acme", "", "client")
    assert repr(review) == "Review(acme, 2026Q3, client)"
    assert not review.internal
    # One of forty is late in each of three months.
    assert review.figures.one("on_time_delivery").value == 117 / 120


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize(
    ("client", "period", "audience", "told"),
    [
        ("borealis", "", "client", "client borealis, not acme"),
        ("acme", "2026Q2", "client", "period 2026Q2, not 2026Q3"),
        ("acme", "month", "client", "period 2026-09, not 2026Q3"),
        ("acme", "", "internal", "audience internal, not client"),
    ],
)
def test_an_extract_of_another_run_is_refused(
    client: str, period: str, audience: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        open_review(client, period, audience)


@pytest.mark.usefixtures("given")
def test_a_word_opens_the_extract_that_a_build_would_make_for_it() -> None:
    assert repr(open_review("acme", "quarter", "client")) == "Review(acme, 2026Q3, client)"


def test_an_audience_that_does_not_exist_is_named() -> None:
    with pytest.raises(UsageError, match='"clients" is no audience'):
        open_review("acme", "", "clients")


@pytest.mark.usefixtures("given")
def test_internal_parts_are_refused_in_the_clients_version() -> None:
    review = open_review("acme")
    for ask in (review.margin, review.budget, review.receivables, review.plan):
        with pytest.raises(UsageError, match="internal and is not in the client's version"):
            ask()
    with pytest.raises(UsageError, match="internal"):
        review.trend("gross_margin")
    with pytest.raises(UsageError, match="on_time_delivery"):
        review.trend("on_time_delivry")


def test_the_house_sees_what_is_internal(
    extracts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVIEWKIT_EXTRACT", str(extracts[1]))
    review = open_review("acme", "2026Q3", "internal")
    assert review.internal
    assert "No case in Q3 2026: gross margin." in repr(review.scorecard())
    assert "not supplied" in repr(review.budget())


@pytest.mark.usefixtures("given")
def test_every_part_without_data_says_so_and_none_fails() -> None:
    review = open_review("acme")
    parts = [
        review.headline(),
        review.decisions(),
        review.prior_actions(),
        review.tiles(),
        review.outcomes(),
        review.themes(),
        review.risks(),
        review.scorecard(),
        review.trend("nps"),
        review.change("invoice_accuracy"),
        review.causes(),
        review.billing(),
        review.cases(),
        review.rating(),
        review.due(),
        review.definitions(),
        review.data_notes(),
    ]
    assert all(repr(part).strip() for part in parts)
    assert repr(review.billing()).startswith("Invoices were not supplied.")


def test_outside_a_workspace_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REVIEWKIT_EXTRACT", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExtractError, match="lies in no workspace"):
        open_review("acme")


def test_what_a_child_process_says_reaches_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REVIEWKIT_EXTRACT", raising=False)
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "house.yaml").write_text("name: Meridian Logistics\n", "utf-8")
    monkeypatch.chdir(tmp_path / "params")
    with pytest.raises(ExtractError, match="acme"):
        open_review("acme")


def test_public_names_are_sorted_and_loaded_when_asked_for() -> None:
    assert reviewkit.__all__ == sorted(reviewkit.__all__)
    assert all(getattr(reviewkit, name) is not None for name in reviewkit.__all__)
    assert reviewkit.open_review is open_review
    assert reviewkit.Review is Review
    assert set(reviewkit.__all__) <= set(dir(reviewkit))
    with pytest.raises(AttributeError, match="open_reviews"):
        _ = reviewkit.open_reviews


def test_importing_the_package_loads_nothing_heavy() -> None:
    import subprocess

    code = "import sys, reviewkit; print(sorted({'pandas', 'altair', 'ibis'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
