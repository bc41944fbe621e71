"""The error tree. Every message says what is wrong, where, and how to mend it.

::

    ReviewkitError            anything a user can cause and mend
    ├── UsageError            the command was called with arguments that cannot work (exit 2)
    ├── ProblemsError         one or more located problems in what the user wrote
    │   └── ParamsError       YAML, Markdown or client folders under params/
    ├── PeriodError           a period that cannot be read or does not fit a calendar
    ├── SourceError           a source that cannot be opened, read or mapped
    ├── DataError             rows that break the contract of an account table
    ├── ExtractError          an extract that is missing, damaged or of another version
    ├── ExecutionError        a notebook whose cell failed, or whose kernel died
    ├── RenderError           a document that cannot be written in the format asked for
    └── ReleaseError          a pack that may not leave the house

The command line prints the message of a ``ReviewkitError`` and no traceback; any
other exception is a defect of reviewkit and shows its traceback.
"""

from __future__ import annotations

import difflib
import errno
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


class ReviewkitError(Exception):
    """Something the user can mend; ``exit_code`` is what the command line ends with."""

    exit_code = 1


class UsageError(ReviewkitError):
    """The command was called with arguments that cannot work."""

    exit_code = 2


@dataclass(frozen=True, order=True)
class Problem:
    """One located mistake: where it stands, what is wrong, and how to mend it."""

    path: str
    line: int
    key: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        key = f" {self.key}:" if self.key else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}:{key} {self.what}{hint}"


class ProblemsError(ReviewkitError):
    """Several problems told together, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ParamsError(ProblemsError):
    """Parameters that cannot be used; all problems of all files in one go."""

    exit_code = 2


class PeriodError(ReviewkitError):
    """A period that cannot be read, or does not fit the client's calendar."""

    exit_code = 2


class SourceError(ReviewkitError):
    """A source that cannot be opened, read or mapped to its account table."""


class DataError(ReviewkitError):
    """Rows that break the contract of an account table."""


class ExtractError(ReviewkitError):
    """An extract that is missing, damaged or written by another version."""


class ExecutionError(ReviewkitError):
    """A notebook whose cell failed, or whose kernel died."""


class RenderError(ReviewkitError):
    """A document that cannot be written in the format asked for."""


class ReleaseError(ReviewkitError):
    """A pack that may not leave the house."""


_LISTED = 20


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the closest of `known`, or lists them, the first twenty at most.

    >>> nearest("curency", ["currency", "locale"])
    'Did you mean "currency"?'
    >>> nearest("zzz", ["currency", "locale"])
    'Valid: currency, locale.'
    >>> nearest("ID", ["client", "id"])
    'Did you mean "id"?'
    """
    names = sorted(known)
    folded = {known_name.casefold(): known_name for known_name in names}
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    # In other capitals a short name has not one sign in common.
    close = close or difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{folded.get(close[0], close[0])}"?'
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"Valid: {', '.join(names[:_LISTED])}{more}." if names else ""


_MENDS = {
    errno.ENOSPC: "Make room, and run it again.",
    errno.EDQUOT: "Make room, and run it again.",
    errno.EACCES: "Mend its rights.",
    errno.EPERM: "Mend its rights.",
    errno.EROFS: "Work in a copy.",
    errno.ENOTDIR: "A file lies in the way: move it away.",
    errno.EEXIST: "A file lies in the way: move it away.",
    errno.EISDIR: "A folder lies in the way: move it away.",
    errno.ENAMETOOLONG: "Shorten the name.",
}
"""What the system may refuse, and how a user can mend it."""


def refused(error: OSError) -> str | None:
    """Return what the system refused and how to mend it; `None` where no user can."""
    remedy = _MENDS.get(error.errno or 0)
    if remedy is None or error.filename is None:
        return None
    path = relative(Path(os.fsdecode(error.filename)), Path.cwd())
    return f"{path}: {error.strerror}. {remedy}"


_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and line end, and those that turn the direction of writing."""


def printable(text: str) -> str:
    """Return `text` safe for a terminal: whatever steers one is a sign of its own.

    >>> printable("a\x1b[31mb")
    'a\ufffd[31mb'
    """
    return _STEERING.sub("\ufffd", text)


def relative(path: Path, root: Path) -> str:
    """Return `path` as the user knows it: relative to the workspace where it lies inside."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return str(path)
