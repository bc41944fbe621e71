"""Writes the notebook of a further report kind: it builds at once, and says what it is made of."""

from __future__ import annotations

import json
from pathlib import Path

from reviewkit.errors import UsageError, nearest
from reviewkit.params.load import LONGEST, SLUG
from reviewkit.params.reports import HOUSE_KINDS
from reviewkit.periods import RELATIVE
from reviewkit.release.manifest import write_whole

_CELLS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "parameters",
        'client = "{client}"\nperiod = "{period}"\naudience = "client"',
        ("parameters",),
    ),
    (
        "open-review",
        "from reviewkit import open_review\n\nreview = open_review(client, period, audience)",
        (),
    ),
    ("front", "review.front({title})", ()),
    ("headline", "review.headline(lead=False)", ()),
    ("tiles", "review.tiles(heading=False)", ()),
    ("themes", "review.themes()", ()),
    ("decisions", "review.decisions()", ()),
    ("words", "review.commentary({title})", ()),
    ("scorecard", "review.scorecard()", ()),
    ("misses", "review.misses()", ()),
    ("money", "if review.internal:\n    review.margin().show()", ("internal",)),
    ("definitions", "review.definitions(*review.lead)", ()),
    ("data-notes", "review.data_notes(brief=True)", ()),
)
"""Cells of a new notebook: name, source and tags.

`{title}` is the report's, `{period}` its own, `{client}` any.
"""


def new_report(root: Path, kind: str, *, title: str = "", period: str = "") -> Path:
    """Write `notebooks/<kind>.ipynb` under `root`, ready to be built; return its path.

    `title` is what its pages are headed with; without it the kind is spelt out. `period` is
    the word for what it is built for where nobody names one, such as "month". Raises
    `UsageError` for a name that cannot be one, a title of several lines, another word, or a
    notebook that exists, which is left as it is.
    """
    _require_fit(kind)
    if period and period not in RELATIVE:
        raise UsageError(
            f'"{period}" is no word for the last complete period. {nearest(period, RELATIVE)}'
        )
    shown = title.strip() or kind.replace("-", " ").capitalize()
    if not shown.isprintable():
        raise UsageError("The report's title holds a line break or control character.")
    path = root / "notebooks" / f"{kind}.ipynb"
    if path.exists():
        raise UsageError(f"notebooks/{kind}.ipynb exists already and is left as it is. Edit it.")
    try:
        write_whole(path, _notebook(shown, _any_client(root), period).encode())
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}.") from error
    return path


def _require_fit(kind: str) -> None:
    if not SLUG.fullmatch(kind) or len(kind) > LONGEST:
        raise UsageError(
            f'"{kind}": a report kind is named with small letters, digits and single hyphens, '
            f'begins with a letter, and has {LONGEST} signs at most, as "peak-plan".'
        )
    if kind in HOUSE_KINDS:
        raise UsageError(f'"{kind}" is the house\'s own report on all clients. Name it otherwise.')


def _any_client(root: Path) -> str:
    found = sorted(path.parent.name for path in root.glob("params/*/client.yaml"))
    return next((name for name in found if not name.startswith(".")), "acme")


def _notebook(title: str, client: str, period: str) -> str:
    cells = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": name,
            "metadata": {"tags": list(tags)} if tags else {},
            "outputs": [],
            # A string of JSON is one of Python, whatever quotes and signs stand in it.
            "source": source.format(
                title=json.dumps(title, ensure_ascii=False), client=client, period=period
            ).splitlines(keepends=True),
        }
        for name, source, tags in _CELLS
    ]
    metadata = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
