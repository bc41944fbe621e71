"""Metrics of complaints and of the client's own rating, read from their registers."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pandas as pd

from reviewkit.metrics.data import MetricData
from reviewkit.metrics.metric import Metric

CASE_DIMS = ("site", "service", "category", "severity", "root_cause")
"""By what cases are told apart."""


def local_day(column: pd.Series[Any], timezone: str) -> pd.Series[Any]:
    """Return the local day of timestamps that are UTC without a zone; null stays null."""
    local = pd.to_datetime(column).dt.tz_localize("UTC").dt.tz_convert(timezone)
    return local.dt.tz_localize(None).dt.normalize()


def _cases(data: MetricData) -> pd.DataFrame:
    cases = data.registers["cases"]
    took = cases["closed_at"] - cases["opened_at"]
    return pd.DataFrame(
        {
            "date": local_day(cases["opened_at"], data.timezone),
            "closed": local_day(cases["closed_at"], data.timezone),
            **{name: cases[name] for name in CASE_DIMS},
            "hours": [hours(item) for item in took],
            "n": 1,
            "unknown": 0,
        }
    )


def hours(span: Any) -> Fraction | None:
    """Return a span of time in hours, exactly; `None` for none."""
    # Exact, so that a median on target is on target: microseconds are whole numbers.
    return None if pd.isna(span) else Fraction(span // dt.timedelta(microseconds=1), 3_600_000_000)


def _open(rows: pd.DataFrame, _start: dt.date, end: dt.date) -> pd.DataFrame:
    last = pd.Timestamp(end)
    return rows[(rows["date"] <= last) & ~(rows["closed"] <= last)]


def _resolved(rows: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    closed = (rows["closed"] >= first) & (rows["closed"] <= last)
    still_open = _open(rows, start, end).index
    part = rows[closed | rows.index.isin(still_open)]
    done = part.index.isin(rows.index[closed])
    return part.assign(
        value=part["hours"].where(done, None),
        n=done.astype("int64"),
        unknown=(~done).astype("int64"),
    )


def _responses(data: MetricData) -> pd.DataFrame:
    answers = data.registers["surveys"]
    answers = answers[(answers["instrument"] == "nps") & answers["score"].between(0, 10)]
    return pd.DataFrame(
        {
            "date": answers["responded_on"],
            "role": answers["role"],
            "promoters": (answers["score"] >= 9).astype("int64"),
            "detractors": (answers["score"] <= 6).astype("int64"),
            "n": 1,
            "unknown": 0,
        }
    )


CASES_OPENED = Metric(
    id="cases_opened",
    label="Cases opened",
    definition="Complaints and incidents opened in the period.",
    formula="number of cases",
    unit="count",
    better="lower",
    group="Care",
    grain="one case",
    date="opened_at",
    needs=(("cases", ("opened_at",)),),
    dims=("month", *CASE_DIMS),
    rollup="count",
    rows=_cases,
)

CASES_OPEN = Metric(
    id="cases_open",
    label="Cases open",
    definition="Complaints and incidents open at the end of the period's last day.",
    formula="opened by the end and not closed by the end",
    unit="count",
    better="lower",
    group="Care",
    grain="one case",
    date="the period's last day",
    needs=(("cases", ("opened_at", "closed_at")),),
    dims=("month", *CASE_DIMS),
    rollup="count",
    rows=_cases,
    select=_open,
)

RESOLUTION_MEDIAN = Metric(
    id="resolution_median",
    label="Time to resolution, median",
    definition=(
        "Median of the hours from opening to closing, over cases closed in the period; round "
        "the clock."
    ),
    formula="median of closed − opened",
    unit="hours",
    better="lower",
    group="Care",
    grain="one case",
    date="closed_at",
    needs=(("cases", ("opened_at", "closed_at")),),
    dims=("month", *CASE_DIMS),
    exclusions=(
        "Cases still open at the period's end have no time to resolution yet; they lower the "
        "coverage, which is closed ÷ (closed + still open)."
    ),
    decimals=1,
    rollup="median",
    rows=_cases,
    select=_resolved,
)

NPS = Metric(
    id="nps",
    label="Net promoter score",
    definition=(
        "Share of responses of 9 or 10 less the share of 0 to 6, times 100; its interval is an "
        "adjusted Wald interval."
    ),
    formula="%(9–10) − %(0–6)",
    unit="score",
    better="higher",
    group="Care",
    grain="one response to the NPS question",
    date="responded_on",
    needs=(("surveys", ("responded_on", "score")),),
    dims=("month", "role"),
    judged_by_n=True,
    rollup="score",
    rows=_responses,
)

METRICS = (CASES_OPENED, CASES_OPEN, RESOLUTION_MEDIAN, NPS)
