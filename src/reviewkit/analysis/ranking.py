"""The order of findings: what limits the whole review, what matters by its size, what is routine.

Within what matters, the larger comes first, but for one rule: what follows from another
finding stands behind it. A margin falls when a price does, revenue is short by what was
never invoiced, and complaints come of what was late.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from reviewkit.analysis import materiality
from reviewkit.analysis.bursts import Burst
from reviewkit.analysis.figures import Figures
from reviewkit.analysis.model import Finding
from reviewkit.analysis.movement import exact, number
from reviewkit.analysis.unbilled import Unbilled

ORDER: tuple[tuple[str, ...], ...] = (
    ("partial",),
    ("miss", "moved", "slid", "unbilled", "burst"),
    ("half_supplied",),
    ("renewal",),
    ("near",),
    ("late_actions",),
    ("cause",),
    ("growth",),
    ("not_supplied",),
    ("streak",),
)
"""Kinds of findings, first to last; those in one row are ranked by how much they matter."""

_PLACE = {kind: place for place, kinds in enumerate(ORDER) for kind in kinds}


def ranked(figures: Figures, found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings in their order; what a look has ordered itself stays in that order."""
    ordered = sorted(found, key=lambda item: (_PLACE[item.kind], -_weight(figures, item)))
    out: list[Finding] = []
    for item in ordered:
        followers = [told for told in out if _follows(figures, told, item)]
        # What it leads to was larger: it goes before the first of them.
        place = out.index(followers[0]) if followers else len(out)
        out.insert(place, item)
    return tuple(out)


def _weight(figures: Figures, found: Finding) -> Fraction:
    return _WEIGHTS[found.kind](figures, found) if found.kind in _WEIGHTS else Fraction(0)


def _of_miss(figures: Figures, found: Finding) -> Fraction:
    return materiality.of_miss(figures, found.value) if found.value else Fraction(0)


def _of_move(figures: Figures, found: Finding) -> Fraction:
    if not found.value or not found.change:
        return Fraction(0)
    moved = max(abs(found.change.delta), *(abs(part.total) for part in found.contributors))
    return materiality.of_move(figures, found.value, moved)


def _of_slide(figures: Figures, found: Finding) -> Fraction:
    if not found.value:
        return Fraction(0)
    taken = max((abs(part.rate) for part in found.contributors), default=Fraction(0))
    return materiality.of_move(figures, found.value, taken)


def _of_unbilled(figures: Figures, found: Finding) -> Fraction:
    return (
        materiality.of_unbilled(figures, found.about)
        if isinstance(found.about, Unbilled)
        else Fraction(0)
    )


def _of_burst(_figures: Figures, found: Finding) -> Fraction:
    return materiality.of_burst(found.about) if isinstance(found.about, Burst) else Fraction(0)


_WEIGHTS: Mapping[str, Callable[[Figures, Finding], Fraction]] = {
    "miss": _of_miss,
    "near": _of_miss,
    "moved": _of_move,
    "slid": _of_slide,
    "unbilled": _of_unbilled,
    "burst": _of_burst,
}


def _follows(figures: Figures, found: Finding, other: Finding) -> bool:
    """Tell whether `found` follows from `other`, for at least half of it."""
    rule = _LEADS.get((_subject(other), _subject(found)))
    return rule is not None and rule(figures, found, other)


def _subject(found: Finding) -> str:
    return found.value.metric if found.value else found.kind


def _never_invoiced(_figures: Figures, found: Finding, other: Finding) -> bool:
    if found.value is None or not isinstance(other.about, Unbilled):
        return False
    return Fraction(other.about.amount) * 2 >= -exact(found.value)


def _by_price(_figures: Figures, found: Finding, other: Finding) -> bool:
    price = sum((line.price for line in other.lines), Fraction(0))
    if not found.moved or not other.value or price >= 0:
        return False
    # Revenue that falls by price takes what it falls by from the margin, and none of the cost.
    revenue = number(other.value.numerator or 0)
    lost = price / revenue * (1 - exact(found.moved.now)) if revenue else Fraction(0)
    return found.moved.delta < 0 and lost * 2 <= found.moved.delta


def _same_cause(_figures: Figures, found: Finding, other: Finding) -> bool:
    causes = [cause.name for cause in other.causes[:1]]
    return isinstance(found.about, Burst) and found.about.key in causes


_LEADS: Mapping[tuple[str, str], Callable[[Figures, Finding, Finding], bool]] = {
    ("unbilled", "revenue_against_budget"): _never_invoiced,
    ("revenue_against_budget", "gross_margin"): _by_price,
    ("on_time_delivery", "cases_opened"): _same_cause,
}
