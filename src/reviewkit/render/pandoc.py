"""Markdown and HTML as pandoc's parsed form; the only module that knows pandoc.

One call for all texts of a format, since starting pandoc costs more than converting.
Nothing is fetched, and no file is read.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import Any

import pypandoc

from reviewkit.errors import RenderError
from reviewkit.render.tex import with_dollars
from reviewkit.render.webpage import standing

Node = dict[str, Any]
"""A node of pandoc's tree: its type under "t", its content under "c"."""

_FORMATS = {
    "markdown": (
        "commonmark+pipe_tables+tex_math_dollars+strikeout+autolink_bare_uris+task_lists+footnotes"
    ),
    "html": "html+tex_math_dollars-native_divs-native_spans",
    "latex": "latex",
}

_WRITTEN_MARKDOWN = (
    "markdown-simple_tables-multiline_tables-raw_html-raw_tex-raw_attribute-native_divs"
    "-native_spans-smart"
)

_PREPARED = {"markdown": with_dollars, "html": standing}
"""What is done to a text before it is parsed."""

_HARMLESS = re.compile(r'"(?:[^"\\]|\\.)*"|\\[$#]|#h\(-?[\d.]+em\)|#none\b')

_BREAK = "REVIEWKITPARTBREAK"


def parse(texts: list[tuple[str, str]]) -> list[list[Node]]:
    """Return the blocks of each (format, source) of `texts`, in order.

    HTML within Markdown is parsed too. A text that pandoc refuses is shown as it was typed.
    """
    done: dict[int, list[Node]] = {}
    numbered = sorted(enumerate(texts), key=lambda item: item[1][0])
    for form, group in groupby(numbered, key=lambda item: item[1][0]):
        members = list(group)
        prepare = _PREPARED.get(form, str)
        found = _parsed(form, [prepare(source) for _, (_, source) in members])
        done |= {number: blocks for (number, _), blocks in zip(members, found, strict=True)}
    return _with_html([done[number] for number in range(len(texts))])


def html(trees: list[list[Node]]) -> list[str]:
    """Return each parsed text as HTML, its formulas as MathML; TeX where they have none."""
    if not trees:
        return []
    blocks: list[Node] = []
    for tree in trees:
        blocks += [*tree, {"t": "Para", "c": [{"t": "Str", "c": _BREAK}]}]
    tree_of_all = {"pandoc-api-version": _api_version(), "meta": {}, "blocks": _inlined(blocks)}
    text = _run(json.dumps(tree_of_all), "json", "html", "--mathml")
    return text.split(f"<p>{_BREAK}</p>")[: len(trees)]


def markdown(trees: list[list[Node]]) -> list[str]:
    """Return each parsed text as Markdown of pandoc's own kind, without raw passages."""
    if not trees:
        return []
    blocks: list[Node] = []
    for tree in trees:
        blocks += [*tree, {"t": "Para", "c": [{"t": "Str", "c": _BREAK}]}]
    tree_of_all = {"pandoc-api-version": _api_version(), "meta": {}, "blocks": blocks}
    text = _run(json.dumps(tree_of_all), "json", _WRITTEN_MARKDOWN, "--reference-location=block")
    return [part.strip("\n") for part in text.split(f"{_BREAK}\n")[: len(trees)]]


def _inlined(tree: Any) -> Any:
    """Return a tree whose notes stand in brackets where they are called: they have no foot."""
    if isinstance(tree, list):
        return [_inlined(item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    if tree.get("t") != "Note":
        return {key: _inlined(value) for key, value in tree.items()}
    words = [block["c"] for block in tree["c"] if block["t"] in ("Para", "Plain")]
    inside = [item for inlines in words for item in (*inlines, {"t": "Space"})][:-1]
    brackets = ({"t": "Str", "c": "("}, {"t": "Str", "c": ")"})
    return {
        "t": "Span",
        "c": [["", [], []], [{"t": "Space"}, brackets[0], *_inlined(inside), brackets[1]]],
    }


def _with_html(trees: list[list[Node]]) -> list[list[Node]]:
    """Return `trees` with their blocks of raw HTML parsed."""
    raw = [node["c"][1] for tree in trees for node in tree if _is_html(node)]
    if not raw:
        return trees
    found = iter(_parsed("html", [standing(source) for source in raw]))
    return [
        [block for node in tree for block in (next(found) if _is_html(node) else [node])]
        for tree in trees
    ]


def _is_html(node: Node) -> bool:
    return bool(node["t"] == "RawBlock" and node["c"][0] == "html")


def formulas(sources: list[str]) -> list[str]:
    """Return each TeX formula as Typst mathematics; "" where it cannot be converted."""
    if not sources:
        return []
    tree = {
        "pandoc-api-version": _api_version(),
        "meta": {},
        "blocks": [
            {"t": "Para", "c": [{"t": "Math", "c": [{"t": "DisplayMath"}, source]}]}
            for source in sources
        ],
    }
    text = _run(json.dumps(tree), "json", "typst")
    found = [part.strip() for part in text.split("\n\n") if part.strip()]
    if len(found) != len(sources):
        return [formulas([source])[0] for source in sources] if len(sources) > 1 else [""]
    return [part[1:-1].strip() if _is_formula(part) else "" for part in found]


def _is_formula(part: str) -> bool:
    # A dollar inside would end the formula early; "#" would leave mathematics for code,
    # which is wanted for spaces alone. Within quotes both are letters.
    inside = _HARMLESS.sub("", part[1:-1])
    return len(part) > 2 and part[0] == part[-1] == "$" and not {"$", "#"} & set(inside)


def _parsed(form: str, sources: list[str]) -> list[list[Node]]:
    separator = f"\n<p>{_BREAK}</p>\n" if form == "html" else f"\n\n{_BREAK}\n\n"
    try:
        blocks = json.loads(_run(separator.join(sources), _FORMATS[form], "json"))["blocks"]
    except RenderError:
        if len(sources) > 1:
            return [_parsed(form, [source])[0] for source in sources]
        return [[{"t": "CodeBlock", "c": [["", [], []], sources[0]]}]]
    parts: list[list[Node]] = [[]]
    for block in blocks:
        if block == {"t": "Para", "c": [{"t": "Str", "c": _BREAK}]}:
            parts.append([])
        else:
            parts[-1].append(block)
    if len(parts) == len(sources):
        return parts
    if len(sources) == 1:
        return [blocks]
    # A construct left open swallowed a break: one by one.
    return [_parsed(form, [source])[0] for source in sources]


def _api_version() -> list[int]:
    version: list[int] = json.loads(_run("", "commonmark", "json"))["pandoc-api-version"]
    return version


def _run(text: str, source: str, target: str, *options: str) -> str:
    try:
        return str(
            pypandoc.convert_text(
                text,
                target,
                format=source,
                extra_args=["--wrap=none", "--sandbox", "--quiet", *options],
            )
        )
    except RuntimeError as error:
        first = str(error).strip().splitlines()[0]
        raise RenderError(f"a text of the notebook cannot be read: {first}") from error
