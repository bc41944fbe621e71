"""Effects on the budget as they are printed: whole amounts that add up to their totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reviewkit.analysis.variance import Line
from reviewkit.display.formats import apportioned


@dataclass(frozen=True)
class Effect:
    """One service's effects in whole units of money; `volume` holds what cannot be split."""

    line: Line
    price: Decimal
    volume: Decimal
    credited: Decimal

    @property
    def total(self) -> Decimal:
        """The whole variance as printed."""
        return self.price + self.volume + self.credited


def printed(lines: tuple[Line, ...]) -> tuple[Effect, ...]:
    """Return the effects of `lines`, each column rounded so that it adds up."""
    price = apportioned([line.price for line in lines], 0)
    volume = apportioned([line.volume + line.other for line in lines], 0)
    credited = apportioned([line.credited for line in lines], 0)
    return tuple(Effect(line, price[at], volume[at], credited[at]) for at, line in enumerate(lines))
