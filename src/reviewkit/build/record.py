"""What the last build left, so that a client whose inputs have not moved is not looked into.

Sizes and times of files decide here: nothing is read, parsed or opened. Whatever differs is
left to hashes, which decide again. Imports nothing heavy.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from reviewkit.build.engines import EXTENSION
from reviewkit.build.selection import Selection
from reviewkit.build.versions import package_hash

_FILE = Path(".reviewkit", "built.json")

Stamp = tuple[str, int, int]
"""A file's path in the workspace, its size, and when it was last written, ns."""


@dataclass(frozen=True)
class Current:
    """A client whose reports were all current: what they were made from, and their files.

    `folders` are its packs, each with the report kinds built there. `kin` are the other clients
    whose parameters decided too: a global account's members.
    """

    digest: str
    folders: Mapping[str, Sequence[str]]
    reports: int
    files: Sequence[Stamp] = ()
    kin: Sequence[str] = ()


@dataclass
class Record:
    """The clients of one selection that were current when last built.

    `patterns` name the files that sources read; `None` where a source is a database, whose
    state no file tells. `quarantined` is how many rows were set aside. `kin` are the clients
    that others depend on, as the parameters tell; until they are read, as they were told.
    """

    root: Path
    selection: Selection
    patterns: tuple[str, ...] | None = None
    quarantined: int = 0
    clients: dict[str, Current] = field(default_factory=dict)
    kin: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)

    def look(self, clients: Iterable[str]) -> dict[str, Current]:
        """Return those of `clients` that are current still: same inputs, outputs untouched.

        What the inputs are now is kept for `note`: a change while a build is at work is
        seen by the next one.
        """
        shared = self._shared()
        if shared is None:
            return {}
        told = {client: known.kin for client, known in self.clients.items()} | {**self.kin}
        self._digests = {
            client: self._digest((client, *told.get(client, ())), shared) for client in clients
        }
        return {
            client: known
            for client, digest in self._digests.items()
            if (known := self.clients.get(client)) is not None
            and known.digest == digest
            and all(_stamp(self.root, self.root / file[0]) == tuple(file) for file in known.files)
        }

    def note(self, client: str, folders: Mapping[Path, Iterable[str]], reports: int) -> None:
        """Remember `client` as current, with every file of its packs as it is now.

        `folders` are the packs, each with the report kinds built there.
        """
        digest = self._digests.get(client)
        if digest is None:
            return
        found = (path for folder in folders for path in folder.iterdir() if path.is_file())
        files = tuple(_stamps(self.root, found))
        kin = tuple(self.kin.get(client, ()))
        inside = {_inside(self.root, folder): tuple(kinds) for folder, kinds in folders.items()}
        self.clients[client] = Current(digest, inside, reports, files, kin)

    def _shared(self) -> str | None:
        if self.patterns is None:
            return None
        inputs = [self.root / "params" / "house.yaml", *self.root.glob("notebooks/*.ipynb")]
        inputs += (path for path in self.root.glob(f"{EXTENSION}/*") if path.is_file())
        inputs += self.root.glob("params/**/*.pptx")
        stamps = [*_stamps(self.root, inputs), *_stamps(self.root, _found(self.patterns))]
        return _hash([package_hash(), *self.selection.wanted, json.dumps(sorted(stamps))])

    def _digest(self, clients: Sequence[str], shared: str) -> str:
        own = [
            path
            for client in clients
            for folder in ("params", "notebooks", ".reviewkit/published")
            for path in self.root.glob(f"{folder}/{client}/**/*")
        ]
        # What was agreed in an approved review stands in the next one.
        own += [
            path
            for client in clients
            for path in self.root.glob(f"reports/{client}/*/approval.json")
        ]
        return _hash([shared, json.dumps(sorted(_stamps(self.root, own)))])

    def write(self) -> None:
        """Keep the record beside those of other selections."""
        data = _read(self.root)
        data[_name(self.selection)] = {
            "patterns": self.patterns,
            "quarantined": self.quarantined,
            "clients": {name: asdict(item) for name, item in sorted(self.clients.items())},
        }
        path = self.root / _FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        try:
            part.write_text(json.dumps(dict(list(data.items())[-_KEPT:])), encoding="utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


_KEPT = 24
"""How many selections are remembered."""


def read_record(root: Path, selection: Selection) -> Record:
    """Return what is remembered of `selection`; an empty record where that is nothing."""
    record = Record(root, selection)
    data = _read(root).get(_name(selection))
    if isinstance(data, dict):
        try:
            record.patterns = None if data["patterns"] is None else tuple(data["patterns"])
            record.quarantined = int(data["quarantined"])
            record.clients = {name: Current(**item) for name, item in data["clients"].items()}
        except (KeyError, TypeError, ValueError):
            return Record(root, selection)
    return record


def all_clients(root: Path) -> tuple[str, ...]:
    """Return the names of the client folders, as the parameters' reader finds them."""
    with os.scandir(root / "params") as entries:
        return tuple(sorted(e.name for e in entries if e.is_dir() and not e.name.startswith(".")))


def _name(selection: Selection) -> str:
    return _hash(selection.wanted)[:16]


def _read(root: Path) -> dict[str, object]:
    try:
        data = json.loads((root / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _found(patterns: Sequence[str]) -> list[Path]:
    return [Path(name) for pattern in patterns for name in sorted(glob.glob(pattern))]  # noqa: PTH207 - patterns are whole paths


def _stamps(root: Path, paths: Iterable[Path]) -> list[Stamp]:
    return [stamp for path in paths if (stamp := _stamp(root, path)) is not None]


def _stamp(root: Path, path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (_inside(root, path), found.st_size, found.st_mtime_ns)


def _inside(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
