"""Words that sentences are made of: small numbers, lists, and what a metric counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviewkit.metrics.metric import Metric
from reviewkit.speech import say, say_number, spoken
from reviewkit.speech.numerals import numeral

_ORDINALS: Mapping[str, Sequence[str]] = {
    "en": ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
}
_CAPITAL_NOUNS = frozenset({"de"})
"""Languages whose nouns are written with a capital wherever they stand."""

_SENTENCES = re.compile(r"(?<=[.]) ")


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
    "perfect_order": Cases("orders", "were not perfect", "perfect", "Perfect"),
    "otif_lines": Cases("deliveries"),
    "otif_units": Cases("deliveries"),
    "on_time_first_promise": Cases("deliveries", "missed their first promise", "on time"),
    "damage_rate": Cases("deliveries"),
    "returns_rate": Cases("returns"),
    "units": Cases("deliveries"),
    "on_time_pickup": Cases("pickups", "were late", "on time", "On time"),
    "on_time_ship": Cases("deliveries", "left late", "on time", "On time"),
    "tender_acceptance": Cases("loads", "were not accepted at first", "accepted", "Accepted"),
    "tender_acceptance_all": Cases("offers", "were not accepted", "accepted", "Accepted"),
    "re_tenders": Cases("offers"),
    "dock_to_stock_median": Cases("receipts"),
    "dock_to_stock_p90": Cases("receipts"),
    "receipts": Cases("receipts"),
    "receipt_accuracy": Cases("receipts", "differed from their advice", "as advised", "Right"),
    "order_accuracy": Cases("orders", "had an error", "without error", "Right"),
    "pick_accuracy": Cases("order lines", "had an error", "without error", "Right"),
    "fill_rate": Cases("order lines"),
    "inventory_accuracy": Cases("locations", "did not match", "matched", "Matched"),
    "inventory_accuracy_units": Cases("locations"),
    "stock_pallets": Cases("days of a site"),
    "stock_turns": Cases("days of a site"),
    "activity_events": Cases("events"),
    "first_response_median": Cases("cases"),
    "first_response_p90": Cases("cases"),
    "resolution_p90": Cases("cases"),
    "csat": Cases("responses", "were not satisfied", "satisfied", "Satisfied"),
    "disputed_amount": Cases("invoice lines"),
    "disputes_upheld": Cases("disputes", "were upheld", "rejected", "Upheld"),
    "dso": Cases("invoice lines"),
    "receivables_overdue": Cases("invoices"),
    "cost_per_unit": Cases("deliveries"),
    "cost_per_order": Cases("orders"),
    "cost_to_serve": Cases("cost pools"),
    "win_rate": Cases("deals", "were lost", "won", "Won"),
    "new_business": Cases("deals"),
    "weighted_pipeline": Cases("deals"),
    "pipeline_coverage": Cases("deals"),
    "net_revenue_retention": Cases("invoice lines"),
    "concentration": Cases("invoice lines"),
}

ONE: Mapping[str, str] = {
    "shipments": "shipment",
    "deliveries": "delivery",
    "orders": "order",
    "cases": "case",
    "responses": "response",
    "invoice lines": "invoice line",
    "returns": "return",
    "pickups": "pickup",
    "loads": "load",
    "offers": "offer",
    "receipts": "receipt",
    "order lines": "order line",
    "locations": "location",
    "days of a site": "day of a site",
    "events": "event",
    "disputes": "dispute",
    "invoices": "invoice",
    "cost pools": "cost pool",
    "deals": "deal",
}
"""What a single one of those counted is called."""

DIMENSIONS: Mapping[str, tuple[str, str]] = {
    "account": ("account", "accounts"),
    "region": ("region", "regions"),
    "lane": ("lane", "lanes"),
    "site": ("site", "sites"),
    "service": ("service", "services"),
    "charge_code": ("charge", "charges"),
    "carrier": ("carrier", "carriers"),
    "late_cause": ("cause", "causes"),
    "reason": ("reason", "reasons"),
    "pool": ("cost pool", "cost pools"),
    "month": ("month", "months"),
}
"""How dimensions are called: one, many."""

TABLES: Mapping[str, tuple[str, str]] = {
    "shipments": ("deliveries", "volume, on-time delivery and delivery in full"),
    "order_lines": ("order lines", "order and pick accuracy, and the fill rate"),
    "receipts": ("receipts", "dock to stock, and receipts as advised"),
    "counts": ("stock counts", "inventory accuracy"),
    "stock": ("daily stock", "pallets in store and stock turns"),
    "returns": ("returns", "the returns rate"),
    "activity": ("billable events", "billable work by charge"),
    "tenders": ("tenders", "tender acceptance"),
    "invoice_lines": ("invoices", "invoice accuracy, disputes and charges"),
    "payments": ("payments", "what is owed and for how long"),
    "budget": ("the budget", "revenue against budget"),
    "costs": ("costs", "cost per unit, per order and to serve"),
    "cases": ("cases", "complaints and their time to resolution"),
    "surveys": ("survey responses", "the net promoter score"),
    "opportunities": ("deals", "the pipeline and what was won"),
    "actions": ("actions", "the follow-up of what was agreed"),
}
"""How account tables are called, and what a review shows from them."""


PERIODS: Mapping[str, tuple[str, str]] = {
    "month": ("month", "months"),
    "period": ("period", "periods"),
    "quarter": ("quarter", "quarters"),
    "half": ("half-year", "half-years"),
    "year": ("year", "years"),
    "span": ("span", "spans"),
}
"""How periods are called in a sentence: one, many."""

DATES: Mapping[str, str] = {
    "promised_at": "the end of its agreed window",
    "shipped_at": "its departure",
    "opened_at": "its opening",
    "closed_at": "its closing",
    "issued_on": "its issue",
    "pickup_appointment": "its pickup appointment",
    "tendered_at": "its offer",
    "arrived_at": "its arrival",
    "counted_at": "its count",
    "closed_on": "its decision",
    "at": "its booking",
    "date": "the day itself",
    "month": "its month",
    "responded_on": "the day of the response",
}
"""How the date that places a case in a period is called."""


def name(metric: Metric) -> str:
    """Return a metric's name: On-time delivery."""
    return say(metric.label)


def within(metric: Metric) -> str:
    """Return a metric's name inside a sentence: on-time delivery; nouns keep their capital."""
    return inside(name(metric))


def inside(text: str) -> str:
    """Return a text that opens with a noun as it stands inside a sentence."""
    return text if spoken() in _CAPITAL_NOUNS else text[:1].lower() + text[1:]


def cases(metric_id: str, number: int = 2) -> str:
    """Return what a metric counts, as it stands beside `number` of them: deliveries."""
    many = CASES[metric_id].many
    return say(ONE[many] if number == 1 else many)


def dimension(name_: str) -> tuple[str, str]:
    """Return how a dimension is called: one, many."""
    one, many = DIMENSIONS[name_]
    return say(one), say(many)


def noun(kind: str, *, many: bool = False) -> str:
    """Return how a period is called in a sentence: quarter, quarters."""
    return say(PERIODS[kind][many])


def table(name_: str) -> str:
    """Return how an account table is called inside a sentence: deliveries."""
    return say(TABLES[name_][0])


def gives(name_: str) -> str:
    """Return what a review shows from an account table."""
    return say(TABLES[name_][1])


def sentences(text: str) -> str:
    """Return a text that is looked up sentence by sentence."""
    return " ".join(say(part) for part in _SENTENCES.split(text) if part)


def count(number: int) -> str:
    """Return a small number in words, a larger one in figures.

    A language whose numbers bend with what they count has all of them in figures.
    """
    return numeral(number, spoken())


def opening(number: int, figure: str) -> str:
    """Return a number that opens a sentence: in words where it is small, else its `figure`."""
    said = count(number)
    return figure if said == str(number) else capital(said)


def shipments(number: int, figure: str) -> str:
    """Return how many shipments, as it opens a sentence: One shipment, 9,379 shipments."""
    counted = opening(number, figure)
    return say_number("{count} shipment", "{count} shipments", number, count=counted)


def every(number: int) -> str:
    """Return all of something, before what it is: all five, both, the one."""
    few = {1: say("the one"), 2: say("both")}
    return few.get(number) or say("all {number}", number=count(number))


def ordinal(number: int) -> str:
    """Return first to eighth in words, as something in a row is counted."""
    names = _ORDINALS.get(spoken(), ())
    if 0 < number < len(names):
        return names[number]
    return say("{number}th", number=number)


def times(number: int) -> str:
    """Return how often: once, twice, three times."""
    few = {1: say("once"), 2: say("twice")}
    return few.get(number) or say("{number} times", number=count(number))


def lasted(days: int) -> str:
    """Return how long something has been: less than a day, one day, thirteen days in figures."""
    if not days:
        return say("less than a day")
    return say_number("{count} day", "{count} days", days, count=count(days))


def capital(text: str) -> str:
    """Return `text` with its first letter large."""
    return text[:1].upper() + text[1:]


def listed(items: Iterable[str]) -> str:
    """Return items as a list in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    found = list(items)
    if len(found) < 2:
        return "".join(found)
    return say("{items} and {last}", items=", ".join(found[:-1]), last=found[-1])


def sentence(text: str) -> str:
    """Return `text` as a sentence of its own: a capital first, a full stop last."""
    text = capital(" ".join(text.split()))
    return text if not text or text[-1] in ".!?" else f"{text}."
