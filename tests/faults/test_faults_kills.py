"""A build, a kernel or a worker is killed at some moment: what is there is whole."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable

import pytest
from breaking import CLIENTS, ROUNDS, Broken, descendants, gone, kernels, kill, workers

from reviewkit.execution import warm

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(warm.unsafe()), reason="processes are looked up under /proc"),
]

Moments = Callable[[float, float], float]


def test_a_killed_build_leaves_whole_files_and_no_process(broken: Broken, moments: Moments) -> None:
    for _ in range(ROUNDS):
        going = broken.start()
        time.sleep(moments(0.5, 8.0))
        below = list(descendants(going.pid))
        kill(going.pid)
        going.communicate()
        assert gone(below)
        broken.whole()
    broken.recovers()


@pytest.mark.parametrize("which", [kernels, workers])
def test_a_killed_part_costs_no_other_report(
    broken: Broken, moments: Moments, which: Callable[[int], list[int]]
) -> None:
    hit = 0
    for _ in range(ROUNDS):
        going = broken.start()
        hit += struck(going, which, moments(0.0, 1.5))
        said, _ = going.communicate(timeout=180)
        broken.whole()
        failures = [line for line in said.splitlines() if line.startswith("failed: ")]
        if going.returncode == 0:
            assert not failures
            continue
        # A report whose kernel was killed is told with its client and its cell.
        assert going.returncode == 1, said
        assert len(failures) == 1
        assert any(f"failed: {client} 2026Q3 small" in failures[0] for client in CLIENTS)
        assert "cell" in failures[0] or "kernel" in failures[0]
        assert "6 reports" not in said
    assert hit, "nothing was there to be killed"
    broken.recovers()


def struck(going: subprocess.Popen[str], which: Callable[[int], list[int]], after: float) -> int:
    """Kill one of the processes that `which` finds, some time after the first appears.

    Where none is there at that moment, the next one is killed, as long as the build goes on.
    """
    until = time.monotonic() + 30
    while time.monotonic() < until and not which(going.pid):
        time.sleep(0.02)
    time.sleep(after)
    while going.poll() is None:
        if any(kill(own) for own in which(going.pid)[:1]):
            return 1
        time.sleep(0.005)
    return 0
