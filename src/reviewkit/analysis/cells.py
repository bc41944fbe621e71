"""Single values of a register's rows as plain Python: null becomes empty or `None`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd


def text(value: Any) -> str:
    """Return a value as text, empty where it is null."""
    return "" if pd.isna(value) else str(value)


def day(value: Any) -> dt.date | None:
    """Return a day, `None` where it is null."""
    return None if pd.isna(value) else pd.Timestamp(value).date()


def money(value: Any) -> Decimal:
    """Return an amount, zero where it is null."""
    return Decimal(0) if pd.isna(value) else Decimal(str(value))


def whole(value: Any) -> int:
    """Return a whole number, zero where it is null."""
    return 0 if pd.isna(value) else int(value)
