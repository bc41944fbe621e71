"""What a kernel is held to: an environment, a folder, a fence, so much memory."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reviewkit.execution import fence


@dataclass(frozen=True)
class Confinement:
    """Everything that a kernel's process takes on before it runs a line of a notebook.

    `read` and `write` are the paths it may open, empty for no fence. `memory` is the most
    it may hold of its own, bytes; 0 is as much as there is.
    """

    folder: str
    environment: Mapping[str, str]
    read: Sequence[str] = field(default=())
    write: Sequence[str] = field(default=())
    memory: int = 0

    def take_on(self) -> None:
        """Confine this process, for good."""
        os.environ.clear()
        os.environ.update(self.environment)
        os.chdir(self.folder)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for handle in (0, 1, 2):
            os.dup2(nowhere, handle)
        fence.limit(self.memory)
        if self.read and fence.available():
            fence.enclose(self.read, self.write)
