"""Reads ``<period>.md``: the account manager's words, a ``##`` heading per section.

What is meant for the own house must never reach a client by a slip of the pen: a mark that
is misspelt, misplaced or swallowed by an open code fence is a mistake, never plain text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from reviewkit.errors import Problem
from reviewkit.params.models import Comment
from reviewkit.params.yaml import read_text

_HEADING = re.compile(r" {0,3}##(?!#)\s*(?P<name>.*?)\s*#*\s*")
_MARK = re.compile(r"(?P<name>.*?)\s*\(\s*internal\s*\)", re.IGNORECASE)
_MARKED_TEXT = re.compile(r".*\(\s*internal\s*\)\s*#*\s*", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(?P<sign>`{3,}(?=[^`]*$)|~{3,})(?P<rest>.*)")
_WORD = re.compile(r"[A-Za-z]+")
_HINT = 'Begin a section with a line such as "## Delivery" or "## Margin (internal)".'
_WRITE = 'Write "(internal)" at the end of a ## heading, or reword it.'


def read_commentary(path: Path, shown: str) -> tuple[tuple[Comment, ...], list[Problem]]:
    """Read the sections of `path`, in order, and every mistake in them.

    A heading that ends in ``(internal)`` opens a section for the own house alone.
    Sections without text are left out.
    """
    text = read_text(path, shown)
    if isinstance(text, Problem):
        return (), [text]
    sections: list[tuple[str, bool, list[str]]] = []
    problems: list[Problem] = []
    for number, line, fenced in _lines(text):
        match = None if fenced else _HEADING.fullmatch(line)
        if match:
            mark = _MARK.fullmatch(match["name"])
            name = mark["name"] if mark else match["name"]
            known = [section[0] for section in sections]
            problems += [Problem(shown, number, *what) for what in _faults(name, known)]
            sections.append((name, mark is not None, []))
        elif not fenced and _MARKED_TEXT.fullmatch(line):
            what = "the mark (internal) stands outside a ## heading and keeps nothing back."
            problems.append(Problem(shown, number, "", what, _WRITE))
        elif sections:
            sections[-1][2].append(line)
        elif line.strip():
            problems.append(Problem(shown, number, "", "text before the first heading.", _HINT))
            return (), problems
    if opened := _open_fence(text):
        what = "a code fence is not closed: it swallows every heading below."
        problems.append(Problem(shown, opened, "", what, "Close it with the same signs."))
    comments = tuple(
        Comment(
            heading=name,
            text="\n".join(lines).strip(),
            audience="internal" if internal else "client",
        )
        for name, internal, lines in sections
        if "\n".join(lines).strip()
    )
    return comments, problems


def _faults(name: str, known: list[str]) -> Iterator[tuple[str, str, str]]:
    if not name:
        yield "", "a heading without a name.", _HINT
    elif name in known:
        yield name, "stands twice.", "Put the text under one heading."
    if suspect := _misspelt(name):
        yield name, f'"{suspect}" looks like a misspelt or misplaced mark.', _WRITE


def _misspelt(name: str) -> str:
    """Return what in a heading looks as if it were meant to be the mark, or nothing."""
    words = _WORD.findall(name)
    bracketed = _WORD.findall(" ".join(re.findall(r"[(\[{][^)\]}]*", name)))
    suspects: list[str] = [*bracketed, *words[-1:]]
    for word in suspects:
        if difflib.SequenceMatcher(None, word.lower(), "internal").ratio() >= 0.8:
            return word
    return ""


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield number, line, and whether a code fence holds it."""
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        match = _FENCE.fullmatch(line)
        if fence:
            yield number, line, True
            if match and match["sign"].startswith(fence) and not match["rest"].strip():
                fence = ""
        else:
            fence = match["sign"] if match else ""
            yield number, line, bool(match)


def _open_fence(text: str) -> int:
    """Return the line of a code fence that nothing closes, or 0."""
    last, before = 0, False
    for number, _, fenced in _lines(f"{text}\n."):
        if fenced and not before:
            last = number
        before = fenced
    return last if before else 0
