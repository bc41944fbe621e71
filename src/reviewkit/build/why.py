"""Why a report is stale: what differs between the report that is there and one built now."""

from __future__ import annotations

from reviewkit.build.plan import Job
from reviewkit.build.versions import versions
from reviewkit.release.manifest import Entry, sha256

_PARAMETERS = "params.json"


def why_stale(job: Job, entry: Entry | None, *, force: bool = False) -> str:
    """Return in words why `job` must be built; nothing where its report is current.

    The key decides. What is told beside it is as exact as the earlier build's manifest.
    """
    if entry is None:
        return "not built yet"
    if entry.key != job.key:
        return "; ".join(_differences(job, entry)) or "reviewkit or the look has changed"
    return "; ".join(_outputs(job, entry)) or ("asked for with --force" if force else "")


def _differences(job: Job, entry: Entry) -> list[str]:
    found = []
    changed = sorted(
        name
        for name in {*entry.tables, *job.tables}
        if entry.tables.get(name) != job.tables.get(name)
    )
    tables = [_table(name) for name in changed if name != _PARAMETERS]
    if tables:
        found.append(f"data have changed: {', '.join(tables)}")
    if _PARAMETERS in changed:
        found.append("parameters or commentary have changed")
    if entry.inputs != job.inputs and not changed:
        found.append("what is known of the period has changed")
    if entry.notebook != job.source:
        found.append(f"{job.notebook.name} has changed")
    if entry.engine != job.engine:
        found.append(f"the pages are set by {job.engine}, not by {entry.engine}")
    now = versions()
    found += [
        f"{name} is {now.get(name, 'gone')}, not {entry.versions.get(name, 'there')}"
        for name in sorted({*now, *entry.versions})
        if now.get(name) != entry.versions.get(name)
    ]
    return found


def _table(file: str) -> str:
    return file.rsplit("/", 1)[-1].removesuffix(".parquet")


def _outputs(job: Job, entry: Entry) -> list[str]:
    known = {file.name: file.sha256 for file in entry.files}
    wanted = {f"{job.stem}.{suffix}" for suffix in job.formats}
    found = [f"{name} is asked for" for name in sorted(wanted - known.keys())]
    for name, digest in sorted(known.items()):
        path = job.folder / name
        if not path.is_file():
            found.append(f"{name} is gone")
        elif sha256(path) != digest:
            found.append(f"{name} was changed after it was built")
    return found
