"""Writes the templates: never over what a person wrote, and a client whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from reviewkit.demo.workspace import own_files
from reviewkit.errors import UsageError
from reviewkit.params.load import slug_fault

_WORKSPACE = {"Makefile": "Makefile", ".gitignore": "gitignore", "params/house.yaml": "house.yaml"}
"""Files of a new workspace, and the template of each."""

_CLIENT = ("client.yaml", "contract.yaml", "plan.yaml")


@dataclass(frozen=True)
class Made:
    """Paths relative to the workspace: what was written, and what stood there and was left."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def init_workspace(folder: Path) -> Made:
    """Make `folder` a workspace: commented parameters, the notebooks, a Makefile.

    What exists is left as it is and named. Raises `UsageError` where `folder` is a file
    or cannot be written.
    """
    contents = {path: _template(name) for path, name in _WORKSPACE.items()}
    contents |= {
        path: data
        for path, data in own_files().items()
        # A folder below notebooks/ holds one client's own; those are the demo's.
        if path.startswith("notebooks/")
        and (path.count("/") == 1 or path.startswith("notebooks/_extensions/"))
    }
    written, kept = [], []
    try:
        for path, data in sorted(contents.items()):
            place = folder / path
            if place.exists():
                kept.append(path)
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            written.append(path)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made a workspace: {error.strerror}.") from error
    return Made(tuple(written), tuple(kept))


def new_client(root: Path, slug: str, *, name: str = "") -> tuple[Path, ...]:
    """Write the parameters of a new client under `root`, valid as they stand; return them.

    `name` is printed in reports; without it the slug is spelt out. Raises `UsageError` for
    a slug that cannot be one, a name of several lines, or a client that exists.
    """
    shown = client_name(slug, name)
    folder = root / "params" / slug
    if folder.exists():
        raise UsageError(f"params/{slug} exists already and is left as it is. Edit its files.")
    values = {"@NAME@": json.dumps(shown, ensure_ascii=False), "@SLUG@": slug}
    try:
        # Begins with a dot: whoever reads the parameters meanwhile does not see half of it.
        beside = Path(tempfile.mkdtemp(prefix=f".{slug}.", dir=folder.parent))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}.") from error
    try:
        for file in _CLIENT:
            text = _template(file).decode()
            for mark, value in values.items():
                text = text.replace(mark, value)
            (beside / file).write_text(text, encoding="utf-8")
        beside.chmod(0o755)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(folder / file for file in _CLIENT)


def client_name(slug: str, name: str = "") -> str:
    """Return a client's name as it is printed; raises `UsageError` for what cannot be one."""
    if fault := slug_fault(slug):
        raise UsageError(f'"{slug}": {" ".join(fault)}')
    shown = name.strip() or " ".join(part.capitalize() for part in slug.split("-"))
    if not shown.isprintable():
        raise UsageError("The client's name holds a line break or control character.")
    return shown


def _template(name: str) -> bytes:
    return (files("reviewkit.scaffold") / "templates" / name).read_bytes()
