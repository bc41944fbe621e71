"""Reads one YAML file with the line of every key; the only module that knows ruamel.

The file is only parsed by ruamel; values are made here, from six plain kinds. So a tag can
name no code, a key is the text that is written (00042 stays 00042), and aliases cannot
blow a file up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reviewkit.errors import Problem

Path_ = tuple[str | int, ...]

LARGEST = 1_000_000
"""Bytes beyond which a parameter file is refused unread."""

MOST_NODES = 100_000
"""Values beyond which a file is refused, those that aliases repeat counted each time."""

LONGEST_NUMBER = 40
"""Digits beyond which a whole number is refused; nothing is counted that far."""

_TAG = "tag:yaml.org,2002:"
_HINT = "Check indentation, colons and quotes around the line."
_HINTS = (
    ("'\\t'", "Indent with blanks, not with tabs."),
    ("mapping values", 'Put a text that holds ": " in quotes.'),
    ("end of stream", "A quote is not closed."),
    ("another document", "Remove the line of three dashes, or split the file."),
    ("undefined alias", "Put a text that begins with * in quotes."),
    ("block end", "Check that keys of one level begin in the same column."),
    ("character #x", "Remove the character."),
)
"""What ruamel says, and what mends it."""


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

    `shown` is the path as the user knows it. An empty file is an empty mapping. Dates and
    times stay text, for the models to read.
    """
    text = read_text(path, shown)
    return text if isinstance(text, Problem) else _read(text, shown)


@lru_cache(maxsize=512)
def _read(text: str, shown: str) -> Source | Problem:
    """Read what a file holds; a text that was read before is not read again.

    Reading takes most of the time of opening a workspace, which reads each file twice and,
    where it is watched, after every save. Nobody changes what is returned.
    """
    try:
        tree = YAML(typ="safe", pure=True).compose(text)
        builder = _Builder()
        data = builder.value(tree, ()) if tree is not None else {}
    except _RefusedError as error:
        return Problem(shown, error.line, error.key, error.what, error.hint)
    except MarkedYAMLError as error:
        mark = error.context_mark if "end of stream" in str(error.problem) else None
        mark = mark or error.problem_mark or error.context_mark
        what = " ".join(str(error.problem or error.context).split())
        return Problem(shown, mark.line + 1 if mark else 1, "", *_unreadable(what))
    except RecursionError:
        return Problem(shown, 1, "", "nests too deep.", "Is a bracket or indentation repeated?")
    except (YAMLError, ValueError) as error:
        what = " ".join(str(error).split())[:200]
        return Problem(shown, 1, "", *_unreadable(what))
    if not isinstance(data, dict):
        return Problem(
            shown, 1, "", "must hold keys and values, not a list or a single value.", _EXAMPLE
        )
    return Source(shown, data, builder.lines)


_EXAMPLE = "Write it as key: value, one to a line."


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
    except IsADirectoryError:
        return Problem(shown, 0, "", "is a folder.", "Remove it, and write a file of that name.")
    except OSError as error:
        return Problem(shown, 0, "", f"cannot be read: {error.strerror}.", "Check its rights.")
    control = re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text.replace("\r\n", "\n"))
    if control:
        line = text[: text.index(control[0])].count("\n") + 1
        name = "null byte" if control[0] == "\0" else f"control character (U+{ord(control[0]):04X})"
        return Problem(shown, line, "", f"holds a {name}.", "Save the file as plain text.")
    return text


def _unreadable(what: str) -> tuple[str, str]:
    hint = next((hint for sign, hint in _HINTS if sign in what), _HINT)
    return f"not valid YAML: {what}.", hint


class _RefusedError(Exception):
    """A place in the file that cannot be taken."""

    def __init__(self, node: Node, key: str, what: str, hint: str) -> None:
        super().__init__(what)
        self.line, self.key, self.what, self.hint = node.start_mark.line + 1, key, what, hint


class _Builder:
    """Makes plain data of parsed nodes and notes the line of every key on the way."""

    def __init__(self) -> None:
        self.lines: dict[Path_, int] = {}
        self._open: set[int] = set()
        self._count = 0

    def value(self, node: Node, place: Path_) -> Any:
        """Return what `node` stands for; aliases are followed, but never in a circle."""
        self._count += 1
        if self._count > MOST_NODES:
            raise _RefusedError(
                node, "", "holds too many values.", "Write out what aliases repeat."
            )
        kind = str(node.tag)
        if kind not in _KINDS:
            shown = kind.replace(_TAG, "!!")
            raise _RefusedError(
                node, _shown(place), f"the tag {shown} is not allowed.", "Remove it."
            )
        if id(node) in self._open:
            raise _RefusedError(node, _shown(place), "holds itself.", "Remove the alias.")
        self._open.add(id(node))
        try:
            return _KINDS[kind](self, node, place)
        finally:
            self._open.discard(id(node))

    def mapping(self, node: MappingNode, place: Path_) -> dict[str, Any]:
        """Return a mapping; what `<<` merges in stands behind its own keys."""
        found: dict[str, Any] = {}
        own: dict[str, int] = {}
        merged: dict[str, Any] = {}
        for key, child in node.value:
            if key.tag == f"{_TAG}merge":
                merged |= self._merged(child, place)
                continue
            if not isinstance(key, ScalarNode):
                raise _RefusedError(key, _shown(place), "a key must be a single word.", "Quote it.")
            name, line = str(key.value), key.start_mark.line + 1
            if name in own:
                what = f"stands twice, first in line {own[name]}."
                raise _RefusedError(key, _shown((*place, name)), what, "Remove one of them.")
            own[name] = line
            self.lines[*place, name] = line
            found[name] = self.value(child, (*place, name))
        return merged | found

    def sequence(self, node: SequenceNode, place: Path_) -> list[Any]:
        """Return a list."""
        items = []
        for position, child in enumerate(node.value):
            here = (*place, position)
            self.lines[here] = child.start_mark.line + 1
            items.append(self.value(child, here))
        return items

    def _merged(self, node: Node, place: Path_) -> dict[str, Any]:
        parts = node.value if isinstance(node, SequenceNode) else [node]
        merged: dict[str, Any] = {}
        for part in parts:
            given = self.value(part, place)
            if not isinstance(given, dict):
                raise _RefusedError(part, _shown(place), "<< takes a mapping.", "Write it out.")
            merged = given | merged
        return merged


def _shown(place: Path_) -> str:
    return ".".join(map(str, place))


def _integer(_: _Builder, node: Node, place: Path_) -> Any:
    text = str(node.value)
    if len(text) > LONGEST_NUMBER:
        what = f"is a whole number of {len(text)} digits."
        raise _RefusedError(node, _shown(place), what, "Put it in quotes if it is a text.")
    # An identifier with leading zeros is no number to be counted with.
    if re.fullmatch(r"[+-]?0[0-9_]+", text):
        return text
    return int(text.replace("_", ""), 0)


def _number(_: _Builder, node: Node, __: Path_) -> float:
    return float(
        str(node.value).lower().replace("_", "").replace(".inf", "inf").replace(".nan", "nan")
    )


def _text(_: _Builder, node: Node, __: Path_) -> str:
    return str(node.value)


_KINDS: dict[str, Any] = {
    f"{_TAG}map": _Builder.mapping,
    f"{_TAG}seq": _Builder.sequence,
    f"{_TAG}str": _text,
    f"{_TAG}timestamp": _text,
    f"{_TAG}int": _integer,
    f"{_TAG}float": _number,
    f"{_TAG}bool": lambda _, node, __: str(node.value).lower() == "true",
    f"{_TAG}null": lambda _, __, ___: None,
}
"""How each kind of value is made; a tag that is not here is refused."""
