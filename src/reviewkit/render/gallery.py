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
from reviewkit.render.drawn import as_script
from reviewkit.speech import marks, say, say_number, spoken

Standing = Literal["built", "changed", "approved", "posted"]

AUDIENCES: tuple[Audience, ...] = ("client", "internal")
"""For whom versions are; the client's stands first."""

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
    """One pack. `standing_note` says who and when; `picture` is an address, or empty.

    `cutoff` says up to when its data goes; both are in the page's language.
    """

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
    def pictured(self) -> str:
        """What its picture shows, for whoever cannot see it."""
        return say(
            "First page of the review of {client}, {period}",
            client=self.client,
            period=self.period_title,
        )

    @property
    def versions(self) -> list[tuple[Audience, list[Listed]]]:
        """The reports by whom they are for, the client's first."""
        parted = [
            (one, [item for item in self.reports if item.audience == one]) for one in AUDIENCES
        ]
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
    """Return the page of `cards`, in their order, in the language that is spoken.

    It shows all of them without its script. `more` are pages beside the packs. The same cards
    give the same text.
    """
    colour = readable(accent)
    scripted = _scripted(len(cards))
    script = f"const words={as_script(scripted)};\n{_template('gallery.js')}"
    rules = (
        f"{styles()}{_template('gallery.css')}.rk{{--accent:{colour}}}"
        "@media screen and (prefers-color-scheme:dark)"
        f"{{.rk{{--accent:{lightened(colour, _DARK)}}}}}"
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
            language=spoken(),
            count=scripted["all"],
            labels=_labels(provider),
            standings=_standings(),
            who=_who(),
            more=more,
            styles="@@STYLES@@",
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )
    return html.replace("@@STYLES@@", fonts.faces(html) + rules, 1)


def _labels(provider: str) -> dict[str, str]:
    """Return the page's own words."""
    return {
        "title": say("{provider}: account reviews", provider=provider),
        "heading": say("Account reviews"),
        "house": say("{provider}, for the house only", provider=provider),
        "skip": say("Skip to the packs"),
        "search": say("Search"),
        "hint": say("Client, period, words of the headline"),
        "empty": say("No report has been built yet:"),
        "none": say("No pack matches. Clear the search or a filter."),
    }


def _scripted(number: int) -> dict[str, str]:
    """Return the words of the page's script: how many packs there are, and are shown of them."""
    return {
        "all": say_number("{number} pack", "{number} packs", number),
        "some": say_number(
            "{shown} of {number} pack", "{shown} of {number} packs", number, shown="{shown}"
        ),
    }


def _standings() -> dict[Standing, str]:
    """Return how far a pack is on its way to the client, in words."""
    return {
        "built": say("Built", context="pack"),
        "changed": say("Changed since approval"),
        "approved": say("Approved"),
        "posted": say("In the outbox"),
    }


def _who() -> dict[Audience, str]:
    return {"client": say("For the client"), "internal": marks.internal()}


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
    versions = [("client", _who()["client"]), ("internal", say("Internal"))]
    standings = [(id_, word) for id_, word, _ in _sums(cards)]
    return [
        _Field("client", say("Client"), say("All clients"), clients),
        _Field("period", say("Period"), say("All periods"), sorted(periods, reverse=True)),
        _Field("kind", say("Report"), say("All reports"), sorted(kinds, key=lambda item: item[1])),
        _Field("audience", say("Version"), say("All versions"), versions),
        _Field("standing", say("Status"), say("Any status"), standings),
    ]


def _sums(cards: Sequence[Card]) -> list[tuple[str, str, int]]:
    """Return how many packs are how far, those that none is left out."""
    numbers = Counter(card.standing for card in cards)
    return [(id_, word, numbers[id_]) for id_, word in _standings().items() if numbers[id_]]


def _distinct(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict(pairs).items())


@cache
def _template(name: str) -> str:
    return files("reviewkit.render").joinpath("templates", name).read_text(encoding="utf-8")
