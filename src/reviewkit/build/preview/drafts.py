"""Makes one report again and again, with the same worker: what it has loaded stays loaded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from reviewkit.blocks import Audience
from reviewkit.build.crew import Crew, Lost, Task
from reviewkit.build.cubes import cube_of
from reviewkit.build.plan import Job, chosen_audience, reports_of, subjects_of
from reviewkit.build.prepare import Prepare
from reviewkit.build.preview.shown import Made
from reviewkit.build.scope import scope_of
from reviewkit.build.selection import Selection
from reviewkit.build.work import Make, Ready
from reviewkit.errors import ReviewkitError, refused
from reviewkit.locks import alone
from reviewkit.params import Workspace
from reviewkit.params.reports import PORTFOLIO
from reviewkit.speech import marks, say, speaking
from reviewkit.workspace import open_workspace

_LOCAL = Path(".reviewkit")


@dataclass(frozen=True)
class Wish:
    """The report to show: the first of the client's, its own last period, where none is named.

    It is the client's version, of the portfolio the house's, unless `audience` says so.
    """

    client: str
    report: str = ""
    audience: str = ""
    period: str = ""
    as_of: dt.date | None = None

    @property
    def reader(self) -> Audience:
        """Whom it is for; raises `UsageError` for a word that is no audience."""
        usual = "internal" if self.client == PORTFOLIO else "client"
        return chosen_audience(self.audience or usual)

    @property
    def selection(self) -> Selection:
        """The wish as a build reads it."""
        return Selection(
            clients=(self.client,),
            period=self.period,
            reports=(self.report,) if self.report else (),
            audiences=(self.reader,),
            formats=("html",),
            as_of=self.as_of,
        )


@dataclass(frozen=True)
class About:
    """What a preview shows, in a few words, and the locale of whoever looks at it: the house's."""

    title: str
    locale: str


class Drafts:
    """Makes the report of a wish; use it in a `with` block, which keeps the worker alive."""

    def __init__(self, root: Path, wish: Wish) -> None:
        self._root, self._wish = root, wish
        self._audience = wish.reader
        self._crew = Crew(1, Ready(root / _LOCAL / "cache"))

    def __enter__(self) -> Drafts:
        self._crew.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._crew.__exit__(kind, error, trace)

    def check(self) -> About:
        """Return what is shown, and to whom; raises for a name that does not exist."""
        workspace = open_workspace(self._root)
        subjects_of(workspace, self._wish.selection)
        kind = next(iter(self._notebook(workspace)))
        client, locale = self._wish.client, workspace.house.locale
        with speaking(locale):
            everybody = client == PORTFOLIO
            name = say("All accounts") if everybody else workspace.clients[client].client.name
            version = marks.version() if self._audience == "internal" else say("client version")
        return About(f"{name}, {kind}, {version}", locale)

    def make(self) -> Made:
        """Return the report as its files are now, or the error that stops it."""
        try:
            with alone(self._root / _LOCAL / "lock"):
                return self._made()
        except ReviewkitError as error:
            return Made(error=str(error))
        except OSError as error:
            return Made(error=refused(error) or f"{error.filename}: {error.strerror}.")

    def _made(self) -> Made:
        prepared = self._done(self._preparing(open_workspace(self._root)))
        if isinstance(prepared, Lost) or prepared.error:
            return Made(error=_reason(prepared))
        job: Job = prepared.jobs[0][0]
        outcome = self._done(Make(job))
        if isinstance(outcome, Lost) or outcome.error:
            return Made(error=_reason(outcome), notes=getattr(outcome, "notes", ()))
        return Made((job.folder / f"{job.stem}.html").read_bytes(), notes=outcome.notes)

    def _preparing(self, workspace: Workspace) -> Prepare:
        selection, client = self._wish.selection, self._wish.client
        subjects_of(workspace, selection)
        store, key = cube_of(workspace, selection.as_of, _unheard)
        scope = scope_of(workspace, client, store, selection, self._notebook(workspace))
        return Prepare(
            workspace=scope.workspace,
            client=client,
            parts=scope.parts,
            horizons=scope.horizons,
            store=store.folder,
            key=key,
            audiences=(self._audience,),
            formats=("html",),
            engine="reviewkit",
            program=None,
            force=True,
            draft=True,
        )

    def _notebook(self, workspace: Workspace) -> dict[str, Path]:
        found = reports_of(workspace, self._wish.client, self._wish.selection)
        return dict(list(found.items())[:1])

    def _done(self, task: Task) -> Any:
        self._crew.give(task)
        (result,) = (result for _, result in self._crew.results())
        return result


def _reason(result: Any) -> str:
    return str(result.reason if isinstance(result, Lost) else result.error)


def _unheard(_: str) -> None:
    """Say nothing."""
