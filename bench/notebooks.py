"""Reviews as other programs take them: a notebook, its parameters, and an extract made before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.measuring import REVIEWKIT, command

AUDIENCE = "client"
REVIEWS = "reviews.json"


@dataclass(frozen=True)
class Review:
    """One review to make: `folder` is where its files go."""

    client: str
    notebook: str
    extract: str
    folder: str

    @property
    def parameters(self) -> dict[str, str]:
        """What the notebook is run with."""
        return {"client": self.client, "audience": AUDIENCE}


def write_reviews(folder: Path, workspace: Path, report: str, clients: Sequence[str]) -> None:
    """Make the extracts of `clients` in `folder`, and list their reviews in `REVIEWS` there."""
    folder.mkdir(parents=True, exist_ok=True)
    reviews = []
    for client in clients:
        ran = command(
            *(REVIEWKIT, "extract", client, "--audience", AUDIENCE, "--workspace", workspace)
        )
        own = folder / client
        # A build that begins from nothing takes the workspace's own away.
        shutil.copytree(ran.said.strip().splitlines()[-1], own / "extract")
        notebook = workspace / "notebooks" / f"{report}.ipynb"
        reviews.append(Review(client, str(notebook), str(own / "extract"), str(own)))
    (folder / REVIEWS).write_text(json.dumps([asdict(review) for review in reviews], indent=1))


def read_reviews(listed: Path) -> list[Review]:
    """Read what `write_reviews` has listed."""
    return [Review(**review) for review in json.loads(listed.read_text())]
