"""A process that stands over a kernel, and ends with it whatever the kernel has started.

A cell may start programs that leave the kernel's group, its session and its parent. Linux
gives such orphans to the nearest process above that asked to take them in, as this one does.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from pathlib import Path
from types import FrameType
from typing import NoReturn

_DIE_WITH_PARENT, _TAKE_ORPHANS_IN = 1, 36
"""Options of prctl(2)."""

_PATIENCE = 5.0
"""Seconds to fight what starts new processes while old ones are killed."""


_GLANCE = 0.01
"""Seconds between two looks where the end of a process cannot be waited for."""


def stand_over(kernel: Callable[[], None]) -> NoReturn:
    """Fork a process that runs `kernel`; end as it ends, once all that it started is gone.

    Both are in a session and group of their own, named by this process. An interrupt of the
    group is for the kernel alone; asked to terminate, or left by the one that asked for it,
    this process kills everything below it first.
    """
    os.setsid()
    _prctl(_TAKE_ORPHANS_IN, 1)
    with _signals():
        child = os.fork()
        if child:
            _watch(child)
    _prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    kernel()
    os._exit(0)


def _watch(child: int) -> NoReturn:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    parent = multiprocessing.parent_process()
    _until_over(child, [parent.sentinel] if parent else [])
    _end(os.waitpid(child, os.WNOHANG)[1])


def _until_over(child: int, asked: list[int]) -> None:
    """Wait until the kernel ends, or one of `asked` tells that nobody waits for it."""
    try:
        wait([os.pidfd_open(child), *asked])
    except OSError:
        # A kernel of before Linux 5.3, or a container that forbids it.
        state = os.WEXITED | os.WNOHANG | os.WNOWAIT
        while os.waitid(os.P_PID, child, state) is None and not wait(asked, _GLANCE):
            pass


def _end(status: int) -> NoReturn:
    """Kill what is left below, and end with the wait status of the kernel."""
    _sweep()
    if os.WIFEXITED(status):
        os._exit(os.waitstatus_to_exitcode(status))
    os.kill(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _sweep() -> None:
    """Kill every process below this one: orphans come up to it as their parents go."""
    below = Path(f"/proc/self/task/{os.getpid()}/children")
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            found = below.read_text().split()
        except OSError:  # Linux was built without it: the group is all that can be named.
            os.killpg(0, signal.SIGKILL)
            return
        for child in found:
            with suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.002)


@contextmanager
def _signals() -> Iterator[None]:
    """Be deaf to interrupts and end in order when told to; the kernel hears what it always did."""

    def terminate(_number: int, _frame: FrameType | None) -> None:
        _end(signal.SIGKILL)

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked = signal.signal(signal.SIGTERM, terminate)
    yield
    signal.signal(signal.SIGINT, before)
    signal.signal(signal.SIGTERM, asked)


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
