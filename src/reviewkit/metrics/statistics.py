"""Intervals of proportions and scores, without any library."""

from __future__ import annotations

from math import sqrt

Z95 = 1.959963984540054
"""Two-sided 95 % point of the normal distribution."""


def wilson(successes: int, n: int) -> tuple[float, float] | None:
    """Return Wilson's 95 % interval of a proportion, as fractions; `None` for no cases.

    >>> tuple(round(end, 4) for end in wilson(8, 10))
    (0.4902, 0.9433)
    """
    if n <= 0:
        return None
    share = successes / n
    spread = Z95 * sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    scale = 1 + Z95**2 / n
    middle = share + Z95**2 / (2 * n)
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def nps_interval(promoters: int, detractors: int, n: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a net promoter score, in points; `None` for no responses.

    Adjusted Wald: three responses are added, three quarters each to promoters and
    detractors and the rest to passives, so that few equal answers do not look certain.
    """
    if n <= 0:
        return None
    above, below = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    spread = Z95 * sqrt((above + below - (above - below) ** 2) / (n + 3))
    middle = above - below
    return max(-100.0, 100 * (middle - spread)), min(100.0, 100 * (middle + spread))
