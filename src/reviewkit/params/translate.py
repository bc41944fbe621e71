"""Says what pydantic found in words of the file: its line, its key, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from reviewkit.errors import Problem, nearest
from reviewkit.params.yaml import Source


def translated(error: ValidationError, model: type[BaseModel], source: Source) -> list[Problem]:
    """Return one problem per mistake that `model` found in `source`."""
    problems = []
    for entry in error.errors(include_url=False):
        place = _in_file(entry["loc"], source)
        what, hint = _message(dict(entry), model, place)
        shown = ".".join(str(part) for part in place)
        problems.append(Problem(source.path, source.line(place), shown, what, hint))
    return problems


def _in_file(place: Iterable[str | int], source: Source) -> tuple[str | int, ...]:
    """Leave out of `place` what pydantic added: the names of union members."""
    node: Any = source.data
    kept: list[str | int] = []
    parts = list(place)
    for position, part in enumerate(parts):
        if isinstance(node, dict) and part in node:
            node = node[str(part)]
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        elif position < len(parts) - 1 or not isinstance(node, dict):
            continue
        kept.append(part)
    return tuple(kept)


def _message(
    entry: dict[str, Any], model: type[BaseModel], place: tuple[str | int, ...]
) -> tuple[str, str]:
    kind, context, value = entry["type"], entry.get("ctx", {}), entry.get("input")
    if kind == "extra_forbidden":
        fields = _fields_at(model, place[:-1])
        return "unknown key.", nearest(str(place[-1]), fields)
    if kind == "missing":
        return "is missing.", "Add it."
    if kind == "literal_error":
        return f"{_shown(value)} is not one of {context['expected']}.", ""
    if kind == "string_pattern_mismatch":
        return f"{_shown(value)} does not have the form asked for.", _FORMS[context["pattern"]]
    if kind in _KINDS:
        what, hint = _KINDS[kind]
        return f"{_shown(value)} is not {what.format(**context)}.", hint
    text = str(entry["msg"])
    return f"{_shown(value)}: {text[0].lower()}{text[1:]}.", ""


_FORMS = {
    "^[A-Z]{3}$": "Write it as EUR.",
    "^#[0-9A-Fa-f]{6}$": 'Write it as "#1B4B8F", in quotes.',
}
_MAPPING = ("a mapping", "Write it as key: value pairs, indented below.")
_DATE = ("a date", "Write it as 2026-09-30.")
_MOMENT = ("a moment", "Write it as 2026-10-06T18:00:00+02:00.")
_NUMBER = ("a number", "Write it as 0.95.")
_WHOLE = ("a whole number", "Write it as 12.")
_KINDS = {
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
    "tuple_type": ("a list", "Write it as [a, b], or one to a line after a dash."),
    "string_type": ("text", "Write a single value, in quotes if it is a number."),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": ("true or false", ""),
    "bool_parsing": ("true or false", ""),
    "greater_than_equal": ("within its bounds: at least {ge}", ""),
    "greater_than": ("within its bounds: more than {gt}", ""),
    "less_than": ("within its bounds: less than {lt}", ""),
    "decimal_max_places": ("a number of {decimal_places} decimals at most", ""),
    "less_than_equal": ("within its bounds: at most {le}", ""),
    "too_long": ("short enough: {max_length} entries at most", ""),
    "string_too_short": ("a single sign", ""),
    "string_too_long": ("a single sign", ""),
}
"""What each kind of wrong value should have been, and how it is written."""


def _shown(value: Any) -> str:
    text = repr(value) if not isinstance(value, str) else f'"{value}"'
    return text if len(text) <= 60 else text[:57] + "..."


def _fields_at(model: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    """Return the keys allowed at `place` in a file that `model` describes."""
    models: list[Any] = [model]
    for part in place:
        following: list[Any] = []
        for kind in models:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                field = kind.model_fields.get(str(part))
                following += _members(field.annotation) if field else []
            else:
                following += [inner for arg in get_args(kind) for inner in _members(arg)]
        models = following
    return sorted(
        {
            name
            for kind in models
            if isinstance(kind, type) and issubclass(kind, BaseModel)
            for name in kind.model_fields
        }
    )


def _members(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Annotated:
        return _members(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [member for arg in get_args(annotation) for member in _members(arg)]
    return [annotation]
