"""Measures of the fact tables, one file for each table that has any."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit.metrics.facts.activity import ACTIVITY
from reviewkit.metrics.facts.counts import COUNTS
from reviewkit.metrics.facts.model import Amendment, Fact, Measure, Stream
from reviewkit.metrics.facts.order_lines import ORDER_LINES
from reviewkit.metrics.facts.receipts import RECEIPTS
from reviewkit.metrics.facts.returns import RETURNS
from reviewkit.metrics.facts.shipments import SHIPMENTS
from reviewkit.metrics.facts.stock import STOCK
from reviewkit.metrics.facts.stock_adjustments import STOCK_ADJUSTMENTS
from reviewkit.metrics.facts.tenders import TENDERS

FACTS: Mapping[str, Fact] = {
    fact.table: fact
    for fact in (
        *(SHIPMENTS, ORDER_LINES, RECEIPTS, COUNTS, STOCK, RETURNS, STOCK_ADJUSTMENTS),
        *(ACTIVITY, TENDERS),
    )
}
"""All declarations by account table; a fact table without one is not aggregated."""

__all__ = ["FACTS", "Amendment", "Fact", "Measure", "Stream"]
