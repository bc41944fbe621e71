"""Why a ratio moved: its change between two periods split into rate and mix.

For every part (a lane, a site) the rate effect is its mean share × the change of its rate,
and the mix effect the change of its share × (its mean rate − the mean total). What appears
or disappears has no rate to compare; its effect is told apart. All effects together are
the change, exactly: everything is computed in fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from reviewkit.metrics.data import MetricValue
from reviewkit.metrics.rollup import Reading

CONFIDENCE = 0.99
"""A part is told to have changed when chance alone would show as much less than 1 in 100.

That is, anywhere in the review: each chance is corrected for all looks that it takes.
"""


@dataclass(frozen=True)
class Count:
    """Numerator and denominator of one part in one period."""

    numerator: Fraction
    denominator: Fraction

    @property
    def rate(self) -> Fraction:
        """The ratio; the denominator is not zero."""
        return self.numerator / self.denominator


@dataclass(frozen=True)
class Part:
    """One part of a change. `rate`, `mix` and `entry` are its effects, fractions of the total.

    `entry` is that of a part that is `new` or `gone`, and the other two are then zero.
    `chance` and `shift` are the probabilities of as large a change of its rate, and of its
    share, by chance, corrected for all that the review looks at; `None` where nothing tells.
    """

    key: str
    before: Count | None
    now: Count | None
    rate: Fraction
    mix: Fraction
    entry: Fraction
    chance: float | None = None
    shift: float | None = None

    @property
    def total(self) -> Fraction:
        """The part's whole effect on the total."""
        return self.rate + self.mix + self.entry

    @property
    def presence(self) -> Literal["both", "new", "gone"]:
        """Tell whether the part was there in both periods."""
        if self.before is None:
            return "new"
        return "both" if self.now else "gone"

    @property
    def significant(self) -> bool:
        """Tell whether what makes most of its effect, rate or share, changed beyond chance."""
        decisive = self.chance if abs(self.rate) > abs(self.mix + self.entry) else self.shift
        return decisive is not None and decisive < 1 - CONFIDENCE


@dataclass(frozen=True)
class Change:
    """A ratio's change between two periods, in parts ordered by the size of their effect.

    `visible` is the least change that the printed figure can show.
    """

    metric: str
    by: str
    before: Count
    now: Count
    parts: tuple[Part, ...]
    visible: Fraction = Fraction(0)

    @property
    def delta(self) -> Fraction:
        """The change of the ratio, as a fraction."""
        return self.now.rate - self.before.rate

    @property
    def seen(self) -> bool:
        """Tell whether there is a change that a reader of the printed figure would see."""
        return bool(self.delta) and abs(self.delta) >= self.visible

    def contributors(self, least: Fraction = Fraction(1, 4)) -> tuple[Part, ...]:
        """Return the parts that carry at least `least` of the change, in its direction.

        Only parts that changed by more than chance, of a change that is seen: neither noise
        nor what no reader notices is explained.
        """
        if not self.seen:
            return ()
        return tuple(
            part for part in self.parts if part.significant and part.total / self.delta >= least
        )


def decompose(
    metric: str, by: str, before: Mapping[str, Count], now: Mapping[str, Count]
) -> Change | None:
    """Split a ratio's change into parts; `None` where a period has no cases."""
    first = {key: item for key, item in before.items() if item.denominator}
    second = {key: item for key, item in now.items() if item.denominator}
    if not first or not second:
        return None
    all_first, all_second = pool(first.values()), pool(second.values())
    middle = (all_first.rate + all_second.rate) / 2
    parts = []
    for key in sorted(first.keys() | second.keys()):
        was, got = first.get(key), second.get(key)
        share_was = was.denominator / all_first.denominator if was else Fraction(0)
        share_got = got.denominator / all_second.denominator if got else Fraction(0)
        rate = mix = entry = Fraction(0)
        if was and got:
            rate = (share_was + share_got) / 2 * (got.rate - was.rate)
            mix = (share_got - share_was) * ((was.rate + got.rate) / 2 - middle)
        elif got:
            entry = share_got * (got.rate - middle)
        elif was:
            entry = -share_was * (was.rate - middle)
        parts.append(Part(key, was, got, rate, mix, entry))
    parts.sort(key=lambda part: (-abs(part.total), part.key))
    return Change(metric, by, all_first, all_second, tuple(parts))


def counts_of(parts: Mapping[tuple[str, ...], Reading]) -> dict[str, Count]:
    """Return what the parts along one dimension, or the whole, are made of, by name."""
    counts = {"".join(key): count_of(item) for key, item in parts.items()}
    return {key: item for key, item in counts.items() if item}


def count_of(value: MetricValue | Reading) -> Count | None:
    """Return what a ratio is made of; `None` where it has no cases."""
    if value.numerator is None or not value.denominator or not Fraction(value.denominator):
        return None
    return Count(Fraction(value.numerator), Fraction(value.denominator))


def pool(counts: Iterable[Count]) -> Count:
    """Return several counts as one."""
    items = tuple(counts)
    return Count(
        sum((item.numerator for item in items), Fraction(0)),
        sum((item.denominator for item in items), Fraction(0)),
    )
