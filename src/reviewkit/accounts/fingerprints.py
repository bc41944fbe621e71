"""What tells that a source has changed, without reading its rows."""

from __future__ import annotations

from pathlib import Path

from reviewkit.accounts import remote
from reviewkit.accounts.sources import paths
from reviewkit.params.models import Source, Workspace


def source_fingerprints(workspace: Workspace) -> dict[str, str] | None:
    """Return a fingerprint per source; `None` where one of them can only be read to be known.

    A file's is its path, size and time; a database's is what a query gives. A path within
    the workspace is told from there: moved or copied as a whole, nothing in it has changed.
    Raises `SourceError` where a source is not there.
    """
    found: dict[str, str] = {}
    for table, sources in workspace.house.sources.items():
        for position, source in enumerate(sources):
            told = _fingerprint(source, Path(workspace.root))
            if told is None:
                return None
            found[f"{table}.{position}"] = told
    return found


def _fingerprint(source: Source, root: Path) -> str | None:
    if source.url:
        return remote.fingerprint(source)
    stats = [(path, path.stat()) for path in paths(source, root)]
    return repr([(_within(path, root), stat.st_size, stat.st_mtime_ns) for path, stat in stats])


def _within(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
