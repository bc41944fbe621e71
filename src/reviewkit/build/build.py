"""The only composer of numbers and documents: it plans what is stale and runs it."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reviewkit.accounts import Accounts, open_accounts, write_quarantine
from reviewkit.blocks import Audience
from reviewkit.build.plan import (
    AUDIENCES,
    FORMATS,
    Job,
    Selection,
    chosen,
    clients_of,
    period_of,
    reports_of,
)
from reviewkit.build.work import Outcome, do
from reviewkit.errors import ReleaseError, UsageError
from reviewkit.extract.read import read_extract
from reviewkit.extract.write import write_extracts
from reviewkit.metrics.cube import build_cube
from reviewkit.params import Workspace
from reviewkit.release import MANIFEST, Entry, Manifest, read_manifest, sha256, write_json

FIGURES = "figures.json"


@dataclass
class Built:
    """What a build did: jobs made, jobs that were current, and what failed."""

    made: list[Job] = field(default_factory=list)
    current: list[Job] = field(default_factory=list)
    failed: list[Outcome] = field(default_factory=list)
    quarantined: int = 0

    @property
    def folders(self) -> list[Path]:
        """Folders that hold the reports asked for, in order."""
        return sorted({job.folder for job in (*self.made, *self.current)})


def build(
    workspace: Workspace,
    selection: Selection,
    told: Callable[[str], None],
    done: Callable[[Outcome, int, int], None],
) -> Built:
    """Build the reports of `selection` that are stale.

    `told` hears what happens; `done` hears each outcome, with how many of how many. A
    report that fails leaves the others; two builds of one workspace wait for each other.
    """
    clients = clients_of(workspace, selection)
    notebooks = {client: reports_of(workspace, client, selection) for client in clients}
    chosen(selection.audiences, AUDIENCES, "audience")
    chosen(selection.formats, FORMATS, "format")
    with _alone(Path(workspace.root), told):
        with open_accounts(workspace) as accounts:
            accounts.require_sources()
            write_quarantine(accounts, Path(workspace.root) / ".reviewkit" / "quarantine")
            jobs = _plan(workspace, accounts, notebooks, selection)
            built = Built(quarantined=sum(check.quarantined for check in accounts.checks))
        stale = _stale(jobs, selection, built)
        told(f"{len(stale)} of {len(jobs)} reports to build")
        for number, outcome in enumerate(_run(stale, selection.jobs), 1):
            _keep(outcome, built)
            done(outcome, number, len(stale))
    return built


def extract(workspace: Workspace, client: str, selection: Selection, audience: Audience) -> Path:
    """Write the extract of one client, period and audience; return its folder."""
    clients_of(workspace, selection)
    with open_accounts(workspace) as accounts:
        accounts.require_sources()
        cube = build_cube(accounts, workspace, selection.as_of)
        period = period_of(workspace, accounts, client, selection)
        return write_extracts(workspace, cube, client, period, (audience,))[0]


def _plan(
    workspace: Workspace,
    accounts: Accounts,
    notebooks: dict[str, dict[str, Path]],
    selection: Selection,
) -> list[Job]:
    audiences = chosen(selection.audiences, AUDIENCES, "audience")
    formats = chosen(selection.formats, FORMATS, "format")
    periods = {client: period_of(workspace, accounts, client, selection) for client in notebooks}
    cube = build_cube(accounts, workspace, selection.as_of)
    jobs = []
    for client in notebooks:
        kinds: tuple[Audience, ...] = tuple(name for name in AUDIENCES if name in audiences)
        folders = write_extracts(workspace, cube, client, periods[client], kinds)
        for folder, audience in zip(folders, kinds, strict=True):
            made = read_extract(folder)
            cutoff = made.cutoff
            jobs += [
                Job(
                    client=client,
                    period=periods[client],
                    report=kind,
                    audience=audience,
                    formats=formats,
                    notebook=notebook,
                    extract=folder,
                    inputs=made.hash,
                    parameters=sha256(folder / "params.json"),
                    cutoff=cutoff.isoformat() if cutoff else "",
                    root=Path(workspace.root),
                )
                for kind, notebook in notebooks[client].items()
            ]
    return jobs


def _stale(jobs: list[Job], selection: Selection, built: Built) -> list[Job]:
    stale = []
    for job in jobs:
        manifest = _manifest(job)
        entry = manifest.entry(job.report, job.audience)
        if not selection.force and job.current(entry):
            built.current.append(job)
        else:
            stale.append(job)
    return stale


def _run(jobs: list[Job], most: int) -> Iterator[Outcome]:
    """Yield outcomes as they come, from as many processes as there are cores."""
    workers = min(most or os.cpu_count() or 1, len(jobs))
    if workers <= 1:
        yield from map(do, jobs)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting = {pool.submit(do, job): job for job in jobs}
        for future in as_completed(waiting):
            try:
                yield future.result()
            except BrokenProcessPool:
                job = waiting[future]
                yield Outcome(job, error=f"{job.name}: its process was killed; build again.")


def _keep(outcome: Outcome, built: Built) -> None:
    """Note an outcome; a report that was made enters the manifest at once."""
    if outcome.entry is None:
        built.failed.append(outcome)
        return
    job = outcome.job
    built.made.append(job)
    manifest = _manifest(job)
    others = [
        entry
        for entry in manifest.entries
        if (entry.report, entry.audience) != (job.report, job.audience)
    ]
    entry = _with_other_formats(outcome.entry, manifest.entry(job.report, job.audience), job.folder)
    entries = sorted((*others, entry), key=lambda entry: (entry.report, entry.audience))
    published = [
        figure
        for figure in _figures(job.folder)
        if (figure["report"], figure["audience"]) != (job.report, job.audience)
    ]
    published += outcome.figures
    published.sort(key=lambda figure: (figure["report"], figure["audience"]))
    facts = {"client": job.client, "period": job.period.id}
    write_json(job.folder / FIGURES, facts | {"figures": published})
    write_json(
        job.folder / MANIFEST,
        facts | {"entries": [entry.model_dump(mode="json") for entry in entries]},
    )


def _with_other_formats(entry: Entry, before: Entry | None, folder: Path) -> Entry:
    """Keep the files of an earlier build in other formats while they say the same.

    Those of another key are outdated, and removed: nobody should find two truths.
    """
    made = {file.name for file in entry.files}
    others = [file for file in (before.files if before else ()) if file.name not in made]
    if before is not None and before.key != entry.key:
        for file in others:
            (folder / file.name).unlink(missing_ok=True)
        others = []
    kept = [file for file in others if (folder / file.name).is_file()]
    files = tuple(sorted((*entry.files, *kept), key=lambda file: file.name))
    return entry.model_copy(update={"files": files})


def _manifest(job: Job) -> Manifest:
    try:
        return read_manifest(job.folder)
    except ReleaseError:
        return Manifest(client=job.client, period=job.period.id, entries=())


def _figures(folder: Path) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = json.loads((folder / FIGURES).read_text())["figures"]
    except (OSError, ValueError, KeyError):
        return []
    return found


@contextmanager
def _alone(root: Path, told: Callable[[str], None]) -> Iterator[None]:
    """Let one build at a time work in a workspace; a second one waits and says so."""
    folder = root / ".reviewkit"
    try:
        folder.mkdir(exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            told("another build is at work in this workspace; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
