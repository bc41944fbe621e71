"""The figures behind charts, as printed: for formats that draw them anew or list them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reviewkit.blocks import Plot, Series, Tone
from reviewkit.display import marks
from reviewkit.speech import say

if TYPE_CHECKING:
    from reviewkit.display.charts import Grid, Stack, Trend

TONES: tuple[Tone, ...] = ("accent", "quiet", "plain", "strong")
"""Of stacked series, the lowest first."""


def of_trend(data: Trend) -> Plot | None:
    """Return the lines of a trend, and what happened meanwhile; `None` without printed figures."""
    if not data.figures:
        return None
    return Plot(
        form="lines",
        categories=marks.named(data.months),
        series=data.figures,
        low=data.scale.low,
        high=data.scale.high,
        step=data.scale.step,
        notes=tuple(name for _, name in data.events),
    )


def of_stack(data: Stack) -> Plot | None:
    """Return stacked series, whose printed parts add up to the printed totals."""
    if data.printed is None:
        return None
    columns = [data.printed(column) for column in zip(*(v for _, v in data.series), strict=True)]
    series = [
        Series(name=name, texts=tuple(c[at] for c in columns), tone=TONES[at % len(TONES)])
        for at, (name, _) in enumerate(data.series)
    ]
    if len(series) > 1:
        series.append(
            Series(name=say("Total"), texts=data.texts, tone="plain", line=True, total=True)
        )
    if any(value is not None for value in data.reference):
        texts = tuple("" if v is None else data.printed((v,))[0] for v in data.reference)
        series.append(
            Series(name=data.reference_name, texts=texts, tone="strong", line=True, dashed=True)
        )
    return Plot(
        form="stack",
        categories=marks.named(data.months),
        series=tuple(series),
        low=data.scale.low,
        high=data.scale.high,
        step=data.scale.step,
    )


def of_bars(rows: Sequence[tuple[str, float, str]]) -> Plot:
    """Return named values with the text of each."""
    return Plot(
        form="bars",
        categories=tuple(name for name, _, _ in rows),
        series=(Series(name="", texts=tuple(told for _, _, told in rows)),),
    )


def of_heat(data: Grid) -> Plot:
    """Return a grid with a series for each row; what the grid leaves empty stays so."""
    at = {(row, column): (round(weight, 2), told) for row, column, weight, told in data.cells}
    places = range(len(data.months))
    return Plot(
        form="heat",
        categories=marks.named(data.months),
        series=tuple(
            Series(name=name, texts=tuple(at.get((row, x), (0, ""))[1] for x in places))
            for row, name in enumerate(data.rows)
        ),
        weights=tuple(
            tuple(at.get((row, x), (None, ""))[0] for x in places) for row in range(len(data.rows))
        ),
    )
