"""What an analyst's own chart displays: its figures by category and series, and no others.

A chart's specification holds the rows it was made of, and often columns it shows nothing of.
So nothing is read from there: Vega is asked, as it draws, for what each mark stands for. It
tells the category, the series and the value of bars, lines, areas and points; where an axis
has a format, in that format. Other numbers are whole, or have three figures of the largest,
which is what a drawing tells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Literal

from reviewkit.blocks import Chart, Plot, Series, Tone
from reviewkit.errors import RenderError
from reviewkit.render.charts import chart_vega
from reviewkit.render.probes import OtherwiseError, Probe, Told, asked, probes_of

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::[0-9.]+)?)Z?")
_TONES: tuple[Tone, ...] = ("accent", "quiet", "strong", "plain")


@dataclass(frozen=True)
class Displayed:
    """The figures of a chart.

    `native` tells that `plot.form` is how it is drawn, too; `zero` that its scale begins there.
    """

    plot: Plot
    native: bool
    zero: bool = True


def displayed(chart: Chart, decimal: str) -> Displayed | None:
    """Return what `chart` displays, numbers with the sign `decimal`.

    Our own charts hand their figures on. `None` where a chart is of another kind: a scatter,
    facets, a heat map, too many marks, or several marks at one place.
    """
    if chart.plot is not None:
        return Displayed(chart.plot, native=True)
    return _displayed(json.dumps(chart.spec, sort_keys=True, default=str), decimal)


@lru_cache(maxsize=128)
def _displayed(spec: str, decimal: str) -> Displayed | None:
    try:
        vega = chart_vega(json.loads(spec))
        probes = list(probes_of(vega))
        if not probes:
            return None
        told = [asked(vega, probe) for probe in probes]
        found = _listed(probes, told, _title(vega, probes), decimal)
        return replace(found, zero=_from_zero(vega, probes))
    except (RenderError, OtherwiseError):
        return None


def _listed(probes: list[Probe], told: list[list[Told]], title: str, decimal: str) -> Displayed:
    if len({probe.upright for probe in probes}) > 1:
        raise OtherwiseError
    several = len({probe.field for probe in probes}) > 1
    cells: dict[tuple[str, str], str] = {}
    places: dict[str, float] = {}
    for probe, marks in zip(probes, told, strict=True):
        for mark in marks:
            name = mark.series or (probe.field if several else title)
            if cells.setdefault((name, mark.category), mark.text) != mark.text:
                raise OtherwiseError
            places.setdefault(mark.category, mark.place)
    categories = sorted(places, key=lambda name: places[name])
    names = list(dict.fromkeys(name for name, _ in cells))
    formatted = any(probe.formatted for probe in probes)
    texts = cells if formatted else _rounded(cells)
    series = tuple(
        Series(
            name=name,
            texts=tuple(
                _signed(texts.get((name, category), ""), decimal) for category in categories
            ),
            tone=_TONES[at % len(_TONES)],
        )
        for at, name in enumerate(names)
    )
    form = _form(probes, len(series))
    plot = Plot(form=form or "lines", categories=_days(categories), series=series)
    return Displayed(plot, native=bool(form))


def _from_zero(vega: dict[str, Any], probes: list[Probe]) -> bool:
    return any(scale["name"] == probes[0].scale and scale.get("zero") for scale in vega["scales"])


def _title(vega: dict[str, Any], probes: list[Probe]) -> str:
    """Return what the axis of values is headed with."""
    for axis in vega.get("axes", ()):
        if axis["scale"] == probes[0].scale and isinstance(axis.get("title"), str):
            return str(axis["title"])
    return probes[0].field


def _form(probes: list[Probe], count: int) -> Literal["lines", "stack", "bars"] | None:
    """Return the form in which a deck draws it too; none where that would be another chart."""
    kinds = {probe.kind for probe in probes}
    together = all(probe.plain for probe in probes) and len({probe.scale for probe in probes}) == 1
    if not together or count > len(_TONES):
        return None
    if kinds == {"bar"}:
        return "stack" if probes[0].upright else "bars" if count == 1 else None
    return "lines" if "line" in kinds and kinds <= {"line", "point"} else None


def _days(categories: list[str]) -> tuple[str, ...]:
    """Return times as days where they are; moments of a day are no categories."""
    if not all(_TIME.fullmatch(name) for name in categories):
        return tuple(categories)
    if not all(_TIME.sub(r"\2", name).strip("0:.") == "" for name in categories):
        raise OtherwiseError
    days = tuple(name[:10] for name in categories)
    whole = all(day.endswith("-01") for day in days) and len(days) > 1
    return tuple(day.removesuffix("-01") for day in days) if whole else days


def _rounded(cells: Mapping[tuple[str, str], str]) -> Mapping[tuple[str, str], str]:
    """Return numbers that no axis has formatted: whole, or to three figures of the largest."""
    try:
        numbers = {key: Decimal(text) for key, text in cells.items() if text}
        largest = max((abs(number) for number in numbers.values()), default=Decimal(0))
        whole = all(number == number.to_integral_value() for number in numbers.values())
        step = Decimal(1).scaleb(0 if whole else min(0, largest.adjusted() - 2))
        rounded = {key: number.quantize(step, ROUND_HALF_UP) for key, number in numbers.items()}
    except InvalidOperation as error:
        # No number, or one with more digits than any page prints.
        raise OtherwiseError from error
    # What is rounded away has no sign.
    return {key: f"{number or abs(number):,f}" for key, number in rounded.items()}


def _signed(text: str, decimal: str) -> str:
    """Return a number with the page's decimal sign, and a sign between groups that is not it."""
    if decimal != ",":
        return text
    return text.translate(str.maketrans(",.", ".,"))
