"""What all tests share: where real data lies, and what may be skipped."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

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
