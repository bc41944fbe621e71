"""The page for strangers says what the exporters do."""

from __future__ import annotations

import re
from pathlib import Path

from nbconvert.exporters import get_export_names, get_exporter
from nbconvert.preprocessors import (
    ClearOutputPreprocessor,
    RegexRemovePreprocessor,
    TagRemovePreprocessor,
)

from reviewkit.render import showing

PAGE = (Path(__file__).parents[2] / "docs/any-notebook.md").read_text(encoding="utf-8")

PARTS = {
    "PdfExporter": get_exporter("reviewkit-pdf"),
    "HtmlExporter": get_exporter("reviewkit-html"),
    "TemplateExporter": get_exporter("reviewkit-pdf"),
    "TagRemovePreprocessor": TagRemovePreprocessor,
    "RegexRemovePreprocessor": RegexRemovePreprocessor,
    "ClearOutputPreprocessor": ClearOutputPreprocessor,
}


def test_every_option_on_the_page_exists() -> None:
    named = re.findall(r"--(\w+)\.(\w+)=", PAGE)
    assert len(named) >= 7
    for part, name in named:
        assert PARTS[part].class_traits(config=True).keys() >= {name}
    for name in re.findall(r"`(exclude_\w+)`", PAGE):
        assert name in PARTS["PdfExporter"].class_traits(config=True)
    for name in re.findall(r"`(remove_\w+)`", PAGE):
        assert name in TagRemovePreprocessor.class_traits(config=True)


def test_every_format_on_the_page_is_installed() -> None:
    assert set(re.findall(r"--to (reviewkit-\w+)", PAGE)) <= set(get_export_names())


def test_every_tag_on_the_page_hides_and_none_is_missing() -> None:
    named = set(re.findall(r"`((?:hide|remove)-\w+)`", PAGE))
    assert named | {"remove-outputs"} == set(showing.TAGS)


def test_the_page_says_how_much_of_an_output_is_shown() -> None:
    half = showing.Showing.longest // 2
    assert f"first and last {half} lines" in PAGE
