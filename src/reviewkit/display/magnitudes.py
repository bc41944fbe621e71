"""In what amounts a chart counts: ones, thousands, millions, so that its figures stay short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewkit.speech import say

_STEPS = (1, 1_000, 1_000_000, 1_000_000_000)
_LONGEST = 1_000_000
"""No figure of a chart has more than six digits."""


@dataclass(frozen=True)
class Magnitude:
    """What the figures of a chart are divided by."""

    divisor: int

    def of(self, amount: object) -> float:
        """Return an amount, `None` as 0, in this magnitude."""
        return round(float(str(amount)) / self.divisor, 3) if amount else 0.0

    def money(self, currency: str) -> str:
        """Return what amounts of money are counted in: € thousand."""
        if self.divisor == 1_000:
            return say("{currency} thousand", currency=currency)
        if self.divisor == 1_000_000:
            return say("{currency} million", currency=currency)
        return currency if self.divisor == 1 else say("{currency} billion", currency=currency)

    def sentence(self) -> str:
        """Return what is to be said of counts that are divided: In thousands."""
        if self.divisor == 1_000:
            return say("In thousands.")
        if self.divisor == 1_000_000:
            return say("In millions.")
        return "" if self.divisor == 1 else say("In billions.")


def magnitude(values: Iterable[float | None], *, least: int = 1) -> Magnitude:
    """Return the magnitude, at least `least`, in which no value has more than six digits.

    >>> magnitude([999_999]), magnitude([1_000_000, None])
    (Magnitude(divisor=1), Magnitude(divisor=1000))
    """
    most = max((abs(value) for value in values if value is not None), default=0.0)
    fitting = (step for step in _STEPS if step >= least and round(most / step) < _LONGEST)
    return Magnitude(next(fitting, _STEPS[-1]))


def in_thousands(amounts: Iterable[float]) -> int:
    """Return 1,000 where money is counted in thousands, 1 where little is left of it so.

    >>> in_thousands([9_999.0]), in_thousands([10_000.0])
    (1, 1000)
    """
    return 1_000 if max(map(abs, amounts), default=0.0) >= 10_000 else 1
