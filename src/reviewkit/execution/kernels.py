"""Kernels that start inside an extract: a scrubbed environment, and a fence around the files."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
from functools import cache
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type

from reviewkit.execution import fence, provisioner, warm

EXTRACT = "REVIEWKIT_EXTRACT"
"""Names the extract folder to a kernel; where it is set, nothing else is looked for."""

_KEPT = ("LANG", "LC_ALL", "LC_CTYPE", "PATH", "SYSTEMROOT", "TZ")
"""What a kernel keeps of the environment: no secret, no source's address."""

_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc", "/proc", "/sys")

_OF_PREFIX = ("bin", "etc", "include", "lib", "lib64", "share", "pyvenv.cfg")
"""What a Python reads of its own folder, which may be the workspace itself."""

_PYTHON = "ipykernel_launcher"


class PromptKernelClient(AsyncKernelClient):
    """Takes a kernel for ready when it answers on both channels.

    The library then listens for a fifth of a second more, to drop messages of the start;
    whoever runs a notebook goes by the message's parent, and loses nothing.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers; raises `RuntimeError` where it dies or takes too long."""
        until = time.monotonic() + (timeout or 60.0)
        while time.monotonic() < until:
            self.kernel_info()
            try:
                reply = await self.get_shell_msg(timeout=0.5)
                # What it publishes is heard only once that channel is connected too.
                await self.get_iopub_msg(timeout=0.1)
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info") from None
                continue
            if reply["msg_type"] == "kernel_info_reply":
                self._handle_kernel_info_reply(reply)
                return
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")


class FencedKernelManager(AsyncKernelManager):
    """Starts kernels for one extract. `made_for` makes the class for a given folder."""

    extract: Path
    private: Path
    memory: int
    client_factory = Type(PromptKernelClient)

    async def _async_pre_start_kernel(self, **kw: Any) -> tuple[list[str], dict[str, Any]]:
        kw["env"] = environment(self.extract, self.private)
        kw["cwd"] = str(self.extract)
        # What a kernel prints outside its cells is its own chatter, not the build's.
        kw["stdout"] = kw["stderr"] = subprocess.DEVNULL
        read = [*_SYSTEM, *_python_paths(), str(self.extract)]
        write = ["/dev", str(self.private)]
        self.connection_file = str(self.private / "connection.json")
        spec: Any = self.kernel_spec
        forked = _PYTHON in spec.argv and not warm.why_not()
        if forked:
            spec.metadata["kernel_provisioner"] = {
                "provisioner_name": provisioner.NAME,
                "config": {"read": read, "write": write, "memory": self.memory},
            }
        command, kw = await super()._async_pre_start_kernel(**kw)
        return (command if forked else [*self._fence(read, write), *command]), kw

    async def _async_wait(self, pollinterval: float = 0.005) -> None:
        await super()._async_wait(pollinterval)

    def _fence(self, read: list[str], write: list[str]) -> list[str]:
        # Run as a file: importing the package would load papermill into every kernel's start.
        places = (os.pathsep.join(read), os.pathsep.join(write))
        return [sys.executable, "-I", fence.__file__, *places, str(self.memory), "--"]


def made_for(extract: Path, private: Path, memory: int = 0) -> type[FencedKernelManager]:
    """Return a kernel manager for `extract`; `private` is a folder that the kernel may write.

    `memory` is the most that it may hold of its own, bytes; 0 is as much as there is.
    """
    attributes: dict[str, Any] = {
        "extract": extract.resolve(),
        "private": private.resolve(),
        "memory": memory,
    }
    if os.name == "posix":
        # Sockets in the private folder: no port of the machine is opened, none can clash.
        attributes |= {"transport": "ipc", "ip": str(private.resolve() / "kernel")}
    return type("KernelManagerOfExtract", (FencedKernelManager,), attributes)


def environment(extract: Path, private: Path) -> dict[str, str]:
    """Return the whole environment of a kernel."""
    folder = str(private)
    return {
        **warm.scrubbed(_KEPT),
        "HOME": folder,
        "TMPDIR": folder,
        "IPYTHONDIR": folder,
        "XDG_CACHE_HOME": folder,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        EXTRACT: str(extract),
    }


@cache
def _python_paths() -> tuple[str, ...]:
    """Return where this Python, its packages and reviewkit itself lie.

    An import lists the folder that holds the package, so that folder must be open too.
    """
    prefixes = {sys.base_prefix, sys.prefix}
    named = [path for path in sysconfig.get_paths().values() if path not in prefixes]
    named += [str(Path(prefix, part)) for prefix in sorted(prefixes) for part in _OF_PREFIX]
    package = Path(__file__).resolve().parents[2]
    return tuple(sorted({os.path.realpath(path) for path in named} | {*named, str(package)}))
