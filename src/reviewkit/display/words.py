"""Words that sentences are made of: small numbers, lists, and what a metric counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reviewkit.metrics.metric import Metric

_SMALL = (
    "none one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
)
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


@dataclass(frozen=True)
class Cases:
    """What a metric counts, what is said of those that fell short, and of those that did not."""

    many: str
    short: str = ""
    saved: str = ""
    rate: str = "Rate"


CASES: Mapping[str, Cases] = {
    "shipments": Cases("shipments"),
    "on_time_delivery": Cases("deliveries", "arrived late", "on time", "On time"),
    "in_full": Cases("deliveries", "came short", "in full", "In full"),
    "otif": Cases("orders", "were late or short", "on time and in full", "Both"),
    "cases_opened": Cases("cases"),
    "cases_open": Cases("cases"),
    "resolution_median": Cases("cases"),
    "nps": Cases("responses"),
    "invoice_accuracy": Cases("invoice lines", "were in error", "without error", "Right"),
    "disputes": Cases("invoice lines", "were disputed", "undisputed"),
    "revenue_against_budget": Cases("invoice lines"),
    "gross_margin": Cases("deliveries", rate="Margin"),
}

DIMENSIONS: Mapping[str, tuple[str, str]] = {
    "lane": ("lane", "lanes"),
    "site": ("site", "sites"),
    "service": ("service", "services"),
    "charge_code": ("charge", "charges"),
    "month": ("month", "months"),
}
"""How dimensions are called: one, many."""

TABLES: Mapping[str, tuple[str, str]] = {
    "shipments": ("deliveries", "volume, on-time delivery and delivery in full"),
    "invoice_lines": ("invoices", "invoice accuracy, disputes and charges"),
    "payments": ("payments", "what is owed and for how long"),
    "budget": ("the budget", "revenue against budget"),
    "cases": ("cases", "complaints and their time to resolution"),
    "surveys": ("survey responses", "the net promoter score"),
    "actions": ("actions", "the follow-up of what was agreed"),
}
"""How account tables are called, and what a review shows from them."""


DATES: Mapping[str, str] = {
    "promised_at": "the end of its agreed window",
    "shipped_at": "its departure",
    "opened_at": "its opening",
    "closed_at": "its closing",
    "issued_on": "its issue",
    "responded_on": "the day of the response",
}
"""How the date that places a case in a period is called."""


def count(number: int) -> str:
    """Return a small number in words, a larger one in figures."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else str(number)


def every(number: int, one: str, many: str = "") -> str:
    """Return all of something in words: all five measures, both measures, the one measure."""
    plural_ = many or one + "s"
    return {1: f"the one {one}", 2: f"both {plural_}"}.get(number, f"all {count(number)} {plural_}")


def ordinal(number: int) -> str:
    """Return first to eighth in words."""
    return _ORDINALS[number] if 0 < number < len(_ORDINALS) else f"{number}th"


def capital(text: str) -> str:
    """Return `text` with its first letter large."""
    return text[:1].upper() + text[1:]


def within(metric: Metric) -> str:
    """Return a metric's name inside a sentence: on-time delivery."""
    return metric.label[:1].lower() + metric.label[1:]


def listed(items: Iterable[str]) -> str:
    """Return items as a list in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    found = list(items)
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def plural(number: int, one: str, many: str = "") -> str:
    """Return `one` or its plural, after its count in words: one case, three cases."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def of(number: int, whole: int, many: str) -> str:
    """Return a part of a whole in words: two of five open actions."""
    return f"{count(number)} of {count(whole)} {many}"


def sentence(text: str) -> str:
    """Return `text` as a sentence of its own: a capital first, a full stop last."""
    text = capital(" ".join(text.split()))
    return text if not text or text[-1] in ".!?" else f"{text}."
