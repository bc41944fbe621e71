"""Small trends: points as heights between the lowest and the highest of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reviewkit.blocks import Sparkline, State


def heights(
    points: Sequence[Fraction | None], target: Fraction | None = None, state: State | None = None
) -> Sparkline:
    """Return points, two known ones at least, as a small trend; heights are rounded.

    `state` is that of the last point, which is not drawn where it is not known.
    """
    scale = [point for point in (*points, target) if point is not None]
    low, spread = min(scale), max(scale) - min(scale)

    def height(point: Fraction | None) -> float | None:
        if point is None:
            return None
        return round(float((point - low) / spread), 3) if spread else 0.5

    return Sparkline(
        points=tuple(height(point) for point in points),
        target=height(target),
        state=state if points[-1] is not None else None,
    )
