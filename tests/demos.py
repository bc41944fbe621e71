"""The demo provider as the tests share it: written once, its cube made once, never changed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewkit.build.cubes import cube_of
from reviewkit.extract.store import CubeStore
from reviewkit.metrics.calendar import horizon
from reviewkit.metrics.cube import Cube
from reviewkit.params import Workspace, load_workspace


def copied(source: Path, target: Path) -> Path:
    """Copy a workspace, with the times of its files: what was current there is so here."""
    return Path(shutil.copytree(source, target, dirs_exist_ok=True))


def write_cube_of(folder: Path) -> None:
    """Read the sources of the workspace and keep its cube, as a build does first."""
    cube_of(load_workspace(folder), None, lambda _: None)


@dataclass(frozen=True)
class DemoCube:
    """The demo's parameters, and its cube as a build takes it from disk."""

    workspace: Workspace
    store: CubeStore

    @classmethod
    def kept(cls, folder: Path) -> DemoCube:
        """Open the cube that `write_cube_of` left; nothing is read anew."""
        workspace = load_workspace(folder)

        def told(what: str) -> None:
            raise AssertionError(f"{what}: the cube was to be at hand")

        return cls(workspace, cube_of(workspace, None, told)[0])

    def of(self, client: str) -> Cube:
        """Return the cube of one client."""
        cutoffs: Mapping[str, dt.datetime] = self.store.cutoffs
        return self.store.of(client, horizon(self.workspace, client, cutoffs))

    def beside(self, root: Path) -> Workspace:
        """Return the same parameters of a workspace whose extracts go elsewhere."""
        return self.workspace.model_copy(update={"root": str(root)})
