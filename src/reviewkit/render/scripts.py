"""The one script of a page: its parts, its words and its data, in one text with one hash."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from reviewkit.render.drawn import as_script
from reviewkit.render.vega.script import vega_script
from reviewkit.speech import say

_PARTS = ("tips", "contents", "sorting", "numbers", "scrolling")
_LIVE = "live"


def page_script(numbers: dict[str, Any], live: list[dict[str, Any]]) -> str:
    """Return the script of a page in the language spoken.

    `numbers` is what opens behind them; with `live` charts the runtime that draws them comes
    along. The same page gives the same script.
    """
    given = {"words": _words(), "numbers": numbers, "live": live}
    parts = [_part(name) for name in (*_PARTS, *((_LIVE,) if live else ()))]
    body = "\n".join(parts)
    own = f'(function(){{"use strict";var page={as_script(given)};\n{body}\n}})();'
    return f"{_runtime()}\n{own}" if live else own


def hash_of(script: str) -> str:
    """Return the hash by which a page's policy lets this script run and no other."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _words() -> dict[str, str]:
    return {
        "behind": say("What stands behind {number}", number="{number}"),
        "close": say("Close"),
        "definition": say("To the definition"),
        "sort": say("Sort by"),
        "listed": say("As listed"),
        "points": say("Arrow keys go from point to point."),
    }


@cache
def _part(name: str) -> str:
    place = files("reviewkit.render").joinpath("templates", "page", f"{name}.js")
    return place.read_text(encoding="utf-8").strip()


@cache
def _runtime() -> str:
    # A script ends where its end tag is written, be it inside a string.
    return vega_script().replace("</script", "<\\/script").replace("<!--", "<\\!--")
