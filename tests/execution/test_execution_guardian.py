"""A process forked under a guardian: how it ends, and what is left of what it started."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from reviewkit.execution import guardian, warm

pytestmark = pytest.mark.skipif(bool(warm.unsafe()), reason="nothing is forked here")


def guarded(does: Callable[[], object]) -> int:
    """Run `does` under a guardian; return the exit code of the guardian, below 0 a signal."""
    pid = os.fork()
    if pid == 0:
        guardian.stand_over(lambda: does() and None)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def deserter(own: str) -> None:
    """Start what leaves its group, its session and its parent."""
    subprocess.run(["setsid", "sh", "-c", f"sleep {own} &"], check=True)


def sleeps(own: str) -> bool:
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if place.read_bytes() == f"sleep\0{own}\0".encode():
                return True
    return False


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Wait until `true`; a process that was just started has its words only a moment later."""
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()


@pytest.mark.parametrize("pidfd", [True, False], ids=["waited for", "looked at"])
def test_it_ends_as_its_kernel_did_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, pidfd: bool
) -> None:
    def refused(pid: int) -> int:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    if not pidfd:
        monkeypatch.setattr(os, "pidfd_open", refused)
    own = f"601.{os.getpid()}{pidfd:d}"
    assert guarded(lambda: (deserter(own), os._exit(7))) == 7
    assert not sleeps(own)
    assert guarded(lambda: os.kill(os.getpid(), 9)) == -9
    assert guarded(lambda: None) == 0


PROGRAM = """
import sys, time
from reviewkit.execution import guardian
sys.path.insert(0, sys.argv[1])
from test_execution_guardian import deserter
def kernel():
    deserter(sys.argv[2])
    print("ready", flush=True)
    time.sleep(600)
guardian.stand_over(kernel)
"""


def test_told_to_end_it_takes_all_with_it() -> None:
    own = f"602.{os.getpid()}"
    words = [sys.executable, "-c", PROGRAM, str(Path(__file__).parent), own]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as going:
        assert going.stdout is not None
        assert going.stdout.readline() == "ready\n"
        assert within(10, lambda: sleeps(own))
        going.terminate()
        assert going.wait(timeout=30) == -9
    assert within(10, lambda: not sleeps(own))
