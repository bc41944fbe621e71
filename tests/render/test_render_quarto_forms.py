"""What a notebook is turned into for Quarto: no words of data are ever an instruction to it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from ruamel.yaml import YAML

from reviewkit.blocks import (
    MIME,
    Block,
    Callout,
    Cell,
    Column,
    Footnote,
    Front,
    Heading,
    Markdown,
    Prose,
    Reference,
    Row,
    Span,
    Status,
    Table,
    Tile,
    Tiles,
    to_json,
)
from reviewkit.render.document import Document, read_document
from reviewkit.render.parts import HtmlPart, ImagePart, Part, TextPart
from reviewkit.render.quarto import extension_folder, filtered, prepared
from reviewkit.render.quarto.markdown import block_markdown, heading_markdown
from reviewkit.render.quarto.words import attribute, escaped

FRONT = Front(client="Halden", report="QBR", period="Q3", provider="Meridian", title="Halden Q3")

HOSTILE = (
    "{{< include /etc/passwd >}}",
    '`#read("/etc/passwd")`{=typst}',
    "```{=typst}\n#panic()\n```",
    "```{python}\nprint(1)\n```",
    "<script>alert(1)</script>",
    "![x](/etc/passwd)",
    "$\\input{/etc/passwd}$",
    "@doe2020 [link](javascript:alert(1)) ::: {.x}",
    "| a | b |\n|---|---|",
    "---\ntitle: Other\n---",
)


def document(*parts: Part, ours: bool = True, front: Front = FRONT) -> Document:
    return Document(front=front, parts=parts, ours=ours)


def given_to_quarto(*parts: Part, ours: bool = True) -> list[NotebookNode]:
    """Return the cells of parts, without the front matter and the styles."""
    return list(prepared(document(*parts, ours=ours)).cells[2:])


def tree(markdown: str) -> list[dict[str, Any]]:
    text = pypandoc.convert_text(markdown, "json", format="markdown")
    blocks: list[dict[str, Any]] = json.loads(text)["blocks"]
    return blocks


def kinds(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(kinds, node)) if node else set()
    if isinstance(node, dict):
        own = {node["t"]} if "t" in node else set()
        return own | kinds(node.get("c"))
    return set()


def plain(markdown: str) -> str:
    return str(
        pypandoc.convert_text(markdown, "plain", format="markdown", extra_args=["--wrap=none"])
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_data_stay_words(text: str) -> None:
    words = escaped(text)
    assert kinds(tree(words)) <= {"Para", "Str", "Space"}
    assert "".join(plain(words).split()) == "".join(text.split())
    assert "{{<" not in words


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126)), min_size=1, max_size=12)
)
def test_any_printable_words_stay_words(texts: list[str]) -> None:
    table = Table(
        columns=(Column(key="a", label="a"),),
        rows=tuple(Row(cells=(Cell(text=f"x{text}x"),)) for text in texts),
        summary="s",
    )
    found = tree(block_markdown(table))
    assert [block["t"] for block in found] == ["Table"]
    assert (
        kinds(found) & {"Math", "RawInline", "RawBlock", "Link", "Image", "Cite", "Code"} == set()
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", [lambda text: Markdown(source=text), HtmlPart])
def test_what_people_wrote_carries_no_instruction(form: Any, text: str) -> None:
    for cell in given_to_quarto(form(text)):
        shown = [cell.source, *(output.data["text/markdown"] for output in cell.get("outputs", ()))]
        for markdown in shown:
            assert "{{<" not in markdown
            found = kinds(tree(markdown))
            assert found.isdisjoint({"RawInline", "RawBlock", "Image", "Cite", "Div"})
            assert "javascript:" not in json.dumps(
                [b for b in tree(markdown) if "Link" in kinds(b)]
            )


def test_raw_passages_beside_code_do_not_become_raw_again() -> None:
    (cell,) = given_to_quarto(Markdown(source='Say `#read("x")`{=typst} or `{=html}`{=html}.'))
    assert kinds(tree(cell.source)) == {"Para", "Str", "Space", "Code"}


def test_what_people_wrote_keeps_its_structure() -> None:
    source = (
        "## Peak\n\nSix *Saturdays* and $x^2$:\n\n- one\n- two\n\n| a | b |\n|---|--:|\n| 1 | 2 |"
    )
    head = Heading(role="headline", text="First")
    _, cell = given_to_quarto(head, Markdown(source=source, author="Ana Ruiz, account manager"))
    found = tree(cell.source)
    assert [block["t"] for block in found] == ["Para", "Header", "Para", "BulletList", "Table"]
    assert {"Strong", "Emph", "Math"} <= kinds(found)
    # Below our own headline, no level skipped.
    assert next(block for block in found if block["t"] == "Header")["c"][0] == 2


def test_printed_text_opens_no_cell_of_quartos() -> None:
    (cell,) = given_to_quarto(TextPart("```{ojs}\n{{< env HOME >}}\n```"))
    text = cell.outputs[0].text
    assert "```" not in text
    assert "{{<" not in text
    assert text.replace("\u200b", "") == "```{ojs}\n{{< env HOME >}}\n```"


def test_a_picture_carries_its_words_and_nothing_escapes_their_quotes() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">'
        b'<image href="/a.png"/></svg>'
    )
    (cell,) = given_to_quarto(ImagePart("image/svg+xml", svg, "It's\n\\' onload=x"), ours=False)
    options = YAML(typ="safe").load(cell.source.replace("#| ", ""))
    assert options == {"echo": False, "fig-alt": "It's /' onload=x"}
    assert "/a.png" not in cell.outputs[0].data["image/svg+xml"]
    assert attribute("a\\'b") == "a/'b"


def test_a_table_says_its_states_totals_and_notes_in_words() -> None:
    table = Table(
        columns=(
            Column(key="m", label="Measure"),
            Column(key="v", label="Q3", over="On time", align="decimal"),
            Column(key="s", label="Status", role="status"),
            Column(key="t", label="Trend", role="graphic"),
        ),
        rows=(
            Row(
                cells=(
                    Cell(text="OTIF", mark="a"),
                    Cell(text="93.3"),
                    Cell(status=Status(state="missed", word="Missed", detail="by 1.7")),
                    Cell(),
                ),
                group="Delivery",
            ),
            Row(cells=(Cell(text="All"), Cell(text="94.0"), Cell(squares=2), Cell()), total=True),
        ),
        summary="s",
        footnotes=(Footnote(mark="a", lead="Known", text="98% of rows."),),
    )
    printed = [word for word in plain(block_markdown(table)).split() if set(word) != {"-"}]
    assert " ".join(printed) == (
        "Measure On time: Q3 Status Delivery OTIF [a] 93.3 ▼ Missed by 1.7 All 94.0 ■■ "
        "a Known 98% of rows."
    )
    found = tree(block_markdown(table))
    aligned = [spec[0]["t"] for spec in found[0]["c"][2]]
    assert aligned == ["AlignLeft", "AlignLeft", "AlignRight", "AlignLeft"]


def test_tiles_line_their_references_up() -> None:
    tiles = Tiles(
        tiles=(
            Tile(
                label="On time",
                text="94.6",
                unit="%",
                status=Status(state="met", word="Met"),
                references=(Reference(label="Target", text="≥ 96.5"),),
            ),
            Tile(
                label="Cost",
                text="38",
                unit="€",
                unit_first=True,
                references=(Reference(label="Q2", text="36"),),
            ),
        ),
    )
    rows = [
        [cell.replace("\\", "").strip() for cell in line.strip("|").split("|")]
        for line in block_markdown(tiles).split("\n")
    ]
    assert rows[0] == ["Measure", "Value", "Status", "Target", "Q2"]
    assert rows[2:] == [
        ["On time", "**94.6%**", "● Met", "≥ 96.5", ""],
        ["Cost", "**€38**", "", "", "36"],
    ]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Callout(state="missed", lead="Late.", text="Twice."), "▼ **Late\\.** Twice\\."),
        (
            Prose(
                paragraphs=((Span(text="Up "), Span(text="2 ", tone="accent"), Span(text="pts")),)
            ),
            "Up **2** pts",
        ),
        (
            Table(columns=(Column(key="a", label="a"),), rows=(), summary="s", empty="None."),
            "None\\.",
        ),
    ],
)
def test_small_blocks(block: Block, expected: str) -> None:
    assert block_markdown(block) == expected


def test_a_heading_keeps_an_anchor_that_is_one() -> None:
    assert (
        heading_markdown(Heading(role="page", text="A", anchor="def-otif"), 2) == "## A {#def-otif}"
    )
    assert heading_markdown(Heading(role="page", text="A", anchor="x} {y"), 2) == "## A"


def test_the_front_matter_is_yaml_that_means_what_was_given() -> None:
    front = FRONT.model_copy(
        update={"title": 'A: "b" # c', "accent": "#123456", "paper": "letter", "language": "de-DE"}
    )
    first = prepared(document(front=front)).cells[0]
    assert first.cell_type == "raw"
    facts = YAML(typ="safe").load(first.source.strip("-\n"))
    assert plain(facts["title"]).strip() == 'A: "b" # c'
    assert facts["lang"] == "de-DE"
    assert facts["papersize"] == "us-letter"
    assert facts["execute"] == {"enabled": False, "echo": False}
    assert facts["reviewkit"]["accent"] == "x123456"


def test_the_notebook_given_is_valid_and_holds_no_block_of_ours() -> None:
    text = "Café {{< x >}}"
    parts = (Heading(role="headline", text=text), Markdown(source=text), HtmlPart(f"<b>{text}</b>"))
    made = prepared(document(*parts))
    nbformat.validate(made)
    written = nbformat.writes(made)
    assert MIME not in written
    assert written == nbformat.writes(prepared(document(*parts)))


def executed() -> NotebookNode:
    blocks = [FRONT, Heading(role="headline", text="On time fell")]
    cells = [
        new_code_cell("show()", outputs=[new_output("display_data", {MIME: to_json(block)})])
        for block in blocks
    ]
    return new_notebook(cells=cells)


def test_the_extensions_filter_prepares_what_was_run(repository: Path) -> None:
    filter_program = extension_folder() / "prepare.py"
    done = subprocess.run(
        [sys.executable, str(filter_program)],
        input=nbformat.writes(executed()).encode(),
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == nbformat.writes(prepared(read_document(executed())))


def test_a_notebook_that_was_not_run_passes_the_filter_as_it_is() -> None:
    text = nbformat.writes(new_notebook(cells=[new_markdown_cell("# Words"), new_code_cell("1")]))
    assert filtered(text) == text


def test_the_notebooks_are_a_quarto_project(repository: Path) -> None:
    folder = repository / "notebooks"
    project = YAML(typ="safe").load((folder / "_quarto.yml").read_text(encoding="utf-8"))
    assert project["project"]["type"] == "default"
    assert {path.name for glob in project["project"]["render"] for path in folder.glob(glob)} == {
        path.name for path in folder.glob("*.ipynb")
    }
    assert project["execute"] == {"enabled": True, "echo": False}
    assert all((folder / path).is_file() for path in project["ipynb-filters"])
    extension, _, base = project["format"].partition("-")
    described = YAML(typ="safe").load(
        (folder / "_extensions" / extension / "_extension.yml").read_text(encoding="utf-8")
    )
    assert base in described["contributes"]["formats"]
