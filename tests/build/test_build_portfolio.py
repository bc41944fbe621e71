"""The house's own report on all accounts, and that no client ever gets any of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from houses import write_house

from reviewkit.blocks import MIME
from reviewkit.build import Built, Listener, Selection, approve_pack, build
from reviewkit.errors import ExtractError, ParamsError, UsageError
from reviewkit.execution import read_notebook
from reviewkit.extract.portfolio import read_portfolio
from reviewkit.extract.read import read_extract
from reviewkit.params import load_workspace
from reviewkit.review import open_portfolio, open_review

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "portfolio.ipynb"


def run(root: Path, *clients: str, **given: object) -> Built:
    selection = Selection(clients=clients, formats=("html",), jobs=1, **given)  # type: ignore[arg-type]
    return build(load_workspace(root), selection, Listener())


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two clients and the portfolio, built."""
    folder = write_house(tmp_path_factory.mktemp("house"), "alpha", "beta")
    shutil.copy(NOTEBOOK, folder / "notebooks")
    built = run(folder, "portfolio")
    assert built.ok, built.failed or built.lost
    assert [job.name for job in built.made] == ["portfolio 2026Q3 portfolio internal"]
    return folder


def test_it_lies_apart_and_is_internal_alone(root: Path) -> None:
    folder = root / "reports" / "portfolio" / "2026Q3"
    found = {path.name for path in folder.iterdir()}
    assert found == {"portfolio-internal.html", "manifest.json", "figures.json"}
    page = (folder / "portfolio-internal.html").read_text("utf-8")
    assert "Client alpha" in page
    assert "Client beta" in page
    entries = json.loads((folder / "manifest.json").read_text())["entries"]
    assert [(entry["report"], entry["audience"]) for entry in entries] == [
        ("portfolio", "internal")
    ]
    assert "All accounts" in (root / "reports" / "index.html").read_text("utf-8")


def test_it_is_current_until_an_accounts_parameters_change(root: Path) -> None:
    again = run(root, "portfolio")
    assert (len(again.made), again.current) == (0, 1)
    path = root / "params" / "beta" / "client.yaml"
    before = path.read_text()
    path.write_text(json.dumps(json.loads(before) | {"account_manager": "Odile Larkspur"}))
    try:
        assert len(run(root, "portfolio").made) == 1
    finally:
        path.write_text(before)


def test_its_extract_holds_all_accounts_and_is_no_clients(root: Path) -> None:
    folder = root / ".reviewkit" / "extracts" / "portfolio" / "2026Q3" / "internal"
    extract = read_portfolio(folder)
    assert tuple(extract.accounts) == ("alpha", "beta")
    # 40 deliveries of each, as they were written.
    shipped = [int(own.cube["shipments"]["shipments"].sum()) for own in extract.accounts.values()]
    assert shipped == [40, 40]
    with pytest.raises(ExtractError, match="all accounts"):
        read_extract(folder)
    with pytest.raises(ExtractError, match="alpha alone"):
        read_portfolio(folder / "accounts" / "alpha")
    victim = next((folder / "accounts" / "beta").glob("cube/*.parquet"))
    kept = victim.read_bytes()
    victim.write_bytes(kept + b" ")
    try:
        with pytest.raises(ExtractError, match="changed"):
            read_portfolio(folder)
    finally:
        victim.write_bytes(kept)


@pytest.mark.parametrize("audiences", [("client",), ("client", "internal")])
def test_there_is_no_version_of_it_for_a_client(root: Path, audiences: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="no version of it for a client"):
        run(root, "portfolio", audiences=audiences)
    with pytest.raises(UsageError, match="no version of it for a client"):
        open_portfolio("2026Q3", "client")


def test_it_is_no_report_of_a_client(root: Path) -> None:
    with pytest.raises(UsageError, match="no report of alpha"):
        run(root, "alpha", reports=("portfolio",))
    with pytest.raises(UsageError, match="has one report"):
        run(root, "portfolio", reports=("small",))
    with pytest.raises(UsageError, match='no client "portfolio"'):
        approve_pack(load_workspace(root), "portfolio", "2026Q3", "Juno")


@pytest.mark.parametrize(
    "given",
    [
        {"reports": ["small", "portfolio"]},
        {
            "contacts": [
                {"name": "Bram", "email": "bram@acme.example", "receives": ["small", "portfolio"]}
            ]
        },
    ],
)
def test_no_client_can_be_promised_it(tmp_path: Path, given: dict[str, object]) -> None:
    root = write_house(tmp_path)
    path = root / "params" / "tiny" / "client.yaml"
    path.write_text(json.dumps(json.loads(path.read_text()) | given))
    with pytest.raises(ParamsError, match="shows all clients"):
        load_workspace(root)


def test_no_client_can_bear_its_name(tmp_path: Path) -> None:
    with pytest.raises(ParamsError, match="make target"):
        load_workspace(write_house(tmp_path, "portfolio"))


def test_a_notebook_of_a_client_cannot_open_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(root, "alpha")
    own = root / ".reviewkit" / "extracts" / "alpha" / "2026Q3" / "client"
    monkeypatch.setenv("REVIEWKIT_EXTRACT", str(own))
    with pytest.raises(ExtractError, match="alpha alone"):
        open_portfolio("2026Q3")
    everything = root / ".reviewkit" / "extracts" / "portfolio" / "2026Q3" / "internal"
    monkeypatch.setenv("REVIEWKIT_EXTRACT", str(everything))
    with pytest.raises(ExtractError, match="all accounts"):
        open_review("alpha", "2026Q3", "client")
    with pytest.raises(UsageError, match="period 2026Q2, not 2026Q3"):
        open_portfolio("2026Q2")


def test_what_it_shows_is_told_by_its_notebook(root: Path) -> None:
    executed = (
        root / ".reviewkit" / "executed" / "portfolio" / "2026Q3" / "portfolio-internal.ipynb"
    )
    shown = [
        output["data"][MIME]["kind"]
        for cell in read_notebook(executed).cells
        for output in cell.get("outputs", ())
        if MIME in output.get("data", {})
    ]
    assert shown[:4] == ["front", "heading", "tiles", "heading"]
