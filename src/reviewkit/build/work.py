"""What a worker does to make one report from an extract.

Who hands the work out needs none of the libraries that do it, and does not wait for them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.blocks import MIME, Block, Front, Heading, from_json
from reviewkit.build.engines import own_extension
from reviewkit.build.plan import PICTURE, Job
from reviewkit.build.printed import figures_of
from reviewkit.build.versions import versions
from reviewkit.errors import ExecutionError, ReviewkitError, refused
from reviewkit.evidence import in_outputs, merged
from reviewkit.extract.agreed import agreed_of
from reviewkit.params.reports import PORTFOLIO
from reviewkit.release.manifest import Entry, PackFile, sha256, write_whole
from reviewkit.render import cache

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from reviewkit.execution.notebooks import Run


@dataclass(frozen=True)
class Ready:
    """Makes a new worker ready: V8 loaded, charts and fonts kept in `folder`."""

    folder: Path

    def __call__(self) -> None:
        """Load what the first report would wait for."""
        from reviewkit.render import charts

        charts.chart_svg({"data": {"values": [{"a": 1}]}, "mark": "point"})
        cache.keep_in(self.folder)


@dataclass(frozen=True)
class Outcome:
    """What became of a job: its entry and figures, or the error; and what was logged."""

    job: Job
    entry: Entry | None = None
    figures: tuple[dict[str, Any], ...] = ()
    error: str = ""
    traceback: str = ""
    notes: tuple[str, ...] = ()
    agreed: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Make:
    """Makes one report: runs the notebook, exports it, collects the figures it published."""

    job: Job = field()

    def do(self) -> Outcome:
        """Do it in this process; an error that a user can mend is an outcome."""
        from reviewkit.execution.notebooks import run_notebook

        job = self.job
        notes: list[str] = []
        handler = _Collect(notes)
        log = logging.getLogger("reviewkit")
        log.addHandler(handler)
        try:
            entry, published = _render(job, run_notebook(_run(job), _ahead(job)))
            return Outcome(job, entry, published, notes=tuple(notes), agreed=_told(job))
        except ReviewkitError as error:
            return Outcome(job, error=str(error), notes=tuple(notes))
        except OSError as error:
            said = refused(error) or f"{error.filename or 'a file'}: {error.strerror}."
            return Outcome(job, error=f"{job.name}: {said}", notes=tuple(notes))
        finally:
            log.removeHandler(handler)


def _ahead(job: Job) -> Callable[[Any], None] | None:
    """Return what draws a cell's charts while the kernel runs the next; nothing without pages."""
    from reviewkit.render.ahead import draw_ahead

    if not _DRAWN & {*job.formats} or job.engine == "quarto":
        return None
    return partial(draw_ahead, narrow="html" in job.formats)


_DRAWN = frozenset({"html", "pdf"})
"""Formats that hold charts as they are drawn."""


def _told(job: Job) -> dict[str, Any]:
    """Return what the report was told to have been agreed; with all accounts nothing is."""
    return {} if job.client == PORTFOLIO else agreed_of(job.extract).model_dump(mode="json")


def _run(job: Job) -> Run:
    from reviewkit.execution.notebooks import Run

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
        limits=job.limits,
    )


def _render(job: Job, notebook: NotebookNode) -> tuple[Entry, tuple[dict[str, Any], ...]]:
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
    made = _ENGINES[job.engine](job, notebook)
    picture = made.pop(PICTURE, b"")
    # Nothing is written before everything is made: a report's formats change together.
    for suffix, data in made.items():
        write_whole(job.folder / f"{job.stem}.{suffix}", data)
    if picture:
        write_whole(job.picture, picture)
    entry = Entry(
        report=job.report,
        audience=job.audience,
        title=front.report,
        files=tuple(
            PackFile(
                name=f"{job.stem}.{suffix}",
                sha256=sha256(job.folder / f"{job.stem}.{suffix}"),
                bytes=len(data),
            )
            for suffix, data in made.items()
        ),
        inputs=job.inputs,
        notebook=job.source,
        parameters=job.parameters,
        key=job.key,
        versions=versions(),
        cutoff=job.cutoff,
        tables=dict(job.tables),
        engine=job.engine,
        headline=_headline(blocks),
    )
    known = merged(in_outputs(notebook.cells))
    return entry, tuple(figures_of(job.report, job.audience, blocks, known))


def _headline(blocks: list[Block]) -> str:
    return next((b.text for b in blocks if isinstance(b, Heading) and b.role == "headline"), "")


def _own(job: Job, notebook: NotebookNode) -> dict[str, bytes]:
    from reviewkit.render.formats import write

    # The gallery shows what the client is shown; an internal version has no picture, but for
    # the portfolio, of which there is no other.
    shown = job.audience == "client" or job.client == PORTFOLIO
    pictured = (PICTURE,) if shown and not job.draft else ()
    return write(notebook, job.stem, (*job.formats, *pictured), job.deck)


def _quarto(job: Job, notebook: NotebookNode) -> dict[str, bytes]:
    from reviewkit.render.formats import write
    from reviewkit.render.quarto import FORMATS, render_quarto

    pages = tuple(name for name in job.formats if name in FORMATS)
    others = tuple(name for name in job.formats if name not in FORMATS)
    extension = own_extension(job.root)
    made = render_quarto(notebook, job.stem, pages, quarto=job.program, extension=extension)
    # Workbooks and decks are ours, whoever sets the pages.
    return made | (write(notebook, job.stem, others, job.deck) if others else {})


_ENGINES: dict[str, Callable[[Job, NotebookNode], dict[str, bytes]]] = {
    "reviewkit": _own,
    "quarto": _quarto,
}
"""Who sets the pages, by name."""


class _Collect(logging.Handler):
    def __init__(self, notes: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.notes = notes

    def emit(self, record: logging.LogRecord) -> None:
        self.notes.append(record.getMessage())
