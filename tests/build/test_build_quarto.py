"""Builds whose pages Quarto sets: the same notebook, the same way out, said so in `--why`."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from pathlib import Path

import pytest
from houses import write_notebook
from pypdf import PdfReader

from reviewkit.build import Job, Listener, Selection, build
from reviewkit.errors import UsageError
from reviewkit.params import load_workspace
from reviewkit.render.quarto import extension_folder

STAND_IN = Path(__file__).parents[1] / "render" / "quarto_stand_in.py"
HEADING = 'show(Heading(role="headline", text="Forty deliveries #read"))'


class Reasons(Listener):
    """Remembers why each report was built."""

    def __init__(self) -> None:
        self.why: list[str] = []

    def stale(self, job: Job, why: str) -> None:
        self.why.append(f"{job.stem}: {why}")


def put_on_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    program = folder / "quarto"
    program.write_text(f"#!{sys.executable}\n{STAND_IN.read_text('utf-8')}", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def run(root: Path, **asked: object) -> tuple[int, list[str]]:
    heard = Reasons()
    made = build(load_workspace(root), Selection(jobs=1, audiences=("client",), **asked), heard)
    assert made.ok
    return len(made.made), heard.why


def words(path: Path) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    return " ".join(text.split())


def test_a_build_by_quarto_has_the_same_files_and_manifest(
    make_house, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_house("tiny")
    write_notebook(root / "notebooks" / "small.ipynb", HEADING)
    put_on_path(tmp_path / "bin", monkeypatch)
    run(root, engine="quarto")
    folder = root / "reports" / "tiny" / "2026Q3"
    assert "Forty deliveries #read" in words(folder / "small-client.pdf")
    assert "Forty deliveries #read" in (folder / "small-client.html").read_text("utf-8")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert "small-client.pdf" in json.dumps(manifest)
    assert run(root, engine="quarto") == (0, [])
    # A template of the house's own is used, and a change in it makes the pages stale.
    own = root / "notebooks" / "_extensions" / "reviewkit"
    shutil.copytree(extension_folder(), own)
    (own / "typst-show.typ").write_text(
        (own / "typst-show.typ").read_text("utf-8") + "\nBy our own template\n", encoding="utf-8"
    )
    count, _ = run(root, engine="quarto")
    assert count == 1
    assert "By our own template" in words(folder / "small-client.pdf")
    count, why = run(root)
    assert count == 1
    assert why == ["small-client: the pages are set by reviewkit, not by quarto"]


def test_a_build_without_quarto_ends_before_anything_is_made(
    make_house, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_house("tiny")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(UsageError, match="pip install quarto-cli"):
        run(root, engine="quarto")
    assert not (root / "reports").exists()
