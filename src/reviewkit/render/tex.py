"""Mathematics as people type it in Jupyter, put into the one form that pandoc reads.

Jupyter sets `$…$`, `$$…$$`, `\\\\(…\\\\)`, `\\\\[…\\\\]` and environments that stand free;
a parser of Markdown knows dollars alone, and takes the lines of a formula for lists.
"""

from __future__ import annotations

import re
from html import unescape

from reviewkit.blocks import Markdown
from reviewkit.render.parts import LatexPart

_ENVIRONMENTS = (
    "align|alignat|aligned|array|bmatrix|Bmatrix|cases|displaymath|eqnarray|equation|flalign|"
    "gather|gathered|math|matrix|multline|pmatrix|split|subequations|vmatrix|Vmatrix"
)

_SPANS = re.compile(
    rf"""
    (?P<code>
        ^[ ]{{0,3}}(?P<fence>`{{3,}}|~{{3,}}).*?(?:^[ ]{{0,3}}(?P=fence)[`~]*[ \t]*$|\Z)
        | (?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)
    )
    | (?<!\\)\$\$(?P<display>.+?)(?<!\\)\$\$
    | (?<![\\$])\$(?![\s$])(?P<inline>(?:[^$\\\n]|\\.|\n(?![ \t]*\n))+?)(?<!\s)\$(?!\d)
    | (?<!\\)\\\\\[(?P<bracket>.+?)\\\\\]
    | (?<!\\)\\\\\((?P<paren>.+?)\\\\\)
    | (?P<free>\\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}}.*?\\end\{{(?P=name)\}})
    | (?<![\\\w$])\$[ ](?P<loose>[^$\n]*?[\\^_={{][^$\n]*?)[ ]?\$(?!\w)
    | <img\b(?P<image>[^>]*)>
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


def with_dollars(markdown: str) -> str:
    """Return Markdown whose formulas all stand between dollars, each on one line.

    Code is left alone. Pictures written as HTML become Markdown's.
    """
    return _SPANS.sub(_replaced, markdown)


def latex_part(source: str) -> Markdown | LatexPart:
    """Return a LaTeX output as a formula where it is one, else as LaTeX text."""
    text = source.strip()
    formula = re.match(rf"\$|\\\[|\\\(|\\begin\{{({_ENVIRONMENTS})\*?\}}", text)
    if not formula:
        return LatexPart(text)
    bare = re.fullmatch(r"\\\[(.+)\\\]|\\\((.+)\\\)|\$\\displaystyle\b([^$]+)\$", text, re.DOTALL)
    return Markdown(source=f"$${bare[1] or bare[2] or bare[3]}$$" if bare else text)


def _replaced(match: re.Match[str]) -> str:
    if match["code"] is not None:
        return match[0]
    if match["image"] is not None:
        return _image(match)
    for name in ("display", "bracket", "free"):
        if match[name] is not None:
            return f"$${_line(match[name])}$$"
    return f"${_line(match['inline'] or match['paren'] or match['loose'])}$"


def _line(tex: str) -> str:
    """Return a formula on one line, without what numbers it."""
    tex = re.sub(r"(?<!\\)%.*", "", tex)
    tex = re.sub(r"\\label\s*\{[^}]*\}|\\(?:nonumber|notag)(?![a-zA-Z])", "", tex)
    tex = re.sub(r"\\(?:begin|end)\s*\{(?:equation|displaymath|math|subequations)\*?\}", "", tex)
    tex = re.sub(r"\\tag\*?\s*\{([^}]*)\}", r"\\qquad\\text{(\1)}", tex)
    line = " ".join(tex.split())
    # A line break that stands in no environment is read only within one.
    return (
        rf"\begin{{aligned}}{line}\end{{aligned}}"
        if r"\\" in line and r"\begin" not in line
        else line
    )


def _image(match: re.Match[str]) -> str:
    address = _attribute(match["image"], "src")
    if not address or re.search(r"[\s()<>]", address):
        return match[0]
    alt = re.sub(r"[\[\]\n]", " ", _attribute(match["image"], "alt"))
    return f"![{alt}]({address})"


def _attribute(inside: str, name: str) -> str:
    found = re.search(
        rf"""\b{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", inside, re.IGNORECASE
    )
    return unescape(next((item for item in found.groups() if item), "")) if found else ""
