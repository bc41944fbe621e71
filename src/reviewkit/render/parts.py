"""What a document holds besides our own blocks: the things any notebook may show."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.blocks import Block


@dataclass(frozen=True)
class HtmlPart:
    """HTML of an analyst's own making, such as a DataFrame."""

    html: str


@dataclass(frozen=True)
class LatexPart:
    """LaTeX that is more than a formula, such as a tabular."""

    source: str


@dataclass(frozen=True)
class ImagePart:
    """A picture and what it shows; `width` in CSS pixels where the notebook gives one."""

    mime: str
    data: bytes
    alt: str
    width: float | None = None


@dataclass(frozen=True)
class CodePart:
    """Source code."""

    source: str
    language: str


@dataclass(frozen=True)
class TextPart:
    """Plain text as a program printed it."""

    text: str


Part = Block | HtmlPart | LatexPart | ImagePart | CodePart | TextPart
