"""Whether a review names the story planted in it first, and what else it claims.

A claim is a finding that tells of more than chance: a figure that moved beyond it, with the
parts that carry it; a budget missed by price or volume; a burst; work that was not invoiced.
What is planted is written here from the demo's own parameters, not from its findings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewkit.analysis.bursts import Burst
from reviewkit.analysis.model import Finding, Partial
from reviewkit.analysis.renewal import Renewal
from reviewkit.analysis.unbilled import Unbilled

ON_TIME = frozenset(
    {"on_time_delivery", "otif", "otif_lines", "otif_units", "perfect_order"}
    | {"on_time_first_promise"}
)
"""Figures that a late delivery is counted in."""


@dataclass(frozen=True)
class Claim:
    """What a finding claims: of which figure, and which parts carry it."""

    figure: str
    parts: frozenset[str]


@dataclass(frozen=True)
class Planted:
    """How a story is recognised in the first finding, and what it moves besides.

    `touched` gives the parts that the story moves, by figure; a figure that is not in it
    moves by chance alone.
    """

    first: Callable[[Finding], bool]
    touched: Mapping[str, frozenset[str]]


def claims(found: Sequence[Finding]) -> Iterator[Claim]:
    """Yield what findings claim to be more than chance."""
    for item in found:
        if isinstance(item.about, Burst):
            yield Claim("burst", frozenset({item.about.key}))
        elif isinstance(item.about, Unbilled):
            yield Claim("unbilled", frozenset({item.about.charge}))
        elif item.value and item.lines:
            main = max(item.lines, key=lambda line: abs(line.variance))
            yield Claim(item.value.metric, frozenset({main.service}))
        elif item.value and (item.kind == "slid" or _told(item)):
            yield Claim(item.value.metric, frozenset(part.key for part in item.contributors))


def _told(item: Finding) -> bool:
    return bool(item.moved and item.moved.told) and item.kind != "growth"


def untrue(found: Sequence[Finding], planted: Planted | None) -> list[Claim]:
    """Return the claims that nothing planted stands behind."""
    touched = planted.touched if planted else {}
    return [
        claim
        for claim in claims(found)
        if claim.figure not in touched or not claim.parts <= touched[claim.figure]
    ]


def _slide(first: Finding) -> bool:
    lanes = [part.key for part in first.contributors]
    return _misses(first, "on_time_delivery") and lanes == ["Venlo → Lyon"]


def _mix(first: Finding) -> bool:
    parts = {part.key: part for part in first.contributors}
    told = _misses(first, "gross_margin") and "Package" in parts
    return told and abs(parts["Package"].mix) > abs(parts["Package"].rate)


def _leak(first: Finding) -> bool:
    found = first.about
    if not isinstance(found, Unbilled) or found.since is None:
        return False
    place = (found.site, found.charge, found.since.start)
    return place == ("Kassel", "Value-added work", dt.date(2026, 7, 1))


def _burst(first: Finding) -> bool:
    found = first.about
    if not isinstance(found, Burst):
        return False
    return found.by == "root_cause" and (found.count, found.fixed, found.after) == (
        41,
        dt.date(2026, 8, 21),
        0,
    )


def _price(first: Finding) -> bool:
    if not _misses(first, "revenue_against_budget") or not first.lines:
        return False
    main = min(first.lines, key=lambda line: line.price)
    return main.service == "Distribution" and -main.price > abs(main.volume)


def _notice(first: Finding) -> bool:
    found = first.about
    return isinstance(found, Renewal) and found.notice_by == dt.date(2026, 11, 2)


def _incomplete(first: Finding) -> bool:
    return isinstance(first.about, Partial) and first.about.until == dt.date(2026, 9, 16)


def _missing(first: Finding) -> bool:
    lacking = {"cases", "surveys", "payments", "actions"}
    return first.kind == "half_supplied" and bool(lacking & set(first.tables))


def _misses(first: Finding, metric: str) -> bool:
    about = first.value is not None and first.value.metric == metric
    return about and first.kind in ("miss", "near", "moved")


_LANE = frozenset({"Venlo → Lyon", "Venlo", "Freight", "Halcyon Fret"})
_TRADE = frozenset({"Package", "Distribution", "Lille"})

PLANTED: Mapping[str, Planted] = {
    "acme": Planted(
        _slide,
        {
            **dict.fromkeys(ON_TIME, _LANE),
            **dict.fromkeys(("gross_margin", "tender_acceptance", "tender_acceptance_all"), _LANE),
            "burst": frozenset({"Carrier had no capacity"}),
        },
    ),
    "damson": Planted(_mix, {"gross_margin": _TRADE}),
    "elderwick": Planted(
        _leak,
        {
            "unbilled": frozenset({"Value-added work"}),
            "revenue_against_budget": frozenset({"Warehousing"}),
        },
    ),
    "foxglove": Planted(
        _burst,
        {"burst": frozenset({"Logger profile of the new cooling boxes set to 15 to 25 °C"})},
    ),
    "borealis": Planted(
        _price,
        {
            "revenue_against_budget": frozenset({"Distribution"}),
            "gross_margin": frozenset({"Distribution", "Joliet", "Savannah"}),
        },
    ),
    "gantry": Planted(_notice, {}),
    "harebell": Planted(_incomplete, {}),
    "cobalt": Planted(_missing, {}),
}
"""What stands behind each client's story in the demo's own parameters."""
