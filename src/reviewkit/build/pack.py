"""A pack's own files: the manifest and the published figures, kept as reports are made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reviewkit.build.plan import Job
from reviewkit.build.work import Outcome
from reviewkit.errors import ReleaseError
from reviewkit.published import Published, PublishedPack
from reviewkit.release import Approval
from reviewkit.release.manifest import MANIFEST, Entry, Manifest, read_manifest, write_json

FIGURES = "figures.json"
AGREED = "agreed.json"
"""What the reports of a pack were told to have been agreed; its approval keeps it."""


def keep(outcome: Outcome) -> None:
    """Enter a report that was made into its pack's manifest and figures, each written whole.

    Done at once, so that a build broken off later has nothing to do twice.
    """
    job, entry = outcome.job, outcome.entry
    if entry is None:
        return
    manifest = _manifest(job)
    others = [
        other
        for other in manifest.entries
        if (other.report, other.audience) != (job.report, job.audience)
    ]
    entry = _with_other_formats(entry, manifest.entry(job.report, job.audience), job.folder)
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
    if outcome.agreed:
        write_json(job.folder / AGREED, read_agreed(job.folder) | {job.audience: outcome.agreed})
    write_json(
        job.folder / MANIFEST,
        facts | {"entries": [entry.model_dump(mode="json") for entry in entries]},
    )


def read_agreed(folder: Path) -> dict[str, Any]:
    """Return what the reports in `folder` were told to have been agreed, by audience."""
    try:
        found: dict[str, Any] = json.loads((folder / AGREED).read_text())
    except (OSError, ValueError):
        return {}
    return found


def as_published(folder: Path, approval: Approval) -> PublishedPack:
    """Return the figures of an approved pack, each once for each reader.

    A figure without evidence, of a partial period or without a value is not held to.
    """
    manifest = read_manifest(folder)
    found: dict[tuple[str, ...], Published] = {}
    for figure in _figures(folder):
        entry = manifest.entry(figure["report"], figure["audience"])
        if entry is None or figure["value"] is None or figure.get("partial", True):
            continue
        kept = Published(
            **{name: figure[name] for name in _KEPT},
            pack=manifest.period,
            report=entry.title,
            approved=approval.at.date(),
            software=entry.versions.get("reviewkit", ""),
        )
        by = json.dumps(kept.by, sort_keys=True)
        found.setdefault((kept.audience, kept.metric, kept.at, by), kept)
    return PublishedPack(
        client=manifest.client, period=manifest.period, figures=tuple(found.values())
    )


_MADE_OF = ("numerator", "denominator", "n", "unknown", "version")
_KEPT = ("metric", "at", "by", "audience", "text", "value", *_MADE_OF)


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
