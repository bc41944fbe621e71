"""What all tests share: where real data lies, the demo, and what may be skipped."""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from dataclasses import asdict
from pathlib import Path

import pytest
from commands import Done, run
from demos import DemoCube, copied, write_cube_of
from sharing import Once, made_once, shared_folder

from reviewkit.demo import write_demo

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of this repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets; tests skip where it is absent."""
    folder = Path(os.environ.get("REVIEWKIT_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "northwind").is_dir():
        pytest.skip(f"no real data at {folder}: set REVIEWKIT_SHARED_DATA to its folder")
    return folder


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Gives a folder by its name, made by the first who asks for it in this run of the suite."""
    root = shared_folder(tmp_path_factory)
    return lambda name, make: made_once(root, name, make)


@pytest.fixture(scope="session")
def demo_folder(once: Once) -> Path:
    """The demo provider, written once for the whole run: to be read, never to be changed."""
    return once("demo", write_demo)


@pytest.fixture(scope="session")
def demo_cubed(once: Once, demo_folder: Path) -> Path:
    """The same with its cube made: to be read or copied, never to be changed."""

    def make(folder: Path) -> None:
        copied(demo_folder, folder)
        write_cube_of(folder)

    return once("demo-cubed", make)


@pytest.fixture(scope="session")
def demo_cube(demo_cubed: Path) -> DemoCube:
    """The demo's parameters and cube."""
    return DemoCube.kept(demo_cubed)


@pytest.fixture(scope="session")
def demo_check(once: Once, demo_folder: Path) -> Done:
    """What `reviewkit check --json` said of the demo."""

    def make(folder: Path) -> None:
        done = run("check", "--json", cwd=copied(demo_folder, folder / "house"))
        (folder / "done.json").write_text(json.dumps(asdict(done)))

    return Done(**json.loads((once("demo-check", make) / "done.json").read_text()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under REVIEWKIT_NO_SKIP a skip is a failure: the gate provides all that tests ask for."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("REVIEWKIT_NO_SKIP"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where nothing may be: {reason}"
    return report
