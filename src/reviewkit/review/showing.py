"""How a review shows a part: made from its view, in the words of its reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from reviewkit.analysis.figures import Figures
from reviewkit.blocks import Block
from reviewkit.display import evidence
from reviewkit.display.once import once
from reviewkit.display.shown import Shown
from reviewkit.display.view import View
from reviewkit.errors import UsageError
from reviewkit.extract.model import Extract
from reviewkit.metrics.registry import metric
from reviewkit.speech import speaking

Given = ParamSpec("Given")

_INTERNAL = (
    "{what} is internal and is not in the client's version. "
    "Ask for it under `if review.internal:`, in a cell tagged internal."
)


@dataclass(frozen=True)
class Showing:
    """What every part of a review is made from, and how it is shown or refused."""

    extract: Extract
    view: View

    @property
    def internal(self) -> bool:
        """Tell whether this is the version for the own house."""
        return self.view.audience == "internal"

    @property
    def figures(self) -> Figures:
        """The figures themselves, for an analyst's own tables and charts."""
        return self.view.figures

    def _shown(
        self,
        make: Callable[Concatenate[View, Given], Block],
        /,
        *args: Given.args,
        **how: Given.kwargs,
    ) -> Shown:
        """Make a part of the review, in the words of its reader."""
        with speaking(self.view.formats.language):
            block = once(self.view, make(self.view, *args, **how))
            return Shown(block, evidence.evidence(self.view, block))

    def _require(self, metric_id: str) -> None:
        """Refuse a metric that this audience may not know."""
        own = metric(metric_id)
        if own.id not in self.figures.published():
            raise UsageError(_INTERNAL.format(what=own.label))

    def _require_house(self, what: str) -> None:
        """Refuse what only the own house may know."""
        if not self.internal:
            raise UsageError(_INTERNAL.format(what=what))
