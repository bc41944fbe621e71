"""Words from data as Markdown that says exactly these words."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")

_APART = "\u200b"
"""Stands between signs that Quarto would read together; takes no room on the page."""


def escaped(text: str) -> str:
    """Return `text` on one line, every ASCII sign of punctuation escaped.

    No markup, citation, mathematics or shortcode can come of it, wherever it stands.
    """
    return _PUNCTUATION.sub(r"\\\1", _SPACE.sub(" ", text).strip(" "))


def inert(text: str) -> str:
    """Return code, HTML or printed text that opens no shortcode and no cell of Quarto's.

    Quarto looks for both even inside code. The text looks the same, but for an invisible
    sign in these two places.
    """
    return text.replace("{{<", f"{{{{{_APART}<").replace("```", f"``{_APART}`")


def attribute(text: str) -> str:
    r"""Return `text` as it may stand in quotes in an attribute; a backslash becomes "/".

    Quarto escapes quotes but not what escapes them.
    """
    return inert(_SPACE.sub(" ", text).strip(" ").replace("\\", "/"))
