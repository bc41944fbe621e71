"""Ends and steps of a scale for a chart that names none."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from reviewkit.blocks import Plot
from reviewkit.render.displayed import Displayed
from reviewkit.render.shown import number_of

_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_LINES = 4
"""Steps of a scale, at most; its ends may add one."""


def scaled(found: Displayed, decimal: str) -> Plot:
    """Return a chart's plot without empty series; lines without a scale get one of round steps.

    Where lines end is where their names stand, so the scale must be known; bars take the
    program's own, which begins at zero.
    """
    told = tuple(series for series in found.plot.series if any(series.texts))
    plot = found.plot.model_copy(update={"series": told})
    values = [
        number.value
        for series in plot.series
        for text in series.texts
        if (number := number_of(text, decimal))
    ]
    if plot.form != "lines" or plot.high is not None or not values:
        return plot
    low, high = min(values), max(values)
    if found.zero:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    step = _step(high - low)
    return plot.model_copy(
        update={
            "low": float((low / step).to_integral_value(ROUND_FLOOR) * step),
            "high": float((high / step).to_integral_value(ROUND_CEILING) * step) or float(step),
            "step": float(step),
        }
    )


def _step(span: Decimal) -> Decimal:
    """Return the least round step that crosses `span` in few.

    >>> _step(Decimal("8.2")), _step(Decimal(0))
    (Decimal('5'), Decimal('1'))
    """
    if not span:
        return Decimal(1)
    least = span / _LINES
    unit = Decimal(1).scaleb(least.adjusted())
    return next(unit * step for step in _STEPS if unit * step >= least)
