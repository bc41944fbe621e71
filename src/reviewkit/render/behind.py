"""What opens behind the numbers of a page: each number by its place in one small table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reviewkit.blocks import Figure
from reviewkit.evidence import Evidence, Identity, identity


@dataclass
class Numbers:
    """The numbers of a page that can be asked: `attributes` marks one, `data` answers for all.

    Texts stand in `data` once, as many figures share them; typed values stay out of the page.
    """

    evidence: Evidence
    _asked: dict[Identity, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known = {identity(item.figure): item for item in self.evidence.figures}

    def attributes(self, figure: Figure) -> str:
        """Return what marks a printed number as one that can be asked; nothing for others."""
        key = identity(figure)
        if key not in self._known:
            return ""
        place = self._asked.setdefault(key, len(self._asked))
        return f' class="rk-num" data-n="{place}"'

    def data(self) -> dict[str, Any]:
        """Return the texts behind the numbers asked so far.

        `texts` holds every text once; elsewhere a text is its place there. `measures` are
        [label, definition, formula, counted, exclusions, standard, metric]; `numbers` are
        [measure, label, text, label, text, ...], in the order of their places.
        """
        texts: dict[str, int] = {}

        def at(text: str) -> int:
            return texts.setdefault(text, len(texts))

        measures: dict[str, int] = {}
        described: list[list[Any]] = []
        for item in self.evidence.definitions:
            measures[item.metric] = len(described)
            words = (item.label, item.definition, item.formula, item.counted, item.exclusions)
            described.append([*map(at, words), at(item.standard), item.metric])
        numbers = []
        for key in self._asked:
            lines = self._known[key].lines
            told = [at(text) for line in lines for text in (line.label, line.text)]
            numbers.append([measures.get(key[0], -1), *told])
        return {"texts": list(texts), "measures": described, "numbers": numbers}
