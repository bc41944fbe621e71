"""Time to the first answer and to closing with open cases censored, and satisfaction."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pandas as pd

from reviewkit.metrics.care import CASE_DIMS, hours, local_day
from reviewkit.metrics.data import MetricData
from reviewkit.metrics.metric import Metric, dated

_NOT_OVER = (
    "do not leave it: they count as open for the time so far (Kaplan-Meier), and lower the "
    "coverage. There is no figure while too many are open."
)


def _local(column: pd.Series[Any], timezone: str) -> pd.Series[Any]:
    local = pd.to_datetime(column).dt.tz_localize("UTC").dt.tz_convert(timezone)
    return local.dt.tz_localize(None)


def _asked(data: MetricData) -> pd.DataFrame:
    cases = data.registers["cases"]
    cutoff = data.cutoffs.get("cases")
    known = pd.Timestamp(cutoff).tz_convert(data.timezone).tz_localize(None) if cutoff else pd.NaT
    return pd.DataFrame(
        {
            "date": local_day(cases["opened_at"], data.timezone),
            **{name: cases[name] for name in CASE_DIMS},
            "opened": _local(cases["opened_at"], data.timezone),
            "answered": _local(cases["first_response_at"], data.timezone),
            "closed": _local(cases["closed_at"], data.timezone),
            "known": known,
            "answer_took": [hours(x) for x in cases["first_response_at"] - cases["opened_at"]],
            "closing_took": [hours(x) for x in cases["closed_at"] - cases["opened_at"]],
        }
    )


def _censored(part: pd.DataFrame, over: pd.Series[bool], took: str, end: dt.date) -> pd.DataFrame:
    """Return rows with how long what is over took, and how long the rest has been open."""
    closes = _after(end)
    still = part[~over]
    seen = still["known"].where(still["known"] < closes, closes) - still["opened"]
    so_far = pd.Series([hours(x) for x in seen], index=still.index, dtype=object)
    return part.assign(
        value=part[took].where(over, None),
        so_far=so_far.reindex(part.index),
        n=over.astype("int64"),
        unknown=(~over).astype("int64"),
    )


def _answered(rows: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    part = dated(rows, start, end)
    return _censored(part, part["answered"] < _after(end), "answer_took", end)


def _resolved(rows: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    begun = rows["opened"] < _after(end)
    part = rows[begun & ~(rows["closed"] < pd.Timestamp(start))]
    return _censored(part, part["closed"] < _after(end), "closing_took", end)


def _after(end: dt.date) -> pd.Timestamp:
    return pd.Timestamp(end) + pd.Timedelta(days=1)


_hours = partial(
    Metric,
    unit="hours",
    better="lower",
    group="Care",
    grain="one case",
    dims=("month", *CASE_DIMS),
    decimals=1,
    rows=_asked,
)
_first = partial(
    _hours,
    date="opened_at",
    needs=(("cases", ("opened_at", "first_response_at", "closed_at")),),
    exclusions=f"Cases not answered by the period's end {_NOT_OVER}",
    select=_answered,
)

FIRST_RESPONSE_MEDIAN = _first(
    id="first_response_median",
    label="Time to first response, median",
    definition=(
        "Hours within which half of the cases opened in the period had an answer by its end; "
        "round the clock."
    ),
    formula="median of first response − opened",
    rollup="half_ended",
)

FIRST_RESPONSE_P90 = _first(
    id="first_response_p90",
    label="Time to first response, 90%",
    definition=(
        "Hours within which 90% of the cases opened in the period had an answer by its end; "
        "round the clock."
    ),
    formula="90th percentile of first response − opened",
    rollup="most_ended",
)

RESOLUTION_P90 = _hours(
    id="resolution_p90",
    label="Time to resolution, 90%",
    definition=(
        "Hours within which 90% of the cases that were open in the period were closed; round "
        "the clock."
    ),
    formula="90th percentile of closed − opened",
    date="closed_at",
    needs=(("cases", ("opened_at", "closed_at")),),
    exclusions=f"Cases still open at the period's end {_NOT_OVER}",
    rollup="most_ended",
    select=_resolved,
)


def _satisfied(data: MetricData) -> pd.DataFrame:
    answers = data.registers["surveys"]
    answers = answers[(answers["instrument"] == "csat") & answers["score"].between(1, 5)]
    return pd.DataFrame(
        {
            "date": answers["responded_on"],
            "role": answers["role"],
            "numerator": (answers["score"] >= 4).astype("int64"),
            "n": 1,
            "unknown": 0,
        }
    )


CSAT = Metric(
    id="csat",
    label="Satisfaction",
    definition="Share of responses to the satisfaction question that are 4 or 5 of 5.",
    formula="responses of 4 or 5 ÷ responses",
    unit="ratio",
    better="higher",
    group="Care",
    grain="one response to the satisfaction question",
    date="responded_on",
    needs=(("surveys", ("responded_on", "instrument", "score")),),
    dims=("month", "role"),
    judged_by_n=True,
    rollup="proportion",
    rows=_satisfied,
)

METRICS = (FIRST_RESPONSE_MEDIAN, FIRST_RESPONSE_P90, RESOLUTION_P90, CSAT)
