"""The warm process: libraries loaded once, kernels and workers forked from it.

It is the standard library's fork server, started with a scrubbed environment, so that no
process forked from it, fenced or not, has ever held a secret of the one that asked for it.
Forking is safe only while the warm process has a single thread: `why_not` has one forked
to look, once, and says why ordinary kernels are used instead.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from typing import Any

ORDINARY = "REVIEWKIT_ORDINARY_KERNELS"
"""Set to 1, kernels start the ordinary way."""

_KEPT = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "PATH", "SYSTEMROOT", "TMPDIR", "TZ", "VIRTUAL_ENV")
"""What the warm process keeps of the environment: where things lie, no source's address."""

_SET = {
    # Libraries that would start threads of their own while they load.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
}

_PRELOAD = "reviewkit.execution.preload"
_PATIENCE = 60.0
_server: Any = forkserver._forkserver


def scrubbed(kept: tuple[str, ...] = _KEPT) -> dict[str, str]:
    """Return the environment of this process without what `kept` does not name."""
    return {name: os.environ[name] for name in kept if name in os.environ}


def context() -> ForkServerContext:
    """Return the context whose processes are forked from the warm process, which it starts.

    It loads its libraries while this process goes on. Inside a process that was forked from
    a warm one, it is the same warm process again.
    """
    chosen = multiprocessing.get_context("forkserver")
    if _server._forkserver_address is None:
        chosen.set_forkserver_preload([_PRELOAD])
        with _environment(scrubbed() | _SET):
            forkserver.ensure_running()
    elif _server._forkserver_pid is None:
        # Forked from it: the library would start a server of this process's own.
        _server.ensure_running = _nothing
    return chosen


def _nothing() -> None:
    """Leave the warm process as it is."""


def settle_in() -> None:
    """Begin the life of a process forked from the warm one, which ends by `os._exit`.

    What was loaded stays: a collector that looked through it would copy every page of it.
    """
    gc.freeze()
    die_with_parent()


def die_with_parent() -> None:
    """End this process, and all that it started, as soon as the one that asked for it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent.sentinel,), daemon=True).start()


def _outlive(sentinel: int) -> None:
    wait([sentinel])
    if os.getpgid(0) == os.getpid():
        with suppress(OSError):
            os.killpg(0, signal.SIGKILL)
    os._exit(1)


def unsafe() -> str:
    """Return why forking need not even be tried; nothing where it may work."""
    if os.environ.get(ORDINARY) == "1":
        return f"{ORDINARY}=1 asks for ordinary kernels"
    if not sys.platform.startswith("linux"):
        return f"forking is not safe on {sys.platform}"
    return ""


def why_not() -> str:
    """Return why kernels are not forked on this machine; nothing where they are.

    The first call waits until the warm process has loaded its libraries.
    """
    return unsafe() or _looked()


@cache
def _looked() -> str:
    try:
        chosen = context()
        here, there = chosen.Pipe(duplex=False)
        with here, there:
            probe = chosen.Process(target=_count, args=(there,), daemon=True)
            probe.start()
            threads = here.recv() if here.poll(_PATIENCE) else 0
            probe.join(1.0)
    except (OSError, EOFError) as error:
        return f"the warm process cannot be started: {error or type(error).__name__}"
    if threads == 0:
        return "the warm process does not answer"
    if threads > 1:
        return f"a library started {threads - 1} threads in the warm process"
    return ""


def _count(answer: Connection) -> None:
    """Send what the warm process had counted before it forked this one."""
    from reviewkit.execution import preload

    answer.send(preload.COUNTED)


@contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
