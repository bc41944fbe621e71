"""What a comparison must say of the lengths of its periods: weeks."""

from __future__ import annotations

from reviewkit.display import words
from reviewkit.display.view import View


def unlike(view: View) -> str:
    """Return how many weeks the period is held against where they differ; else nothing.

    Periods of months are never of one length, and nothing is said.
    """
    compared = (view.period.prior(), view.period.year_ago())
    said = [
        f"{told} in {view.head(other)}"
        for other in compared
        if (told := view.period.length_against(other))
    ]
    if not said:
        return ""
    return f"Compared are {words.listed(said)}; nothing is adjusted."
