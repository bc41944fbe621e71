"""Signs that cannot be printed: found, replaced and named."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

SUBSTITUTE = "□"
"""Stands for a sign that no font at hand prints."""

_JOINERS = frozenset("\u200b\u200c\u200d\u00ad")
"""Format characters that say where words break or letters join; they print nothing."""


def clean(data: Any) -> Any:
    """Return template data without control characters, which print nothing and break fonts."""
    return _mapped(data, _cleaned)


def replaced(data: Any, missing: frozenset[str]) -> Any:
    """Return template data with `missing` signs replaced.

    A letter whose accent is missing loses the accent; anything else becomes a box.
    """
    table = {ord(sign): _nearest(sign, missing) for sign in missing}
    return _mapped(data, lambda text: text.translate(table))


def named(signs: Iterable[str]) -> str:
    """Return the signs with their code points, for a log."""
    return ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in sorted(signs))


def _nearest(sign: str, missing: frozenset[str]) -> str:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return ""
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part)
    )
    return plain if plain and plain != sign and not missing & set(plain) else SUBSTITUTE


def _cleaned(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign for sign in text if _prints(sign))


def _prints(sign: str) -> bool:
    if sign in "\n\t" or sign in _JOINERS:
        return True
    return unicodedata.category(sign) not in ("Cc", "Cs", "Cn", "Co")


def _mapped(data: Any, change: Any) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, list):
        return [_mapped(item, change) for item in data]
    if isinstance(data, dict):
        return {key: _mapped(value, change) for key, value in data.items()}
    return data
