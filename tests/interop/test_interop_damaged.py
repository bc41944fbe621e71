"""Notebooks that break rules: there is always a PDF and always a page."""

from __future__ import annotations

from typing import Any

import nbformat
import notebook_files as nb
import pytest
from nbconvert.exporters import get_exporter

WIDGET = "application/vnd.jupyter.widget-view+json"


def widget(name: str, **state: Any) -> Any:
    states = {"a": {"model_name": name, "state": state}}
    kept = {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": states}}}
    shown = nb.shown({WIDGET: {"model_id": "a"}, "text/plain": "w"})
    return nb.notebook(nb.code("x", shown), metadata=kept)


def output(**data: Any) -> Any:
    return nb.notebook(nb.code("x", nb.shown(data)))


def html(text: str) -> Any:
    return output(**{"text/html": text})


DAMAGED: dict[str, Any] = {
    "a table without cells": html("<table><tr></tr></table>kept"),
    "a table never closed": html("<table><tr><td>a<td>b<tr><td>kept"),
    "spans beyond the table": html("<table><tr><td rowspan=99>a<td colspan=0>kept<tr><td>c"),
    "tables within tables": html("<table><tr><td><table><tr><td>kept</table><td>b</table>"),
    "tags that are none": html("<<<>>><b><i>kept</b></i>&nosuch;<p"),
    "quotations without end": html("<blockquote>" * 300 + "kept"),
    "lists without end": nb.notebook(
        nb.markdown("\n".join("  " * deep + "- kept" for deep in range(60)))
    ),
    "an SVG cut off": output(
        **{"image/svg+xml": "<svg width='9' height='9'><rect", "text/plain": "kept"}
    ),
    "an SVG without size": output(**{"image/svg+xml": "<svg width='0' height='0'/>"}),
    "a PDF that is none": output(
        **{"application/pdf": nb.encoded(b"%PDF-1.4 nothing"), "text/plain": "kept"}
    ),
    "a chart that is a word": output(
        **{"application/vnd.vegalite.v5+json": "oops", "text/plain": "kept"}
    ),
    "a figure that is a list": output(**{"application/vnd.plotly.v1+json": [1]}),
    "a widget with odd children": widget("HBoxModel", children=[None, 3]),
    "a widget with odd values": widget("FloatProgressModel", value=None, max="all"),
    "a widget with odd outputs": widget("OutputModel", outputs=[{"name": "stdout"}]),
    "metadata against the rules": nb.notebook(nb.markdown("kept"), metadata={"title": ["a", 1]}),
    "cell metadata against the rules": nb.notebook(
        {**nb.code("kept"), "metadata": {"jupyter": None, "transient": None}}
    ),
    "YAML that is none": nb.notebook(nb.raw("---\ntitle: [a\n---"), nb.code("#| echo: !x\nkept")),
    "formulas left open": nb.notebook(nb.markdown("kept $$$$ $ $x $$y$ \\begin{align} $a\\")),
    "LaTeX left open": output(**{"text/latex": "\\begin{tabular}{kept"}),
    "LaTeX that reads files": output(**{"text/latex": "kept \\input{/etc/passwd}"}),
    "control characters": nb.notebook(
        nb.markdown("kept \u0000\ufffe\u202e"), nb.code("\u0000\x1b[31m", nb.printed("\x07\x0c"))
    ),
    "outputs that say nothing": nb.notebook(nb.code("kept", nb.shown({}), nb.failed())),
    "a heading of one endless word": nb.notebook(nb.markdown("# " + "W" * 500 + " kept")),
}


@pytest.mark.parametrize("name", list(DAMAGED))
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_there_is_always_a_pdf_and_a_page(name: str) -> None:
    book = nbformat.from_dict(DAMAGED[name])
    pdf, _ = get_exporter("reviewkit-pdf")().from_notebook_node(book)
    assert pdf.startswith(b"%PDF-")
    page, _ = get_exporter("reviewkit-html")().from_notebook_node(book)
    assert "</main>" in page
    if "kept" in str(DAMAGED[name]):
        assert "kept" in page
    assert "root:" not in page
