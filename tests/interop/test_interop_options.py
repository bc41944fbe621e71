"""What is shown and hidden: nbconvert's own options, tags, and the habits of other programs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import notebook_files as nb
import pytest
from conftest import nbconvert, words
from nbconvert.exporters import get_exporter
from traitlets.config import Config

TAGGED = nb.notebook(
    nb.markdown("# Tagged"),
    nb.code("code_shown", nb.printed("output shown")),
    nb.code("code_a", nb.printed("output_a"), tags=("hide-input",)),
    nb.code("code_b", nb.printed("output_b"), tags=("remove-input",)),
    nb.code("code_c", nb.printed("output_c"), tags=("hide_output",)),
    nb.code("code_d", nb.printed("output_d"), tags=("remove-output",)),
    nb.code("code_e", nb.printed("output_e"), tags=("remove-cell",)),
    nb.code("#| echo: false\n#| label: f\ncode_f", nb.printed("output_f")),
    nb.code("#| output: false\ncode_g", nb.printed("output_g")),
    nb.code("#| include: false\ncode_h", nb.printed("output_h")),
    nb.code("#| echo: true\ncode_i", nb.printed("warned_i", "stderr"), nb.printed("output_i")),
    nb.code("#| warning: false\ncode_j", nb.printed("warned_j", "stderr"), nb.printed("output_j")),
    {**nb.code("code_k", nb.printed("output_k")), "metadata": {"jupyter": {"source_hidden": True}}},
    {
        **nb.code("code_l", nb.printed("output_l")),
        "metadata": {"jupyter": {"outputs_hidden": True}},
    },
    {**nb.markdown("words hidden"), "metadata": {"tags": ["remove-cell"]}},
)

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


@pytest.mark.parametrize(("options", "expected"), COMMANDS, ids=[o[0] for o, _ in COMMANDS])
def test_options_on_the_command_line(
    tmp_path: Path, options: tuple[str, ...], expected: set[str]
) -> None:
    nb.write(tmp_path, "mixed", MIXED)
    nbconvert(tmp_path, "pdf", ["mixed"], *options)
    assert found_in(words(tmp_path / "mixed.pdf"), ALL) == expected


@pytest.mark.parametrize(("part", "name", "value", "expected"), SETTINGS)
def test_options_in_a_configuration(part: str, name: str, value: Any, expected: set[str]) -> None:
    exporter = get_exporter("reviewkit-html")(config=Config({part: {name: value}}))
    html, _ = exporter.from_notebook_node(nbformat.from_dict(MIXED))
    assert found_in(html.partition("<main")[2], ALL) == expected


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("tagged")
    nb.write(folder, "tagged", TAGGED)
    nbconvert(folder, "pdf", ["tagged"])
    return words(folder / "tagged.pdf")


def test_tags_and_cell_options_hide_what_they_say(tagged: str) -> None:
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


def test_a_warning_names_the_cell_as_it_was_before_others_were_removed(tmp_path: Path) -> None:
    far = nb.markdown("![far](https://example.com/x.png)")
    cells: list[Any] = [nb.code("1", tags=("drop",)), nb.code("2", tags=("drop",)), far]
    nb.write(tmp_path, "far", nb.notebook(*cells))
    said = nbconvert(
        tmp_path, "pdf", ["far"], ENABLED, "--TagRemovePreprocessor.remove_cell_tags={'drop'}"
    )
    assert "cell 3: a picture named by its address is left out" in said


def test_a_notebook_is_run_where_that_is_asked_for(tmp_path: Path) -> None:
    nb.write(tmp_path, "run", nb.notebook(nb.code("print(6 * 7, 'computed')")))
    nbconvert(tmp_path, "pdf", ["run"], "--execute")
    assert "42 computed" in words(tmp_path / "run.pdf")


@pytest.mark.parametrize(("longest", "shown"), [(10, 10), (0, 1000)])
def test_how_much_of_an_output_is_shown_is_an_option(
    caplog: pytest.LogCaptureFixture, longest: int, shown: int
) -> None:
    text = "".join(f"row {n:04d}\n" for n in range(1000))
    exporter = get_exporter("reviewkit-html")(longest_output=longest)
    html, _ = exporter.from_notebook_node(
        nbformat.from_dict(nb.notebook(nb.code("x", nb.printed(text))))
    )
    assert len(re.findall(r"row \d{4}", html)) == shown
    assert ("990 lines are left out" in caplog.text) == (shown == 10)


def test_a_quarto_notebook_may_hide_all_its_code(tmp_path: Path) -> None:
    first = nb.raw("---\ntitle: Quiet\nexecute:\n  echo: false\n---")
    nb.write(tmp_path, "quiet", nb.notebook(first, nb.code("hidden_code", nb.printed("seen"))))
    nbconvert(tmp_path, "pdf", ["quiet"])
    text = words(tmp_path / "quiet.pdf")
    assert "Quiet" in text
    assert "seen" in text
    assert "hidden_code" not in text


def test_the_page_obeys_the_same_options(tmp_path: Path) -> None:
    nb.write(tmp_path, "mixed", MIXED)
    nbconvert(tmp_path, "html", ["mixed"], "--no-input", "--HtmlExporter.exclude_markdown=True")
    assert found_in(words(tmp_path / "mixed.html"), ALL) == ALL - CODE - {"prose"}
