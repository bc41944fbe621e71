"""The pages of the look as blocks: executive, scorecard, why, and an internal page."""

from __future__ import annotations

from look_executive import executive
from look_internal import internal
from look_parts import front
from look_scorecard import scorecard
from look_why import line_chart, why

__all__ = ["executive", "front", "internal", "line_chart", "scorecard", "why"]
