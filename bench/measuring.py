"""What a measure is made of: commands timed from outside, medians, and the lines they become."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from bench.watching import Watch

ROOT = Path(__file__).resolve().parents[1]
REVIEWKIT = str(Path(sys.executable).with_name("reviewkit"))
PAPERMILL = str(Path(sys.executable).with_name("papermill"))

Unit = Literal["s", "packs/min", "MB", "%"]


@dataclass(frozen=True)
class Line:
    """One line of the table: medians in `unit`, ours and the peer's, and what came of the aim.

    `ratio` is ours to the peer's or the peer's to ours, whichever the aim speaks of.
    """

    what: str
    against: str
    ours: float
    peer: float
    unit: Unit
    ratio: float
    aim: str
    met: bool
    note: str = ""


@dataclass(frozen=True)
class Ran:
    """A command that ended well: wall-clock seconds, peak memory in bytes, what it printed.

    `largest` is the largest process alone; `together` all of its processes at one moment,
    shared pages counted once.
    """

    seconds: float
    largest: int
    together: int
    said: str


@dataclass
class Bench:
    """Where to measure, and how large: `quick` tries the measure itself on small sizes."""

    scratch: Path
    quick: bool
    _made: dict[str, Path] = field(default_factory=dict)

    def once(self, name: str, make: Callable[..., object], *given: object) -> Path:
        """Return a folder that `make` fills the first time a measure of this run asks for it.

        It is called with the folder and what else is `given`.
        """
        if name not in self._made:
            folder = self.scratch / name
            shutil.rmtree(folder, ignore_errors=True)
            make(folder, *given)
            self._made[name] = folder
        return self._made[name]

    def size(self, full: int, quick: int) -> int:
        """Return the size to measure at."""
        return quick if self.quick else full


def command(
    *words: str | Path,
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    watched: bool = False,
) -> Ran:
    """Run a command to its end and time it; raises `RuntimeError` where it fails.

    Its memory is known only if it is `watched`, which takes a little of the machine.
    """
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - the words are this package's own
        [str(word) for word in words],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with Watch(process.pid) if watched else nullcontext(Watch(process.pid)) as watch:
        said, _ = process.communicate()
        seconds = time.monotonic() - began
    if process.returncode:
        told = " ".join(map(str, words))
        raise RuntimeError(f"{told} ended with {process.returncode}:\n{said[-2000:]}")
    return Ran(seconds, watch.largest, watch.together, said)


def script(name: str, *words: str | Path, environment: Mapping[str, str] | None = None) -> Any:
    """Run a script of this package in a process of its own; return what its last line says."""
    ran = command(sys.executable, "-m", f"bench.{name}", *words, environment=environment)
    return json.loads(ran.said.strip().splitlines()[-1])


def build(workspace: Path, *words: str, jobs: int = 2, watched: bool = False) -> Ran:
    """Build reports of a workspace with the command that a user types."""
    where = ("--workspace", workspace, "--jobs", str(jobs))
    return command(REVIEWKIT, "build", *words, *where, watched=watched)


def forget(workspace: Path, *, cube: bool = False) -> None:
    """Take out what builds have left in a workspace; with `cube` also what they read.

    Charts and executed notebooks go as well: a build after this makes everything anew.
    """
    shutil.rmtree(workspace / "reports", ignore_errors=True)
    for path in (workspace / ".reviewkit").glob("*"):
        if path.name == "cube" and not cube:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def interleaved(runs: int, *measures: Callable[[], float]) -> list[float]:
    """Return the median of each of `measures`, called in turn `runs` times.

    What disturbs the machine for a while disturbs them all.
    """
    rounds = [[measure() for measure in measures] for _ in range(runs)]
    return [statistics.median(values) for values in zip(*rounds, strict=True)]
