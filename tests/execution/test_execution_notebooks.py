"""Runs of notebooks: what runs, for whom, and what remains when something fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kernel_house import House, code, parameters, prose

from reviewkit.errors import ExecutionError
from reviewkit.execution import Limits, read_notebook


def printed(notebook: Any) -> str:
    return "".join(
        output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", [])
    )


def test_parameters_reach_the_notebook_and_its_file_stays_as_it_was(house: House) -> None:
    cells = [parameters(), code("print(client, period, audience)")]
    path = house.write(cells)
    before = path.read_bytes()
    ran: list[Any] = []
    given = {"client": "borealis", "period": "FY2026Q4"}
    executed = house.run(*cells, parameters=given, ran=lambda cell: ran.append(dict(cell)))
    assert printed(executed) == "borealis FY2026Q4 client\n"
    assert ran[-1]["source"] == cells[-1].source, "each cell is told of when it has run"
    assert ran[-1]["outputs"][0]["text"] == "borealis FY2026Q4 client\n"
    assert path.read_bytes() == before


def test_internal_cells_never_run_for_a_client(house: House) -> None:
    cells = [
        parameters(),
        prose("Our margin", "internal"),
        code("margin = 0.18\nprint('margin', margin)", "internal"),
        code("print('margin' in globals())"),
    ]
    executed = house.run(*cells)
    assert printed(executed) == "False\n"
    assert "margin = 0.18" not in json.dumps(executed)
    assert "Our margin" not in json.dumps(executed)
    own = house.run(*cells, audience="internal")
    assert printed(own) == "margin 0.18\nTrue\n"


def test_the_same_run_gives_the_same_bytes(new_house: Callable[[], House]) -> None:
    """Two houses, so that neither times nor places of the machine may stand in the file."""
    cells = [parameters(), prose("# Review"), code("print({'b', 'a', 'c'})\n1 / 3")]
    written = []
    for _ in range(2):
        house = new_house()
        house.run(*cells, parameters={"client": "acme"})
        written.append(house.executed.read_bytes())
        assert str(house.root).encode() not in written[-1]
    assert written[0] == written[1]


def test_a_failing_cell_is_named_and_the_partial_notebook_kept(house: House) -> None:
    with pytest.raises(ExecutionError) as caught:
        house.run(
            parameters(),
            code("print('before')"),
            code("sales = {}\nsales['north']"),
            code("print('after')"),
        )
    said = str(caught.value)
    assert "acme review: cell 3 (sales = {}) failed" in said
    assert "KeyError: 'north'" in said
    assert str(house.failed) in said
    assert "Traceback" not in said
    partial = read_notebook(house.failed)
    assert "before" in printed(partial)
    assert "after" not in printed(partial)
    assert any(
        output.get("ename") == "KeyError"
        for cell in partial.cells
        for output in cell.get("outputs", [])
    )
    assert not house.executed.exists()


def test_a_run_that_succeeds_clears_the_failure_away(house: House) -> None:
    house.failed.parent.mkdir(parents=True)
    house.failed.write_text("an earlier failure", encoding="utf-8")
    house.run(parameters())
    assert not house.failed.exists()


def test_a_failure_keeps_the_last_good_notebook(house: House) -> None:
    house.executed.parent.mkdir(parents=True)
    house.executed.write_text("the last good one", encoding="utf-8")
    with pytest.raises(ExecutionError, match="ZeroDivisionError"):
        house.run(parameters(), code("1 / 0"))
    assert house.executed.read_text(encoding="utf-8") == "the last good one"


@pytest.mark.parametrize(
    "source",
    ["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "import os\nos._exit(3)"],
)
def test_a_kernel_that_dies_is_told(house: House, source: str) -> None:
    with pytest.raises(ExecutionError, match="kernel died") as caught:
        house.run(parameters(), code(source), code("print('after')"))
    assert str(house.failed) in str(caught.value)
    assert house.failed.exists()
    assert not house.executed.exists()


@pytest.mark.parametrize("source", ["import sys\nsys.exit(0)", "raise SystemExit"])
def test_leaving_early_is_a_failure_not_a_short_report(house: House, source: str) -> None:
    with pytest.raises(ExecutionError, match=r"cell 2 \(.*\) failed\n.*SystemExit: it ends"):
        house.run(parameters(), code(source), code("print('after')"))
    assert "after" not in printed(read_notebook(house.failed))
    assert not house.executed.exists()


def test_exit_of_the_console_leaves_nothing_out(house: House) -> None:
    executed = house.run(parameters(), code("exit()"), code("print('after')"))
    assert printed(executed) == "after\n"


def test_a_cell_that_loops_is_stopped(house: House) -> None:
    with pytest.raises(ExecutionError, match="longer than 1 s"):
        house.run(parameters(), code("while True:\n    pass"), limits=Limits(cell_seconds=1))
    assert house.failed.exists()


def test_ten_megabytes_of_output_arrive(house: House) -> None:
    executed = house.run(parameters(), code("print('x' * 10_000_000)"))
    assert len(printed(executed)) == 10_000_001


def test_a_parameter_that_the_notebook_does_not_have_is_refused(house: House) -> None:
    with pytest.raises(
        ExecutionError, match=r'does not set cliend\. Did you mean "client"'
    ) as caught:
        house.run(parameters(), parameters={"cliend": "acme"})
    assert "review.ipynb" in str(caught.value)


def test_a_notebook_without_a_parameters_cell_is_refused(house: House) -> None:
    with pytest.raises(ExecutionError, match="no cell is tagged parameters"):
        house.run(code("print(1)"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not json at all", "not a notebook that can be read"),
        ("[]", "not a notebook that can be read"),
        ("{}", "not a notebook that can be read"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "not a notebook that can be read"),
        ("", "not a notebook that can be read"),
    ],
)
def test_a_file_that_is_no_notebook_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "review.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExecutionError, match=said) as caught:
        read_notebook(path)
    assert str(path) in str(caught.value)


def test_a_missing_or_binary_notebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExecutionError, match="there is no such notebook"):
        read_notebook(tmp_path / "none.ipynb")
    (tmp_path / "binary.ipynb").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(ExecutionError, match="not a notebook that can be read"):
        read_notebook(tmp_path / "binary.ipynb")
