"""What types alone cannot say: names that must exist elsewhere, and values that must agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import list_currencies

from reviewkit.errors import Problem, nearest
from reviewkit.params.alerts import alert_findings
from reviewkit.params.base import EVERYONE, FOR_EVERYONE
from reviewkit.params.calendar import calendar_findings
from reviewkit.params.models import Client, Contract, House
from reviewkit.params.models import Source as SourceParams
from reviewkit.params.reports import report_findings
from reviewkit.params.sites import site_findings
from reviewkit.params.undecided import DECIDE, undecided
from reviewkit.params.yaml import Path_, Source
from reviewkit.speech import languages

_EMAIL = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[^@\s<>,;:\".]+")

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that show a name in another order than it is written; no script needs them."""

EARLIEST = 1980
"""Year before which no data of a provider ends."""

Finding = tuple[Path_, str, str]
"""Where, what is wrong, and how to mend it."""


_PASSWORD = re.compile(r"[^:]+://[^:@/]*:(?!\$\{)[^@]+@")


def house_problems(house: House, source: Source, clients: Sequence[str]) -> list[Problem]:
    """Return what is wrong in ``house.yaml`` beyond its types; `clients` are the folders."""
    findings = [
        *_timezone(("timezone",), house.timezone),
        *_locale(("locale",), house.locale),
        *_one_line(("name",), house.name),
    ]
    if house.mail:
        findings += _email(("mail", "sender"), house.mail.sender)
        findings += _one_line(("mail", "sender_name"), house.mail.sender_name)
        for code in sorted(house.mail.languages.keys() - set(languages())):
            what = f"no page is written in {code!r}."
            known = f"Languages: {', '.join(languages())}."
            findings.append((("mail", "languages", code), what, known))
    for name, site in house.sites.items():
        findings += site_findings(name, site)
    findings += alert_findings(house.alerts, clients)
    for table, sources in house.sources.items():
        allowed = [*clients, EVERYONE] if table in FOR_EVERYONE else clients
        for position, item in enumerate(sources):
            findings += _source(("sources", table, position), item, allowed)
        if sources and sources[0].supersedes:
            what = "stands in the first source, which has none above it."
            findings.append((("sources", table, 0, "supersedes"), what, "Move it to a later one."))
    return _located(findings, source)


def client_problems(models: Mapping[str, Any], sources: Mapping[str, Source]) -> list[Problem]:
    """Return what is wrong in a client's files beyond their types."""
    client: Client = models["client"]
    findings: list[Finding] = [
        *_one_line(("name",), client.name),
        *_currency(("currency",), client.currency),
        *calendar_findings(
            client.calendar, months_given="fiscal_year_start" in client.model_fields_set
        ),
    ]
    findings += report_findings(client)
    if client.timezone:
        findings += _timezone(("timezone",), client.timezone)
    if client.locale:
        findings += _locale(("locale",), client.locale)
    if client.language:
        findings += _language(("language",), client.language)
    for position, contact in enumerate(client.contacts):
        place: Path_ = ("contacts", position)
        findings += _one_line((*place, "name"), contact.name)
        if contact.email:
            findings += _email((*place, "email"), contact.email)
        elif contact.receives:
            findings.append((place, "receives reports but has no email.", "Add email."))
    problems = _located(findings, sources["client.yaml"])
    contract: Contract | None = models.get("contract")
    if contract and contract.start and contract.end and contract.end < contract.start:
        problems += _located(
            [(("end",), "lies before the start.", "Check both dates.")], sources["contract.yaml"]
        )
    return problems


def _source(place: Path_, item: SourceParams, clients: Sequence[str]) -> Iterator[Finding]:
    if [bool(item.file), bool(item.files), bool(item.url)].count(True) != 1:
        yield place, "needs either file, files or url.", "Give one of them."
    if item.url and bool(item.table) == bool(item.query):
        yield (*place, "url"), "a database needs either table or query.", "Give one of them."
    if item.url and _PASSWORD.match(item.url):
        hint = "Take it from the environment: ${NAME}."
        yield (*place, "url"), "a password stands in the file.", hint
    if item.files and not item.query:
        yield (*place, "files"), "several files need a query that joins them.", "Add query."
    if item.table and item.query:
        yield (*place, "table"), "stands beside query.", "Give one of them."
    if item.keep and (item.keep.first is None) == (item.keep.last is None):
        yield (*place, "keep"), "needs either first or last.", "Give one of them."
    if item.excel.header_rows == 2 and item.excel.header is None:
        what = "a head of two rows needs to be told where it begins."
        yield (*place, "excel"), what, "Give header, the number of the first."
    hint = "Write it as 2026-10-06T18:00:00+02:00."
    if item.cutoff.tzinfo is None:
        yield (*place, "cutoff"), "has no offset from UTC.", hint
    if item.cutoff.year < EARLIEST:
        # A date without its dashes is read as seconds since 1970.
        yield (*place, "cutoff"), f"lies in {item.cutoff.year}.", hint
    yield from _timezone((*place, "timezone"), item.timezone)
    if item.csv.delimiter == item.csv.quote:
        yield (*place, "csv", "quote"), "is the delimiter as well.", "Give each a sign of its own."
    for key in ("delimiter", "quote"):
        if getattr(item.csv, key) in "\r\n":
            yield (*place, "csv", key), "ends a line.", 'Give another sign; a tab is "\\t".'
    if (item.client.column is None) == (item.client.constant is None):
        yield (*place, "client"), "needs either column or constant.", "Give one of them."
    for key, slug in item.client.keys.items():
        if slug not in clients:
            what = f'"{slug}" has no folder under params/.'
            yield (*place, "client", "keys", key), what, nearest(slug, clients)
    yield from undecided(place, item)
    if item.client.constant is not None and item.client.constant not in (*clients, DECIDE):
        what = f'"{item.client.constant}" has no folder under params/.'
        yield (*place, "client", "constant"), what, nearest(item.client.constant, clients)
    for name, column in item.columns.items():
        given = [
            key for key in ("column", "constant", "expression") if getattr(column, key) is not None
        ]
        if len(given) != 1:
            what = "needs exactly one of column, constant and expression."
            yield (*place, "columns", name), what, f"It has {', '.join(given) or 'none'}."


def _timezone(place: Path_, name: str) -> Iterator[Finding]:
    if name not in _zones():
        yield place, f'"{name}" is not a time zone.', nearest(name, _zones())


@cache
def _zones() -> frozenset[str]:
    # Its folder is walked each time that it is asked: for every client and every source.
    return frozenset(available_timezones())


def _locale(place: Path_, name: str) -> Iterator[Finding]:
    try:
        Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError):
        yield place, f'"{name}" is not a locale.', "Write it as en-GB or de-DE."


def _language(place: Path_, name: str) -> Iterator[Finding]:
    if name not in languages():
        yield place, f'Pages cannot be written in "{name}".', nearest(name, languages())


def _currency(place: Path_, code: str) -> Iterator[Finding]:
    known = list_currencies()
    if code not in known:
        yield place, f'"{code}" is not a currency.', nearest(code, known)


def _email(place: Path_, address: str) -> Iterator[Finding]:
    if not _EMAIL.fullmatch(address):
        yield place, f"{address!r} is not an e-mail address.", "Write it as name@client.example."


def _one_line(place: Path_, text: str) -> Iterator[Finding]:
    if not text.strip() and place == ("name",):
        yield place, "is empty.", "Give the name as it is printed."
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        yield place, "holds a line break or control character.", "Write it on one line."
    turned = _TURNING.search(text)
    if turned:
        what = f"holds a sign that turns the direction of writing (U+{ord(turned[0]):04X})."
        yield place, what, "Write it again without it."


def _located(findings: Sequence[Finding], source: Source) -> list[Problem]:
    return [
        Problem(source.path, source.line(place), ".".join(map(str, place)), what, hint)
        for place, what, hint in findings
    ]
