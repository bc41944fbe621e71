"""A document as the notebook that Quarto is given: every output in the forms it reads.

Quarto takes `text/html` for a page and `text/markdown` or SVG for Typst. Both are made
here from the same blocks, so that a page and a PDF agree with every other format.
"""

from __future__ import annotations

import json
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook, new_raw_cell

from reviewkit.blocks import Front
from reviewkit.colours import readable
from reviewkit.markup import styles
from reviewkit.render import fonts, signs
from reviewkit.render.document import Document, read_document
from reviewkit.render.quarto.cells import show, shown_cells
from reviewkit.render.quarto.words import escaped
from reviewkit.render.typeface import WEIGHTS

_PAPERS = {"a4": "a4", "letter": "us-letter"}


def filtered(text: str) -> str:
    """Return a notebook's JSON prepared, for Quarto's `ipynb-filters`.

    Raises `RenderError` for a block of ours that cannot be read.
    """
    notebook = nbformat.reads(text, as_version=4)
    # A notebook that was not run shows nothing; Quarto reads it once before it runs it.
    if not any(cell.get("outputs") for cell in notebook.cells):
        return text
    return str(nbformat.writes(prepared(read_document(notebook))))


def prepared(document: Document) -> NotebookNode:
    """Return the notebook that shows `document`, internal cells left out as everywhere.

    It holds no block of ours, no code that runs, and no words that Quarto could read as an
    instruction. What cannot be carried is named in the log.
    """
    front = document.front
    shown = [*_opening(front), *shown_cells(document), *_closing(front)]
    cells = [
        new_raw_cell(front_matter(front, ours=document.ours)),
        _style(front, json.dumps(shown, ensure_ascii=False)),
        *shown,
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"part-{number}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(
        cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}}
    )


def front_matter(front: Front, *, ours: bool) -> str:
    """Return the YAML that the notebook begins with; every value is JSON, which is YAML too."""
    language, _, region = front.language.partition("-")
    facts = {
        "client": escaped(front.client),
        "line": escaped(signs.report_line(front)),
        "provider": escaped(front.provider),
        "source": escaped(front.source),
        "confidentiality": escaped(signs.closing(front)),
        # Without its sign, which Typst would read as code, and never a number to YAML.
        "accent": f"x{readable(front.accent).lstrip('#')}",
        "internal": front.audience == "internal",
        "titled": not ours,
    }
    data: dict[str, Any] = {
        "title": escaped(front.title or front.report or "Report"),
        "lang": f"{language.lower() or 'en'}{f'-{region}' if region.isalpha() else ''}",
        "execute": {"enabled": False, "echo": False},
        "reviewkit": {key: value for key, value in facts.items() if value},
        "papersize": _PAPERS[front.paper],
    }
    if ours:
        data["subtitle"] = escaped(
            ", ".join(filter(None, (front.client, signs.report_line(front))))
        )
    if front.author:
        data["author"] = escaped(front.author)
    if front.generated:
        data["date"] = front.generated.date().isoformat()
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items()]
    return "\n".join(("---", *lines, "---"))


def _style(front: Front, text: str) -> NotebookNode:
    """Return what a page needs: styles, the typeface with the signs of `text`, the accent."""
    signs = "".join(sign for sign in sorted(set(text)) if sign.isprintable())
    faces = "".join(
        f'@font-face{{font-family:"Source Sans Pro";font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{fonts.subset(signs, weight)})}}"
        for weight in WEIGHTS
    )
    accent = readable(front.accent)
    rules = f"<style>{faces}{styles()}:root,.rk{{--accent:{accent}}}</style>"
    return show({"text/html": rules, "text/markdown": ""})


def _opening(front: Front) -> list[NotebookNode]:
    """Return the warning that an internal version begins with, whatever the template."""
    if front.audience != "internal":
        return []
    sign, fence = signs.band(front)
    return [new_markdown_cell(f"**{sign}** {escaped(fence)}")]


def _closing(front: Front) -> list[NotebookNode]:
    """Return a page's footer; on paper the template prints it at every foot."""
    words = [escaped(text) for text in (front.source, signs.closing(front)) if text]
    if not words:
        return []
    body = "\n\n".join(words)
    return [
        new_markdown_cell(
            f'::: {{.content-visible when-format="html"}}\n::: rk-foot\n{body}\n:::\n:::'
        )
    ]
