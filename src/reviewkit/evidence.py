"""What stands behind printed figures: definitions, and what each figure is made of.

An output that prints figures carries, beside its block, the evidence of those figures and of
no others, as JSON under `MIME`. A reader asks a number by its identity (`blocks.Figure`).
Evidence holds nothing that its reader may not know: it is made from the extract that the
page is made from.

Of every number there are two forms, as in a table's cell: the typed value, and the text
printed for it. A page shows the texts, at their rounding; the typed values are for records
(figures as published) and stay inside the house.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

from reviewkit.blocks import Figure, Scalar

MIME = "application/vnd.reviewkit.evidence.v1+json"

Identity = tuple[str, str, tuple[tuple[str, str], ...], str]
"""A figure's identity as a key: metric, period, dimensions, role."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Line(_Model):
    """One line behind a figure, as printed: "Made of", "9,273 ÷ 9,801".

    `key` tells lines apart whatever the language: `period`, `made_of`, `n`, `coverage`,
    `interval`, `source`, `cutoff`, `agreed`, `tolerance`, `status`.
    """

    key: str
    label: str
    text: str


class Definition(_Model):
    """What a measure means, in words; `counted` names what is counted and how it is dated."""

    metric: str
    label: str
    definition: str
    formula: str
    counted: str
    exclusions: str = ""
    standard: str = ""


class Backing(_Model):
    """What stands behind one figure: lines as printed, and the numbers as typed values.

    `at` is the period that the number is of: a prior period's for the role `prior`.
    `numerator` and `denominator` are `None` where the figure is no quotient. `unknown` are
    the cases whose outcome is not known, `cutoff` the moment up to which the data is
    complete (ISO 8601). `version` changes with the measure's definition and with the rules
    by which it counts.
    """

    figure: Figure
    at: str
    lines: tuple[Line, ...]
    value: Scalar = None
    numerator: Scalar = None
    denominator: Scalar = None
    n: int | None = None
    unknown: int | None = None
    partial: bool = False
    cutoff: str = ""
    version: str = ""


class Evidence(_Model):
    """The definitions of some measures, and what stands behind some figures of them."""

    definitions: tuple[Definition, ...] = ()
    figures: tuple[Backing, ...] = ()

    def behind(self, figure: Figure) -> Backing | None:
        """Return what stands behind `figure`; `None` where nothing is known."""
        wanted = identity(figure)
        return next((item for item in self.figures if identity(item.figure) == wanted), None)

    def definition(self, metric: str) -> Definition | None:
        """Return the definition of `metric`; `None` where none is given."""
        return next((item for item in self.definitions if item.metric == metric), None)

    def of(self, figures: Iterable[Figure]) -> Evidence:
        """Return the evidence of `figures` alone."""
        wanted = {identity(figure) for figure in figures}
        kept = tuple(item for item in self.figures if identity(item.figure) in wanted)
        named = {item.figure.metric for item in kept}
        return Evidence(
            definitions=tuple(item for item in self.definitions if item.metric in named),
            figures=kept,
        )


def identity(figure: Figure) -> Identity:
    """Return a figure's identity as a key."""
    return figure.metric, figure.period, tuple(sorted(figure.by.items())), figure.role


def merged(parts: Iterable[Evidence]) -> Evidence:
    """Return evidence of several outputs as one: every measure and every figure once."""
    parts = tuple(parts)
    definitions = {item.metric: item for part in parts for item in part.definitions}
    figures = {identity(item.figure): item for part in parts for item in part.figures}
    return Evidence(definitions=tuple(definitions.values()), figures=tuple(figures.values()))


def in_outputs(cells: Iterable[Any]) -> Iterator[Evidence]:
    """Yield the evidence that the outputs of a notebook's cells carry."""
    for cell in cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if MIME in data:
                yield Evidence.model_validate(data[MIME])


def to_json(evidence: Evidence) -> dict[str, Any]:
    """Return evidence as JSON for a notebook's output bundle; defaults are left out."""
    return evidence.model_dump(mode="json", exclude_defaults=True)
