"""Documents as one HTML file that asks for nothing: styles, fonts and pictures inside."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from html import escape
from importlib.resources import files

import jinja2
import mistune

from reviewkit.blocks import Chart, Front, Group, Heading
from reviewkit.colours import lightened, readable
from reviewkit.markup import Fragments, styles
from reviewkit.render import fonts, signs
from reviewkit.render.charts import chart_svg
from reviewkit.render.document import Document, Levels
from reviewkit.render.foreign_html import part_html, texts_html
from reviewkit.render.notes import Notes
from reviewkit.render.parts import Part
from reviewkit.speech import say, speaking

_DARK = "#12161C"

_TOKENS = {
    "#1a2028": "--ink",
    "#3d4651": "--n7",
    "#5a6470": "--n6",
    "#868f9a": "--n4",
    "#dce0e5": "--n2",
    "#f4f5f7": "--n1",
    "#ffffff": "--paper",
    "white": "--paper",
    "#12806a": "--met",
    "#c27800": "--near",
    "#b3261e": "--missed",
}
"""Colours of the light page; in a chart's SVG they become the variables that follow the reader."""


def write_html(document: Document, band: str = "") -> str:
    """Return `document` as a page of its own; the same document gives the same text.

    `band` says why an internal version stays in the house. Markdown and HTML of foreign cells
    are cleaned of scripts and of everything that would be fetched.
    """
    front = document.front
    accent = readable(front.accent)
    page = _Page(accent)
    notes = Notes()
    placed = list(document.placed())
    texts = {} if document.ours else texts_html(placed, notes)
    body = "".join(
        texts.get(place) or part_html(part, cell, notes) or page.part(part)
        for place, (part, cell) in enumerate(placed)
    )
    internal = front.audience == "internal"
    script = _template("page.js")
    rules = (
        f"{styles()}{_template('page.css')}.rk{{--accent:{accent}}}"
        f"@media (prefers-color-scheme:dark){{.rk{{--accent:{lightened(accent, _DARK)}}}}}"
    )
    html = (
        _environment()
        .from_string(_template("page.html"))
        .render(
            front=front,
            internal=internal,
            band=signs.band(front, band),
            labels=_labels(front),
            line=signs.report_line(front),
            closing=signs.closing(front),
            contents=page.contents,
            body=body,
            styles="@@STYLES@@",
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )
    return html.replace("@@STYLES@@", fonts.faces(html) + rules, 1)


def _labels(front: Front) -> dict[str, str]:
    """Return the page's own words, in its language."""
    with speaking(front.language):
        return {"skip": say("Skip to the review"), "sections": say("Sections")}


class _Page:
    def __init__(self, accent: str) -> None:
        self.accent = accent.lower()
        self.contents: list[dict[str, str]] = []
        self.charts = 0
        self.levels = Levels()
        self.fragments = Fragments(chart=self._chart, markdown=_markdown, level=self.levels.of)

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

    def _chart(self, chart: Chart) -> str:
        self.charts += 1
        svg = chart_svg(chart.spec)
        svg = re.sub(r'\bid="([^"]+)"', rf'id="c{self.charts}-\1"', svg)
        svg = re.sub(r"url\(#([^)]+)\)", rf"url(#c{self.charts}-\1)", svg)
        svg = re.sub(r'(href)="#([^"]+)"', rf'\1="#c{self.charts}-\2"', svg)
        svg = re.sub(r'(fill|stroke)="([^"]+)"', self._token, svg)
        label = escape(chart.alt, quote=True)
        return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)

    def _token(self, match: re.Match[str]) -> str:
        colour = match[2].lower()
        name = "--accent" if colour == self.accent else _TOKENS.get(colour)
        return f'style="{match[1]}:var({name})"' if name else match[0]


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
