"""Notebooks that misbehave, side by side with one that does not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from houses import HEADING, write_house, write_notebook

pytestmark = pytest.mark.slow

WRONG = {
    "loops": ("while True:\n    pass", "ran longer than 3 s"),
    "eats": ("hoard = bytearray(3 << 30)", "MemoryError"),
    "prints": ("print('x' * 100_000_000)", "printed more than 5 MB"),
    "dies": ("import os\nos.abort()", "its kernel died"),
    "leaves": ("raise SystemExit", "ends the notebook before its last cell"),
    "stumbles": ("{}['north']", "KeyError"),
}
FINE = {
    "forks": "import os\nif os.fork() == 0:\n    os._exit(0)",
    "closes": "import os\nos.close(1)",
    "exits": "exit()",
}


@pytest.fixture(scope="module")
def built(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    names = ("good", *WRONG, *FINE)
    root = write_house(tmp_path_factory.mktemp("wrong") / "house", *names)
    house = json.loads((root / "params" / "house.yaml").read_text())
    house["limits"] = {"cell_seconds": 3, "memory_mb": 2048, "output_mb": 5}
    (root / "params" / "house.yaml").write_text(json.dumps(house))
    sources = {name: source for name, (source, _) in WRONG.items()} | FINE
    for name, source in sources.items():
        write_notebook(root / "notebooks" / name / "small.ipynb", HEADING, source)
    words = ["build", "--audience", "client", "--format", "html", "--workspace", str(root)]
    ran = subprocess.run(
        [sys.executable, "-m", "reviewkit", *words], capture_output=True, text=True, timeout=300
    )
    return root, ran


def test_the_build_says_that_reports_failed_and_shows_no_traceback(built) -> None:
    _, ran = built
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert f"{len(FINE) + 1} built" in ran.stderr
    assert f"{len(WRONG)} failed" in ran.stderr


@pytest.mark.parametrize("client", WRONG)
def test_each_failure_is_told_with_client_cell_and_reason(built, client: str) -> None:
    root, ran = built
    said = ran.stderr.split(f"failed: {client} 2026Q3 small client: ")[1].split("\nfailed:")[0]
    assert said.startswith("cell 4 (")
    assert WRONG[client][1] in said
    assert f"reviewkit build {client} --period 2026Q3 --report small" in said
    assert not (root / "reports" / client).exists()
    partial = root / ".reviewkit" / "failed" / client / "2026Q3" / "small-client.ipynb"
    assert json.loads(partial.read_text())["cells"]
    assert f"## {client} 2026Q3 small client" in (root / ".reviewkit" / "failures.md").read_text()


@pytest.mark.parametrize("client", ["good", *FINE])
def test_every_other_report_is_there(built, client: str) -> None:
    root, _ = built
    page = root / "reports" / client / "2026Q3" / "small-client.html"
    assert "Forty deliveries" in page.read_text()
    assert page.read_text().rstrip().endswith("</html>")
