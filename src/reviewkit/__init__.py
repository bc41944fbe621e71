"""Account reviews as code: what a notebook imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviewkit.display.shown import Shown
    from reviewkit.review import Portfolio, Review, open_portfolio, open_review

__all__ = ["Portfolio", "Review", "Shown", "open_portfolio", "open_review"]

_HOMES = {
    "Portfolio": "reviewkit.review",
    "Review": "reviewkit.review",
    "Shown": "reviewkit.display.shown",
    "open_portfolio": "reviewkit.review",
    "open_review": "reviewkit.review",
}
"""Where a public name lives: loaded when it is asked for, since pandas and Altair are heavy."""


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'reviewkit' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
