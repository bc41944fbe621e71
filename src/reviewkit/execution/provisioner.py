"""Kernels forked from the warm process, as a kernel provisioner of Jupyter.

`jupyter_client` finds it under the entry point ``reviewkit-warm``; a kernel spec names it,
or JUPYTER_DEFAULT_PROVISIONER_NAME does for any program. A kernel that is not Python's own,
or that cannot be forked here, starts the ordinary way.
"""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Int, List, Unicode

from reviewkit.execution import guardian, warm
from reviewkit.execution.confine import Confinement

NAME = "reviewkit-warm"

_LAUNCHER = "ipykernel_launcher"


class WarmProvisioner(LocalProvisioner):
    """Forks one fresh kernel per run; nothing is shared but libraries that were loaded before.

    `read` and `write` raise a fence around the paths named; `memory` is a limit in bytes.
    """

    read = List(Unicode(), help="Paths the kernel may read; without any there is no fence.").tag(
        config=True
    )
    write = List(Unicode(), help="Paths the kernel may write.").tag(config=True)
    process: Any
    memory = Int(0, help="Most memory of its own, bytes; 0 for no limit.").tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel, or start `cmd` where that is not possible."""
        if _LAUNCHER not in cmd or warm.why_not():
            return await super().launch_kernel(cmd, **kwargs)
        folder = str(kwargs.get("cwd") or Path.cwd())
        confinement = Confinement(
            folder=folder,
            environment=dict(kwargs.get("env") or os.environ),
            read=tuple(self.read),
            write=tuple(self.write),
            memory=self.memory,
        )
        arguments = cmd[cmd.index(_LAUNCHER) + 1 :]
        process = warm.context().Process(target=_become, args=(confinement, arguments), daemon=True)
        process.start()
        self.process = ForkedKernel(process)
        self.pid, self.pgid, self.cwd = process.pid, None, folder
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it started."""
        if isinstance(self.process, ForkedKernel):
            self.process.send_signal(signum)
        else:
            await super().send_signal(signum)

    async def wait(self) -> int | None:
        """Wait for the kernel's end, looking often: a killed one is gone in milliseconds."""
        process = self.process
        if not isinstance(process, ForkedKernel):
            return await super().wait()
        while process.poll() is None:
            await asyncio.sleep(0.002)
        self.process = None
        return process.poll()

    async def cleanup(self, restart: bool = False) -> None:
        """Leave nothing behind that the kernel started."""
        if self.pid and self.pgid is None:
            with suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)
        await super().cleanup(restart)


class ForkedKernel:
    """A forked kernel's process, with the verbs of `subprocess.Popen` that Jupyter uses."""

    stdin = stdout = stderr = None

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    def poll(self) -> int | None:
        """Return how it ended, nothing while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Wait for its end and return how it ended."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, signum: int) -> None:
        """Send a signal to its group, which is its own as soon as its guardian stands.

        To kill it is to ask the guardian, which leaves nothing behind that it started.
        """
        pid = self._process.pid
        if pid is None or self._process.exitcode is not None:
            return
        with suppress(OSError):
            if signum == signal.SIGKILL:
                os.kill(pid, signal.SIGTERM)
            elif os.getpgid(pid) == pid:
                os.killpg(pid, signum)
            else:
                os.kill(pid, signum)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


def _become(confinement: Confinement, arguments: list[str]) -> None:
    """Turn a process just forked into a kernel and the guardian over it."""

    def kernel() -> None:
        confinement.take_on()
        warm.settle_in()
        from ipykernel.kernelapp import IPKernelApp

        IPKernelApp.launch_instance(argv=arguments)

    guardian.stand_over(kernel)
