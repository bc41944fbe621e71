"""The repository keeps its own promises: locks, notebooks, help, README."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_is_hashed_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pins = re.findall(r"^[a-z0-9][a-z0-9._-]*==", text, re.MULTILINE)
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert len(pins) > 50
    assert all("--hash=sha256:" in block for block in blocks if "==" in block.split("\n")[0])
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", text)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_committed_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert "parameters" in code[0].metadata.tags


def test_there_is_a_notebook_per_report_kind() -> None:
    assert {"executive.ipynb", "qbr.ipynb"} <= {path.name for path in NOTEBOOKS}


def test_make_help_lists_every_documented_target_and_every_client() -> None:
    text = (ROOT / "Makefile").read_text()
    documented = re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE)
    done = subprocess.run(
        ["make", "-s", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    listed = re.findall(r"^ {2}([a-z-]+) ", done.stdout, re.MULTILINE)
    assert listed == documented
    for client in (path.name for path in (ROOT / "params").iterdir() if path.is_dir()):
        assert client in done.stdout


def test_a_new_folder_under_params_is_a_target_at_once(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text())
    (tmp_path / "params" / "zenith").mkdir(parents=True)
    (tmp_path / ".venv").mkdir()
    for name in (".venv/.ready", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    (tmp_path / ".venv/.ready").touch()
    done = subprocess.run(
        ["make", "-n", "--no-print-directory", "zenith", "PERIOD=2026Q3", "REPORT=qbr"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    words = done.stdout.split()
    assert words == [
        ".venv/bin/reviewkit",
        "build",
        "zenith",
        "--period",
        "2026Q3",
        "--report",
        "qbr",
    ]


def test_every_make_target_is_a_reserved_client_name() -> None:
    from reviewkit.params import RESERVED

    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert targets <= set(RESERVED)


def test_readme_names_only_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text()
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    clients = {path.name for path in (ROOT / "params").iterdir() if path.is_dir()}
    named = set(re.findall(r"^make ([a-z-]+)", readme, re.MULTILINE))
    assert {"demo", "test"} <= named <= targets | clients
