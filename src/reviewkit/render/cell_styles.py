"""Colours that a pandas Styler gives to single cells, read from its style sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SHEET = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*[\d.]+\s*)?\)")

_NAMED = {
    "black": "#000000",
    "blue": "#0000ff",
    "cyan": "#00ffff",
    "darkgreen": "#006400",
    "darkorange": "#ff8c00",
    "darkred": "#8b0000",
    "gold": "#ffd700",
    "gray": "#808080",
    "green": "#008000",
    "grey": "#808080",
    "lightblue": "#add8e6",
    "lightcoral": "#f08080",
    "lightgray": "#d3d3d3",
    "lightgreen": "#90ee90",
    "lightgrey": "#d3d3d3",
    "lightpink": "#ffb6c1",
    "lightyellow": "#ffffe0",
    "magenta": "#ff00ff",
    "orange": "#ffa500",
    "pink": "#ffc0cb",
    "purple": "#800080",
    "red": "#ff0000",
    "salmon": "#fa8072",
    "white": "#ffffff",
    "yellow": "#ffff00",
}


def cell_styles(html: str) -> Mapping[str, Mapping[str, str]]:
    """Return for each identity the background ("fill"), letters ("ink") and weight ("bold")."""
    found: dict[str, dict[str, str]] = {}
    for sheet in _SHEET.findall(html):
        for selectors, body in _RULE.findall(sheet):
            style = _style(body)
            for selector in selectors.split(",") if style else ():
                match = re.fullmatch(r"\s*#([\w-]+)\s*", selector)
                if match:
                    found.setdefault(match[1], {}).update(style)
    return found


def inline_style(body: str) -> Mapping[str, str]:
    """Return what a style attribute says of its cell, in the words of `cell_styles`."""
    return _style(body)


def css(style: Mapping[str, str]) -> str:
    """Return a style as CSS."""
    words = {"fill": "background-color", "ink": "color", "bold": "font-weight"}
    return ";".join(f"{words[name]}:{value}" for name, value in style.items())


def _style(body: str) -> dict[str, str]:
    pairs = {
        name.strip().lower(): value.strip().lower()
        for name, _, value in (line.partition(":") for line in body.split(";"))
    }
    colours = {
        "fill": _colour(pairs.get("background-color") or pairs.get("background", "")),
        "ink": _colour(pairs.get("color", "")),
    }
    found = {name: value for name, value in colours.items() if value}
    return found | ({"bold": "600"} if pairs.get("font-weight") in ("bold", "600", "700") else {})


def _colour(text: str) -> str:
    text = text.removesuffix("!important").strip()
    match = _RGB.fullmatch(text)
    if match:
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    return text if _HEX.fullmatch(text) else _NAMED.get(text, "")
