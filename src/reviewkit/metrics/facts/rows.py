"""What the facts share: what is known so far, how long something took, and its bin."""

from __future__ import annotations

import ibis
from ibis import ir

from reviewkit.metrics.quantiles import LOG_STEP


def so_far(t: ir.Table, name: str) -> ir.Value:
    """Return a moment, or null where it lies after what is known."""
    return ibis.ifelse(t[name] <= t.known_until, t[name], ibis.null(t[name].type()))


def bin_of(start: ir.TimestampValue, end: ir.TimestampValue) -> ir.StringValue:
    """Return the bin of `quantiles` of the time from `start` to `end`, null where one lacks."""
    minutes = (end.epoch_seconds() - start.epoch_seconds()).cast("float64") / 60
    above = 1 + (ibis.greatest(minutes, 1.0).ln() / LOG_STEP).floor().cast("int64")
    return ibis.ifelse(minutes < 1, 0, above).cast("string")


def right(t: ir.Table, code: str) -> ir.BooleanValue:
    """Tell whether a code of an error is empty."""
    return t[code].fill_null("").strip() == ""
