"""What there is to build: one job per client, report and audience, each with its key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from reviewkit.blocks import Audience
from reviewkit.build.engines import ENGINES, LOOKS
from reviewkit.build.places import PICTURES, PREVIEW, REPORTS
from reviewkit.build.selection import Selection
from reviewkit.build.versions import package_hash
from reviewkit.errors import UsageError, nearest
from reviewkit.execution.limits import Limits
from reviewkit.params import Workspace
from reviewkit.params.reports import HOUSE_KINDS, PORTFOLIO
from reviewkit.periods import Period, require_written
from reviewkit.release.manifest import sha256

FORMATS = ("html", "pdf", "pptx", "xlsx")
USUAL = ("html", "pdf")
"""What is made where no format is asked for."""
PICTURE = "png"
"""Of a first page, for the gallery; no format of a pack."""
AUDIENCES: tuple[Audience, ...] = ("client", "internal")


@dataclass(frozen=True)
class Job:
    """One report for one audience: a notebook run on an extract, and the files it becomes.

    `key` is the hash of all that decides the outcome; a report with the same key is current.
    `tables` holds the hash of each file of the extract, to tell later what has changed.
    A `draft` goes beside the packs, and the gallery has no picture of it.
    """

    client: str
    period: Period
    report: str
    audience: Audience
    formats: tuple[str, ...]
    notebook: Path
    extract: Path
    inputs: str
    parameters: str
    cutoff: str
    root: Path
    tables: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    engine: str = "reviewkit"
    program: Path | None = None
    draft: bool = False
    deck: Path | None = None

    @property
    def name(self) -> str:
        """The job as messages call it."""
        return f"{self.client} {self.period.id} {self.report} {self.audience}"

    @property
    def folder(self) -> Path:
        """Where its files go."""
        return self.root / (PREVIEW if self.draft else REPORTS) / self.client / self.period.id

    @property
    def stem(self) -> str:
        """Name of its files, without the suffix."""
        return f"{self.report}-{self.audience}"

    @property
    def picture(self) -> Path:
        """Where the picture of its first page goes."""
        return self.root / PICTURES / f"{self.client}-{self.period.id}-{self.stem}.{PICTURE}"

    @cached_property
    def key(self) -> str:
        """Hash of extract, notebook, engine and package: what decides the report's bytes."""
        deck = sha256(self.deck) if self.deck else ""
        parts = (self.inputs, self.source, LOOKS[self.engine](self.root), package_hash(), deck)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @cached_property
    def source(self) -> str:
        """Hash of the notebook as it is written."""
        return sha256(self.notebook)

    @property
    def command(self) -> str:
        """The command that builds this report alone, once more."""
        engine = "" if self.engine == ENGINES[0] else f" --engine {self.engine}"
        return (
            f"reviewkit build {self.client} --period {self.period.id} "
            f"--report {self.report} --audience {self.audience}{engine}"
        )

    def place(self, room: str) -> Path:
        """Return where its notebook lies in a folder of `.reviewkit/`."""
        folder = self.root / ".reviewkit" / room / self.client / self.period.id
        return folder / f"{self.stem}.ipynb"


def formats_of(workspace: Workspace, client: str, selection: Selection) -> tuple[str, ...]:
    """Return the formats asked for; else the usual ones and those that the client is sent."""
    asked = chosen(selection.formats, FORMATS, "format") if selection.formats else ()
    own = workspace.clients.get(client)
    wanted = asked or (*USUAL, *(own.client.sends if own else ()))
    return tuple(name for name in FORMATS if name in wanted)


def deck_of(workspace: Workspace) -> Path | None:
    """Return the house's own deck; raises `UsageError` where it names one that is not there."""
    if not workspace.house.deck:
        return None
    folder = (Path(workspace.root) / "params").resolve()
    path = (folder / workspace.house.deck).resolve()
    if path.suffix != ".pptx" or not path.is_relative_to(folder) or not path.is_file():
        raise UsageError(
            f"params/house.yaml: deck: there is no deck params/{workspace.house.deck}. "
            "Name a .pptx that lies in params/, or leave the key out."
        )
    return path


def clients_of(workspace: Workspace, selection: Selection) -> tuple[str, ...]:
    """Return the clients asked for; raises `UsageError` for one that does not exist.

    A period asked for is read here too: a misspelt one is told before any data is opened.
    """
    for name in selection.clients:
        if name not in workspace.clients:
            hint = nearest(name, workspace.clients)
            raise UsageError(f'There is no client "{name}" under params/. {hint}')
    if not workspace.clients:
        raise UsageError("There is no client under params/. Make one: reviewkit new CLIENT")
    names = selection.clients or tuple(sorted(workspace.clients))
    if selection.period:
        for name in names:
            require_written(selection.period, workspace.clients[name].client.fiscal_calendar)
    return names


def subjects_of(workspace: Workspace, selection: Selection) -> tuple[str, ...]:
    """Return what is asked for: clients, and the portfolio where it is named.

    The portfolio is all accounts in one report of the house's own, and is built only when it
    is asked for. Raises `UsageError` as `clients_of`, and for a version of it for clients.
    """
    named = tuple(name for name in selection.clients if name != PORTFOLIO)
    if PORTFOLIO not in selection.clients:
        return clients_of(workspace, selection)
    if "client" in selection.audiences:
        raise UsageError(
            f"{PORTFOLIO} shows all clients to the house: there is no version of it for a client. "
            "Leave out --audience, or ask for internal."
        )
    if selection.period:
        require_written(selection.period)
    others = clients_of(workspace, replace(selection, clients=named)) if named else ()
    if not workspace.clients:
        clients_of(workspace, replace(selection, clients=()))
    return (*others, PORTFOLIO)


def audiences_of(subject: str, asked: Sequence[Audience]) -> tuple[Audience, ...]:
    """Return for whom reports of a client, or of the portfolio, are made."""
    return ("internal",) if subject == PORTFOLIO else tuple(asked)


def reports_of(workspace: Workspace, client: str, selection: Selection) -> dict[str, Path]:
    """Return the notebook of each report kind asked for; a client's own goes before the house's.

    Raises `UsageError` for a kind without a notebook.
    """
    found = {}
    for kind in _kinds(workspace, client, selection):
        path = notebook_of(workspace, client, kind)
        if not path.is_file():
            known = {item.stem for item in _notebooks(workspace).glob("*.ipynb")}
            raise UsageError(f'There is no notebook for "{kind}". {nearest(kind, known)}')
        found[kind] = path
    return found


def notebook_of(workspace: Workspace, client: str, kind: str) -> Path:
    """Return where the notebook of a report kind is: the client's own, or else the house's."""
    folder = _notebooks(workspace)
    own = folder / client / f"{kind}.ipynb"
    return own if own.is_file() else folder / f"{kind}.ipynb"


def _notebooks(workspace: Workspace) -> Path:
    return Path(workspace.root) / "notebooks"


def _kinds(workspace: Workspace, subject: str, selection: Selection) -> tuple[str, ...]:
    """Return the kinds asked for; a client never gets the house's own, and it none of theirs."""
    if subject == PORTFOLIO:
        if set(selection.reports) - HOUSE_KINDS:
            raise UsageError(f"{PORTFOLIO} has one report: {PORTFOLIO}. Leave out --report.")
        return selection.reports or (PORTFOLIO,)
    own = HOUSE_KINDS & set(selection.reports)
    if own:
        kind = min(own)
        raise UsageError(
            f'"{kind}" shows all clients; it is no report of {subject}. '
            f"Build it: reviewkit build {kind}"
        )
    return selection.reports or workspace.clients[subject].client.reports


def chosen(given: Sequence[str], known: Iterable[str], what: str) -> tuple[str, ...]:
    """Return `given`, or all that is known; raises `UsageError` for a name that is not."""
    names = tuple(known)
    for name in given:
        if name not in names:
            raise UsageError(f'There is no {what} "{name}". {nearest(name, names)}')
    return tuple(given) or names


def chosen_audience(given: str) -> Audience:
    """Return the audience called `given`; raises `UsageError` for another word."""
    name = chosen((given,), AUDIENCES, "audience")[0]
    return next(audience for audience in AUDIENCES if audience == name)
