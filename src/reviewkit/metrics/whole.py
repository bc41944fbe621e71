"""What is stated per fiscal period, such as a budget, has no figure for a part of one."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from reviewkit.metrics.metric import Select, dated


def whole_periods(*telling: str) -> Select:
    """Return a selection without a figure for spans that cut a fiscal period of weeks.

    Rows tell by `opens` and `closes` which fiscal period they lie in, as `fiscal_periods` gives
    them. `telling` are the columns by which the roll-up knows that there is a figure.
    """

    def select(rows: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
        inside = dated(rows, start, end)
        cut = (inside["opens"] < pd.Timestamp(start)) | (inside["closes"] > pd.Timestamp(end))
        return inside.assign(**dict.fromkeys(telling, 0)) if cut.any() else inside

    return select
