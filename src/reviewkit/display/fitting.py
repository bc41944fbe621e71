"""Names beside a drawing, shortened so that they fit and can still be told apart.

Their whole length stands in the tables and in what a mark says of itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

_LETTER = 3.9
"""Width of a letter at the size of a chart's words, in points, on the wide side."""

_ARROW = " → "


def fitted(names: Sequence[str], points: float) -> tuple[str, ...]:
    """Return `names` as far as `points` hold them; both ends of a lane are kept.

    >>> fitted(["Short", "Distribution Centre 01 of the North"], 60)
    ('Short', 'Distribution C…')
    >>> fitted(["Distribution Centre 01 North", "Distribution Centre 02 North"], 60)
    ('Distr… 01 Nort…', 'Distr… 02 Nort…')
    """
    letters = max(6, int(points / _LETTER))
    sides = [name.split(_ARROW) for name in names]
    most = max((len(side) for side in sides), default=1)
    each = max(4, (letters - len(_ARROW) * (most - 1)) // most)
    columns = [
        dict(zip(found, _shortened(found, each), strict=True))
        for found in ([side[at] for side in sides if at < len(side)] for at in range(most))
    ]
    return tuple(
        name
        if len(name) <= letters
        else _ARROW.join(columns[at][part] for at, part in enumerate(side))
        for name, side in zip(names, sides, strict=True)
    )


def _shortened(names: Sequence[str], letters: int) -> list[str]:
    """Cut long names where they differ, not where they are alike."""
    long = {name for name in names if len(name) > letters}
    letters_alike = takewhile(lambda found: len(set(found)) == 1, zip(*long, strict=False))
    alike = len(list(letters_alike)) if len(long) > 1 else 0
    if alike <= letters // 2:
        return [name if name not in long else f"{name[: letters - 1]}…" for name in names]
    head = letters // 3
    rest = letters - head - 2
    start = max(head, min(alike - 2, max(len(name) for name in long) - rest))
    return [
        name if name not in long else f"{name[:head]}…{name[start : start + rest]}…"
        for name in names
    ]
