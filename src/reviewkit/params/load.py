"""Reads a workspace's parameters; every mistake in every file is told in one go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from reviewkit.errors import ParamsError, PeriodError, Problem, UsageError, nearest, relative
from reviewkit.params.commentary import read_commentary
from reviewkit.params.models import (
    Client,
    ClientParams,
    Comment,
    Contract,
    House,
    Plan,
    ReviewFacts,
    Workspace,
)
from reviewkit.params.rules import client_problems, house_problems
from reviewkit.params.yaml import Source, read_yaml
from reviewkit.periods import parse

RESERVED = frozenset(
    {
        *("all", "bench", "check", "ci", "clean", "demo", "docs", "format", "help", "lab"),
        *("lint", "lock", "preview", "setup", "soak", "test"),
    }
)
"""Names of make targets, which no client folder may bear."""

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 40

M = TypeVar("M", bound=BaseModel)

_FILES: dict[str, type[BaseModel]] = {
    "client.yaml": Client,
    "contract.yaml": Contract,
    "plan.yaml": Plan,
}


def find_workspace(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds ``params/house.yaml``."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "params" / "house.yaml").is_file():
            return folder
    raise UsageError(
        f"{start} is not in a workspace: no params/house.yaml there or above. "
        "Go to a workspace, name one with --workspace, or make one with: reviewkit init FOLDER"
    )


def load_workspace(root: Path) -> Workspace:
    """Read all of ``params/`` under `root`.

    Raises `ParamsError` with every problem of every file: place, key, and the nearest
    valid name.
    """
    reader = _Reader(root)
    workspace = reader.workspace()
    if reader.problems or workspace is None:
        raise ParamsError(reader.problems)
    return workspace


def slug_fault(name: str) -> tuple[str, str] | None:
    """Return what keeps `name` from being a client's folder and how to mend it, or None."""
    if not SLUG.fullmatch(name) or len(name) > LONGEST:
        hint = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-0123456789")[:LONGEST].rstrip("-")
        what = (
            "a client folder is named with small letters, digits and single hyphens, "
            f"begins with a letter, and has {LONGEST} signs at most."
        )
        return what, f'Name it "{hint or "acme"}" for one.'
    if name in RESERVED:
        return f'"{name}" is the name of a make target.', f'Name it "{name}-client" for one.'
    return None


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def workspace(self) -> Workspace | None:
        params = self.root / "params"
        house, source = self._model(params / "house.yaml", House)
        folders = sorted(path for path in params.glob("*") if path.is_dir())
        names = [folder.name for folder in folders if self._fits(folder)]
        if house and source:
            self.problems += house_problems(house, source, names)
        clients = {name: self._client(params / name) for name in names}
        if house is None or self.problems:
            return None
        found = {name: client for name, client in clients.items() if client}
        return Workspace(root=str(self.root), house=house, clients=found)

    def _fits(self, folder: Path) -> bool:
        if folder.name.startswith("."):
            return False
        fault = slug_fault(folder.name)
        if fault:
            self.problems.append(Problem(relative(folder, self.root), 0, "", *fault))
        return fault is None

    def _client(self, folder: Path) -> ClientParams | None:
        models: dict[str, Any] = {}
        sources: dict[str, Source] = {}
        for name, model in _FILES.items():
            if name != "client.yaml" and not (folder / name).exists():
                continue
            value, source = self._model(folder / name, model)
            if value is not None and source is not None:
                models[name.removesuffix(".yaml")] = value
                sources[name] = source
        if "client" not in models:
            return None
        client: Client = models["client"]
        reviews: dict[str, ReviewFacts] = {}
        commentary: dict[str, tuple[Comment, ...]] = {}
        for path in sorted(folder.iterdir()):
            if path.name in _FILES or path.suffix not in {".yaml", ".yml", ".md"}:
                continue
            period = self._period(path, client.fiscal_year_start)
            if period is None:
                continue
            if path.suffix == ".md":
                comments, problems = read_commentary(path, relative(path, self.root))
                self.problems += problems
                commentary[period] = comments
            else:
                facts, source = self._model(path, ReviewFacts)
                if facts and source:
                    reviews[period] = facts
                    sources[path.name] = source
        self.problems += client_problems(models, sources)
        return ClientParams(slug=folder.name, reviews=reviews, commentary=commentary, **models)

    def _period(self, path: Path, fiscal_year_start: int) -> str | None:
        try:
            if path.suffix == ".yml":
                raise PeriodError("")
            return parse(path.stem, fiscal_year_start).id
        except PeriodError:
            known = [*_FILES, "2026Q3.yaml", "2026Q3.md"]
            self.problems.append(
                Problem(
                    relative(path, self.root),
                    0,
                    "",
                    "is no file of a client.",
                    nearest(path.name, known),
                )
            )
            return None

    def _model(self, path: Path, model: type[M]) -> tuple[M | None, Source | None]:
        source = read_yaml(path, relative(path, self.root))
        if isinstance(source, Problem):
            hint = "Write it, or start with: reviewkit new CLIENT" if not path.exists() else ""
            self.problems.append(
                source if source.hint else Problem(source.path, source.line, "", source.what, hint)
            )
            return None, None
        try:
            return model.model_validate(source.data), source
        except ValidationError as error:
            self.problems += _translated(error, model, source)
            return None, source


def _translated(error: ValidationError, model: type[BaseModel], source: Source) -> list[Problem]:
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
        return f"{_shown(value)} does not have the form asked for.", f"({context['pattern']})"
    text = str(entry["msg"])
    text = text[0].lower() + text[1:]
    return f"{_shown(value)}: {text}.", ""


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
    if get_origin(annotation) in (Union, UnionType):
        return [member for arg in get_args(annotation) for member in _members(arg)]
    return [annotation]
