"""Blocks as rich objects: what a notebook shows and every renderer reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from IPython import display as ipython

from reviewkit import evidence
from reviewkit.blocks import MIME, Block, Chart, Group, figures, to_json
from reviewkit.display import plain
from reviewkit.display.theme import VEGALITE
from reviewkit.evidence import Evidence
from reviewkit.markup import notebook_html

_publish: Any = ipython.display


@dataclass(frozen=True)
class Shown:
    """A block, ready to be the last line of a cell.

    Its bundle carries the block as JSON, as HTML and as plain text; a chart also as
    Vega-Lite. A group shows its members one after the other, so that a notebook draws
    the charts among them. Each carries the evidence of the figures that it prints.
    """

    block: Block
    evidence: Evidence = field(default=Evidence(), repr=False)

    def show(self) -> None:
        """Show it now; for use inside an `if`, where a cell does not show by itself."""
        self._ipython_display_()

    def _ipython_display_(self) -> None:
        for part in _members(self.block):
            _publish(bundle(part, self.evidence), raw=True)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return bundle(self.block, self.evidence)

    def __repr__(self) -> str:
        return plain.text(self.block)


def bundle(block: Block, known: Evidence = Evidence()) -> dict[str, Any]:  # noqa: B008 - frozen
    """Return a block as a notebook's output, richest form first.

    Of what is `known` of figures it carries what stands behind its own.
    """
    out: dict[str, Any] = {
        MIME: to_json(block),
        "text/html": notebook_html(block),
        "text/plain": plain.text(block),
    }
    if isinstance(block, Chart):
        out[VEGALITE] = block.spec
        del out["text/html"]
    own = known.of(figure for figure, _, _ in figures(block))
    if own.figures:
        out[evidence.MIME] = evidence.to_json(own)
    return out


def _members(block: Block) -> Iterator[Block]:
    if isinstance(block, Group) and not block.keep:
        for child in block.blocks:
            yield from _members(child)
    else:
        yield block
