"""Opens every file that is to leave the house and searches it for what may not.

The second fence: a client's extract never held these words. A hit refuses the pack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

from reviewkit.errors import ReleaseError
from reviewkit.release.office import office_parts
from reviewkit.speech import marks

_SHORTEST = 4
"""A name with fewer letters is a word of its own elsewhere; only whole words count anyway."""


@dataclass(frozen=True)
class Forbidden:
    """A word that may not appear, and why."""

    word: str
    why: str
    exact: bool = False


@dataclass(frozen=True)
class Hit:
    """Where a forbidden word was found."""

    path: Path
    place: str
    forbidden: Forbidden
    context: str

    def __str__(self) -> str:
        return (
            f'{self.path}, {self.place}: "{self.forbidden.word}" ({self.forbidden.why}): '
            f"… {self.context} …"
        )


def forbidden_words(
    own: str, names: dict[str, str], markers: Iterable[str]
) -> tuple[Forbidden, ...]:
    """Return what the pack of the client `own` may not hold.

    `names` gives every client's printed name by slug; `markers` are the house's own.
    """
    mine = _folded(names.get(own, own))
    others = tuple(
        Forbidden(name, "another client")
        for slug, name in sorted(names.items())
        if slug != own and len(_folded(name)) >= _SHORTEST and _folded(name) not in mine
    )
    signs, capitals = marks.of_all_languages()
    words = tuple(Forbidden(word, "an internal mark") for word in (*markers, *signs))
    exact = tuple(Forbidden(word, "an internal mark", exact=True) for word in capitals)
    return (*others, *words, *exact)


def search(paths: Iterable[Path], forbidden: Iterable[Forbidden]) -> list[Hit]:
    """Return every forbidden word in any part of `paths`: text, scripts, metadata.

    Raises `ReleaseError` for a file that cannot be opened: what is not searched is not sent.
    """
    words = [(item, _pattern(item)) for item in forbidden]
    return [
        Hit(path, place, item, _context(match))
        for path in paths
        for place, text in _parts(path)
        for item, pattern in words
        if (match := pattern.search(text if item.exact else _folded(text)))
    ]


def _parts(path: Path) -> list[tuple[str, str]]:
    read = _READERS.get(path.suffix)
    if read is None:
        raise ReleaseError(f"{path}: no one can search a {path.suffix} file; it is not sent.")
    try:
        return read(path)
    except (OSError, UnicodeDecodeError, PyPdfError, ValueError, KeyError) as error:
        raise ReleaseError(f"{path}: cannot be searched ({error}); it is not sent.") from error


def _html(path: Path) -> list[tuple[str, str]]:
    source = path.read_text(encoding="utf-8")
    without_fonts = re.sub(r"base64,[A-Za-z0-9+/=]+", "", source)
    shown = re.sub(r"<(style|script)\b.*?</\1>", " ", without_fonts, flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", " ", shown))
    joined = unescape(re.sub(r"<[^>]+>", "", shown))
    plain = unescape(without_fonts)
    return [("text", text), ("text", joined), ("source", plain), ("scripts", _spelt(plain))]


def _spelt(script: str) -> str:
    """Return JSON inside a script with its signs as they are read, not as they are escaped."""
    signs = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), script)
    return re.sub(r"\\([\"\\/])", r"\1", signs)


def _pdf(path: Path) -> list[tuple[str, str]]:
    reader = pypdf.PdfReader(path)
    parts = [(f"page {number}", page.extract_text()) for number, page in enumerate(reader.pages, 1)]
    parts.append(("properties", " ".join(str(value) for value in (reader.metadata or {}).values())))
    if reader.xmp_metadata is not None:
        parts.append(("properties", reader.xmp_metadata.stream.get_data().decode("utf-8")))
    parts += [("bookmarks", str(title)) for title in _titles(reader.outline)]
    if reader.attachments:
        raise ReleaseError(f"{path}: has files attached; it is not sent.")
    parts += [("alternative texts", text) for text in _alternatives(reader)]
    return parts


def _alternatives(reader: pypdf.PdfReader) -> list[str]:
    """Return what a screen reader is told of pictures."""
    catalogue = reader.trailer["/Root"].get_object()
    assert isinstance(catalogue, DictionaryObject)  # noqa: S101 - the format says so
    found: list[str] = []
    todo: list[object] = [catalogue.get("/StructTreeRoot")]
    while todo:
        node = todo.pop()
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            todo += node
        elif isinstance(node, DictionaryObject):
            found += [str(node[name]) for name in ("/Alt", "/ActualText") if name in node]
            todo.append(node.get("/K"))
    return found


def _titles(outline: object) -> list[str]:
    if isinstance(outline, list):
        return [title for item in outline for title in _titles(item)]
    return [str(getattr(outline, "title", ""))]


def _office(path: Path) -> list[tuple[str, str]]:
    try:
        return office_parts(path.read_bytes())
    except ReleaseError as error:
        raise ReleaseError(f"{path}: {error}") from error


_READERS: dict[str, Callable[[Path], list[tuple[str, str]]]] = {
    ".html": _html,
    ".pdf": _pdf,
    ".pptx": _office,
    ".xlsx": _office,
}


def _folded(text: str) -> str:
    """Return text as it is compared: without case, accents, and breaks within a line."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    kept = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", kept)
    return re.sub(r"\s+", " ", kept).casefold()


def _pattern(item: Forbidden) -> re.Pattern[str]:
    word = item.word if item.exact else _folded(item.word)
    spaced = r"[\s-]+".join(re.escape(part) for part in re.split(r"[\s-]+", word.strip()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)")


def _context(match: re.Match[str]) -> str:
    shown = match.string[max(0, match.start() - 30) : match.end() + 30]
    return " ".join(shown.split())
