"""Charts inside a page: SVG that follows its colours, and what its marks say when pointed at."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from reviewkit.blocks import Chart
from reviewkit.render.charts import chart_svg

_TOKENS = {
    "#1a2028": "--ink",
    "#3d4651": "--n7",
    "#5a6470": "--n6",
    "#868f9a": "--n4",
    "#dce0e5": "--n2",
    "#f4f5f7": "--n1",
    "#ffffff": "--paper",
    "white": "--paper",
    "#12806a": "--met",
    "#c27800": "--near",
    "#b3261e": "--missed",
}
"""Colours of the light page; in a chart's SVG they become the variables that follow the reader."""

_VEGA = {
    "#000": "--ink",
    "black": "--ink",
    "#333": "--ink",
    "#888": "--n4",
    "#ddd": "--n2",
}
"""What Vega takes for words, axes, brushes and grids where nothing else is said."""

_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_TOLD = re.compile(
    r'\saria-label="([^"]*)" role="graphics-symbol" '
    r'aria-roledescription="(?:bar|point|circle|square|arc|rect mark|symbol mark)"'
)
_SPOKEN = re.compile(r'\s(?:role|aria-[a-z]+)="[^"]*"')
_FINE = re.compile(r"(\d\.\d\d)\d+")
_GEOMETRY = re.compile(r'\s(?:transform|d|x|y|x1|x2|y1|y2|dx|dy|width|height|points)="[^"]*"')


@dataclass
class Drawings:
    """Makes the charts of one page. `accent` is the page's; `for_phones` draws them twice.

    `live` collects the charts that declare selections, in their order: the page's script
    draws them anew, over the picture that stands there without it. `rules` are the styles
    that an analyst's own charts need, "" while there is none.
    """

    accent: str
    for_phones: bool = True
    live: list[dict[str, Any]] = field(default_factory=list)
    rules: str = ""
    _made: int = 0

    def html(self, chart: Chart) -> str:
        """Return a chart as it stands in its figure."""
        live = chart.interactive or is_live(chart.spec)
        if live or (chart.plot is None and chart.narrow is None):
            return self._own(chart, live)
        wide = self._svg(chart.spec, chart.alt)
        if chart.narrow is None or not self.for_phones:
            return wide
        narrow = self._svg(chart.narrow, chart.alt)
        return f'<div class="rk-wide">{wide}</div><div class="rk-narrow">{narrow}</div>'

    def _own(self, chart: Chart, live: bool) -> str:
        """Return an analyst's chart. What colours it has is known once it is drawn, here or there.

        So its paper, words and axes follow the reader by styles, where ours carry variables.
        """
        self.rules = _followed(self.accent)
        svg = self._svg(chart.spec, chart.alt, tokens=False)
        if not live:
            return f'<div class="rk-own">{svg}</div>'
        self.live.append(chart.spec)
        return f'<div class="rk-live rk-own" data-live="{len(self.live) - 1}">{svg}</div>'

    def _svg(self, spec: dict[str, Any], alt: str, *, tokens: bool = True) -> str:
        self._made += 1
        own = f"c{self._made}"
        svg = chart_svg(spec)
        svg = re.sub(r'\bid="([^"]+)"', rf'id="{own}-\1"', svg)
        svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{own}-\1)", svg)
        svg = re.sub(r'(href)="#([^"]+)"', rf'\1="#{own}-\2"', svg)
        if tokens:
            svg = re.sub(r'(fill|stroke)="([^"]+)"', self._token, svg)
        svg = _TAG.sub(_lightened, svg)
        label = escape(alt, quote=True)
        return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)

    def _token(self, match: re.Match[str]) -> str:
        colour = match[2].lower()
        name = "--accent" if colour == self.accent else _TOKENS.get(colour)
        return f'style="{match[1]}:var({name})"' if name else match[0]


def _followed(accent: str) -> str:
    """Return the styles by which a chart's colours follow the reader's light or dark page.

    A style goes before the attribute that Vega sets, and sets again with each selection.
    """
    names = _TOKENS | _VEGA | {accent: "--accent"}
    return "".join(
        f'.rk-own svg [{place}="{colour}" i]{{{place}:var({name})}}'
        for colour, name in names.items()
        if name != "--paper"
        for place in ("fill", "stroke")
    )


def is_live(spec: object) -> bool:
    """Tell whether a chart declares selections, or controls: it is more than a picture."""
    if isinstance(spec, list):
        return any(map(is_live, spec))
    if not isinstance(spec, dict):
        return False
    params = spec.get("params")
    if isinstance(params, list) and any(
        isinstance(item, dict) and ("select" in item or "bind" in item) for item in params
    ):
        return True
    inside = (value for key, value in spec.items() if key not in ("data", "datasets", "params"))
    return any(map(is_live, inside))


def as_script(data: object) -> str:
    """Return JSON that may stand in a script of a page, whatever its texts are."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _lightened(match: re.Match[str]) -> str:
    """Return a tag without what nobody sees or hears.

    The picture as a whole has its sentence. A mark keeps what it says as `data-tip`; axes
    and lines would tell their scale or first row, in English.
    """
    tag = _TOLD.sub(r' data-tip="\1"', match[0])
    tag = _SPOKEN.sub("", tag)
    return _GEOMETRY.sub(lambda found: _FINE.sub(r"\1", found[0]), tag)
