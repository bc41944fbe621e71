"""Paragraphs on a slide: computed words, a person's own Markdown, callouts and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mistune

from reviewkit.blocks import Callout, Markdown, NotSupplied, Prose
from reviewkit.render.pptx.look import ACCENT, BODY, INK, N6, N7, SMALL, STATES, high
from reviewkit.render.pptx.words import Run, toned

LEAD, GAP = 16.0, 6.0

Paragraphs = list[list[Run]]


def prose(part: Prose) -> Paragraphs:
    """Return computed paragraphs as runs."""
    size = LEAD if part.lead else SMALL + 1 if part.small else BODY
    colour = N7 if part.lead else INK
    return [toned(spans, size, colour) for spans in part.paragraphs]


def markdown(part: Markdown) -> Paragraphs:
    """Return a person's Markdown as paragraphs of runs, and who wrote it."""
    tree = mistune.create_markdown(renderer="ast")(part.source)
    found = [line for node in tree if isinstance(node, dict) for line in _block(node)]
    if part.author:
        found.append([Run(part.author, SMALL, N6)])
    return found


def callout(part: Callout) -> Paragraphs:
    """Return a callout: its sign, the bold sentence, the rest."""
    sign, colour = STATES[part.state]
    opening = [Run(f"{sign} ", BODY, colour)] if sign else []
    rest = [Run(f" {part.text}", BODY)] if part.text else []
    return [[*opening, Run(part.lead, BODY, INK, bold=True), *rest]]


def not_supplied(part: NotSupplied) -> Paragraphs:
    """Return what is missing, and what would fill it."""
    found = [[Run(part.what, BODY, N7)]]
    return [*found, [Run(part.detail, SMALL + 1, N6)]] if part.detail else found


def height(text: Sequence[Sequence[Run]], width: float) -> float:
    """Return how high paragraphs stand, with the gaps between them."""
    each = [
        high(
            "".join(run.text for run in line),
            width,
            max(run.size for run in line),
            600 if any(run.bold for run in line) else 400,
        )
        for line in text
        if line
    ]
    return sum(each) + GAP * max(len(each) - 1, 0)


def _block(node: dict[str, Any], before: str = "") -> Paragraphs:
    kind = node["type"]
    if kind == "list":
        items = node["children"]
        ordered = node.get("attrs", {}).get("ordered")
        return [
            line
            for at, item in enumerate(items, start=1)
            for child in item["children"]
            for line in _block(child, f"{at}. " if ordered else "• ")
        ]
    if kind in ("paragraph", "block_text", "heading"):
        runs = _runs(node.get("children", []), bold=kind == "heading")
        return [[Run(before, BODY), *runs] if before else runs] if runs else []
    if kind == "block_code":
        return [[Run(str(node.get("raw", "")).strip(), SMALL + 1, N7)]]
    return [line for child in node.get("children", []) for line in _block(child)]


def _runs(nodes: Sequence[dict[str, Any]], *, bold: bool) -> list[Run]:
    out: list[Run] = []
    for node in nodes:
        kind = node["type"]
        if kind in ("softbreak", "linebreak"):
            out.append(Run(" ", BODY, INK, bold))
        elif "raw" in node and kind != "inline_html":
            colour = ACCENT if kind == "codespan" else INK
            out.append(Run(str(node["raw"]), BODY, colour, bold))
        else:
            strong = bold or kind in ("strong", "emphasis")
            out += _runs(node.get("children", []), bold=strong)
    return out
