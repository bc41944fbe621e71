"""Vega at work in V8, the only module that knows mini-racer.

V8 starts with the first chart of a process and stays: a renderer should live long. It reads no
file and knows no network: all that a chart may be is in its text.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from py_mini_racer import JSEvalException, MiniRacer

from reviewkit.render.fonts import advances
from reviewkit.render.typeface import WEIGHTS
from reviewkit.render.vega.script import vega_script

_SECONDS = 60

_BYTES = 1 << 30
"""Beyond this a chart ends as an error where it can, and not the process."""


class UndrawnError(Exception):
    """Vega's own words on why it cannot draw."""


def draw(spec: str, *, lite: bool) -> str:
    """Return as SVG the JSON `spec`, of Vega-Lite where `lite` and else of Vega.

    Always to be called from the same thread, one that runs no event loop: V8 would take it over.
    Raises `UndrawnError` where Vega cannot draw it, or not within a minute.
    """
    return _told(f"reviewkitDraw({json.dumps(spec)}, {json.dumps(lite)})")


def compiled(spec: str) -> str:
    """Return as JSON the Vega that the JSON `spec` of Vega-Lite becomes; called as `draw`."""
    return _told(f"reviewkitCompile({json.dumps(spec)})")


def _told(call: str) -> str:
    try:
        promised: Any = _engine().eval(call, timeout_sec=_SECONDS)
        told = json.loads(promised.get(timeout=_SECONDS))
    except (JSEvalException, TimeoutError) as error:
        # Whatever stopped it, the next chart begins with a new engine.
        _engine.cache_clear()
        late = isinstance(error, TimeoutError)
        told = f"it takes longer than {_SECONDS} s" if late else str(error).partition("\n")[0]
        raise UndrawnError(told) from error
    if "error" in told:
        raise UndrawnError(told["error"])
    return str(told["made"])


@cache
def _engine() -> MiniRacer:
    engine = MiniRacer()
    engine.set_hard_memory_limit(_BYTES)
    known = {weight: advances(weight) for weight in WEIGHTS}
    engine.eval(f"var reviewkitAdvances = {json.dumps(known)};")
    engine.eval(files(__package__).joinpath("draw.js").read_text(encoding="utf-8"))
    engine.eval(vega_script())
    # With a page's document Vega would take itself to be in a browser.
    engine.eval("document = undefined;")
    return engine
