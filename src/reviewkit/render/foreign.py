"""People's Markdown and HTML as data for the Typst template: no markup reaches Typst.

Tables become tables like ours. What the page cannot carry (pictures by address, raw HTML)
is named in the log and shown as text.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reviewkit.render.depths import DEEPEST, all_words
from reviewkit.render.fonts import broken
from reviewkit.render.foreign_tables import ForeignTable, read_table
from reviewkit.render.pandoc import Node

Run = dict[str, Any]


@dataclass(frozen=True)
class Setting:
    """What a text is set with: its measure in points, and who stores pictures and sets tables.

    `picture` returns a stored picture's data; `note` names what is left out; `styles` gives
    the colours of table cells by their identity.
    """

    measure: float
    picture: Callable[[str, bytes, str], dict[str, Any]]
    table: Callable[[ForeignTable], list[dict[str, Any]]]
    note: Callable[[str], None]
    styles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Reader:
    """Turns parsed text into template data.

    TeX formulas are gathered in `formulas` and filled in later, in one go.
    """

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._depth = 0
        self.formulas: list[tuple[str, Run]] = []

    def blocks(self, nodes: Iterable[Node]) -> list[dict[str, Any]]:
        """Return the template's blocks for parsed `nodes`.

        What is nested deeper than a page can show is set as its words.
        """
        if self._depth == DEEPEST:
            text = " ".join(all_words(list(nodes)))
            return [{"kind": "para", "runs": [_run(text, ())]}] if text else []
        self._depth += 1
        found = [block for node in nodes for block in self._block(node)]
        self._depth -= 1
        return found

    def _block(self, node: Node) -> list[dict[str, Any]]:
        read = _BLOCKS.get(node["t"])
        return read(self, node.get("c")) if read else []

    def _para(self, content: Any) -> list[dict[str, Any]]:
        runs = self.runs(content)
        if len(runs) == 1 and runs[0].get("block"):
            runs[0]["kind"] = "formula"
            return runs
        return [{"kind": "para", "runs": runs}] if runs else []

    def _heading(self, content: Any) -> list[dict[str, Any]]:
        rank, _, inlines = content
        runs = self.runs(inlines)
        return [{"kind": "heading", "rank": rank, "runs": runs}]

    def _bullets(self, content: Any) -> list[dict[str, Any]]:
        items = [self.blocks(item) for item in content]
        return [{"kind": "list", "ordered": False, "start": 1, "items": items}]

    def _numbers(self, content: Any) -> list[dict[str, Any]]:
        (start, _, _), entries = content
        items = [self.blocks(item) for item in entries]
        return [{"kind": "list", "ordered": True, "start": start, "items": items}]

    def _terms(self, content: Any) -> list[dict[str, Any]]:
        out: list[dict[str, Any]] = []
        for term, definitions in content:
            out.append({"kind": "para", "runs": self.runs(term, ("strong",))})
            for definition in definitions:
                out += self.blocks(definition)
        return out

    def _quote(self, content: Any) -> list[dict[str, Any]]:
        return [{"kind": "quote", "blocks": self.blocks(content)}]

    def _code(self, content: Any) -> list[dict[str, Any]]:
        return [{"kind": "code", "text": content[1]}]

    def _raw(self, content: Any) -> list[dict[str, Any]]:
        text = _without_tags(content[1])
        return [{"kind": "para", "runs": [{"text": text}]}] if text else []

    def _rule(self, _: Any) -> list[dict[str, Any]]:
        return [{"kind": "rule"}]

    def _inside(self, content: Any) -> list[dict[str, Any]]:
        return self.blocks(content[-1])

    def _lines(self, content: Any) -> list[dict[str, Any]]:
        runs: list[Run] = []
        for line in content:
            runs += [*([{"break": True}] if runs else []), *self.runs(line)]
        return [{"kind": "para", "runs": runs}]

    def _tables(self, content: Any) -> list[dict[str, Any]]:
        found = read_table(content, self._cell, self._setting.styles)
        above = [{"kind": "caption", "runs": [_run(text, ("strong",))]} for text in found.above]
        below = [{"kind": "para", "runs": [_run(text, ())]} for text in found.below]
        return [*above, *self._setting.table(found), *below]

    def _cell(self, nodes: Iterable[Node]) -> list[Run]:
        """Return what stands in a table's cell: its paragraphs' runs, words of all else."""
        out: list[Run] = []
        for node in nodes:
            inside = (
                self.runs(node["c"])
                if node["t"] in ("Plain", "Para")
                else [_run(words(self, [node]), ())]
            )
            out += [*([{"break": True}] if out and inside else []), *inside]
        for run in out:
            # A display formula in a cell stands in its line.
            run.update({"block": False} if run.get("block") else {})
        return out

    def runs(self, nodes: Iterable[Node], marks: tuple[str, ...] = ()) -> list[Run]:
        """Return runs of text in one dress each, neighbours of the same dress joined."""
        out: list[Run] = []
        for node in nodes:
            for run in self._inline(node, marks):
                last = out[-1] if out else {}
                same = "text" in last and "text" in run and "typst" not in run
                if same and {**last, "text": ""} == {**run, "text": ""}:
                    last["text"] += run["text"]
                else:
                    out.append(run)
        return out

    def _inline(self, node: Node, marks: tuple[str, ...]) -> list[Run]:
        kind, content = node["t"], node.get("c")
        if kind in _PLAIN:
            return [_run(self._fitting(_PLAIN[kind](content)), marks)]
        if kind in _MARKED:
            return self.runs(content or (), (*marks, _MARKED[kind]))
        read = _INLINES.get(kind)
        return read(self, content, marks) if read else []

    def _line_break(self, _content: Any, _marks: tuple[str, ...]) -> list[Run]:
        return [{"break": True}]

    def _code_run(self, content: Any, marks: tuple[str, ...]) -> list[Run]:
        return [_run(self._fitting(content[1]), (*marks, "code"))]

    def _fitting(self, text: str) -> str:
        return broken(text, self._setting.measure, 9.0)

    def _raw_run(self, content: Any, marks: tuple[str, ...]) -> list[Run]:
        if re.fullmatch(r"<br\s*/?>", content[1], re.IGNORECASE):
            return [{"break": True}]
        text = "" if content[1].startswith("<") else content[1]
        return [_run(text, marks)] if text else []

    def _formula(self, content: Any, _marks: tuple[str, ...]) -> list[Run]:
        form, tex = content
        run: Run = {"alt": tex, "block": form["t"] == "DisplayMath", "typst": "", "text": tex}
        self.formulas.append((tex, run))
        return [run]

    def _link(self, content: Any, marks: tuple[str, ...]) -> list[Run]:
        url = content[-1][0]
        runs = self.runs(content[1], marks)
        if re.match(r"(https?://|mailto:)", url, re.IGNORECASE):
            return [run | {"url": url} if "text" in run else run for run in runs]
        return runs

    def _image(self, content: Any, marks: tuple[str, ...]) -> list[Run]:
        _, caption, (address, title) = content
        alt = plain(self.runs(caption)) or title or "Image"
        match = re.match(
            r"data:(image/(?:png|jpeg|gif|webp|svg\+xml));base64,(.+)", address, re.DOTALL
        )
        if match:
            try:
                return [self._setting.picture(match[1], base64.b64decode(match[2]), alt)]
            except (binascii.Error, ValueError):
                pass
        self._setting.note(f"a picture named by its address is left out: {address[:80]}")
        return [_run(alt, marks)]

    def _inside_run(self, content: Any, marks: tuple[str, ...]) -> list[Run]:
        return self.runs(content[-1], marks)

    def _quoted(self, content: Any, marks: tuple[str, ...]) -> list[Run]:
        before, after = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
        return [_run(before, marks), *self.runs(content[1], marks), _run(after, marks)]

    def _note(self, content: Any, marks: tuple[str, ...]) -> list[Run]:
        return [_run(f" ({words(self, content)})", marks)]


def words(reader: Reader, nodes: Iterable[Node]) -> str:
    """Return the plain text of parsed blocks."""
    found = [
        plain(reader.runs(node["c"]))
        if node["t"] in ("Plain", "Para")
        else " ".join(plain(block.get("runs", ())) for block in reader.blocks([node]))
        for node in nodes
    ]
    return " ".join(" ".join(found).split())


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs, without their dress."""
    return "".join(" " if run.get("break") else run.get("text", "") for run in runs)


def _run(text: str, marks: tuple[str, ...]) -> Run:
    return {"text": text} | ({"marks": sorted(set(marks))} if marks else {})


def _without_tags(html: str) -> str:
    html = re.sub(r"<(script|style)\b.*?(</\1>|$)", "", html, flags=re.DOTALL | re.IGNORECASE)
    return " ".join(re.sub(r"<!--.*?-->|<[^>]*>", " ", html, flags=re.DOTALL).split())


_PLAIN: dict[str, Callable[[Any], str]] = {
    "Str": str,
    "Space": lambda _: " ",
    "SoftBreak": lambda _: " ",
}

_MARKED = {
    "Emph": "strong",
    "Strong": "strong",
    "Underline": "strong",
    "SmallCaps": "strong",
    "Strikeout": "strike",
    "Subscript": "sub",
    "Superscript": "super",
}
"""The typeface is set upright in two weights: every emphasis is 600."""

_BLOCKS: dict[str, Callable[[Reader, Any], list[dict[str, Any]]]] = {
    "Para": Reader._para,
    "Plain": Reader._para,
    "Header": Reader._heading,
    "BulletList": Reader._bullets,
    "OrderedList": Reader._numbers,
    "DefinitionList": Reader._terms,
    "BlockQuote": Reader._quote,
    "CodeBlock": Reader._code,
    "RawBlock": Reader._raw,
    "HorizontalRule": Reader._rule,
    "Div": Reader._inside,
    "Figure": Reader._inside,
    "LineBlock": Reader._lines,
    "Table": Reader._tables,
}

_INLINES: dict[str, Callable[[Reader, Any, tuple[str, ...]], list[Run]]] = {
    "LineBreak": Reader._line_break,
    "Code": Reader._code_run,
    "RawInline": Reader._raw_run,
    "Math": Reader._formula,
    "Link": Reader._link,
    "Image": Reader._image,
    "Span": Reader._inside_run,
    "Cite": Reader._inside_run,
    "Quoted": Reader._quoted,
    "Note": Reader._note,
}
