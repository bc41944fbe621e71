"""Reads one YAML file with the line of every key; the only module that knows ruamel."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from reviewkit.errors import Problem

Path_ = tuple[str | int, ...]

LARGEST = 5_000_000
"""Bytes beyond which a parameter file is refused unread."""

MOST_ALIASES = 100
"""Aliases beyond which a file is refused: a handful save typing, thousands are an attack."""


@dataclass(frozen=True)
class Source:
    """A YAML file as plain data; `lines` gives the line of each key by its path."""

    path: str
    data: dict[str, Any]
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, place: Path_) -> int:
        """Return the line of `place`, or of its nearest parent that has one."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(path: Path, shown: str) -> Source | Problem:
    """Read the mapping in `path`, or tell the one problem that stops it being read.

    `shown` is the path as the user knows it. An empty file is an empty mapping.
    """
    text = read_text(path, shown)
    if isinstance(text, Problem):
        return text
    if len(re.findall(r"(?:^|[\s\[{,:-])\*[A-Za-z0-9_]", text)) > MOST_ALIASES:
        return Problem(shown, 1, "", f"more than {MOST_ALIASES} aliases.", "Write values out.")
    loader = YAML(typ="rt", pure=True)
    loader.allow_duplicate_keys = False
    try:
        tree = loader.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(str(error.problem or error.context).split())
        return Problem(shown, mark.line + 1 if mark else 1, "", f"not valid YAML: {what}.", _HINT)
    except (YAMLError, ValueError, RecursionError) as error:
        what = " ".join(str(error).split())[:200]
        return Problem(shown, 1, "", f"not valid YAML: {what}.", _HINT)
    if tree is None:
        return Source(shown, {})
    if not isinstance(tree, CommentedMap):
        return Problem(shown, 1, "", "must hold keys and values, not a list or a single value.")
    lines: dict[Path_, int] = {}
    problem = _tagged(tree, shown)
    if problem:
        return problem
    _index(tree, (), lines)
    return Source(shown, _plain(tree), lines)


def read_text(path: Path, shown: str) -> str | Problem:
    """Read `path` as UTF-8, or tell why it cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            return Problem(shown, 0, "", f"larger than {LARGEST // 1_000_000} MB.", "Is it data?")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return Problem(shown, line, "", "not UTF-8 text.", "Save the file as UTF-8.")
    except FileNotFoundError:
        return Problem(shown, 0, "", "is missing.")
    except OSError as error:
        return Problem(shown, 0, "", f"cannot be read: {error.strerror}.")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        return Problem(shown, line, "", "holds a null byte.", "Save the file as plain text.")
    return text


_HINT = "Check indentation, colons and quotes around the line."


def _tagged(node: Any, shown: str) -> Problem | None:
    """Refuse explicit tags (`!!python/object` and the like): data is never code."""
    tag = getattr(node, "tag", None)
    if tag is not None and getattr(tag, "value", None):
        line = node.lc.line + 1 if hasattr(node, "lc") else 1
        return Problem(shown, line, "", f"the tag {tag.value} is not allowed.", "Remove it.")
    children = (
        node.values()
        if isinstance(node, CommentedMap)
        else node
        if isinstance(node, CommentedSeq)
        else ()
    )
    for child in children:
        if problem := _tagged(child, shown):
            return problem
    return None


def _index(node: Any, place: Path_, lines: dict[Path_, int]) -> None:
    if isinstance(node, CommentedMap):
        for key, child in node.items():
            here = (*place, str(key))
            lines[here] = node.lc.key(key)[0] + 1
            _index(child, here, lines)
    elif isinstance(node, CommentedSeq):
        for position, child in enumerate(node):
            here = (*place, position)
            lines[here] = node.lc.item(position)[0] + 1
            _index(child, here, lines)


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        return {str(key): _plain(child) for key, child in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(child) for child in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node
