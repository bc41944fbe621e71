"""The only composer of numbers and documents: it plans what is stale and runs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from reviewkit.blocks import Audience
from reviewkit.build.agreed import last_agreed
from reviewkit.build.built import Built
from reviewkit.build.crew import Crew, Lost, cores
from reviewkit.build.cubes import QUARANTINED, cube_of
from reviewkit.build.engines import ENGINES
from reviewkit.build.failures import write_failures
from reviewkit.build.gallery import write_gallery
from reviewkit.build.pack import keep
from reviewkit.build.places import GALLERY
from reviewkit.build.plan import (
    AUDIENCES,
    Job,
    audiences_of,
    chosen,
    deck_of,
    formats_of,
    reports_of,
    subjects_of,
)
from reviewkit.build.prepare import Prepare, Prepared
from reviewkit.build.progress import Progress
from reviewkit.build.record import Record, read_record
from reviewkit.build.scope import horizons, scope_of
from reviewkit.build.selection import Selection
from reviewkit.build.wanting import beside, wanting
from reviewkit.build.when import by_period, period_of
from reviewkit.build.work import Make, Outcome, Ready
from reviewkit.errors import UsageError, refused
from reviewkit.extract.portfolio import accounts_of, write_portfolio
from reviewkit.extract.store import CubeStore
from reviewkit.extract.write import write_extracts
from reviewkit.locks import alone
from reviewkit.metrics.calendar import horizon
from reviewkit.params import Workspace
from reviewkit.params.members import kin
from reviewkit.params.reports import PORTFOLIO
from reviewkit.render.cache import prune

_CACHE = Path(".reviewkit", "cache")
_WAITING = "another build is at work in this workspace; waiting for it"


class Listener:
    """Hears what a build does; every method may be left as it is."""

    def told(self, text: str) -> None:
        """Hear a sentence about the build as a whole."""

    def stale(self, job: Job, why: str) -> None:
        """Hear why a report is built; `why` is empty for one that is current."""

    def done(self, outcome: Outcome, progress: Progress) -> None:
        """Hear what became of a report."""


def build(workspace: Workspace, selection: Selection, listener: Listener) -> Built:
    """Build the reports of `selection` that are stale.

    A report that fails leaves the others, and a report for the analyst is written. Two
    builds of one workspace wait for each other. Raises `UsageError` where the workspace
    cannot be written.
    """
    order = _order(workspace, selection)
    root = Path(workspace.root)
    with _disk(root), alone(root / ".reviewkit" / "lock", lambda: listener.told(_WAITING)):
        shift = _Shift(workspace, order, _record(workspace, selection), listener)
        clients = shift.stale_clients()
        if clients:
            with Crew(order.workers(clients), Ready(root / _CACHE)) as crew:
                shift.work(crew, clients)
        return shift.end()


def extract(workspace: Workspace, client: str, selection: Selection, audience: Audience) -> Path:
    """Write the extract of one client, period and audience; return its folder.

    That of the portfolio is internal; raises `UsageError` where it is asked for a client.
    """
    subjects_of(workspace, replace(selection, audiences=(audience,)))
    root = Path(workspace.root)
    with _disk(root), alone(root / ".reviewkit" / "lock"):
        store, _ = cube_of(workspace, selection.as_of, lambda _: None)
    period = period_of(workspace, store.cutoffs, client, selection)
    if client == PORTFOLIO:
        known_of = horizons(workspace, accounts_of(workspace), store, selection)
        return write_portfolio(workspace, store, period, known_of.__getitem__)
    known = horizon(workspace, client, store.cutoffs, selection.as_of)
    calendar = workspace.clients[client].client.fiscal_calendar
    before = last_agreed(root, client, period, calendar)
    cube = store.of(client, known)
    return write_extracts(workspace, cube, client, period, (audience,), before)[0]


@dataclass(frozen=True)
class _Order:
    """What is asked for, every name in it held to what exists."""

    selection: Selection
    notebooks: Mapping[str, Mapping[str, Path]]
    audiences: tuple[Audience, ...]
    formats: Mapping[str, tuple[str, ...]]
    program: Path | None = None
    deck: Path | None = None

    def reports(self, client: str) -> int:
        return len(self.notebooks[client]) * len(audiences_of(client, self.audiences))

    def workers(self, clients: Sequence[str]) -> int:
        return min(self.selection.jobs or cores(), sum(map(self.reports, clients)))


def _order(workspace: Workspace, selection: Selection) -> _Order:
    clients = subjects_of(workspace, selection)
    audiences = chosen(selection.audiences, AUDIENCES, "audience")
    program = None
    if chosen((selection.engine,), ENGINES, "engine") == ("quarto",):
        from reviewkit.render.quarto import quarto_program

        # Where it is absent, that is said before anything is read.
        program = quarto_program()
    notebooks = {client: reports_of(workspace, client, selection) for client in clients}
    for client in clients:
        # A notebook whose own period is none is told before any data are opened.
        by_period(workspace, client, selection, notebooks[client])
    return _Order(
        selection=selection,
        notebooks=notebooks,
        audiences=tuple(name for name in AUDIENCES if name in audiences),
        formats={client: formats_of(workspace, client, selection) for client in clients},
        program=program,
        deck=deck_of(workspace),
    )


def _record(workspace: Workspace, selection: Selection) -> Record:
    record = read_record(Path(workspace.root), selection)
    sources = [one for given in workspace.house.sources.values() for one in given]
    files = [file for one in sources for file in (one.file, *one.files.values()) if file]
    # A database's state is told by no file.
    told = all(one.file or one.files for one in sources)
    root = Path(workspace.root)
    record.patterns = tuple(sorted({str(root / file) for file in files})) if told else None
    record.kin = {**kin(workspace.clients), PORTFOLIO: tuple(sorted(workspace.clients))}
    return record


class _Shift:
    """One build at work: what was ordered, what has come of it so far, and who hears of it."""

    def __init__(
        self, workspace: Workspace, order: _Order, record: Record, listener: Listener
    ) -> None:
        self._workspace, self._order = workspace, order
        self._record, self._listener = record, listener
        self._root = Path(workspace.root)
        self._built = Built(quarantined=record.quarantined)
        self._progress = Progress()
        self._open: dict[str, int] = {}
        self._jobs: dict[str, list[Job]] = {}

    def stale_clients(self) -> list[str]:
        """Return the clients that must be looked into; the others are current."""
        unchanged = self._record.look(self._order.notebooks)
        if self._order.selection.force:
            unchanged = {}
        for client, known in unchanged.items():
            self._built.current += known.reports
            for folder, kinds in known.folders.items():
                self._built.folders.add(self._root / folder)
                self._tell_of(client, Path(folder).name, kinds)
        return [client for client in self._order.notebooks if client not in unchanged]

    def work(self, crew: Crew, clients: Sequence[str]) -> None:
        """Prepare each client, then make its stale reports, until nothing is left."""
        store, key = cube_of(self._workspace, self._order.selection.as_of, self._listener.told)
        self._built.quarantined = self._record.quarantined = int(store.notes[QUARANTINED])
        self._progress = Progress(
            total=sum(map(self._order.reports, self._order.notebooks)),
            current=self._built.current,
            unseen=sum(map(self._order.reports, clients)),
        )
        for client in clients:
            crew.give(self._task(client, store, key))
        for task, result in crew.results():
            if isinstance(task, Prepare):
                for make in self._prepared(task, result):
                    crew.give(make, first=True)
            elif isinstance(task, Make):
                self._made(task.job, result)

    def end(self) -> Built:
        """Write down what is current and what failed, and return what was done."""
        self._record.write()
        prune(self._root / _CACHE)
        self._built.report = write_failures(self._root, self._built.failed)
        if self._built.made or (self._built.current and not (self._root / GALLERY).is_file()):
            write_gallery(self._workspace)
        return self._built

    def _task(self, client: str, store: CubeStore, key: str) -> Prepare:
        selection = self._order.selection
        scope = scope_of(self._workspace, client, store, selection, self._order.notebooks[client])
        return Prepare(
            workspace=scope.workspace,
            client=client,
            parts=scope.parts,
            horizons=scope.horizons,
            store=store.folder,
            key=key,
            audiences=audiences_of(client, self._order.audiences),
            formats=self._order.formats[client],
            engine=selection.engine,
            program=self._order.program,
            deck=self._order.deck,
            force=selection.force,
        )

    def _prepared(self, task: Prepare, result: Prepared | Lost) -> list[Make]:
        """Hear which reports of a client are stale, and return what is to be made."""
        if isinstance(result, Lost):
            result = Prepared(error=result.reason)
        self._progress.unseen -= self._order.reports(task.client)
        if result.error:
            self._built.lost[task.client] = result.error
            self._progress.lost += self._order.reports(task.client)
            return []
        for part in task.parts:
            self._tell_of(task.client, part.period.id, part.notebooks)
        makes = []
        for job, why in result.jobs:
            self._listener.stale(job, why)
            self._built.folders.add(job.folder)
            if why:
                makes.append(Make(job))
        self._built.current += len(result.jobs) - len(makes)
        self._progress.current += len(result.jobs) - len(makes)
        self._open[task.client] = len(makes)
        self._jobs[task.client] = [job for job, _ in result.jobs]
        if not makes:
            self._settle(task.client)
        return makes[::-1]

    def _tell_of(self, client: str, period: str, kinds: Iterable[str]) -> None:
        """Tell what a pack lacks or holds beside, whether or not anything is stale."""
        every = self._order.notebooks[client]
        here = {kind: every[kind] for kind in kinds}
        lacks = wanting(self._workspace, client, period, here)
        for note in (*lacks, *beside(self._root, client, period, every.keys() - here.keys())):
            self._listener.told(f"note: {note}")

    def _made(self, job: Job, result: Outcome | Lost) -> None:
        """Keep what was made, and remember the client once all of its reports are there."""
        outcome = result if isinstance(result, Outcome) else _defect(job, result)
        if not outcome.error:
            try:
                keep(outcome)
            except OSError as error:
                said = refused(error) or f"{error.filename}: {error.strerror}."
                outcome = replace(outcome, entry=None, error=f"{job.name}: {said}")
        (self._built.failed.append(outcome) if outcome.error else self._built.made.append(job))
        self._progress.done += 1
        self._listener.done(outcome, self._progress)
        self._open[job.client] -= 1
        if self._open[job.client] == 0:
            self._settle(job.client)

    def _settle(self, client: str) -> None:
        if any(outcome.job.client == client for outcome in self._built.failed):
            return
        folders: dict[Path, dict[str, None]] = {}
        for job in self._jobs[client]:
            folders.setdefault(job.folder, {})[job.report] = None
        self._record.note(client, folders, self._order.reports(client))


def _defect(job: Job, lost: Lost) -> Outcome:
    return Outcome(job, error=f"{job.name}: {lost.reason}", traceback=lost.traceback)


@contextmanager
def _disk(root: Path) -> Iterator[None]:
    """Tell of a disk that is full, or closed to us, in words."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{error.filename or root}: {error.strerror or error}. "
            "What was built before is as it was; mend this and build again."
        ) from error
