"""Rows of a metric from the measures of a fact table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reviewkit.metrics.data import MetricData
from reviewkit.metrics.metric import Rows


def measures(table: str, dims: tuple[str, ...], columns: Mapping[str, str]) -> Rows:
    """Return rows of a table's measures; `columns` maps a roll-up's columns to measures."""

    def rows(data: MetricData) -> pd.DataFrame:
        cube = data.cube[table]
        kept: dict[str, Any] = {"date": cube["month"]} | {name: cube[name] for name in dims}
        return pd.DataFrame(kept | {to: cube[name] for to, name in columns.items()})

    return rows


def rates(table: str, dims: tuple[str, ...], passed: str, known: str, unknown: str) -> Rows:
    """Return rows of a share of cases: those that passed, those known, those not known."""
    return measures(table, dims, {"numerator": passed, "n": known, "unknown": unknown})


def joined(*parts: pd.DataFrame) -> pd.DataFrame:
    """Return rows of several kinds one below the other; a column that a kind lacks is null.

    Each keeps its index, so that a row can be traced to what it was made from.
    """
    filled = [part for part in parts if len(part)]
    if not filled:
        return parts[0]
    return pd.concat(filled)
