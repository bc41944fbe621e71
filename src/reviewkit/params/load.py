"""Reads a workspace's parameters; every mistake in every file is told in one go."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from reviewkit.errors import ParamsError, PeriodError, Problem, nearest, relative
from reviewkit.params.base import Brand
from reviewkit.params.commentary import read_commentary
from reviewkit.params.logo import LogoError, read_logo
from reviewkit.params.members import mapped_problems, member_problems
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
from reviewkit.params.rates import rate_problems
from reviewkit.params.rules import client_problems, house_problems
from reviewkit.params.translate import translated
from reviewkit.params.yaml import Source, read_yaml
from reviewkit.periods import GREGORIAN, FiscalCalendar, parse

RESERVED = frozenset(
    {
        *("all", "bench", "check", "ci", "clean", "demo", "docs", "format", "help", "lab"),
        *("lint", "lock", "portfolio", "preview", "setup", "soak", "test"),
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
        self.profiles: dict[str, Source] = {}

    def workspace(self) -> Workspace | None:
        params = self.root / "params"
        house, source = self._model(params / "house.yaml", House)
        folders = sorted(path for path in params.glob("*") if path.is_dir())
        names = [folder.name for folder in folders if self._fits(folder)]
        clients = {name: self._client(params / name) for name in names}
        found = {name: client for name, client in clients.items() if client}
        if len(found) == len(names):
            # Where a profile cannot be read, its name is not told to be missing elsewhere.
            self.problems += member_problems(found, self.profiles)
        if house and source:
            self.problems += house_problems(house, source, names)
            self.problems += mapped_problems(house, source, found)
            self.problems += rate_problems(house, source)
        if house is None or self.problems:
            return None
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
        # A faulty client.yaml does not hide the mistakes in the files beside it.
        client: Client | None = models.get("client")
        calendar = client.fiscal_calendar if client else GREGORIAN
        reviews: dict[str, ReviewFacts] = {}
        commentary: dict[str, tuple[Comment, ...]] = {}
        for path in sorted(folder.iterdir()):
            if path.name in _FILES or path.suffix not in {".yaml", ".yml", ".md"}:
                continue
            period = self._period(path, calendar)
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
        if client is None:
            return None
        self.profiles[folder.name] = sources["client.yaml"]
        self.problems += client_problems(models, sources)
        return ClientParams(slug=folder.name, reviews=reviews, commentary=commentary, **models)

    def _period(self, path: Path, calendar: FiscalCalendar) -> str | None:
        try:
            if path.suffix == ".yml":
                raise PeriodError("")
            return parse(path.stem, calendar).id
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
            begin = "init FOLDER" if model is House else "new CLIENT"
            hint = f"Write it, or start with: reviewkit {begin}" if not path.exists() else ""
            self.problems.append(
                source if source.hint else Problem(source.path, source.line, "", source.what, hint)
            )
            return None, None
        try:
            value = model.model_validate(source.data)
        except ValidationError as error:
            self.problems += translated(error, model, source)
            return None, source
        return self._with_logo(value, source, path.parent), source

    def _with_logo(self, value: M, source: Source, folder: Path) -> M:
        """Replace the name of a logo by the picture."""
        brand = getattr(value, "brand", None)
        if not isinstance(brand, Brand) or not brand.logo:
            return value
        try:
            logo = read_logo(folder, brand.logo)
        except LogoError as fault:
            place = ("brand", "logo")
            line = source.line(place)
            self.problems.append(Problem(source.path, line, "brand.logo", fault.what, fault.hint))
            return value
        return value.model_copy(update={"brand": brand.model_copy(update={"logo": logo})})
