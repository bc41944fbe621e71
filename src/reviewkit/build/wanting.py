"""What a build tells of a pack: words that its reports lack, reports that it holds beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewkit.build.notebooks import headings
from reviewkit.build.places import REPORTS
from reviewkit.errors import ReleaseError
from reviewkit.params import Workspace
from reviewkit.params.models import Comment
from reviewkit.release.manifest import read_manifest


@dataclass(frozen=True)
class Wanting:
    """A report whose notebook asks for words under `headings`, for which none are written."""

    client: str
    period: str
    report: str
    headings: tuple[str, ...]

    def __str__(self) -> str:
        named = ", ".join(f"## {heading}" for heading in self.headings)
        return (
            f"{self.client} {self.period} {self.report}: words are missing under {named}. "
            f"Write them in params/{self.client}/{self.period}.md"
        )


def wanting(
    workspace: Workspace, client: str, period: str, notebooks: Mapping[str, Path]
) -> tuple[Wanting, ...]:
    """Return the reports of `client` that lack required words for the period of that id itself.

    Required is what the client's, or else the house's, `required_commentary` names. Words
    that are internal do not fill a place that the client sees. Another period's never count.
    """
    own = workspace.clients.get(client)
    if own is None:
        # The portfolio is nobody's account; its words are computed.
        return ()
    given = own.client.required_commentary
    required = workspace.house.required_commentary if given is None else given
    if not required:
        return ()
    comments = own.commentary.get(period, ())
    found = []
    for report, notebook in notebooks.items():
        asked = dict(headings(notebook))
        missing = tuple(
            name
            for name in required
            if name in asked and not _written(name, comments, internal=asked[name])
        )
        if missing:
            found.append(Wanting(client, period, report, missing))
    return tuple(found)


def beside(root: Path, client: str, period: str, elsewhere: Collection[str]) -> tuple[str, ...]:
    """Return a note on each report of a pack whose kind is built `elsewhere`, for another period.

    It was built with a period named, or before its notebook was of a period of its own.
    """
    folder = REPORTS / client / period
    if not elsewhere:
        return ()
    try:
        held = {entry.report for entry in read_manifest(root / folder).entries}
    except ReleaseError:
        return ()
    return tuple(
        f"{client} {period} holds {kind} too, which is built for another period unless one is "
        f"named. To be rid of it, delete {folder.as_posix()} and build again"
        for kind in sorted(held.intersection(elsewhere))
    )


def _written(name: str, comments: tuple[Comment, ...], *, internal: bool) -> bool:
    return any(
        item.heading.strip().lower() == name.strip().lower()
        and (internal or item.audience == "client")
        for item in comments
    )
