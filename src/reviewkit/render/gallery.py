"""The page that lists all packs: one file beside them, that works from a disk."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import jinja2

from reviewkit.colours import lightened, readable
from reviewkit.markup import styles
from reviewkit.render import fonts

Standing = Literal["built", "changed", "approved", "posted"]

WORDS: dict[Standing, str] = {
    "built": "Built",
    "changed": "Changed since approval",
    "approved": "Approved",
    "posted": "In the outbox",
}
"""How far a pack is on its way to the client."""

_DARK = "#12161C"


@dataclass(frozen=True)
class Link:
    """One file of a report, by the address relative to the page."""

    label: str
    href: str


@dataclass(frozen=True)
class Listed:
    """One report of a pack for one audience."""

    title: str
    internal: bool
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Card:
    """One pack. `standing_note` says who and when; `picture` is an address, or empty."""

    client: str
    slug: str
    period: str
    period_title: str
    standing: Standing
    standing_note: str
    headline: str
    picture: str
    reports: tuple[Listed, ...]
    cutoff: str


def write_gallery_page(
    provider: str, accent: str, cards: Sequence[Card], more: Sequence[Link] = ()
) -> str:
    """Return the page of `cards`, in their order; it shows all of them without its script.

    `more` are pages beside the packs. The same cards give the same text.
    """
    colour = readable(accent)
    script = _template("gallery.js")
    rules = (
        f"{styles()}{_template('gallery.css')}.rk{{--accent:{colour}}}"
        f"@media (prefers-color-scheme:dark){{.rk{{--accent:{lightened(colour, _DARK)}}}}}"
    )
    standings = {card.standing for card in cards}
    html = (
        jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
        .from_string(_template("gallery.html"))
        .render(
            provider=provider,
            cards=cards,
            clients=_distinct((card.slug, card.client) for card in cards),
            periods=sorted(
                _distinct((card.period, card.period_title) for card in cards), reverse=True
            ),
            standings=[item for item in WORDS.items() if item[0] in standings],
            words=WORDS,
            more=more,
            styles="@@STYLES@@",
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )
    return html.replace("@@STYLES@@", fonts.faces(html) + rules, 1)


def _distinct(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict(pairs).items())


@cache
def _template(name: str) -> str:
    return files("reviewkit.render").joinpath("templates", name).read_text(encoding="utf-8")
