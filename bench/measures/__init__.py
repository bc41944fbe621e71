"""Every measure by its name, in the order of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.measures import (
    cold,
    cube,
    intake,
    metrics,
    pack,
    packs,
    pdf,
    preview,
    scale,
    start,
    stories,
)
from bench.measuring import Bench, Line

MEASURES: dict[str, Callable[[Bench], Iterator[Line]]] = {
    "packs": packs.measure,
    "jobs": packs.measure_jobs,
    "pack": pack.measure,
    "cold": cold.measure,
    "pdf": pdf.measure,
    "preview": preview.measure,
    "scale": scale.measure,
    "cube": cube.measure,
    "metrics": metrics.measure,
    "help": start.measure,
    "intake": intake.measure,
    "stories": stories.measure,
}
"""Each yields its lines as they are measured."""
