"""Does one job: run the notebook, export it, and collect the figures it published."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbconvert.exporters import get_exporter

from reviewkit.blocks import MIME, Front, figures, from_json
from reviewkit.build.plan import Job, versions
from reviewkit.errors import ExecutionError, ReviewkitError
from reviewkit.execution import Run, read_notebook, run_notebook
from reviewkit.release import Entry, PackFile, sha256, write_whole


@dataclass(frozen=True)
class Outcome:
    """What became of a job: its entry and figures, or the error; and what was logged."""

    job: Job
    entry: Entry | None = None
    figures: tuple[dict[str, Any], ...] = ()
    error: str = ""
    notes: tuple[str, ...] = ()


def do(job: Job) -> Outcome:
    """Do `job` in this process; an error a user can mend is an outcome, not an exception."""
    notes: list[str] = []
    handler = _Collect(notes)
    log = logging.getLogger("reviewkit")
    log.addHandler(handler)
    try:
        executed = run_notebook(_run(job))
        entry, published = _render(job, executed)
        return Outcome(job, entry, published, notes=tuple(notes))
    except ReviewkitError as error:
        again = (
            f"reviewkit build {job.client} --period {job.period.id} "
            f"--report {job.report} --audience {job.audience}"
        )
        return Outcome(job, error=f"{error}\n  again: {again}", notes=tuple(notes))
    except OSError as error:
        return Outcome(job, error=f"{job.name}: {error.filename or ''}: {error.strerror}.")
    finally:
        log.removeHandler(handler)


def _run(job: Job) -> Run:
    return Run(
        name=job.name,
        notebook=job.notebook,
        extract=job.extract,
        audience=job.audience,
        parameters={
            "client": job.client,
            "period": job.period.id,
            "audience": job.audience,
        },
        executed=job.place("executed"),
        failed=job.place("failed"),
    )


def _render(job: Job, executed: Path) -> tuple[Entry, tuple[dict[str, Any], ...]]:
    notebook = read_notebook(executed)
    blocks = [
        from_json(output["data"][MIME])
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if MIME in output.get("data", {})
    ]
    front = next((block for block in blocks if isinstance(block, Front)), None)
    if front is None or front.audience != job.audience:
        raise ExecutionError(
            f"{job.name}: the notebook shows no front for this audience. "
            "Its first output must be review.front(...)."
        )
    files = []
    for suffix in job.formats:
        exporter = get_exporter(f"reviewkit-{suffix}")()
        made, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": job.stem}})
        data = made if isinstance(made, bytes) else made.encode()
        files.append((job.folder / f"{job.stem}.{suffix}", data))
    # Nothing is written before everything is made: a report's formats change together.
    for path, data in files:
        write_whole(path, data)
    entry = Entry(
        report=job.report,
        audience=job.audience,
        title=front.report,
        files=tuple(
            PackFile(name=path.name, sha256=sha256(path), bytes=len(data)) for path, data in files
        ),
        inputs=job.inputs,
        notebook=sha256(job.notebook),
        parameters=job.parameters,
        key=job.key,
        versions=versions(),
        cutoff=job.cutoff,
    )
    published = tuple(
        {
            "report": job.report,
            "audience": job.audience,
            "metric": figure.metric,
            "period": figure.period,
            "by": figure.by,
            "role": figure.role,
            "value": value,
            "text": text,
        }
        for block in blocks
        for figure, value, text in figures(block)
    )
    return entry, published


class _Collect(logging.Handler):
    def __init__(self, notes: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.notes = notes

    def emit(self, record: logging.LogRecord) -> None:
        self.notes.append(record.getMessage())
