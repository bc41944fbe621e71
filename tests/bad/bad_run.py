"""Runs the command line as a user does, and takes what it said apart."""

from __future__ import annotations

import io
import os
import re
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from reviewkit.cli import main

_PARTIAL = re.compile(r"\.(part|tmp|partial|new)$|/spill-|/\.[^/]+$|/tmp[^/]+$")
"""Names of what is not finished yet."""

_LEAKS = re.compile(
    r"Traceback|File \"|pydantic|pyarrow|\bibis\b(?!-framework)|duckdb\.|sqlite3\.|openpyxl|zipfile"
    r"|read_csv|read_parquet|__rk_|\b[A-Z]\w*(?:Error|Exception|Warning)\b|\b[A-Z]\w+ Error:"
    r"|\[Errno|<class |LINE 1|0x[0-9a-f]{6}"
)
"""What only a library says: its name, its classes, its own functions, our own columns."""


@dataclass(frozen=True)
class Said:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def messages(self) -> list[str]:
        """Each message on its own: an error that check lists, a report that failed, a line.

        What click says of a command is one message, with the line that names its help.
        """
        told = re.findall(r"^error: .*(?:\n  .*)*", self.out, re.MULTILINE)
        if "\nError: " in self.err:
            return [*told, self.err]
        _progress, found, ours = self.err.partition("reviewkit: ")
        failed = re.findall(r"^failed: .*", self.err, re.MULTILINE)
        return told + failed + (ours.splitlines() if found else [])

    @property
    def leaks(self) -> list[str]:
        """Words of libraries that a user should never see."""
        return _LEAKS.findall(self.out + self.err)


def run(words: tuple[str, ...], cwd: Path) -> Said:
    """Run ``reviewkit`` with `words` in this process, in the folder `cwd`."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        try:
            main(list(words))
        except SystemExit as ended:
            return Said(int(ended.code or 0), out.getvalue(), err.getvalue())
    raise AssertionError("the command line always ends with an exit code")


def tree(root: Path) -> dict[str, tuple[int, int] | str]:
    """Return every file below `root` with its size and time, links with their aim."""
    found: dict[str, tuple[int, int] | str] = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = Path(folder, name)
            shown = path.relative_to(root).as_posix()
            if path.is_symlink():
                found[shown] = str(path.readlink())
            elif path.is_dir():
                found[shown] = "folder"
            else:
                found[shown] = (path.stat().st_size, path.stat().st_mtime_ns)
    return found


def left_over(before: dict[str, object], after: dict[str, object]) -> list[str]:
    """Return what has been made, changed or removed beyond what a command may leave."""
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    return sorted(name for name in changed if not _may_be_left(name))


def _may_be_left(name: str) -> bool:
    """Tell whether `name` is whole, in our own folder or the report of the check."""
    own = name in (".reviewkit", "reports", "reports/checks.html") or name.startswith(".reviewkit/")
    return own and not _PARTIAL.search(name)
