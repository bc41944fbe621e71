"""What is shown and hidden: nbconvert's own options, tags, and the habits of other programs."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import nbformat
import notebook_files as nb
import pytest
from converting import Converted, nbconvert, words
from nbconvert.exporters import get_exporter
from traitlets.config import Config

MIXED = nb.notebook(
    nb.markdown("prose"),
    nb.code("plain_code", nb.printed("plain_output")),
    nb.code("tag_cell", nb.printed("cell_output"), tags=("drop",)),
    nb.code("tag_input", nb.printed("input_output"), tags=("quiet",)),
    nb.code("tag_outputs", nb.printed("outputs_output"), tags=("mute",)),
    nb.code("tag_single", nb.shown({"text/plain": "single_output"}, {"tags": ["one"]})),
    nb.code("\n", nb.printed("blank_output")),
    nb.raw("raw_words"),
    nb.raw("raw_html", "text/html"),
)

ALL = {
    *("prose", "plain_code", "plain_output", "tag_cell", "cell_output", "tag_input"),
    *("input_output", "tag_outputs", "outputs_output", "tag_single", "single_output"),
    *("blank_output", "raw_words", "raw_html"),
}
CODE = {"plain_code", "tag_cell", "tag_input", "tag_outputs", "tag_single"}
RAW = {"raw_words"}
OUTPUT = {name for name in ALL if name.endswith("_output")}

ENABLED = "--TagRemovePreprocessor.enabled=True"
REMOVED = {"tag_cell", "cell_output", "tag_input", "outputs_output", "single_output"}

COMMANDS: list[tuple[tuple[str, ...], set[str]]] = [
    (("--no-input",), ALL - CODE),
    (("--PdfExporter.show_code=False", "--PdfExporter.raw_mimetypes=text/html"), ALL - CODE - RAW),
    (("--TemplateExporter.exclude_output=True", "--no-prompt"), ALL - OUTPUT),
    (
        (
            ENABLED,
            "--TagRemovePreprocessor.remove_cell_tags={'drop'}",
            "--TagRemovePreprocessor.remove_input_tags={'quiet'}",
            "--TagRemovePreprocessor.remove_all_outputs_tags={'mute'}",
            "--TagRemovePreprocessor.remove_single_output_tags={'one'}",
        ),
        ALL - REMOVED,
    ),
]

SETTINGS: list[tuple[str, str, Any, set[str]]] = [
    ("TemplateExporter", "exclude_input", True, ALL - CODE),
    ("TemplateExporter", "exclude_input_prompt", True, ALL),
    ("TemplateExporter", "exclude_markdown", True, ALL - {"prose"}),
    ("TemplateExporter", "exclude_raw", True, ALL - {"raw_words", "raw_html"}),
    ("TemplateExporter", "exclude_code_cell", True, {"prose", "raw_words", "raw_html"}),
    ("ClearOutputPreprocessor", "enabled", True, ALL - OUTPUT),
    ("TagRemovePreprocessor", "remove_input_tags", {"quiet"}, ALL - {"tag_input"}),
    (
        "RegexRemovePreprocessor",
        "patterns",
        [r"\s*\Z", "tag_i"],
        ALL - {"blank_output", "tag_input", "input_output"},
    ),
]


def found_in(text: str, names: set[str]) -> set[str]:
    return {name for name in names if name in text}


def page_of(book: Any, config: dict[str, Any]) -> str:
    """Return what stands on the page of a notebook, converted in this process."""
    exporter = get_exporter("reviewkit-html")(config=Config(config))
    html, _ = exporter.from_notebook_node(nbformat.from_dict(book))
    return str(html).partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(("options", "expected"), COMMANDS, ids=[o[0] for o, _ in COMMANDS])
def test_options_on_the_command_line(
    tmp_path: Path, options: tuple[str, ...], expected: set[str]
) -> None:
    nb.write(tmp_path, "mixed", MIXED)
    nbconvert(tmp_path, "pdf", ["mixed"], *options)
    assert found_in(words(tmp_path / "mixed.pdf"), ALL) == expected


@pytest.mark.parametrize(("part", "name", "value", "expected"), SETTINGS)
def test_options_in_a_configuration(part: str, name: str, value: Any, expected: set[str]) -> None:
    assert found_in(page_of(MIXED, {part: {name: value}}), ALL) == expected


def test_tags_and_cell_options_hide_what_they_say(converted: Converted) -> None:
    tagged = converted.words("tagged")
    code = {f"code_{letter}" for letter in "abcdefghijkl"}
    outputs = {f"output_{letter}" for letter in "abcdefghijkl"}
    assert found_in(tagged, code) == {f"code_{letter}" for letter in "cdgijl"}
    assert found_in(tagged, outputs) == {f"output_{letter}" for letter in "abfijk"}
    assert found_in(tagged, {"code_shown", "output shown", "warned_i", "warned_j"}) == {
        "code_shown",
        "output shown",
        "warned_i",
    }
    assert "words hidden" not in tagged
    assert "#|" not in tagged


def test_a_warning_names_the_cell_as_it_was_before_others_were_removed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    far = nb.markdown("![far](https://example.com/x.png)")
    book = nb.notebook(nb.code("1", tags=("drop",)), nb.code("2", tags=("drop",)), far)
    page_of(book, {"TagRemovePreprocessor": {"remove_cell_tags": {"drop"}}})
    assert "cell 3: a picture named by its address is left out" in caplog.text


def test_a_notebook_is_run_where_that_is_asked_for(tmp_path: Path) -> None:
    nb.write(tmp_path, "run", nb.notebook(nb.code("print(6 * 7, 'computed')")))
    nbconvert(tmp_path, "pdf", ["run"], "--execute")
    assert "42 computed" in words(tmp_path / "run.pdf")


@pytest.mark.parametrize(("longest", "shown"), [(10, 10), (0, 1000)])
def test_how_much_of_an_output_is_shown_is_an_option(
    caplog: pytest.LogCaptureFixture, longest: int, shown: int
) -> None:
    text = "".join(f"row {n:04d}\n" for n in range(1000))
    book = nb.notebook(nb.code("x", nb.printed(text)))
    html = page_of(book, {"HtmlExporter": {"longest_output": longest}})
    assert len(re.findall(r"row \d{4}", html)) == shown
    assert ("990 lines are left out" in caplog.text) == (shown == 10)


def test_a_quarto_notebook_may_hide_all_its_code() -> None:
    first = nb.raw("---\ntitle: Quiet\nexecute:\n  echo: false\n---")
    html = page_of(nb.notebook(first, nb.code("hidden_code", nb.printed("seen"))), {})
    assert ">Quiet</h1>" in html
    assert "seen" in html
    assert "hidden_code" not in html


def _spoilt(book: Any, resources: Any) -> Any:
    """Change a notebook in place, as a preprocessor of somebody's own may."""
    book.metadata["spoilt"] = True
    for cell in book.cells:
        cell.source += " spoilt"
        for output in cell.get("outputs", []):
            output.clear()
            output.update(nb.printed("spoilt"))
    return book, resources


def test_preprocessors_change_what_is_exported_and_not_the_notebook_given() -> None:
    book = nbformat.from_dict(nb.notebook(nb.code("plain_code", nb.printed("plain_output"))))
    before = copy.deepcopy(book)
    exporter = get_exporter("reviewkit-html")()
    exporter.register_preprocessor(_spoilt, enabled=True)
    page, _ = exporter.from_notebook_node(book)
    assert "plain_code spoilt" in page
    assert "plain_output" not in page
    assert book == before
