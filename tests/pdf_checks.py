"""Opens a PDF with programs that did not write it, and lists what is wrong with it.

pikepdf reads structure, fonts and metadata; Poppler's pdftotext says where each word stands.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf

POPPLER = shutil.which("pdftotext")

SIDE = 45.6
TOP, BOTTOM = 66.0, 60.0
"""Margins in points; the band of an internal version stands above them."""

QUARTER, TENTH = 0.25, 0.1
LARGE = 14.0
"""A chapter's heading is set in 16 points, a section's in 11."""

LARGEST = 1_000_000


@dataclass(frozen=True)
class Word:
    """A word and its box in points, from the upper left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """A page's size and its words."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def body(self) -> tuple[Word, ...]:
        """The words between header and footer."""
        low = self.height - BOTTOM
        return tuple(word for word in self.words if word.top >= TOP - 1 and word.bottom <= low + 2)

    @property
    def filled(self) -> float:
        """How far down its body reaches, from 0 to 1."""
        room = self.height - TOP - BOTTOM
        return max((word.bottom - TOP for word in self.body), default=0.0) / room


@dataclass(frozen=True)
class Read:
    """A PDF as others read it."""

    path: Path

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page with where its words stand."""
        done = subprocess.run(
            [POPPLER or "pdftotext", "-bbox", str(self.path), "-"],
            capture_output=True,
            text=True,
            check=True,
        )
        return tuple(_pages(done.stdout))


def _pages(text: str) -> Iterator[Page]:
    word = re.compile(
        r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    )
    for page in re.finditer(
        r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', text, re.DOTALL
    ):
        words = tuple(
            Word(unescape(found[5]), *(float(found[at]) for at in (1, 2, 3, 4)))
            for found in word.finditer(page[3])
        )
        yield Page(float(page[1]), float(page[2]), words)


# --- what a document claims and carries -------------------------------------------------


def identity_faults(path: Path) -> list[str]:
    """Return what is lacking of standards, title, language, author and bookmarks."""
    faults = []
    with pikepdf.open(path) as pdf:
        with pdf.open_metadata() as metadata:
            for name, wanted in (("pdfuaid:part", "1"), ("pdfaid:part", "2")):
                if metadata.get(name) != wanted:
                    faults.append(f"{name} is {metadata.get(name)}")
            if not metadata.get("dc:title"):
                faults.append("no title")
        if not pdf.Root.get("/MarkInfo", {}).get("/Marked"):
            faults.append("not tagged")
        if not str(pdf.Root.get("/Lang", "")):
            faults.append("no language")
        if not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
            faults.append("the title is not shown")
        faults += [f"no {name[1:]}" for name in ("/Title", "/Author") if not pdf.docinfo.get(name)]
        with pdf.open_outline() as outline:
            if not outline.root:
                faults.append("no bookmarks")
        faults += [f"{name} is not embedded" for name in _loose_fonts(pdf)]
    if path.stat().st_size >= LARGEST:
        faults.append(f"{path.stat().st_size} bytes")
    return faults


def language(path: Path) -> str:
    """Return the language that a PDF says it is written in."""
    with pikepdf.open(path) as pdf:
        return str(pdf.Root.Lang)


def _loose_fonts(pdf: pikepdf.Pdf) -> set[str]:
    out = set()
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
            continue
        if item.get("/Subtype") in ("/Type0", "/Type3"):
            continue
        descriptor = item.get("/FontDescriptor", {})
        if not any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")):
            out.add(str(item.get("/BaseFont")))
    return out


# --- the tree of tags -------------------------------------------------------------------


def figure_faults(path: Path) -> list[str]:
    """Return the pictures whose alternative text says nothing, with what it says."""
    with pikepdf.open(path) as pdf:
        texts = [
            str(tag.get("/Alt", "")) for tag in _tags(pdf.Root.StructTreeRoot) if tag.S == "/Figure"
        ]
    return [text for text in texts if len(text) < 20 or not re.search(r"\d", text)]


def split_rows(path: Path) -> list[str]:
    """Return the rows of tables that stand on more than one page."""
    with pikepdf.open(path) as pdf:
        places = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        out = []
        for tag in _tags(pdf.Root.StructTreeRoot):
            if tag.S == "/TR" and len(pages := set(_pages_of(tag, None, places))) > 1:
                out.append(f"a row on pages {sorted(pages)}")
    return out


def split_tables(path: Path) -> list[list[int]]:
    """Return the pages of each table that goes on over several."""
    with pikepdf.open(path) as pdf:
        places = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        found = [
            sorted(set(_pages_of(tag, None, places)))
            for tag in _tags(pdf.Root.StructTreeRoot)
            if tag.S == "/Table"
        ]
    return [pages for pages in found if len(pages) > 1]


def _tags(node: Any) -> Iterator[Any]:
    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _tags(kid)


def _kids(node: Any) -> Iterator[Any]:
    kids = node.get("/K")
    if isinstance(kids, pikepdf.Array):
        yield from kids
    elif kids is not None:
        yield kids


def _pages_of(tag: Any, inherited: Any, places: dict[Any, int]) -> Iterator[int]:
    own = tag.get("/Pg", inherited)
    for kid in _kids(tag):
        if not isinstance(kid, pikepdf.Dictionary):
            if own is not None:
                yield places[own.objgen]
        elif "/S" in kid:
            yield from _pages_of(kid, own, places)
        else:
            page = kid.get("/Pg", own)
            if page is not None:
                yield places[page.objgen]


# --- where things stand -----------------------------------------------------------------


def strays(read: Read) -> list[str]:
    """Return words that stand outside the margins."""
    return [
        f"page {number}: {word.text!r} at {word.left:.0f}, {word.top:.0f}"
        for number, page in enumerate(read.pages, 1)
        for word in page.words
        if word.left < SIDE - 2
        or word.right > page.width - SIDE + 2
        or word.top < 0
        or word.bottom > page.height
    ]


def collisions(read: Read) -> list[str]:
    """Return pairs of words that cover each other."""
    out = []
    for number, page in enumerate(read.pages, 1):
        words = sorted(page.words, key=lambda word: word.top)
        for at, word in enumerate(words):
            for other in words[at + 1 :]:
                if other.top >= word.bottom:
                    break
                if _covered(word, other) > 0.15:
                    out.append(f"page {number}: {word.text!r} and {other.text!r}")
    return out


def _covered(one: Word, other: Word) -> float:
    """Return how much of the smaller of two boxes the other covers; type has air above it."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    if wide <= 0 or high <= 0:
        return 0.0
    # The box of a line is taller than its letters: a third of it is air.
    high -= min(one.bottom - one.top, other.bottom - other.top) / 3
    smaller = min((item.right - item.left) * (item.bottom - item.top) for item in (one, other))
    return max(0.0, wide * high) / smaller if smaller else 0.0


def sparse(read: Read) -> list[str]:
    """Return the pages that are less than a quarter full, though the next one goes on.

    The last page of all may be, and that of a chapter before one that begins a page of its
    own; less than a tenth not even then.
    """
    return [
        f"page {number} is {page.filled:.0%} full"
        for number, (page, following) in enumerate(pairwise(read.pages), 1)
        if page.filled < (TENTH if _opens_chapter(following) else QUARTER)
    ]


def _opens_chapter(page: Page) -> bool:
    """Tell whether a page begins with the large heading of a chapter."""
    first = _first_line(page)
    return bool(first) and first[0].bottom - first[0].top > LARGE


def heads_again(read: Read, first: int, later: int) -> bool:
    """Tell whether a table that begins on one page opens the later one with its heads.

    The words on the first lines of the later page must have stood in one line before.
    """
    top = [word.text for word in _first_line(read.pages[later - 1])]
    before = [
        [word.text for word in line]
        for page in read.pages[first - 1 : later - 1]
        for line in _lines(page)
    ]
    return bool(top) and top in before


def _first_line(page: Page) -> list[Word]:
    return next(iter(_lines(page)), [])


def _lines(page: Page) -> list[list[Word]]:
    rows: dict[int, list[Word]] = {}
    for word in page.body:
        rows.setdefault(round(word.bottom), []).append(word)
    return [sorted(rows[at], key=lambda word: word.left) for at in sorted(rows)]
