"""How likely chance alone is: tails of distributions, and many looks counted as many.

Ordinary statistics, written out because two tails are no reason for a library.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import erfc, exp, inf, lgamma, log, log1p, sqrt
from typing import TypeVar

Look = TypeVar("Look", bound=Hashable)

_STEPS, _NEAR, _TINY = 300, 1e-14, 1e-300


def student(t: float, freedom: float) -> float:
    """Return the two-sided tail of Student's distribution; normal for infinite `freedom`.

    >>> round(student(2.262157, 9), 5), round(student(1.959964, float("inf")), 5)
    (0.05, 0.05)
    """
    if freedom == inf:
        return erfc(abs(t) / sqrt(2))
    return beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def upper_binomial(hits: float, misses: float, share: float) -> float:
    """Return the chance of `hits` or more among all, when each hits with probability `share`.

    Counts need not be whole: what is worth less than a case counts as less.

    >>> round(upper_binomial(8, 2, 0.5), 4)  # (45 + 10 + 1) / 1024
    0.0547
    """
    return 1.0 if hits <= 0 else beta(hits, misses + 1, share)


def beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function of `x`, by its continued fraction."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of the incomplete beta function, as Lentz adds it up."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    out = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            out *= c * d
        if abs(c * d - 1) < _NEAR:
            break
    return out


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def holm(chances: Mapping[Look, float]) -> dict[Look, float]:
    """Return each chance corrected for all looks that were taken, by Holm's steps.

    The probability that noise alone brings any of them below a level is at most that level,
    whatever the looks have to do with each other.

    >>> holm({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'c': 0.06, 'b': 0.06}
    """
    out: dict[Look, float] = {}
    worst = 0.0
    for place, look in enumerate(sorted(chances, key=chances.__getitem__)):
        worst = max(worst, min(1.0, (len(chances) - place) * chances[look]))
        out[look] = worst
    return out
