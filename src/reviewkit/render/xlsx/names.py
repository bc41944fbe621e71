"""Names of sheets, and text as a cell can hold it."""

from __future__ import annotations

import re

LONGEST_NAME, LONGEST_TEXT = 31, 32_767

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_RESERVED = frozenset({"history"})


class Names:
    """Gives every sheet a name that a workbook takes: short, clean, and no other's."""

    def __init__(self) -> None:
        self._taken: set[str] = set(_RESERVED)

    def of(self, wanted: str) -> str:
        """Return `wanted` as far as a sheet's name may hold it, numbered where it is taken."""
        clean = " ".join(_FORBIDDEN.sub(" ", plain(wanted)).split()).strip("' ")
        for count in range(1, 10_000):
            tail = "" if count == 1 else f" {count}"
            name = _cut(clean or "Sheet", LONGEST_NAME - len(tail)) + tail
            if name.casefold() not in self._taken:
                break
        self._taken.add(name.casefold())
        return name


def plain(text: str) -> str:
    """Return `text` without what XML or a spreadsheet cannot hold."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Excel counts in UTF-16, where signs beyond the first plane are two.
    return text if _length(text) <= LONGEST_TEXT else _cut(text, LONGEST_TEXT - 1) + "…"


def _cut(text: str, length: int) -> str:
    text = text[:length]
    while _length(text) > length:
        text = text[:-1]
    return text.strip("' ") if length <= LONGEST_NAME else text


def _length(text: str) -> int:
    return len(text) + sum(sign > "\uffff" for sign in text)
