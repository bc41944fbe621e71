"""Medians and other quantiles of durations, of which some are not over yet.

Durations of a large table are counted in bins of a fixed logarithmic scale, so that their
counts add up over any split of the rows, and a quantile is read from the sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import log

STEP = 1.05
"""Ratio of a bin's upper end to its lower one."""

ERROR = (STEP - 1) / (STEP + 1)
"""Largest relative error of a bin's middle: 2.44 %."""

LOG_STEP = log(STEP)

Duration = tuple[Fraction, int, int]
"""A duration, how many ended after it, and how many were seen that long and had not ended."""


def middle(bin_: int) -> Fraction:
    """Return the hours that stand for a bin: half a minute for bin 0, of less than a minute.

    Bin n holds the durations from 1.05 ** (n - 1) minutes to less than 1.05 ** n.

    >>> float(round(middle(1) * 60, 4)), float(round(middle(84) * 60, 2))
    (1.0244, 58.77)
    """
    if bin_ <= 0:
        return Fraction(1, 120)
    return Fraction(STEP ** (bin_ - 1) * 2 * STEP / (1 + STEP)) / 60


def survived(durations: Iterable[Duration], share: Fraction) -> Fraction | None:
    """Return the duration by which `share` of all have ended (Kaplan-Meier).

    What has not ended counts as at risk as long as it was seen, at a tie after those that
    ended. Where exactly `share` have ended, it is the mean of that duration and the next,
    so that without open ones the median is the usual one. `None` where it is not reached.

    >>> survived([(Fraction(1), 1, 0), (Fraction(3), 1, 0), (Fraction(9), 1, 1)], Fraction(1, 2))
    Fraction(6, 1)
    """
    found: dict[Fraction, tuple[int, int]] = {}
    for hours, ended, still in durations:
        before = found.get(hours, (0, 0))
        found[hours] = (before[0] + ended, before[1] + still)
    at_risk = sum(ended + still for ended, still in found.values())
    left, reached = Fraction(1), None
    for hours in sorted(found):
        ended, still = found[hours]
        if ended:
            if reached is not None:
                return (reached + hours) / 2
            left *= 1 - Fraction(ended, at_risk)
            if left < 1 - share:
                return hours
            if left == 1 - share:
                reached = hours
        at_risk -= ended + still
    return reached
