"""What the run of a notebook may take. Imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a run may take: seconds per cell and in all, bytes of memory and of output."""

    cell_seconds: int = 600
    run_seconds: int = 1800
    memory: int = 4 << 30
    output: int = 20 << 20
