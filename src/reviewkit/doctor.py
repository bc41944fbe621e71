"""What this machine offers to a build, each point with what would mend it."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewkit.build.crew import cores
from reviewkit.build.versions import versions
from reviewkit.execution import fence, warm

_LEAST_SPACE = 1 << 30


@dataclass(frozen=True)
class Finding:
    """One point: what was looked at, whether it is as it should be, and what was found."""

    what: str
    good: bool
    found: str

    def __str__(self) -> str:
        return f"{'ok' if self.good else '--':2}  {self.what:14} {self.found}"


def examine(folder: Path) -> Iterator[Finding]:
    """Yield what there is to know of this machine; nothing is changed."""
    for what, look in _POINTS.items():
        good, found = look(folder)
        yield Finding(what, good, found)


def _python(_: Path) -> tuple[bool, str]:
    return True, f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _libraries(_: Path) -> tuple[bool, str]:
    return True, ", ".join(f"{name} {number}" for name, number in versions().items())


def _kernels(_: Path) -> tuple[bool, str]:
    reason = warm.why_not()
    if reason:
        return False, f"ordinary, about three seconds more a report: {reason}"
    return True, "forked from a warm process"


def _fence(_: Path) -> tuple[bool, str]:
    if fence.available():
        return True, f"Landlock {fence.version()}: a notebook reads its own extract and no other"
    return False, "none: this system has no Landlock; a notebook can read the whole workspace"


def _jobs(_: Path) -> tuple[bool, str]:
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    except (AttributeError, ValueError, OSError):
        return True, f"{cores()} reports at once"
    return memory / cores() > 1, f"{cores()} reports at once; {memory:.0f} GB of memory"


def _space(folder: Path) -> tuple[bool, str]:
    free = shutil.disk_usage(folder).free
    return free > _LEAST_SPACE, f"{free / (1 << 30):.1f} GB free in {folder}"


def _quarto(_: Path) -> tuple[bool, str]:
    found = shutil.which("quarto")
    return bool(found), found or "not installed; --engine quarto needs it: pip install quarto-cli"


def _postgres(_: Path) -> tuple[bool, str]:
    if importlib.util.find_spec("psycopg"):
        return True, "psycopg is installed"
    return False, 'not installed; sources in PostgreSQL need it: pip install "reviewkit[postgres]"'


_POINTS: dict[str, Callable[[Path], tuple[bool, str]]] = {
    "python": _python,
    "libraries": _libraries,
    "kernels": _kernels,
    "fence": _fence,
    "at once": _jobs,
    "disk": _space,
    "quarto": _quarto,
    "postgresql": _postgres,
}
