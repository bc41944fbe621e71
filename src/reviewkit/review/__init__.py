"""The review that a notebook holds: short calls, each of which shows a part of it."""

from reviewkit.review.opening import open_review
from reviewkit.review.portfolio import Portfolio, open_portfolio
from reviewkit.review.review import Review

__all__ = ["Portfolio", "Review", "open_portfolio", "open_review"]
