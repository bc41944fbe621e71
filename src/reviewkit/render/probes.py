"""What the marks of a Vega chart stand for, asked of Vega as it draws.

A probe takes the place of a chart's marks: a point at the place of each, which tells its
category, series and value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from reviewkit.render.charts import chart_svg

MOST = 600
"""Marks of a chart that is listed: of more it shows their shape, not their figures."""

_BETWEEN = "\u241f"
_MARK = re.compile(r'<path aria-label="([^"]*)"(?:\s[\w:-]+="[^"]*")*')
_PLACE = re.compile(r'transform="translate\(([-\d.e]+),([-\d.e]+)\)')
_MOMENT = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d -?\d{4,6} \d\d:")
"""A time that nothing has given a form; a page would print it in another way."""
_PLAIN = re.compile(r"[^\[\]\\.'\"]+")

_DISCRETE = frozenset({"band", "point", "ordinal"})
_TIMES = {"time": "timeFormat", "utc": "utcFormat"}
_MEASURED = frozenset({"linear", "log", "pow", "sqrt", "symlog"})
_KINDS = {"rect": "bar", "line": "line", "area": "area", "symbol": "point"}


class OtherwiseError(Exception):
    """A chart that is no table of categories and series."""


@dataclass(frozen=True)
class Probe:
    """What one kind of marks is asked for: expressions, and along which axis categories go.

    `scale` and `field` are those of its values, which an axis may have `formatted`; `plain`
    marks stand at their category, not beside others, on a scale without bends.
    """

    kind: str
    data: str
    category: str
    series: str
    value: str
    field: str
    scale: str
    formatted: bool
    upright: bool
    plain: bool
    encode: Mapping[str, Any]

    @property
    def mark(self) -> dict[str, Any]:
        """The mark that tells it: a point at the place of each."""
        told = f"join([{self.category},{self.series},{self.value}],{json.dumps(_BETWEEN)})"
        update = {"x": self.encode["x"], "y": self.encode["y"], "description": {"signal": told}}
        return {"type": "symbol", "from": {"data": self.data}, "encode": {"update": update}}


@dataclass(frozen=True)
class Told:
    """What one mark stands for, and where along the axis of categories."""

    category: str
    series: str
    text: str
    place: float


def probes_of(vega: dict[str, Any]) -> Iterator[Probe]:
    """Yield what to ask of each kind of marks; raises `OtherwiseError` for another chart."""
    scales = {scale["name"]: scale for scale in vega.get("scales", ())}
    guides = {axis["scale"]: axis for axis in vega.get("axes", ()) if not axis.get("grid")}
    for legend in vega.get("legends", ()):
        guides |= {str(legend[name]): legend for name in ("fill", "stroke") if name in legend}
    for mark, data in _marks(vega):
        kind = _KINDS.get(mark["type"])
        if kind and data and (kind != "bar" or "bar" in mark.get("style", ())):
            yield _probe(mark, data, scales, guides)


def _marks(vega: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the marks of a chart that is one plot, each with the name of its data."""
    for mark in vega.get("marks", ()):
        facet = mark.get("from", {}).get("facet")
        if mark["type"] != "group":
            yield mark, mark.get("from", {}).get("data", "")
        elif facet and "pathgroup" in mark.get("name", "") and len(mark["marks"]) == 1:
            # Lines of several series: one path for each.
            yield mark["marks"][0], facet["data"]
        else:
            raise OtherwiseError


def _probe(
    mark: dict[str, Any], data: str, scales: Mapping[str, Any], guides: Mapping[str, Any]
) -> Probe:
    update = mark["encode"]["update"]
    kinds = {}
    for name in ("x", "y"):
        place = update.get(name)
        if not isinstance(place, dict) or "scale" not in place or place["scale"] not in scales:
            raise OtherwiseError
        kinds[name] = scales[place["scale"]]["type"]
    measured = [name for name in ("x", "y") if kinds[name] in _MEASURED]
    named = [name for name in ("x", "y") if kinds[name] in _DISCRETE or kinds[name] in _TIMES]
    if len(measured) != 1 or len(named) != 1:
        raise OtherwiseError
    value, category = measured[0], named[0]
    field = _field(update[value])
    return Probe(
        kind=_KINDS[mark["type"]],
        data=data,
        category=_category(update, category, kinds[category], guides),
        series=_series(update, scales, guides),
        value=_value(update, value, field, guides),
        field=field,
        scale=str(update[value]["scale"]),
        formatted=bool(_format(update[value], guides)),
        upright=value == "y",
        plain=kinds[value] == "linear"
        and not any("scale" in _offset(update[name]) for name in ("x", "y")),
        encode=update,
    )


def _field(place: Mapping[str, Any]) -> str:
    field = place.get("field")
    if not isinstance(field, str) or not _PLAIN.fullmatch(field):
        raise OtherwiseError
    return field


def _offset(place: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a mark is moved aside by: a scale where bars stand beside each other."""
    offset = place.get("offset")
    return offset if isinstance(offset, dict) else {}


def _datum(field: str) -> str:
    return f"datum[{json.dumps(field)}]"


def _category(update: Mapping[str, Any], name: str, kind: str, guides: Mapping[str, Any]) -> str:
    """Return the expression of a category, as its axis names it; of a time, to the minute."""
    place = update[name]
    field, other = _field(place), update.get(f"{name}2")
    if isinstance(other, dict) and field == f"{other.get('field')}_end":
        field = str(other["field"])
    if kind in _TIMES and not _timed(place, guides):
        return f"{_TIMES[kind]}({_datum(field)},'%Y-%m-%d %H:%M')"
    return _named(field, place, guides)


def _named(field: str, place: Mapping[str, Any], guides: Mapping[str, Any]) -> str:
    """Return the expression of a name, as an axis or a legend writes it."""
    form = _timed(place, guides)
    return f"timeFormat({_datum(field)},{form})" if form else f"''+{_datum(field)}"


def _timed(place: Mapping[str, Any], guides: Mapping[str, Any]) -> str:
    """Return the format of times that a unit of time has brought along, as an expression."""
    given = guides.get(place["scale"], {}).get("format")
    return str(given["signal"]) if isinstance(given, dict) and "signal" in given else ""


def _series(update: Mapping[str, Any], scales: Mapping[str, Any], guides: Mapping[str, Any]) -> str:
    """Return the expression of what colours tell apart; a scale of colours is a value more."""
    for name in ("fill", "stroke"):
        place = update.get(name)
        if isinstance(place, list):
            place = place[-1]
        if isinstance(place, dict) and "scale" in place and "field" in place:
            if scales.get(place["scale"], {}).get("type") not in _DISCRETE:
                raise OtherwiseError
            return _named(_field(place), place, guides)
    return "''"


def _value(update: Mapping[str, Any], name: str, field: str, guides: Mapping[str, Any]) -> str:
    """Return the expression of a value: of stacked marks, from where they begin to their end."""
    other, value = update.get(f"{name}2"), f"+{_datum(field)}"
    if isinstance(other, dict) and "field" in other:
        base = field.removesuffix("_end")
        if (field, other["field"]) != (f"{base}_end", f"{base}_start"):
            raise OtherwiseError
        value = f"({_datum(field)}-{_datum(str(other['field']))})"
    form = _format(update[name], guides)
    shown = f"format({value},{json.dumps(form)})" if form else f"''+({value})"
    return f"(isValid({_datum(field)})&&isFinite({value})?{shown}:'')"


def _format(place: Mapping[str, Any], guides: Mapping[str, Any]) -> str:
    form = guides.get(place["scale"], {}).get("format")
    return form if isinstance(form, str) else ""


def asked(vega: dict[str, Any], probe: Probe) -> list[Told]:
    """Draw the chart with the probe in place of its marks, and read what each tells."""
    svg = chart_svg(vega | {"marks": [probe.mark]})
    found = []
    for match in _MARK.finditer(svg):
        texts = unescape(match[1]).split(_BETWEEN)
        place = _PLACE.search(match[0])
        if len(texts) != 3 or place is None or any(map(_MOMENT.match, texts)):
            raise OtherwiseError
        category, series, text = texts
        found.append(Told(category, series, text, float(place[1 if probe.upright else 2])))
    if not 0 < len(found) <= MOST:
        raise OtherwiseError
    return found
