"""HTML of a notebook's outputs, reduced to what stands still: the parts a page can show."""

from __future__ import annotations

import base64
import json
import re
from html import escape, unescape
from typing import Any

_DROPPED = re.compile(
    r"<!--.*?-->|<(script|style|button|template|noscript|head|select|textarea)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_DRAWN = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_FRAMES = re.compile(
    r"<(iframe|embed|object|video|audio)\b(?P<inside>[^>]*)>(?:.*?</\1\s*>)?",
    re.DOTALL | re.IGNORECASE,
)
_SOURCE = re.compile(r"""\b(?:src|data)\s*=\s*(["']?)(.*?)\1(?:[\s>]|$)""", re.DOTALL)


def standing(html: str) -> str:
    """Return `html` without scripts, controls and styles.

    Drawings inside become pictures, frames and players become links to what they show.
    """
    html = _DRAWN.sub(_picture, _DROPPED.sub("", html))
    return _FRAMES.sub(_link, html)


def frames(html: str) -> list[str]:
    """Return the names of what a page cannot play, such as iframe and video."""
    return sorted({match[1].lower() for match in _FRAMES.finditer(_DROPPED.sub("", html))})


def is_blank(html: str) -> bool:
    """Tell whether nothing is left that says more than an output's plain text."""
    if re.search(r'class="sk-text-repr-fallback\b', html):
        # scikit-learn's diagrams unfold by script; unfolded they are pages of documentation.
        return True
    if re.search(r"<(img|hr|math)\b", html, re.IGNORECASE):
        return False
    return not unescape(re.sub(r"<[^>]*>", "", html)).strip()


def altair_spec(html: str) -> dict[str, Any] | None:
    """Return the chart that Altair's own HTML draws with a script; `None` for other HTML."""
    if "vegaEmbed" not in html:
        return None
    for match in re.finditer(r"\}\)\(\s*(?=\{)|var spec\s*=\s*(?=\{)", html):
        try:
            spec, _ = json.JSONDecoder().raw_decode(html, match.end())
        except ValueError:
            continue
        if isinstance(spec, dict) and "$schema" in spec:
            return spec
    return None


def _picture(match: re.Match[str]) -> str:
    svg = match[0]
    if "xmlns=" not in svg.partition(">")[0]:
        svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    title = re.search(r"<title>(.*?)</title>", svg, re.DOTALL)
    alt = escape(unescape(title[1]).strip(), quote=True) if title else "Drawing"
    data = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{alt}" src="data:image/svg+xml;base64,{data}">'


def _link(match: re.Match[str]) -> str:
    found = _SOURCE.search(match["inside"])
    address = unescape(found[2]).strip() if found else ""
    if not re.match(r"https?://", address, re.IGNORECASE):
        return f"<p>({match[1].lower()}, not shown)</p>"
    safe = escape(address, quote=True)
    return f'<p><a href="{safe}">{safe}</a></p>'
