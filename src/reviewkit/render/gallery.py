"""The page that lists all packs: one file beside them, that works from a disk."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import jinja2

from reviewkit.blocks import Audience
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

WHO: dict[Audience, str] = {"client": "For the client", "internal": "INTERNAL"}
"""For whom a version is, as the page says it; the client's stands first."""

_DARK = "#12161C"


@dataclass(frozen=True)
class Link:
    """One file of a report, by the address relative to the page."""

    label: str
    href: str


@dataclass(frozen=True)
class Listed:
    """One report of a pack for one audience."""

    kind: str
    title: str
    audience: Audience
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

    @property
    def versions(self) -> list[tuple[Audience, list[Listed]]]:
        """The reports by whom they are for, the client's first."""
        parted = [(one, [item for item in self.reports if item.audience == one]) for one in WHO]
        return [(one, items) for one, items in parted if items]


@dataclass(frozen=True)
class _Field:
    """One filter: its choices by their value, and the word for none of them."""

    id: str
    label: str
    every: str
    choices: list[tuple[str, str]]


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
    html = (
        jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
        .from_string(_template("gallery.html"))
        .render(
            provider=provider,
            cards=cards,
            groups=_groups(cards),
            fields=_fields(cards),
            sums=_sums(cards),
            words=WORDS,
            who=WHO,
            more=more,
            styles="@@STYLES@@",
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )
    return html.replace("@@STYLES@@", fonts.faces(html) + rules, 1)


def _groups(cards: Sequence[Card]) -> list[dict[str, object]]:
    """Return the packs of each client, in the order they come in."""
    return [
        {"slug": slug, "client": name, "cards": [card for card in cards if card.slug == slug]}
        for slug, name in _distinct((card.slug, card.client) for card in cards)
    ]


def _fields(cards: Sequence[Card]) -> list[_Field]:
    clients = _distinct((card.slug, card.client) for card in cards)
    periods = _distinct((card.period, card.period_title) for card in cards)
    reports = [report for card in cards for report in card.reports]
    kinds = _distinct((report.kind, report.title) for report in reports)
    audiences: list[tuple[str, str]] = [("client", WHO["client"]), ("internal", "Internal")]
    return [
        _Field("client", "Client", "All clients", clients),
        _Field("period", "Period", "All periods", sorted(periods, reverse=True)),
        _Field("kind", "Report", "All reports", sorted(kinds, key=lambda item: item[1])),
        _Field("audience", "Version", "All versions", audiences),
        _Field("standing", "Status", "Any status", [(id_, word) for id_, word, _ in _sums(cards)]),
    ]


def _sums(cards: Sequence[Card]) -> list[tuple[str, str, int]]:
    """Return how many packs are how far, those that none is left out."""
    numbers = Counter(card.standing for card in cards)
    return [(id_, word, numbers[id_]) for id_, word in WORDS.items() if numbers[id_]]


def _distinct(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict(pairs).items())


@cache
def _template(name: str) -> str:
    return files("reviewkit.render").joinpath("templates", name).read_text(encoding="utf-8")
