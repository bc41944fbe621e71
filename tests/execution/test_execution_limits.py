"""What a notebook may take: memory, time and output; and what it leaves behind."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import forkserver
from pathlib import Path

import pytest
from kernel_house import House, code, parameters

from reviewkit.errors import ExecutionError
from reviewkit.execution import Limits, warm
from reviewkit.execution.notebooks import read_notebook

needs_fork = pytest.mark.skipif(bool(warm.why_not()), reason="kernels are not forked here")


def failure(house: House, source: str, **limits: int) -> str:
    with pytest.raises(ExecutionError) as caught:
        house.run(parameters(), code("kept = 1"), code(source), limits=Limits(**limits))
    assert read_notebook(house.failed).cells
    return str(caught.value)


def test_what_eats_memory_fails_in_its_own_cell(house: House) -> None:
    said = failure(house, "hog = bytearray(3 << 30)", memory=2 << 30)
    assert "cell 3 (hog = bytearray(3 << 30)) failed" in said
    assert "MemoryError" in said
    assert "may hold 2048 MB" in said


def test_a_run_that_takes_too_long_as_a_whole_is_stopped(house: House) -> None:
    said = failure(house, "import time\ntime.sleep(60)", run_seconds=2)
    assert "cell 3 (import time) was at work when the run had taken 2 s" in said


@pytest.mark.parametrize(
    "source",
    [
        "print('x' * 5_000_000)",
        "while True:\n    print('x' * 1000)",
        "while True:\n    try:\n        print('x' * 1000)\n    except BaseException:\n        pass",
    ],
)
def test_what_prints_without_end_is_stopped(house: House, source: str) -> None:
    said = failure(house, source, output=2 << 20)
    assert "cell 3" in said
    assert "printed more than 2 MB" in said
    assert len(house.failed.read_bytes()) < 4 << 20


LEFT = {
    "in its group": "subprocess.Popen(['sleep', LONG])",
    "in a session of its own": "subprocess.Popen(['sleep', LONG], start_new_session=True)",
    "an orphan": "subprocess.run(['setsid', 'sh', '-c', f'sleep {LONG} &'], check=True)",
}


@needs_fork
@pytest.mark.parametrize("how", LEFT)
@pytest.mark.parametrize("dies", [False, True], ids=["ends", "is killed"])
def test_a_process_that_a_cell_leaves_behind_ends_with_its_kernel(
    house: House, tmp_path: Path, how: str, dies: bool
) -> None:
    # A time to sleep that no other test asks for, so that its process can be told.
    own = f"600.{os.getpid()}{len(how)}"
    cells = [parameters(), code(f"import os, subprocess\nLONG = '{own}'\n{LEFT[how]}")]
    if dies:
        with pytest.raises(ExecutionError, match="its kernel died"):
            house.run(*cells, code("os.kill(os.getpid(), 9)"))
    else:
        house.run(*cells)
    assert ended(lambda: not sleeps(own))


def sleeps(seconds: str) -> bool:
    """Tell whether a process sleeps for so long."""
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if place.read_bytes() == f"sleep\0{seconds}\0".encode():
                return True
    return False


def test_one_huge_output_is_told_with_its_cell(house: House) -> None:
    said = failure(
        house, "from IPython.display import HTML\nHTML('x' * 60_000_000)", output=2 << 20
    )
    assert "cell 3" in said
    assert "printed more than 2 MB" in said


@pytest.mark.parametrize(
    "source",
    [
        "import os\nchild = os.fork()\nif child == 0:\n    os._exit(0)\nos.waitpid(child, 0)",
        "import os\nos.close(1)",
        "import sys\nsys.stdout.close()",
    ],
)
def test_a_fork_or_a_closed_stream_does_no_harm(house: House, source: str) -> None:
    executed = house.run(parameters(), code(source), code("shown = 6 * 7\nshown"))
    assert executed.cells[-1].outputs[0].data["text/plain"] == "42"


@needs_fork
def test_one_run_leaves_nothing_for_the_next(house: House) -> None:
    first = "import os, pandas\npandas.left = 'by acme'\nos.environ['LEFT'] = 'by acme'"
    house.run(parameters(), code(first))
    seen = "import os, pandas\nprint(hasattr(pandas, 'left'), 'LEFT' in os.environ)"
    executed = house.run(parameters(), code(seen))
    assert executed.cells[-1].outputs[0].text == "False False\n"


@needs_fork
def test_a_kernel_is_forked_from_the_warm_process(house: House) -> None:
    source = "import os, sys\nprint(os.getppid(), 'altair' in sys.modules)"
    executed = house.run(parameters(), code(source))
    parent, loaded = executed.cells[-1].outputs[0].text.split()
    assert loaded == "True"
    assert int(parent) not in (1, os.getpid())


@pytest.mark.skipif(bool(warm.unsafe()), reason="nothing is forked here")
def test_who_dies_while_asking_for_a_process_costs_no_other_its_warm_process() -> None:
    assert not warm.why_not()
    for _ in range(3):
        # As a worker does that is killed between its call and its first word.
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(forkserver._forkserver._forkserver_address)
    process = warm.context().Process(target=os._exit, args=(7,))
    process.start()
    process.join(30)
    assert process.exitcode == 7


def test_ordinary_kernels_do_the_same(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(warm.ORDINARY, "1")
    assert "REVIEWKIT_ORDINARY_KERNELS=1" in warm.why_not()
    source = "import sys\nprint(client, 'altair' in sys.modules)"
    executed = house.run(parameters(), code(source))
    assert executed.cells[-1].outputs[0].text == "acme False\n"


def ended(gone: Callable[[], bool]) -> bool:
    for _ in range(100):
        if gone():
            return True
        time.sleep(0.05)
    return False
