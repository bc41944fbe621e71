"""A workspace to break, the processes of a build, and what must be true afterwards."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROUNDS = int(os.environ.get("REVIEWKIT_SOAK", "2"))
"""How many times each fault is tried: a few in the gate, a hundred in `make soak`."""

CLIENTS = ("alpha", "beta", "gamma")


@dataclass
class Broken:
    """A workspace with three clients that was built once, whole, and is to be built again."""

    root: Path
    good: dict[str, str]

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a build of everything as a process group of its own."""
        command = [sys.executable, "-m", "reviewkit", "build", "--force", "--jobs", "2", *words]
        return subprocess.Popen(
            [*command, "--workspace", str(self.root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
        )

    def hashes(self) -> dict[str, str]:
        """Return the hash of every file under reports/."""
        return {
            path.relative_to(self.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted((self.root / "reports").rglob("*"))
            if path.is_file()
        }

    def whole(self) -> None:
        """Hold every output to the good one: the same inputs give the same bytes.

        A file that a killed process was writing lies beside, under a name nobody opens.
        """
        found = {name: told for name, told in self.hashes().items() if "/." not in name}
        assert found == self.good

    def recovers(self) -> None:
        """Build once more, undisturbed; nothing half-written may be left."""
        going = self.start()
        said, _ = going.communicate(timeout=120)
        assert going.returncode == 0, said
        assert self.hashes() == self.good


def descendants(pid: int) -> dict[int, int]:
    """Return the processes below `pid`, each with its session."""
    found: dict[int, tuple[int, int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                after = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if after[0] != "Z":
                found[int(entry.name)] = (int(after[1]), int(after[3]))
    below: dict[int, int] = {}
    grown = {pid}
    while grown:
        grown = {own for own, (parent, _) in found.items() if parent in grown} - below.keys()
        below |= {own: found[own][1] for own in grown}
    return below


def kernels(pid: int) -> list[int]:
    """Return the kernels of a build: each leads a session of its own."""
    return [own for own, session in descendants(pid).items() if own == session]


def workers(pid: int) -> list[int]:
    """Return the workers of a build: forked from the warm process, in the build's session."""
    below = descendants(pid)
    parents = {own: _parent(own) for own in below}
    # Of one look at the processes: between two of them kernels come and go.
    warm = {parents[own] for own, session in below.items() if own == session}
    return [own for own, session in below.items() if own != session and parents[own] in warm]


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def gone(pids: list[int], patience: float = 10.0) -> bool:
    """Tell whether all of `pids` have ended, waiting a little for them."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if not any(_alive(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill(pid: int) -> bool:
    """Kill a process at once; false where it was gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
