"""Opens a review: from the extract a run was given, or from one made in a child process.

The kernel that shows a review never reads the workspace's data itself: what an audience
may not know must not be in its memory.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from reviewkit.blocks import Audience
from reviewkit.display.theme import for_notebooks
from reviewkit.errors import ExtractError, UsageError, nearest
from reviewkit.extract.read import read_extract
from reviewkit.periods import Period, resolve
from reviewkit.review.review import Review

GIVEN = "REVIEWKIT_EXTRACT"
"""Names the folder of the extract that a built run is given; nothing else is then read."""

AUDIENCES: tuple[Audience, ...] = ("client", "internal")


def open_review(client: str, period: str | None = None, audience: str = "client") -> Review:
    """Open the review of `client` for `period` as `audience` may know it.

    "month", "quarter", "half" and "year" mean the client's last complete one; without a period
    it is the quarter. Where no extract is given in
    the environment, one is made first, from the workspace above the current folder.
    Raises `UsageError` for an audience that does not exist or an extract of something
    else, `ExtractError` where none can be made.
    """
    if audience not in AUDIENCES:
        raise UsageError(f'"{audience}" is no audience. {nearest(audience, AUDIENCES)}')
    given = os.environ.get(GIVEN)
    folder = Path(given) if given else made(client, period or "", audience)
    extract = read_extract(folder)
    require_same(
        extract.folder,
        {
            "client": client,
            "period": asked_for(period, extract.period, extract.as_of),
            "audience": audience,
        },
        {"client": extract.client, "period": extract.period.id, "audience": extract.audience},
    )
    for_notebooks(extract.params.client.brand.accent)
    return Review.of(extract)


def asked_for(period: str | None, found: Period, as_of: dt.date) -> str:
    """Return the id of the `period` asked for of an extract, which holds the one `found`.

    A word is read as a build reads it, as of the day on which the extract ends. Raises
    `PeriodError` for what is no period.
    """
    if not period:
        return found.id
    return resolve(period, as_of - dt.timedelta(days=1), found.calendar).id


def require_same(folder: Path, asked: Mapping[str, str], found: Mapping[str, str]) -> None:
    """Hold the extract in `folder` to what was asked for; raises `UsageError` naming both."""
    wrong = [
        f"{name} {asked[name]}, not {found[name]}" for name in asked if asked[name] != found[name]
    ]
    if wrong:
        raise UsageError(
            f"The extract in {folder} is of another run: {'; '.join(wrong)} was asked for. "
            f"Run the notebook with its parameters, or unset {GIVEN} to have its own extract made."
        )


def made(client: str, period: str, audience: str) -> Path:
    """Have an extract made in a child process; return its folder.

    Raises `ExtractError` with what the child said.
    """
    root = _workspace(Path.cwd())
    command = [sys.executable, "-m", "reviewkit", "extract", client, "--audience", audience]
    command += ["--workspace", str(root)]
    command += ["--period", period] if period else []
    # The command is a fixed list: no shell reads what a notebook was given.
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        told = done.stderr.strip() or done.stdout.strip() or "it said nothing"
        raise ExtractError(f"No extract of {client} could be made: {told}")
    return Path(lines[-1])


def _workspace(start: Path) -> Path:
    for folder in (start, *start.parents):
        if (folder / "params" / "house.yaml").is_file():
            return folder
    raise ExtractError(
        f"{start} lies in no workspace: neither it nor a folder above has params/house.yaml. "
        "Start the notebook inside a workspace, or write one with `reviewkit init`."
    )
