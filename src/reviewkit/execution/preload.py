"""What the warm process holds ready: the kernel, and what a review's notebook imports.

Imported once in the process that kernels and workers are forked from, and never in another.
A library that is missing here is simply not warm; one that starts a thread makes forking
unsafe, and `COUNTED` tells.
"""

from __future__ import annotations

import errno
import gc
import importlib
import os
import socket
from contextlib import redirect_stderr, suppress
from multiprocessing import reduction
from typing import Any

_LIBRARIES = (
    "numpy",
    "pandas",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
    "pyarrow.parquet",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "altair",
    "narwhals._interchange.dataframe",
    "reviewkit.review",
    "reviewkit.display",
    "papermill",
    "reviewkit.render.exporters",
    "reviewkit.render.html",
    "reviewkit.render.pdf",
)

with open(os.devnull, "w") as _nowhere, redirect_stderr(_nowhere):  # noqa: PTH123
    for _name in _LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(_name)
gc.collect()


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - names are enough
    except OSError:
        return 0


_received: Any = reduction.recvfds


def outlive_clients(line: socket.socket, size: int) -> Any:
    """Receive what a process to be forked is given, from one that may be dead meanwhile.

    The fork server ends when a client was killed between its call and its first word, and all
    other workers would lose it. What it takes as a call broken off only costs that call.
    """
    try:
        return _received(line, size)
    except (EOFError, RuntimeError) as error:
        raise OSError(errno.ECONNABORTED, "who asked for a process is gone") from error


reduction.recvfds = outlive_clients  # type: ignore[assignment]

COUNTED = _threads()
"""Threads of the warm process when all was loaded; with more than one it cannot be forked."""
