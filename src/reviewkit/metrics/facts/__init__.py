"""Measures of the fact tables, one file for each table that has any."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit.metrics.facts.model import Amendment, Fact, Measure, Stream
from reviewkit.metrics.facts.shipments import SHIPMENTS

FACTS: Mapping[str, Fact] = {fact.table: fact for fact in (SHIPMENTS,)}
"""All declarations by account table; a fact table without one is not aggregated."""

__all__ = ["FACTS", "Amendment", "Fact", "Measure", "Stream"]
