"""Markdown and HTML of a notebook as Typst markup; the only module that knows pandoc.

One call for a whole document, since starting pandoc costs more than converting. Raw
passages are switched off: what looks like Typst or TeX in a cell arrives as text.
"""

from __future__ import annotations

import re
from itertools import groupby

import pypandoc

from reviewkit.errors import RenderError

_FORMATS = {
    "markdown": (
        "markdown-raw_html-raw_tex-raw_attribute-yaml_metadata_block-citations"
        "-latex_macros+tex_math_dollars+pipe_tables+hard_line_breaks-implicit_figures"
    ),
    "html": "html-raw_html",
}

_BREAK = "REVIEWKITPARTBREAK"

_PRELUDE = """#let horizontalrule = line(length: 100%, stroke: 0.5pt + rgb("#DCE0E5"))
#let endnote(num, contents) = footnote(contents)
"""


def to_typst(texts: list[tuple[str, str]]) -> list[str]:
    """Return each (format, source) of `texts` as a Typst file, in order.

    Pictures named by an address are dropped: nothing is fetched or read.
    """
    done: dict[int, str] = {}
    numbered = sorted(enumerate(texts), key=lambda item: item[1][0])
    for form, group in groupby(numbered, key=lambda item: item[1][0]):
        members = list(group)
        for (number, _), typst in zip(
            members, _convert(form, [source for _, (_, source) in members]), strict=True
        ):
            done[number] = _PRELUDE + typst
    return [done[number] for number in range(len(texts))]


def _convert(form: str, sources: list[str]) -> list[str]:
    joined = _separator(form).join(_without_pictures(source) for source in sources)
    try:
        typst = pypandoc.convert_text(
            joined, "typst", format=_FORMATS[form], extra_args=["--wrap=none", "--sandbox"]
        )
    except RuntimeError as error:
        first = str(error).strip().splitlines()[0]
        raise RenderError(f"{form} of the notebook cannot be converted: {first}") from error
    parts = re.split(rf"\n*{_BREAK}\n*", typst)
    if len(parts) != len(sources):  # A construct left open swallowed a break: one by one.
        return [item for source in sources for item in _convert(form, [source])]
    return parts


def _separator(form: str) -> str:
    return f"\n<p>{_BREAK}</p>\n" if form == "html" else f"\n\n{_BREAK}\n\n"


def _without_pictures(source: str) -> str:
    source = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", source)
    source = re.sub(r"<(style|script)\b.*?</\1>", "", source, flags=re.DOTALL | re.IGNORECASE)
    return re.sub(r"<img\b[^>]*>", "", source, flags=re.IGNORECASE)
