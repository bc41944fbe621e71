"""Reads ``<period>.md``: the account manager's words, a ``##`` heading per section."""

from __future__ import annotations

import re
from pathlib import Path

from reviewkit.errors import Problem
from reviewkit.params.models import Comment
from reviewkit.params.yaml import read_text

_HEADING = re.compile(r"##\s+(?P<name>.*?)\s*(?P<mark>\((?P<word>[^()]*)\))?\s*#*\s*")
_FENCE = re.compile(r"\s*(```|~~~)")


def read_commentary(path: Path, shown: str) -> tuple[tuple[Comment, ...], list[Problem]]:
    """Read the sections of `path`, in order, and every mistake in them.

    A heading that ends in ``(internal)`` opens a section for the own house alone.
    Sections without text are left out.
    """
    text = read_text(path, shown)
    if isinstance(text, Problem):
        return (), [text]
    problems: list[Problem] = []
    sections: list[tuple[str, bool, list[str]]] = []
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        fenced ^= bool(_FENCE.match(line))
        match = None if fenced else _HEADING.fullmatch(line)
        if match is None:
            if sections:
                sections[-1][2].append(line)
            elif line.strip():
                problems.append(Problem(shown, number, "", "text before the first heading.", _HINT))
                return (), problems
            continue
        name, word = match["name"], (match["word"] or "").strip().lower()
        if match["mark"] and word != "internal":
            if 0 < sum(a != b for a, b in zip(word, "internal", strict=False)) <= 2 and (
                abs(len(word) - 8) <= 1
            ):
                what = f'"({match["word"]})" looks like a misspelt mark.'
                problems.append(Problem(shown, number, name, what, 'Write "(internal)".'))
            name = f"{name} {match['mark']}"
        if any(section[0] == name for section in sections):
            problems.append(
                Problem(shown, number, name, "stands twice.", "Put the text under one heading.")
            )
        if not name:
            problems.append(Problem(shown, number, "", "a heading without a name.", _HINT))
        sections.append((name, word == "internal", []))
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


_HINT = 'Begin a section with a line such as "## Delivery" or "## Margin (internal)".'
