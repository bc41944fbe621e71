"""The deck: a review as slides, with native tables and charts."""

from reviewkit.render.pptx.deck import write_pptx

__all__ = ["write_pptx"]
