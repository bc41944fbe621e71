"""Every text that pages say, as the code and the registries hold them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reviewkit.accounts.checks.rules import RULES
from reviewkit.display import words
from reviewkit.display.figures import UNITS, WORDS
from reviewkit.metrics.registry import METRICS

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "reviewkit"
TEMPLATES = ("*.j2", "*.html", "*.typ", "*.js", "*.ipynb")
_SENTENCES = re.compile(r"(?<=[.]) ")


class Text(NamedTuple):
    """A text by its English (one, and many where it is counted) and its context."""

    forms: tuple[str, ...]
    context: str
    where: str


def said() -> Iterator[Text]:
    """Yield the texts that code says by their own words."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (found := _of(node, path)):
                yield found


def looked_up() -> Iterator[Text]:
    """Yield the texts that stand in registries and are said when they are shown."""
    for metric in METRICS.values():
        parts = (*_SENTENCES.split(metric.exclusions), metric.label, metric.definition)
        dated = words.DATES.get(metric.date, metric.date)
        for text in (*parts, metric.formula, metric.grain, metric.group, dated):
            if text:
                yield Text((text,), "", f"metric {metric.id}")
    for cases in words.CASES.values():
        for text in (cases.many, cases.short, cases.saved, cases.rate):
            if text:
                yield Text((text,), "", "CASES")
    yield from (Text((text,), "", "ONE") for text in words.ONE.values())
    for table in (words.DIMENSIONS, words.TABLES, words.PERIODS):
        for pair in table.values():
            yield from (Text((text,), "", "words") for text in pair)
    yield from (Text((text,), "", "DATES") for text in words.DATES.values())
    yield from (Text((text,), "", "WORDS") for text in WORDS.values())
    for rule in RULES.values():
        for text in (rule.words, rule.hint):
            if text and "{" not in text:
                yield Text((text,), "", f"rule {rule.name}")
    for unit in UNITS.values():
        if unit.beside:
            yield Text((unit.beside,), "beside a value", "UNITS")
        for text in (unit.one, unit.step, unit.above):
            if text:
                yield Text((text,), "", "UNITS")


def written() -> str:
    """Return all strings of the code, the templates and the notebooks, one after the other."""
    parts = [text for found in looked_up() for text in found.forms]
    for path in SOURCES.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parts += [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
    for folder in (SOURCES, ROOT / "notebooks"):
        for pattern in TEMPLATES:
            parts += [path.read_text(encoding="utf-8") for path in folder.rglob(pattern)]
    return "\n".join(parts)


def quoted() -> Iterator[str]:
    """Yield the strings of what is displayed that hold a quotation mark, docstrings apart."""
    for path in sorted((SOURCES / "display").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and node not in told and set(text) & set("“”„"):
                yield text


def _of(call: ast.Call, path: Path) -> Text | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    count = {"say": 1, "say_number": 2}.get(name)
    if not count or len(call.args) < count:
        return None
    forms = [node.value for node in call.args[:count] if isinstance(node, ast.Constant)]
    if len(forms) != count:
        return None
    context = next((word.value for word in call.keywords if word.arg == "context"), None)
    where = f"{path.relative_to(SOURCES)}:{call.lineno}"
    return Text(tuple(forms), context.value if isinstance(context, ast.Constant) else "", where)
