"""Text as a terminal would have shown it, fit for paper."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

COLUMNS = 116
"""Letters to a line at the usual size; a longer line counts as several."""

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours and movements
    r"|\x1b\].*?(?:\x07|\x1b\\)"  # titles and links
    r"|\x1b[PX^_].*?\x1b\\"  # strings to the device
    r"|\x1b[ -/]*[0-~]|\x9b[0-?]*[ -/]*[@-~]|\x1b",
    re.DOTALL,
)


def joined(data: Any) -> str:
    """Return text that a notebook may keep as a list of lines."""
    return "".join(map(str, data)) if isinstance(data, list) else str(data)


def on_paper(data: Any) -> str:
    """Return text without escape codes, overwritten lines or letters taken back."""
    text = _ESCAPES.sub("", joined(data)).replace("\r\n", "\n")
    if "\r" in text:
        text = "\n".join(_overwritten(line) for line in text.split("\n"))
    while "\b" in text:
        shorter = re.sub(r"[^\x08\n]\x08", "", text)
        text = shorter if shorter != text else text.replace("\b", "")
    return text.expandtabs(8).rstrip("\n")


def shortened(text: str, most: int) -> tuple[str, int]:
    """Return `text` with the middle left out beyond `most` lines, and how many lines went.

    The end of an output tells as much as its beginning: each keeps half. 0 leaves out none.
    """
    if most <= 0 or (len(text) <= most and text.count("\n") < most):
        return text, 0
    lines = [part for line in text.split("\n") for part in _folded(line)]
    gone = len(lines) - most
    if gone <= 0:
        return text, 0
    head = most - most // 2
    tail = lines[len(lines) - most // 2 :]
    return "\n".join([*lines[:head], f"… {gone:,} lines left out …", *tail]), gone


def columns_of(text: str) -> int:
    """Return the columns that the longest line of `text` takes; wide letters take two."""
    if text.isascii():
        return max(map(len, text.split("\n")))
    return max(sum(map(_columns, line)) for line in text.split("\n"))


def _columns(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _overwritten(line: str) -> str:
    """Return what is left of a line that a progress bar wrote again and again."""
    return next((part for part in reversed(line.split("\r")) if part.strip()), "")


def _folded(line: str) -> list[str]:
    return [line[at : at + COLUMNS] for at in range(0, len(line), COLUMNS)] or [""]
