"""What a worker does to prepare a client: write its extracts, tell which reports are stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewkit.blocks import Audience
from reviewkit.build.agreed import last_agreed
from reviewkit.build.plan import Job
from reviewkit.build.when import Part
from reviewkit.build.why import why_stale
from reviewkit.errors import ReviewkitError, refused
from reviewkit.execution.limits import Limits
from reviewkit.extract.portfolio import write_portfolio
from reviewkit.extract.read import read_manifest as read_extract_manifest
from reviewkit.extract.store import CubeStore, load_cube
from reviewkit.extract.write import write_extracts
from reviewkit.metrics.calendar import Horizon
from reviewkit.params import Workspace
from reviewkit.params.reports import PORTFOLIO
from reviewkit.release.manifest import pack_entry


@dataclass(frozen=True)
class Prepared:
    """A client's jobs, each with the reason why it is stale, or nothing; or what went wrong."""

    jobs: tuple[tuple[Job, str], ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Prepare:
    """Writes a client's extracts and tells which of its reports are stale.

    `workspace` holds this client alone, and its members if it has any; for the portfolio it
    holds all. `parts` are its reports by period. `horizons` are what is known of each. The
    cube lies in `store` under `key`.
    """

    workspace: Workspace
    client: str
    parts: tuple[Part, ...]
    horizons: Mapping[str, Horizon]
    store: Path
    key: str
    audiences: tuple[Audience, ...]
    formats: tuple[str, ...]
    engine: str
    program: Path | None
    force: bool
    draft: bool = False
    deck: Path | None = None

    def do(self) -> Prepared:
        """Do it in this process; an error that a user can mend is a result."""
        try:
            return Prepared(tuple(self._jobs()))
        except ReviewkitError as error:
            return Prepared(error=str(error))
        except OSError as error:
            plain = f"{error.filename or self.client}: {error.strerror}."
            return Prepared(error=refused(error) or plain)

    def _jobs(self) -> list[tuple[Job, str]]:
        store = load_cube(self.store, self.key)
        return [job for part in self.parts for job in self._of(part, store)]

    def _of(self, part: Part, store: CubeStore) -> Iterator[tuple[Job, str]]:
        for folder, audience in zip(self._extracts(part, store), self.audiences, strict=True):
            about = read_extract_manifest(folder)
            cutoff = min((e.cutoff for e in about.tables.values() if e.cutoff), default=None)
            for kind, notebook in part.notebooks.items():
                job = Job(
                    client=self.client,
                    period=part.period,
                    report=kind,
                    audience=audience,
                    formats=self.formats,
                    notebook=notebook,
                    extract=folder,
                    inputs=about.hash,
                    parameters=about.files["params.json"],
                    cutoff=cutoff.isoformat() if cutoff else "",
                    root=Path(self.workspace.root),
                    tables=about.files,
                    limits=_limits(self.workspace),
                    engine=self.engine,
                    program=self.program,
                    draft=self.draft,
                    deck=self.deck,
                )
                entry = pack_entry(job.folder, kind, audience)
                yield job, why_stale(job, entry, force=self.force)

    def _extracts(self, part: Part, store: CubeStore) -> tuple[Path, ...]:
        period = part.period
        if self.client == PORTFOLIO:
            return (write_portfolio(self.workspace, store, period, self.horizons.__getitem__),)
        cube = store.of(self.client, self.horizons[self.client])
        calendar = self.workspace.clients[self.client].client.fiscal_calendar
        before = last_agreed(Path(self.workspace.root), self.client, period, calendar)
        return write_extracts(self.workspace, cube, self.client, period, self.audiences, before)


def _limits(workspace: Workspace) -> Limits:
    given = workspace.house.limits
    return Limits(
        cell_seconds=given.cell_seconds,
        run_seconds=given.run_seconds,
        memory=given.memory_mb << 20,
        output=given.output_mb << 20,
    )
