"""Foreign parts as HTML that holds nothing that runs and asks for nothing."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

import bleach

from reviewkit.blocks import Markdown
from reviewkit.render import pandoc
from reviewkit.render.cell_styles import cell_styles, css, inline_style
from reviewkit.render.mending import UNSET
from reviewkit.render.notes import Notes
from reviewkit.render.parts import CodePart, HtmlPart, ImagePart, LatexPart, Part, TextPart
from reviewkit.render.pictures import picture_width
from reviewkit.render.webpage import standing

_TAGS = frozenset(
    {
        *("a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del"),
        *("details", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "s", "small", "span", "strong"),
        *("sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"),
    }
)
"""What an analyst's HTML may hold: nothing that runs."""

_MATH = frozenset(
    {
        *("math", "menclose", "mfenced", "mfrac", "mi", "mlabeledtr", "mmultiscripts", "mn", "mo"),
        *("mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt"),
        *("mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder"),
        *("munderover", "none"),
    }
)

_ATTRIBUTES = frozenset({"class", "colspan", "rowspan", "scope", "title", "alt", "start", "id"})
_MATH_ATTRIBUTES = frozenset(
    {
        *("accent", "columnalign", "columnspacing", "display", "form", "linethickness", "lspace"),
        *("mathvariant", "notation", "rowspacing", "rspace", "stretchy", "width", "xmlns"),
    }
)

_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:|mailto:)|#", re.IGNORECASE)

SHOWN_BY_BROWSERS = frozenset(
    {"image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp"}
)


def texts_html(parts: Iterable[tuple[Part, int]], notes: Notes) -> dict[int, str]:
    """Return Markdown and LaTeX among `parts` as HTML, by their place; read in one go.

    Formulas become MathML. One that cannot stays as it was typed and is named in `notes`.
    """
    found = [
        (place, cell, form, source)
        for place, (part, cell) in enumerate(parts)
        for form, source in [_source(part)]
        if form
    ]
    trees = pandoc.parse([(form, source) for _, _, form, source in found])
    out: dict[int, str] = {}
    for (place, cell, _, _), html in zip(found, pandoc.html(trees), strict=True):
        for typed in re.findall(r'<span class="math \w+">(.*?)</span>', html, re.DOTALL):
            notes.add(cell, UNSET.format(typed.strip("$")[:80]))
        out[place] = f'<div class="rk-foreign">{_clean(html, cell, notes, math=True)}</div>'
    return out


def part_html(part: Any, cell: int, notes: Notes) -> str | None:
    """Return a foreign part as HTML; `None` for a block of ours."""
    make = _FOREIGN.get(type(part))
    return make(part, cell, notes) if make else None


def _source(part: Part) -> tuple[str, str]:
    if isinstance(part, Markdown) and not part.author:
        return "markdown", part.source
    return ("latex", part.source) if isinstance(part, LatexPart) else ("", "")


def _clean(html: str, cell: int, notes: Notes, *, math: bool = False) -> str:
    """Return `html` without what runs, what is fetched, and styles but those of cells."""
    for address in re.findall(r"""<img\b[^>]*?\ssrc\s*=\s*["']?([^"'\s>]+)""", html):
        if not _PICTURE.match(address):
            notes.add(cell, f"a picture named by its address is left out: {address[:80]}")
    html = re.sub(r"<annotation\b.*?</annotation>|</?semantics>", "", html, flags=re.DOTALL)
    standing_still, styles = _with_names(standing(html), cell_styles(html))
    clean = bleach.clean(
        standing_still,
        tags=_TAGS | _MATH if math else _TAGS,
        attributes=_may_stay,
        protocols=["data", "http", "https", "mailto"],
        strip=True,
    )
    clean = re.sub(r"<img\b(?![^>]*\ssrc=)[^>]*>", _words_of, clean)

    def styled(match: re.Match[str]) -> str:
        return f' style="{css(styles[match[1]])}"' if match[1] in styles else ""

    # Identities of strangers would meet ours; they are wanted for their colours alone.
    return re.sub(r'(?<=[\w"])\sid="([^"]*)"(?=[^<>]*>)', styled, clean)


def _with_names(
    html: str, by_sheet: Mapping[str, Mapping[str, str]]
) -> tuple[str, dict[str, Mapping[str, str]]]:
    """Name each coloured cell of a table; return the HTML, and the colours by name."""
    styles: dict[str, Mapping[str, str]] = {}

    def named(match: re.Match[str]) -> str:
        inside = match[2]
        found = {
            name: value
            for name, _, value in re.findall(r"""\s(id|style)=(["'])(.*?)\2""", inside, re.DOTALL)
        }
        style = {**by_sheet.get(found.get("id", ""), {}), **inline_style(found.get("style", ""))}
        if not style:
            return match[0]
        name = f"cell-{len(styles)}"
        styles[name] = style
        rest = re.sub(r"""\s(?:id|style)=(["']).*?\1""", "", inside, flags=re.DOTALL)
        return f'<{match[1]} id="{name}"{rest}>'

    return re.sub(r"<(t[dh])\b([^>]*)>", named, html), styles


def _words_of(match: re.Match[str]) -> str:
    """Return what a picture that is left out was said to show."""
    alt = re.search(r'\salt="([^"]*)"', match[0])
    return alt[1] if alt else ""


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name == "src":
        return tag == "img" and bool(_PICTURE.match(value))
    if name == "href":
        return tag == "a" and bool(_ADDRESS.match(value))
    return name in _ATTRIBUTES or (tag in _MATH and name in _MATH_ATTRIBUTES)


def _html(part: HtmlPart, cell: int, notes: Notes) -> str:
    return f'<div class="rk-foreign">{_clean(part.html, cell, notes)}</div>'


def _image(part: ImagePart, cell: int, notes: Notes) -> str:
    if part.mime not in SHOWN_BY_BROWSERS:
        notes.add(
            cell,
            f"a picture ({part.mime}) cannot stand in a page: its words do; save it as SVG too",
        )
        return _text(TextPart(part.alt), cell, notes)
    if picture_width(part.mime, part.data) is None:
        notes.add(cell, f"a picture ({part.mime}) cannot be read and is left out: {part.alt[:80]}")
        return _text(TextPart(part.alt), cell, notes)
    data = base64.b64encode(part.data).decode()
    alt = escape(part.alt, quote=True)
    width = f' width="{part.width:g}"' if part.width else ""
    return (
        f'<figure class="rk-chart"><img src="data:{part.mime};base64,{data}" '
        f'alt="{alt}"{width}></figure>'
    )


def _code(part: CodePart, _cell: int, _notes: Notes) -> str:
    return f"<pre><code>{escape(part.source)}</code></pre>"


def _text(part: TextPart, _cell: int, _notes: Notes) -> str:
    return f'<pre class="rk-printed">{escape(part.text)}</pre>'


_FOREIGN: dict[type, Callable[[Any, int, Notes], str]] = {
    HtmlPart: _html,
    ImagePart: _image,
    CodePart: _code,
    TextPart: _text,
}
