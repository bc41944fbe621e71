"""What a kernel may know: its extract, and nothing else of the workspace or the machine."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kernel_house import House, code, parameters

from reviewkit.execution.fence import available as fence_available

fenced = pytest.mark.skipif(not fence_available(), reason="this machine has no Landlock")

SECRET = "plum-of-the-parent"

PROBE = """
import json, os, subprocess, sys
from pathlib import Path

def tried(attempt):
    try:
        attempt()
    except OSError as error:
        return type(error).__name__
    return "done"

workspace, home, parent = Path(WORKSPACE), Path(HOME), PARENT
extract = Path(os.environ["REVIEWKIT_EXTRACT"])
child = [sys.executable, "-c", f"open({str(workspace / 'params' / 'house.yaml')!r}).read()"]
shown = {
    "extract": tried((extract / "extract.json").read_text),
    "here": tried(Path("extract.json").read_text),
    "own folder": tried(lambda: (Path.home() / "note").write_text("x")),
    "params": tried((workspace / "params" / "house.yaml").read_text),
    "up": tried(lambda: Path("../../../params/house.yaml").read_text()),
    "list workspace": tried(lambda: os.listdir(workspace)),
    "list home": tried(lambda: os.listdir(home)),
    "notebook": tried((workspace / "notebooks" / "review.ipynb").read_text),
    "write workspace": tried(lambda: (workspace / "params" / "more.yaml").write_text("x")),
    "write extract": tried(lambda: (extract / "more.json").write_text("x")),
    "write tmp": tried(lambda: Path("/tmp/reviewkit-probe").write_text("x")),
    "write python": tried(lambda: (Path(sys.prefix) / "probe").write_text("x")),
    "link": tried(lambda: os.symlink(workspace / "params" / "house.yaml", Path.home() / "house")
        or (Path.home() / "house").read_text()),
    "list python": tried(lambda: os.listdir(sys.prefix)),
    "parent": tried(lambda: Path(f"/proc/{parent}/environ").read_bytes()),
    "child": "done" if subprocess.run(child, capture_output=True).returncode == 0 else "refused",
}
print(json.dumps({"tried": shown, "environment": dict(os.environ), "cwd": os.getcwd()}))
"""


@pytest.fixture(scope="module")
def probed(new_house: Callable[[], House]) -> tuple[House, dict[str, Any]]:
    house = new_house()
    places = f"WORKSPACE, HOME, PARENT = {str(house.root)!r}, {str(Path.home())!r}, {os.getpid()}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_PASSWORD", SECRET)
        patch.setenv("PYTHONPATH", SECRET)
        executed = house.run(parameters(), code(places), code(PROBE))
    return house, json.loads(executed.cells[-1].outputs[0].text)


@pytest.mark.parametrize("allowed", ["extract", "here", "own folder"])
def test_the_extract_and_its_own_folder_are_open(
    probed: tuple[House, dict[str, Any]], allowed: str
) -> None:
    assert probed[1]["tried"][allowed] == "done"


@fenced
@pytest.mark.parametrize(
    "refused",
    [
        "params",
        "up",
        "list workspace",
        "list home",
        "notebook",
        "write workspace",
        "write extract",
        "write tmp",
        "write python",
        "link",
        "list python",
        "parent",
    ],
)
def test_everything_else_is_refused(probed: tuple[House, dict[str, Any]], refused: str) -> None:
    assert probed[1]["tried"][refused] == "PermissionError"


@fenced
def test_what_it_starts_stands_inside_the_fence_too(
    probed: tuple[House, dict[str, Any]],
) -> None:
    assert probed[1]["tried"]["child"] == "refused"


def test_the_environment_holds_no_secret(probed: tuple[House, dict[str, Any]]) -> None:
    house, shown = probed
    environment = shown["environment"]
    assert SECRET not in json.dumps(environment)
    assert environment["REVIEWKIT_EXTRACT"] == str(house.extract)
    assert shown["cwd"] == str(house.extract)
    assert environment["HOME"] == environment["TMPDIR"] != os.environ.get("HOME")


def test_nothing_is_left_behind(probed: tuple[House, dict[str, Any]]) -> None:
    house, shown = probed
    assert not Path(shown["environment"]["HOME"]).exists()
    assert [path.name for path in house.extract.iterdir()] == ["extract.json"]
    assert [path.name for path in (house.root / "params").iterdir()] == ["house.yaml"]
