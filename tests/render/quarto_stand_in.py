"""Stands in for Quarto 1.10, which is a download of its own: run as a program by the tests.

It asks of its arguments and files what Quarto asks, turns the notebook into Markdown by
Quarto's own order of forms, and lets pandoc and Typst make of it what Quarto lets them
make, with the extension's own partials. So a template that does not compile fails here too.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pypandoc
import typst
from ruamel.yaml import YAML

PREFERRED = {
    "html": ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg"),
    "typst": ("text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/html"),
}
SUFFIX = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}

# What Quarto sets before the partials, as far as pandoc's Typst needs it.
TEMPLATE = """\
#let horizontalrule = line(start: (25%,0%), end: (75%,0%))
$typst-template.typ()$

$typst-show.typ()$

$body$
"""


class RefusedError(Exception):
    """What Quarto would end with."""


def extension_formats(folder: Path) -> dict[str, Any]:
    """Return the formats that the extension contributes, its files known to exist."""
    path = folder / "_extensions" / "reviewkit" / "_extension.yml"
    if not path.is_file():
        raise RefusedError(f"Unable to read the extension 'reviewkit': {path.name}")
    data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    for key in ("title", "author", "version", "contributes"):
        if key not in data:
            raise RefusedError(f"_extension.yml: missing {key}")
    formats: dict[str, Any] = data["contributes"]["formats"]
    files = [*formats["typst"]["template-partials"], formats["html"]["theme"]]
    for file in files:
        if not (path.parent / file).is_file():
            raise RefusedError(f"_extension.yml: {file} does not exist")
    return formats


def options(source: str) -> dict[str, Any]:
    """Return a cell's options, the comments at its head."""
    lines = []
    for line in source.split("\n"):
        if not line.startswith("#| "):
            break
        lines.append(line[3:])
    return YAML(typ="safe").load("\n".join(lines)) or {}


def fenced(lines: str, kind: str = "") -> str:
    ticks = "```"
    while ticks in lines:
        ticks += "`"
    end = "" if lines.endswith("\n") else "\n"
    return f"{ticks}{kind}\n{lines}{end}{ticks}\n"


def picture(mime: str, data: str, alt: str, number: list[int]) -> str:
    name = f"figure-{number[0]}.{SUFFIX[mime]}"
    number[0] += 1
    raw = data.encode() if mime == "image/svg+xml" else base64.b64decode(data)
    Path(name).write_bytes(raw)
    # Quotes are escaped, and what escapes them is not.
    escaped = alt.replace("'", "\\'")
    return f"![]({name}){{fig-alt='{escaped}'}}\n" if alt else f"![]({name})\n"


def shown(output: Any, to: str, alt: str, number: list[int]) -> str:
    if output.output_type == "stream":
        return fenced(output.text)
    mime = next((form for form in PREFERRED[to] if form in output.data), "text/plain")
    data = output.data[mime]
    forms: dict[str, Callable[[], str]] = {
        "text/html": lambda: fenced(data, "{=html}"),
        "text/markdown": lambda: f"{data}\n",
        "text/plain": lambda: fenced(data),
    }
    return forms.get(mime, lambda: picture(mime, data, alt, number))()


def markdown(notebook: Any, to: str, *, echo: bool) -> str:
    """Return the Markdown that Quarto makes of a notebook."""
    number = [0]
    parts = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            parts.append(cell.source)
            continue
        given = options(cell.source)
        if given.get("echo", echo):
            code = "\n".join(line for line in cell.source.split("\n") if line[:3] != "#| ")
            parts.append(fenced(code, "{.python .cell-code}"))
        for output in cell.outputs:
            text = shown(output, to, given.get("fig-alt", ""), number)
            parts.append(f"::: {{.cell-output}}\n{text}:::")
    return "\n\n".join(parts)


def front_matter(notebook: Any) -> dict[str, Any]:
    first = notebook.cells[0]
    if first.cell_type != "raw" or not first.source.startswith("---\n"):
        raise RefusedError("no front matter")
    return dict(YAML(typ="safe").load(first.source.strip().strip("-")))


def render(path: Path, base: str, facts: dict[str, Any]) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    text = markdown(notebook, base, echo=facts["execute"]["echo"])
    Path("seen.md").write_text(text, encoding="utf-8")
    if base == "html":
        out = pypandoc.convert_text(
            text,
            "html",
            format="markdown",
            extra_args=["--standalone", "--embed-resources", "--mathml"],
        )
        path.with_suffix(".html").write_text(out, encoding="utf-8")
        return
    partials = Path("_extensions/reviewkit")
    template = partials / "template.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    arguments = ["--standalone", f"--template={template}"]
    set_in = pypandoc.convert_text(text, "typst", format="markdown", extra_args=arguments)
    path.with_suffix(".typ").write_text(set_in, encoding="utf-8")
    fonts = [os.environ["TYPST_FONT_PATHS"]]
    pdf = typst.compile(str(path.with_suffix(".typ")), font_paths=fonts, ignore_system_fonts=True)
    path.with_suffix(".pdf").write_bytes(pdf)


def main(arguments: list[str]) -> int:
    """Run `quarto render x.ipynb --to EXTENSION-BASE --no-execute --log-level warning`."""
    command, name, *rest = arguments
    if command != "render":
        raise RefusedError(f"Unknown command {command}")
    given = dict(zip(rest[0:2:2], rest[1:2:2], strict=True))
    if rest[2:] != ["--no-execute", "--log-level", "warning"]:
        raise RefusedError(f"Unknown arguments {rest}")
    extension, _, base = given["--to"].partition("-")
    path = Path(name)
    if not path.is_file():
        raise RefusedError(f"No valid input files passed to render: {name}")
    if extension != "reviewkit" or base not in extension_formats(path.parent):
        raise RefusedError(f"Unknown format {given['--to']}")
    notebook = nbformat.read(path, as_version=4)
    facts = front_matter(notebook)
    if facts["execute"]["enabled"] is not False:
        raise RefusedError("would run the notebook")
    render(path, base, facts)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (RefusedError, json.JSONDecodeError, typst.TypstError) as error:
        sys.stderr.write(f"\x1b[33mWARNING: a warning\x1b[39m\n\x1b[31mERROR: {error}\x1b[39m\n")
        sys.exit(1)
