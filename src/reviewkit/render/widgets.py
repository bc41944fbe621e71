"""Jupyter widgets as what they showed when the notebook was saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Any

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"

States = Mapping[str, Any]
"""The saved models of a notebook by their identity."""


def saved_states(metadata: Mapping[str, Any]) -> States:
    """Return the widget models that a notebook keeps; {} where it keeps none."""
    state = metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    return state if isinstance(state, Mapping) else {}


def widget_html(model: str, states: States, above: frozenset[str] = frozenset()) -> str:
    """Return HTML of what a widget showed; "" where its state was not saved.

    `above` holds the widgets it stands in: one that holds itself is shown once.
    """
    saved = states.get(model)
    if not isinstance(saved, Mapping) or model in above:
        return ""
    kind = str(saved.get("model_name", ""))
    state = saved.get("state", {})
    children = state.get("children")
    if isinstance(children, list):
        found = [
            widget_html(str(child).removeprefix("IPY_MODEL_"), states, above | {model})
            for child in children
        ]
        return _SETTINGS.get(kind, _below)(found)
    return _KINDS.get(kind, _control)(state)


def output_model(model: str, states: States) -> list[Any]:
    """Return the outputs that an output widget caught; [] for any other widget."""
    saved = states.get(model)
    if not isinstance(saved, Mapping) or saved.get("model_name") != "OutputModel":
        return []
    return list(saved.get("state", {}).get("outputs", ()))


def _html(state: Mapping[str, Any]) -> str:
    return f"<div>{state.get('description', '')} {state.get('value', '')}</div>"


def _unseen(_: Mapping[str, Any]) -> str:
    return ""


def _bar(state: Mapping[str, Any]) -> str:
    done, whole = (_count(state.get(name)) for name in ("value", "max"))
    label = escape(str(state.get("description") or ""))
    return f"<p>{label} {done} / {whole}</p>"


def _count(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else "?"


def _control(state: Mapping[str, Any]) -> str:
    label, value = state.get("description") or "", state.get("value")
    options, index = state.get("_options_labels"), state.get("index")
    if isinstance(options, list) and isinstance(index, int) and index < len(options):
        value = options[index]
    words = [str(item) for item in (label, value) if item not in (None, "")]
    return f"<p>{escape(unescape(': '.join(words)))}</p>" if words else ""


def _below(found: list[str]) -> str:
    return "\n".join(filter(None, found))


def _beside(found: list[str]) -> str:
    """Return children side by side as one paragraph's words, where they are short."""
    return "<p>" + " ".join(_bare(item) for item in found if item) + "</p>"


def _bare(html: str) -> str:
    for tag in ("p", "div"):
        html = html.removeprefix(f"<{tag}>").removesuffix(f"</{tag}>")
    return html.strip()


_SETTINGS: dict[str, Callable[[list[str]], str]] = {"HBoxModel": _beside}

_KINDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "HTMLModel": _html,
    "HTMLMathModel": _html,
    "ImageModel": _unseen,
    "LayoutModel": _unseen,
    "FloatProgressModel": _bar,
    "IntProgressModel": _bar,
}
