"""Every key that a user may write under ``params/``, as a page of the documentation."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from reviewkit.params.models import Client, Contract, House, Params, Plan, ReviewFacts

_HEAD = """\
# Parameters

Written by `python -m reviewkit.reference docs`; a test holds this page to the models in the code.

| file | holds |
|---|---|
| `params/house.yaml` | the provider: name, brand, mail, data sources |
| `params/<client>/client.yaml` | the client's profile, calendar, currency, contacts, targets |
| `params/<client>/contract.yaml` | term, notice, service levels, counting rules; may be absent |
| `params/<client>/plan.yaml` | objectives, risks; the rest stays in the house; may be absent |
| `params/<client>/<period>.yaml` | the review's facts: meeting, decisions, events, recoveries |
| `params/<client>/<period>.md` | your words under `##` headings; `(internal)` keeps one to us |

A folder under `params/` is a client; its name is its id: small letters, digits, single hyphens, and
no name of a make target. An unknown or misspelt key is an error with its line, never ignored.
"""

_FILES: tuple[tuple[str, type[Params]], ...] = (
    ("house.yaml", House),
    ("client.yaml", Client),
    ("contract.yaml", Contract),
    ("plan.yaml", Plan),
    ("<period>.yaml", ReviewFacts),
)


def page() -> str:
    """Return the page as Markdown."""
    parts = [_HEAD]
    seen: set[type[BaseModel]] = set()
    for file, model in _FILES:
        parts.append(f"## {file}\n")
        for number, part in enumerate(_models(model)):
            if part not in seen:
                seen.add(part)
                parts.append(_section(part, first=number == 0))
    return "\n".join(parts)


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner in _inside(field.annotation):
            yield from _models(inner)


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _inside(part)


def _section(model: type[BaseModel], *, first: bool) -> str:
    head = [] if first else [f"### {model.__name__}", ""]
    about = inspect.cleandoc(model.__doc__ or "").replace("``", "`")
    rows = [_row(name, field) for name, field in model.model_fields.items()]
    return "\n".join(
        [*head, about, "", "| key | value | default | |", "|---|---|---|---|", *rows, ""]
    )


def _row(name: str, field: FieldInfo) -> str:
    extra = field.json_schema_extra
    internal = "internal" if isinstance(extra, dict) and extra.get("internal") else ""
    note = "; ".join(part for part in (field.description or "", internal) if part)
    return f"| `{name}` | {_type(field.annotation)} | {_default(field)} | {note} |"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if value is PydanticUndefined or value in (None, "", (), {}):
        return ""
    if isinstance(value, BaseModel) or (
        isinstance(value, tuple) and any(isinstance(item, BaseModel) for item in value)
    ):
        return "as below"
    if isinstance(value, dict) and all(isinstance(item, BaseModel) for item in value.values()):
        # Named rules: how each stands is told where they are explained.
        return ", ".join(f"`{name}`" for name in value)
    if isinstance(value, tuple):
        return ", ".join(f"`{item}`" for item in value)
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


_NAMES = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "Decimal": "number",
    "bool": "true or false",
    "date": "date",
    "datetime": "moment with its UTC offset",
    "NoneType": "",
}


def _type(annotation: Any) -> str:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(args[0])
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in args)
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(filter(None, map(_type, args))))
    if origin is tuple:
        return f"list of {_type(args[0])}"
    if origin is dict:
        return f"mapping of {_type(args[0])} to {_type(args[1])}"
    name = getattr(annotation, "__name__", str(annotation))
    return _NAMES.get(name, f"{name}, below")
