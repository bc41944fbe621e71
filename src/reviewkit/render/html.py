"""Documents as one HTML file that asks for nothing: styles, fonts and pictures inside."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import jinja2
import mistune

from reviewkit.blocks import Front, Group, Heading
from reviewkit.colours import lightened, readable
from reviewkit.markup import Fragments, styles
from reviewkit.render import fonts, signs
from reviewkit.render.behind import Numbers
from reviewkit.render.document import Document, Levels
from reviewkit.render.drawn import Drawings
from reviewkit.render.fonts import text_width
from reviewkit.render.foreign_html import part_html, texts_html
from reviewkit.render.notes import Notes
from reviewkit.render.parts import Part
from reviewkit.render.scripts import hash_of, page_script
from reviewkit.speech import say, speaking

_DARK = "#12161C"

_ROOM, _LOGO, _APART = 1056.0, 174.0, 24.0
"""Pixels of a header's line, of the house's logo in it, and between two links."""

LIGHT = 600_000
"""Bytes that a page may have; a second drawing of its charts, for phones, must fit in."""


def write_html(document: Document, band: str = "") -> str:
    """Return `document` as a page of its own; the same document gives the same text.

    `band` says why an internal version stays in the house. Markdown and HTML of foreign cells
    are cleaned of scripts and of everything that would be fetched.
    """
    with speaking(document.front.language):
        html = _written(document, band, for_phones=True)
        if len(html.encode()) <= LIGHT:
            return html
        return _written(document, band, for_phones=False)


def _written(document: Document, band: str, *, for_phones: bool) -> str:
    front = document.front
    accent = readable(front.accent)
    page = _Page(document, Drawings(accent.lower(), for_phones))
    notes = Notes()
    placed = list(document.placed())
    texts = {} if document.ours else texts_html(placed, notes)
    body = "".join(
        texts.get(place) or part_html(part, cell, notes) or page.part(part)
        for place, (part, cell) in enumerate(placed)
    )
    internal = front.audience == "internal"
    behind = page.numbers.data()
    script = page_script(behind, page.drawings.live)
    rules = (
        f"{styles()}{_template('page.css')}{page.drawings.rules}.rk{{--accent:{accent}}}"
        "@media screen and (prefers-color-scheme:dark)"
        f"{{.rk{{--accent:{lightened(accent, _DARK)}}}}}"
    )
    html = (
        _environment()
        .from_string(_template("page.html"))
        .render(
            front=front,
            internal=internal,
            band=signs.band(front, band),
            labels=_labels(),
            line=signs.report_line(front),
            closing=signs.closing(front),
            contents=page.contents,
            many=_many(front, page.contents),
            body=body,
            styles="@@STYLES@@",
            script="@@SCRIPT@@",
            script_hash=hash_of(script),
        )
    )
    html = html.replace("@@STYLES@@", fonts.faces(html + "".join(behind["texts"])) + rules, 1)
    return script.join(html.rsplit("@@SCRIPT@@", 1))


def _many(front: Front, contents: list[dict[str, str]]) -> bool:
    """Tell whether the contents need a line of their own below who and what the page is of."""
    said = text_width(f"{front.client} {signs.report_line(front)}", 16, 600)
    links = sum(text_width(item["label"], 15, 600) + _APART for item in contents)
    return said + links + (_LOGO if front.provider_logo else 0) > _ROOM


def _labels() -> dict[str, str]:
    """Return the page's own words."""
    return {"skip": say("Skip to the review"), "sections": say("Sections")}


class _Page:
    def __init__(self, document: Document, drawings: Drawings) -> None:
        self.contents: list[dict[str, str]] = []
        self.drawings = drawings
        self.numbers = Numbers(document.evidence)
        self.levels = Levels()
        self.fragments = Fragments(
            chart=drawings.html,
            markdown=_markdown,
            level=self.levels.of,
            asked=self.numbers.attributes,
        )

    def part(self, part: Part) -> str:
        if isinstance(part, Heading):
            part = self._listed(part)
        elif isinstance(part, Group):
            return "".join(self.part(block) for block in part.blocks)
        return self.fragments.html(part)  # type: ignore[arg-type]

    def _listed(self, heading: Heading) -> Heading:
        """Give a heading of the contents an anchor, and list it."""
        if not heading.nav and heading.role != "page":
            return heading
        anchor = heading.anchor or f"part-{len(self.contents) + 1}"
        self.contents.append({"anchor": anchor, "label": heading.nav or heading.text})
        return heading.model_copy(update={"anchor": anchor})


def _markdown(source: str) -> str:
    made = mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])
    return _without_addresses(str(made(source)))


def _without_addresses(html: str) -> str:
    """Take out what would be fetched."""
    html = re.sub(r"<img\b(?![^>]*src=[\"']data:)[^>]*>", "", html)
    return re.sub(r"url\([^)]*\)", "", html)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)


@cache
def _template(name: str) -> str:
    return files("reviewkit.render").joinpath("templates", name).read_text(encoding="utf-8")
